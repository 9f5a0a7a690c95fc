package apt

import (
	"os"
	"path/filepath"
	"strings"
)

// Distro is which distribution this is and where its packages come from.
type Distro struct {
	ID       string // "debian" or "ubuntu"; a derivative counts as what it is made from
	Codename string // "bookworm"
	Mirror   string // the archive this machine already uses: "http://deb.debian.org/debian"
}

// defaultMirrors serve where the machine's own sources cannot be read.
var defaultMirrors = map[string]string{
	"debian": "http://deb.debian.org/debian",
	"ubuntu": "http://archive.ubuntu.com/ubuntu",
}

// ThisDistro reads /etc/os-release and apt's sources. ok is false on anything
// that is neither Debian nor Ubuntu nor made from them.
func ThisDistro() (d Distro, ok bool) {
	release, err := os.ReadFile("/etc/os-release")
	if err != nil {
		return Distro{}, false
	}
	d, ok = distro(string(release))
	if !ok {
		return Distro{}, false
	}
	files := []string{"/etc/apt/sources.list"}
	for _, pattern := range []string{"/etc/apt/sources.list.d/*.sources", "/etc/apt/sources.list.d/*.list"} {
		more, _ := filepath.Glob(pattern)
		files = append(files, more...)
	}
	d.Mirror = defaultMirrors[d.ID]
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if uri := mirror(string(text), d.Codename); uri != "" {
			d.Mirror = uri
			break
		}
	}
	return d, true
}

// distro reads the text of /etc/os-release.
func distro(release string) (Distro, bool) {
	fields := map[string]string{}
	for line := range strings.Lines(release) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			fields[key] = strings.Trim(value, `"'`)
		}
	}
	d := Distro{Codename: fields["VERSION_CODENAME"]}
	for _, id := range strings.Fields(fields["ID"] + " " + fields["ID_LIKE"]) {
		if id == "debian" || id == "ubuntu" {
			d.ID = id
			return d, true
		}
	}
	return Distro{}, false
}

// mirror finds the distribution's own archive in a source list of either form
// (deb822 stanzas or one-line entries): the entry whose suite is exactly the
// codename and that has the component main. Updates, security and other
// people's repositories have other suites or components.
func mirror(text, codename string) string {
	for stanza := range strings.SplitSeq(text, "\n\n") {
		fields := map[string]string{}
		for line := range strings.Lines(stanza) {
			if uri := oneLine(line, codename); uri != "" {
				return uri
			}
			if key, value, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") {
				fields[strings.ToLower(key)] = value
			}
		}
		uris := strings.Fields(fields["uris"])
		if len(uris) > 0 && isArchive(uris[0]) && hasWord(fields["types"], "deb") &&
			hasWord(fields["suites"], codename) && hasWord(fields["components"], "main") &&
			!strings.EqualFold(strings.TrimSpace(fields["enabled"]), "no") {
			return uris[0]
		}
	}
	return ""
}

// oneLine reads "deb [options] URI suite component...".
func oneLine(line, codename string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "deb ")
	if !ok {
		return ""
	}
	if rest = strings.TrimSpace(rest); strings.HasPrefix(rest, "[") {
		_, rest, _ = strings.Cut(rest, "]")
	}
	parts := strings.Fields(rest)
	if len(parts) < 3 || parts[1] != codename || !isArchive(parts[0]) || !hasWord(strings.Join(parts[2:], " "), "main") {
		return ""
	}
	return parts[0]
}

// isArchive accepts what may be written into a source list and a shell script
// of ours without quoting trouble.
func isArchive(uri string) bool {
	return (strings.HasPrefix(uri, "http://") || strings.HasPrefix(uri, "https://")) && !strings.ContainsAny(uri, "'\"\\$`;&|<>()*?")
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}
