package passage

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Jalon is a step of the campaign that has a last day.
type Jalon struct {
	Champ string // column of campagne_passage
	Label string
	Quoi  string // what is done by then
	mois  time.Month
	jour  int
}

// Jalons are the steps, with the days proposed as long as the IA has set none (domain.md §5.6).
var Jalons = []Jalon{
	{"propositions_le", "Propositions", "Le conseil des maîtres propose, les familles sont prévenues.", time.March, 12},
	{"reponses_le", "Réponses des familles", "Elles ont quinze jours\u00a0; leur silence vaut accord.", time.March, 29},
	{"decisions_le", "Décisions", "Le conseil des maîtres décide, les familles sont prévenues.", time.April, 12},
	{"recours_le", "Recours des familles", "Elles ont quinze jours pour contester la décision.", time.May, 24},
	{"dossiers_le", "Dossiers de recours", "L’école envoie chaque dossier à l’inspecteur de la circonscription.", time.May, 30},
	{"commission_le", "Commission d’appel", "La commission départementale tranche.", time.June, 12},
}

// Campagne is the calendar of a school year in a département. Version is 0 as long as the IA has set none.
type Campagne struct {
	Annee   ecole.Annee
	Version int
	Jours   []time.Time // one for each of Jalons
}

// CampagneUsuelle is the calendar proposed for a year.
func CampagneUsuelle(a ecole.Annee) Campagne {
	c := Campagne{Annee: a}
	for _, j := range Jalons {
		c.Jours = append(c.Jours, date.Du(int(a)+1, j.mois, j.jour))
	}
	return c
}

// LigneCampagne is a row of SQLCampagne.
type LigneCampagne struct {
	Version int
	Jours   []time.Time
}

// SQLCampagne reads the calendar of the year $1 where the agent acts: no row as long as none is set.
const SQLCampagne = `
	select version, array[propositions_le, reponses_le, decisions_le, recours_le, dossiers_le, commission_le] as jours
	from campagne_passage where annee = $1 and departement_code = (
		select departement_code from ecole where uai = (select (portee_ecoles())[1]))`

// SQLExceptions chooses among the passages p of the year $1 those that an inspection looks at: it is what the index
// passage_suivi_par_l_inspection holds.
const SQLExceptions = `p.annee = $1
	and (p.decision in ('maintien', 'passage_anticipe') or p.etat in ('conteste', 'en_recours') or p.recours_le is not null)`

// SQLSansAvis chooses those on which the IEN has still to give his opinion.
const SQLSansAvis = `p.decision in ('maintien', 'passage_anticipe') and p.avis = '' and p.decide_le is null`

// LireCampagne is the calendar set, or the one proposed.
func LireCampagne(a ecole.Annee, l *LigneCampagne) Campagne {
	if l == nil {
		return CampagneUsuelle(a)
	}
	return Campagne{Annee: a, Version: l.Version, Jours: l.Jours}
}

// Saison tells whether the campaign has begun, a month and a half before the first last day, until the rentrée.
func (c Campagne) Saison(today time.Time) bool {
	return !today.Before(c.Jours[0].AddDate(0, 0, -45)) && !today.After(c.Annee.Fin())
}

// Valider says what is wrong in the days set.
func (c Campagne) Valider() error {
	var list refusal.List
	for i, j := range Jalons {
		switch jour := c.Jours[i]; {
		case jour.IsZero():
			list.Add(j.Champ, "Indiquez la date.")
		case !c.Annee.Contient(jour):
			list.Add(j.Champ, "Cette date n’est pas de l’année scolaire "+c.Annee.Libelle()+".")
		case i > 0 && jour.Before(c.Jours[i-1]):
			list.Add(j.Champ, "Cette étape suit la précédente\u00a0: choisissez le "+date.Court(c.Jours[i-1])+" ou plus tard.")
		}
	}
	return list.Err()
}

// Regler sets the calendar of the département of an IA.
func Regler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Campagne) error {
	if err := c.Valider(); err != nil {
		return err
	}
	if err := ecrire(ctx, tx, `select regler_campagne_passage($1, $2, $3)`, int(c.Annee), c.Version, c.Jours); err != nil {
		return fmt.Errorf("passage: set the campaign: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ReglerCampagne, Objet: "campagne_passage"})
	return nil
}
