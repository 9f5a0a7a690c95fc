// Package localpg is a private PostgreSQL with pgvector for one machine: found or installed, started for as long as
// somebody uses it, reachable by nobody else.
package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// DefaultDir is the folder of the cluster where Options name none, relative
// to the working directory.
const DefaultDir = ".frontdesk"

// Database is the database that every cluster has from the start, with the
// extension vector in it.
const Database = "frontdesk"

// role owns everything in the cluster. It is a superuser: tests make and drop
// databases, and nobody else is in there.
const role = "frontdesk"

// Options say which cluster to start.
type Options struct {
	// Dir is the folder that keeps the cluster (its part is Dir/pg); "" is
	// DefaultDir. Ignored when Ephemeral.
	Dir string
	// Ephemeral clusters live in a folder of their own under the temporary
	// directory, do not wait for the disk, and are deleted by Stop.
	Ephemeral bool
	// Install puts PostgreSQL and pgvector on the machine where they are
	// missing; without it Start returns ErrMissing.
	Install bool
	// Progress gets a line for each step that takes time; nil is silence.
	Progress io.Writer
}

// Cluster is a running private PostgreSQL that this program uses. Several
// programs may use the same one; the last to Stop ends it. It also ends when
// all of them are killed.
type Cluster struct {
	server    Server
	place     place
	ephemeral bool
	progress  io.Writer

	users    *os.File // shared flock: "this program uses the cluster"
	process  *process // set in the program that started the server
	watchdog *process // likewise, where the machine can have one
	running  postmaster
	password string
	stop     sync.Once
	stopErr  error
}

// Start returns a cluster that accepts connections and has the database
// "frontdesk". If another program already runs the one in Dir, it is shared;
// what a killed one left behind is cleaned up.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	if o.Dir == "" {
		o.Dir = DefaultDir
	}
	c := &Cluster{ephemeral: o.Ephemeral, progress: o.Progress}
	var err error
	if c.place, err = findPlace(o); err != nil {
		return nil, err
	}
	if c.server, err = serverFor(ctx, c.place.data(), o); err != nil {
		c.place.removeEphemeral(o.Ephemeral)
		return nil, err
	}
	if err = c.open(ctx); err != nil {
		c.place.removeEphemeral(o.Ephemeral)
		return nil, err
	}
	return c, nil
}

// open joins the server of this folder or starts it, alone: the start lock
// keeps other programs from doing the same at once.
func (c *Cluster) open(ctx context.Context) error {
	start, err := lockFile(ctx, c.place.file("start.lock"), c.place.account, exclusive)
	if err != nil {
		return err
	}
	defer start.Close()
	if c.users, err = lockFile(ctx, c.place.file("users.lock"), c.place.account, shared); err != nil {
		return err
	}
	if err = c.joinOrLaunch(ctx); err == nil {
		err = ensureDatabase(ctx, c)
	}
	if err != nil && c.process != nil {
		err = errors.Join(err, c.halt())
		c.watchdog.kill()
	}
	if err != nil {
		c.users.Close()
	}
	return err
}

func (c *Cluster) joinOrLaunch(ctx context.Context) error {
	joined, err := c.join(ctx)
	if err != nil || joined {
		return err
	}
	if err := c.launch(ctx); err != nil {
		return err
	}
	c.watchdog = c.startWatchdog()
	return nil
}

// Server is the PostgreSQL that runs.
func (c *Cluster) Server() Server { return c.server }

// Dir is the folder with the cluster's data, its log and its socket.
func (c *Cluster) Dir() string { return c.place.dir }

// URL is the connection string of a database in the cluster, for pgx and for
// libpq's programs alike. It holds a password where the server listens on a
// loopback port: mask it before showing it.
func (c *Cluster) URL(database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database}
	query := url.Values{"sslmode": {"disable"}}
	if c.running.socketDir != "" {
		u.User = url.User(role)
		query.Set("host", c.running.socketDir)
		query.Set("port", strconv.Itoa(c.running.port))
	} else {
		u.User = url.UserPassword(role, c.password)
		u.Host = fmt.Sprintf("127.0.0.1:%d", c.running.port)
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// Stop ends this program's use of the cluster, and the server with it when
// nobody else uses it. Safe to call more than once.
func (c *Cluster) Stop() error {
	c.stop.Do(func() { c.stopErr = c.leave() })
	return c.stopErr
}

// Down stops the server while this program goes on counting as its user, and
// Up starts it again in the same place with the same URL: a drill for "the
// database goes away". Only the program that started the cluster may do it.
func (c *Cluster) Down() error { return c.halt() }

// Up starts the server again after Down.
func (c *Cluster) Up(ctx context.Context) error { return c.launch(ctx) }

// leave gives up the shared lock and takes the exclusive one: whoever gets it
// was the last user and stops the server. The watchdog waits for that lock as
// well; when it is quicker, leave waits until it is done.
func (c *Cluster) leave() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	start, err := lockFile(ctx, c.place.file("start.lock"), c.place.account, exclusive)
	if err != nil {
		return err
	}
	defer start.Close()
	defer c.users.Close()
	for tries := 0; ; tries++ {
		if tryLock(c.users, exclusive) == nil {
			return c.end()
		}
		if tryLock(c.users, shared) == nil {
			// Others use it, unless the watchdog has finished just now. A
			// server that has crashed under its users looks the same for good.
			if _, alive := findPostmaster(c.place.data()); alive || tries > 20 {
				return nil
			}
			unlock(c.users)
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return fmt.Errorf("stop PostgreSQL in %s: %w", c.place.dir, err)
		}
	}
}

// end stops the server for good; the caller holds the exclusive lock.
func (c *Cluster) end() error {
	err := c.halt()
	c.watchdog.kill()
	if rmErr := c.place.removeEphemeral(c.ephemeral); err == nil {
		err = rmErr
	}
	return err
}

// say writes a line of progress.
func (c *Cluster) say(format string, args ...any) {
	fmt.Fprintf(c.progress, format+"\n", args...)
}

// pause waits, or returns the context's error.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// abs is filepath.Abs with the symbolic links resolved as far as the path
// exists, so that the same folder always has the same name.
func abs(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real, nil
	}
	return path, nil
}
