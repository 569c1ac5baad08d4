package scolarite

import (
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
)

// MotifsRadiation is nomenclature N6 of domain.md §3.11, less what only a machine would write.
var MotifsRadiation = []inscription.Valeur{
	{Code: "demenagement", Label: "Déménagement"},
	{Code: "changement_ecole_commune", Label: "Autre école de la commune"},
	{Code: "passage_autre_ecole", Label: "Fin de cycle, passage dans une autre école"},
	{Code: "entree_6e", Label: "Entrée en sixième"},
	{Code: "ecole_publique", Label: "Passage dans une école publique"},
	{Code: "ecole_privee", Label: "Passage dans une école privée"},
	{Code: "depart_etranger", Label: "Départ à l’étranger"},
	{Code: "instruction_famille", Label: "Instruction dans la famille"},
	{Code: "cned", Label: "CNED"},
	{Code: "esms_hopital", Label: "Établissement spécialisé ou hôpital"},
	{Code: "non_frequentation", Label: "Non-fréquentation"},
	{Code: "admission_erronee", Label: "Admission faite par erreur"},
	{Code: "deces", Label: "Décès"},
	{Code: "doublon", Label: "Dossier en double"},
}

// Depart is a radiation asked for. Le is the first day on which the pupil no longer belongs to the school.
type Depart struct {
	Le             time.Time
	Motif          string
	DestinationUAI string
	Destination    string
}

// Radier strikes the pupil off (T14; circulaire 91-220: at the written request of the family). For a day to come the
// departure is announced: he is there until then, and other schools know that he leaves (T13).
func (s *Scolarite) Radier(d Depart, today time.Time) error {
	var l refusal.List
	if s.Etat == Radie {
		return refusal.InConflict("Cet élève est déjà radié.")
	}
	if s.Etat != AdmisDefinitif {
		return refusal.InConflict("Seul un élève présent peut être radié\u00a0; un élève attendu «\u00a0ne viendra pas\u00a0».")
	}
	fin := ecole.Annee(s.Annee).Fin().AddDate(0, 0, 1)
	switch {
	case d.Le.IsZero():
		l.Add("date_radiation", "Indiquez la date de radiation.")
	case d.Le.Before(*s.DateAdmission):
		l.Add("date_radiation", "La date de radiation précède l’admission.")
	case d.Le.After(today) && d.Le.After(fin):
		l.Add("date_radiation", "Cette date est trop lointaine\u00a0: au plus tard le "+date.Long(fin)+", quand l’année scolaire finit.")
	}
	motif := d.Pour(s.Niveau)
	if !inscription.Connu(MotifsRadiation, motif) {
		l.Add("motif_radiation", d.sansMotif(s.Niveau))
	}
	if d.DestinationUAI == s.Ecole {
		l.Add("destination_uai", "L’élève est radié de cette école\u00a0: choisissez-en une autre.")
	}
	if err := l.Err(); err != nil {
		return err
	}
	if !d.Le.After(today) {
		s.Etat = Radie
	}
	s.DateRadiation, s.Motif, s.DestinationUAI, s.Destination = &d.Le, motif, d.DestinationUAI, d.Destination
	return nil
}

// FinDeCycle is the motive of those who leave because the school has no class after theirs: what it is called depends
// on the niveau.
const FinDeCycle = "fin_de_cycle"

// Pour is the motive for a pupil of a niveau.
func (d Depart) Pour(niveau string) string {
	if d.Motif != FinDeCycle {
		return d.Motif
	}
	return map[string]string{string(ecole.GS): "passage_autre_ecole", string(ecole.CM2): "entree_6e"}[niveau]
}

func (d Depart) sansMotif(niveau string) string {
	if d.Motif == FinDeCycle {
		return "La fin de cycle ne vaut que pour la GS et le CM2\u00a0: choisissez un autre motif pour le " + niveau + "."
	}
	return "Choisissez le motif de la radiation."
}

// Quittant tells whether a departure is announced: he is there, and until when is known.
func (s *Scolarite) Quittant() bool { return s.Etat == AdmisDefinitif && s.DateRadiation != nil }

// Retablir undoes a radiation, or takes an announced departure back: the pupil was here all along.
func (s *Scolarite) Retablir() error {
	if s.DateRadiation == nil {
		return refusal.InConflict("Cet élève n’est pas radié.")
	}
	s.Etat, s.DateRadiation, s.Motif, s.DestinationUAI, s.Destination = AdmisDefinitif, nil, "", "", ""
	return nil
}

// Situation is the state as its users name it, with the day of a departure that is announced.
func (e Etat) Situation(depart *time.Time) string {
	if e == AdmisDefinitif && depart != nil {
		return e.Label() + ", quitte l’école le " + date.Court(*depart)
	}
	return e.Label()
}
