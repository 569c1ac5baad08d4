// Package sessions remembers the open sessions that a process has just read, so that a page costs one round trip to
// the base and not two. The base stays the only truth: it tells every process of each session that is changed or ended,
// whoever does it (migrations/0003_compte.sql), and a process that cannot hear it remembers nothing.
package sessions

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"
)

const (
	// kept bounds the memory: a session is half a kilobyte.
	kept = 10_000
	// life bounds how long a session is believed without being read again, should the base fall silent without our
	// noticing.
	life = time.Minute
	// silence is how long the base may say nothing before it is asked whether it is there.
	silence = 5 * time.Second
	// pause is between two attempts at hearing the base.
	pause = time.Second
)

// Memory is a store of sessions that answers from memory what it read lately.
type Memory struct {
	store scs.CtxStore

	mu      sync.Mutex
	hears   bool
	known   map[string]session
	changes uint64 // how many times something was forgotten
}

type session struct {
	data  []byte
	until time.Time
}

// New remembers what is read from store, once it hears the base: see Listen.
func New(store scs.CtxStore) *Memory { return &Memory{store: store, known: map[string]session{}} }

// FindCtx returns the session, from memory if it can.
func (m *Memory) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, changes := m.recall(token)
	if data != nil {
		return data, true, nil
	}
	data, found, err := m.store.FindCtx(ctx, token)
	if found && err == nil {
		m.remember(token, data, changes)
	}
	return data, found, err
}

// CommitCtx writes the session down.
func (m *Memory) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	defer m.forget(token)
	return m.store.CommitCtx(ctx, token, data, expiry)
}

// DeleteCtx ends the session.
func (m *Memory) DeleteCtx(ctx context.Context, token string) error {
	defer m.forget(token)
	return m.store.DeleteCtx(ctx, token)
}

// Find is FindCtx.
func (m *Memory) Find(token string) ([]byte, bool, error) {
	return m.FindCtx(context.Background(), token)
}

// Commit is CommitCtx.
func (m *Memory) Commit(token string, data []byte, expiry time.Time) error {
	return m.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx.
func (m *Memory) Delete(token string) error { return m.DeleteCtx(context.Background(), token) }

func (m *Memory) recall(token string) (data []byte, changes uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.known[token]; ok && time.Now().Before(s.until) {
		return s.data, m.changes
	}
	return nil, m.changes
}

// remember keeps what was read, unless something changed meanwhile: it may be what was read.
func (m *Memory) remember(token string, data []byte, changes uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.hears || changes != m.changes {
		return
	}
	if len(m.known) >= kept {
		clear(m.known)
	}
	m.known[token] = session{data, time.Now().Add(life)}
}

func (m *Memory) forget(token string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changes++
	delete(m.known, token)
}

// trust begins or ends believing what is remembered; either way it starts from nothing.
func (m *Memory) trust(hears bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hears = hears
	m.changes++
	clear(m.known)
}

// Listen hears the base until ctx ends, on a connection of its own, which it opens again whenever it is lost.
func (m *Memory) Listen(ctx context.Context, config *pgx.ConnConfig, warn func(error)) {
	for ctx.Err() == nil {
		if err := m.hear(ctx, config); err != nil && ctx.Err() == nil {
			warn(err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func (m *Memory) hear(ctx context.Context, config *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "listen sessions"); err != nil {
		return err
	}
	m.trust(true)
	defer m.trust(false)
	for {
		if err := m.next(ctx, conn); err != nil {
			return err
		}
	}
}

// next forgets the session that the base names, or asks a silent base whether it is there.
func (m *Memory) next(ctx context.Context, conn *pgx.Conn) error {
	wait, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	news, err := conn.WaitForNotification(wait)
	switch {
	case err == nil:
		m.forget(news.Payload)
		return nil
	case ctx.Err() == nil && errors.Is(wait.Err(), context.DeadlineExceeded):
		there, cancel := context.WithTimeout(ctx, silence)
		defer cancel()
		return conn.Ping(there)
	}
	return err
}
