package main

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/channel/webhook"
	"frontdesk/knowledge/editor"
	"frontdesk/knowledge/importer"
)

const (
	fetchTimeout = 30 * time.Second
	maxHops      = 5
)

var sharedFile = regexp.MustCompile(`^(/(spreadsheets|document)/d/[A-Za-z0-9_-]+)(/.*)?$`)

// fetch reads what an editor's link leads to. Every hop keeps to the rule for addresses that people enter: none leads into
// a private network. A Google sheet or document that everybody may read is asked for as a workbook or a Word file.
func (a *app) fetch(ctx context.Context, address string) (name string, file []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	at, err := url.Parse(address)
	if err != nil {
		return "", nil, fmt.Errorf("%w: not a URL", editor.ErrLink)
	}
	if at.Host == "docs.google.com" {
		at = exported(at)
	}
	for range maxHops {
		got, err := a.fetchOnce(ctx, at)
		if err != nil {
			return "", nil, fmt.Errorf("%w: %s", editor.ErrLink, plainly(err))
		}
		if next, err := got.Location(); err == nil && got.StatusCode >= 300 && got.StatusCode < 400 {
			got.Body.Close()
			at = next
			continue
		}
		defer got.Body.Close()
		if got.StatusCode != http.StatusOK {
			return "", nil, fmt.Errorf("%w: the site answered %d", editor.ErrLink, got.StatusCode)
		}
		file, err := io.ReadAll(io.LimitReader(got.Body, importer.MaxFile+1))
		if err != nil {
			return "", nil, fmt.Errorf("%w: %s", editor.ErrLink, plainly(err))
		}
		return nameOf(at, got.Header), file, nil
	}
	return "", nil, fmt.Errorf("%w: it leads from page to page", editor.ErrLink)
}

// exported is where Google gives a shared sheet or document as a file; another address stays as it is.
func exported(at *url.URL) *url.URL {
	shared := sharedFile.FindStringSubmatch(at.Path)
	if shared == nil {
		return at
	}
	format := map[string]string{"spreadsheets": "xlsx", "document": "docx"}[shared[2]]
	return &url.URL{Scheme: "https", Host: at.Host, Path: shared[1] + "/export", RawQuery: "format=" + format}
}

func (a *app) fetchOnce(ctx context.Context, at *url.URL) (*http.Response, error) {
	guard := webhook.NewGuard(a.config.AllowPrivate)
	if err := guard.Check("link", at.String()); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "Frontdesk")
	client := http.Client{
		Transport:     &http.Transport{DialContext: guard.Dial(at.String()), DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return client.Do(request)
}

// plainly is an error without the address, which the editor has typed, and without what a private network looks like.
func plainly(err error) string {
	switch text := err.Error(); {
	case strings.Contains(text, "deadline") || strings.Contains(text, "Timeout"):
		return "the site is too slow"
	case strings.Contains(text, "not http") || strings.Contains(text, "not a URL") || strings.Contains(text, "port other") || strings.Contains(text, "without a host"):
		return strings.TrimPrefix(text, "link: ")
	}
	return "the site cannot be reached from here"
}

// nameOf is a file's name as the site gives it, its ending one that can be read.
func nameOf(at *url.URL, header http.Header) string {
	name := path.Base(at.Path)
	if _, given, err := mime.ParseMediaType(header.Get("Content-Disposition")); err == nil && given["filename"] != "" {
		name = path.Base(given["filename"])
	}
	if name == "/" || name == "." {
		name = at.Hostname()
	}
	if slices.Contains(importer.Formats(), strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))) {
		return name
	}
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	switch kind {
	case "text/html", "application/xhtml+xml":
		return name + ".html"
	case "text/csv":
		return name + ".csv"
	case "text/tab-separated-values":
		return name + ".tsv"
	case "text/markdown":
		return name + ".md"
	case "application/jsonl", "application/x-ndjson", "application/json-lines":
		return name + ".jsonl"
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return name + ".xlsx"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return name + ".docx"
	}
	return name
}
