// Package opposition is the word of a parent who refuses that the child leaves the school. One parent alone may ask for
// a radiation, since each is deemed to act with the other's consent (art. 372-2 of the Code civil), until the other has
// said no: the school then strikes nobody off and certifies nothing before the parents agree or the judge decides
// (domain.md §2.4). scolarite and the certificates come here to ask.
package opposition

import (
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
)

// Champ is the field of the refusals that an opposition causes: pages show beside them the way to lift it.
const Champ = "opposition"

// Motifs are the reasons for which an opposition ends.
var Motifs = []inscription.Valeur{
	{Code: "accord_des_parents", Label: "Les parents se sont mis d’accord par écrit"},
	{Code: "decision_du_juge", Label: "Le juge aux affaires familiales a décidé"},
	{Code: "retrait_autorite", Label: "Ce parent n’exerce plus l’autorité parentale"},
}

// Opposition is one, open until it is lifted.
type Opposition struct {
	RecueLe time.Time
	LeveeLe *time.Time
}

// Levee is why and on what ground an opposition ends.
type Levee struct {
	Le        time.Time
	Motif     string
	Reference string // of the written agreement or of the judgment, never its content
}

// validerReception refuses a day that has not come, and a responsable who has no say.
func validerReception(recueLe, today time.Time, autorite bool) error {
	var l refusal.List
	if !autorite {
		l.Add("responsable_id", "Choisissez qui s’oppose\u00a0: un responsable qui exerce l’autorité parentale.")
	}
	switch {
	case recueLe.IsZero():
		l.Add("recue_le", "Indiquez le jour où l’école a reçu l’opposition.")
	case recueLe.After(today):
		l.Add("recue_le", "L’opposition est reçue\u00a0: cette date est dans l’avenir.")
	}
	return l.Err()
}

// Lever ends the opposition: a motive and a reference are required, for whoever asks later why it was.
func (o *Opposition) Lever(l Levee, today time.Time) error {
	if o.LeveeLe != nil {
		return refusal.InConflict("Cette opposition est déjà levée.")
	}
	var list refusal.List
	switch {
	case l.Le.IsZero():
		list.Add("levee_le", "Indiquez la date de l’accord ou de la décision.")
	case l.Le.Before(o.RecueLe):
		list.Add("levee_le", "Cette date précède l’opposition, reçue le "+date.Court(o.RecueLe)+".")
	case l.Le.After(today):
		list.Add("levee_le", "Cette date est dans l’avenir.")
	}
	if !inscription.Connu(Motifs, l.Motif) {
		list.Add("motif_levee", "Choisissez pourquoi l’opposition est levée.")
	}
	if l.Reference == "" {
		list.Add("reference", "Indiquez la référence\u00a0: numéro du jugement, ou date de l’accord écrit.")
	}
	if err := list.Err(); err != nil {
		return err
	}
	o.LeveeLe = &l.Le
	return nil
}

// refuser is the sentence of whoever is stopped by an opposition.
func Opposee(recueLe time.Time) error {
	return refusal.Refusal{Kind: refusal.Conflict, Field: Champ, Motif: "Un parent s’oppose à la radiation depuis le " +
		date.Court(recueLe) + "\u00a0: l’école attend l’accord des parents ou la décision du juge, puis lève l’opposition dans le dossier."}
}
