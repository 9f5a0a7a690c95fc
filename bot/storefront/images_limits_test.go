package storefront

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
)

// sendImages sends n pictures to a conversation of this language and returns how many were kept, and the last refusal.
func (f *front) sendImages(language string, n int, raw []byte) (kept int, refused reply) {
	f.t.Helper()
	api := "/api/storefront/" + f.shop.PublicKey
	begun := f.do("POST", api+"/conversations", []byte(`{"locale":"`+language+`"}`))
	var s Started
	begun.into(f.t, &s)
	for i := range n {
		r := f.do("POST", fmt.Sprintf("%s/images?id=%s-%d", api, language, i), raw, "Authorization", "Bearer "+s.Token, "Content-Type", "image/jpeg")
		if r.status == http.StatusAccepted {
			kept++
		} else {
			refused = r
		}
	}
	return kept, refused
}

func wantTooMany(t *testing.T, r reply, words string) {
	t.Helper()
	if r.status != http.StatusTooManyRequests || r.header.Get("Retry-After") == "" || !strings.Contains(string(r.raw), words) || r.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d, Retry-After %q: %s", r.status, r.header.Get("Retry-After"), r.raw)
	}
}

func TestAConversationHoldsSoManyImages(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{Stored: conversation.ImageLimits{Conversation: 2}})
	for language, words := range map[string]string{"en": "in words", "zh": "文字", "es": "con palabras"} {
		kept, refused := f.sendImages(language, 4, photo(t, 20, 10))
		if kept != 2 {
			t.Errorf("%s: %d were kept", language, kept)
		}
		wantTooMany(t, refused, words)
	}
}

func TestOneAddressSendsSoManyImagesHoweverManyConversationsItBegins(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{Images: 0.001, ImagesBurst: 3})
	kept := 0
	for _, language := range []string{"en", "zh", "es"} {
		n, refused := f.sendImages(language, 2, photo(t, 20, 10))
		kept += n
		if language == "zh" {
			wantTooMany(t, refused, "稍等")
		}
		if language == "es" {
			wantTooMany(t, refused, "Espera")
		}
	}
	if kept != 3 || f.count(`select count(*) from images`) != 3 {
		t.Errorf("%d were kept", kept)
	}
}

func TestAShopsDayHoldsSoManyImagesAndSoMuch(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]conversation.ImageLimits{"number": {Day: 3}, "size": {DayBytes: 2000}} {
		f := newFront(t, Limits{Stored: limits})
		first, _ := f.sendImages("en", 2, photo(t, 20, 10))
		second, refused := f.sendImages("es", 30, photo(t, 20, 10))
		if kept := first + second; kept < 2 || kept >= 10 || name == "number" && kept != 3 {
			t.Errorf("%s: %d were kept", name, kept)
		}
		wantTooMany(t, refused, "no puede recibir más imágenes")
		if f.count(`select coalesce(sum(octet_length(bytes)), 0) from images`) > 4000 {
			t.Errorf("%s: more was kept than the day holds", name)
		}
		if f.count(`with older as (update images set created_at = now() - interval '25 hours' returning 1) select count(*) from older`); name == "number" {
			if kept, _ := f.sendImages("zh", 1, photo(t, 20, 10)); kept != 1 {
				t.Error("the next day does not begin")
			}
		}
	}
}

func TestUploadsThatDoNotEndTakeTheRoomOfTheirAddressAlone(t *testing.T) {
	t.Parallel()
	u := newUploads(0, 0)
	for range uploadsOfOne {
		if _, err := u.enter("192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := u.enter("192.0.2.1"); err == nil {
		t.Error("one address has as much room as it likes")
	}
	left := uploadsAtOnce - uploadsOfOne
	for i := range left {
		if _, err := u.enter(fmt.Sprint("198.51.100.", i)); err != nil {
			t.Errorf("address %d has no room: %v", i, err)
		}
	}
	if _, err := u.enter("203.0.113.9"); err == nil {
		t.Error("there is no bound for all")
	}
	for address, want := range map[string]string{"192.0.2.7": "192.0.2.7", "2001:db8:1:2:aaaa::1": "2001:db8:1:2::/64", "2001:db8:1:2:bbbb::9%eth0": "2001:db8:1:2::/64", "::ffff:192.0.2.7": "::ffff:192.0.2.7", "odd": "odd"} {
		if got := network(address); got != want {
			t.Errorf("the network of %s is %s, want %s", address, got, want)
		}
	}
}

func TestAnUploadThatIsBrokenOffGivesItsRoomBack(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, _ := f.visit()
	for i := range uploadsOfOne + 2 {
		body, broken := io.Pipe()
		req, err := http.NewRequest("POST", fmt.Sprintf("%s%s/images?id=b%d", f.url, api, i), io.MultiReader(bytes.NewReader(photo(t, 20, 10)[:200]), body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", bearer)
		time.AfterFunc(20*time.Millisecond, func() { _ = broken.CloseWithError(io.ErrUnexpectedEOF) })
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
		}
	}
	time.Sleep(50 * time.Millisecond)
	if r := f.do("POST", api+"/images?id=whole", photo(t, 20, 10), "Authorization", bearer, "Content-Type", "image/jpeg"); r.status != http.StatusAccepted {
		t.Errorf("afterwards: %d %s", r.status, r.raw)
	}
}
