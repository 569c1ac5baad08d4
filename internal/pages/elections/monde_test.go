package elections_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// scrutin is a vote of the year of the world.
var scrutin = election.Scrutin{Le: date.Du(2026, 10, 9), Mode: election.Urne, Ouvre: 8 * 60, Ferme: 12 * 60}

// septembre is a world on the last day on which the list may be fixed.
func septembre(t *testing.T) *fixture.Monde {
	t.Helper()
	m := fixture.New(t)
	m.Heure = time.Date(2026, time.September, 18, 10, 0, 0, 0, time.UTC)
	return m
}

// preparer has a directeur prepare the election.
func preparer(m *fixture.Monde, directeur string) (id uuid.UUID) {
	m.Helper()
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = election.Preparer(ctx, tx, a, 2026, scrutin)
		return err
	})
	return id
}

// arreter has him fix its list on that day.
func arreter(m *fixture.Monde, directeur string, id uuid.UUID) {
	m.Helper()
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := election.Arreter(ctx, tx, a, id, 0, a.Aujourdhui())
		return err
	})
}

// exec changes the world behind the curtain.
func exec(m *fixture.Monde, sql string, args ...any) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql, args...); err != nil {
		m.Fatal(err)
	}
}

// nommer gives the mother of a pupil her names.
func nommer(m *fixture.Monde, e fixture.Enfant, nom, usage, prenom string) {
	m.Helper()
	exec(m, `update responsable set nom_famille = $2, nom_usage = $3, prenom = $4
		where id = (select responsable_id from lien_responsable where eleve_id = $1)`, e.ID, nom, usage, prenom)
}

// frere gives a pupil the mother of another.
func frere(m *fixture.Monde, e, aine fixture.Enfant) {
	m.Helper()
	exec(m, `update lien_responsable set responsable_id = (select responsable_id from lien_responsable where eleve_id = $2) where eleve_id = $1`,
		e.ID, aine.ID)
}

// dates is the form of the dates; pairs change it.
func dates(pairs ...string) url.Values {
	v := url.Values{"annee": {"2026"}, "scrutin_le": {"091026"}, "report": {""}, "mode": {"urne"}, "ouvre_a": {"8h30"}, "ferme_a": {"12h30"}, "reunion_le": {""}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}
