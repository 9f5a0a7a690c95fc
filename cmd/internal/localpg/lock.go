package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

const (
	shared    = syscall.LOCK_SH
	exclusive = syscall.LOCK_EX
)

// lockFile opens a file and waits for its lock. The lock ends with Close, or
// with the process however it dies.
func lockFile(ctx context.Context, path string, a account, how int) (*os.File, error) {
	f, err := openLock(path, a)
	if err != nil {
		return nil, err
	}
	for {
		err := tryLock(f, how)
		if err == nil {
			return f, nil
		}
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = pause(ctx, 10*time.Millisecond)
		}
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("wait for %s: %w", path, err)
		}
	}
}

// openLock opens a lock file without locking it.
func openLock(path string, a account) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := a.own(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func tryLock(f *os.File, how int) error { return syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB) }

func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
