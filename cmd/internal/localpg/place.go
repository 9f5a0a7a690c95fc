package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// place is the folder of one cluster, and whose it is:
//
//	data/           PostgreSQL's data
//	.s.PGSQL.5432   the socket, unless the path is too long for one
//	port, password  how to reach it otherwise
//	server.log      what the server says (no statements: shoppers' words are in them)
//	start.lock      held while somebody starts or leaves
//	users.lock      held, shared, by every program that uses the cluster
type place struct {
	dir     string // absolute, without symbolic links
	account account
}

func (p place) data() string            { return filepath.Join(p.dir, "data") }
func (p place) file(name string) string { return filepath.Join(p.dir, name) }

// removeEphemeral deletes the folder of an ephemeral cluster.
func (p place) removeEphemeral(ephemeral bool) error {
	if !ephemeral {
		return nil
	}
	return os.RemoveAll(p.dir)
}

func findPlace(o Options) (place, error) {
	if o.Ephemeral {
		return ephemeralPlace()
	}
	return durablePlace(o.Dir, fallbackDir())
}

// ephemeralPlace makes a new folder in the first temporary directory that
// the server's account can use.
func ephemeralPlace() (place, error) {
	a, err := pickAccount(0)
	if err != nil {
		return place{}, err
	}
	for _, temp := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		dir, err := os.MkdirTemp(temp, "frontdesk-pg-")
		if err != nil {
			continue
		}
		if dir, err = abs(dir); err == nil && a.own(dir) == nil && a.canUse(dir) {
			return place{dir: dir, account: a}, nil
		}
		os.RemoveAll(dir)
	}
	return place{}, fmt.Errorf("no temporary directory that user %s can use: set TMPDIR to one", a.name)
}

// fallbackDir is where clusters live whose own folder the server cannot use.
func fallbackDir() string {
	if os.Geteuid() == 0 {
		return "/var/lib/frontdesk"
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "frontdesk")
	}
	return filepath.Join(os.TempDir(), fmt.Sprintf("frontdesk-%d", os.Geteuid()))
}

// durablePlace is home/pg. Where the server cannot live there (root's clone
// lies in /root, which no other user may enter; or the file system knows no
// owners) it is a folder below fallback, and home/pg a link to it.
func durablePlace(home, fallback string) (place, error) {
	home, err := abs(home)
	if err != nil {
		return place{}, err
	}
	if err := os.MkdirAll(home, 0o755); err != nil {
		return place{}, fmt.Errorf("make the folder of the private PostgreSQL: %w", err)
	}
	link := filepath.Join(home, "pg")
	if target, err := os.Readlink(link); err == nil {
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return place{}, err
		}
		return prepare(target)
	}
	p, err := prepare(link)
	if !errors.Is(err, errUnusable) {
		return p, err
	}
	if entries, _ := os.ReadDir(link); len(entries) > 0 {
		return place{}, err // somebody's data: not ours to leave behind
	}
	p, fallbackErr := newPlace(fallback)
	if fallbackErr != nil {
		return place{}, errors.Join(err, fallbackErr)
	}
	if err := os.Remove(link); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return place{}, err
	}
	return p, os.Symlink(p.dir, link)
}

// newPlace makes a folder of a new name: a clone that was deleted and made
// again must not come upon the data of the old one.
func newPlace(parent string) (place, error) {
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return place{}, err
	}
	dir, err := os.MkdirTemp(parent, "pg-")
	if err != nil {
		return place{}, err
	}
	return prepare(dir)
}

// errUnusable says that the server's account cannot live in a folder.
var errUnusable = errors.New("the folder cannot hold PostgreSQL's data")

// prepare makes a folder that belongs to the server's account alone, or
// checks that it does.
func prepare(dir string) (place, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return place{}, err
	}
	dir, err := abs(dir)
	if err != nil {
		return place{}, err
	}
	owner, err := ownerOf(dir)
	if err != nil {
		return place{}, err
	}
	a, err := pickAccount(owner)
	if err != nil {
		return place{}, err
	}
	if !a.drop && owner != a.uid {
		return place{}, fmt.Errorf("%s belongs to user %d: run as that user (or as root, if root made it), or set FRONTDESK_HOME to another folder", dir, owner)
	}
	if a.drop && owner != a.uid {
		if err := ownAll(a, dir); err != nil {
			return place{}, fmt.Errorf("%w: %s: %w", errUnusable, dir, err)
		}
	}
	if err := private(dir); err != nil {
		return place{}, fmt.Errorf("%w: %w", errUnusable, err)
	}
	if a.drop && !a.canUse(dir) {
		return place{}, fmt.Errorf("%w: user %s may not enter %s (chmod o+x the folders above it, or set FRONTDESK_HOME)", errUnusable, a.name, dir)
	}
	return place{dir: dir, account: a}, nil
}

// private makes sure that nobody but the owner can look into the folder;
// some file systems cannot promise that.
func private(dir string) error {
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm() != 0o700 {
		return fmt.Errorf("the file system of %s keeps no permissions", dir)
	}
	return nil
}

func ownerOf(path string) (uint32, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Sys().(*syscall.Stat_t).Uid, nil
}

// ownAll gives a folder and all in it to the account, as after root copied it.
func ownAll(a account, dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return a.own(path)
	})
}
