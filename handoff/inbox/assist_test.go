package inbox_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"frontdesk/handoff/inbox"

	"github.com/google/uuid"
)

// model answers what it is asked to reword.
type model struct {
	asked []inbox.Rewording
	says  inbox.Reworded
	err   error
}

// rewords is the floor's model.
type rewords struct{ f *floor }

func (r rewords) Can(context.Context, uuid.UUID) bool { return r.f.model != nil }

func (r rewords) Reword(_ context.Context, q inbox.Rewording) (inbox.Reworded, error) {
	r.f.model.asked = append(r.f.model.asked, q)
	return r.f.model.says, r.f.model.err
}

func TestAnAgentFindsArticlesBesideTheReply(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.articles = []inbox.Article{{Ref: "returns", Locale: "en", Question: "How do I <b>return</b> it?", Answer: "Within **30 days**."}, {Ref: "cod", Locale: "es", Question: "¿Contra reembolso?", Answer: "Sí."}}
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.mia, path).body; !strings.Contains(page, `data-key="f"`) || len(f.lookups) != 0 {
		t.Error("the page has no search, or has searched for nothing")
	}
	found := f.get(f.mia, path+"/articles?find=send+it+back").body
	if strings.Contains(found, "<html") || strings.Contains(found, "<b>") || !strings.Contains(found, "<strong>30 days</strong>") ||
		!strings.Contains(found, `data-insert-text="Within **30 days**."`) || strings.Count(found, "<li>") != 2 || !strings.Contains(found, "Spanish") {
		t.Errorf("the fragment is %s", found)
	}
	if l := f.lookups[0]; l.Text != "send it back" || l.Locale != "en" || l.ShopID != f.shop {
		t.Errorf("looked up %+v", l)
	}
	if got := f.get(f.leo, "/inbox/"+uuid.NewString()+"/articles?find=x"); got.status != 404 {
		t.Errorf("a conversation that is none: %d", got.status)
	}
}

func TestTheSearchNeedsNoScriptAndKeepsWhatIsWritten(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.articles = []inbox.Article{{Ref: "returns", Locale: "en", Question: "How do I return it?", Answer: "Within 30 days."}}
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	got := f.post(f.mia, path+"/find", url.Values{"body": {"Hello Olivia,"}, "find": {"send back"}})
	to := got.header.Get("Location")
	if got.status != 303 || !strings.HasPrefix(to, path+"?find=send+back") {
		t.Fatalf("%d to %s", got.status, to)
	}
	page := f.get(f.mia, strings.TrimSuffix(to, "#find")).body
	if !strings.Contains(page, ">Hello Olivia,</textarea>") || !strings.Contains(page, `name="text" value="Within 30 days."`) || !strings.Contains(page, `<details id="find" class="act find" open>`) {
		t.Error("the page lost the reply, or shows nothing found")
	}
	f.post(f.mia, path+"/insert", url.Values{"body": {"Hello Olivia,"}, "text": {"Within 30 days."}})
	if page := f.get(f.mia, path).body; !strings.Contains(page, ">Hello Olivia,\n\nWithin 30 days.</textarea>") {
		t.Error("the article is not in the reply")
	}
}

func TestANewWordingIsProposedBesideTheReplyNeverInIt(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.mia, path).body; strings.Contains(page, "/reword") {
		t.Error("a shop without a model offers its help")
	}
	f.model = &model{says: inbox.Reworded{Text: "On its way, 9 days.", Figures: []string{"9"}}}
	if page := f.get(f.mia, path).body; !strings.Contains(page, `name="how" value="shorten"`) || strings.Contains(page, `value="translate"`) {
		t.Error("a shop with a model does not offer its help, or to translate into the language that is spoken already")
	}
	page := f.post(f.mia, path+"/reword", url.Values{"how": {"shorten"}, "body": {"Your parcel is on its way, it really is."}}).body
	if !strings.Contains(page, ">Your parcel is on its way, it really is.</textarea>") || !strings.Contains(page, `data-replace-text="On its way, 9 days."`) || !strings.Contains(page, "Not in your text: 9.") {
		t.Error("the proposal does not stand beside the reply, or its figure is not pointed out")
	}
	if a := f.model.asked[0]; a.How != "shorten" || a.Language != "en" || a.ShopID != f.shop {
		t.Errorf("asked %+v", a)
	}
	f.post(f.mia, path+"/insert?instead=yes", url.Values{"body": {"Your parcel"}, "text": {"On its way."}})
	if page := f.get(f.mia, path).body; !strings.Contains(page, ">On its way.</textarea>") {
		t.Error("the proposal did not take the place of the reply")
	}
	f.model.err = errors.New("slow")
	page = f.post(f.mia, path+"/reword", url.Values{"how": {"translate"}, "body": {"Your parcel is on its way."}}).body
	if !strings.Contains(page, "gives no proposal just now") || !strings.Contains(page, ">Your parcel is on its way.</textarea>") {
		t.Error("a model that is away is not said, or cost the reply")
	}
	if got := f.post(f.leo, path+"/reword", url.Values{"how": {"shorten"}, "body": {"x"}}); got.status != 303 || len(f.model.asked) != 2 {
		t.Errorf("somebody who does not have the case asked the model: %d", got.status)
	}
}
