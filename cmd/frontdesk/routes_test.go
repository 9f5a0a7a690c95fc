package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/channel"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// Who a route is for. Everybody else gets 401, 403 or 404, or is asked to sign in.
const (
	forAll        = "everybody"
	forAgent      = "agents of the shop"
	forSupervisor = "supervisors of the shop"
	forEditor     = "editors of the shop"
	forAdmin      = "admins of the shop"
	forAgentAPI   = "agents' tokens"
	forEditorAPI  = "editors' tokens"
	forShopper    = "the conversation's shopper"
	forChannel    = "the channel's secret"
)

// routeMatrix lists every route. One that is missing fails the test: say here who it is for.
var routeMatrix = map[string]string{
	forAll: `GET /, GET /assets/:name, GET /favicon.svg, GET /healthz, GET /readyz, GET /metrics, POST /locale, GET /shop/:slug, GET /docs/:name,
		GET /sign-in, POST /sign-in, POST /sign-out, GET /sign-in/link/:token, POST /sign-in/link/:token, GET /sign-in/password, POST /sign-in/password,
		GET /storefront/assets/:name, GET /pictures/:shop/:image/:key, GET /widget.js, GET /widget.css, GET /api/openapi/inbox.yaml, GET /api/openapi/knowledge.yaml, GET /api/openapi/storefront.yaml,
		OPTIONS /api/storefront/:key/*, GET /api/storefront/:key/article, GET /api/storefront/:key/config, POST /api/storefront/:key/conversations`,
	forAgent: `GET /inbox, GET /inbox/, GET /inbox/events, GET /inbox/:id, POST /inbox/:id/claim, POST /inbox/:id/draft, GET /inbox/:id/articles, GET /inbox/:id/export, GET /inbox/:id/images/:image,
		POST /inbox/:id/insert, POST /inbox/:id/note, POST /inbox/:id/find, POST /inbox/:id/pledge, POST /inbox/:id/reword, POST /inbox/:id/promise, POST /inbox/:id/promise/:promise/keep, POST /inbox/:id/reply,
		POST /inbox/:id/resolve, POST /inbox/:id/return, POST /inbox/:id/snooze, POST /inbox/:id/solved, POST /inbox/:id/takeover, POST /inbox/:id/transfer,
		POST /inbox/:id/wake, POST /inbox/:id/block, POST /inbox/:id/unblock, POST /inbox/:id/erase, POST /inbox/:id/planned, POST /inbox/:id/confirm, POST /inbox/:id/suggest`,
	forSupervisor: `GET /inbox/team, POST /inbox/team/clocks, POST /inbox/team/deliveries/:delivery/again, POST /inbox/team/hours, POST /inbox/team/macros,
		POST /inbox/team/macros/:macro/remove, POST /inbox/team/skills, POST /inbox/team/skills/remove, GET /admin/figures, GET /admin/figures/:table`,
	forEditor: `GET /knowledge, GET /knowledge/articles/:article, POST /knowledge/articles/:article/archive, GET /knowledge/articles/:article/history,
		GET /knowledge/articles/:article/publish, POST /knowledge/articles/:article/publish, POST /knowledge/articles/:article/rollback, GET /knowledge/export,
		GET /knowledge/import, POST /knowledge/import, GET /knowledge/import/:import, POST /knowledge/import/:import, POST /knowledge/import/:import/check, POST /knowledge/import/:import/back,
		GET /knowledge/import/:import/rejected, GET /knowledge/missed, POST /knowledge/missed,
		GET /knowledge/exam, POST /knowledge/exam, POST /knowledge/exam/run, POST /knowledge/exam/questions, GET /knowledge/exam/questions.csv,
		GET /knowledge/incidents, POST /knowledge/incidents, POST /knowledge/incidents/end, POST /knowledge/incidents/preview,
		GET /knowledge/new, POST /knowledge/preview, GET /knowledge/ref/:ref, POST /knowledge/save, GET /knowledge/try`,
	forAdmin: `GET /admin, GET /admin/audit, GET /admin/channels, POST /admin/channels, GET /admin/channels/:channel, POST /admin/channels/:channel,
		POST /admin/channels/:channel/rotate, POST /admin/channels/:channel/test, POST /admin/clocks, POST /admin/deliveries/:delivery/again, GET /admin/hours,
		POST /admin/hours, GET /admin/model, POST /admin/model, POST /admin/model/budget, POST /admin/model/check, GET /admin/people, POST /admin/people, GET /admin/people/:person,
		POST /admin/people/:person, POST /admin/people/:person/link, POST /admin/people/:person/unlock, GET /admin/shop, POST /admin/shop, GET /admin/shops,
		POST /admin/shops, GET /admin/tokens, POST /admin/tokens, POST /admin/tokens/:name/revoke`,
	forAgentAPI: `GET /api/inbox/cases, GET /api/inbox/cases/:case, POST /api/inbox/cases/:case/claim, POST /api/inbox/cases/:case/note,
		POST /api/inbox/cases/:case/resolve, POST /api/inbox/cases/:case/return, POST /api/inbox/cases/:case/transfer,
		GET /api/inbox/conversations/:conversation/messages, POST /api/inbox/conversations/:conversation/reply, POST /api/inbox/conversations/:conversation/takeover,
		POST /api/inbox/conversations/:conversation/block, POST /api/inbox/conversations/:conversation/unblock, POST /api/inbox/conversations/:conversation/erase`,
	forEditorAPI: `GET /api/knowledge/articles, POST /api/knowledge/articles, GET /api/knowledge/articles/:article, PUT /api/knowledge/articles/:article,
		POST /api/knowledge/articles/:article/archive, GET /api/knowledge/articles/:article/history, POST /api/knowledge/articles/:article/publish,
		POST /api/knowledge/articles/:article/rollback, GET /api/knowledge/export, POST /api/knowledge/import, GET /api/knowledge/missed, POST /api/knowledge/missed,
		GET /api/knowledge/search, POST /api/knowledge/try`,
	forShopper: `POST /api/storefront/:key/contact, GET /api/storefront/:key/events, POST /api/storefront/:key/images, GET /api/storefront/:key/images/:image,
		GET /api/storefront/:key/messages, POST /api/storefront/:key/messages, POST /api/storefront/:key/bot, POST /api/storefront/:key/person, POST /api/storefront/:key/rating,
		GET /api/storefront/:key/shared, POST /api/storefront/:key/shared, POST /api/storefront/:key/thumbs, POST /api/storefront/:key/typing`,
	forChannel: `POST /webhooks/:shop/:channel`,
}

func TestEveryRouteKeepsOutWhomItIsNotFor(t *testing.T) {
	t.Parallel()
	p := boot(t)
	audience := map[string]string{}
	for who, list := range routeMatrix {
		for _, route := range strings.Split(list, ",") {
			audience[strings.TrimSpace(route)] = who
		}
	}
	callers := p.callers(t)
	handler, closeFaces, err := p.handler()
	if err != nil {
		t.Fatal(err)
	}
	defer closeFaces()
	for _, r := range handler.Routes() {
		if r.Method == echo.RouteNotFound {
			continue
		}
		route := r.Method + " " + r.Path
		who, listed := audience[route]
		if !listed {
			t.Errorf("%s is not in the matrix: say who it is for", route)
			continue
		}
		delete(audience, route)
		for _, c := range callers {
			if who != forAll && !c.passes(who, r.Path) {
				c.isKeptOut(t, p, r, who)
			}
		}
	}
	for route := range audience {
		t.Errorf("%s is in the matrix, but there is no such route", route)
	}
}

// caller is somebody at the door, and what is open to them.
type caller struct {
	name   string
	may    []string
	mayOwn []string // open as far as no id of ours is named: there the caller sees the own shop
	client *http.Client
	bearer string
	ids    map[string]string
}

func (c caller) passes(who, path string) bool {
	return slices.Contains(c.may, who) || slices.Contains(c.mayOwn, who) && !strings.Contains(path, ":")
}

func (c caller) isKeptOut(t *testing.T, p *program, r *echo.Route, who string) {
	t.Helper()
	path := r.Path
	for name, value := range c.ids {
		path = strings.ReplaceAll(path, ":"+name, value)
	}
	req, err := http.NewRequest(r.Method, p.url+path, strings.NewReader(`{"body":"x","text":"x","outcome":"solved"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return
	case http.StatusSeeOther:
		if strings.HasPrefix(resp.Header.Get("Location"), "/sign-in") {
			return
		}
	}
	t.Errorf("%s %s, which is for %s, answered %s with %d: %.200s", r.Method, path, who, c.name, resp.StatusCode, body)
}

// callers are nobody, an agent of another shop who knows our ids, an editor of ours, and a shopper with a token.
func (p *program) callers(t *testing.T) []caller {
	t.Helper()
	ctx := context.Background()
	s := p.shopSystem(t, "routes")
	if status, answer := s.say("routes", "m-1", "转人工"); status != http.StatusAccepted {
		t.Fatal(status, answer)
	}
	s.wait("routes", "message.created", 1)
	ch, err := p.channels.ByName(ctx, p.shop.ID, "routes")
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, "routes")
	if err != nil {
		t.Fatal(err)
	}
	ids := p.routeIDs(t, c.ID, ch)
	other := p.otherShop(t)
	foreigner := staff.Person{ShopID: other.ID, Email: "agent@other.example", Name: "Eve", Roles: []string{staff.Agent}}
	if foreigner, err = p.staff.Add(ctx, foreigner); err != nil {
		t.Fatal(err)
	}
	agentToken, err := p.staff.AddToken(ctx, other.ID, staff.Agent, "foreign")
	if err != nil {
		t.Fatal(err)
	}
	editorToken, err := p.staff.AddToken(ctx, p.shop.ID, staff.Editor, "editor")
	if err != nil {
		t.Fatal(err)
	}
	plain := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return []caller{
		{name: "nobody", client: plain, ids: ids},
		{name: "another shop's agent", mayOwn: []string{forAgent}, client: p.signedIn(t, foreigner), ids: ids},
		{name: "another shop's token", mayOwn: []string{forAgentAPI}, client: plain, bearer: agentToken, ids: ids},
		{name: "an editor", may: []string{forEditor}, client: p.signedIn(t, p.person(t, "editor@demo.frontdesk.example")), ids: ids},
		{name: "an editor's token", may: []string{forEditorAPI}, client: plain, bearer: editorToken, ids: ids},
		{name: "a shopper's token that is nobody's", client: plain, bearer: "ZmFrZSB0b2tlbiBvZiBub2JvZHkgYXQgYWxsISEhISE", ids: ids},
	}
}

func (p *program) routeIDs(t *testing.T, conversation uuid.UUID, ch channel.Channel) map[string]string {
	t.Helper()
	ctx := context.Background()
	got, err := p.desk.CaseOf(ctx, p.shop.ID, conversation)
	if err != nil {
		t.Fatal(err)
	}
	articles, _, err := p.base.List(ctx, p.shop.ID, knowledge.Filter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"conversation": conversation.String(), "id": conversation.String(), "case": got.ID.String(),
		"article": articles[0].ID.String(), "channel": ch.ID.String(), "person": p.person(t, "agent@demo.frontdesk.example").ID.String(),
		"key": p.shop.PublicKey, "image": uuid.NewString(), "shop": p.shop.Slug, "delivery": uuid.NewString(), "promise": uuid.NewString(),
		"macro": uuid.NewString(), "import": uuid.NewString(), "ref": articles[0].Ref, "name": "x", "table": "conversations"}
}

func (p *program) otherShop(t *testing.T) knowledge.Shop {
	t.Helper()
	shop, err := p.addShop(context.Background(), knowledge.Shop{Slug: "other"})
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

// signedIn returns a browser-like client of somebody who has used a sign-in link.
func (p *program) signedIn(t testing.TB, who staff.Person) *http.Client {
	t.Helper()
	token, err := p.staff.MakeLink(context.Background(), who.ShopID, who.ID, linkFor)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(p.url+"/sign-in/link/"+url.PathEscape(token), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the link of %s: %s", who.Name, resp.Status)
	}
	return client
}
