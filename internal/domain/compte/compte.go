// Package compte is the door of the application: accounts, passwords, keys, and the brake on those who guess. The
// log-in pages come here to let somebody in, the command line to make the first administrator, the demonstration and
// the tests to make accounts. Whatever is wrong, an account that exists and one that does not get the same answer, for
// the same work.
package compte

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Gate lets in those who give the password, then the code of the key. There is one for each process: it bounds the
// number of passwords hashed at the same time.
type Gate struct {
	DB     *territoire.DB
	Coffre *coffre.Coffre
	Log    *slog.Logger

	hacheur *hacheur
}

// NewGate makes the gate of a process.
func NewGate(db *territoire.DB, c *coffre.Coffre, log *slog.Logger) *Gate {
	return &Gate{DB: db, Coffre: c, Log: log, hacheur: newHacheur()}
}

// Visite is where and when an attempt comes from.
type Visite struct {
	Adresse    string // of the network, as Adresse reads it
	Appareil   string // what this browser was given at an earlier log-in, "" for none
	Maintenant time.Time
}

var errIncorrect = refusal.Of("", "Identifiant ou mot de passe incorrect.")

// fiche is what the first step needs to know of an account; its zero value is an account that does not exist.
type fiche struct {
	ID             uuid.UUID
	MotDePasse     string
	InitialJusquAu *time.Time
	Actif          bool
}

// MotDePasse is the first step: it returns the account whose password this is. That opens nothing yet.
func (g *Gate) MotDePasse(ctx context.Context, v Visite, identifiant, motDePasse string) (uuid.UUID, error) {
	identifiant = normaliser(identifiant)
	var e essai
	var f fiche
	err := g.DB.Connexion(ctx, func(tx territoire.Tx) (err error) {
		if e, err = prendre(ctx, tx, g.freins(v, identifiant), v.Maintenant); err != nil {
			return err
		}
		f, err = chercher(ctx, tx, identifiant)
		return err
	})
	if err != nil {
		return uuid.Nil, err
	}
	// No transaction is open while the password is hashed.
	tape, perime, err := g.reconnaitre(ctx, f, motDePasse)
	if err != nil {
		return uuid.Nil, errors.Join(err, g.rendre(ctx, e))
	}
	if tape == "" || !f.Actif {
		g.Log.WarnContext(ctx, "log-in refused", "step", "mot_de_passe", "compte", f.ID)
		return uuid.Nil, errors.Join(errIncorrect, g.noter(ctx, v, f.ID))
	}
	return f.ID, g.accueillir(ctx, v, e, f, tape, perime)
}

// echecsMax is how many wrong passwords in a row close an account until the service informatique opens it again (NIST
// SP 800-63B, 100; security.md AUT-7). The brake makes that a day's work at least, and a log-in starts the count again.
const echecsMax = 100

const compterSQL = `
	update compte set echecs = echecs + 1, actif = actif and echecs + 1 < $2,
		suspendu_le = case when actif and echecs + 1 >= $2 then $3 else suspendu_le end,
		suspension_motif = case when actif and echecs + 1 >= $2 then $4 else suspension_motif end,
		version = version + case when actif and echecs + 1 >= $2 then 1 else 0 end
	where id = $1 returning echecs = $2 and not actif and suspendu_le = $3`

// noter writes a wrong password in the journal and counts it, the same work whether the account exists or not.
func (g *Gate) noter(ctx context.Context, v Visite, compte uuid.UUID) error {
	return g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		journal.RecordConnexion(tx, compte, "mot_de_passe", v.Adresse, v.Maintenant)
		var suspendu bool
		err := tx.QueryRow(ctx, compterSQL, compte, echecsMax, v.Maintenant, MotifEssais).Scan(&suspendu)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("compte: count a wrong password: %w", err)
		}
		if suspendu {
			journal.RecordTitulaire(tx, compte, journal.SuspendreCompte, v.Adresse, v.Maintenant)
		}
		return nil
	})
}

// accueillir gives back the attempt of one who knew the password, and hashes it again when parameters have risen.
func (g *Gate) accueillir(ctx context.Context, v Visite, e essai, f fiche, motDePasse string, perime bool) error {
	if err := g.rendre(ctx, e); err != nil {
		return err
	}
	if f.InitialJusquAu != nil && v.Maintenant.After(*f.InitialJusquAu) {
		g.Log.WarnContext(ctx, "initial password expired", "compte", f.ID)
		return refusal.Of("", "Ce mot de passe n’est plus valable\u00a0: il fallait le changer à temps. Demandez une lettre au service informatique.")
	}
	if !perime {
		return nil
	}
	empreinte, err := g.hacheur.hacher(ctx, motDePasse)
	if err != nil {
		return err
	}
	return g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		_, err := tx.Exec(ctx, `update compte set mot_de_passe = $2 where id = $1 and mot_de_passe = $3`,
			f.ID, empreinte, f.MotDePasse)
		return err
	})
}

func chercher(ctx context.Context, tx territoire.Tx, identifiant string) (fiche, error) {
	f, err := territoire.Ligne[fiche](ctx, tx,
		`select id, mot_de_passe, initial_jusqu_au, actif from compte where identifiant = $1`, identifiant)
	if errors.Is(err, pgx.ErrNoRows) {
		return fiche{}, nil
	}
	if err != nil {
		return fiche{}, fmt.Errorf("compte: find the account: %w", err)
	}
	return f, nil
}

// reconnaitre returns the password as its hash was made: as typed, or the secret of a letter without what does not count; ""
// for neither. A phrase of twenty letters has the shape of such a secret: it is compared twice, whatever the account is, so
// that the time says nothing of it.
func (g *Gate) reconnaitre(ctx context.Context, f fiche, motDePasse string) (tape string, perime bool, err error) {
	juste, perime, err := g.hacheur.verifier(ctx, motDePasse, f.empreinte())
	if err != nil || juste {
		return motDePasse, perime, err
	}
	nu := nuDActivation(motDePasse)
	if nu == motDePasse {
		return "", false, nil
	}
	empreinte := leurre
	if f.InitialJusquAu != nil {
		empreinte = f.empreinte()
	}
	if juste, perime, err = g.hacheur.verifier(ctx, nu, empreinte); err != nil || !juste {
		return "", false, err
	}
	return nu, perime, nil
}

// empreinte is the hash to compare with: one that no password gives when there is no account.
func (f fiche) empreinte() string {
	if f.MotDePasse == "" {
		return leurre
	}
	return f.MotDePasse
}

// identifiantMax bounds what is looked up, well above what the base accepts.
const identifiantMax = 100

// normaliser reads an identifier as typed: capitals and spaces around it do not count.
func normaliser(s string) string {
	s = strings.ToLower(strings.TrimSpace(norm.NFC.String(s)))
	if r := []rune(s); len(r) > identifiantMax {
		return string(r[:identifiantMax])
	}
	return s
}

var (
	identifiantShape = regexp.MustCompile(`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`)
	codePublic       = regexp.MustCompile(`^([0-9]{7}[a-z]|[0-9][0-9ab][0-9]{3})$`)
)

// Identifiant reads an identifier chosen for a new account. The founding documents forbid public numbers of schools
// and communes; one that begins with a letter is none.
func Identifiant(s string) (string, error) {
	s = normaliser(s)
	switch {
	case codePublic.MatchString(s):
		return "", refusal.Of("identifiant", "Un identifiant n’est ni un code UAI ni un code INSEE\u00a0: ces numéros sont publics.")
	case len(s) < 3 || len(s) > 60 || !identifiantShape.MatchString(s):
		return "", refusal.Of("identifiant", "De 3 à 60 lettres sans accent, chiffres, points ou tirets, par exemple claire.fabre.")
	}
	return s, nil
}
