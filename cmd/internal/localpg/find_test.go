package localpg

import (
	"errors"
	"strings"
	"testing"

	"frontdesk/cmd/internal/localpg/apt"
)

func TestVersionsCompareByTheirNumbers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		less bool
	}{
		{"0.7.4", "0.8.0", true}, {"0.8.0", "0.8.0", false}, {"0.8.0-1", "0.8.0", false},
		{"0.10.0", "0.8.0", false}, {"1:0.8.1-2.pgdg12+1", "0.8.2", true}, {"0.6.0-1", minVector, true}, {"", minVector, true},
	} {
		if got := versionLess(c.a, c.b); got != c.less {
			t.Errorf("versionLess(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestOnlyNewEnoughServersWithVectorAreUsable(t *testing.T) {
	for _, c := range []struct {
		s  Server
		ok bool
	}{
		{Server{Major: 15, Vector: "0.8.0"}, true}, {Server{Major: 13, Vector: "0.8.0"}, false},
		{Server{Major: 17}, false}, {Server{Major: 17, Vector: "0.7.4"}, false},
	} {
		if c.s.usable() != c.ok {
			t.Errorf("%+v usable = %v", c.s, !c.ok)
		}
	}
}

func TestMissingSaysWhatIsThereInstead(t *testing.T) {
	err := missing([]Server{{BinDir: "/usr/lib/postgresql/15/bin", Version: "15.20", Major: 15}})
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "15.20") || !strings.Contains(err.Error(), "pgvector missing") {
		t.Errorf("err = %v", err)
	}
}

func TestPostmasterFileIsRead(t *testing.T) {
	p, err := parsePostmaster("4711\n/x/data\n1763770000\n5432\n/x\n\n  12 34\nready   \n")
	if want := (postmaster{pid: 4711, port: 5432, socketDir: "/x", status: "ready"}); err != nil || p != want {
		t.Errorf("parsed %+v, %v", p, err)
	}
	for _, bad := range []string{"", "x\n", "-1\n", "0\n", "1\n"} {
		if _, err := parsePostmaster(bad); err == nil {
			t.Errorf("parsePostmaster(%q) took it", bad)
		}
	}
}

func FuzzParsePostmaster(f *testing.F) {
	f.Add("4711\n/x/data\n1763770000\n5432\n/x\n\n  12 34\nready   \n")
	f.Add("12\n")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := parsePostmaster(text); err == nil && p.pid <= 1 {
			t.Errorf("process %d would be signalled", p.pid)
		}
	})
}

func TestBuildScriptUsesTheMachinesOwnMirror(t *testing.T) {
	script := buildScript(apt.Distro{ID: "debian", Codename: "bookworm", Mirror: "http://mirror.example/debian"}, 15)
	for _, part := range []string{"'http://mirror.example/debian'", "forky trixie", "/usr/lib/postgresql/15/bin/pg_config", "debian-archive-keyring.gpg", "OPTFLAGS= "} {
		if !strings.Contains(script, part) {
			t.Errorf("the script lacks %q:\n%s", part, script)
		}
	}
}
