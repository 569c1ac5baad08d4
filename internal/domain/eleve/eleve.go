package eleve

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Nouveau is a child entered for the first time.
type Nouveau struct {
	Identite     Identite
	Adresse      Adresse
	Responsables []Responsable
	Ecole        string // UAI of the school he is inscrit in, "" on a waiting list
	Commune      string // INSEE code of the mairie that inscribes
	// Foyer is a home that the register knows, which the child shares; Adresse is not recorded then.
	Foyer *uuid.UUID
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
	if n.Foyer == nil {
		_ = l.Take(n.Adresse.Valider(""))
	}
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
func Creer(tx territoire.Tx, agent habilitation.Agent, n Nouveau) (uuid.UUID, error) {
	if err := n.Valider(agent); err != nil {
		return uuid.Nil, err
	}
	id, i, adresse := uuid.New(), n.Identite, n.loger(tx)
	tx.Queue(creerSQL, id, n.Ecole, n.Commune, plume(agent), i.NomFamille, i.NomUsage, i.Prenom,
		i.Prenom2, i.Prenom3, i.Sexe, i.DateNaissance, i.NeEtranger, i.CommuneNaissance, adresse, agent.Maintenant)
	n.entourer(tx, id, adresse)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Creer, Objet: "eleve", ID: id, Ecole: n.Ecole})
	return id, nil
}

// loger records the home, nil where the commune does not ask for it.
func (n Nouveau) loger(tx territoire.Tx) *uuid.UUID {
	if n.Stricte || n.Foyer != nil {
		return n.Foyer
	}
	id := creerAdresse(tx, n.Adresse)
	return &id
}

// entourer records the responsables, none where the commune does not ask for them.
func (n Nouveau) entourer(tx territoire.Tx, eleve uuid.UUID, domicile *uuid.UUID) {
	if n.Stricte {
		return
	}
	for _, r := range n.Responsables {
		ajouter(tx, eleve, domicile, r)
	}
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
	tx.Queue(modifierIdentiteSQL, id, i.NomFamille, i.NomUsage, i.Prenom, i.Prenom2, i.Prenom3,
		i.Sexe, i.DateNaissance, i.NeEtranger, i.CommuneNaissance)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "eleve", ID: id, Ecole: agent.Ecole})
	return nil
}

// Fusionne is the state of a file that went into another: it is read, nobody writes in it any more.
const Fusionne = "fusionne"

// ErrFusionne refuses to write in such a file.
var ErrFusionne = refusal.InConflict("Ce dossier a été réuni à un autre\u00a0: corrigez celui qui le remplace.")

// lockSQL reads who holds the pen whatever the agent may do, and locks the file only if he may write in it.
const lockSQL = `
	with locked as (select version, adresse_id from eleve where id = $1 for update)
	select e.tenu_par, e.etat, coalesce(l.version, 0) as version, l.adresse_id from eleve e left join locked l on true
	where e.id = $1`

// verrou is a row of lockSQL; Version is 0 for who may not write in the file.
type verrou struct {
	TenuPar   string
	Etat      string
	Version   int
	AdresseID *uuid.UUID
}

// ouvrir locks a file, unless it went into another.
func ouvrir(ctx context.Context, tx territoire.Tx, id uuid.UUID) (verrou, error) {
	l, err := territoire.Ligne[verrou](ctx, tx, lockSQL, id)
	if err == nil && l.Etat == Fusionne {
		return l, ErrFusionne
	}
	return l, version.Check(err, "eleve", 0, 0)
}

// LockOuvert locks a file for whoever writes what hangs from it, be he not the one who holds the pen: a mairie notes the
// périscolaire of all its pupils. A file that went into another is refused.
func LockOuvert(ctx context.Context, tx territoire.Tx, id uuid.UUID) error {
	_, err := ouvrir(ctx, tx, id)
	return err
}

// lockEcriture locks the file for writing and returns the pupil's address. The mairie writes until the school accepts
// the admission; from then on the school holds the pen (design.md §2.4).
func lockEcriture(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, expected int) (*uuid.UUID, error) {
	l, err := ouvrir(ctx, tx, id)
	switch {
	case err != nil:
		return nil, err
	case agent.Role == habilitation.Mairie && l.TenuPar != "mairie":
		return nil, refusal.InConflict("L’école tient maintenant ce dossier\u00a0: demandez-lui la correction.")
	case l.Version == 0:
		return nil, refusal.NotFound()
	}
	return l.AdresseID, version.Check(nil, "eleve", expected, l.Version)
}
