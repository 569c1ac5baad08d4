package pointages

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// etat is where a pupil stands at the gate.
type etat string

const (
	attendus etat = "attendus"
	nonVenus etat = "non_venus"
	presents etat = "presents" // admitted today
)

var etats = []etat{attendus, nonVenus, presents}

func (e etat) label() string {
	return map[etat]string{attendus: "Attendus", nonVenus: "Pas venus", presents: "Présents aujourd’hui"}[e]
}

// critere is whom one looks at.
type critere struct {
	Etat   etat
	Classe *uuid.UUID
}

func readCritere(q url.Values) critere {
	c := critere{Etat: attendus}
	if e := etat(q.Get("etat")); slices.Contains(etats, e) {
		c.Etat = e
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	return c
}

func (c critere) query() url.Values {
	q := url.Values{"etat": {string(c.Etat)}}
	if c.Classe != nil {
		q.Set("classe", c.Classe.String())
	}
	return q
}

func (c critere) href() string { return "/pointage?" + c.query().Encode() }

// ligne is one pupil.
type ligne struct {
	ID            uuid.UUID
	Version       int
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Classe        string
	Etat          scolarite.Etat
	DateEffet     time.Time
	NonVenuLe     *time.Time
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// etatSQL is where the scolarité s stands; $1 is today. Those of later days are not expected yet.
const etatSQL = `case
	when s.etat = 'admis_definitif' and s.date_admission = $1 then 'presents'
	when s.etat = 'admis_accepte' and s.date_effet <= $1 and s.non_venu_le is not null then 'non_venus'
	when s.etat = 'admis_accepte' and s.date_effet <= $1 then 'attendus' end`

const colonnesSQL = `
	select s.id, s.version, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, s.niveau,
		coalesce(k.libelle_court, '') as classe, s.etat, s.date_effet, s.non_venu_le
	from scolarite s left join classe k on k.id = s.classe_id`

const listSQL = colonnesSQL + `
	where s.annee = $2 and s.etat in ('admis_accepte', 'admis_definitif') and ($3::uuid is null or s.classe_id = $3)
		and ` + etatSQL + ` = $4
	order by array_position($5::text[], s.niveau), k.libelle_court, s.cle_nom, s.id`

// compte is how many pupils stand there.
type compte struct {
	Etat   etat
	Nombre int
}

const comptesSQL = `
	select etat, count(*) as nombre from (
		select ` + etatSQL + ` as etat from scolarite s
		where s.annee = $2 and s.etat in ('admis_accepte', 'admis_definitif') and ($3::uuid is null or s.classe_id = $3)) t
	where etat is not null group by 1`

// classe is a class to choose.
type classe struct {
	ID      uuid.UUID
	Libelle string
}

const classesSQL = `select id, libelle_court as libelle from classe where annee = $1 order by libelle_court`

// lecture is all that the list reads.
type lecture struct {
	lignes  []ligne
	comptes []compte
	classes []classe
}

// read reads the list in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere) (all lecture, err error) {
	today := agent.Aujourdhui()
	annee := int(ecole.AnneeDe(today))
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &all.lignes, listSQL, today, annee, c.Classe, string(c.Etat), ecole.Niveaux())
		territoire.Toutes(l, &all.comptes, comptesSQL, today, annee, c.Classe)
		territoire.Toutes(l, &all.classes, classesSQL, annee)
	})
	return all, err
}

func (all lecture) nombre(e etat) int {
	for _, c := range all.comptes {
		if c.Etat == e {
			return c.Nombre
		}
	}
	return 0
}
