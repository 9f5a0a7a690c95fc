package inbox_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"
)

// attach posts a reply as a browser does: a multipart form with files.
func (f *floor) attach(p staff.Person, path, body string, files ...[]byte) answer {
	f.t.Helper()
	var sent bytes.Buffer
	form := multipart.NewWriter(&sent)
	f.must(form.WriteField("body", body))
	for _, file := range files {
		part, err := form.CreateFormFile("picture", "a<b>.png")
		f.must(err)
		_, err = part.Write(file)
		f.must(err)
	}
	f.must(form.Close())
	req, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.url+path, &sent)
	f.must(err)
	req.Header.Set("X-Who", p.ID.String())
	req.Header.Set("Content-Type", form.FormDataContentType())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	f.must(err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	f.must(err)
	return answer{res.StatusCode, string(raw), res.Header}
}

func dot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnAgentSendsPicturesWithAndWithoutWords(t *testing.T) {
	f := newFloor(t)
	f.exec(`update channels set reply_url = 'https://shop.example/in' where shop_id = $1`, f.shop)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if got := f.attach(f.mia, path+"/reply", "This is where it is.", dot(t), dot(t)); got.flashed() != "Sent." {
		t.Fatalf("%d %q", got.status, got.flashed())
	}
	if got := f.attach(f.mia, path+"/reply", "", dot(t)); got.flashed() != "Sent." {
		t.Errorf("a picture without words: %q", got.flashed())
	}
	messages, err := f.store.Messages(t.Context(), f.shop, k.ConversationID, conversation.Range{Limit: 20})
	f.must(err)
	var kinds []string
	for _, m := range messages {
		if m.Author == conversation.ByAgent {
			kinds = append(kinds, m.Kind)
		}
	}
	if got := strings.Join(kinds, " "); got != "image image text image" {
		t.Errorf("said: %s", got)
	}
	if page := f.get(f.mia, path).body; strings.Count(page, `<img src="`+path+"/images/") != 3 {
		t.Error("the thread does not show the three pictures")
	}

	var payload struct {
		Data struct{ Kind, Text, Markdown, Image string }
	}
	var raw []byte
	f.must(f.pool.QueryRow(t.Context(), `select payload from deliveries where payload->'data'->>'kind' = 'image' order by created_at limit 1`).Scan(&raw))
	f.must(json.Unmarshal(raw, &payload))
	link, ok := strings.CutPrefix(payload.Data.Image, "https://desk.example")
	if !ok || payload.Data.Text != payload.Data.Image || payload.Data.Markdown != payload.Data.Image {
		t.Fatalf("the channel is told %+v", payload.Data)
	}
	if got := f.get(staff.Person{}, link); got.status != http.StatusOK || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("the link leads to %d", got.status)
	}
	if got := f.get(staff.Person{}, link[:len(link)-1]+"-"); got.status != http.StatusNotFound {
		t.Errorf("a guessed link leads to %d", got.status)
	}
}

func TestWhatIsNoPictureIsNotSentAndTheWordsAreKept(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	before := f.newest(k.ConversationID)
	for name, files := range map[string][][]byte{"a page": {dot(t), []byte("<script>alert(1)</script>")}, "too many": {dot(t), dot(t), dot(t), dot(t), dot(t)}} {
		if got := f.attach(f.mia, path+"/reply", "My words", files...); !strings.Contains(got.flashed(), "Not sent") {
			t.Errorf("%s: %q", name, got.flashed())
		}
	}
	if f.newest(k.ConversationID) != before {
		t.Error("a part of it was sent")
	}
	if page := f.get(f.mia, path).body; !strings.Contains(page, "My words</textarea>") {
		t.Error("the words are gone")
	}
	f.post(f.mia, path+"/draft", url.Values{"body": {""}})
	if got := f.attach(f.leo, path+"/reply", "", dot(t)); !strings.Contains(got.flashed(), "Mia") || f.newest(k.ConversationID) != before {
		t.Errorf("a colleague sends a picture: %q", got.flashed())
	}
	var left, waiting int
	f.must(f.pool.QueryRow(t.Context(), `select (select count(*) from images), (select cardinality(pictures) from reply_drafts)`).Scan(&left, &waiting))
	if left != 4 || waiting != 4 {
		t.Errorf("%d pictures are kept, and %d wait to be sent, want the four that fit", left, waiting)
	}
}

func TestARefusedReplyKeepsItsPictures(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	f.attach(f.mia, path+"/reply", "Here is the label [fill in: number].", dot(t), dot(t))
	page := f.get(f.mia, path).body
	ids := regexp.MustCompile(`name="kept" value="([^"]+)" checked`).FindAllStringSubmatch(page, -1)
	if len(ids) != 2 || !strings.Contains(page, "Here is the label [fill in: number].</textarea>") || !strings.Contains(page, path+"/images/"+ids[0][1]) {
		t.Fatalf("%d pictures wait", len(ids))
	}
	f.post(f.mia, path+"/draft", url.Values{"body": {""}}) // whoever takes the words out keeps the pictures
	if page := f.get(f.mia, path).body; strings.Count(page, `name="kept"`) != 2 {
		t.Error("the pictures went with the words")
	}
	before := f.newest(k.ConversationID)
	f.hears("a", "Hello?")
	form := url.Values{"body": {"Here is the label."}, "keeps": {"yes"}, "kept": {ids[1][1]}, "seen_seq": {strconv.FormatInt(before, 10)}}
	if got := f.post(f.mia, path+"/reply", form); !strings.Contains(got.header.Get("Location"), "moved=") {
		t.Fatalf("a thread that moved: %q", got.header.Get("Location"))
	}
	form.Set("seen_seq", strconv.FormatInt(f.newest(k.ConversationID), 10))
	if got := f.post(f.mia, path+"/reply", form); got.flashed() != "Sent." {
		t.Fatalf("said %q", got.flashed())
	}
	messages, err := f.store.Messages(t.Context(), f.shop, k.ConversationID, conversation.Range{After: before})
	f.must(err)
	if len(messages) != 3 || messages[1].Body != ids[1][1] || messages[2].Body != "Here is the label." {
		t.Errorf("said %+v", messages)
	}
	var images, drafts int
	f.must(f.pool.QueryRow(t.Context(), `select (select count(*) from images), (select count(*) from reply_drafts)`).Scan(&images, &drafts))
	if images != 1 || drafts != 0 {
		t.Errorf("%d pictures and %d drafts are left", images, drafts)
	}
}
