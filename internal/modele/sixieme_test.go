package modele

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	sorties "base-eleves/internal/domain/sixieme"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// entree is the collège to which the IA assigned a pupil for a rentrée.
type entree struct {
	id      uuid.UUID
	de      *enfant
	annee   int // of the rentrée
	college string
	ecole   string // that holds his file, or held it last
	etat    string
	lu      bool // acknowledged once
	lot     *lot6e
	apres   *lot6e // by which it was replaced
}

// lot6e is an act of the IA.
type lot6e struct {
	id     uuid.UUID
	dep    string
	faite  time.Time
	annule bool
}

var colleges = map[string]string{"college": fixture.College, "college voisin": fixture.CollegeVoisin, "college lointain": fixture.CollegeDuGers}

// saison tells whether the collèges fetch the pupils of a rentrée today, where the IA has set no other dates.
func (x *essai) saison(annee int) bool {
	return x.jour.Year() == annee && x.jour.Month() >= time.June && x.jour.Month() <= time.September
}

// sort tells whether a pupil who is there leaves for the collège, as decided or else by his niveau.
func (s *scolaire) sort() bool {
	if s.etat != "admis_definitif" || s.niveau != "CM1" && s.niveau != "CM2" {
		return false
	}
	if s.passage != nil {
		return s.passage.niveau == ""
	}
	return s.niveau == "CM2"
}

// entree is the assignment of a child that holds.
func (e *enfant) entree(annee int) *entree {
	n := slices.IndexFunc(e.entrees, func(a *entree) bool { return a.annee == annee && (a.etat == "affecte" || a.etat == "recu") })
	if n < 0 {
		return nil
	}
	return e.entrees[n]
}

func (x *essai) entrees(of func(*entree) bool) (list []*entree) {
	for _, e := range x.enfants {
		for _, a := range e.entrees {
			if of(a) {
				list = append(list, a)
			}
		}
	}
	return list
}

// suivreDossiers has the assignments follow the files.
func (x *essai) suivreDossiers() {
	for _, e := range x.enfants {
		for _, a := range e.entrees {
			if e.ecole != "" && e.ecole != e.avant {
				a.ecole = e.ecole
			}
		}
		e.avant = e.ecole
	}
}

func (x *essai) affecterSixieme(t *rapid.T, nom string) {
	all := x.scolarites()
	first := plutot(t, "sortant", all, (*scolaire).sort)
	qui, annee := agent(t, academies, departements[first.ecole]), first.annee+1
	var choix []sorties.Choix
	refused, same := "", true
	lot := &lot6e{dep: academies[qui], faite: x.jour}
	var made []*entree
	for _, s := range all {
		if s != first && (s.annee != first.annee || !s.sort() || departements[s.ecole] != lot.dep || rare(t, "sans lui")) {
			continue
		}
		to := colleges[un(t, "collège", noms(colleges))]
		i := slices.IndexFunc(choix, func(c sorties.Choix) bool { return c.Eleve == s.de.id })
		choix = append(choix, sorties.Choix{Eleve: s.de.id, College: to})
		if i >= 0 {
			refused = motif(refused, si(choix[i].College != to, "demandé dans deux collèges"))
			continue
		}
		refused = motif(refused, si(!s.de.sort(s.annee, lot.dep), "n’entre pas en sixième"))
		if a := s.de.entree(annee); a == nil || a.college != to {
			same = false
			made = append(made, &entree{de: s.de, annee: annee, college: to, ecole: s.ecole, etat: "affecte", lot: lot})
		}
	}
	if annee > derniereAnnee {
		t.SkipNow() // the year is not open, and the page offers no other than the next one
	}
	refused = motif(refused, si(same, "déjà affectés"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		lot.id, _, err = sorties.Affecter(ctx, tx, a, ecole.Annee(annee), choix, "")
		return err
	}) {
		x.entrer(t, lot, made)
	}
}

// entrer notes in the model what an act of the IA has assigned.
func (x *essai) entrer(t rapid.TB, lot *lot6e, made []*entree) {
	x.lots = append(x.lots, lot)
	for _, a := range made {
		if before := a.de.entree(a.annee); before != nil {
			before.etat, before.apres = "remplace", lot
		}
		a.id = x.id(t, `select id from affectation_6e where lot_id = $1 and eleve_id = $2`, lot.id, a.de.id)
		a.de.entrees = append(a.de.entrees, a)
	}
}

// sort tells whether a child leaves a school of a département for the collège at the end of a year, his file still there.
func (e *enfant) sort(annee int, dep string) bool {
	return departements[e.ecole] == dep && slices.ContainsFunc(e.scolarites, func(s *scolaire) bool { return s.annee == annee && s.sort() && departements[s.ecole] == dep })
}

// recevoir is a collège that reads whom it has to receive, then acknowledges some of them.
func (x *essai) recevoir(t *rapid.T, nom string) {
	annee := rapid.SampledFrom([]int{2026, 2027, 2027}).Draw(t, "rentrée")
	qui := un(t, "collège", noms(colleges))
	wait := x.entrees(func(a *entree) bool {
		return a.annee == annee && a.college == colleges[qui] && a.etat == "affecte" && x.saison(annee)
	})
	var asked []uuid.UUID
	var done []*entree
	for _, a := range x.entrees(func(a *entree) bool { return a.annee == annee }) {
		if rare(t, "sans lui") {
			continue
		}
		asked = append(asked, a.id)
		if slices.Contains(wait, a) {
			done = append(done, a)
		}
	}
	if x.jouer(t, nom, qui, si(len(done) == 0, "personne à recevoir"), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := lire(ctx, tx, annee, wait); err != nil {
			return err
		}
		got, err := sorties.Accuser(ctx, tx, a, ecole.Annee(annee), asked, 0)
		switch {
		case err != nil:
			return err
		case len(got) == 0:
			return refusal.InConflict("Personne.")
		case len(got) != len(done):
			return fmt.Errorf("%d acknowledged, want %d", len(got), len(done))
		}
		return nil
	}) {
		for _, a := range done {
			a.etat, a.lu = "recu", true
		}
	}
}

// lire fails when a collège does not read those whom it has to receive, and nobody else.
func lire(ctx context.Context, tx territoire.Tx, annee int, want []*entree) error {
	rows, err := tx.Query(ctx, `select id from eleve_6e where annee = $1`, annee)
	if err != nil {
		return err
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	for _, a := range want {
		if !slices.Contains(got, a.id) {
			return errors.New(a.de.prenom + " is not read")
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("reads %d, want %d", len(got), len(want))
	}
	return nil
}

// rouvrirSixieme gives a collège back what it had acknowledged.
func (x *essai) rouvrirSixieme(t *rapid.T, nom string) {
	annee, college := rapid.SampledFrom([]int{2026, 2027, 2027}).Draw(t, "rentrée"), colleges[un(t, "collège", noms(colleges))]
	qui := un(t, "ia", noms(academies))
	list := x.entrees(func(a *entree) bool {
		return a.annee == annee && a.college == college && a.etat == "recu" && departements[a.ecole] == academies[qui]
	})
	if x.jouer(t, nom, qui, si(len(list) == 0, "rien à rouvrir"), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := sorties.Rouvrir(ctx, tx, a, ecole.Annee(annee), college)
		return err
	}) {
		for _, a := range list {
			a.etat, a.lu = "affecte", false
		}
	}
}

// annulerSixieme leaves whom his collège has received, and whom another act assigned since.
func (x *essai) annulerSixieme(t *rapid.T, nom string) {
	lot := plutot(t, "lot", x.lots, func(l *lot6e) bool { return !l.annule })
	qui := agent(t, academies, lot.dep)
	refused := motif(si(academies[qui] != lot.dep, "d’un autre département"), si(lot.annule, "déjà annulé"), si(!x.jour.Before(lot.faite.AddDate(0, 0, 30)), "trop tard"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := sorties.Annuler(ctx, tx, a, lot.id, 0)
		return err
	}) {
		return
	}
	lot.annule = true
	for _, a := range x.entrees(func(a *entree) bool { return a.lot == lot && a.etat == "affecte" && departements[a.ecole] == lot.dep }) {
		a.etat = "annule"
	}
	for _, a := range x.entrees(func(a *entree) bool { return a.apres == lot && departements[a.ecole] == lot.dep }) {
		if a.de.entree(a.annee) == nil {
			a.etat, a.apres = map[bool]string{true: "recu", false: "affecte"}[a.lu], nil
		}
	}
}

// radierSixieme strikes off those whom their collège has received.
func (x *essai) radierSixieme(t *rapid.T, nom string) {
	received := func(s *scolaire) bool {
		a := s.de.entree(s.annee + 1)
		return s.etat == "admis_definitif" && a != nil && a.etat == "recu" && a.ecole == s.ecole
	}
	first := plutot(t, "reçu", x.scolarites(), received)
	qui, annee := agent(t, directeurs, first.ecole), first.annee+1
	e := &ensemble{ecole: directeurs[qui], faite: x.jour, le: x.date(t, "date de radiation")}
	refused := ""
	var ids []uuid.UUID
	for _, s := range x.scolarites() {
		if s != first && (s.ecole != first.ecole || s.annee != first.annee || !received(s) || rare(t, "sans lui")) {
			continue
		}
		ids, e.partant = append(ids, s.id), append(e.partant, s)
		a := s.de.entree(annee)
		refused = motif(refused, si(s.ecole != e.ecole || a == nil || a.etat != "recu" || a.ecole != e.ecole, "pas reçu"),
			x.departRefuse(s, scolarite.Depart{Le: e.le}))
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		e.id, err = sorties.Radier(ctx, tx, a, ecole.Annee(annee), ids, e.le)
		return commun(err)
	}) {
		x.departs = append(x.departs, e)
		for _, s := range e.partant {
			s.partir(e.le, x.jour)
		}
	}
}

// lignesSixieme writes what the model says of the assignments.
func (x *essai) lignesSixieme() (l []string) {
	for _, a := range x.entrees(func(*entree) bool { return true }) {
		l = append(l, fmt.Sprintf("%s sixième %d %s %s %s %t", a.de.prenom, a.annee, a.college, a.ecole, a.etat, a.lu))
	}
	return l
}
