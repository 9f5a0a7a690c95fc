package inbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/inbox"
	"frontdesk/handoff/staff"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/uuid"
)

// contract checks every call against the specification.
type contract struct {
	*floor
	router routers.Router
	met    map[string]bool
}

func newContract(f *floor) *contract {
	f.t.Helper()
	spec, err := openapi3.NewLoader().LoadFromData(inbox.OpenAPI)
	f.must(err)
	f.must(spec.Validate(context.Background()))
	spec.Servers = openapi3.Servers{{URL: f.url + "/api/inbox"}}
	router, err := legacy.NewRouter(spec)
	f.must(err)
	return &contract{floor: f, router: router, met: map[string]bool{}}
}

// call does one operation, wants its status, and returns what it answered.
func (c *contract) call(p staff.Person, method, path string, body any, want int) map[string]any {
	c.t.Helper()
	raw := []byte{}
	kind := ""
	if body != nil {
		raw, _ = json.Marshal(body)
		kind = "application/json"
	}
	got := c.do(p, method, "/api/inbox"+path, kind, string(raw))
	if got.status != want {
		c.t.Errorf("%s %s: %d %s, want %d", method, path, got.status, got.body, want)
	}
	req, err := http.NewRequest(method, c.url+"/api/inbox"+path, bytes.NewReader(raw))
	c.must(err)
	route, params, err := c.router.FindRoute(req)
	if err != nil {
		c.t.Errorf("%s %s is not in the specification: %v", method, path, err)
		return nil
	}
	c.met[route.Operation.OperationID] = true
	options := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: options},
		Status:                 got.status, Header: got.header, Body: io.NopCloser(strings.NewReader(got.body)), Options: options})
	if err != nil {
		c.t.Errorf("%s %s: %s\n%v", method, path, got.body, err)
	}
	if got.status == http.StatusNoContent {
		return nil
	}
	var answer map[string]any
	c.must(json.Unmarshal([]byte(got.body), &answer))
	return answer
}

func TestTheAPIAnswersAsItsSpecificationSays(t *testing.T) {
	f := newFloor(t)
	c := newContract(f)
	id := f.hears("a", "Where is my parcel?")
	k := f.handsOver(id, conversation.Packet{Summary: "Where the parcel is", MoodCurve: []float64{0}, Reasons: []conversation.Reason{{Kind: "wish", Score: 1}}})
	one, thread := "/cases/"+k.ID.String(), "/conversations/"+id.String()
	if list := c.call(f.mia, "GET", "/cases?view=waiting&q=parcel", nil, 200); list["total"] != 1.0 {
		t.Errorf("the queue is %v", list)
	}
	c.call(f.mia, "GET", "/cases?view=nonsense", nil, 400)
	c.call(f.mia, "GET", one, nil, 200)
	c.call(f.mia, "GET", "/cases/"+uuid.NewString(), nil, 404)
	c.call(f.mia, "POST", thread+"/reply", map[string]any{"body": "hello"}, 409)
	c.call(f.mia, "POST", one+"/claim", nil, 200)
	if refused := c.call(f.leo, "POST", one+"/claim", nil, 409); refused["by"] != "Mia" {
		t.Errorf("the loser is told %v", refused)
	}
	c.call(f.mia, "POST", one+"/note", map[string]any{"body": "Courier called."}, 200)
	c.call(f.mia, "POST", one+"/note", map[string]any{"body": " "}, 422)
	c.call(f.mia, "POST", one+"/note", map[string]any{"body": 5}, 400)
	c.call(f.mia, "POST", thread+"/reply", map[string]any{"body": "On its way.", "seen_seq": 1}, 409)
	said := c.call(f.mia, "POST", thread+"/reply", map[string]any{"body": "On its way."}, 201)
	messages := c.call(f.mia, "GET", thread+"/messages?after=1&limit=10", nil, 200)
	if messages["last_seq"] != said["seq"] || messages["holder"] != "agent" {
		t.Errorf("the thread is %v after %v", messages, said)
	}
	c.call(f.mia, "POST", one+"/transfer", map[string]any{"agent": f.leo.ID, "note": "yours"}, 200)
	c.call(f.mia, "POST", one+"/resolve", map[string]any{"outcome": "solved"}, 409)
	c.call(f.leo, "POST", one+"/resolve", map[string]any{"outcome": "nonsense"}, 422)
	c.call(f.leo, "POST", one+"/resolve", map[string]any{"outcome": "solved"}, 200)
	c.call(f.leo, "POST", one+"/resolve", map[string]any{"outcome": "solved"}, 409)
	c.call(f.leo, "GET", one, nil, 200)
	again := c.call(f.leo, "POST", thread+"/takeover", nil, 200)
	c.call(f.leo, "POST", "/cases/"+again["id"].(string)+"/return", nil, 200)
	c.call(f.leo, "POST", thread+"/block", nil, 204)
	c.call(f.leo, "POST", thread+"/block", nil, 204)
	if blocked := c.call(f.leo, "GET", thread+"/messages", nil, 200); blocked["holder"] != "nobody" || blocked["blocked"] != true {
		t.Errorf("the blocked thread is %v", blocked)
	}
	c.call(f.leo, "POST", thread+"/unblock", nil, 204)
	c.call(f.leo, "POST", thread+"/erase", nil, 204)
	if erased := c.call(f.leo, "GET", thread+"/messages", nil, 200); erased["erased"] != true || strings.Contains(erased["messages"].([]any)[0].(map[string]any)["body"].(string), "parcel") {
		t.Errorf("the erased thread is %v", erased)
	}
	c.call(f.leo, "POST", "/conversations/"+uuid.NewString()+"/erase", nil, 404)
	c.call(f.leo, "POST", "/conversations/"+uuid.NewString()+"/block", nil, 404)
	for _, view := range []string{"mine", "waiting", "all", "bot", "resolved"} {
		c.call(f.leo, "GET", "/cases?view="+view, nil, 200)
	}
	for _, op := range []string{"listCases", "getCase", "claimCase", "noteCase", "transferCase", "returnCase", "resolveCase", "listMessages", "reply", "takeOver"} {
		if !c.met[op] {
			t.Errorf("%s was not walked", op)
		}
	}
}
