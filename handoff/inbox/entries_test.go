package inbox_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"frontdesk/bot/conversation"

	"github.com/jackc/pgx/v5"
)

// An agent reads in words what the bot made of a message, and from which of the shopper's; the figures stand behind them.
func TestWhyTheBotSaidItIsToldInWords(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	id := f.hears("a", "Nobody answers, when does it ship?")
	verdict, err := json.Marshal(map[string]any{"reply": "answer", "confidence": 0.93,
		"verdict": map[string]any{"mood": -0.5, "reasons": []map[string]any{{"kind": "mood", "score": 0.8, "words": []string{"Nobody answers"}}}}})
	f.must(err)
	ctx := context.Background()
	f.must(f.store.InTx(ctx, f.shop, id, func(tx pgx.Tx) error {
		_, err := f.store.Speak(ctx, tx, conversation.Utterance{ShopID: f.shop, ConversationID: id, Author: conversation.ByBot, Body: "Within a day.", UpTo: 1, Verdict: verdict})
		return err
	}))
	_, why, _ := strings.Cut(f.get(f.mia, "/inbox/"+id.String()).body, `class="why"`)
	for _, want := range []string{"<summary>Why this reply · answered · very sure</summary>", ` title="80 %">Is upset</span> <q class="small words" dir="auto">Nobody answers</q>`} {
		if !strings.Contains(why, want) {
			t.Errorf("it lacks %s", want)
		}
	}
}

// A channel's name is part of an address; agents read it as a name.
func TestAChannelIsCalledByName(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.exec(`update channels set name = 'shop-app' where channel_id = $1`, f.channel)
	f.hears("a", "Hello")
	if page := f.get(f.mia, "/inbox?view=bot").body; !strings.Contains(page, ">Shop app</span>") || strings.Contains(page, ">shop-app<") {
		t.Error("the row does not say Shop app")
	}
}
