package signin

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
	"frontdesk/knowledge/knowledgetest"

	"github.com/labstack/echo/v4"
)

// browser is somebody's, with cookies of its own; it follows no redirect.
type browser struct {
	t    *testing.T
	site string
	http.Client
}

func newBrowser(t *testing.T, site string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, site, http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (b *browser) post(path string, fields ...string) int {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	r, err := b.PostForm(b.site+path, values)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode
}

// reads returns the status and the page that is shown.
func (b *browser) reads(path string) string {
	b.t.Helper()
	r, err := b.Get(b.site + path)
	if err != nil {
		b.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return fmt.Sprint(r.StatusCode, " ", string(body))
}

// named renders a page as its name and what is wrong.
type named struct{}

func (named) Render(w io.Writer, name string, data any, _ echo.Context) error {
	_, err := fmt.Fprint(w, name, " ", data.(form).Problem)
	return err
}

func (b *browser) mayWork() bool {
	b.t.Helper()
	r, err := b.Get(b.site + "/work")
	if err != nil {
		b.t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode == http.StatusNoContent
}

func TestANewPasswordEndsTheOtherSessionsAndALinkSaysWhenItOpensNothing(t *testing.T) {
	t.Parallel()
	pool := knowledgetest.Database(t, conversation.Migrate, handoff.Migrate)
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	base, people := knowledge.New(pool, knowledge.Fixed(embedder)), staff.New(pool)
	shop := knowledgetest.Shop(t, base, "demo")
	mei, err := people.Add(t.Context(), staff.Person{ShopID: shop.ID, Email: "mei@example.com", Roles: []string{staff.Agent}})
	if err != nil {
		t.Fatal(err)
	}
	if err := people.SetPassword(t.Context(), shop.ID, mei.ID, "correct horse"); err != nil {
		t.Fatal(err)
	}
	door := New(pool, people, base, false)
	t.Cleanup(door.Close)
	e := echo.New()
	e.Renderer = named{}
	e.Use(door.Sessions)
	door.Routes(e.Group(""))
	e.GET("/work", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }, door.Require(staff.Agent))
	site := httptest.NewServer(e)
	t.Cleanup(site.Close)

	here, elsewhere := newBrowser(t, site.URL), newBrowser(t, site.URL)
	for _, b := range []*browser{here, elsewhere} {
		if status := b.post("/sign-in", "email", "mei@example.com", "password", "correct horse"); status != http.StatusSeeOther || !b.mayWork() {
			t.Fatalf("not signed in: %d", status)
		}
	}
	if status := here.post("/sign-in/password", "password", "battery staple", "again", "battery staple"); status != http.StatusSeeOther {
		t.Fatalf("the password was not changed: %d", status)
	}
	if !here.mayWork() {
		t.Error("who changed the password was signed out")
	}
	if elsewhere.mayWork() {
		t.Error("a session of the old password goes on")
	}
	token, err := people.MakeLink(t.Context(), shop.ID, mei.ID, 60e9)
	if err != nil {
		t.Fatal(err)
	}
	if shown := elsewhere.reads("/sign-in/link/" + token); shown != "200 signin/link " {
		t.Errorf("a link that stands shows %q", shown)
	}
	if status := elsewhere.post("/sign-in/link/" + token); status != http.StatusSeeOther || !elsewhere.mayWork() || !here.mayWork() {
		t.Errorf("a link signs in beside others: %d", status)
	}
	for _, dead := range []string{token, "nothing"} {
		if shown := newBrowser(t, site.URL).reads("/sign-in/link/" + dead); shown != "401 signin/form signin.link_used" {
			t.Errorf("a link that opens nothing shows %q", shown)
		}
	}
}
