package storefront

import (
	"fmt"
	"testing"
	"time"
)

// A question whose answer did not help is one for the editors, once, with the newest reason; a thumb that is taken back takes it
// away, unless somebody has dealt with it.
func TestAThumbDownIsAMissedQuestion(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	for i, text := range []string{"hi", "what is the price of a return"} {
		if r := f.do("POST", api+"/messages", fmt.Appendf(nil, `{"id":"m%d","text":%q}`, i, text), "Authorization", bearer); r.status != 202 {
			t.Fatalf("message: %d %s", r.status, r.raw)
		}
	}
	seq := f.say(conv, "Shipping takes three days.")
	thumb := func(body string, want int) {
		t.Helper()
		if r := f.do("POST", api+"/thumbs", fmt.Appendf(nil, `{"seq":%d,%s}`, seq, body), "Authorization", bearer); r.status != want {
			t.Fatalf("%s: %d %s", body, r.status, r.raw)
		}
	}
	listed := func(outcome string) bool {
		return f.count(`select count(*) from questions_missed where conversation = $1`, conv) == 1 &&
			f.count(`select count(*) from questions_missed where text = E'hi\nwhat is the price of a return' and outcome = $1 and best = 'shipping' and state = 'open'`, outcome) == 1
	}
	thumb(`"thumb":-1`, 204)
	if !listed("disliked") {
		t.Error("the question is not listed")
	}
	thumb(`"thumb":-1,"why":"beside"`, 204)
	thumb(`"thumb":-1,"why":"outdated"`, 204)
	if !listed("outdated") {
		t.Error("the reason is not listed")
	}
	if days, err := f.base.MissedDays(t.Context(), f.shop, time.Now().Add(-time.Hour), time.Now().Add(time.Hour)); err != nil || len(days) != 1 || days[0].Disliked != 1 {
		t.Errorf("counted is %+v %v", days, err)
	}
	thumb(`"thumb":-1,"why":"too long"`, 400)
	thumb(`"thumb":1`, 204)
	if n := f.count(`select count(*) from questions_missed`); n != 0 {
		t.Errorf("%d questions are listed whose answers helped", n)
	}
	thumb(`"thumb":-1,"why":"mistaken"`, 204)
	f.count(`with done as (update questions_missed set state = 'done' returning 1) select count(*) from done`)
	thumb(`"thumb":0`, 204)
	if n := f.count(`select count(*) from questions_missed where state = 'done'`); n != 1 {
		t.Error("what an editor has dealt with is gone")
	}
}
