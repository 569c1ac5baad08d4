package passage

import (
	"strconv"
	"time"
)

// Attente is the act that a pupil's passage waits for.
type Attente string

// The acts, in the order of the procedure.
const (
	AProposer Attente = "a_proposer"
	ANotifier Attente = "a_notifier"
	EnAttente Attente = "en_attente" // the answer of the family
	ADecider  Attente = "a_decider"
	Decides   Attente = "decides"
	EnAppel   Attente = "en_recours"
)

// Attentes lists them.
var Attentes = []Attente{AProposer, ANotifier, EnAttente, ADecider, Decides, EnAppel}

// Label is what waits, as its users name it.
func (a Attente) Label() string {
	return map[Attente]string{
		AProposer: "À proposer", ANotifier: "À notifier", EnAttente: "Réponse attendue", ADecider: "À décider",
		Decides: "Décidés", EnAppel: "En recours",
	}[a]
}

// Attend is what the passage waits for.
func (p Passage) Attend(today time.Time) Attente {
	switch {
	case p.Version == 0:
		return AProposer
	case p.Etat == Propose:
		return ANotifier
	case p.Etat == Notifie && !p.Tacite(today):
		return EnAttente
	case p.Etat == Notifie, p.Etat == Accepte, p.Etat == Conteste:
		return ADecider
	case p.Etat == EnRecours:
		return EnAppel
	}
	return Decides
}

// SQLAttente is Attend for a passage p that may not exist; $1 is today.
var SQLAttente = `case
	when p.etat is null then 'a_proposer'
	when p.etat = 'propose' then 'a_notifier'
	when p.etat = 'notifie' and p.notifie_le + ` + strconv.Itoa(Delai) + ` >= $1 then 'en_attente'
	when p.etat in ('notifie', 'accepte', 'conteste') then 'a_decider'
	when p.etat = 'en_recours' then 'en_recours'
	else 'decides' end`

// Comptes are how many pupils wait for each act.
type Comptes []Compte

// Compte is a row of SQLComptes.
type Compte struct {
	Attente Attente
	Nombre  int
}

// SQLComptes counts the pupils of the year $2, and of the class $3 if it is one.
var SQLComptes = `
	select ` + SQLAttente + ` as attente, count(*) as nombre
	from scolarite s left join passage p on p.scolarite_id = s.id
	where s.annee = $2 and s.etat = 'admis_definitif' and ($3::uuid is null or s.classe_id = $3)
	group by 1`

// De is how many wait for an act.
func (all Comptes) De(a Attente) int {
	for _, c := range all {
		if c.Attente == a {
			return c.Nombre
		}
	}
	return 0
}
