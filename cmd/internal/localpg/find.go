package localpg

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"frontdesk/cmd/internal/localpg/apt"
)

// What Frontdesk needs at least.
const (
	minMajor  = 14
	minVector = "0.8.0" // iterative index scans
)

// ErrMissing says that no PostgreSQL of the needed version with pgvector of
// the needed version is on this machine.
var ErrMissing = errors.New("PostgreSQL 14 or later with pgvector 0.8 or later is not installed")

// Server is an installed PostgreSQL.
type Server struct {
	BinDir  string // folder of initdb, postgres and pg_ctl
	Major   int    // 15
	Version string // "15.20"
	Vector  string // pgvector's version as installed, "0.8.0"; "" without pgvector
}

// usable reports whether the server is new enough and has pgvector.
func (s Server) usable() bool {
	return s.Major >= minMajor && s.Vector != "" && !versionLess(s.Vector, minVector)
}

// Find returns the newest PostgreSQL on this machine that Frontdesk can use,
// or ErrMissing with what was found instead.
func Find(ctx context.Context) (Server, error) {
	all := findAll(ctx)
	for _, s := range all {
		if s.usable() {
			return s, nil
		}
	}
	return Server{}, missing(all)
}

// missing is ErrMissing with what was found instead.
func missing(all []Server) error {
	var found []string
	for _, s := range all {
		found = append(found, fmt.Sprintf("PostgreSQL %s in %s with pgvector %s", s.Version, s.BinDir, cmp.Or(s.Vector, "missing")))
	}
	if len(found) == 0 {
		return ErrMissing
	}
	return fmt.Errorf("%w (found: %s)", ErrMissing, strings.Join(found, "; "))
}

// serverFor finds the server for a data folder, which only its own major
// version can open, and installs one where that is wanted and none is there.
func serverFor(ctx context.Context, data string, o Options) (Server, error) {
	major, err := dataMajor(data)
	if err != nil {
		return Server{}, err
	}
	if major != 0 {
		return serverOfMajor(ctx, data, major)
	}
	s, err := Find(ctx)
	if errors.Is(err, ErrMissing) && o.Install {
		if err = Install(ctx, o.Progress); err == nil {
			s, err = Find(ctx)
		}
	}
	return s, err
}

func serverOfMajor(ctx context.Context, data string, major int) (Server, error) {
	all := findAll(ctx)
	for _, s := range all {
		if s.Major == major && s.usable() {
			return s, nil
		}
	}
	return Server{}, fmt.Errorf("the data in %s needs PostgreSQL %d with pgvector: %w; install that version, or move the folder away to begin anew",
		data, major, missing(all))
}

// dataMajor is the major version that made a data folder; 0 where there is
// none yet.
func dataMajor(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look into the PostgreSQL data: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("PostgreSQL data in %s: strange version %q", data, text)
	}
	return major, nil
}

// findAll lists the installed servers, the newest first.
func findAll(ctx context.Context) []Server {
	var all []Server
	seen := map[string]bool{}
	for _, dir := range binDirs(ctx) {
		real, err := filepath.EvalSymlinks(dir)
		if err != nil || seen[real] {
			continue
		}
		seen[real] = true
		if s, ok := inspect(ctx, real); ok {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Server) int { return cmp.Compare(b.Major, a.Major) })
	return all
}

// binDirs lists the folders where a server may be: PATH, what pg_config says,
// and the usual places of Debian, Red Hat, Homebrew and Postgres.app.
func binDirs(ctx context.Context) []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",
		"/usr/pgsql-*/bin",
		"/usr/libexec/postgresql*",
		"/opt/homebrew/opt/postgresql@*/bin",
		"/usr/local/opt/postgresql@*/bin",
		"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		more, _ := filepath.Glob(pattern)
		dirs = append(dirs, more...)
	}
	return dirs
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) ((\d+)[.\w]*)`)

// inspect asks the postgres program in a folder for its version and looks
// for pgvector beside it. ok is false where there is no whole server.
func inspect(ctx context.Context, dir string) (s Server, ok bool) {
	for _, name := range []string{"postgres", "initdb", "pg_ctl"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return Server{}, false
		}
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	match := versionPattern.FindStringSubmatch(string(out))
	if err != nil || match == nil {
		return Server{}, false
	}
	major, _ := strconv.Atoi(match[2])
	s = Server{BinDir: dir, Major: major, Version: match[1]}
	s.Vector = vectorVersion(ctx, s)
	return s, true
}

var controlPattern = regexp.MustCompile(`(?m)^default_version\s*=\s*'([^']+)'`)

// vectorVersion reads pgvector's control file; "" where pgvector, or its
// library, is missing.
func vectorVersion(ctx context.Context, s Server) string {
	library := false
	for _, dir := range configDirs(ctx, s, "--pkglibdir", "../lib", "../lib/postgresql") {
		for _, name := range []string{"vector.so", "vector.dylib"} {
			_, err := os.Stat(filepath.Join(dir, name))
			library = library || err == nil
		}
	}
	if !library {
		return ""
	}
	for _, dir := range configDirs(ctx, s, "--sharedir", "../share", "../share/postgresql", fmt.Sprintf("../../../../share/postgresql/%d", s.Major)) {
		control, err := os.ReadFile(filepath.Join(dir, "extension", "vector.control"))
		if match := controlPattern.FindSubmatch(control); err == nil && match != nil {
			return string(match[1])
		}
	}
	return ""
}

// configDirs is what the server's own pg_config answers, or else guesses
// relative to its programs.
func configDirs(ctx context.Context, s Server, flag string, guesses ...string) []string {
	if out, err := exec.CommandContext(ctx, filepath.Join(s.BinDir, "pg_config"), flag).Output(); err == nil {
		return []string{string(bytes.TrimSpace(out))}
	}
	for i := range guesses {
		guesses[i] = filepath.Join(s.BinDir, guesses[i])
	}
	return guesses
}

// versionLess compares dotted versions by their leading numbers; an epoch and
// a packager's suffix do not count.
func versionLess(a, b string) bool {
	return slices.Compare(numbers(a), numbers(b)) < 0
}

func numbers(version string) []int {
	if _, rest, ok := strings.Cut(version, ":"); ok {
		version = rest
	}
	end := strings.IndexFunc(version, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if end >= 0 {
		version = version[:end]
	}
	var parts []int
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		parts = append(parts, n)
	}
	return parts
}

// byHand tells a person how to install what is missing where Install cannot.
func byHand() string {
	switch {
	case runtime.GOOS == "darwin":
		return "run these, then try again:\n\n  brew install postgresql@17 pgvector\n"
	case apt.Available():
		return "install postgresql and its pgvector package with apt, then try again"
	case onPath("dnf"):
		return "run this, then try again:\n\n  sudo dnf install postgresql-server postgresql-contrib pgvector\n"
	case onPath("apk"):
		return "run this as root, then try again:\n\n  apk add postgresql17 postgresql17-contrib postgresql-pgvector\n"
	}
	return "install both so that initdb, postgres and pg_ctl are on PATH, or set DATABASE_URL to a PostgreSQL that has them"
}
