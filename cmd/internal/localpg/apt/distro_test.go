package apt

import "testing"

func TestDistroKnowsDebianUbuntuAndTheirChildren(t *testing.T) {
	for release, want := range map[string]Distro{
		"PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_CODENAME=bookworm\nID=debian\n": {ID: "debian", Codename: "bookworm"},
		"ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n":                                    {ID: "ubuntu", Codename: "noble"},
		"ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_CODENAME=xia\n":                        {ID: "ubuntu", Codename: "xia"},
	} {
		if got, ok := distro(release); !ok || got != want {
			t.Errorf("distro(%q) = %+v, %v; want %+v", release, got, ok, want)
		}
	}
	if _, ok := distro("ID=fedora\nVERSION_ID=44\n"); ok {
		t.Error("Fedora was taken for a Debian")
	}
}

func TestMirrorIsTheDistributionsOwnArchive(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"deb822": {
			"Types: deb\n# a note\nURIs: http://deb.debian.org/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n" +
				"Types: deb\nURIs: http://deb.debian.org/debian-security\nSuites: bookworm-security\nComponents: main\n",
			"http://deb.debian.org/debian",
		},
		"deb822, security first": {
			"Types: deb\nURIs: http://security.example/debian\nSuites: bookworm-security\nComponents: main\n\n" +
				"Types: deb deb-src\nURIs: https://mirror.example/debian\nSuites: bookworm\nComponents: main contrib\n",
			"https://mirror.example/debian",
		},
		"one line": {
			"# comment\ndeb http://deb.debian.org/debian-security bookworm-security main\ndeb [arch=amd64 signed-by=/x.gpg] http://ftp.example/debian bookworm main non-free\n",
			"http://ftp.example/debian",
		},
		"switched off":    {"Types: deb\nEnabled: no\nURIs: http://a.example/debian\nSuites: bookworm\nComponents: main\n", ""},
		"another's":       {"deb https://download.example/linux/debian bookworm stable\n", ""},
		"sources only":    {"deb-src http://a.example/debian bookworm main\n", ""},
		"not for a shell": {"deb http://a.example/$(reboot) bookworm main\n", ""},
		"empty":           {"", ""},
	} {
		if got := mirror(c.text, "bookworm"); got != c.want {
			t.Errorf("%s: mirror = %q, want %q", name, got, c.want)
		}
	}
}

func TestCandidateReadsPolicy(t *testing.T) {
	if got := candidate("postgresql-17-pgvector:\n  Installed: (none)\n  Candidate: 0.8.0-1\n  Version table:\n"); got != "0.8.0-1" {
		t.Errorf("candidate = %q", got)
	}
	if got := candidate("x:\n  Installed: (none)\n  Candidate: (none)\n"); got != "" {
		t.Errorf("candidate of nothing = %q", got)
	}
}

func FuzzMirror(f *testing.F) {
	f.Add("deb [a=b] http://x/y bookworm main\n", "bookworm")
	f.Add("Types: deb\nURIs: http://x\nSuites: a\nComponents: main", "a")
	f.Fuzz(func(t *testing.T, text, codename string) {
		if uri := mirror(text, codename); uri != "" && !isArchive(uri) {
			t.Errorf("mirror let %q through", uri)
		}
	})
}
