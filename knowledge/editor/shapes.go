package editor

import (
	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
)

func newArticle(a knowledge.Article, shop knowledge.Shop) Article {
	w := windowOf(a, shop)
	return Article{Article: a.ID, Id: a.Ref, Locale: a.Locale, Kind: a.Kind, Status: Status(a.Status), Version: a.Version, Live: a.Live,
		Question: a.Question, Answer: a.Answer, Phrasings: list(a.Phrasings), Negatives: list(a.Negatives), Market: list(a.Market), Tags: list(a.Tags),
		ValidFrom: optional(w.From), ValidTo: optional(w.To), Author: a.Author, Note: optional(a.Note), UpdatedAt: a.UpdatedAt.UTC(), Asked: a.Asked}
}

func articleList(articles []knowledge.Article, total int, shop knowledge.Shop) ArticleList {
	page := ArticleList{Articles: make([]Article, len(articles)), Total: total}
	for i, a := range articles {
		page.Articles[i] = newArticle(a, shop)
	}
	return page
}

func searchResult(r knowledge.Result) SearchResult {
	result := SearchResult{Hits: make([]SearchHit, len(r.Hits)), Decision: SearchResultDecision(r.Decision), Confidence: r.Confidence, WordsOnly: r.WordsOnly}
	for i, h := range r.Hits {
		result.Hits[i] = SearchHit{Article: h.ArticleID, Id: h.Ref, Locale: h.Locale, Kind: h.Kind, Question: h.Question, Answer: h.Answer, Passage: h.Passage,
			Version: h.Version, Market: list(h.Market), Score: h.Score, Confidence: h.Confidence, Similarity: h.Similarity, Words: h.Words}
	}
	return result
}

func importReport(r importer.Report) ImportReport {
	report := ImportReport{New: r.New, Changed: r.Changed, Same: r.Same, Errors: r.Errors, Rows: make([]ImportRow, len(r.Rows))}
	for i, row := range r.Rows {
		one := ImportRow{Row: row.Row, Id: row.Ref, Locale: row.Locale, Question: row.Question, Outcome: ImportRowOutcome(row.Outcome)}
		if len(row.Faults) > 0 {
			first := row.Faults[0]
			one.Code, one.Field, one.Reason = optional(first.Code), optional(first.Field), optional(first.Error())
			faults := make([]ImportFault, len(row.Faults))
			for j, fault := range row.Faults {
				faults[j] = ImportFault{Code: fault.Code, Field: optional(fault.Field), Reason: fault.Error()}
			}
			one.Faults = &faults
		}
		report.Rows[i] = one
	}
	return report
}

func missedList(groups []knowledge.MissedGroup) MissedList {
	all := MissedList{Groups: make([]MissedMeaning, len(groups))}
	for i, group := range groups {
		all.Groups[i].Questions = make([]MissedQuestion, len(group.Questions))
		for j, m := range group.Questions {
			all.Groups[i].Questions[j] = MissedQuestion{Question: m.ID, Text: m.Text, Locale: m.Locale, Outcome: m.Outcome, Best: m.Best,
				Confidence: m.Confidence, AskedAt: m.AskedAt.UTC()}
		}
	}
	return all
}

func trialReasons(reasons []Reason) []TrialReason {
	all := make([]TrialReason, len(reasons))
	for i, r := range reasons {
		all[i] = TrialReason{Kind: r.Kind, Score: r.Score}
	}
	return all
}

// list is never null in JSON.
func list(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
