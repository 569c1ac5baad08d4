package modele

import (
	"context"
	"slices"

	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	annuelle "base-eleves/internal/domain/rentree"
	"base-eleves/internal/territoire"
)

// reste tells whether the pupil stays in his school next year, and nothing has come of it yet (T17).
func (s *scolaire) reste() bool {
	p := s.passage
	return s.etat == "admis_definitif" && s.radiation.IsZero() && p != nil && (p.etat == "decide" || p.etat == "confirme") && !p.quittant && !s.de.double(nil, s.ecole, s.annee+1)
}

func (x *essai) restent(uai string, annee int) []*scolaire {
	return slices.DeleteFunc(x.scolarites(), func(s *scolaire) bool { return s.ecole != uai || s.annee != annee || !s.reste() })
}

func (x *essai) preparer(t *rapid.T, nom string) {
	qui := un(t, "directeur", noms(directeurs))
	uai, a := directeurs[qui], rapid.SampledFrom([]int{2026, 2026, 2026, 2025}).Draw(t, "année")
	stay := x.restent(uai, a)
	p := &preparation{ecole: uai, faite: x.jour}
	if x.jouer(t, nom, qui, si(len(stay) == 0, "personne ne reste"), x.ouvrirRentree(p, a)) {
		x.preparations = append(x.preparations, p)
		x.suivreRentree(t, p, stay, a)
	}
}

func (x *essai) ouvrirRentree(p *preparation, annee int) acte {
	return func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		p.id, _, err = annuelle.Preparer(ctx, tx, a, ecole.Annee(annee))
		return err
	}
}

// suivreRentree notes in the model what a preparation has opened.
func (x *essai) suivreRentree(t rapid.TB, p *preparation, stay []*scolaire, annee int) {
	for _, s := range stay {
		next := &scolaire{de: s.de, annee: annee + 1, ecole: s.ecole, etat: "admis_accepte", niveau: s.passage.niveau, effet: rentree(annee + 1)}
		next.id = x.id(t, `select suite_id from rentree_ligne where rentree_id = $1 and scolarite_id = $2`, p.id, s.id)
		s.de.scolarites = append(s.de.scolarites, next)
		s.passage.suite, s.passage.suivi = next, true
		p.lignes = append(p.lignes, ligne{s, next})
	}
}

func (x *essai) annulerPreparation(t *rapid.T, nom string) {
	p := un(t, "préparation", x.preparations)
	qui := agent(t, directeurs, p.ecole)
	refused := motif(si(directeurs[qui] != p.ecole, "d’une autre école"), si(p.annulee, "déjà annulée"), si(!x.jour.Before(p.faite.AddDate(0, 0, 30)), "trop tard"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := annuelle.Annuler(ctx, tx, a, p.id, 0)
		return err
	}) {
		return
	}
	p.annulee = true
	for _, l := range p.lignes {
		if l.suite.touchee {
			continue
		}
		e := l.de.de
		e.scolarites = slices.DeleteFunc(e.scolarites, func(o *scolaire) bool { return o == l.suite })
		l.de.passage.suite, l.de.passage.suivi = nil, false
	}
}
