package bot

import (
	"slices"
	"testing"
	"time"
)

func TestTheDaysThatAQuestionNamesAreRead(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 18, 15, 0, 0, 0, time.UTC) // a Wednesday
	for text, want := range map[string][]string{
		"if I order tomorrow at 2":                {"0319"},
		"what if i buy it the day after tomorrow": {"0320"},
		"ordered yesterday, still processing":     nil,
		"I'll order on the 25th":                  {"0325"},
		"planning to order on April 1st":          {"0401"},
		"order on 2 april, when does it come":     {"0402"},
		"it was due on the 10th":                  {"0310"},
		"will it be here by Friday":               {"0320"},
		"paid for it on Friday and nothing":       nil,
		"stuck there since Monday":                nil,
		"can it come next tuesday":                {"0324", "0331"},
		"buying next week":                        {"0323+7"},
		"over the weekend":                        {"0321+2"},
		"in 5 days":                               {"0323"},
		"si lo pido mañana por la mañana":         {"0319"},
		"me llega por la mañana?":                 nil,
		"y si lo compro pasado mañana":            {"0320"},
		"si compro el jueves lo tengo el viernes": {"0319", "0320"},
		"el jueves pasado pedí una manta":         nil,
		"cobro el día 1":                          {"0401"},
		"lo pediré el 25 de marzo":                {"0325"},
		"pido la semana que viene":                {"0323+7"},
		"cuesta el 10% menos":                     nil,
		"我25号发工资才下单":                              {"0325"},
		"二十五号下单":                                  {"0325"},
		"4月1日买":                                   {"0401"},
		"后天下单":                                    {"0320"},
		"大后天":                                     {"0321"},
		"下周一下单":                                   {"0323"},
		"周五能到吗":                                   {"0320"},
		"上周五的单":                                   nil,
		"穿38号的鞋":                                  nil,
		"三天后下单":                                   {"0321"},
		"how many days does it take":              nil,
		"does the brown belt come in 95":          nil,
		"may I return it":                         nil,
	} {
		var got []string
		for _, d := range daysIn(text, now) {
			day := d.from.Format("0102")
			if n := int(d.to.Sub(d.from).Hours() / 24); n > 1 {
				day += "+" + string(rune('0'+n))
			}
			got = append(got, day)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", text, got, want)
		}
	}
}

func FuzzTheDaysOfAnyTextAreWholeDays(f *testing.F) {
	f.Add("el 31 de feb, 十月三十二号 next friday in 5 days")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range daysIn(text, time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)) {
			if !d.from.Before(d.to) || d.from.Hour() != 0 {
				t.Errorf("%q: %v", text, d)
			}
		}
	})
}
