package resilience_test

import (
	"context"
	"net/url"
	"sync"
	"testing"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

var aged sync.Once

// TestPostgreSQLKilledUnderWrites: whatever was acknowledged is there once, though the server dies again and again.
func TestPostgreSQLKilledUnderWrites(t *testing.T) {
	dsn := newBase(t)
	r := ledger(t, fixture.OnBase(t, dsn), 90)
	r.times = 5
	r.run(t)
	if b := r.verify(t, dsn); !b.clean() {
		t.Error(b)
	}
}

// The control: told to acknowledge before it has written, PostgreSQL loses what the same ledger finds missing.
func TestLedgerSeesALoss(t *testing.T) {
	administer(t, `alter system set wal_writer_delay = '10s'`)
	administer(t, `select pg_reload_conf()`)
	t.Cleanup(func() { administer(t, `alter system reset wal_writer_delay`); administer(t, `select pg_reload_conf()`) })
	dsn := newBase(t, "synchronous_commit = off")
	r := ledger(t, fixture.OnBase(t, dsn), 30)
	r.times = 2
	r.run(t)
	if b := r.verify(t, dsn); len(b.lost) == 0 {
		t.Error("nothing was lost: the ledger would not see a loss")
	}
}

// ledger is a ledger of inscriptions by the mairie through the application, under a PostgreSQL that is killed.
func ledger(t *testing.T, m *fixture.Monde, writes int) registre {
	t.Helper()
	aged.Do(func() { age(t) })
	r := registre{
		send:    func(form url.Values) fixture.Reponse { return m.PostAs("mairie", pathNouvelle, form) },
		breakIt: func() { kill(t) },
	}
	for n := range writes {
		p := prenom(n + 1)
		r.ecritures = append(r.ecritures, &ecriture{prenom: p, form: enfant(p, m.Jeton("mairie"), m.Heure)})
	}
	return r
}

// The control of what the ledger calls a double and an act half done.
func TestLedgerSeesWhatIsWrong(t *testing.T) {
	m, dsn := fixture.NewClone(t)
	r := registre{send: func(form url.Values) fixture.Reponse { return m.PostAs("mairie", pathNouvelle, form) }}
	for n := range 2 {
		p := prenom(n + 1)
		r.ecritures = append(r.ecritures, &ecriture{prenom: p, form: enfant(p, m.Jeton("mairie"), m.Heure)})
	}
	r.run(t)
	if b := r.verify(t, dsn); !b.clean() {
		t.Errorf("before anything is wrong: %v", b)
	}
	r.send(enfant(prenom(1), m.Jeton("mairie"), m.Heure))
	m.Ecrire("mairie", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		n := fixture.Lina("Alone")
		n.Ecole, n.Commune = fixture.Ecole, a.Commune
		_, err := eleve.Creer(tx, a, n)
		return err
	})
	if b := r.verify(t, dsn); len(b.doubled) != 1 || b.doubled[0] != prenom(1) || b.halfDone != 1 {
		t.Errorf("got %v, want %s doubled and one half done", b, prenom(1))
	}
}
