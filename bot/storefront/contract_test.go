package storefront

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// TestAnswersAreAsTheSpecificationSays walks every operation of the file and checks what is really sent against it.
func TestAnswersAreAsTheSpecificationSays(t *testing.T) {
	t.Parallel()
	spec, err := openapi3.NewLoader().LoadFromData(OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	if err := spec.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	f := newFront(t, Limits{})
	spec.Servers = openapi3.Servers{{URL: f.url}}
	router, err := legacy.NewRouter(spec)
	if err != nil {
		t.Fatal(err)
	}
	f.answers = make(chan answered, 100)
	walkEverything(f)
	close(f.answers)
	met := map[string]bool{}
	for a := range f.answers {
		route, params, err := router.FindRoute(a.request)
		if err != nil {
			t.Errorf("%s %s is not in the specification", a.request.Method, a.request.URL.Path)
			continue
		}
		met[route.Operation.OperationID] = true
		checkAnswer(t, a, route, params)
	}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			if !met[op.OperationID] && op.OperationID != "streamEvents" {
				t.Errorf("%s %s was not walked", method, path)
			}
		}
	}
}

func checkAnswer(t *testing.T, a answered, route *routers.Route, params map[string]string) {
	t.Helper()
	in := &openapi3filter.RequestValidationInput{Request: a.request, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true}}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: a.response.StatusCode, Header: a.response.Header,
		Body: io.NopCloser(bytes.NewReader(a.sent)), Options: in.Options}
	if strings.HasPrefix(a.response.Header.Get("Content-Type"), "image/") {
		out.Options.ExcludeResponseBody = true
	}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Errorf("%s %s: %d %s\n%v", a.request.Method, a.request.URL.Path, a.response.StatusCode, a.sent, err)
	}
}

func walkEverything(f *front) {
	f.post(event("c-1", "m-1", "hello"))
	f.post(event("c-1", "m-1", "hello"))
	f.post("{}")
	f.post(event("c-1", "m-1", strings.Repeat("a", 70_000)))
	f.do("POST", "/webhooks/demo/site", []byte("{}"))
	f.do("POST", "/webhooks/demo/none", []byte("{}"))
	api, bearer, conv := f.visit()
	seq := f.say(conv, "Two days.")
	auth := []string{"Authorization", bearer}
	f.do("GET", api+"/config?locale=zh", nil)
	f.do("GET", "/api/storefront/none/config", nil)
	f.do("GET", api+"/article?ref=shipping", nil)
	f.do("GET", api+"/article?ref=none", nil)
	f.do("POST", api+"/messages", say("1", "hello"), auth...)
	f.do("POST", api+"/messages", say("1", "hello"), auth...)
	f.do("POST", api+"/messages", say("", "hello"), auth...)
	f.do("POST", api+"/messages", say("1", "hello"))
	f.do("GET", api+"/messages?after=0&limit=20", nil, auth...)
	f.do("GET", api+"/messages", nil)
	f.do("POST", api+"/thumbs", []byte(`{"seq":`+string(rune('0'+seq))+`,"thumb":-1}`), auth...)
	f.do("POST", api+"/thumbs", []byte(`{"seq":99,"thumb":-1}`), auth...)
	f.do("POST", api+"/typing", nil, auth...)
	sent := f.do("POST", api+"/images?id=i", photo(f.t, 20, 10), append(auth, "Content-Type", "image/jpeg")...)
	var a Accepted
	sent.into(f.t, &a)
	f.do("GET", api+"/images/"+a.Image.String(), nil, auth...)
	f.do("POST", api+"/person", nil, auth...)
	f.do("POST", api+"/bot", nil, auth...)
	f.do("GET", api+"/shared", nil, auth...)
	f.do("POST", api+"/shared", []byte(`{"text":"more"}`), auth...)
	f.do("POST", api+"/contact", []byte(`{"email":"a@b.cn"}`), auth...)
	f.do("POST", api+"/contact", []byte(`{}`), auth...)
	f.do("POST", api+"/rating", []byte(`{"score":5}`), auth...)
	f.do("POST", api+"/rating", []byte(`{"score":7}`), auth...)
}
