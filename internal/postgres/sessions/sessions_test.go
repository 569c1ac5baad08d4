package sessions

import (
	"context"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"base-eleves/internal/postgres/postgrestest"
)

// counted counts the readings, and lets something happen in the middle of one.
type counted struct {
	scs.CtxStore
	reads  int
	during func()
}

func (c *counted) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	c.reads++
	data, found, err := c.CtxStore.FindCtx(ctx, token)
	if c.during != nil {
		c.during()
	}
	return data, found, err
}

// sansContexte is a store that never waits.
type sansContexte struct{ scs.Store }

func (s sansContexte) FindCtx(_ context.Context, token string) ([]byte, bool, error) {
	return s.Find(token)
}

func (s sansContexte) CommitCtx(_ context.Context, token string, data []byte, expiry time.Time) error {
	return s.Commit(token, data, expiry)
}

func (s sansContexte) DeleteCtx(_ context.Context, token string) error { return s.Delete(token) }

// nom has sessions that hold nothing but the name of their holder.
type nom struct{}

func (nom) Titulaire(data []byte) Titulaire {
	return Titulaire{ID: uuid.NewSHA1(uuid.Nil, data), Compte: titulaire}
}

func (nom) Terminee(par string) []byte { return []byte("terminée : " + par) }

var titulaire = uuid.MustParse("7e000000-0000-4000-8000-000000000000")

// process is a process of the service on the base at dsn: its memory, and its store.
func process(t *testing.T, dsn string, hears bool) (*Memory, *counted) {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	store := &counted{CtxStore: Base{Pool: pool, Contenu: nom{}}}
	m := New(store)
	if hears {
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			m.Listen(ctx, pool.Config().ConnConfig.Copy(), func(error) {})
		}()
		t.Cleanup(func() { cancel(); <-ended })
		eventually(t, "the process hears the base", func() bool { m.mu.Lock(); defer m.mu.Unlock(); return m.hears })
	}
	return m, store
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

func open(t *testing.T, m *Memory, token string) {
	t.Helper()
	if err := m.Commit(token, []byte("data of "+token), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
}

func isOpen(t *testing.T, m *Memory, token string) bool {
	t.Helper()
	_, found, err := m.Find(token)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// learn makes m read the session until it answers from memory: the news of its own writing may still be on its way.
func learn(t *testing.T, m *Memory, store *counted, token string) {
	t.Helper()
	eventually(t, "the session is remembered", func() bool {
		before := store.reads
		return isOpen(t, m, token) && store.reads == before
	})
}

func TestASessionEndedByAnotherProcessIsEnded(t *testing.T) {
	dsn := postgrestest.Clone(t)
	one, _ := process(t, dsn, true)
	two, store := process(t, dsn, true)
	open(t, one, "a")
	learn(t, two, store, "a")
	if err := one.Delete("a"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the other process refuses the session", func() bool { return !isOpen(t, two, "a") })
}

// The control: a process that believed its memory without hearing the base would keep the session open.
func TestADeafProcessWouldKeepItOpen(t *testing.T) {
	dsn := postgrestest.Clone(t)
	one, _ := process(t, dsn, true)
	deaf, store := process(t, dsn, false)
	deaf.trust(true)
	open(t, one, "a")
	learn(t, deaf, store, "a")
	if err := one.Delete("a"); err != nil {
		t.Fatal(err)
	}
	if !isOpen(t, deaf, "a") {
		t.Error("the session is refused without any news of it: the test above proves nothing")
	}
}

func TestAProcessThatCannotHearRemembersNothing(t *testing.T) {
	m, store := process(t, postgrestest.Clone(t), false)
	open(t, m, "a")
	for range 3 {
		isOpen(t, m, "a")
	}
	if store.reads != 3 {
		t.Errorf("%d readings for 3 pages", store.reads)
	}
}

func TestLosingTheBaseForgetsEverything(t *testing.T) {
	dsn := postgrestest.Clone(t)
	m, store := process(t, dsn, true)
	open(t, m, "a")
	learn(t, m, store, "a")
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	// Nobody is told of what happens while the line is cut.
	if _, err := conn.Exec(t.Context(), `alter table sessions disable trigger session_changee;
		delete from sessions;
		select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen sessions'`); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the session is read again, and refused", func() bool { return !isOpen(t, m, "a") })
}

func TestASessionChangedWhileItIsReadIsNotRemembered(t *testing.T) {
	store := &counted{CtxStore: sansContexte{memstore.New()}}
	m := New(store)
	m.trust(true)
	open(t, m, "a")
	store.during = func() { store.during = nil; open(t, m, "a") }
	isOpen(t, m, "a")
	isOpen(t, m, "a")
	if store.reads != 2 {
		t.Errorf("%d readings: what was read before the change is believed after it", store.reads)
	}
	isOpen(t, m, "a")
	if store.reads != 2 {
		t.Error("nothing is ever remembered: this test proves nothing")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	m := New(sansContexte{memstore.New()})
	m.trust(true)
	for i := range kept + 1 {
		m.remember(time.Duration(i).String(), []byte("x"), m.changes)
	}
	if len(m.known) > kept {
		t.Errorf("%d sessions in memory", len(m.known))
	}
}
