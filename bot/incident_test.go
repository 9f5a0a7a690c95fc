package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
)

func TestWhatIsUpIsSaidBeforeTheAnswerOnceAnEpisode(t *testing.T) {
	r := newRig(t, nil)
	ctx, strike := t.Context(), "Los mensajeros están en huelga hasta el 3 de marzo."
	ask := func(turns ...triage.Turn) Reply {
		t.Helper()
		reply, err := r.Compose(ctx, r.shop, Question{Turns: turns}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	question := triage.Turn{Role: "shopper", Text: "¿Puedo pagar contra reembolso?"}
	before := ask(question)
	incident, err := r.base.Announce(ctx, r.shop.ID, knowledge.Incident{Statements: map[string]string{"es": strike, "en": "Strike."}, Until: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	said := ask(question)
	if before.Action != ActionAnswer || said.Action != ActionAnswer || !strings.HasPrefix(said.Text, strike) || !strings.HasSuffix(said.Text, before.Text) {
		t.Errorf("before: %q\nwith the incident: %q", before.Text, said.Text)
	}
	if last := said.Evidence[len(said.Evidence)-1]; last.Kind != "incident" || last.Title != strike {
		t.Errorf("evidence: %+v", said.Evidence)
	}
	if again := ask(question, triage.Turn{Role: "bot", Text: said.Text}, question); strings.Contains(again.Text, strike) {
		t.Errorf("said twice: %q", again.Text)
	}
	if thanks := ask(triage.Turn{Role: "shopper", Text: "gracias"}); strings.Contains(thanks.Text, strike) {
		t.Errorf("to thanks: %q", thanks.Text)
	}
	stands := func() error {
		return pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error {
			return r.stillTrue(ctx, tx, r.shop, Question{Turns: []triage.Turn{question}}, said)
		})
	}
	if err := stands(); err != nil {
		t.Errorf("while it stands: %v", err)
	}
	if err := r.base.EndIncident(ctx, r.shop.ID, incident.ID); err != nil {
		t.Fatal(err)
	}
	if err := stands(); !errors.Is(err, errTakenDown) {
		t.Errorf("a reply that was composed before its end may still be said: %v", err)
	}
	if after := ask(question); after.Text != before.Text {
		t.Errorf("after its end: %q", after.Text)
	}
}

func TestNobodyIsToldOfAnIncidentInALanguageTheyDoNotRead(t *testing.T) {
	r := newRig(t, nil)
	said := map[string]string{"zh": "快递员罢工，可能晚到。", "en": "Couriers are on strike."}
	if _, err := r.base.Announce(t.Context(), r.shop.ID, knowledge.Incident{Statements: said, Until: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"How do I return something?": said["en"], "怎么退货？": said["zh"], "¿Cómo devuelvo un artículo?": ""} {
		reply := r.compose(text)
		if reply.Action != ActionAnswer || !strings.HasPrefix(reply.Text, want) {
			t.Errorf("%s: %q does not begin with %q", text, reply.Text, want)
		}
		for _, other := range said {
			if other != want && strings.Contains(reply.Text, other) {
				t.Errorf("%s: %q says what the shopper cannot read", text, reply.Text)
			}
		}
	}
}
