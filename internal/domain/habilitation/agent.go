// Package habilitation says who may do what: the roles, the rights, the one matrix that joins them, and the Agent,
// the person at work in a role on a territory, whom every page and every act receives.
package habilitation

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/territoire"
)

// Agent is a person logged in with password and key, acting under one habilitation, at one instant.
type Agent struct {
	Compte       uuid.UUID
	Habilitation uuid.UUID
	Role         Role
	Civilite     string     // Mme, M., or "" when his account does not say
	Nom          string     // first name and name, as shown on the page
	Territoire   string     // whom or what he acts for: "École Jean-Jaurès, Tarbes"
	Ecole        string     // UAI, of a directeur
	Commune      string     // INSEE code, of a mairie
	Delegation   Delegation // how far he may go in the place of the directeur; "" for one who acts for himself
	Delegant     string     // who gave it to him
	Plusieurs    bool       // holds other habilitations and may change
	Maintenant   time.Time
	Adresse      string // of the network he comes from
	Requete      string // the request he makes: one name for all that it does
	EnLecture    *bool  // told by what he reads, on this request, whether he may only read
}

// Can tells whether the agent holds the right: that of his role, within what he was delegated.
func (a Agent) Can(d Droit) bool { return a.Role.Holds(d) && a.Delegation.laisse(d) }

// ParDelegation says in whose place he acts, and how far; "" for one who acts in his own name.
func (a Agent) ParDelegation() string {
	if a.Delegation == "" {
		return ""
	}
	return a.Delegation.Label() + ", par délégation de " + a.Delegant
}

// Portee is the scope of the agent's reading and writing.
func (a Agent) Portee() territoire.Portee {
	return territoire.Portee{
		Role: string(a.Role), Habilitation: a.Habilitation, Compte: a.Compte, Le: a.Maintenant, Adresse: a.Adresse, Requete: a.Requete, EnLecture: a.EnLecture,
	}
}

// Aujourdhui is the agent's day, at midnight UTC: what a date column holds.
func (a Agent) Aujourdhui() time.Time {
	y, m, d := a.Maintenant.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
