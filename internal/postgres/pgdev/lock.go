package pgdev

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// The system drops these locks when their holder dies, however it dies.
const (
	shared    = syscall.LOCK_SH
	exclusive = syscall.LOCK_EX
)

// lock waits for a lock on a file.
func lock(ctx context.Context, name string, how int) (*os.File, error) {
	for {
		f, ok, err := tryLock(name, how)
		if ok || err != nil {
			return f, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for %s: %w", name, ctx.Err())
		case <-time.After(tick):
		}
	}
}

// tryLock says at once whether the lock was free.
func tryLock(name string, how int) (f *os.File, ok bool, err error) {
	f, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, false, err
	}
	err = flock(int(f.Fd()), how|syscall.LOCK_NB)
	switch {
	case err == nil:
		return f, true, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, false, f.Close()
	}
	f.Close()
	return nil, false, err
}

// unlock releases a lock at once. Closing alone does not while a process that is being started holds a copy.
func unlock(f *os.File) error {
	return errors.Join(flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

// isFree says whether one could have the lock.
func isFree(name string, how int) (bool, error) {
	f, ok, err := tryLock(name, how)
	if ok {
		err = unlock(f)
	}
	return ok, err
}

// lockUntilExit waits for as long as it takes, and keeps the lock until this process ends.
func lockUntilExit(name string) error {
	fd, err := syscall.Open(name, syscall.O_RDWR|syscall.O_CREAT|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return err
	}
	return flock(fd, exclusive) // no os.File, which would be closed when nobody refers to it
}

func flock(fd, how int) error {
	for {
		err := syscall.Flock(fd, how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
