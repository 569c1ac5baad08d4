package compte

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// AmorceDuree is how long the token of the first administrator serves (security.md AUT-3).
const AmorceDuree = 72 * time.Hour

var errAmorce = refusal.Of("amorce", "Ce jeton n’est pas valable\u00a0: il a déjà servi, il a expiré, ou il est mal recopié.")

// CreerAmorce makes the one-use token of the first administrator, of 130 bits; a former one is dead. Only the owner of
// the base may: the command line. The base keeps a hash.
func CreerAmorce(ctx context.Context, tx Ecrivain, now time.Time) (string, error) {
	jeton := rand.Text()
	if _, err := tx.Exec(ctx, `delete from amorce`); err != nil {
		return "", fmt.Errorf("compte: end former tokens: %w", err)
	}
	if _, err := tx.Exec(ctx, `insert into amorce (empreinte, expire_le) values ($1, $2)`,
		empreinteAmorce(jeton), now.Add(AmorceDuree)); err != nil {
		return "", fmt.Errorf("compte: create the token: %w", err)
	}
	return jeton, nil
}

// empreinteAmorce reads a token as it was copied, in capitals or not.
func empreinteAmorce(jeton string) []byte {
	sum := sha256.Sum256([]byte(strings.ToUpper(strings.TrimSpace(jeton))))
	return sum[:]
}

// Demande is what the first administrator says of himself.
type Demande struct {
	Jeton                    string
	Identifiant              string
	Civilite, Nom, Prenom    string
	MotDePasse, Confirmation string
	Departement              string
}

// Preparation is an administrator who has still to show that his key works. It waits in the session: no secret in it
// can be read there.
type Preparation struct {
	Amorce                []byte // hash of the token
	Identifiant           string
	Civilite, Nom, Prenom string
	Empreinte             string // hash of the password
	Departement           string
	Serie                 string
	Secret                []byte // sealed
}

// Preparer checks the token, then what is said, and makes the key. The token is not spent yet.
func (g *Gate) Preparer(ctx context.Context, v Visite, d Demande) (Preparation, error) {
	if err := g.essayerAmorce(ctx, v, d.Jeton); err != nil {
		return Preparation{}, err
	}
	identifiant, refus := d.juger()
	if refus != nil {
		return Preparation{}, refus
	}
	empreinte, err := g.hacheur.hacher(ctx, d.MotDePasse)
	if err != nil {
		return Preparation{}, err
	}
	c := otp.Nouvelle()
	return Preparation{
		Amorce: empreinteAmorce(d.Jeton), Identifiant: identifiant, Civilite: d.Civilite, Nom: d.Nom, Prenom: d.Prenom,
		Empreinte: empreinte, Departement: d.Departement, Serie: c.Serie, Secret: g.Coffre.Sceller(c.Secret, c.Serie),
	}, nil
}

// essayerAmorce refuses a token that is not good, and slows down whoever tries several.
func (g *Gate) essayerAmorce(ctx context.Context, v Visite, jeton string) error {
	var bonne bool
	err := g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		e, err := prendre(ctx, tx, []frein{{cle: "adresse:" + v.Adresse, budget: parAdresse, durable: true}}, v.Maintenant)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `select exists (select from amorce where empreinte = $1 and expire_le > $2)`,
			empreinteAmorce(jeton), v.Maintenant).Scan(&bonne); err != nil || !bonne {
			return err
		}
		return e.rendre(ctx, tx)
	})
	if err == nil && !bonne {
		g.Log.WarnContext(ctx, "first administrator refused")
		return errAmorce
	}
	return err
}

// juger tells all that is wrong in what is said.
func (d Demande) juger() (identifiant string, err error) {
	var refus refusal.List
	identifiant, err = Identifiant(d.Identifiant)
	if err := refus.Take(err); err != nil {
		return "", err
	}
	if d.Nom == "" {
		refus.Add("nom", "Indiquez le nom.")
	}
	if d.Prenom == "" {
		refus.Add("prenom", "Indiquez le prénom.")
	}
	if dep, ok := commune.FindDepartement(d.Departement); !ok || dep.Academie.Code == "" {
		refus.Add("departement", "Choisissez le département.")
	}
	if err := refus.Take(juges(d.MotDePasse, d.Confirmation, []string{d.Identifiant, d.Nom, d.Prenom})); err != nil {
		return "", err
	}
	return identifiant, refus.Err()
}

// ClePreparee is the key to show to the one who prepares.
func (g *Gate) ClePreparee(p Preparation) (otp.Cle, error) {
	secret, err := g.Coffre.Ouvrir(p.Secret, p.Serie)
	if err != nil {
		return otp.Cle{}, fmt.Errorf("compte: open the key: %w", err)
	}
	c := otp.Nouvelle()
	c.Serie, c.Secret = p.Serie, secret
	return c, nil
}

// Amorcer spends the token: it makes the first administrator, who has typed a code of his key.
func (g *Gate) Amorcer(ctx context.Context, p Preparation, code string, now time.Time) error {
	c, err := g.ClePreparee(p)
	if err != nil {
		return err
	}
	m, v, err := c.Juger(chiffres(code), c.Neuve(), now)
	if err != nil {
		return err
	}
	if v != otp.Juste {
		return errCode
	}
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error { return g.installer(ctx, tx, p, c, m.Dernier, now) })
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.ConstraintName == "identifiant_unique" {
		return refusal.Of("", "Cet identifiant est déjà pris. Recommencez avec un autre.")
	}
	if err != nil {
		return err
	}
	g.Log.InfoContext(ctx, "first administrator created")
	return nil
}

func (g *Gate) installer(ctx context.Context, tx territoire.Tx, p Preparation, c otp.Cle, pas int64, now time.Time) error {
	tag, err := tx.Exec(ctx, `delete from amorce where empreinte = $1 and expire_le > $2`, p.Amorce, now)
	if err != nil {
		return fmt.Errorf("compte: spend the token: %w", err)
	}
	if tag.RowsAffected() != 1 {
		return refusal.Of("", errAmorce.Motif) // the field of the token is on the page before
	}
	if err := placer(ctx, tx, p.Departement); err != nil {
		return err
	}
	id, err := Creer(ctx, tx, g.Coffre, Nouveau{
		Identifiant: p.Identifiant, Civilite: p.Civilite, Nom: p.Nom, Prenom: p.Prenom, Empreinte: p.Empreinte,
		Cle: c, CreeLe: now, Habilitations: []Mandat{{Role: habilitation.Service, Territoire: p.Departement, Debut: now}},
	})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update cle set dernier_pas = $2 where compte_id = $1`, id, pas)
	return err
}

// placer puts the département in the base, where no directory was imported yet.
func placer(ctx context.Context, tx territoire.Tx, code string) error {
	d, _ := commune.FindDepartement(code)
	if _, err := tx.Exec(ctx, `insert into academie (code, nom) values ($1, $2) on conflict do nothing`,
		d.Academie.Code, d.Academie.Nom); err != nil {
		return fmt.Errorf("compte: place the académie: %w", err)
	}
	if _, err := tx.Exec(ctx, `insert into departement (code, nom, academie_code) values ($1, $2, $3) on conflict do nothing`,
		d.Code, d.Nom, d.Academie.Code); err != nil {
		return fmt.Errorf("compte: place the département: %w", err)
	}
	return nil
}
