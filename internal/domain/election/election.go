package election

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
)

// Mode is how one votes.
type Mode string

// The modes. Voting by letter alone is for the directeur to decide, once the conseil d'école was asked (arrêté of 13 May
// 1985, art. 1).
const (
	Urne           Mode = "urne"
	Correspondance Mode = "correspondance"
)

// Modes lists them.
var Modes = []Mode{Urne, Correspondance}

// Label is the mode as its users name it.
func (m Mode) Label() string {
	return map[Mode]string{Urne: "À l’école et par correspondance", Correspondance: "Par correspondance seulement"}[m]
}

// Reports are why a vote takes place after the seventh week.
var Reports = []inscription.Valeur{
	{Code: "autorite", Label: "Date fixée par l’autorité académique"},
	{Code: "annulation", Label: "Élection recommencée après une annulation"},
}

// Heure is a time of the day in minutes after midnight; Sans for none, Illisible for what is no time.
type Heure int

// The times that are none.
const (
	Sans      Heure = -1
	Illisible Heure = -2
)

// ParseHeure reads 8h30, 8 h, 08:30 or 830.
func ParseHeure(s string) Heure {
	s = strings.NewReplacer(" ", "", "\u00a0", "", ":", "h", "H", "h").Replace(s)
	if s == "" {
		return Sans
	}
	heures, minutes, dit := strings.Cut(s, "h")
	if !dit && len(s) > 2 {
		heures, minutes = s[:len(s)-2], s[len(s)-2:]
	}
	if minutes == "" {
		minutes = "0"
	}
	h, err := strconv.Atoi(heures)
	m, err2 := strconv.Atoi(minutes)
	if err != nil || err2 != nil || h < 0 || h > 23 || m < 0 || m > 59 {
		return Illisible
	}
	return Heure(60*h + m)
}

// String writes 8 h 30, with spaces that do not break; nothing for none.
func (h Heure) String() string {
	if h < 0 {
		return ""
	}
	s := strconv.Itoa(int(h)/60) + "\u00a0h"
	if m := int(h) % 60; m > 0 {
		s += "\u00a0" + strconv.Itoa(m/10) + strconv.Itoa(m%10)
	}
	return s
}

// Scrutin is what the directeur decides of the election.
type Scrutin struct {
	Le      time.Time
	Report  string // a code of Reports, "" before the end of the seventh week
	Mode    Mode
	Ouvre   Heure
	Ferme   Heure
	Reunion time.Time // zero when it is not known
}

// dureeMin is for how long the polling station is open at least (circulaire 2000-082, II.2).
const dureeMin = 4 * 60

// Valider says what the texts do not allow in a year.
func (s Scrutin) Valider(annee ecole.Annee) error {
	var l refusal.List
	s.validerDate(annee, &l)
	if !slices.Contains(Modes, s.Mode) {
		l.Add("mode", "Choisissez comment on vote.")
	}
	s.validerHeures(&l)
	if !s.Reunion.IsZero() && (!annee.Contient(s.Reunion) || !s.Reunion.Before(s.Le)) {
		l.Add("reunion_le", "La réunion préalable se tient entre la rentrée et le vote.")
	}
	return l.Err()
}

func (s Scrutin) validerDate(annee ecole.Annee, l *refusal.List) {
	limite := Limite(annee)
	switch {
	case s.Le.IsZero():
		l.Add("scrutin_le", "Indiquez la date du vote.")
	case !annee.Contient(s.Le):
		l.Add("scrutin_le", "Cette date n’est pas de l’année scolaire "+annee.Libelle()+".")
	case s.Le.Before(Premier(annee)):
		l.Add("scrutin_le", "La liste électorale s’arrête vingt jours francs avant le vote, après la rentrée\u00a0: votez à partir du "+
			date.Long(Premier(annee))+".")
	case s.Le.After(limite) && s.Report == "":
		l.Add("scrutin_le", "On vote avant la fin de la septième semaine, au plus tard le "+date.Long(limite)+
			" (arrêté du 13\u00a0mai\u00a01985, art.\u00a01). Sinon, dites pourquoi le vote est plus tard.")
	case !s.Le.After(limite) && s.Report != "":
		l.Add("report", "Ce vote se tient avant la fin de la septième semaine\u00a0: aucun motif n’est nécessaire.")
	case s.Report != "" && !inscription.Connu(Reports, s.Report):
		l.Add("report", "Choisissez un motif de la liste.")
	}
}

func (s Scrutin) validerHeures(l *refusal.List) {
	switch {
	case s.Ouvre == Illisible:
		l.Add("ouvre_a", "Écrivez l’heure comme 8h30.")
	case s.Ferme == Illisible:
		l.Add("ferme_a", "Écrivez l’heure comme 12h30.")
	case s.Mode == Urne && s.Ouvre == Sans:
		l.Add("ouvre_a", "Indiquez l’heure d’ouverture du bureau de vote.")
	case s.Mode == Urne && s.Ferme == Sans, s.Ouvre != Sans && s.Ferme == Sans:
		l.Add("ferme_a", "Indiquez l’heure de fermeture du bureau de vote.")
	case s.Ouvre == Sans && s.Ferme != Sans:
		l.Add("ouvre_a", "Indiquez l’heure d’ouverture du bureau de vote.")
	case s.Ouvre != Sans && s.Ferme-s.Ouvre < dureeMin:
		l.Add("ferme_a", "Le bureau de vote reste ouvert au moins quatre heures de suite (circulaire du 9\u00a0juin\u00a02000).")
	}
}

// ArreterLe says whether the list of voters of this vote may be fixed on a day, seen from today.
func (s Scrutin) ArreterLe(annee ecole.Annee, le, today time.Time) error {
	limite := Calendrier{annee, s.Le}.Liste()
	switch {
	case le.IsZero():
		return refusal.Of("arretee_le", "Indiquez le jour où le bureau des élections arrête la liste.")
	case le.After(today):
		return refusal.Of("arretee_le", "Cette date est dans l’avenir.")
	case le.Before(annee.Rentree()):
		return refusal.Of("arretee_le", "La liste s’arrête après la rentrée.")
	case le.After(limite):
		return refusal.Of("arretee_le", "La liste s’arrête vingt jours francs avant le vote, au plus tard le "+date.Long(limite)+
			" (circulaire du 9\u00a0juin\u00a02000). Sinon, reportez le vote.")
	}
	return nil
}
