package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account is the user that the server runs as. PostgreSQL refuses root, so
// root runs it as somebody else.
type account struct {
	uid, gid uint32
	name     string
	drop     bool // we are root and become this user
}

// pickAccount is ourselves, or, for root, the owner of the data if there is
// some, else postgres, else nobody.
func pickAccount(dataOwner uint32) (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{uid: uint32(uid), gid: uint32(os.Getegid()), name: "this user"}, nil
	}
	for _, look := range []func() (*user.User, error){
		func() (*user.User, error) {
			if dataOwner == 0 {
				return nil, errors.New("no data yet, or root's")
			}
			return user.LookupId(strconv.FormatUint(uint64(dataOwner), 10))
		},
		func() (*user.User, error) { return user.Lookup("postgres") },
		func() (*user.User, error) { return user.Lookup("nobody") },
	} {
		u, err := look()
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
		if errUID == nil && errGID == nil && uid != 0 {
			return account{uid: uint32(uid), gid: uint32(gid), name: u.Username, drop: true}, nil
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody here; run as another user")
}

// command prepares a program to run as the account, in a session of its own
// so that a Ctrl-C meant for us does not reach it, and with nothing of our
// environment: keys in it are not PostgreSQL's business.
func (a account) command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.drop {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return cmd
}

// run executes a program as the account and returns what it said on failure.
func (a account) run(ctx context.Context, dir, name string, args ...string) error {
	out, err := a.command(ctx, dir, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s as %s: %w\n%s", name, a.name, err, out)
	}
	return nil
}

// own gives a file or folder to the account.
func (a account) own(path string) error {
	if !a.drop {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

// canUse reports whether the account can enter a folder and write there: the
// real thing is tried, because every folder above has a say.
func (a account) canUse(dir string) bool {
	return a.run(context.Background(), "/", "/bin/sh", "-c", `cd "$1" && : >.probe.$$ && rm .probe.$$`, "sh", dir) == nil
}
