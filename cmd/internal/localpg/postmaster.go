package localpg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// postmaster is what a server writes about itself into postmaster.pid.
type postmaster struct {
	pid       int
	port      int
	socketDir string // "" without a socket
	status    string // "starting", "ready", "stopping"
}

// findPostmaster reads the data folder's postmaster.pid. alive is false when
// the server that wrote it is gone, even if its number is another process's
// by now.
func findPostmaster(data string) (p postmaster, alive bool) {
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return postmaster{}, false
	}
	p, err = parsePostmaster(string(text))
	if err != nil {
		return postmaster{}, false
	}
	return p, isServerOf(p.pid, data)
}

// parsePostmaster reads the lines of postmaster.pid: process, data folder,
// start time, port, socket folder, listen address, shared memory, status. The
// later ones appear while the server starts.
func parsePostmaster(text string) (postmaster, error) {
	lines := strings.Split(text, "\n")
	line := func(n int) string {
		if n >= len(lines) {
			return ""
		}
		return strings.TrimSpace(lines[n])
	}
	pid, err := strconv.Atoi(line(0))
	if err != nil || pid <= 1 {
		return postmaster{}, fmt.Errorf("postmaster.pid: no process number in %q", line(0))
	}
	port, _ := strconv.Atoi(line(3))
	return postmaster{pid: pid, port: port, socketDir: line(4), status: line(7)}, nil
}

// isServerOf reports whether a process is the PostgreSQL of a data folder. Its
// command line names the folder; that of a zombie is empty.
func isServerOf(pid int, data string) bool {
	if err := syscall.Kill(pid, 0); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	if runtime.GOOS != "linux" {
		out, err := exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
		return err == nil && strings.Contains(string(out), "postgres") && strings.Contains(string(out), "-D "+data)
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return false
	}
	args := strings.Split(string(text), "\x00")
	i := slices.Index(args, "-D")
	return strings.HasPrefix(filepath.Base(args[0]), "postgres") && i > 0 && i+1 < len(args) && args[i+1] == data
}

// orphans lists the workers that still run in a data folder although its
// postmaster is gone: each stands in that folder. Linux only; elsewhere none.
func orphans(data string) []int {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	var pids []int
	for _, link := range links {
		dir, err := os.Readlink(link)
		if err != nil || dir != data {
			continue
		}
		// Somebody's shell may stand there too.
		if name, err := os.ReadFile(filepath.Join(filepath.Dir(link), "comm")); err == nil && strings.HasPrefix(string(name), "postgres") {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
			pids = append(pids, pid)
		}
	}
	return pids
}
