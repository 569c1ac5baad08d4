package compte

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// A recovery code stands in for the code of the key, once (security.md AUT-14). It has 120 bits, so that a plain hash keeps
// it (NIST SP 800-63B, look-up secrets), in six groups of four letters and digits that are not taken for one another.
const (
	// CodesSecours is how many are made at a time.
	CodesSecours  = 10
	secoursLen    = 24
	secoursGroupe = 4
)

var secoursShape = regexp.MustCompile(`^[A-Z2-7]{24}$`)

// Secours are the recovery codes of an account, as its holder sees that he has some.
type Secours struct {
	Restants, Faits int
	FaitsLe         *time.Time
}

// QueueSecours counts the recovery codes of the agent.
func QueueSecours(l *territoire.Lecture, dst *Secours) {
	territoire.Une(l, dst, `select restants, faits, faits_le from mes_codes_secours()`)
}

// RefaireSecours gives the agent new recovery codes, which nobody can read again; those that he had open nothing any more.
func RefaireSecours(tx territoire.Tx, agent habilitation.Agent) []string {
	codes, empreintes := make([]string, CodesSecours), make([][]byte, CodesSecours)
	for i := range codes {
		secret := rand.Text()[:secoursLen]
		codes[i], empreintes[i] = grouper(secret, secoursGroupe), empreinteSecours(agent.Compte, secret)
	}
	tx.Queue(`select refaire_codes_secours($1, $2)`, empreintes, agent.Maintenant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RefaireSecours, Objet: "compte", ID: agent.Compte, Ecole: agent.Ecole})
	return codes
}

// grouper writes a secret in groups of n, as one copies it from paper.
func grouper(s string, n int) string {
	var groupes []string
	for i := 0; i < len(s); i += n {
		groupes = append(groupes, s[i:i+n])
	}
	return strings.Join(groupes, "-")
}

// empreinteSecours is what the base keeps of a code; the account in it makes one code good for one account.
func empreinteSecours(compte uuid.UUID, secret string) []byte {
	h := sha256.Sum256(append(compte[:], secret...))
	return h[:]
}

var errSecours = refusal.Of("secours", "Ce code de secours n’est pas le bon, il a déjà servi, ou votre clé est suspendue.")

// servirSecoursSQL is the whole of "a recovery code is used once": of many at the same time, the base lets one through. Who
// has a key that the service has suspended does not come in beside it.
const servirSecoursSQL = `
	update code_secours s set servi_le = $3 from compte c
	where s.compte_id = $1 and s.empreinte = $2 and s.servi_le is null and c.id = $1 and c.actif
		and not exists (select from cle k where k.compte_id = $1 and k.etat = 'suspendue' and k.motif = 'demande')
	returning c.a_changer`

// Secours is the second step of one who does not have his key: it accepts a recovery code once, tells him of it at his next
// log-in, and the service informatique at once.
func (g *Gate) Secours(ctx context.Context, v Visite, compte uuid.UUID, identifiant, code string) (aChanger bool, err error) {
	var refus error // a wrong code is kept count of: its transaction is committed
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		e, err := prendre(ctx, tx, g.freins(v, normaliser(identifiant)), v.Maintenant)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, servirSecoursSQL, compte, empreinteSecours(compte, nuDeSecours(code)), v.Maintenant).Scan(&aChanger)
		if errors.Is(err, pgx.ErrNoRows) {
			refus = errSecours
			journal.RecordConnexion(tx, compte, "secours", v.Adresse, v.Maintenant)
			return nil
		}
		if err != nil {
			return fmt.Errorf("compte: spend a recovery code: %w", err)
		}
		noterAvis(tx, compte, AvisSecours, "", v.Maintenant)
		journal.RecordTitulaire(tx, compte, journal.ServirSecours, v.Adresse, v.Maintenant)
		return e.lever(ctx, tx)
	})
	return aChanger, errors.Join(err, refus)
}

// nuDeSecours is a code as typed, without what does not count; "" for what is none.
func nuDeSecours(code string) string {
	s := strings.ToUpper(chiffres(strings.ReplaceAll(code, "-", "")))
	if !secoursShape.MatchString(s) {
		return ""
	}
	return s
}
