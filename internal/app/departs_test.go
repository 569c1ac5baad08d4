package app_test

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/liberation"
	"base-eleves/internal/domain/sansecole"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// partir has a directeur announce that a pupil will leave, by an act for several.
func partir(m *fixture.Monde, p place) string {
	m.Helper()
	e := m.Admettre(p.directeur, m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Léa")))
	var id uuid.UUID
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = depart.Radier(ctx, tx, a, []uuid.UUID{e.Scolarite},
			scolarite.Depart{Le: a.Aujourdhui().AddDate(0, 1, 0), Motif: "demenagement"})
		return err
	})
	return id.String()
}

// liberer has a school of another territory ask for a pupil of the place, and the place for a pupil of that school.
func liberer(m *fixture.Monde, p place) (recue, envoi string) {
	m.Helper()
	other := loin
	if p == loin {
		other = cote
	}
	return demander(m, p, other), demander(m, other, p)
}

// demander has a school ask for a pupil that another has not struck off, and returns the request.
func demander(m *fixture.Monde, former, next place) string {
	m.Helper()
	e := m.Admettre(former.directeur, m.Accepter(former.directeur, m.Inscrire(former.mairie, former.uai, "Max")))
	insee := commune(m, next)
	var id uuid.UUID
	m.Ecrire(next.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		i, err := inscription.Inscrire(ctx, tx, a, e.ID, insee, inscription.Demande{Annee: 2026, Ecole: next.uai, Le: a.Aujourdhui()})
		if err != nil {
			return err
		}
		if err := scolarite.Accepter(ctx, tx, a, i, 0, ecole.CE1, a.Aujourdhui()); err != nil {
			return err
		}
		id, err = liberation.Demander(ctx, tx, a, i, liberation.Demande{Depart: a.Aujourdhui(), Motif: "demenagement"})
		return err
	})
	return id.String()
}

// sejour is the line of a pupil in the register of the school.
func sejour(m *fixture.Monde, p place, eleve uuid.UUID) (id string) {
	m.Helper()
	err := m.DB.Lire(context.Background(), m.Agent(p.directeur).Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &id, `select id::text from registre where eleve_id = $1`, eleve)
	})
	if err != nil {
		m.Fatal(err)
	}
	return id
}

// perdre has a directeur strike off a child who goes nowhere, and the mairie where he lives note that it looks for him.
func perdre(m *fixture.Monde, p place) (id, suivi string) {
	m.Helper()
	e := m.Admettre(p.directeur, m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Nino")))
	insee := commune(m, p)
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		tx.Queue(`update adresse set commune_insee = $2 where id = (select adresse_id from eleve where id = $1)`, e.ID, insee)
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: a.Aujourdhui(), Motif: "non_frequentation"})
	})
	m.Ecrire(p.mairie, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		note, err := sansecole.Noter(ctx, tx, a, e.Scolarite, sansecole.Constat{Constat: "recherche", Le: a.Aujourdhui()})
		suivi = note.String()
		return err
	})
	return e.Scolarite.String(), suivi
}
