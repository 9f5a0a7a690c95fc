package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"frontdesk/knowledge/editor"
)

func TestALinkIsFetchedUnlessItLeadsIntoAPrivateNetwork(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/faq":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<h1>FAQ</h1>")
		case "/sheet":
			w.Header().Set("Content-Type", "text/csv")
			w.Header().Set("Content-Disposition", `attachment; filename="answers.csv"`)
			fmt.Fprint(w, "question,answer\n")
		case "/moved":
			http.Redirect(w, r, "/faq", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	open := &app{config: &Config{AllowPrivate: []string{strings.TrimPrefix(site.URL, "http://")}}}
	for path, want := range map[string]string{"/faq": "faq.html <h1>FAQ</h1>", "/sheet": "answers.csv question,answer\n", "/moved": "faq.html <h1>FAQ</h1>"} {
		name, file, err := open.fetch(t.Context(), site.URL+path)
		if got := name + " " + string(file); err != nil || got != want {
			t.Errorf("%s gives %q, %v; want %q", path, got, err, want)
		}
	}
	for _, address := range []string{site.URL + "/inside", site.URL + "/round", site.URL + "/nothing", "ftp://shop.example/a.csv", "file:///etc/passwd", "://", "http://user:pass@shop.example/"} {
		if _, _, err := open.fetch(t.Context(), address); !errors.Is(err, editor.ErrLink) {
			t.Errorf("%s: %v", address, err)
		}
	}
	closed := &app{config: &Config{}}
	for _, address := range []string{site.URL + "/faq", "http://localhost:80/", "http://[::1]/", "http://2130706433/", "http://10.0.0.1/"} {
		if _, _, err := closed.fetch(t.Context(), address); !errors.Is(err, editor.ErrLink) || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestASharedSheetOrDocumentIsAskedForAsAFile(t *testing.T) {
	for given, want := range map[string]string{
		"https://docs.google.com/spreadsheets/d/1aB-_/edit?gid=0": "https://docs.google.com/spreadsheets/d/1aB-_/export?format=xlsx",
		"https://docs.google.com/document/d/1aB-_/edit":           "https://docs.google.com/document/d/1aB-_/export?format=docx",
		"https://docs.google.com/forms/d/1aB/edit":                "https://docs.google.com/forms/d/1aB/edit",
	} {
		at, err := url.Parse(given)
		if err != nil {
			t.Fatal(err)
		}
		if got := exported(at).String(); got != want {
			t.Errorf("%s: %s, want %s", given, got, want)
		}
	}
}
