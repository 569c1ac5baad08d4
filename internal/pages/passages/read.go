package passages

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// critere is what the list was asked for.
type critere struct {
	Annee  ecole.Annee
	Onglet passage.Attente
	Classe *uuid.UUID

	enCours bool // the year is the present one, which an address need not name
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{Annee: httpx.Annee(q, agent), Onglet: passage.AProposer}
	c.enCours = c.Annee == ecole.AnneeDe(agent.Aujourdhui())
	if o := passage.Attente(q.Get("etat")); slices.Contains(passage.Attentes, o) {
		c.Onglet = o
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	return c
}

func (c critere) query() url.Values {
	q := url.Values{"etat": {string(c.Onglet)}}
	if !c.enCours {
		q.Set("annee", strconv.Itoa(int(c.Annee)))
	}
	if c.Classe != nil {
		q.Set("classe", c.Classe.String())
	}
	return q
}

func (c critere) href() string { return "/passages?" + c.query().Encode() }

// ligne is one pupil, with what is proposed for him or would be.
type ligne struct {
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	LibelleClasse string
	passage.LigneSituation
	passage.Passage
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// choix is what is proposed, or what will be for nearly all.
func (l ligne) choix() passage.Choix {
	if l.Version == 0 {
		return l.Situation().Usuel()
	}
	return l.Choix()
}

// colonnesSQL are the columns of a ligne, for who reads what the situation says.
func colonnesSQL(situation string) string {
	return `
	select s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, coalesce(k.libelle_court, '') as libelle_classe,
		` + situation + `, ` + passage.ColonnesSQL + `
	from scolarite s join ecole e on e.uai = s.ecole_uai
	left join classe k on k.id = s.classe_id
	left join passage p on p.scolarite_id = s.id`
}

// classe is a class to choose.
type classe struct {
	ID      uuid.UUID
	Libelle string
}

// lecture is all that the list reads.
type lecture struct {
	lignes   []ligne
	comptes  passage.Comptes
	classes  []classe
	campagne *passage.LigneCampagne
}

var listSQL = colonnesSQL(passage.SituationSQL) + `
	where s.annee = $2 and s.etat = 'admis_definitif' and ` + passage.SQLAttente + ` = $3 and ($4::uuid is null or s.classe_id = $4)
	order by array_position($5::text[], s.niveau), k.libelle_court, s.cle_nom, s.id`

const classesSQL = `select id, libelle_court as libelle from classe where annee = $1 order by libelle_court`

// read reads the list in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, besides func(*territoire.Lecture)) (all lecture, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		today := agent.Aujourdhui()
		territoire.Toutes(l, &all.lignes, listSQL, today, int(c.Annee), string(c.Onglet), c.Classe, ecole.Niveaux())
		territoire.Toutes(l, (*[]passage.Compte)(&all.comptes), passage.SQLComptes, today, int(c.Annee), c.Classe)
		territoire.Toutes(l, &all.classes, classesSQL, int(c.Annee))
		territoire.Peut(l, &all.campagne, passage.SQLCampagne, int(c.Annee))
		besides(l)
	})
	return all, err
}
