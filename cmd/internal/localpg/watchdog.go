package localpg

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
)

// startWatchdog starts a shell that waits, outside our process, for the
// exclusive lock on users.lock: it gets it when every program that used the
// cluster is gone, also by kill -9, and then stops the server (and deletes an
// ephemeral folder). Until then it sleeps in the kernel.
//
// Where there is neither flock(1) nor perl there is none; the next Start then
// finds the server running and uses it.
func (c *Cluster) startWatchdog() *process {
	lock := ""
	switch {
	case onPath("flock"):
		lock = "flock -x 3"
	case onPath("perl"):
		lock = `perl -e 'open(my $f, "<&=3") && flock($f, 2) or exit 1'`
	default:
		return nil
	}
	// A lock belongs to an opening of the file: this one must not be ours.
	f, err := openLock(c.place.file("users.lock"), c.place.account)
	if err != nil {
		return nil
	}
	defer f.Close()
	mode, after := "fast", ""
	if c.ephemeral {
		mode, after = "immediate", `; cd / && rm -rf "$3"`
	}
	script := lock + ` && "$1" stop -s -D "$2" -m ` + mode + ` -w -t 60` + after
	cmd := c.place.account.command(context.Background(), c.place.dir, "/bin/sh", "-c", script, "frontdesk-watchdog",
		filepath.Join(c.server.BinDir, "pg_ctl"), c.place.data(), c.place.dir)
	cmd.ExtraFiles = []*os.File{f}
	p, err := startProcess(cmd)
	if err != nil {
		return nil
	}
	return p
}

// onPath reports whether a program is installed.
func onPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}
