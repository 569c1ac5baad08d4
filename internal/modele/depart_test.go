package modele

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// ensemble is a departure of several pupils at once.
type ensemble struct {
	id      uuid.UUID
	ecole   string
	faite   time.Time
	le      time.Time
	annule  bool
	partant []*scolaire
}

func (x *essai) tirerDepart(t *rapid.T) scolarite.Depart {
	return scolarite.Depart{Le: x.date(t, "date de radiation"), Motif: rapid.SampledFrom([]string{"demenagement", "cned", "x"}).Draw(t, "motif"),
		DestinationUAI: rapid.SampledFrom([]string{"", fixture.Voisine}).Draw(t, "destination")}
}

// departRefuse is the rule of a radiation (T14).
func (x *essai) departRefuse(s *scolaire, d scolarite.Depart) string {
	return motif(si(s.etat != "admis_definitif", "pas présent"), si(d.Le.Before(s.admission), "avant l’admission"),
		si(d.Le.After(x.jour) && d.Le.After(debut(s.annee+1)), "trop lointaine"), si(d.Motif == "x", "motif inconnu"), si(d.DestinationUAI == s.ecole, "la même école"))
}

// T14.
func (x *essai) radier(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_definitif")
	qui, d := agent(t, directeurs, s.ecole), x.tirerDepart(t)
	if x.jouer(t, nom, qui, motif(si(directeurs[qui] != s.ecole, "d’une autre école"), x.departRefuse(s, d)),
		func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Radier(ctx, tx, a, s.id, 0, d)
		}) {
		s.partir(d.Le, x.jour)
	}
}

// retablirRefuse is why a departure is not taken back.
func (s *scolaire) retablirRefuse() string {
	closed := s.fermees()
	refused := motif(si(s.radiation.IsZero(), "pas radié"), si(s.de.double(s, s.ecole, s.annee), "déjà attendu"),
		si(s.chevauche(s.admission, fin(s.annee).AddDate(0, 0, 1)), "présent dans une autre école"))
	for _, o := range closed {
		again := slices.ContainsFunc(closed, func(b *scolaire) bool { return b != o && b.annee == o.annee })
		refused = motif(refused, si(again || s.de.double(o, o.ecole, o.annee), "déjà attendu l’an prochain"))
	}
	return refused
}

func (x *essai) retablir(t *rapid.T, nom string) {
	s := plutot(t, "radié", x.scolarites(), func(s *scolaire) bool { return !s.radiation.IsZero() })
	qui := agent(t, directeurs, s.ecole)
	if x.jouer(t, nom, qui, motif(si(directeurs[qui] != s.ecole, "d’une autre école"), s.retablirRefuse()),
		func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Retablir(ctx, tx, a, s.id, 0)
		}) {
		s.revenirEnClasse()
	}
}

// radierPlusieurs strikes off all of them or, when one may not be, nobody.
func (x *essai) radierPlusieurs(t *rapid.T, nom string) {
	qui, d := un(t, "directeur", noms(directeurs)), x.tirerDepart(t)
	e := &ensemble{ecole: directeurs[qui], faite: x.jour, le: d.Le}
	refused := ""
	var ids []uuid.UUID
	for _, child := range x.enfants {
		here := slices.DeleteFunc(slices.Clone(child.scolarites), func(s *scolaire) bool { return s.etat != "admis_definitif" && !rare(t, "n’importe") })
		if len(here) == 0 || here[0].ecole != e.ecole && !rare(t, "d’ailleurs") {
			continue
		}
		s := here[0]
		e.partant, ids = append(e.partant, s), append(ids, s.id)
		refused = motif(refused, si(s.ecole != e.ecole, "d’une autre école"), x.departRefuse(s, d))
	}
	if len(ids) == 0 {
		t.SkipNow()
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if e.id, err = depart.Radier(ctx, tx, a, ids, d); errors.As(err, &lot.Refuses{}) {
			err = refusal.InConflict(err.Error())
		}
		return err
	}) {
		x.departs = append(x.departs, e)
		for _, s := range e.partant {
			s.partir(d.Le, x.jour)
		}
	}
}

// annulerDepart leaves those whose departure was changed since, and those who are elsewhere.
func (x *essai) annulerDepart(t *rapid.T, nom string) {
	e := un(t, "départ", x.departs)
	qui := agent(t, directeurs, e.ecole)
	refused := motif(si(directeurs[qui] != e.ecole, "d’une autre école"), si(e.annule, "déjà annulé"), si(!x.jour.Before(e.faite.AddDate(0, 0, 30)), "trop tard"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := depart.Annuler(ctx, tx, a, e.id, 0)
		return err
	}) {
		return
	}
	e.annule = true
	for _, s := range e.partant {
		if s.radiation.Equal(e.le) && s.retablirRefuse() == "" {
			s.revenirEnClasse()
		}
	}
}
