package mandat

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// delegationMax is the longest delegation: a school year, with its summer.
const delegationMax = 366

// Delegation is what a directeur, or the IA in his absence, gives to a colleague who has his own account and his own key.
type Delegation struct {
	Identifiant string // of the colleague
	Ecole       string // UAI
	Niveau      habilitation.Delegation
	Debut, Fin  time.Time // both days included
}

var refusDelegation = map[string]error{
	"delegue":  refusal.Of("", "Vous agissez vous-même par délégation\u00a0: seule la direction ou l’inspection académique délègue."),
	"inconnu":  refusal.Of("identifiant", "Aucun compte ouvert de votre département ne porte cet identifiant. Demandez-le à votre collègue."),
	"soi":      refusal.Of("identifiant", "Vous ne pouvez pas vous donner une délégation."),
	"ailleurs": refusal.Of("identifiant", "Une délégation ne se donne ni à un agent de mairie, ni à un collège."),
	"service":  refusal.Of("identifiant", "Une délégation ne se donne pas au service informatique\u00a0: qui administre les comptes ne lit pas les dossiers."),
	"cle":      refusal.Of("identifiant", "Ce compte n’a pas de clé sécurisée. Votre collègue la demande au service informatique."),
	"doublon":  refusal.Of("identifiant", "Cette personne peut déjà agir pour cette école à ces dates."),
	"interim":  refusal.Of("delegation", "Seule l’inspection académique confie l’intérim."),
}

// Niveaux are the delegations that a role may give.
func Niveaux(role habilitation.Role) []habilitation.Delegation {
	if role == habilitation.IA {
		return habilitation.Delegations
	}
	return slices.DeleteFunc(slices.Clone(habilitation.Delegations), func(d habilitation.Delegation) bool { return d == habilitation.Interim })
}

// Deleguer lets a colleague act for a school, within dates: from the first, to the end of the last.
func Deleguer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Delegation) (uuid.UUID, error) {
	switch {
	case d.Fin.Before(d.Debut):
		return uuid.Nil, refusal.Of("fin", "La fin vient après le début.")
	case d.Fin.Before(agent.Aujourdhui()):
		return uuid.Nil, refusal.Of("fin", "Cette date est passée.")
	case d.Fin.Sub(d.Debut) > delegationMax*24*time.Hour:
		return uuid.Nil, refusal.Of("fin", "Une délégation dure au plus un an.")
	}
	id := uuid.New()
	var refus string
	err := tx.QueryRow(ctx, `select deleguer($1, $2, $3, $4, $5, $6, $7)`, id, strings.ToLower(strings.TrimSpace(d.Identifiant)), d.Ecole,
		string(d.Niveau), d.Debut, d.Fin, agent.Maintenant).Scan(&refus)
	if err != nil {
		return uuid.Nil, fmt.Errorf("mandat: delegate: %w", err)
	}
	if refus != "" {
		return uuid.Nil, refusDelegation[refus]
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Deleguer, Objet: "habilitation", ID: id, Ecole: d.Ecole, Motif: string(d.Niveau)})
	return id, nil
}

// Donnee is a delegation that was given.
type Donnee struct {
	ID          uuid.UUID
	EcoleUAI    string
	Ecole       string
	Commune     string
	CompteID    uuid.UUID
	Prenom, Nom string
	Delegation  habilitation.Delegation
	Debut, Fin  time.Time
	Etat        Etat
	Auteur      string
	DonneeLe    time.Time
	RetireeLe   *time.Time
}

// DonneesSQL reads the delegations of the schools of the scope, the open ones first, then the last ended.
const DonneesSQL = `select * from delegations_de_la_portee() order by (etat <> 'accordee' or fin < $1), fin desc, nom, id limit 200`

// Ouverte tells whether it may still serve, on a day.
func (d Donnee) Ouverte(day time.Time) bool { return d.Etat == Accordee && !d.Fin.Before(day) }
