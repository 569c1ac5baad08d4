package compte

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Cle is a secure key: it shows a code that changes with time (TOTP, RFC 6238).
type Cle struct {
	Serie      string
	Secret     []byte
	Algorithme string // 'SHA1', 'SHA256', 'SHA512'
	Chiffres   int
	Periode    int // seconds
}

// secretLen is 160 bits, as RFC 4226 §4 recommends.
const secretLen = 20

// NouvelleCle makes a key held by a telephone or a computer; SHA-1, six digits and thirty seconds are what every
// such application understands.
func NouvelleCle() Cle {
	c := Cle{Serie: "L-" + rand.Text()[:12], Secret: make([]byte, secretLen), Algorithme: "SHA1", Chiffres: 6, Periode: 30}
	_, _ = rand.Read(c.Secret) // never fails
	return c
}

// Base32 is the secret as one types it in an application.
func (c Cle) Base32() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(c.Secret)
}

// URL is the address that applications read in a QR code.
func (c Cle) URL(identifiant string) (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: "Base élèves", AccountName: identifiant, Secret: c.Secret,
		Digits: otp.Digits(c.Chiffres), Algorithm: c.algorithme(), Period: uint(c.Periode),
	})
	if err != nil {
		return "", fmt.Errorf("compte: address of the key: %w", err)
	}
	return key.URL(), nil
}

func (c Cle) algorithme() otp.Algorithm {
	return map[string]otp.Algorithm{
		"SHA1": otp.AlgorithmSHA1, "SHA256": otp.AlgorithmSHA256, "SHA512": otp.AlgorithmSHA512,
	}[c.Algorithme]
}

// Code is what the key shows at that time.
func (c Cle) Code(now time.Time) (string, error) { return c.code(c.pas(now)) }

// pas is the time step of an instant.
func (c Cle) pas(now time.Time) int64 { return now.Unix() / int64(c.Periode) }

func (c Cle) code(pas int64) (string, error) {
	return hotp.GenerateCodeCustom(c.Base32(), uint64(pas), hotp.ValidateOpts{
		Digits: otp.Digits(c.Chiffres), Algorithm: c.algorithme(),
	})
}

// derive is how many steps a key may be early or late: RFC 6238 §5.2 recommends one.
const derive = 1

// trouver is the step whose code this is, near now. Every step is compared, whichever is right.
func (c Cle) trouver(code string, now time.Time) (pas int64, ok bool, err error) {
	for p := c.pas(now) - derive; p <= c.pas(now)+derive; p++ {
		attendu, err := c.code(p)
		if err != nil {
			return 0, false, fmt.Errorf("compte: code of the key: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(attendu), []byte(code)) == 1 {
			pas, ok = p, true
		}
	}
	return pas, ok, nil
}

// The refusals of a code. The second tells somebody who knows the password why a code that he reads does not pass.
var (
	errCode      = refusal.Of("code", "Ce code n’est pas le bon. Recopiez celui que la clé affiche en ce moment.")
	errDejaServi = refusal.Of("code", "Ce code a déjà servi. Attendez que la clé en affiche un nouveau.")
	errSansCle   = refusal.Of("", "Ce compte n’a pas de clé en service. Adressez-vous au service informatique.")
)

// cleActive is a key in the base, with what the second step decides by.
type cleActive struct {
	ID            uuid.UUID
	NumeroSerie   string
	SecretChiffre []byte
	Algorithme    string
	Chiffres      int
	Periode       int
	AChanger      bool
}

const cleSQL = `
	select k.id, k.numero_serie, k.secret_chiffre, k.algorithme, k.chiffres::int, k.periode::int, c.a_changer
	from cle k join compte c on c.id = k.compte_id
	where k.active and c.actif and `

// Lecteur is a transaction that reads: of the log-in pages, or of the owner of the base.
type Lecteur interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func lireCle(ctx context.Context, tx Lecteur, condition string, arg any) (cleActive, error) {
	rows, err := tx.Query(ctx, cleSQL+condition, arg)
	if err != nil {
		return cleActive{}, fmt.Errorf("compte: read the key: %w", err)
	}
	k, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[cleActive])
	if err != nil {
		return cleActive{}, fmt.Errorf("compte: read the key: %w", err)
	}
	return k, nil
}

// ouvrir unseals the key.
func (c cleActive) ouvrir(box *coffre.Coffre) (Cle, error) {
	secret, err := box.Ouvrir(c.SecretChiffre, c.NumeroSerie)
	if err != nil {
		return Cle{}, fmt.Errorf("compte: open the key: %w", err)
	}
	return Cle{c.NumeroSerie, secret, c.Algorithme, c.Chiffres, c.Periode}, nil
}

// Code is the second step: it accepts a code once. aChanger tells that the password is still the initial one.
func (g *Gate) Code(ctx context.Context, v Visite, compte uuid.UUID, identifiant, code string) (aChanger bool, err error) {
	var refus error // a wrong code is kept count of: its transaction is committed
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		e, err := prendre(ctx, tx, g.freins(v, normaliser(identifiant)), v.Maintenant)
		if err != nil {
			return err
		}
		k, err := lireCle(ctx, tx, `k.compte_id = $1`, compte)
		if errors.Is(err, pgx.ErrNoRows) {
			return errSansCle
		}
		if err != nil {
			return err
		}
		aChanger = k.AChanger
		if refus, err = g.juger(ctx, tx, k, code, v.Maintenant); err != nil || refus != nil {
			return err
		}
		return e.lever(ctx, tx)
	})
	if err == nil && refus != nil {
		g.Log.WarnContext(ctx, "log-in refused", "step", "cle", "compte", compte, "replay", refus == errDejaServi)
	}
	return aChanger, errors.Join(err, refus)
}

// juger tells why a code is refused, and spends it when it is not.
func (g *Gate) juger(ctx context.Context, tx territoire.Tx, k cleActive, code string, now time.Time) (refus, err error) {
	c, err := k.ouvrir(g.Coffre)
	if err != nil {
		return nil, err
	}
	pas, ok, err := c.trouver(chiffres(code), now)
	if err != nil {
		return nil, err
	}
	if !ok {
		return errCode, nil
	}
	ok, err = accepter(ctx, tx, k.ID, pas)
	if err != nil {
		return nil, err
	}
	if !ok {
		return errDejaServi, nil
	}
	return nil, nil
}

// accepterSQL is the whole of "a code is used once": of many at the same time, the base lets one through.
const accepterSQL = `update cle set dernier_pas = $2 where id = $1 and dernier_pas < $2`

func accepter(ctx context.Context, tx territoire.Tx, cle uuid.UUID, pas int64) (bool, error) {
	tag, err := tx.Exec(ctx, accepterSQL, cle, pas)
	if err != nil {
		return false, fmt.Errorf("compte: spend a code: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// chiffres drops the spaces that people leave in the middle of a code.
func chiffres(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
