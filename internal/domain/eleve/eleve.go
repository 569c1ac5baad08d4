package eleve

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Nouveau is a child entered for the first time.
type Nouveau struct {
	Identite     Identite
	Adresse      Adresse
	Responsables []Responsable
	Ecole        string // UAI of the school he is inscrit in, "" on a waiting list
	Commune      string // INSEE code of the mairie that inscribes
	// Stricte: the commune has chosen to know the état civil only; home and responsables are the school's to ask
	// (design.md §2.4). Row security would refuse them.
	Stricte bool
}

// Valider says all that is missing or wrong, in the order of the form.
func (n Nouveau) Valider(agent habilitation.Agent) error {
	var l refusal.List
	_ = l.Take(n.Identite.Valider(agent.Aujourdhui()))
	if n.Stricte {
		return l.Err()
	}
	_ = l.Take(n.Adresse.Valider(""))
	if len(n.Responsables) == 0 {
		l.Add("responsable.0.nom_famille", "Indiquez au moins un responsable.")
	}
	for i, r := range n.Responsables {
		_ = l.Take(r.Valider(fmt.Sprintf("responsable.%d.", i)))
	}
	return l.Err()
}

const creerSQL = `
	insert into eleve (id, ecole_uai, mairie_insee, tenu_par, nom_famille, nom_usage, prenom, prenom2, prenom3, sexe,
		date_naissance, ne_etranger, commune_naissance_insee, adresse_id, cree_le)
	values ($1, nullif($2, ''), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif($13, ''), $14, $15)`

// Creer opens the file of a child: identity, home, responsables. The pen is the creator's.
func Creer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, n Nouveau) (uuid.UUID, error) {
	if err := n.Valider(agent); err != nil {
		return uuid.Nil, err
	}
	adresse, err := n.loger(ctx, tx)
	if err != nil {
		return uuid.Nil, err
	}
	id, i := uuid.New(), n.Identite
	if _, err := tx.Exec(ctx, creerSQL, id, n.Ecole, n.Commune, plume(agent), i.NomFamille, i.NomUsage, i.Prenom,
		i.Prenom2, i.Prenom3, i.Sexe, i.DateNaissance, i.NeEtranger, i.CommuneNaissance, adresse, agent.Maintenant); err != nil {
		return uuid.Nil, fmt.Errorf("eleve: create: %w", err)
	}
	if err := n.entourer(ctx, tx, id, adresse); err != nil {
		return uuid.Nil, err
	}
	return id, journal.Record(ctx, tx, agent, journal.Ligne{Acte: journal.Creer, Objet: "eleve", ID: id, Ecole: n.Ecole})
}

// loger records the home, nil where the commune does not ask for it.
func (n Nouveau) loger(ctx context.Context, tx territoire.Tx) (*uuid.UUID, error) {
	if n.Stricte {
		return nil, nil
	}
	id, err := creerAdresse(ctx, tx, n.Adresse)
	return &id, err
}

// entourer records the responsables, none where the commune does not ask for them.
func (n Nouveau) entourer(ctx context.Context, tx territoire.Tx, eleve uuid.UUID, domicile *uuid.UUID) error {
	if n.Stricte {
		return nil
	}
	for _, r := range n.Responsables {
		if err := ajouter(ctx, tx, eleve, domicile, r); err != nil {
			return err
		}
	}
	return nil
}

// plume is who holds the pen of a file that the agent opens.
func plume(agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return "mairie"
	}
	return "ecole"
}

const modifierIdentiteSQL = `
	update eleve set nom_famille = $2, nom_usage = $3, prenom = $4, prenom2 = $5, prenom3 = $6, sexe = $7,
		date_naissance = $8, ne_etranger = $9, commune_naissance_insee = nullif($10, ''), version = version + 1
	where id = $1`

// ModifierIdentite changes the civil status.
func ModifierIdentite(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, i Identite) error {
	if err := i.Valider(agent.Aujourdhui()); err != nil {
		return err
	}
	if _, err := lockEcriture(ctx, tx, agent, id, v); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, modifierIdentiteSQL, id, i.NomFamille, i.NomUsage, i.Prenom, i.Prenom2, i.Prenom3,
		i.Sexe, i.DateNaissance, i.NeEtranger, i.CommuneNaissance); err != nil {
		return fmt.Errorf("eleve: change the identity: %w", err)
	}
	return journal.Record(ctx, tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "eleve", ID: id, Ecole: agent.Ecole})
}

// ModifierAdresse changes the pupil's home, for all who share it.
func ModifierAdresse(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, a Adresse) error {
	if err := a.Valider(""); err != nil {
		return err
	}
	adresse, err := lockEcriture(ctx, tx, agent, id, v)
	if err != nil {
		return err
	}
	if adresse != nil {
		if err := modifierAdresse(ctx, tx, *adresse, a); err != nil {
			return err
		}
	} else {
		created, err := creerAdresse(ctx, tx, a)
		if err != nil {
			return err
		}
		adresse = &created
	}
	if _, err := tx.Exec(ctx, `update eleve set adresse_id = $2, version = version + 1 where id = $1`, id, adresse); err != nil {
		return fmt.Errorf("eleve: change the address: %w", err)
	}
	return journal.Record(ctx, tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "adresse", ID: id, Ecole: agent.Ecole})
}

// lockEcriture locks the file for writing and returns the pupil's address. The mairie writes until the school accepts
// the admission; from then on the school holds the pen (design.md §2.4).
func lockEcriture(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, expected int) (*uuid.UUID, error) {
	var tenuPar string
	err := tx.QueryRow(ctx, `select tenu_par from eleve where id = $1`, id).Scan(&tenuPar)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, refusal.NotFound()
	case err != nil:
		return nil, fmt.Errorf("eleve: read who holds the pen: %w", err)
	case agent.Role == habilitation.Mairie && tenuPar != "mairie":
		return nil, refusal.InConflict("L’école tient maintenant ce dossier : demandez-lui la correction.")
	}
	var present int
	var adresse *uuid.UUID
	err = tx.QueryRow(ctx, `select version, adresse_id from eleve where id = $1 for update`, id).Scan(&present, &adresse)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, refusal.NotFound()
	case err != nil:
		return nil, fmt.Errorf("eleve: lock: %w", err)
	case expected != 0 && expected != present:
		return nil, refusal.Outdated()
	}
	return adresse, nil
}
