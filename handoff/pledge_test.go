package handoff_test

import (
	"testing"
	"time"

	"frontdesk/handoff"
)

// office is open from nine to six on weekdays in Madrid.
func office(t testing.TB) handoff.Hours {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	hours := handoff.Hours{Zone: zone}
	for day := time.Monday; day <= time.Friday; day++ {
		hours.Shifts = append(hours.Shifts, handoff.Shift{Weekday: day, Opens: 9 * 60, Closes: 18 * 60})
	}
	return hours
}

func TestAPromiseInAReplyIsReadWithItsTime(t *testing.T) {
	hours := office(t)
	sent := time.Date(2026, 11, 25, 10, 20, 0, 0, hours.Zone) // a Wednesday
	for text, want := range map[string]string{
		"I'll call you back before 5 pm.":                                       "2026-11-25 17:00",
		"Thanks for waiting. I will reply by 5 p.m. today.":                     "2026-11-25 17:00",
		"I'm asking our quality team now and will write to you by 17:00 today.": "2026-11-25 17:00",
		"We are checking with the courier and will call you by 5 pm.":           "2026-11-25 17:00",
		"Lo miro en 10 minutos":                                                 "2026-11-25 10:30",
		"周二晚8点前送到":                                                              "2026-12-01 20:00",
		"退款3天内到账":                                                               "2026-11-28 18:00",
		"I refund one of the two charges today and write to you by 5 pm.":       "2026-11-25 17:00",
		"We send it tomorrow.":                                                  "2026-11-26 18:00",
		"I'll call you before five.":                                            "2026-11-25 17:00",
		"We will get back to you within the hour.":                              "2026-11-25 11:20",
		"I'll answer in the next hour":                                          "2026-11-25 11:20",
		"I'll ring you at nine tomorrow":                                        "2026-11-26 09:00",
		"We'll write by two pm":                                                 "2026-11-25 14:00",
		"我明天上午十点前把报价发给您":                                                        "2026-11-26 10:00",
		"I'll get back to you by 5.":                                            "2026-11-25 17:00",
		"We'll send you the label within 2 hours.":                              "2026-11-25 12:20",
		"I'll write to you in half an hour":                                     "2026-11-25 10:50",
		"I'll answer by the end of the day.":                                    "2026-11-25 18:00",
		"I will confirm it tomorrow.":                                           "2026-11-26 18:00",
		"I will confirm it tomorrow morning.":                                   "2026-11-26 12:00",
		"You will have the refund by Friday.":                                   "2026-11-27 18:00",
		"You'll receive the replacement on Monday, 30 November.":                "2026-11-30 18:00",
		"You'll hear from us within 3 working days.":                            "2026-11-30 18:00",
		"The refund will arrive in 3-5 days.":                                   "2026-11-30 18:00",
		"We'll get back to you at 9:30 tomorrow":                                "2026-11-26 09:30",
		"Please bear with me, I'll let you know by noon.":                       "2026-11-25 12:00",
		"I'll ring you on the 28th before 11 am":                                "2026-11-28 11:00",
		"I'm going to check with the courier and get back to you next Monday":   "2026-11-30 18:00",
		"今天下班前给您回复":                                                             "2026-11-25 18:00",
		"您好，我们会在今天下午5点前给您回电。":                                                   "2026-11-25 17:00",
		"我3点前联系您":                                                               "2026-11-25 15:00",
		"请您稍等，我半小时内回复您。":                                                        "2026-11-25 10:50",
		"仓库会在24小时内为您补发。":                                                        "2026-11-26 10:20",
		"退款1-3个工作日内会到账":                                                         "2026-11-30 18:00",
		"明天中午前给您答复":                                                             "2026-11-26 12:00",
		"我明晚8点半给您打电话":                                                           "2026-11-26 20:30",
		"我们周五前会处理好":                                                             "2026-11-27 18:00",
		"下周一给您结果":                                                               "2026-11-30 18:00",
		"最晚11月28日给您寄出":                                                          "2026-11-28 18:00",
		"我们今天内会给您一个方案":                                                          "2026-11-25 18:00",
		"Te lo confirmo mañana.":                                                "2026-11-26 18:00",
		"Te llamo esta tarde":                                                   "2026-11-25 20:00",
		"Te escribiré antes de las 5.":                                          "2026-11-25 17:00",
		"Mañana por la mañana te digo algo":                                     "2026-11-26 12:00",
		"Recibirás el reembolso en 3 días hábiles.":                             "2026-11-30 18:00",
		"Te respondo en media hora.":                                            "2026-11-25 10:50",
		"Vamos a revisarlo y te contestamos antes del viernes":                  "2026-11-27 18:00",
		"Lo enviaremos el 28 de noviembre.":                                     "2026-11-28 18:00",
		"Te avisaré hoy a las 16:30":                                            "2026-11-25 16:30",
		"Te escribo de nuevo antes de que acabe el día.":                        "2026-11-25 18:00",
		"Te lo mando hoy a última hora":                                         "2026-11-25 18:00",
		"Te llamaremos a las cinco y media de la tarde":                         "2026-11-25 17:30",
	} {
		pledge, ok := handoff.PledgeIn(text, sent, hours)
		if got := pledge.Due.In(hours.Zone).Format("2006-01-02 15:04"); !ok || got != want {
			t.Errorf("%q: %s (%v), want %s", text, got, ok, want)
		}
	}
}

func TestWhatPromisesNothingIsLeftAlone(t *testing.T) {
	hours := office(t)
	sent := time.Date(2026, 11, 25, 10, 20, 0, 0, hours.Zone)
	for _, text := range []string{
		"Hello, how can I help you today?", "Your parcel was sent on Monday.", "We are open until 5 pm.", "Please send it back by Friday.",
		"If you send it back by Friday, we will refund it.", "I will look into it.", "Shall I call you tomorrow?", "I can't promise it for tomorrow.",
		"You will need to return it within 14 days.", "Thanks, have a nice day!", "We'll be closed on Monday.",
		"您好，请问有什么可以帮您？", "您的包裹昨天已经发出。", "请您明天前把商品寄回。", "您明天方便接电话吗？", "我马上帮您查一下。", "如果您周五前寄回，我们会退款。", "今天不能发货。",
		"Hola, ¿en qué puedo ayudarte hoy?", "Tu pedido salió el lunes.", "Tienes que devolverlo antes del viernes.", "Si lo devuelves antes del viernes, te lo reembolsamos.",
		"We are open today and will be closed tomorrow.", "昨天5点前已送到。", "你周五前寄回就行", "No puedo confirmarlo hoy.", "¿Te llamo mañana?", "Abrimos mañana a las 9.", "Lo miro enseguida.", "",
	} {
		if pledge, ok := handoff.PledgeIn(text, sent, hours); ok {
			t.Errorf("%q is read as a promise until %s", text, pledge.Due)
		}
	}
}

func TestAPledgeAfterHoursMeansTheNextTimeThatCanBeMeant(t *testing.T) {
	hours := office(t)
	late := time.Date(2026, 11, 25, 19, 0, 0, 0, hours.Zone)
	for text, want := range map[string]string{
		"I'll answer by the end of the day.": "2026-11-25 23:59", "我9点前回复您": "2026-11-25 21:00", "Te llamo a las 11": "2026-11-25 23:00", "I'll reply before 5 pm": "2026-11-26 17:00",
	} {
		pledge, ok := handoff.PledgeIn(text, late, hours)
		if got := pledge.Due.Format("2006-01-02 15:04"); !ok || got != want {
			t.Errorf("%q: %s (%v), want %s", text, got, ok, want)
		}
	}
	open := handoff.Hours{Zone: time.UTC}
	if pledge, ok := handoff.PledgeIn("I'll answer today.", time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), open); !ok || pledge.Due.Hour() != 18 {
		t.Errorf("a desk that never closes: %s, %v", pledge.Due, ok)
	}
}

func FuzzPledgeIn(f *testing.F) {
	for _, text := range []string{"I'll call you back before 5 p.m.", "今天下班前给您回复", "te lo confirmo mañana", "within 99999999 hours we'll", "会2月31日99点99分联系"} {
		f.Add(text)
	}
	hours := handoff.Hours{Zone: time.UTC, Shifts: []handoff.Shift{{Weekday: time.Monday, Opens: 22 * 60, Closes: 6 * 60}}}
	f.Fuzz(func(t *testing.T, text string) {
		now := time.Date(2026, 2, 27, 23, 59, 0, 0, time.UTC)
		if pledge, ok := handoff.PledgeIn(text, now, hours); ok && (!pledge.Due.After(now) || pledge.Due.After(now.AddDate(1, 0, 0)) || pledge.Said == "") {
			t.Fatalf("%q: %+v", text, pledge)
		}
	})
}
