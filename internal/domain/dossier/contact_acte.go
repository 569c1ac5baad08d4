package dossier

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

const objetContact = "personne_autorisee"

const ajouterContactSQL = `
	insert into personne_autorisee (id, eleve_id, nom_famille, prenom, lien, tel_portable, tel_domicile, tel_travail,
		urgence, autorisee, rang)
	select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce(max(rang), 0) + 1 from personne_autorisee where eleve_id = $2`

// AjouterContact adds somebody after those that the pupil has.
func AjouterContact(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, c Contact) error {
	if err := c.Valider(); err != nil {
		return err
	}
	// The file is locked so that two contacts added at once have each their rank.
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	id := uuid.New()
	tx.Queue(ajouterContactSQL, id, enfant, c.NomFamille, c.Prenom, c.Lien, c.TelPortable, c.TelDomicile, c.TelTravail,
		c.Urgence, c.Autorisee)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Creer, Objet: objetContact, ID: id, Ecole: agent.Ecole})
	return nil
}

const modifierContactSQL = `
	update personne_autorisee set nom_famille = $3, prenom = $4, lien = $5, tel_portable = $6, tel_domicile = $7,
		tel_travail = $8, urgence = $9, autorisee = $10, version = version + 1
	where eleve_id = $1 and id = $2`

// ModifierContact changes a contact of the pupil.
func ModifierContact(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant, id uuid.UUID, v int, c Contact) error {
	if err := c.Valider(); err != nil {
		return err
	}
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	if err := version.Lock(ctx, tx, objetContact, id, v); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, modifierContactSQL, enfant, id, c.NomFamille, c.Prenom, c.Lien, c.TelPortable, c.TelDomicile,
		c.TelTravail, c.Urgence, c.Autorisee)
	if err != nil {
		return fmt.Errorf("dossier: change the contact: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.NotFound()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: objetContact, ID: id, Ecole: agent.Ecole})
	return nil
}

// RetirerContact takes a contact away from the pupil.
func RetirerContact(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant, id uuid.UUID) error {
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, `delete from personne_autorisee where eleve_id = $1 and id = $2`, enfant, id)
	if err != nil {
		return fmt.Errorf("dossier: remove the contact: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.NotFound()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Supprimer, Objet: objetContact, ID: id, Ecole: agent.Ecole})
	return nil
}

// ordonnerSQL does not touch the version: an order is no change of what somebody else is typing.
const ordonnerSQL = `
	update personne_autorisee p set rang = o.rang
	from unnest($2::uuid[]) with ordinality as o (id, rang)
	where p.eleve_id = $1 and p.id = o.id and p.rang <> o.rang`

// AvancerContact has a contact called before the one that precedes him.
func AvancerContact(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant, id uuid.UUID) error {
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	if err := version.Lock(ctx, tx, objetContact, id, 0); err != nil {
		return err
	}
	type ligne struct{ ID uuid.UUID }
	rows, err := territoire.Lignes[ligne](ctx, tx, `select id from personne_autorisee where eleve_id = $1 order by rang, id`, enfant)
	if err != nil {
		return fmt.Errorf("dossier: read the contacts: %w", err)
	}
	ordre := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ordre[i] = r.ID
	}
	tx.Queue(ordonnerSQL, enfant, Avancer(ordre, id))
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: objetContact, ID: id, Ecole: agent.Ecole})
	return nil
}

// fratrieSQL locks those of the pupils named who have a responsable in common with this one, in files that the school
// holds and that went into no other.
const fratrieSQL = `
	select f.id from eleve f
	where f.id = any ($2) and f.id <> $1 and f.etat <> 'fusionne' and exists (
		select from lien_responsable a join lien_responsable b on b.responsable_id = a.responsable_id
		where a.eleve_id = $1 and b.eleve_id = f.id)
	order by f.id for update`

// recopierSQL leaves alone who is there already under the same name: nothing typed for a sibling is overwritten.
const recopierSQL = `
	insert into personne_autorisee (id, eleve_id, nom_famille, prenom, lien, tel_portable, tel_domicile, tel_travail,
		urgence, autorisee, rang)
	select gen_random_uuid(), f.id, c.nom_famille, c.prenom, c.lien, c.tel_portable, c.tel_domicile, c.tel_travail,
		c.urgence, c.autorisee,
		coalesce((select max(rang) from personne_autorisee where eleve_id = f.id), 0)
			+ row_number() over (partition by f.id order by c.rang, c.id)
	from personne_autorisee c, unnest($2::uuid[]) as f (id)
	where c.eleve_id = $1 and ($3::uuid[] is null or c.id = any ($3)) and not exists (
		select from personne_autorisee p where p.eleve_id = f.id
			and cle_nom(p.nom_famille || ' ' || p.prenom) = cle_nom(c.nom_famille || ' ' || c.prenom))`

// RecopierContacts gives the pupil's contacts to brothers and sisters. One who shares no responsable with him is not
// found.
func RecopierContacts(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, fratrie []uuid.UUID) error {
	return recopier(ctx, tx, agent, eleve, nil, fratrie)
}

// RecopierCertains gives a brother or a sister those of the pupil's contacts that are named.
func RecopierCertains(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, contacts []uuid.UUID, a uuid.UUID) error {
	return recopier(ctx, tx, agent, eleve, contacts, []uuid.UUID{a})
}

// recopier copies all of the contacts where none is named.
func recopier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, contacts, fratrie []uuid.UUID) error {
	type ligne struct{ ID uuid.UUID }
	found, err := territoire.Lignes[ligne](ctx, tx, fratrieSQL, eleve, fratrie)
	if err != nil {
		return fmt.Errorf("dossier: lock the siblings: %w", err)
	}
	if len(found) == 0 || len(found) != len(fratrie) {
		return refusal.NotFound()
	}
	tx.Queue(recopierSQL, eleve, fratrie, contacts)
	ecoles := make([]string, len(fratrie))
	for i := range ecoles {
		ecoles[i] = agent.Ecole
	}
	journal.RecordAll(tx, agent, journal.Modifier, "eleve", fratrie, ecoles)
	return nil
}
