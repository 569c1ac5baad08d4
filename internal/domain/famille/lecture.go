package famille

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// partage is a Partage as the base says it, in one column of JSON: a page reads it with the rest of a file.
type partage struct {
	Gens []struct {
		ID         uuid.UUID    `json:"id"`
		Eleve      bool         `json:"eleve"`
		Nature     eleve.Nature `json:"nature"`
		NomFamille string       `json:"nom_famille"`
		NomUsage   string       `json:"nom_usage"`
		Prenom     string       `json:"prenom"`
		Civilite   string       `json:"civilite"`
		Organisme  string       `json:"organisme"`
		Famille    bool         `json:"famille"`
		Ecole      bool         `json:"ecole"` // a school holds the pen
	} `json:"gens"`
	Version  int  `json:"version"` // of what is shared
	Ailleurs bool `json:"ailleurs"`
}

// gensSQL lays out those who share, the child of the file first.
const gensSQL = `
	json_build_object('gens', (select json_agg(json_build_object('id', id, 'eleve', eleve, 'nature', nature,
		'nom_famille', nom_famille, 'nom_usage', nom_usage, 'prenom', prenom, 'civilite', civilite, 'organisme', organisme,
		'famille', famille, 'ecole', ecole) order by id <> $1, not eleve, nom_famille, prenom, id) from gens),
		`

const eleveSQL = `
	select e.id, true as eleve, 'personne' as nature, e.nom_famille, e.nom_usage, e.prenom, '' as civilite, '' as organisme,
		exists (select from lien_responsable l join lien_responsable m using (responsable_id)
			where l.eleve_id = $1 and m.eleve_id = e.id) as famille,
		e.tenu_par = 'ecole' as ecole
	from eleve e `

// HabitantsSQL is who lives at the home of the pupil $1.
const HabitantsSQL = `
	with foyer as (select adresse_id as id from eleve where id = $1),
	gens as (` + eleveSQL + ` where e.etat <> 'fusionne' and e.id in (
			select id from eleve where adresse_id = (select id from foyer)
			union all
			select id from eleve where adresse2_id = (select id from foyer))
		union all
		select r.id, false, r.nature, r.nom_famille, r.nom_usage, r.prenom, r.civilite, r.organisme,
			exists (select from lien_responsable where eleve_id = $1 and responsable_id = r.id),
			responsable_ailleurs(r.id) or exists (select from lien_responsable l join eleve e on e.id = l.eleve_id
				where l.responsable_id = r.id and e.tenu_par = 'ecole')
		from responsable r where r.adresse_id = (select id from foyer))
	select ` + gensSQL + `'version', coalesce((select version from adresse where id = (select id from foyer)), 0),
		'ailleurs', coalesce(adresse_ailleurs((select id from foyer)), false))`

// EnfantsSQL is whose responsable $2 is, from the file of the pupil $1.
const EnfantsSQL = `
	with gens as (` + eleveSQL + ` where e.id in (select eleve_id from lien_responsable where responsable_id = $2))
	select ` + gensSQL + `'version', 0, 'ailleurs', responsable_ailleurs($2))`

// pour is who shares, for an agent: what a school holds is not for the mairie to change.
func (p partage) pour(agent habilitation.Agent, enfant uuid.UUID) Partage {
	d := Partage{Enfant: enfant, Version: p.Version, Ailleurs: p.Ailleurs}
	for _, g := range p.Gens {
		nom := eleve.NomListe(g.NomFamille, g.NomUsage, g.Prenom)
		if !g.Eleve {
			nom = eleve.Responsable{
				Nature: g.Nature, Civilite: g.Civilite, NomFamille: g.NomFamille, NomUsage: g.NomUsage, Prenom: g.Prenom, Organisme: g.Organisme,
			}.NomComplet()
		}
		d.Concernes = append(d.Concernes, Concerne{
			ID: g.ID, Eleve: g.Eleve, Nom: nom, Famille: g.Famille, Tenu: g.Ecole && agent.Role == habilitation.Mairie,
		})
	}
	return d
}

// Lire is who shares with the child, for the agent, out of the column that HabitantsSQL or EnfantsSQL gives.
func Lire(contenu []byte, agent habilitation.Agent, enfant uuid.UUID) (Partage, error) {
	var p partage
	if err := json.Unmarshal(contenu, &p); err != nil {
		return Partage{}, fmt.Errorf("famille: read who shares: %w", err)
	}
	return p.pour(agent, enfant), nil
}

func lire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, sql string, args ...any) (Partage, error) {
	var contenu []byte
	if err := tx.QueryRow(ctx, sql, args...).Scan(&contenu); err != nil {
		return Partage{}, fmt.Errorf("famille: read who shares: %w", err)
	}
	return Lire(contenu, agent, enfant)
}
