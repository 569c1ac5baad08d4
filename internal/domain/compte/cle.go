package compte

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// The refusals of a code. The second tells somebody who knows the password why a code that he reads does not pass.
var (
	errCode      = refusal.Of("code", "Ce code n’est pas le bon. Recopiez celui que la clé affiche en ce moment.")
	errDejaServi = refusal.Of("code", "Ce code a déjà servi. Attendez que la clé en affiche un nouveau.")
	errSuspendue = refusal.Of("", "Trop de codes faux\u00a0: cette clé est suspendue. Adressez-vous au service informatique.")
	errSansCle   = refusal.Of("", "Ce compte n’a pas de clé en service. Adressez-vous au service informatique.")
)

// motifs are the refusals of a code as the journal says them.
var motifs = map[error]string{errCode: "code", errDejaServi: "rejeu"}

// cleEnService is a key in the base that may let its holder in, with what the second step decides by.
type cleEnService struct {
	ID            uuid.UUID
	NumeroSerie   string
	SecretChiffre []byte
	Type          string
	Algorithme    string
	Chiffres      int
	Periode       int
	Etat          string
	DernierPas    int64
	Recale        int
	Derive        int
	AChanger      bool
}

// clesSQL are the key in service and the one handed over that is to follow it.
const clesSQL = `
	select k.id, k.numero_serie, k.secret_chiffre, k.type, k.algorithme, k.chiffres::int, k.periode::int, k.etat, k.dernier_pas,
		k.recale::int, k.derive::int, c.a_changer
	from cle k join compte c on c.id = k.compte_id
	where k.etat in ('active', 'remise') and k.type <> 'WEBAUTHN' and c.actif and k.compte_id = $1
	order by k.etat`

// Lecteur is a transaction that reads: of the log-in pages, or of the owner of the base.
type Lecteur interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func lireCles(ctx context.Context, tx Lecteur, compte uuid.UUID) ([]cleEnService, error) {
	rows, err := tx.Query(ctx, clesSQL, compte)
	if err != nil {
		return nil, fmt.Errorf("compte: read the keys: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[cleEnService])
	if err != nil {
		return nil, fmt.Errorf("compte: read the keys: %w", err)
	}
	return list, nil
}

// ouvrir unseals the key.
func (c cleEnService) ouvrir(box *coffre.Coffre) (otp.Cle, error) {
	secret, err := box.Ouvrir(c.SecretChiffre, c.NumeroSerie)
	if err != nil {
		return otp.Cle{}, fmt.Errorf("compte: open the key: %w", err)
	}
	return otp.Cle{
		Serie: c.NumeroSerie, Secret: secret, Type: c.Type, Algorithme: c.Algorithme, Chiffres: c.Chiffres, Periode: c.Periode,
	}, nil
}

func (c cleEnService) marche() otp.Marche {
	return otp.Marche{Dernier: c.DernierPas, Recale: c.Recale, Derive: c.Derive}
}

// Code is the second step: it accepts a code once. aChanger tells that the password is still the initial one.
func (g *Gate) Code(ctx context.Context, v Visite, compte uuid.UUID, identifiant, code string) (aChanger bool, err error) {
	var refus error // a wrong code is kept count of: its transaction is committed
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		e, err := prendre(ctx, tx, g.freins(v, normaliser(identifiant)), v.Maintenant)
		if err != nil {
			return err
		}
		cles, err := lireCles(ctx, tx, compte)
		switch {
		case err != nil:
			return err
		case len(cles) == 0:
			return errSansCle
		}
		aChanger = cles[0].AChanger
		if refus, err = g.juger(ctx, tx, cles, code, v.Maintenant); err != nil {
			return err
		}
		if refus != nil {
			journal.RecordConnexion(tx, compte, motifs[refus], v.Adresse, v.Maintenant)
			return nil
		}
		return e.lever(ctx, tx)
	})
	if err == nil && refus != nil {
		g.Log.WarnContext(ctx, "log-in refused", "step", "cle", "compte", compte, "replay", refus == errDejaServi)
	}
	return aChanger, errors.Join(err, refus)
}

// juger tells why a code is refused, and spends it when it is not. Somebody who changes keys has two for a while.
func (g *Gate) juger(ctx context.Context, tx territoire.Tx, cles []cleEnService, code string, now time.Time) (refus, err error) {
	verdict := otp.Faux
	for _, k := range cles {
		c, err := k.ouvrir(g.Coffre)
		if err != nil {
			return nil, err
		}
		marche, v, err := c.Juger(chiffres(code), k.marche(), now)
		if err != nil {
			return nil, err
		}
		if v == otp.Juste {
			return g.accepter(ctx, tx, k, marche, now)
		}
		verdict = max(verdict, v)
	}
	if verdict == otp.DejaServi {
		return errDejaServi, nil
	}
	return echouer(ctx, tx, cles[0], now)
}

// accepterSQL is the whole of "a code is used once": of many at the same time, the base lets one through.
const accepterSQL = `update cle set dernier_pas = $2, derive = $3, echecs = 0 where id = $1 and dernier_pas < $2`

// accepter spends the code. The first right one puts a key handed over in service, and the former one out of it.
func (g *Gate) accepter(ctx context.Context, tx territoire.Tx, k cleEnService, m otp.Marche, now time.Time) (refus, err error) {
	tag, err := tx.Exec(ctx, accepterSQL, k.ID, m.Dernier, m.Derive)
	if err != nil {
		return nil, fmt.Errorf("compte: spend a code: %w", err)
	}
	if tag.RowsAffected() != 1 {
		return errDejaServi, nil
	}
	if k.Etat == "remise" {
		mettreEnService(tx, k.ID, now)
		g.Log.InfoContext(ctx, "key in service", "cle", k.ID)
	}
	return nil, nil
}

// mettreEnService gives its place to a key handed over, by the hand of its holder.
func mettreEnService(tx territoire.Tx, cle uuid.UUID, now time.Time) {
	tx.Queue(`update cle a set etat = 'suspendue', motif = 'remplacee', etat_le = $2, etat_par = a.compte_id, version = a.version + 1
		from cle k where k.id = $1 and a.compte_id = k.compte_id and a.etat = 'active' and a.type <> 'WEBAUTHN'`, cle, now)
	tx.Queue(`update cle set etat = 'active', etat_le = $2, etat_par = compte_id, version = version + 1 where id = $1`, cle, now)
}

// essaisMax is how many wrong codes suspend a key. Each came after the right password, which somebody else then knows
// (security.md AUT-11).
const essaisMax = 20

// delaiRenouveler is how long such a password may still be changed by its owner.
const delaiRenouveler = 30 * 24 * time.Hour

// echouer counts a wrong code. The last one allowed suspends the key and has the password changed.
func echouer(ctx context.Context, tx territoire.Tx, k cleEnService, now time.Time) (refus, err error) {
	var echecs int
	if err := tx.QueryRow(ctx, `update cle set echecs = echecs + 1 where id = $1 returning echecs`, k.ID).Scan(&echecs); err != nil {
		return nil, fmt.Errorf("compte: count a wrong code: %w", err)
	}
	if echecs < essaisMax {
		return errCode, nil
	}
	tx.Queue(`update compte set a_changer = true, initial_jusqu_au = coalesce(initial_jusqu_au, $2), version = version + 1
		where id = (select compte_id from cle where id = $1)`, k.ID, now.Add(delaiRenouveler))
	tx.Queue(`update cle set etat = 'suspendue', motif = 'essais', etat_le = $2, etat_par = null, version = version + 1
		where id = $1`, k.ID, now)
	return errSuspendue, nil
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
