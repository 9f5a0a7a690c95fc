package storefront

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func say(id, text string) []byte {
	raw, _ := json.Marshal(map[string]string{"id": id, "text": text})
	return raw
}

func TestAMessageOfTheWidgetIsStoredOnceHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if r := f.do("POST", api+"/messages", say("one", "Hello"), "Authorization", bearer); r.status != 202 && r.status != 200 {
				t.Errorf("%d %s", r.status, r.raw)
			}
		})
	}
	wg.Wait()
	var thread Thread
	f.do("GET", api+"/messages", nil, "Authorization", bearer).into(t, &thread)
	if len(thread.Messages) != 1 || value(thread.Messages[0].Id) != "one" || !thread.State.Answering {
		t.Errorf("%+v", thread)
	}
	var page string
	if err := f.pool.QueryRow(context.Background(), `select context->>'page' from conversations where conversation_id = $1`, conv).Scan(&page); err != nil || page != "https://shop.example/coat" {
		t.Errorf("page %q, %v", page, err)
	}
}

func TestATokenOpensItsOwnConversationAlone(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	other := knowledgetest.Shop(t, f.base, "other")
	f.pool.Exec(context.Background(), `insert into channels (shop_id, channel_id, name, kind) values ($1, gen_random_uuid(), 'widget', 'widget')`, other.ID)
	api, mine, _ := f.visit()
	_, theirs, _ := f.visit()
	f.do("POST", api+"/messages", say("1", "my secret"), "Authorization", mine)
	address, _, _ := strings.Cut(mine, ".")
	_, secret, _ := strings.Cut(theirs, ".")
	for name, c := range map[string]struct {
		path, bearer string
		status       int
	}{
		"nobody":                    {api, "", 401},
		"no bearer":                 {api, "Basic Zm9v", 401},
		"nonsense":                  {api, "Bearer nonsense", 401},
		"my name, another's secret": {api, address + "." + secret, 404},
		"a made-up conversation":    {api, "Bearer v-00.abc", 404},
		"NUL and invalid UTF-8":     {api, "Bearer v-\xff.abc", 404},
		"another shop":              {"/api/storefront/" + other.PublicKey, mine, 404},
		"an unknown shop":           {"/api/storefront/nobody", mine, 404},
	} {
		for _, route := range []string{"GET /messages", "GET /events", "GET /shared", "POST /person", "POST /bot", "POST /typing", "GET /images/00000000-0000-0000-0000-000000000000", "POST /images?id=1"} {
			method, path, _ := strings.Cut(route, " ")
			r := f.do(method, c.path+path, nil, "Authorization", c.bearer)
			if r.status != c.status || bytes.Contains(r.raw, []byte("secret")) {
				t.Errorf("%s: %s: %d %s, want %d", name, route, r.status, r.raw, c.status)
			}
		}
	}
	var thread Thread
	f.do("GET", api+"/messages", nil, "Authorization", theirs).into(t, &thread)
	if len(thread.Messages) != 0 {
		t.Error("a visitor read another's messages")
	}
}

func TestBadInputOfTheWidgetNamesItsField(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{VisitorBurst: 1000})
	api, bearer, _ := f.visit()
	for name, c := range map[string]struct {
		path, body string
		status     int
		field      string
	}{
		"not JSON":           {"/messages", "nonsense", 400, "body"},
		"empty":              {"/messages", "", 400, "id"},
		"a wrong type":       {"/messages", `{"id":7,"text":"x"}`, 400, "id"},
		"no id":              {"/messages", `{"text":"x"}`, 400, "id"},
		"a NUL in the id":    {"/messages", `{"id":"a\u0000","text":"x"}`, 400, "id"},
		"no text":            {"/messages", `{"id":"1","text":" \u200b\n "}`, 202, ""},
		"only spaces":        {"/messages", `{"id":"2","text":"  \n "}`, 400, "text"},
		"9,000 characters":   {"/messages", `{"id":"3","text":"` + strings.Repeat("长", 9000) + `"}`, 400, "text"},
		"100,000 characters": {"/messages", `{"id":"4","text":"` + strings.Repeat("a", 100_000) + `"}`, 413, ""},
		"invalid UTF-8":      {"/messages", "{\"id\":\"5\",\"text\":\"a\xffb\"}", 202, ""},
		"NUL":                {"/messages", `{"id":"6","text":"a\u0000b"}`, 202, ""},
		"emoji":              {"/messages", `{"id":"7","text":"😀"}`, 202, ""},
		"right to left":      {"/messages", `{"id":"8","text":"\u202eשלום"}`, 202, ""},
		"no contact":         {"/contact", `{}`, 400, "email"},
		"a bad address":      {"/contact", `{"email":"me@home"}`, 400, "email"},
		"two addresses":      {"/contact", `{"email":"a@b.cn, c@d.es"}`, 400, "email"},
		"a bad number":       {"/contact", `{"phone":"call me"}`, 400, "phone"},
		"a good number":      {"/contact", `{"phone":"+34 600 123 456"}`, 204, ""},
		"no stars":           {"/rating", `{"score":0}`, 400, "score"},
		"a half star":        {"/rating", `{"score":3.5}`, 400, "score"},
		"a long comment":     {"/rating", `{"score":3,"comment":"` + strings.Repeat("a", 2001) + `"}`, 400, "comment"},
		"two thumbs":         {"/thumbs", `{"seq":1,"thumb":2}`, 400, "thumb"},
		"a thumb for myself": {"/thumbs", `{"seq":1,"thumb":1}`, 404, ""},
		"a long correction":  {"/shared", `{"text":"` + strings.Repeat("a", 2001) + `"}`, 400, "text"},
	} {
		r := f.do("POST", api+c.path, []byte(c.body), "Authorization", bearer)
		if r.status != c.status || r.field() != c.field {
			t.Errorf("%s: %d %q %s, want %d %q", name, r.status, r.field(), r.raw, c.status, c.field)
		}
	}
}

func TestAPersonIsOneRequestAway(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	f.do("POST", api+"/messages", say("1", "My parcel is broken"), "Authorization", bearer)
	for range 2 {
		var s State
		r := f.do("POST", api+"/person", nil, "Authorization", bearer)
		if r.into(t, &s); r.status != 200 || s.Holder != "queue" || s.Case != "waiting" || value(s.Place) != 2 {
			t.Fatalf("%d %s", r.status, r.raw)
		}
	}
	if f.count(`select count(*) from messages where conversation_id = $1 and kind = 'handoff'`, conv) != 1 {
		t.Error("the shopper was not told once")
	}
	f.do("POST", api+"/shared", []byte(`{"text":"It is the blue cup","wanted":"a new cup"}`), "Authorization", bearer)
	var shared Shared
	f.do("GET", api+"/shared", nil, "Authorization", bearer).into(t, &shared)
	if value(shared.Correction) != "It is the blue cup" || value(shared.Wanted) != "a new cup" {
		t.Errorf("%+v", shared)
	}
	f.do("POST", api+"/contact", []byte(`{"email":"ana@example.es"}`), "Authorization", bearer)
	if f.desk.contact.Email != "ana@example.es" {
		t.Errorf("%+v", f.desk.contact)
	}
	f.do("GET", api+"/shared", nil, "Authorization", bearer).into(t, &shared)
	if shared.Reach == nil || value(shared.Reach.Email) != "ana@example.es" {
		t.Errorf("where to be reached is not shared: %+v", shared.Reach)
	}
	if r := f.do("POST", api+"/rating", []byte(`{"score":5,"comment":"thanks"}`), "Authorization", bearer); r.status != 204 || len(f.desk.scores) != 1 {
		t.Errorf("rating: %d", r.status)
	}
}

func TestWhoWaitsMayGoBackToTheBot(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, _ := f.visit()
	f.do("POST", api+"/person", nil, "Authorization", bearer)
	back := func() (s State) {
		t.Helper()
		r := f.do("POST", api+"/bot", nil, "Authorization", bearer)
		if r.into(t, &s); r.status != 200 {
			t.Fatalf("%d %s", r.status, r.raw)
		}
		return s
	}
	if s := back(); s.Holder != "queue" || value(s.MayReturn) {
		t.Errorf("a case that must stay: %+v", s)
	}
	f.desk.set(conversation.Place{State: "waiting", Place: 1, MayReturn: true})
	f.mode(channel.ModeAssist)
	if s := back(); s.Holder != "queue" || value(s.MayReturn) {
		t.Errorf("where agents answer: %+v", s)
	}
	f.mode(channel.ModeAuto)
	if s := back(); s.Holder != "bot" || s.Case != "none" {
		t.Errorf("after going back: %+v", s)
	}
}

// mode changes who answers on the storefront; it is in force when the face looks again.
func (f *front) mode(mode string) {
	f.t.Helper()
	if _, err := f.pool.Exec(context.Background(), `update channels set mode = $2 where channel_id = $1`, f.site.ID, mode); err != nil {
		f.t.Fatal(err)
	}
	time.Sleep(doorKept + 100*time.Millisecond)
}

func TestATimeZoneThatIsNoneIsNotKept(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	for given, kept := range map[string]string{"Europe/Madrid": "Europe/Madrid", "Mars/Olympus": "", "../../etc/passwd": "", "": ""} {
		r := f.do("POST", "/api/storefront/"+f.shop.PublicKey+"/conversations", []byte(`{"zone":"`+given+`"}`))
		var s Started
		r.into(t, &s)
		if c, err := f.store.Conversation(t.Context(), f.shop.ID, s.Conversation); err != nil || c.Shopper.Zone != kept {
			t.Errorf("%q is kept as %q (%v)", given, c.Shopper.Zone, err)
		}
	}
}

func TestAShopperReadsAnswersAndNotHowTheyWereMade(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	seq := f.say(conv, "Two days.")
	if r := f.do("POST", api+"/thumbs", fmt.Appendf(nil, `{"seq":%d,"thumb":1}`, seq), "Authorization", bearer); r.status != 204 {
		t.Errorf("thumb: %d %s", r.status, r.raw)
	}
	r := f.do("GET", api+"/messages", nil, "Authorization", bearer)
	var thread Thread
	r.into(t, &thread)
	m := thread.Messages[0]
	if value(m.Thumb) != 1 || len(value(m.Sources)) != 1 || value(m.Sources)[0].Ref != "shipping" {
		t.Errorf("%s", r.raw)
	}
	for _, word := range []string{"verdict", "score", "cost", "staff_id", "evidence"} {
		if bytes.Contains(r.raw, []byte(`"`+word)) {
			t.Errorf("%s is shown: %s", word, r.raw)
		}
	}
}

func TestOnlyPublishedAndValidArticlesAreShown(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	yesterday, tomorrow := time.Now().AddDate(0, 0, -1), time.Now().AddDate(0, 0, 1)
	knowledgetest.Import(t, f.base, f.shop,
		knowledge.Article{Ref: "over", Locale: "en", Question: "The old code?", Answer: "OLD10", ValidTo: &yesterday, Status: knowledge.Published},
		knowledge.Article{Ref: "early", Locale: "en", Question: "The next code?", Answer: "NEXT10", ValidFrom: &tomorrow, Status: knowledge.Published},
		knowledge.Article{Ref: "draft", Locale: "en", Question: "A draft?", Answer: "DRAFT", Status: knowledge.Draft})
	api := "/api/storefront/" + f.shop.PublicKey
	for ref, status := range map[string]int{"shipping": 200, "over": 404, "early": 404, "draft": 404, "nothing": 404, "": 404} {
		if r := f.do("GET", api+"/article?ref="+ref, nil); r.status != status {
			t.Errorf("%s: %d %s", ref, r.status, r.raw)
		}
	}
	for locale, want := range map[string]string{"zh": "zh", "es-MX": "es", "fr": "en"} {
		var a Article
		f.do("GET", api+"/article?ref=shipping&locale="+locale, nil).into(t, &a)
		if a.Locale != want {
			t.Errorf("%s: shown in %s", locale, a.Locale)
		}
	}
	ctx := context.Background()
	variants, err := f.base.Variants(ctx, f.shop.ID, "coupon")
	if err != nil {
		t.Fatal(err)
	}
	var config WidgetConfig
	f.do("GET", api+"/config?locale=en", nil).into(t, &config)
	if len(config.Suggestions) != 3 || !strings.Contains(config.Greeting, "bot") || !config.Open {
		t.Errorf("%+v", config)
	}
	for _, v := range variants {
		if err := f.base.Archive(ctx, f.shop.ID, v.ID); err != nil {
			t.Fatal(err)
		}
	}
	f.do("GET", api+"/config?locale=en", nil).into(t, &config)
	if strings.Contains(strings.Join(config.Suggestions, " "), "coupon") {
		t.Errorf("an archived article is still suggested: %q", config.Suggestions)
	}
}

func TestOnlyRegisteredSitesMayAsk(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	closed := f.shop
	f.shop.Settings.Origins = []string{"https://www.tang.example/", "http://localhost:3000"}
	if err := f.base.UpdateShop(context.Background(), f.shop); err != nil {
		t.Fatal(err)
	}
	alone := knowledgetest.Shop(t, f.base, "alone")
	f.pool.Exec(context.Background(), `insert into channels (shop_id, channel_id, name, kind) values ($1, gen_random_uuid(), 'widget', 'widget')`, alone.ID)
	for _, c := range []struct {
		key, origin string
		status      int
		allowed     string
	}{
		{closed.PublicKey, "", 200, ""},
		{closed.PublicKey, f.url, 200, ""},
		{closed.PublicKey, "https://www.tang.example", 200, "https://www.tang.example"},
		{closed.PublicKey, "http://localhost:3000", 200, "http://localhost:3000"},
		{closed.PublicKey, "http://www.tang.example", 403, ""},
		{closed.PublicKey, "https://www.tang.example.evil.example", 403, ""},
		{closed.PublicKey, "https://tang.example", 403, ""},
		{closed.PublicKey, "null", 403, ""},
		{alone.PublicKey, f.url, 200, ""},
		{alone.PublicKey, "https://www.tang.example", 403, ""},
	} {
		api := "/api/storefront/" + c.key
		r := f.do("GET", api+"/config", nil, "Origin", c.origin)
		if r.status != c.status || r.header.Get("Access-Control-Allow-Origin") != c.allowed || !strings.Contains(strings.Join(r.header.Values("Vary"), ","), "Origin") {
			t.Errorf("%q: %d, allowed %q", c.origin, r.status, r.header.Get("Access-Control-Allow-Origin"))
		}
		if r.header.Get("Access-Control-Allow-Credentials") != "" || r.header.Get("Set-Cookie") != "" {
			t.Errorf("%q: cookies", c.origin)
		}
		p := f.do("OPTIONS", api+"/messages", nil, "Origin", c.origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
		if p.header.Get("Access-Control-Allow-Origin") != c.allowed || (c.allowed != "" && (p.status != 204 || !strings.Contains(p.header.Get("Access-Control-Allow-Headers"), "Authorization"))) {
			t.Errorf("preflight from %q: %d %v", c.origin, p.status, p.header)
		}
	}
}

func TestAVisitorWhoFloodsIsToldWhenToComeBack(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{Visitor: 0.1, VisitorBurst: 2})
	api, bearer, _ := f.visit()
	var last reply
	for i := range 4 {
		last = f.do("POST", api+"/messages", say(fmt.Sprint(i), "hi"), "Authorization", bearer)
	}
	if last.status != 429 || last.header.Get("Retry-After") != "10" {
		t.Errorf("%d %q", last.status, last.header.Get("Retry-After"))
	}
	_, other, _ := f.visit()
	if r := f.do("POST", api+"/messages", say("1", "hi"), "Authorization", other); r.status != 202 {
		t.Errorf("another visitor: %d", r.status)
	}
}

func TestAClosedConversationAnswersAgain(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	f.post(event("c", "m", "x"))
	if err := f.store.InTx(context.Background(), f.shop.ID, conv, passTo(f, conv, conversation.HeldByNobody)); err != nil {
		t.Fatal(err)
	}
	var a Accepted
	if f.do("POST", api+"/messages", say("1", "me again"), "Authorization", bearer).into(t, &a); a.Holder != "bot" {
		t.Errorf("held by %s", a.Holder)
	}
}
