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

// onglet is what waits for the same act.
type onglet string

const (
	aProposer onglet = "a_proposer"
	aNotifier onglet = "a_notifier"
	enAttente onglet = "en_attente"
	aDecider  onglet = "a_decider"
	decides   onglet = "decides"
	enRecours onglet = "en_recours"
)

var onglets = []onglet{aProposer, aNotifier, enAttente, aDecider, decides, enRecours}

func (o onglet) label() string {
	return map[onglet]string{
		aProposer: "À proposer", aNotifier: "À notifier", enAttente: "Réponse attendue", aDecider: "À décider",
		decides: "Décidés", enRecours: "En recours",
	}[o]
}

// critere is what the list was asked for.
type critere struct {
	Annee  ecole.Annee
	Onglet onglet
	Classe *uuid.UUID

	enCours bool // the year is the present one, which an address need not name
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{Annee: httpx.Annee(q, agent), Onglet: aProposer}
	c.enCours = c.Annee == ecole.AnneeDe(agent.Aujourdhui())
	if o := onglet(q.Get("etat")); slices.Contains(onglets, o) {
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

// ongletSQL is what a passage p waits for; $1 is today.
var ongletSQL = `case
	when p.etat is null then 'a_proposer'
	when p.etat = 'propose' then 'a_notifier'
	when p.etat = 'notifie' and p.notifie_le + ` + delai + ` >= $1 then 'en_attente'
	when p.etat in ('notifie', 'accepte', 'conteste') then 'a_decider'
	when p.etat = 'en_recours' then 'en_recours'
	else 'decides' end`

var delai = strconv.Itoa(passage.Delai)

const colonnesSQL = `
	select s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance,
		coalesce(k.libelle_court, '') as libelle_classe, ` + passage.SituationSQL + `,
		s.id as scolarite_id, coalesce(p.version, 0) as version, s.ecole_uai as ecole, s.annee, coalesce(p.etat, '') as etat,
		coalesce(p.decision, '') as decision, coalesce(p.niveau_suivant, '') as niveau_suivant,
		coalesce(p.quittant, false) as quittant, coalesce(p.avis_ien, false) as avis_ien, p.propose_le, p.notifie_le,
		p.repondu_le, coalesce(p.desaccord, false) as desaccord, p.decide_le, p.recours_le, p.confirme_le,
		coalesce(p.motif_correction, '') as motif_correction, p.suivie_le is not null as suivi
	from scolarite s join ecole e on e.uai = s.ecole_uai
	left join classe k on k.id = s.classe_id
	left join passage p on p.scolarite_id = s.id`

// compte is how many pupils wait for an act.
type compte struct {
	Onglet onglet
	Nombre int
}

// classe is a class to choose.
type classe struct {
	ID      uuid.UUID
	Libelle string
}

// lecture is all that the list reads.
type lecture struct {
	lignes  []ligne
	comptes []compte
	classes []classe
}

var listSQL = colonnesSQL + `
	where s.annee = $2 and s.etat = 'admis_definitif' and ` + ongletSQL + ` = $3 and ($4::uuid is null or s.classe_id = $4)
	order by array_position($5::text[], s.niveau), k.libelle_court, s.cle_nom, s.id`

var comptesSQL = `
	select ` + ongletSQL + ` as onglet, count(*) as nombre
	from scolarite s left join passage p on p.scolarite_id = s.id
	where s.annee = $2 and s.etat = 'admis_definitif' and ($3::uuid is null or s.classe_id = $3)
	group by 1`

const classesSQL = `select id, libelle_court as libelle from classe where annee = $1 order by libelle_court`

// read reads the list in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, besides func(*territoire.Lecture)) (all lecture, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		today := agent.Aujourdhui()
		territoire.Toutes(l, &all.lignes, listSQL, today, int(c.Annee), string(c.Onglet), c.Classe, ecole.Niveaux())
		territoire.Toutes(l, &all.comptes, comptesSQL, today, int(c.Annee), c.Classe)
		territoire.Toutes(l, &all.classes, classesSQL, int(c.Annee))
		besides(l)
	})
	return all, err
}

func (all lecture) nombre(o onglet) int {
	for _, c := range all.comptes {
		if c.Onglet == o {
			return c.Nombre
		}
	}
	return 0
}
