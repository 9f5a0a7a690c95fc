package bot

import (
	"testing"

	"frontdesk/bot/conversation"
)

func TestAMessageThatCameDuringTheAnswerIsTheOnlyOpenOne(t *testing.T) {
	messages := []conversation.Message{
		{Seq: 1, Author: conversation.ByShopper, Body: "Do you sell gift cards?"},
		{Seq: 2, Author: conversation.ByShopper, Body: "How long does shipping to Spain take?"},
		{Seq: 3, Author: conversation.ByBot, Body: "Yes, we do."},
	}
	turns := turnsOf(messages, 1, 2)
	if got := openTurn(turns); got != "How long does shipping to Spain take?" {
		t.Errorf("open: %q in %+v", got, turns)
	}
	if got := openTurn(turnsOf(messages[:2], 0, 1)); got != "Do you sell gift cards?" {
		t.Errorf("the cut turn: %q", got)
	}
}
