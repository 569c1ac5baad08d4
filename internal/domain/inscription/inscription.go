// Package inscription is the mairie's act: a child is put on a waiting list or inscrit in a school for a school year
// (domain.md §2.3, T02 to T04; art. L131-5 of the code de l'éducation). The school's admission stands on it.
package inscription

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

// Etat is where an inscription stands.
type Etat string

// The states: domain.md §2.1.
const (
	EnAttente   Etat = "en_attente"
	Inscrit     Etat = "inscrit"
	Transformee Etat = "transformee" // consumed by an admission
	Annulee     Etat = "annulee"
	Refusee     Etat = "refusee"
)

// Label is the state as its users name it.
func (e Etat) Label() string {
	return map[Etat]string{
		EnAttente: "Liste d’attente", Inscrit: "Inscrit", Transformee: "Suivie d’une admission",
		Annulee: "Annulée", Refusee: "Refusée",
	}[e]
}

// Valeur is a coded value and its words.
type Valeur struct{ Code, Label string }

// Derogations are the motives of a request outside the sector or the commune (art. L212-8 and R212-21).
var Derogations = []Valeur{
	{"fratrie", "Frère ou sœur dans l’école"}, {"garde", "Mode de garde"}, {"travail", "Lieu de travail des parents"},
	{"sante", "Raison médicale attestée"}, {"proximite", "Proximité de l’école"}, {"autre", "Autre motif"},
}

// MotifsAnnulation is nomenclature N16 of domain.md §3.11.
var MotifsAnnulation = []Valeur{
	{"famille_renonce", "La famille renonce"}, {"double_demande", "Demande faite deux fois"},
	{"derogation_refusee", "Dérogation refusée"}, {"jamais_venu", "N’est jamais venu"}, {"erreur_saisie", "Erreur de saisie"},
}

// Libelle is the words of a code in a list of values.
func Libelle(values []Valeur, code string) string {
	for _, v := range values {
		if v.Code == code {
			return v.Label
		}
	}
	return ""
}

// Connu tells whether the code is one of the values.
func Connu(values []Valeur, code string) bool { return Libelle(values, code) != "" }

// Demande is what the family asks and the mairie decides.
type Demande struct {
	Annee      ecole.Annee
	Ecole      string       // UAI, "" on the commune's waiting list
	Niveau     ecole.Niveau // "" when not known yet
	Le         time.Time    // of the demand, and of the inscription when a school is given
	Derogation string
}

// etat is inscrit as soon as a school is given.
func (d Demande) etat() Etat {
	if d.Ecole == "" {
		return EnAttente
	}
	return Inscrit
}

// Place is what is known of the school asked for.
type Place struct {
	Type   ecole.Type
	Ouvert bool
}

// Valider says what is missing or wrong. place is nil on a waiting list.
func (d Demande) Valider(today time.Time, place *Place) error {
	var l refusal.List
	switch {
	case d.Le.IsZero():
		l.Add("date_inscription", "Indiquez la date d’inscription.")
	case d.Le.After(today):
		l.Add("date_inscription", "La date d’inscription est dans l’avenir.")
	case d.Le.Before(d.Annee.Debut().AddDate(-2, 0, 0)):
		l.Add("date_inscription", "Cette date est trop ancienne pour l’année scolaire "+d.Annee.Libelle()+".")
	}
	if d.Annee.Fin().Before(today) {
		l.Add("annee", "L’année scolaire "+d.Annee.Libelle()+" est terminée.")
	}
	if d.Derogation != "" && !Connu(Derogations, d.Derogation) {
		l.Add("derogation", "Choisissez un motif de la liste.")
	}
	if place != nil {
		d.validerPlace(*place, &l)
	}
	return l.Err()
}

func (d Demande) validerPlace(place Place, l *refusal.List) {
	if !place.Ouvert {
		l.Add("ecole_uai", "Cette école est fermée.")
	}
	if d.Niveau != "" && !place.Type.Ouvre(d.Niveau) {
		l.Add("niveau", "Cette école n’a pas de "+d.Niveau.Libelle()+".")
	}
}

// Inscription is one line of the mairie's list.
type Inscription struct {
	ID      uuid.UUID
	EleveID uuid.UUID
	Annee   int
	Commune string
	Ecole   string
	Etat    Etat
	Niveau  string
	Le      *time.Time
}

// Ouverte refuses to touch an inscription that an admission has consumed, or that was cancelled.
func (i Inscription) Ouverte() error {
	switch i.Etat {
	case EnAttente, Inscrit:
		return nil
	case Transformee:
		return refusal.InConflict("L’école a déjà répondu à cette inscription\u00a0: demandez-lui la correction.")
	default:
		return refusal.InConflict("Cette inscription est annulée.")
	}
}

// Annuler cancels, with its motive (T04): only while the school has not answered.
func (i *Inscription) Annuler(motif string) error {
	if err := i.Ouverte(); err != nil {
		return err
	}
	if !Connu(MotifsAnnulation, motif) {
		return refusal.Of("motif_annulation", "Choisissez le motif de l’annulation.")
	}
	i.Etat = Annulee
	if motif == "derogation_refusee" {
		i.Etat = Refusee
	}
	return nil
}
