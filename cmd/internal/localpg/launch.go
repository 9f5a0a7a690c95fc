package localpg

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startTimeout = 60 * time.Second // recovery after a crash included
	socketPort   = 5432             // names the socket file; nothing listens on it
	maxLog       = 8 << 20          // bytes of server.log kept from earlier runs
)

// join uses the server that already runs in this folder, if one does and
// answers. One that is starting or stopping is waited for.
func (c *Cluster) join(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		running, alive := findPostmaster(c.place.data())
		if !alive {
			return false, nil
		}
		if running.status == "ready" {
			if err := c.readPassword(); err != nil {
				return false, err
			}
			c.running = running
			return true, nil
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return false, fmt.Errorf("PostgreSQL (process %d) in %s neither starts nor stops: %w", running.pid, c.place.dir, err)
		}
	}
}

// launch starts the server, after making its data on the first time.
func (c *Cluster) launch(ctx context.Context) error {
	if err := c.initialise(ctx); err != nil {
		return err
	}
	if err := c.readPassword(); err != nil {
		return err
	}
	if err := c.sweep(ctx); err != nil {
		return err
	}
	var err error
	for range 3 { // a free port may be taken before the server gets to it
		if err = c.spawn(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	return err
}

// initialise makes the data folder. It is made beside its place and moved
// there when whole, so that a kill in between leaves nothing half-made.
func (c *Cluster) initialise(ctx context.Context) error {
	if _, err := os.Stat(c.place.file("data/PG_VERSION")); err == nil {
		return nil
	}
	c.say("preparing a private PostgreSQL %s (pgvector %s) in %s ...", c.server.Version, c.server.Vector, c.place.dir)
	for _, name := range []string{"data", "data.new"} {
		if err := os.RemoveAll(c.place.file(name)); err != nil {
			return err
		}
	}
	if err := c.writeFile("password", rand.Text()); err != nil {
		return err
	}
	var err error
	for _, locale := range []string{"C.UTF-8", "en_US.UTF-8", "C"} { // whichever this machine has
		err = c.place.account.run(ctx, c.place.dir, filepath.Join(c.server.BinDir, "initdb"),
			"-D", c.place.file("data.new"), "-U", role, "-E", "UTF8", "--locale="+locale, "--no-sync",
			"--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile="+c.place.file("password"))
		if err == nil {
			return os.Rename(c.place.file("data.new"), c.place.data())
		}
		_ = os.RemoveAll(c.place.file("data.new"))
	}
	return fmt.Errorf("make the PostgreSQL data: %w", err)
}

// sweep clears away what a killed server left: its pid file, whose number may
// be somebody else's now, its socket's lock, and workers that outlived it.
func (c *Cluster) sweep(ctx context.Context) error {
	left := []string{c.place.file("data/postmaster.pid"), c.place.file(".s.PGSQL.5432"), c.place.file(".s.PGSQL.5432.lock")}
	for _, name := range left {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	pids := orphans(c.place.data())
	if len(pids) > 0 {
		c.say("ending %d processes of a killed PostgreSQL ...", len(pids))
	}
	for _, signal := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGKILL} {
		for _, pid := range pids {
			_ = syscall.Kill(pid, signal)
		}
		for range 100 {
			if pids = orphans(c.place.data()); len(pids) == 0 {
				return nil
			}
			if err := pause(ctx, 20*time.Millisecond); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("processes %v of a killed PostgreSQL in %s do not end", pids, c.place.dir)
}

// spawn runs the server and waits until it accepts connections.
func (c *Cluster) spawn(ctx context.Context) error {
	log, err := c.openLog()
	if err != nil {
		return err
	}
	defer log.Close()
	mark, err := log.Seek(0, 2)
	if err != nil {
		return err
	}
	args, err := c.settings()
	if err != nil {
		return err
	}
	cmd := c.place.account.command(context.WithoutCancel(ctx), c.place.data(), filepath.Join(c.server.BinDir, "postgres"), args...)
	cmd.Stdout, cmd.Stderr = log, log
	if c.process, err = startProcess(cmd); err != nil {
		return fmt.Errorf("start PostgreSQL as %s: %w", c.place.account.name, err)
	}
	if err = c.awaitReady(ctx); err != nil {
		c.process.kill()
		return fmt.Errorf("start PostgreSQL in %s: %w\n%s", c.place.dir, err, c.logSince(mark))
	}
	return nil
}

func (c *Cluster) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		p, alive := findPostmaster(c.place.data())
		if alive && p.pid == c.process.pid && p.status == "ready" {
			c.running = p
			return nil
		}
		if c.process.gone() {
			return errors.New("it ended at once")
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
}

// halt stops the server: politely, then with less patience. It is quiet when
// the server is gone already.
func (c *Cluster) halt() error {
	steps := []struct {
		signal  syscall.Signal
		patient time.Duration
	}{{syscall.SIGINT, 20 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}}
	if c.ephemeral {
		steps = steps[1:] // nothing to save
	}
	for _, step := range steps {
		p, alive := findPostmaster(c.place.data())
		if !alive {
			return nil
		}
		_ = syscall.Kill(p.pid, step.signal)
		for end := time.Now().Add(step.patient); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			if !isServerOf(p.pid, c.place.data()) {
				return nil
			}
		}
	}
	return fmt.Errorf("PostgreSQL in %s does not stop", c.place.dir)
}

// openLog opens server.log for appending; a large one begins anew.
func (c *Cluster) openLog() (*os.File, error) {
	name, flags := c.place.file("server.log"), os.O_CREATE|os.O_APPEND|os.O_RDWR
	if info, err := os.Stat(name); err == nil && info.Size() > maxLog {
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(name, flags, 0o600)
	if err != nil {
		return nil, err
	}
	return f, c.place.account.own(name)
}

func (c *Cluster) logSince(mark int64) string {
	text, err := os.ReadFile(c.place.file("server.log"))
	if err != nil || int64(len(text)) < mark {
		return ""
	}
	return string(text[mark:])
}

func (c *Cluster) readPassword() error {
	text, err := os.ReadFile(c.place.file("password"))
	if err != nil {
		return fmt.Errorf("private PostgreSQL: %w", err)
	}
	c.password = strings.TrimSpace(string(text))
	return nil
}

func (c *Cluster) writeFile(name, text string) error {
	if err := os.WriteFile(c.place.file(name), []byte(text), 0o600); err != nil {
		return err
	}
	return c.place.account.own(c.place.file(name))
}

// loopbackPort is the port of last time if it is free, so that the URL stays
// the same, or any free one.
func (c *Cluster) loopbackPort() (int, error) {
	last, _ := os.ReadFile(c.place.file("port"))
	for _, try := range []string{strings.TrimSpace(string(last)), "0"} {
		if try == "" {
			continue
		}
		l, err := net.Listen("tcp", "127.0.0.1:"+try)
		if err != nil {
			continue
		}
		port := l.Addr().(*net.TCPAddr).Port
		l.Close()
		return port, c.writeFile("port", strconv.Itoa(port))
	}
	return 0, errors.New("no free loopback port")
}
