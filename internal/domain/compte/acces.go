package compte

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passkey"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// The refusals of a passkey.
var (
	errAcces = refusal.Of("acces", "Cette clé d’accès n’a pas été reconnue. Réessayez, ou recopiez le code de votre clé.")
	errCopie = refusal.Of("acces", "Cette clé d’accès a peut-être été copiée\u00a0: elle est suspendue. Adressez-vous au service informatique.")
)

// Acces is the answer of a browser that was asked to prove that it holds a passkey, and what it was asked.
type Acces struct {
	Partie  passkey.Partie
	Defi    passkey.Defi // nil when it is none of ours, or too old
	Reponse string
}

// cleAcces is a passkey in the base that may let its holder in.
type cleAcces struct {
	ID          uuid.UUID
	Etat        string
	Identifiant []byte
	ClePublique []byte
	Compteur    int64
	Drapeaux    int
	Transports  []string
	AChanger    bool
	Nom         string
}

// accesSQL are the passkeys in service, and those that the service has put back and that are to serve again.
const accesSQL = `
	select k.id, k.etat, a.identifiant, a.cle_publique, a.compteur, a.drapeaux::int, a.transports, c.a_changer, c.identifiant as nom
	from cle k join cle_acces a on a.cle_id = k.id join compte c on c.id = k.compte_id
	where k.etat in ('active', 'remise') and c.actif and k.compte_id = $1 order by k.id`

func lireAcces(ctx context.Context, tx territoire.Tx, compte uuid.UUID) ([]cleAcces, passkey.Titulaire, error) {
	list, err := territoire.Lignes[cleAcces](ctx, tx, accesSQL, compte)
	if err != nil {
		return nil, passkey.Titulaire{}, fmt.Errorf("compte: read the passkeys: %w", err)
	}
	t := passkey.Titulaire{Compte: compte}
	for _, k := range list {
		t.Nom = k.Nom
		t.Cles = append(t.Cles, passkey.Cle{
			Identifiant: k.Identifiant, Publique: k.ClePublique, Compteur: uint32(k.Compteur), Drapeaux: byte(k.Drapeaux), Transports: k.Transports,
		})
	}
	return list, t, nil
}

// DemanderAcces asks the browser of somebody whose password was given to prove that it holds one of his passkeys. options is
// "" for one who has none.
func (g *Gate) DemanderAcces(ctx context.Context, p passkey.Partie, d passkey.Defi, compte uuid.UUID) (options string, err error) {
	var t passkey.Titulaire
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		_, t, err = lireAcces(ctx, tx, compte)
		return err
	})
	if err != nil || len(t.Cles) == 0 {
		return "", err
	}
	return p.Demander(t, d)
}

// Acces is the second step by a passkey: it accepts the answer to a challenge once. aChanger tells that the password is still
// the initial one.
func (g *Gate) Acces(ctx context.Context, v Visite, compte uuid.UUID, identifiant string, a Acces) (aChanger bool, err error) {
	var refus error // a wrong answer is kept count of: its transaction is committed
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		e, err := prendre(ctx, tx, g.freins(v, normaliser(identifiant)), v.Maintenant)
		if err != nil {
			return err
		}
		cles, t, err := lireAcces(ctx, tx, compte)
		if err != nil {
			return err
		}
		k, refuse, err := g.jugerAcces(ctx, tx, cles, t, a, v)
		if err != nil {
			return err
		}
		if refus = refuse; refus != nil {
			return nil
		}
		aChanger = k.AChanger
		return e.lever(ctx, tx)
	})
	return aChanger, errors.Join(err, refus)
}

// jugerAcces tells why an answer is refused, and spends it whether it is or not.
func (g *Gate) jugerAcces(ctx context.Context, tx territoire.Tx, cles []cleAcces, t passkey.Titulaire, a Acces, v Visite) (k cleAcces, refus, err error) {
	premiere, err := depenser(ctx, tx, a.Defi, v.Maintenant)
	if err != nil {
		return k, nil, err
	}
	preuve, err := a.Partie.Juger(t, a.Defi, a.Reponse)
	switch {
	case err != nil && !errors.Is(err, passkey.ErrRefusee):
		return k, nil, err
	case err != nil || !premiere:
		g.Log.WarnContext(ctx, "log-in refused", "step", "acces", "compte", t.Compte, "replay", !premiere, "why", err)
		journal.RecordConnexion(tx, t.Compte, motifAcces[premiere], v.Adresse, v.Maintenant)
		return k, errAcces, nil
	}
	k = cles[slices.IndexFunc(cles, func(k cleAcces) bool { return slices.Equal(k.Identifiant, preuve.Identifiant) })]
	juste, err := compter(ctx, tx, k, preuve, v.Maintenant)
	if err != nil {
		return k, nil, err
	}
	if !juste {
		g.Log.WarnContext(ctx, "passkey suspended: its counter has not grown", "cle", k.ID, "compte", t.Compte)
		suspendreCopie(tx, t.Compte, k.ID, v)
		return k, errCopie, nil
	}
	if k.Etat == "remise" {
		tx.Queue(`update cle set etat = 'active', etat_le = $2, etat_par = compte_id, version = version + 1 where id = $1`, k.ID, v.Maintenant)
	}
	return k, nil, nil
}

// motifAcces are the refusals as the journal says them: a challenge answered for the first time, or again.
var motifAcces = map[bool]string{true: "acces", false: "rejeu"}

// depenser is the whole of "a challenge is answered once": of many at the same time, the base lets one through.
func depenser(ctx context.Context, tx territoire.Tx, d passkey.Defi, now time.Time) (premiere bool, err error) {
	if d == nil {
		return true, nil // the answer is refused for that
	}
	empreinte := sha256.Sum256(d)
	tag, err := tx.Exec(ctx, `insert into defi_servi (empreinte, le) values ($1, $2) on conflict do nothing`, empreinte[:], now)
	if err != nil {
		return false, fmt.Errorf("compte: spend a challenge: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// compter moves the counter of a passkey forward. Those that do not count say 0 for ever.
func compter(ctx context.Context, tx territoire.Tx, k cleAcces, p passkey.Preuve, now time.Time) (juste bool, err error) {
	if p.Copie {
		return false, nil
	}
	tag, err := tx.Exec(ctx, `update cle_acces set compteur = $2, servie_le = $3
		where cle_id = $1 and (compteur < $2 or compteur = 0 and $2 = 0)`, k.ID, int64(p.Compteur), now)
	if err != nil {
		return false, fmt.Errorf("compte: count a signature: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// suspendreCopie closes a passkey that two devices may hold. The service informatique sees it, its holder is told.
func suspendreCopie(tx territoire.Tx, compte, cle uuid.UUID, v Visite) {
	tx.Queue(`update cle set etat = 'suspendue', motif = 'copie', etat_le = $2, etat_par = null, version = version + 1 where id = $1`, cle, v.Maintenant)
	noterAvis(tx, compte, AvisCleCopiee, "", v.Maintenant)
	journal.RecordConnexion(tx, compte, "copie", v.Adresse, v.Maintenant)
}

// OublierDefis forgets the challenges that could be answered no more.
func OublierDefis(tx territoire.Tx, now time.Time) {
	tx.Queue(`delete from defi_servi where le < $1`, now.Add(-2*passkey.Delai))
}
