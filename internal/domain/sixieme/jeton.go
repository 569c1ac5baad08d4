package sixieme

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// A token is 256 bits drawn at random behind a prefix by which one found in a file is known for what it is. Nothing but
// its SHA-256 is kept: a random of that length needs no slow hash.
const prefixeJeton = "be6_"

var formeJeton = regexp.MustCompile(`^be6_[A-Za-z0-9_-]{43}$`)

// indiceLen is how much of a token its owner sees afterwards, to tell it from another.
const indiceLen = 8

// ParMinute is how many calls a token may make in a minute.
const ParMinute = 60

// Durees are the lives that one may give to a token, in days.
var Durees = []int{30, 90, 365}

// NouveauJeton draws a token.
func NouveauJeton() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return prefixeJeton + base64.RawURLEncoding.EncodeToString(b)
}

func empreinte(jeton string) []byte {
	sum := sha256.Sum256([]byte(jeton))
	return sum[:]
}

// Creer gives a token to a collège of the agent's département until a day. The token is told once: only its hash is kept.
func Creer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, college, jeton string, jours int) (uuid.UUID, error) {
	id := uuid.New()
	_, err := tx.Exec(ctx, `select creer_jeton_6e($1, $2, $3, $4, $5, $6)`, id, college, empreinte(jeton), jeton[:indiceLen],
		agent.Maintenant, agent.Aujourdhui().AddDate(0, 0, jours))
	if err != nil {
		return uuid.Nil, fmt.Errorf("sixieme: create a token: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.CreerJeton, Objet: "jeton_6e", ID: id})
	return id, nil
}

// Revoquer ends a token at once.
func Revoquer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	var revoque *time.Time
	err := tx.QueryRow(ctx, `select revoque_le from jeton_6e where id = $1`, id).Scan(&revoque)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return refusal.NotFound()
	case err != nil:
		return fmt.Errorf("sixieme: read the token: %w", err)
	case revoque != nil:
		return refusal.InConflict("Ce jeton est déjà révoqué.")
	}
	tx.Queue(`select revoquer_jeton_6e($1, $2)`, id, agent.Maintenant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RevoquerJeton, Objet: "jeton_6e", ID: id})
	return nil
}

// ErrJeton is a token that is unknown, ended or revoked: which of the three is not told. ErrTropDAppels is one that has
// called too often in this minute.
var (
	ErrJeton       = errors.New("sixieme: no such token")
	ErrTropDAppels = errors.New("sixieme: too many calls")
)

const presenterSQL = `
	update jeton_6e j set appels = case when minute = $2 then appels + 1 else 1 end, minute = $2, dernier_appel = $3
	from college g
	where j.empreinte = $1 and j.revoque_le is null and j.expire_le >= $4 and g.uai = j.college_uai
	returning j.compte_id, j.habilitation_id, g.nom, j.appels`

// Presenter is the agent whom a token stands for.
func Presenter(ctx context.Context, db *territoire.DB, jeton string, now time.Time) (habilitation.Agent, error) {
	agent := habilitation.Agent{Role: habilitation.College, Maintenant: now}
	if !formeJeton.MatchString(jeton) {
		return agent, ErrJeton
	}
	var appels int
	err := db.Connexion(ctx, func(tx territoire.Tx) error {
		return tx.QueryRow(ctx, presenterSQL, empreinte(jeton), now.Truncate(time.Minute), now, agent.Aujourdhui()).
			Scan(&agent.Compte, &agent.Habilitation, &agent.Territoire, &appels)
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return agent, ErrJeton
	case err != nil:
		return agent, fmt.Errorf("sixieme: present a token: %w", err)
	case appels > ParMinute:
		return agent, ErrTropDAppels
	}
	return agent, nil
}
