package knowledge

import "testing"

func TestAQuestionIsReadInTheWordsThatMostPeopleWrite(t *testing.T) {
	for said, want := range map[string]string{
		"畀咗錢兩日，點解仲未寄出":                "给了钱两日，为什么还没寄出",
		"莫得人在屋头咋整":                    "没有人在家里怎么办",
		"when will u send it pls":     "when will you send it please",
		"kiero devolver esto, xq no?": "quiero devolver esto, porque no?",
		"Das ist ein WELCOME10-Code":  "Das ist ein WELCOME10-Code",
	} {
		if got := Standard(said); got != want {
			t.Errorf("%q is read as %q, want %q", said, got, want)
		}
	}
}

func TestWordsThatMostPeopleWriteStayAsTheyAre(t *testing.T) {
	for _, said := range []string{"十分钟前刚付的钱，想把蓝的换成灰的", "有没有卖的", "¿Ya salió mi pedido?", "can you mend the one I bought"} {
		if got := Standard(said); got != said {
			t.Errorf("%q is read as %q", said, got)
		}
	}
}
