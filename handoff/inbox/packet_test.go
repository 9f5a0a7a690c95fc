package inbox_test

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
)

// section is the part of the page that has this class.
func section(page, class string) string {
	_, rest, _ := strings.Cut(page, `<section class="`+class+`">`)
	part, _, _ := strings.Cut(rest, "</section>")
	return part
}

func TestWhatTheShopperWasToldStandsOnceWithItsClock(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	owed := section(f.get(f.mia, path).body, "owed")
	if strings.Count(owed, "data-clock") != 1 || !strings.Contains(owed, `First reply <span class="told small">promised</span>`) || !strings.Contains(owed, "A colleague writes to you soon.") {
		t.Errorf("owed is %s", owed)
	}
	f.post(f.mia, path+"/promise", url.Values{"said": {"Call back"}, "minutes": {"120"}})
	if owed = section(f.get(f.mia, path).body, "owed"); strings.Count(owed, "data-clock") != 2 || !strings.Contains(owed, ">Call back</q>") {
		t.Errorf("with a promise of the agent's own owed is %s", owed)
	}
}

func TestOfWhatTheShopperWasToldAgainOnlyTheLastStands(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("c-1", f.mia)
	for minutes, said := range []string{"first", "second", "third"} {
		f.exec(`insert into promises (shop_id, promise_id, case_id, said, due_at, awaits) values ($1, gen_random_uuid(), $2, $3, $4, 'reply')`,
			f.shop, k.ID, said, k.FirstReplyDue.Add(time.Duration(minutes)*10*time.Minute))
	}
	path := "/inbox/" + k.ConversationID.String()
	owed := section(f.get(f.mia, path).body, "owed")
	if strings.Count(owed, "data-clock") != 1 || strings.Contains(owed, "first<") || strings.Contains(owed, "second") || !strings.Contains(owed, ">third</q>") || !strings.Contains(owed, `<span class="told small">promised: `) {
		t.Errorf("owed is %s", owed)
	}
	f.post(f.mia, path+"/reply", url.Values{"body": {"Here I am."}})
	if owed = section(f.get(f.mia, path).body, "owed"); strings.Count(owed, "<li") != 1 {
		t.Errorf("once it is done, owed is %s", owed)
	}
}

func TestTheOpenPacketFollowsTheMood(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.mia, path).body; strings.Contains(section(page, "feeling"), "Angry") {
		t.Fatal("the shopper is angry already")
	}
	f.hears("c-1", "What a joke, get me a human NOW")
	verdict := json.RawMessage(`{"verdict": {"mood": -0.9, "reasons": [{"kind": "wish", "score": 1, "words": ["get me a human"]}]}}`)
	seq := f.newest(k.ConversationID)
	f.must(f.store.NoteJudged(context.Background(), conversation.Judged{ShopID: f.shop, ConversationID: k.ConversationID, Seq: seq, Mood: -0.9,
		Findings: []conversation.Finding{{Seq: seq, Verdict: verdict}}}))
	page := f.get(f.mia, path).body
	if !strings.Contains(section(page, "feeling"), "Angry") || !strings.Contains(page, ">get me a human</q>") {
		t.Error("the packet shows neither the anger nor the wish")
	}
	_, live, _ := strings.Cut(page, `<div id="packet-more" data-live>`)
	if !strings.Contains(live, "Asks for a person") {
		t.Error("the reasons do not follow on the open page")
	}
	row, _, _ := strings.Cut(page, "What a joke")
	if !strings.Contains(row[strings.LastIndex(row, "<li>"):], `class="mood angry"`) {
		t.Error("the row's mark does not follow")
	}
}

func TestAPromiseIsReadOnTheShoppersClockAsWell(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	id := f.hears("c-1", "a person please")
	f.exec(`update conversations set shopper = shopper || '{"zone": "Pacific/Kiritimati"}' where conversation_id = $1`, id)
	k := f.handsOver(id, conversation.Packet{Summary: "a rash", Language: "en", Advised: "injury"})
	zone, err := time.LoadLocation("Pacific/Kiritimati")
	f.must(err)
	page := f.get(f.mia, "/inbox/"+k.ConversationID.String()).body
	if owed := section(page, "owed"); !strings.Contains(owed, "promised · shopper’s ") || !strings.Contains(owed, k.FirstReplyDue.In(zone).Format("15:04")+"</span>") {
		t.Errorf("owed is %s", owed)
	}
	if tried := section(page, "tried"); !strings.Contains(tried, "Bot advised:</span> stop using it") {
		t.Errorf("tried is %s", tried)
	}
}
