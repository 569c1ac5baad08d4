package repartition

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// ligne is one pupil to be placed.
type ligne struct {
	ID            uuid.UUID // of the scolarité
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        string
	Etat          scolarite.Etat
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// classe is a class of the year, with the pupils who have a place in it.
type classe struct {
	ID          uuid.UUID
	Libelle     string
	Niveaux     []string
	EffectifMax int
	Effectif    int
}

// compte is how many pupils of a niveau have no class.
type compte struct {
	Niveau string
	Nombre int
}

// lecture is all that the page reads.
type lecture struct {
	lignes  []ligne
	classes []classe
	comptes []compte
}

const colonnesSQL = `
	select id, eleve_id, nom_famille, nom_usage, prenom, sexe, date_naissance, niveau, etat
	from scolarite `

const sansClasseSQL = colonnesSQL + `
	where annee = $1 and etat in ('admis_accepte', 'admis_definitif') and classe_id is null and ($2 = '' or niveau = $2)
	order by array_position($3::text[], niveau), cle_nom, id`

const deLaClasseSQL = colonnesSQL + `
	where classe_id = $1 and etat in ('admis_accepte', 'admis_definitif')
	order by array_position($2::text[], niveau), cle_nom, id`

const comptesSQL = `
	select niveau, count(*) as nombre from scolarite
	where annee = $1 and etat in ('admis_accepte', 'admis_definitif') and classe_id is null
	group by niveau order by array_position($2::text[], niveau)`

const classesSQL = `
	select c.id, c.libelle_court as libelle, coalesce(c.effectif_max, 0) as effectif_max, n.niveaux,
		(select count(*) from scolarite s where s.classe_id = c.id and s.etat in ('admis_accepte', 'admis_definitif')) as effectif
	from classe c
	cross join lateral (
		select array(select niveau from classe_niveau where classe_id = c.id order by array_position($2::text[], niveau)) as niveaux
	) n
	where c.annee = $1
	order by array_position($2::text[], n.niveaux[1]), c.libelle_court, c.id`

// read reads the page in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		ordre := ecole.Niveaux()
		if c.Classe != nil {
			territoire.Toutes(l, &all.lignes, deLaClasseSQL, *c.Classe, ordre)
		} else {
			territoire.Toutes(l, &all.lignes, sansClasseSQL, int(c.Annee), c.Niveau, ordre)
		}
		territoire.Toutes(l, &all.classes, classesSQL, int(c.Annee), ordre)
		territoire.Toutes(l, &all.comptes, comptesSQL, int(c.Annee), ordre)
	})
	return all, err
}

// choisie is the class whose pupils are shown; nil for those without one.
func (all lecture) choisie(c critere) *classe {
	for i := range all.classes {
		if c.Classe != nil && all.classes[i].ID == *c.Classe {
			return &all.classes[i]
		}
	}
	return nil
}

// possibles are the classes that open a niveau of the pupils shown.
func (all lecture) possibles(c critere) []classe {
	var open []classe
	for _, k := range all.classes {
		if c.Classe != nil && k.ID == *c.Classe {
			continue
		}
		if slices.ContainsFunc(all.lignes, func(l ligne) bool { return slices.Contains(k.Niveaux, l.Niveau) }) {
			open = append(open, k)
		}
	}
	return open
}

func (all lecture) sansClasse() (n int) {
	for _, c := range all.comptes {
		n += c.Nombre
	}
	return n
}
