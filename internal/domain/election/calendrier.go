// Package election is the election of the parents' representatives at the conseil d'école: its calendar, who votes, who
// may be elected, how seats are shared. The directeur of a school comes here each autumn (art. D411-1 of the code de
// l'éducation; arrêté of 13 May 1985 relating to the conseil d'école; circulaire 2000-082 of 9 June 2000).
package election

import (
	"time"

	"base-eleves/internal/domain/ecole"
)

// Delays of the circulaire 2000-082 (II.1), in clear days before the vote: neither the day of the act nor that of the vote
// counts.
const (
	francsListe        = 20
	francsCandidatures = 10
	francsRemplacement = 8
	francsMateriel     = 6
)

// joursReunion is within how many days of the rentrée parents and associations are gathered; joursContestation is for how
// many days after the results they may be contested (arrêté of 13 May 1985).
const (
	joursReunion      = 15
	joursContestation = 5
)

// semaines is the number of the school weeks before the end of which one votes (arrêté of 13 May 1985, art. 1).
const semaines = 7

// Calendrier is the dates of an election.
type Calendrier struct {
	Annee   ecole.Annee
	Scrutin time.Time
}

// avant is the last day that leaves so many clear days before the vote.
func (c Calendrier) avant(francs int) time.Time { return c.Scrutin.AddDate(0, 0, -francs-1) }

// Reunion is the last day of the meeting where the election is explained.
func (c Calendrier) Reunion() time.Time { return c.Annee.Rentree().AddDate(0, 0, joursReunion) }

// Liste is the last day on which the list of voters may be fixed.
func (c Calendrier) Liste() time.Time { return c.avant(francsListe) }

// Candidatures is the last day on which a list of candidates may be handed in.
func (c Calendrier) Candidatures() time.Time { return c.avant(francsCandidatures) }

// Remplacement is the last day on which a candidate who withdraws may be replaced.
func (c Calendrier) Remplacement() time.Time { return c.avant(francsRemplacement) }

// Materiel is the last day on which ballots are handed or sent to the voters.
func (c Calendrier) Materiel() time.Time { return c.avant(francsMateriel) }

// Contestation is the last day on which results may be contested that were proclaimed on the day of the vote.
func (c Calendrier) Contestation() time.Time { return Recours(c.Scrutin) }

// Recours is the last day on which results may be contested that were proclaimed on a day.
func Recours(proclamees time.Time) time.Time { return proclamees.AddDate(0, 0, joursContestation) }

// Limite is the last day of the seventh week of the school year; the week of the rentrée is the first, whatever its day.
func Limite(annee ecole.Annee) time.Time {
	rentree := annee.Rentree()
	lundi := rentree.AddDate(0, 0, -(int(rentree.Weekday())+6)%7)
	return lundi.AddDate(0, 0, 7*semaines-1)
}

// Premier is the first day on which one may vote: the day after the rentrée leaves the list time to be fixed.
func Premier(annee ecole.Annee) time.Time { return annee.Rentree().AddDate(0, 0, francsListe+1) }
