package knowledge

import "testing"

func TestATitleIsAskedOfAnotherPlace(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"How long does delivery take in mainland Spain?", "and to Lisbon?", "How long does delivery take in mainland"},
		{"西班牙本土多久能收到？", "那里斯本的朋友呢", "本土多久能收到？"},
		{"¿Cuánto tarda la entrega en el Reino Unido?", "¿y a Irlanda?", "¿Cuánto tarda la entrega en el"},
		{"How long does delivery take in the UK?", "and how much is it?", "How long does delivery take in the UK?"},
		{"How do I wash wool?", "and in Spain?", "How do I wash wool?"},
	} {
		if got := Elsewhere(c.title, c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.title, got, c.want)
		}
	}
}
