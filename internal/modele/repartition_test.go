package modele

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/territoire"
)

// projet is a scenario of a school: the class of each pupil whom it places.
type projet struct {
	id     uuid.UUID
	ecole  string
	annee  int
	places map[*enfant]uuid.UUID
}

// publication is the act that made a scenario the répartition in force.
type publication struct {
	id      uuid.UUID
	de      *projet
	faite   time.Time
	annulee bool
	moves   []*deplace
}

// deplace is a pupil whom it moved.
type deplace struct {
	de           *enfant
	avant, apres uuid.UUID
	garde        bool // the undo left him
}

// projetsParAnnee is how many scenarios a year keeps.
const projetsParAnnee = 12

// place is the line by which a child is on the board of a school's year, nil when he is not.
func (e *enfant) place(uai string, annee int) *scolaire {
	n := slices.IndexFunc(e.scolarites, func(s *scolaire) bool {
		return s.ecole == uai && s.annee == annee && (s.etat == "admis_accepte" || s.etat == "admis_definitif")
	})
	if n < 0 {
		return nil
	}
	return e.scolarites[n]
}

func (x *essai) composer(t *rapid.T, nom string) {
	qui := un(t, "directeur", noms(directeurs))
	p := &projet{ecole: directeurs[qui], annee: rapid.SampledFrom([]int{2026, 2027, 2027}).Draw(t, "année"), places: map[*enfant]uuid.UUID{}}
	if rapid.Bool().Draw(t, "d’après la répartition en vigueur") {
		p.copier(x.enfants)
	}
	copied := len(p.places) > 0
	same := func(o *projet) bool { return o.ecole == p.ecole && o.annee == p.annee }
	refused := si(len(slices.DeleteFunc(slices.Clone(x.projets), func(o *projet) bool { return !same(o) })) >= projetsParAnnee, "trop de scénarios")
	moved := map[uuid.UUID]uuid.UUID{}
	for _, e := range x.enfants {
		s := e.place(p.ecole, p.annee)
		if s == nil || rare(t, "sans lui") {
			continue
		}
		c := uneClasse(t, s)
		refused = motif(refused, si(!classes[c].accueille(s), "pas sa classe"))
		p.places[e], moved[e.id] = c, c
	}
	if len(moved) == 0 {
		t.SkipNow()
	}
	if x.jouer(t, nom, qui, refused, p.creer(fmt.Sprintf("Essai %d", len(x.projets)), copied, moved)) {
		x.projets = append(x.projets, p)
	}
}

// copier begins a scenario as the répartition in force.
func (p *projet) copier(enfants []*enfant) {
	for _, e := range enfants {
		if s := e.place(p.ecole, p.annee); s != nil && s.classe != uuid.Nil {
			p.places[e] = s.classe
		}
	}
}

func (p *projet) creer(nom string, copie bool, places map[uuid.UUID]uuid.UUID) acte {
	return func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if p.id, err = scenario.Creer(ctx, tx, a, ecole.Annee(p.annee), nom, scenario.Modele{EnVigueur: copie}); err != nil {
			return err
		}
		for id, classe := range places {
			vu := scenario.Vu{Cle: scenario.Abreger(id), Version: -1}
			if _, err := scenario.Placer(ctx, tx, a, scenario.Cible{Annee: ecole.Annee(p.annee), Scenario: p.id}, []scenario.Vu{vu}, &classe); err != nil {
				return err
			}
		}
		return nil
	}
}

// changent are the pupils whom publishing would move: whose niveau the class still opens.
func (p *projet) changent(enfants []*enfant) (list []*deplace) {
	for _, e := range enfants {
		s, c := e.place(p.ecole, p.annee), p.places[e]
		if s != nil && classes[c].accueille(s) && s.classe != c {
			list = append(list, &deplace{de: e, avant: s.classe, apres: c})
		}
	}
	return list
}

// T09, for all of them at once.
func (x *essai) publier(t *rapid.T, nom string) {
	p := plutot(t, "scénario", x.projets, func(p *projet) bool { return len(p.changent(x.enfants)) > 0 })
	qui := agent(t, directeurs, p.ecole)
	pub := &publication{de: p, faite: x.jour, moves: p.changent(x.enfants)}
	refused := motif(si(directeurs[qui] != p.ecole, "d’une autre école"), si(len(pub.moves) == 0, "ne change rien"))
	if x.jouer(t, nom, qui, refused, pub.publier) {
		x.suivrePublication(pub)
	}
}

func (p *publication) publier(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
	f, err := scenario.Publier(ctx, tx, a, p.de.id, 0)
	p.id = f.Mouvement
	return err
}

// suivrePublication notes in the model what a publication has moved.
func (x *essai) suivrePublication(p *publication) {
	x.publications = append(x.publications, p)
	for _, d := range p.moves {
		s := d.de.place(p.de.ecole, p.de.annee)
		s.classe, s.touchee = d.apres, true
	}
}

// annulerPublication leaves those who were moved since, and those whom their class of before does not take any more.
func (x *essai) annulerPublication(t *rapid.T, nom string) {
	pub := plutot(t, "publication", x.publications, func(p *publication) bool { return !p.annulee })
	p := pub.de
	qui := agent(t, directeurs, p.ecole)
	refused := motif(si(directeurs[qui] != p.ecole, "d’une autre école"), si(pub.annulee, "déjà annulée"), si(!x.jour.Before(pub.faite.AddDate(0, 0, 30)), "trop tard"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := scenario.Annuler(ctx, tx, a, pub.id)
		return err
	}) {
		return
	}
	pub.annulee = true
	for _, d := range pub.moves {
		s := d.de.place(p.ecole, p.annee)
		d.garde = s == nil || s.classe != d.apres || d.avant != uuid.Nil && !classes[d.avant].accueille(s)
		if !d.garde {
			s.classe, s.touchee = d.avant, true
		}
	}
}

// lignesRepartition writes what the model says of the scenarios and of their publications.
func (x *essai) lignesRepartition() (l []string) {
	for _, p := range x.projets {
		for e, c := range p.places {
			l = append(l, fmt.Sprintf("%s place %d %s %s", e.prenom, p.annee, p.ecole, c))
		}
	}
	for _, pub := range x.publications {
		for _, d := range pub.moves {
			avant := ""
			if d.avant != uuid.Nil {
				avant = d.avant.String()
			}
			l = append(l, fmt.Sprintf("%s publication %d %s %t %s %s %t", d.de.prenom, pub.de.annee, pub.de.ecole, pub.annulee, avant, d.apres, d.garde))
		}
	}
	return l
}
