package liste

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/discret"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Gardee is what a list is called, and who sees it.
type Gardee struct {
	Nom      string
	Partagee bool // with all who act for the same school, or the same mairie
}

// Longueur of the words that one gives to a list, in characters.
const Longueur = 80

// Partageable tells whether a role shares its lists: an inspection has nobody to share them with.
func Partageable(role habilitation.Role) bool {
	return role == habilitation.Directeur || role == habilitation.Mairie
}

func (g Gardee) valider(agent habilitation.Agent) error {
	var l refusal.List
	if g.Nom == "" {
		l.Add("nom", "Donnez un nom à la liste.")
	}
	if len([]rune(g.Nom)) > Longueur {
		l.Add("nom", "Le nom d’une liste a 80\u00a0caractères au plus.")
	}
	_ = l.Take(discret.Valider("nom", g.Nom))
	if g.Partagee && !Partageable(agent.Role) {
		l.Add("partagee", "Seules une école et une mairie partagent leurs listes.")
	}
	return l.Err()
}

// Valider says what is wrong with a list, before it is shown as well as before it is kept.
func (d Definition) Valider() error {
	var l refusal.List
	if len(d.Colonnes) == 0 {
		l.Add("c", "Choisissez au moins une colonne.")
	}
	if len(d.Colonnes) > MaxColonnes {
		l.Add("c", fmt.Sprintf("Une liste a %d\u00a0colonnes au plus.", MaxColonnes))
	}
	_ = l.Take(discret.Valider("titre", d.Titre))
	for _, c := range d.Colonnes {
		if c.Code == Vide {
			_ = l.Take(discret.Valider("vide_titre", c.Titre))
		}
	}
	return l.Err()
}

// MaxColonnes is how many columns a sheet can hold and still be read.
const MaxColonnes = 20

// Garder keeps a list under a name.
func Garder(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, g Gardee, d Definition) (uuid.UUID, error) {
	if err := g.valider(agent); err != nil {
		return uuid.Nil, err
	}
	d, kept, err := d.ecrire(agent)
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err = tx.Exec(ctx, `insert into liste (id, compte_id, ecole_uai, commune_insee, nom, partagee, definition, modifiee_le)
		values ($1, $2, nullif($3, ''), nullif($4, ''), $5, $6, $7, $8)`,
		id, agent.Compte, agent.Ecole, agent.Commune, g.Nom, g.Partagee, kept, agent.Maintenant)
	if err != nil {
		return uuid.Nil, fmt.Errorf("liste: keep %d columns: %w", len(d.Colonnes), err)
	}
	noter(tx, agent, journal.Creer, id)
	return id, nil
}

func (d Definition) ecrire(agent habilitation.Agent) (Definition, []byte, error) {
	d = d.Pour(agent.Role)
	if err := d.Valider(); err != nil {
		return d, nil, err
	}
	kept, err := d.Ecrire()
	return d, kept, err
}

// Renommer changes the name of a list, and who sees it. Nobody takes back to himself what another has made.
func Renommer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, g Gardee) error {
	if err := version.Lock(ctx, tx, "liste", id, v); err != nil {
		return err
	}
	if err := g.valider(agent); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, `update liste set nom = $2, partagee = $3, modifiee_le = $4, version = version + 1
		where id = $1 and ($3 or compte_id = $5)`, id, g.Nom, g.Partagee, agent.Maintenant, agent.Compte)
	if err != nil {
		return fmt.Errorf("liste: rename: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.Of("partagee", "Une autre personne a fait cette liste\u00a0: elle seule peut cesser de la partager.")
	}
	noter(tx, agent, journal.Modifier, id)
	return nil
}

// Remplacer keeps another definition under the name of a list.
func Remplacer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, d Definition) error {
	if err := version.Lock(ctx, tx, "liste", id, v); err != nil {
		return err
	}
	_, kept, err := d.ecrire(agent)
	if err != nil {
		return err
	}
	tx.Queue(`update liste set definition = $2, modifiee_le = $3, version = version + 1 where id = $1`, id, kept, agent.Maintenant)
	noter(tx, agent, journal.Modifier, id)
	return nil
}

// Supprimer puts a list aside: Retablir takes it back, for thirty days.
func Supprimer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if err := version.Ecarter(ctx, tx, "liste", id, agent.Maintenant); err != nil {
		return err
	}
	noter(tx, agent, journal.Supprimer, id)
	return nil
}

// Retablir takes back a list that was put aside.
func Retablir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if err := version.Reprendre(ctx, tx, "liste", id); err != nil {
		return err
	}
	noter(tx, agent, journal.Creer, id)
	return nil
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "liste", ID: id, Ecole: agent.Ecole})
}

// Oublier erases the lists, and the letters of schools, that were put away too long ago to be brought back.
func Oublier(tx territoire.Tx, now time.Time) {
	tx.Queue(`select oublier_listes($1)`, now)
}
