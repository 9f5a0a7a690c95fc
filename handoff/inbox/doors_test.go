package inbox_test

import (
	"net/http"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
)

// paths returns every route of the face with real ids of the shop in it.
func (f *floor) paths(conversationID, caseID uuid.UUID) map[[2]string]string {
	out := map[[2]string]string{}
	for _, r := range f.echo.Routes() {
		if r.Method == "echo_route_not_found" {
			continue
		}
		path := strings.NewReplacer(":id", conversationID.String(), ":conversation", conversationID.String(), ":case", caseID.String(),
			":image", uuid.NewString(), ":promise", uuid.NewString(), ":macro", uuid.NewString(), ":delivery", uuid.NewString()).Replace(r.Path)
		out[[2]string{r.Method, r.Path}] = path
	}
	return out
}

func TestAnotherShopFindsNothing(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	other, _ := f.addShop("other")
	stranger := f.hire(other, "Zoe", staff.Agent, staff.Supervisor)
	checked := 0
	for route, path := range f.paths(k.ConversationID, k.ID) {
		if !strings.Contains(route[1], ":") {
			continue
		}
		checked++
		body, kind := "body=hello&outcome=solved&minutes=30&said=x&name=x", "application/x-www-form-urlencoded"
		if strings.HasPrefix(path, "/api/") {
			body, kind = `{"body":"hello","outcome":"solved"}`, "application/json"
		}
		if got := f.do(stranger, route[0], path, kind, body); got.status != http.StatusNotFound {
			t.Errorf("%s %s: %d", route[0], route[1], got.status)
		}
	}
	if checked < 25 {
		t.Errorf("only %d routes were tried", checked)
	}
	if page := f.get(stranger, "/inbox?view=all"); strings.Contains(page.body, "Olivia") {
		t.Error("another shop's queue shows the shopper")
	}
	if got := f.get(stranger, "/inbox/events?conversation="+k.ConversationID.String()); got.status != http.StatusNotFound {
		t.Errorf("another shop's events: %d", got.status)
	}
}

func TestNobodyAndEditorsStayOutside(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	editor := f.hire(f.shop, "Eve", staff.Editor)
	for route, path := range f.paths(k.ConversationID, k.ID) {
		if strings.HasPrefix(route[1], "/pictures/") { // for whoever has the link
			continue
		}
		if got := f.do(staff.Person{}, route[0], path, "", ""); got.status != http.StatusUnauthorized {
			t.Errorf("nobody, %s %s: %d", route[0], route[1], got.status)
		}
		if got := f.do(editor, route[0], path, "", ""); got.status != http.StatusForbidden {
			t.Errorf("an editor, %s %s: %d", route[0], route[1], got.status)
		}
		if strings.HasPrefix(route[1], "/inbox/team") {
			if got := f.do(f.mia, route[0], path, "", ""); got.status != http.StatusForbidden {
				t.Errorf("an agent, %s %s: %d", route[0], route[1], got.status)
			}
		}
	}
}

func TestAnImageIsSeenByItsShopOnly(t *testing.T) {
	f := newFloor(t)
	id := f.hears("a", "look")
	image, err := f.store.AddImage(t.Context(), conversation.Image{ShopID: f.shop, ConversationID: id, MediaType: "image/png", Width: 1, Height: 1, Bytes: []byte("png")},
		conversation.ImageLimits{Conversation: 1, Day: 1, DayBytes: 100})
	f.must(err)
	path := "/inbox/" + id.String() + "/images/" + image.String()
	got := f.get(f.mia, path)
	if got.status != http.StatusOK || got.body != "png" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %q %v", got.status, got.body, got.header)
	}
	elsewhere := f.hears("b", "another")
	if got := f.get(f.mia, "/inbox/"+elsewhere.String()+"/images/"+image.String()); got.status != http.StatusNotFound {
		t.Errorf("through another conversation: %d", got.status)
	}
}
