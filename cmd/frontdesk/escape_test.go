package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
)

// intruders lists what a page holds that no template of ours writes: the page may run and load its own files only.
const intruders = `(() => {
	const out = [], own = (address) => new URL(address, location.href).origin === location.origin;
	const look = (root) => {
		for (const e of root.querySelectorAll("*")) {
			const name = e.localName;
			if (e.getAttributeNames().some((n) => n.startsWith("on") || n === "style" || n === "srcdoc" || n === "srcset" || n === "background")) out.push(e.outerHTML.slice(0, 200));
			if (["iframe", "frame", "frameset", "object", "embed", "portal", "base", "style", "video", "audio", "marquee", "math", "animate", "use", "template", "xss", "b-x"].includes(name)) out.push(e.outerHTML.slice(0, 200));
			if (name === "meta" && e.httpEquiv && !/^\d+$/.test(e.content)) out.push(e.outerHTML);
			if (["script", "img", "source"].includes(name) && (!e.getAttribute("src") || !own(e.src))) out.push(e.outerHTML.slice(0, 200));
			if (name === "link" && !own(e.href)) out.push(e.outerHTML);
			if (name === "a" && e.hasAttribute("href") && !["http:", "https:", "mailto:", "tel:"].includes(e.protocol)) out.push(e.outerHTML.slice(0, 200));
			if (name === "form" && !own(e.getAttribute("action") || "/")) out.push(e.outerHTML.slice(0, 200));
			if (e.shadowRoot) look(e.shadowRoot);
		}
	};
	look(document);
	if (document.title.includes("PWNED") && !document.title.includes("'PWNED")) out.push("title: " + document.title);
	return out.join("\n");
})()`

// words are all that a page says, to the eye or in its fields.
const pageWords = `(() => {
	let all = "";
	const read = (root) => {
		all += " " + (root.body ?? root).textContent;
		for (const e of root.querySelectorAll("input, textarea")) all += " " + e.value;
		for (const e of root.querySelectorAll("*")) if (e.shadowRoot) read(e.shadowRoot);
	};
	read(document);
	return all;
})()`

// siege is a shop whose every text that others write is an attack.
type siege struct {
	t      *testing.T
	p      *program
	w      *window
	texts  []string
	system *shopSystem
	seen   map[string]*strings.Builder // face → all that its pages said
}

func (s *siege) text(i int) string { return s.texts[i%len(s.texts)] }

// name is a text that fits where 80 characters do.
func (s *siege) name(i int) string {
	for ; ; i++ {
		if text := strings.TrimSpace(strings.Map(printable, s.text(i))); len([]rune(text)) <= 78 {
			return text
		}
	}
}

func printable(r rune) rune {
	if r < ' ' {
		return -1
	}
	return r
}

// look opens a page of a face and looks at it: nothing of others' ran, loaded or became markup.
func (s *siege) look(face, path string) {
	s.t.Helper()
	s.w.visit(s.p.url + path)
	if status := answer[int](s.w, `performance.getEntriesByType("navigation")[0].responseStatus`); status >= 500 || status == http.StatusNotFound {
		s.t.Errorf("%s: %d", path, status)
	}
	s.judge(face, path)
}

func (s *siege) judge(face, path string) {
	s.t.Helper()
	if found := answer[string](s.w, intruders); found != "" {
		s.t.Errorf("%s: the markup of others became ours:\n%s", path, found)
	}
	if s.seen[face] == nil {
		s.seen[face] = &strings.Builder{}
	}
	s.seen[face].WriteString(bare(answer[string](s.w, pageWords)))
	s.w.faultless(path, s.p.url)
}

// saw asks that a face has shown these texts as they are.
func (s *siege) saw(face string, texts ...string) {
	s.t.Helper()
	missing := 0
	for _, text := range texts {
		if !strings.Contains(s.seen[face].String(), bare(text)) {
			if missing++; missing < 5 {
				s.t.Errorf("the pages of %s do not show %q as it was written", face, text)
			}
		}
	}
	if missing > 0 {
		s.t.Errorf("%d of %d texts are not shown by %s", missing, len(texts), face)
	}
}

// Five hundred attacks as shopper's text, name and context, article, file name, staff name, note, macro and reply: in no page do they run,
// load or become markup, and each is shown as what it is, text.
func TestTextOfOthersStaysText(t *testing.T) {
	t.Parallel()
	p := boot(t)
	s := &siege{t: t, p: p, w: openWindow(t), texts: payloads(500), system: p.shopSystem(t, "siege"), seen: map[string]*strings.Builder{}}
	began := time.Now()
	conversations := s.shoppersWrite()
	s.knowledgeIsImported()
	s.staffAreNamed()
	token := s.visitorWrites()
	s.agentsWrite(conversations)
	t.Logf("the shop is besieged after %v", time.Since(began))
	s.w.signIn(p, "admin@demo.frontdesk.example", "/admin/people")
	s.adminLooks()
	s.agentLooks(conversations)
	s.editorLooks()
	s.shopperLooks(token)
	t.Logf("all pages are seen after %v", time.Since(began))
}

// shoppersWrite sends every text through the signed webhook; twenty to a conversation, each conversation waits for a person.
func (s *siege) shoppersWrite() []uuid.UUID {
	s.t.Helper()
	ctx := context.Background()
	ch, err := s.p.channels.ByName(ctx, s.p.shop.ID, "siege")
	if err != nil {
		s.t.Fatal(err)
	}
	var ids []uuid.UUID
	for c := range len(s.texts) / 20 {
		address := fmt.Sprint("c-", c)
		for m := range 20 {
			i := c*20 + m
			s.event("message.created", map[string]any{"conversation": address, "message": fmt.Sprint("m-", i), "text": s.text(i),
				"shopper": map[string]string{"id": s.name(i), "name": s.text(i), "email": s.name(i + 1), "phone": s.name(i + 2)},
				"context": map[string]string{"page": s.text(i + 3), "product": s.text(i + 4), "order": s.text(i + 5)}})
			if m == 0 {
				s.event("handoff.requested", map[string]any{"conversation": address})
			}
		}
		conversation, err := s.p.store.ByAddress(ctx, s.p.shop.ID, ch.ID, address)
		if err != nil {
			s.t.Fatal(err)
		}
		ids = append(ids, conversation.ID)
	}
	return ids
}

func (s *siege) event(kind string, data map[string]any) {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"type": kind, "data": data})
	if err != nil {
		s.t.Fatal(err)
	}
	if status, answer := s.system.post(body); status >= 300 {
		s.t.Fatalf("%s: %d %s", body, status, answer)
	}
}

// knowledgeIsImported brings in an article for every text, from files whose names are attacks, and leaves as many missed questions.
func (s *siege) knowledgeIsImported() {
	s.t.Helper()
	editor := s.p.visits(s.t, s.p.person(s.t, "editor@demo.frontdesk.example"))
	var file bytes.Buffer
	for i := range s.texts {
		text := s.clean(i)
		row, err := json.Marshal(map[string]any{"id": fmt.Sprintf("siege-%d", i), "question": text, "answer": text, "phrasings": []string{s.clean(i + 1)}, "negatives": []string{s.clean(i + 2)},
			"locale": "en", "status": "published", "tags": []string{s.clean(i)}})
		if err != nil {
			s.t.Fatal(err)
		}
		file.Write(append(row, '\n'))
	}
	var refused bytes.Buffer
	for i := range 120 {
		row, err := json.Marshal(map[string]string{"question": s.text(i), "answer": s.text(i), "locale": s.text(i), "valid_to": s.text(i)})
		if err != nil {
			s.t.Fatal(err)
		}
		refused.Write(append(row, '\n'))
	}
	s.upload(editor, "refused.jsonl", refused.Bytes())
	planned := s.upload(editor, s.name(0)+".jsonl", file.Bytes())
	for i := range 12 {
		s.upload(editor, strings.ReplaceAll(s.name(40*i+3), "/", "∕")+".jsonl", []byte(`{"question": "`+strings.Repeat("x", i+1)+`"}`))
	}
	editor.sent(planned, url.Values{})
	for limit := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if _, n, err := s.p.base.List(s.t.Context(), s.p.shop.ID, knowledge.Filter{Locale: "en", Limit: 1}); err == nil && n >= len(s.texts) {
			break
		}
		if time.Now().After(limit) {
			s.t.Fatalf("the import does not end: %.2000s", editor.page(planned))
		}
	}
	for i := range 100 {
		missed := knowledge.Missed{Text: s.clean(5 * i), Locale: "en", Outcome: "none", State: knowledge.MissedOpen, AskedAt: time.Now()}
		if err := s.p.base.Missed(s.t.Context(), s.p.shop.ID, missed); err != nil {
			s.t.Fatal(err)
		}
	}
}

// clean is a text without the characters that an import refuses.
func (s *siege) clean(i int) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200b {
			return -1
		}
		return r
	}, s.text(i))
}

// upload sends a file as the form does and returns where its plan is.
func (s *siege) upload(v *visitor, name string, content []byte) string {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		s.t.Fatal(err)
	}
	part.Write(content)
	form.Close()
	req, err := http.NewRequest(http.MethodPost, s.p.url+"/knowledge/import", &body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := v.client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	if raw, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		s.t.Fatalf("upload of %q: %d %.300s", name, resp.StatusCode, raw)
	}
	return resp.Request.URL.Path
}

// staffAreNamed gives the shop its names, hires people, and writes macros and access keys.
func (s *siege) staffAreNamed() {
	s.t.Helper()
	admin := s.p.admin(s.t)
	for i := range 10 {
		admin.sent("/admin/people", url.Values{"name": {s.name(50 * i)}, "email": {fmt.Sprintf("agent%d@siege.example", i)}, "roles": {staff.Agent}})
		admin.sent("/inbox/team/macros", url.Values{"name": {string([]rune(strings.Join(strings.Fields(s.name(50*i+1)), ""))[:20])}, "body": {s.clean(50*i + 2)}})
		admin.post("/admin/tokens", url.Values{"name": {s.name(50*i + 3)}, "role": {staff.Editor}})
		admin.post("/admin/channels", url.Values{"name": {s.name(50*i + 4)}, "kind": {"webhook"}, "reply_url": {s.text(50*i + 5)}})
	}
	admin.post("/admin/shop", url.Values{"name": {s.name(7)}, "name_zh": {s.name(8)}, "name_en": {s.name(9)}, "name_es": {s.name(10)}, "locale": {"en"}, "time_zone": {s.p.shop.TimeZone}, "origins": {s.text(11)}})
}

// visitorWrites has all texts in one widget conversation, a score to a message, and returns its token.
func (s *siege) visitorWrites() string {
	s.t.Helper()
	root := "/api/storefront/" + s.p.shop.PublicKey
	var started struct {
		Token        string
		Conversation uuid.UUID
	}
	s.call(root+"/conversations", "", map[string]any{"name": s.clean(12), "locale": "en", "context": map[string]string{"page": s.clean(13), "product": s.clean(14), "order": s.clean(15)}}, &started)
	s.call(root+"/person", started.Token, nil, nil)
	agent := s.p.hire(s.t, "siege@siege.example", staff.Agent)
	agent.Name = s.name(60)
	if err := s.p.staff.Update(s.t.Context(), agent); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.p.desk.TakeOver(s.t.Context(), s.p.shop.ID, started.Conversation, agent); err != nil {
		s.t.Fatal(err)
	}
	for from := 0; from < len(s.texts); from += 20 {
		text := strings.Join(s.texts[from:from+20], "\n")
		s.call(root+"/messages", started.Token, map[string]any{"id": fmt.Sprint("m-", from), "text": text, "context": map[string]string{"page": s.clean(from)}}, nil)
		conversation, err := s.p.store.Conversation(s.t.Context(), s.p.shop.ID, started.Conversation)
		if err != nil {
			s.t.Fatal(err)
		}
		reply := strings.ReplaceAll(strings.Join(s.texts[from:from+20], "\n\n"), "\x00", "")
		if _, err := s.p.desk.Reply(s.t.Context(), s.p.shop.ID, started.Conversation, agent, reply, conversation.LastSeq); err != nil {
			s.t.Fatal(err)
		}
	}
	s.call(root+"/shared", started.Token, map[string]any{"text": s.clean(16)}, nil)
	return started.Token
}

func (s *siege) call(path, token string, in, out any) {
	s.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		s.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, s.p.url+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	if resp.StatusCode >= 300 {
		s.t.Fatalf("%s: %d %s", path, resp.StatusCode, raw)
	}
	if out != nil {
		if err := json.Unmarshal(raw, out); err != nil {
			s.t.Fatal(err)
		}
	}
}

// agentsWrite has a hostile colleague take every third case, note, promise and reply; a few are resolved and rated.
func (s *siege) agentsWrite(conversations []uuid.UUID) {
	s.t.Helper()
	agent := s.p.visits(s.t, s.p.person(s.t, "agent0@siege.example"))
	for i, id := range conversations {
		if i%3 > 0 {
			continue
		}
		at := "/inbox/" + id.String()
		agent.sent(at+"/takeover", url.Values{})
		conversation, err := s.p.store.Conversation(s.t.Context(), s.p.shop.ID, id)
		if err != nil {
			s.t.Fatal(err)
		}
		seq := fmt.Sprint(conversation.LastSeq)
		agent.sent(at+"/reply", url.Values{"body": {s.clean(i*20) + "\n\n" + s.clean(i*20+1)}, "seen_seq": {seq}})
		agent.sent(at+"/note", url.Values{"body": {s.clean(i*20 + 2)}})
		agent.sent(at+"/promise", url.Values{"said": {s.clean(i*20 + 3)}, "minutes": {"30"}})
		if i%2 == 0 {
			agent.sent(at+"/resolve", url.Values{"outcome": {"solved"}})
			s.event("rating.given", map[string]any{"conversation": fmt.Sprint("c-", i), "score": 1, "comment": s.clean(i*20 + 4)})
		}
	}
}

func (s *siege) adminLooks() {
	for _, path := range []string{"/admin", "/admin/people", "/admin/shop", "/admin/channels", "/admin/model", "/admin/tokens", "/admin/hours", "/admin/shops", "/admin/audit", "/admin/figures",
		"/admin/people/" + s.p.person(s.t, "agent1@siege.example").ID.String(), "/inbox/team"} {
		s.look("admin", path)
	}
	for i := range 10 {
		s.saw("admin", s.name(50*i), s.clean(50*i+2))
	}
}

func (s *siege) agentLooks(conversations []uuid.UUID) {
	for _, path := range []string{"/inbox", "/inbox?view=resolved", "/inbox?view=all", "/inbox?view=mine&q=" + url.QueryEscape(s.clean(1)), "/inbox?view=all&q=" + url.QueryEscape(s.name(2))} {
		s.look("inbox", path)
	}
	s.saw("inbox", s.clean(1), s.name(2))
	for i, id := range conversations {
		s.look("inbox", "/inbox/"+id.String())
		if i%5 == 0 {
			answer[bool](s.w, `(document.querySelectorAll("details").forEach((d) => d.open = true), true)`)
			s.judge("inbox", "/inbox/"+id.String())
		}
	}
	s.saw("inbox", s.texts...)
}

func (s *siege) editorLooks() {
	for next := "/knowledge"; next != ""; next = answer[string](s.w, `document.querySelector(".pager [rel=next]")?.getAttribute("href") ?? ""`) {
		s.look("editor", next)
	}
	s.saw("editor", s.texts...)
	for i := 0; i < 500; i += 200 {
		list, _, err := s.p.base.List(s.t.Context(), s.p.shop.ID, knowledge.Filter{Limit: 1, Offset: i})
		if err != nil || len(list) == 0 {
			s.t.Fatal(err)
		}
		at := "/knowledge/articles/" + list[0].ID.String()
		for _, path := range []string{at, at + "/history", at + "/publish", "/knowledge/ref/" + url.PathEscape(list[0].Ref)} {
			s.look("editor", path)
		}
		s.look("editor", "/knowledge/try?"+url.Values{"question": {s.clean(i)}, "market": {s.name(i)}, "at": {s.name(i)}}.Encode())
		s.look("editor", "/knowledge?"+url.Values{"q": {s.clean(i + 1)}, "market": {s.name(i)}, "kind": {s.name(i)}, "tag": {s.name(i)}}.Encode())
		s.look("editor", "/knowledge/new?"+url.Values{"question": {s.clean(i)}, "phrasing": {s.clean(i + 1)}, "locale": {s.name(i)}}.Encode())
	}
	s.look("missed", "/knowledge/missed")
	s.examsAndIncidents()
	s.look("import", "/knowledge/import")
	s.saw("import", strings.ReplaceAll(s.name(403), "/", "∕"))
	for _, plan := range strings.Fields(answer[string](s.w, `[...document.querySelectorAll('td a[href^="/knowledge/import/"]')].slice(-2).map((a) => a.getAttribute("href")).join(" ")`)) {
		s.look("import", plan)
		s.look("import", plan+"?show=error")
	}
	s.previews()
}

// examsAndIncidents asks and announces the texts, and looks at both pages. What is announced is ended before it is said anywhere.
func (s *siege) examsAndIncidents() {
	s.t.Helper()
	ctx, store := s.t.Context(), exam.NewStore(s.p.pool)
	var questions []exam.Question
	var asked []string
	for i := 0; i < len(s.texts); i += 25 {
		asked = append(asked, s.clean(i))
		questions = append(questions, exam.Question{ID: s.name(i), Turns: []exam.Turn{{Role: "shopper", Text: s.clean(i)}}, Topic: s.name(i), Locale: "en",
			Expect: exam.Expectation{Action: []string{"silent"}, Articles: []string{s.name(i)}}})
	}
	if err := store.Replace(ctx, s.p.shop.ID, exam.Golden, questions); err != nil {
		s.t.Fatal(err)
	}
	if _, err := store.Sit(ctx, s.p.base, s.p.shop, exam.Golden, s.p.examine, nil); err != nil {
		s.t.Fatal(err)
	}
	for _, text := range asked {
		at, err := s.p.base.Announce(ctx, s.p.shop.ID, knowledge.Incident{Statements: map[string]string{"en": text}, Tags: []string{text}, Until: time.Now().Add(time.Hour), Author: text})
		if err == nil {
			err = s.p.base.EndIncident(ctx, s.p.shop.ID, at.ID)
		}
		if err != nil && !errors.Is(err, knowledge.ErrInvalid) {
			s.t.Fatal(err)
		}
	}
	s.look("exam", "/knowledge/exam")
	s.saw("exam", asked...)
	s.look("incidents", "/knowledge/incidents")
}

// previews types the texts into the article form, twenty-five at a time, and looks at what the preview beside it makes of them.
func (s *siege) previews() {
	s.w.visit(s.p.url + "/knowledge/new")
	for from := 0; from < len(s.texts); from += 25 {
		mark := fmt.Sprintf("mark%d", from)
		text, err := json.Marshal(strings.Join(append(s.texts[from:from+25:from+25], mark), "\n\n"))
		if err != nil {
			s.t.Fatal(err)
		}
		answer[bool](s.w, fmt.Sprintf(`(() => { const t = document.querySelector("[name=answer]"); t.value = %s; t.dispatchEvent(new Event("input", { bubbles: true })); return true; })()`, text))
		s.w.until(fmt.Sprintf(`document.getElementById("preview").textContent.includes(%q)`, mark))
		s.judge("preview", "/knowledge/new, preview "+mark)
	}
}

// shopperLooks opens the demo shop with the visitor's conversation in the widget.
func (s *siege) shopperLooks(token string) {
	s.w.visit(s.p.url + "/healthz")
	answer[bool](s.w, fmt.Sprintf(`(localStorage.setItem("frontdesk:%[1]s:token", %[2]q), localStorage.setItem("frontdesk:%[1]s:open", "1"), true)`, s.p.shop.PublicKey, token))
	s.w.visit(s.p.url + "/shop/demo?lang=en")
	s.w.until(`document.querySelector("frontdesk-widget")?.shadowRoot?.querySelectorAll(".row.agent").length >= 25`)
	s.judge("widget", "/shop/demo")
	s.saw("widget", s.texts...)
	s.w.do(chromedp.Sleep(200 * time.Millisecond))
	s.w.faultless("/shop/demo, later", s.p.url)
}
