package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"
)

func TestJSONLinesKeepTheirOrderAndABadLineIsOneErrorLine(t *testing.T) {
	var in strings.Builder
	for i := range 500 {
		switch {
		case i%50 == 7:
			in.WriteString("nonsense\n")
		case i%50 == 8:
			in.WriteString("\n\n")
		default:
			fmt.Fprintf(&in, `{"id":%d,"text":"x"}`+"\n", i)
		}
	}
	in.WriteString(`{"id":"long","text":"` + strings.Repeat("x", maxLine) + `"}` + "\n" + `{"id":"last","text":"x"}`)
	var out bytes.Buffer
	err := eachLine(context.Background(), strings.NewReader(in.String()), &out, func(_ context.Context, raw []byte) (any, error) {
		var l line
		if err := decodeLine(raw, &l); err != nil {
			return nil, err
		}
		time.Sleep(time.Duration(len(raw)%3) * time.Millisecond)
		return map[string]any{"id": l.ID}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 492 {
		t.Fatalf("%d lines out, want 490 answers or errors and two more", len(lines))
	}
	last, bad := -1, 0
	for _, l := range lines[:490] {
		var got struct {
			ID    *int
			Error string
		}
		if err := json.Unmarshal([]byte(l), &got); err != nil {
			t.Fatal(err)
		}
		if got.Error != "" {
			bad++
			continue
		}
		if *got.ID <= last {
			t.Fatalf("%d came after %d", *got.ID, last)
		}
		last = *got.ID
	}
	if bad != 10 || !strings.Contains(lines[490], "too long") || lines[491] != `{"id":"last"}` {
		t.Errorf("%d bad lines; the end is %.80s and %s", bad, lines[490], lines[491])
	}
}

func TestTriageNeedsNoDatabase(t *testing.T) {
	var out, errs bytes.Buffer
	in := strings.NewReader(`{"id":"a","text":"转人工"}` + "\n" + `{"id":"b","turns":[{"role":"shopper","text":"thanks!"}]}` + "\n" + `{"id":"c","turns":[{"role":"cat","text":"x"}]}`)
	if exit := run(context.Background(), []string{"triage", "--jsonl"}, in, &out, &errs); exit != 0 {
		t.Fatalf("exit %d: %s", exit, errs.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `"action":"handoff"`) || !strings.Contains(lines[0], `"kind":"wish"`) || !strings.Contains(lines[2], "turns[0].role") {
		t.Errorf("%s", out.String())
	}
}

func TestWrongConfigurationReportsAllMistakesAtOnce(t *testing.T) {
	var out, errs bytes.Buffer
	exit := run(context.Background(), []string{"config", "--listen", "nowhere", "--database-url", "mysql://x", "--trusted-proxies", "everybody", "--model", "m"}, nil, &out, &errs)
	for _, want := range []string{"FRONTDESK_LISTEN", "DATABASE_URL", "FRONTDESK_TRUSTED_PROXIES", "FRONTDESK_MODEL"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("%s is not among the mistakes: %s", want, errs.String())
		}
	}
	if exit != 2 {
		t.Errorf("exit %d", exit)
	}
}

func TestSecretsAreMasked(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "sk-very-secret")
	var out, errs bytes.Buffer
	if exit := run(context.Background(), []string{"config", "--database-url", "postgres://u:hunter2@db/x"}, nil, &out, &errs); exit != 0 {
		t.Fatal(errs.String())
	}
	if strings.Contains(out.String(), "hunter2") || strings.Contains(out.String(), "sk-very-secret") {
		t.Error(out.String())
	}
}

func TestATakenPortIsSaidClearly(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	err = portIsFree(l.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "FRONTDESK_LISTEN") || !strings.Contains(err.Error(), l.Addr().String()) {
		t.Error(err)
	}
	if errors.Is(portIsFree("127.0.0.1:0"), err) {
		t.Error("a free port is not free")
	}
}

func FuzzReadQuestion(f *testing.F) {
	f.Add([]byte(`{"id":1,"text":"where is it?","at":"2026-01-02T03:04:05Z","market":"es","context":{"order":"4711"}}`))
	f.Add([]byte(`{"id":"a","turns":[{"role":"shopper","text":"\u0000","at":"2026-01-02T03:04:05Z"}]}`))
	f.Add([]byte(`{"id":{},"turns":[{"role":"cat"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, turns, _, err := readQuestion(raw)
		if err != nil {
			return
		}
		if len(turns) == 0 || l.Text != turns[len(turns)-1].Text {
			t.Fatalf("%q: no turn, or another text than its last: %+v", raw, l)
		}
		for _, turn := range turns {
			if strings.ContainsAny(turn.Text, "\x00\x1b") {
				t.Fatalf("%q: a control character is left", raw)
			}
		}
	})
}

func TestWhatIsFinishedInOrderSeesTheLinesBefore(t *testing.T) {
	var in strings.Builder
	for i := range 200 {
		fmt.Fprintf(&in, `{"id":%d,"text":"x"}`+"\n", i)
	}
	var out bytes.Buffer
	before := 0
	err := eachLine(context.Background(), strings.NewReader(in.String()), &out, func(_ context.Context, raw []byte) (any, error) {
		var l struct{ ID int }
		if err := json.Unmarshal(raw, &l); err != nil {
			return nil, err
		}
		time.Sleep(time.Duration(l.ID%3) * time.Millisecond)
		return inOrder(func() any {
			before++
			return [2]int{l.ID, before - 1}
		}), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		if want := fmt.Sprintf("[%d,%d]", i, i); line != want {
			t.Fatalf("line %d is %s, want %s", i, line, want)
		}
	}
}
