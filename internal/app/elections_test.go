package app_test

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// scrutin is an election, a request about its list of voters, a list of candidates.
type scrutin struct{ election, demande, candidature string }

const scrutinSQL = `
	select x.id::text, coalesce((select min(d.id::text) from reclamation d where d.election_id = x.id), ''),
		coalesce((select min(l.id::text) from liste_candidats l where l.election_id = x.id), '')
	from election x where x.ecole_uai = $1`

// elire has a directeur prepare an election, fix its list of voters, note a request and record a list of candidates;
// another settling finds them there.
func elire(m *fixture.Monde, p place) (s scrutin) {
	m.Helper()
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := tx.QueryRow(ctx, scrutinSQL, p.uai).Scan(&s.election, &s.demande, &s.candidature); !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		id, err := election.Preparer(ctx, tx, a, 2026, election.Scrutin{
			Le: date.Du(2026, 12, 18), Report: "autorite", Mode: election.Urne, Ouvre: 8 * 60, Ferme: 12 * 60,
		})
		if err != nil {
			return err
		}
		if _, err := election.Arreter(ctx, tx, a, id, 0, a.Aujourdhui()); err != nil {
			return err
		}
		var voter uuid.UUID
		if err := tx.QueryRow(ctx, `select responsable_id from electeur where election_id = $1 limit 1`, id).Scan(&voter); err != nil {
			return err
		}
		_, err = election.Reclamer(ctx, tx, a, id, election.Reclamation{Responsable: voter, Motif: "depart", RecueLe: a.Aujourdhui()})
		if err != nil {
			return err
		}
		_, err = election.Deposer(ctx, tx, a, id, election.Candidature{Nom: "Parents", DeposeeLe: a.Aujourdhui(), Numeros: []int{1, 2}})
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, scrutinSQL, p.uai).Scan(&s.election, &s.demande, &s.candidature)
	})
	return s
}
