// Package apt is Debian's and Ubuntu's package manager, as far as setting up a machine for Frontdesk needs it.
package apt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// ErrNoRoot says that packages are missing and that this user may not install
// them: neither root nor sudo without a password.
var ErrNoRoot = errors.New("installing packages needs root, or sudo without a password")

// Available reports whether this machine has apt at all.
func Available() bool {
	_, err := exec.LookPath("apt-get")
	return err == nil
}

// Candidate returns the version that apt would install of a package, such as
// "0.8.1-1", or "" where it knows of none. It reads the lists on disk only.
func Candidate(ctx context.Context, pkg string) string {
	cmd := exec.CommandContext(ctx, "apt-cache", "policy", pkg)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return candidate(string(out))
}

// candidate picks the version out of the text of "apt-cache policy".
func candidate(policy string) string {
	for line := range strings.Lines(policy) {
		version, ok := strings.CutPrefix(strings.TrimSpace(line), "Candidate:")
		if !ok {
			continue
		}
		if version = strings.TrimSpace(version); version != "(none)" {
			return version
		}
	}
	return ""
}

// UpdateScript refreshes the package lists. A third party's broken source
// does not stop it: what is missing shows when installing.
const UpdateScript = "apt-get -qq -o DPkg::Lock::Timeout=300 update || true\n"

// InstallScript is the shell command that installs packages: without
// questions, without recommendations, patient with another apt at work.
func InstallScript(packages ...string) string {
	return "DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 " +
		"-o Dpkg::Options::=--force-confold install --no-install-recommends " + strings.Join(packages, " ") + "\n"
}

// Run executes a shell script as root, through sudo where we are not root. What
// the script prints is shown only when it fails. Where root cannot be had the
// error is ErrNoRoot and holds the script, so that a person can run it.
func Run(ctx context.Context, script string) error {
	args := []string{"sh", "-e", "-c", script}
	if os.Geteuid() != 0 {
		if exec.CommandContext(ctx, "sudo", "-n", "true").Run() != nil {
			return fmt.Errorf("%w; run this as root, then try again:\n\n%s", ErrNoRoot, script)
		}
		args = append([]string{"sudo", "-n"}, args...)
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(out.String(), 40))
	}
	return nil
}

// Install installs packages, with fresh lists, and says so on progress.
func Install(ctx context.Context, progress io.Writer, packages ...string) error {
	fmt.Fprintf(progress, "installing %s (apt) ...\n", strings.Join(packages, ", "))
	if err := Run(ctx, UpdateScript+InstallScript(packages...)); err != nil {
		return fmt.Errorf("install %s: %w", strings.Join(packages, ", "), err)
	}
	return nil
}

// tail returns the last n lines of a text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
