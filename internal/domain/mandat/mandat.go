// Package mandat is the life of a habilitation: asked for by the service informatique, granted or refused by the IA,
// withdrawn; and the delegation that a directeur gives to a colleague. The pages of accounts come here. The base holds the
// territory and the four eyes by itself (migrations/0054_administration.sql); here is what the one who asks reads.
package mandat

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Etat is where a habilitation stands.
type Etat string

// The states. Only an accordée opens anything, within its dates.
const (
	Demandee Etat = "demandee"
	Accordee Etat = "accordee"
	Refusee  Etat = "refusee"
	Retiree  Etat = "retiree"
)

// Label is the state as one reads it.
func (e Etat) Label() string {
	return map[Etat]string{Demandee: "À accorder", Accordee: "Accordée", Refusee: "Refusée", Retiree: "Retirée"}[e]
}

// Roles are those that a département asks for. Statistics belong to an académie or to the nation: the owner of the base
// makes these accounts.
var Roles = []habilitation.Role{
	habilitation.Directeur, habilitation.Mairie, habilitation.IEN, habilitation.IA, habilitation.Service, habilitation.College,
}

// MotifsRefus are the reasons of a refusal.
var MotifsRefus = []compte.Motif{
	{Code: "personne", Label: "La personne n’exerce pas cette fonction"}, {Code: "territoire", Label: "Ce n’est pas son territoire"},
	{Code: "dates", Label: "Les dates sont à revoir"}, {Code: "doublon", Label: "Demande faite deux fois"},
}

// Demande is a habilitation asked for.
type Demande struct {
	Compte     uuid.UUID
	Role       habilitation.Role
	Territoire string // code of the commune, of the school…
	Debut      time.Time
	Fin        time.Time // zero for none
	Remplace   uuid.UUID // what it ends the day before, once granted; zero for nothing
}

func ouRien[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

var refusDemande = map[string]error{
	"compte":     refusal.NotFound(),
	"territoire": refusal.Of("territoire", "Ce territoire n’est pas de votre département."),
	"doublon":    refusal.Of("territoire", "Cette personne a déjà cette habilitation, ou l’attend, à ces dates."),
	"cumul":      refusal.Of("role", "Qui administre les comptes ne lit pas les dossiers. Une personne n’est pas du service informatique et d’ailleurs aux mêmes dates."),
	"remplace":   refusal.Of("debut", "La nouvelle habilitation commence après le début de celle qu’elle remplace."),
}

// Demander asks for a habilitation. It opens nothing before another person, of the IA, grants it.
func Demander(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Demande) (uuid.UUID, error) {
	if !d.Fin.IsZero() && d.Fin.Before(d.Debut) {
		return uuid.Nil, refusal.Of("fin", "La fin vient après le début.")
	}
	id := uuid.New()
	var refus string
	err := tx.QueryRow(ctx, `select demander_habilitation($1, $2, $3, $4, $5, $6, $7, $8)`, id, d.Compte, string(d.Role), d.Territoire,
		d.Debut, ouRien(d.Fin), ouRien(d.Remplace), agent.Maintenant).Scan(&refus)
	if err != nil {
		return uuid.Nil, fmt.Errorf("mandat: ask: %w", err)
	}
	if refus != "" {
		return uuid.Nil, refusDemande[refus]
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.DemanderHabilitation, Objet: "habilitation", ID: id, Motif: string(d.Role)})
	return id, nil
}

// Decider grants demands, or refuses them for a reason. All are decided or none.
func Decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ids []uuid.UUID, motif string) error {
	if motif != "" && compte.LibelleMotif(MotifsRefus, motif) == "" {
		return refusal.Of("motif", "Choisissez le motif du refus.")
	}
	decidees, err := territoire.Lignes[struct{ ID uuid.UUID }](ctx, tx, `select id from decider_habilitations($1, $2, $3) t (id)`, ids, motif, agent.Maintenant)
	if err != nil {
		return fmt.Errorf("mandat: decide: %w", err)
	}
	if len(decidees) != len(ids) {
		return refusDeDecider(ctx, tx, agent, ids)
	}
	acte := journal.AccorderHabilitation
	if motif != "" {
		acte = journal.RefuserHabilitation
	}
	for _, d := range decidees {
		journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "habilitation", ID: d.ID, Motif: motif})
	}
	return nil
}

// refusDeDecider says why not all were decided: one is not of the département, is his own, or was decided meanwhile.
func refusDeDecider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ids []uuid.UUID) error {
	var la, siennes int
	err := tx.QueryRow(ctx, `select count(*), count(*) filter (where demandee_par = $2 or compte_id = $2) from habilitation where id = any ($1)`,
		ids, agent.Compte).Scan(&la, &siennes)
	switch {
	case err != nil:
		return fmt.Errorf("mandat: decide: %w", err)
	case la < len(ids):
		return refusal.NotFound()
	case siennes > 0:
		return refusal.Of("", "Une autre personne de l’inspection académique décide de ce que vous avez demandé, et de vos propres habilitations.")
	}
	return refusal.InConflict("Une de ces demandes a été décidée entre-temps.")
}

// Retirer withdraws a habilitation, a demand or a delegation: it opens nothing from this instant.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, acte journal.Acte, ecole string) error {
	var fait bool
	if err := tx.QueryRow(ctx, `select retirer_habilitation($1, $2)`, id, agent.Maintenant).Scan(&fait); err != nil {
		return fmt.Errorf("mandat: withdraw: %w", err)
	}
	if !fait {
		return refusal.InConflict("Cette habilitation n’est plus ouverte, ou vous ne pouvez pas la retirer.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "habilitation", ID: id, Ecole: ecole})
	return nil
}

// Lieu is a territory of the département, by its code.
type Lieu struct{ Code, Nom string }

// lieuxMax is how many territories are offered when several answer.
const lieuxMax = 10

// LieuxSQL finds the territories of the département that a role ($1) may have, by their code or by words of their names ($2).
const LieuxSQL = `
	select code, nom from (
		select e.uai as code, e.nom || ', ' || k.nom as nom from ecole e join commune k on k.insee = e.commune_insee
		where $1 = 'directeur' and e.departement_code = portee_dsden() and e.ouverte
		union all
		select insee, nom from commune where $1 = 'mairie' and departement_code = portee_dsden()
		union all
		select uai, nom from circonscription where $1 = 'ien' and departement_code = portee_dsden()
		union all
		select g.uai, g.nom || ', ' || k.nom from college g join commune k on k.insee = g.commune_insee
		where $1 = 'college' and k.departement_code = portee_dsden() and g.ouvert
		union all
		select code, nom from departement where $1 in ('ia', 'service') and code = portee_dsden()) l
	where $1 in ('ia', 'service') or code = upper($2)
		or not code = upper($2) and ' ' || cle_nom(nom) like '% ' || cle_nom($2) || '%' and cle_nom($2) <> ''
	order by code <> upper($2), cle_nom(nom) <> cle_nom($2), cle_nom(nom), code limit 11`

// Situer finds the territory that words name. Several may answer: they are returned for one to be chosen.
func Situer(ctx context.Context, tx territoire.Tx, role habilitation.Role, dit string) (Lieu, []Lieu, error) {
	dit = strings.TrimSpace(dit)
	list, err := territoire.Lignes[Lieu](ctx, tx, LieuxSQL, string(role), dit)
	switch {
	case err != nil:
		return Lieu{}, nil, fmt.Errorf("mandat: find the territory: %w", err)
	case len(list) == 0:
		return Lieu{}, nil, refusal.Of("territoire", "Aucun territoire de votre département ne répond à ce nom ou à ce code.")
	case len(list) == 1 || strings.EqualFold(list[0].Code, dit):
		return list[0], nil, nil
	}
	return Lieu{}, list[:min(len(list), lieuxMax)], refusal.Of("territoire", "Plusieurs territoires répondent\u00a0: choisissez, ou donnez le code.")
}
