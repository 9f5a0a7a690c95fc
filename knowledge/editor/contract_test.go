package editor

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"frontdesk/knowledge"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/uuid"
)

func parsed(t *testing.T, id string) uuid.UUID {
	t.Helper()
	parsed, err := uuid.Parse(id)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// contract checks every answer against the specification, and that each operation was met.
type contract struct {
	*desk
	router routers.Router
	met    map[string]bool
}

func (c contract) call(method, path, body string, status int) string {
	c.t.Helper()
	kind := ""
	if body != "" {
		kind = "application/json"
	}
	if strings.HasPrefix(path, "/import") {
		kind = "application/octet-stream"
	}
	got := c.send(method, "/api/knowledge"+path, kind, body)
	if got.status != status {
		c.t.Errorf("%s %s: %d, want %d: %s", method, path, got.status, status, got.body)
	}
	request, err := http.NewRequest(method, c.server.URL+"/api/knowledge"+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	route, params, err := c.router.FindRoute(request)
	if err != nil {
		c.t.Fatalf("%s %s is not in the specification", method, path)
	}
	c.met[route.Operation.OperationID] = true
	options := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true,
		ExcludeResponseBody: route.Operation.OperationID == "exportFile"}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route, Options: options},
		Status:                 got.status, Header: got.header, Body: io.NopCloser(bytes.NewReader([]byte(got.body))), Options: options}
	if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
		c.t.Errorf("%s %s: %d %s\n%v", method, path, got.status, got.body, err)
	}
	return got.body
}

func TestAnswersAreAsTheSpecificationSays(t *testing.T) {
	spec, err := openapi3.NewLoader().LoadFromData(OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	if err := spec.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	spec.Servers = openapi3.Servers{{URL: d.server.URL + "/api/knowledge"}}
	router, err := legacy.NewRouter(spec)
	if err != nil {
		t.Fatal(err)
	}
	c := contract{desk: d, router: router, met: map[string]bool{}}
	c.searches()
	c.writes()
	c.files()
	c.misses()
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			if !c.met[op.OperationID] {
				t.Errorf("%s %s was not tried", method, path)
			}
		}
	}
}

func (c contract) searches() {
	c.call("GET", "/search?q=how+do+I+return+it&locale=en&market=US&limit=3&at=2026-01-01T00:00:00Z", "", 200)
	c.call("GET", "/search?q=", "", 422)
	c.call("GET", "/search", "", 400)
	c.call("GET", "/search?q=x&at=yesterday", "", 400)
	c.call("POST", "/try", `{"question":"how long does delivery take?"}`, 200)
	c.call("POST", "/try", `{"question":" "}`, 422)
	c.call("POST", "/try", `{`, 400)
}

func (c contract) writes() {
	c.call("GET", "/articles?text=coupon&limit=2&offset=1", "", 200)
	body := c.call("POST", "/articles", `{"id":"park","locale":"en","question":"Where can I park?","answer":"Behind.","market":["us"],"valid_to":"2099-01-31","publish":true}`, 200)
	for _, want := range []string{`"status":"published"`, `"valid_to":"2099-01-31"`, `"market":["US"]`, `"live":1`, `"author":"Eve"`} {
		if !strings.Contains(body, want) {
			c.t.Errorf("%s is not in %s", want, body)
		}
	}
	page := "/articles/" + c.variant("park", "en").ID.String()
	c.call("GET", page, "", 200)
	c.call("PUT", page, `{"id":"park","locale":"en","question":"Where can I park?","answer":"In front."}`, 200)
	c.call("PUT", page, `{"question":"¿Dónde se aparca?","answer":"Delante."}`, 200) // keeps its id and its language
	c.call("PUT", page, `{"id":"parking","locale":"en","question":"Where can I park?","answer":"In front."}`, 422)
	c.call("PUT", page, `{"locale":"es","question":"Where can I park?","answer":"In front."}`, 422)
	c.call("POST", page+"/publish", `{"version":2}`, 200)
	c.call("POST", page+"/publish", `{"version":9}`, 404)
	c.call("POST", page+"/rollback", `{"version":1}`, 200)
	c.call("GET", page+"/history", "", 200)
	c.call("POST", page+"/archive", "", 200)
	c.call("GET", "/articles/"+uuid.NewString(), "", 404)
	c.call("PUT", "/articles/"+uuid.NewString(), `{"question":"q","answer":"a"}`, 404)
	c.call("POST", "/articles", `{"question":"q"}`, 422)
	c.call("POST", "/articles", `{"question":"q","answer":"a","valid_from":"soon"}`, 422)
	c.call("POST", "/articles", `{"question":7}`, 400)
	c.call("PUT", page, `{"id":"returns","locale":"en","question":"q","answer":"a"}`, 409)
}

func (c contract) files() {
	file := c.call("GET", "/export", "", 200)
	body := c.call("POST", "/import?name=a.jsonl&dry_run=true", file, 200)
	if !strings.Contains(body, `"new":0`) || !strings.Contains(body, `"changed":0`) || !strings.Contains(body, `"errors":0`) {
		c.t.Errorf("an export is not the same: %s", body)
	}
	c.call("GET", "/export?format=csv", "", 200)
	body = c.call("POST", "/import?name=a.jsonl", `{"question":"Where is it?","answer":"Here.","locale":"en"}`+"\n{", 200)
	if !strings.Contains(body, `"new":1`) || !strings.Contains(body, `"code":"syntax"`) {
		c.t.Errorf("import: %s", body)
	}
	c.call("POST", "/import?name=a.doc", "x", 422)
	c.call("POST", "/import", "x", 400)
}

func (c contract) misses() {
	if err := c.base.Missed(c.t.Context(), c.shop.ID, knowledge.Missed{Text: "Is there a shop in Rome?", Locale: "en", Outcome: "none"}); err != nil {
		c.t.Fatal(err)
	}
	c.call("GET", "/missed", "", 200)
	groups, err := c.base.MissedQuestions(c.t.Context(), c.shop.ID, knowledge.MissedOpen)
	if err != nil {
		c.t.Fatal(err)
	}
	id := groups[0].Questions[0].ID.String()
	c.call("POST", "/missed", `{"ids":["`+id+`"],"state":"ignored"}`, 204)
	c.call("GET", "/missed?state="+url.QueryEscape("ignored"), "", 200)
	c.call("POST", "/missed", `{"ids":[],"state":"ignored"}`, 422)
	c.call("POST", "/missed", `{"ids":["`+id+`"],"state":"gone"}`, 422)
	c.call("POST", "/missed", `{"ids":["`+uuid.NewString()+`"],"state":"done"}`, 404)
}
