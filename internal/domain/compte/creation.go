package compte

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
)

// Ecrivain is a transaction that writes: of the log-in pages, or of the owner of the base.
type Ecrivain interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Nouveau is an account to create, with its key and its habilitations.
type Nouveau struct {
	Identifiant   string
	Civilite      string // 'M.', 'Mme' or ""
	Nom, Prenom   string
	Empreinte     string     // of the password: see Hacher
	InitialJusquA *time.Time // end of an initial password, to be changed at the first log-in; nil for one's own
	Cle           otp.Cle    // see otp.Nouvelle
	Habilitations []Mandat
	CreeLe        time.Time
}

// Mandat is a habilitation to give: a role on a territory, named by the code that its role calls for.
type Mandat struct {
	Role       habilitation.Role
	Territoire string // INSEE code of the commune, UAI of the school…; "" is the nation, for Statistique
	Debut      time.Time
	Fin        *time.Time
}

// colonnes is where the territory of each role stands.
var colonnes = map[habilitation.Role]string{
	habilitation.Mairie:      "commune_insee",
	habilitation.Directeur:   "ecole_uai",
	habilitation.IEN:         "circonscription_uai",
	habilitation.IA:          "departement_code",
	habilitation.Service:     "departement_code",
	habilitation.College:     "college_uai",
	habilitation.Statistique: "academie_code",
}

// Creer writes an account whole. The identifier is refused as a form would refuse it.
func Creer(ctx context.Context, tx Ecrivain, box *coffre.Coffre, n Nouveau) (uuid.UUID, error) {
	identifiant, err := Identifiant(n.Identifiant)
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	if _, err := tx.Exec(ctx, `
		insert into compte (id, identifiant, civilite, nom, prenom, mot_de_passe, a_changer, initial_jusqu_au, cree_le)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, identifiant, n.Civilite, n.Nom, n.Prenom,
		n.Empreinte, n.InitialJusquA != nil, n.InitialJusquA, n.CreeLe); err != nil {
		return uuid.Nil, fmt.Errorf("compte: create the account: %w", err)
	}
	if err := remettre(ctx, tx, box, id, n.Cle, "active"); err != nil {
		return uuid.Nil, err
	}
	for _, m := range n.Habilitations {
		if err := habiliter(ctx, tx, id, m); err != nil {
			return uuid.Nil, err
		}
	}
	return id, nil
}

// remettre gives a key to an account, its secret sealed under its serial number.
func remettre(ctx context.Context, tx Ecrivain, box *coffre.Coffre, compte uuid.UUID, c otp.Cle, etat string) error {
	if _, err := tx.Exec(ctx, `
		insert into cle (id, compte_id, numero_serie, secret_chiffre, type, algorithme, chiffres, periode, dernier_pas, etat)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, uuid.New(), compte, c.Serie, box.Sceller(c.Secret, c.Serie),
		cmp.Or(c.Type, otp.TOTP), c.Algorithme, c.Chiffres, c.Periode, c.Neuve().Dernier, etat); err != nil {
		return fmt.Errorf("compte: hand out the key: %w", err)
	}
	return nil
}

func habiliter(ctx context.Context, tx Ecrivain, compte uuid.UUID, m Mandat) error {
	colonne, ok := colonnes[m.Role]
	if !ok {
		return fmt.Errorf("compte: unknown role %q", m.Role)
	}
	sql := fmt.Sprintf(`insert into habilitation (id, compte_id, role, debut, fin, %s)
		values ($1, $2, $3, $4, $5, nullif($6, ''))`, pgx.Identifier{colonne}.Sanitize())
	if _, err := tx.Exec(ctx, sql, uuid.New(), compte, m.Role, m.Debut, m.Fin, m.Territoire); err != nil {
		return fmt.Errorf("compte: give the habilitation: %w", err)
	}
	return nil
}
