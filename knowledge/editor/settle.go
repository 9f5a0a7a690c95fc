package editor

import (
	"context"
	"slices"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

const (
	settledAtOnce = 200         // open questions that are asked anew after a publication, the newest
	settledWithin = time.Second // for which an editor waits at most
)

// settle closes the open missed questions that an article which was just published surely answers, and says how many. Answers
// that somebody disliked are left to the editor. What it could not ask stays open.
func (f *Face) settle(ctx context.Context, shop knowledge.Shop, article knowledge.Article) int {
	ids, err := f.answered(ctx, shop, article)
	if err == nil && len(ids) > 0 {
		err = f.Base.MarkMissed(ctx, shop.ID, knowledge.MissedDone, ids...)
	}
	if err != nil {
		f.Log.WarnContext(ctx, "missed questions were not asked anew", "shop", shop.Slug, "article", article.ID, "error", err)
		return 0
	}
	return len(ids)
}

func (f *Face) answered(ctx context.Context, shop knowledge.Shop, article knowledge.Article) (ids []uuid.UUID, err error) {
	open, err := f.Base.OpenMissed(ctx, shop.ID, settledAtOnce)
	if err != nil {
		return nil, err
	}
	began, market := time.Now(), ""
	if len(article.Market) > 0 {
		market = article.Market[0]
	}
	known := map[string]bool{} // by words and language
	for _, m := range open {
		if (outcome{m.Outcome, 1}).Disliked() || time.Since(began) > settledWithin {
			continue
		}
		yes, asked := known[m.Locale+" "+m.Text]
		if !asked {
			result, err := f.Base.Search(ctx, shop, knowledge.Query{Text: m.Text, Locale: m.Locale, Market: market})
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(result.Hits, func(hit knowledge.Hit) bool { return hit.ArticleID == article.ID }) {
				ref, err := f.answeredBy(ctx, shop, Trial{Question: m.Text, Locale: m.Locale, Market: market}, result)
				if err != nil {
					return nil, err
				}
				yes = ref == article.Ref
			}
			known[m.Locale+" "+m.Text] = yes
		}
		if yes {
			ids = append(ids, m.ID)
		}
	}
	return ids, nil
}
