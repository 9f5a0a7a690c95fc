package conversation

import (
	"errors"
	"testing"
)

func TestAContactIsHeldToWhatCanBeOne(t *testing.T) {
	t.Parallel()
	for in, want := range map[Contact]string{
		{Email: " ana@example.es "}:                     "ana@example.es ",
		{Phone: "+34 (612) 34-56.78"}:                   " +34612345678",
		{Email: "ana@example.es", Phone: "13812345678"}: "ana@example.es 13812345678",
		{}:                           "email",
		{Email: "ana@"}:              "email",
		{Email: "ana@localhost"}:     "email",
		{Email: "Ana <ana@x.es>"}:    "email",
		{Phone: "12345"}:             "phone",
		{Phone: "1234567890123456"}:  "phone",
		{Phone: "61234+5678"}:        "phone",
		{Phone: "call me"}:           "phone",
		{Email: "x", Phone: "61234"}: "email",
	} {
		got, err := in.Checked()
		said := got.Email + " " + got.Phone
		var wrong *ContactError
		if errors.As(err, &wrong) {
			said = wrong.Field
		}
		if said != want {
			t.Errorf("%+v becomes %q (%v), want %q", in, said, err, want)
		}
	}
}
