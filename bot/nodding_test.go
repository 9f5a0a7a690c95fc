package bot

import (
	"testing"

	"frontdesk/bot/triage"
)

func TestAMessageThatOnlyTakesInIsNoQuestion(t *testing.T) {
	for _, text := range []string{
		"ahh right gotcha, ur a star ⭐", "ok cool that makes sense now 👍", "perfect, i'll do that then", "lovely stuff... no that's great, cheers pal",
		"aahh ya caché, bacán 😂", "qué crack, ya está", "jaja vale vale, buen finde", "dale, perfecto, muchas gracias",
		"得嘞我去试试", "中，那就这么着吧", "哈哈可以的，你真聪明", "好嘞，辛苦您嘞", "有人在伐？", "喂，有人吗",
	} {
		if socialAlone(text, probablySocial) == triage.NoCourtesy {
			t.Errorf("%q is looked up as if it asked something", text)
		}
	}
}

func TestAMessageThatSaysMoreIsNoNod(t *testing.T) {
	for _, text := range []string{
		"ok i will return it", "perfect fit?", "thanks for nothing", "x", "vale, pero cuánto tarda", "listo, quiero cancelar",
		"好贵", "行不行", "可以退吗", "中号", "好的，那邮费呢", "谢谢，退货",
	} {
		if kind := socialAlone(text, probablySocial); kind != triage.NoCourtesy {
			t.Errorf("%q is taken for %s", text, kind)
		}
	}
}
