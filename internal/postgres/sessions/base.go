package sessions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Titulaire is what the base keeps beside a session, so that its holder may see it and end it.
type Titulaire struct {
	ID         uuid.UUID // the same through all its tokens; zero before the log-in is complete
	Compte     uuid.UUID // zero before the password
	OuverteLe  time.Time
	VueLe      time.Time
	Adresse    string
	Navigateur string
}

// Contenu reads and writes what sessions hold: the business of those who fill them.
type Contenu interface {
	// Titulaire reads who holds a session.
	Titulaire(data []byte) Titulaire
	// Terminee writes a session that holds nothing but why it ended.
	Terminee(par string) []byte
}

// Execer is a pool, or a transaction.
type Execer interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Base keeps sessions in the table sessions. The store that comes with scs writes back a session that was ended while a
// request was under way, and waits for a frozen base for ever; this one does neither.
type Base struct {
	Pool    Execer
	Contenu Contenu
}

// attente is how long the base may take to read or write one session.
const attente = 5 * time.Second

const findSQL = `select data, coalesce(terminee_par, '') from sessions where token = $1 and expiry > current_timestamp`

// FindCtx returns the session; one that was ended by another than its token's holder says why.
func (b Base) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, attente)
	defer cancel()
	var par string
	err = b.Pool.QueryRow(ctx, findSQL, token).Scan(&data, &par)
	switch {
	case errors.Is(err, pgx.ErrNoRows) || par == quittee:
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("sessions: read: %w", err)
	case par != "":
		return b.Contenu.Terminee(par), true, nil
	}
	return data, true, nil
}

// commitSQL never brings back what was ended: neither its token, nor the session under a new one.
const commitSQL = `
	insert into sessions (token, data, expiry, id, compte_id, ouverte_le, vue_le, adresse, navigateur)
	select $1, $2, $3, $4, $5, $6, $7, $8, $9
	where not exists (select from sessions where id = $4 and terminee_par <> '` + quittee + `')
	on conflict (token) do update set data = excluded.data, expiry = excluded.expiry, id = excluded.id,
		compte_id = excluded.compte_id, ouverte_le = excluded.ouverte_le, vue_le = excluded.vue_le,
		adresse = excluded.adresse, navigateur = excluded.navigateur
	where sessions.terminee_par is null`

// CommitCtx writes the session down, with who holds it.
func (b Base) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), attente) // the browser may have left: the session is still his
	defer cancel()
	t := b.Contenu.Titulaire(data)
	_, err := b.Pool.Exec(ctx, commitSQL, token, data, expiry, orNull(t.ID), orNull(t.Compte), orNull(t.OuverteLe), orNull(t.VueLe),
		orNull(t.Adresse), orNull(t.Navigateur))
	if err != nil {
		return fmt.Errorf("sessions: write: %w", err)
	}
	return nil
}

// quittee is the end of a token that its holder leaves: he logs out, or goes on under a new one.
const quittee = "quittee"

// DeleteCtx ends the token.
func (b Base) DeleteCtx(ctx context.Context, token string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), attente)
	defer cancel()
	_, err := b.Pool.Exec(ctx, `update sessions set data = '', terminee_par = $2 where token = $1 and terminee_par is null`, token, quittee)
	if err != nil {
		return fmt.Errorf("sessions: end: %w", err)
	}
	return nil
}

// Find is FindCtx.
func (b Base) Find(token string) ([]byte, bool, error) { return b.FindCtx(context.Background(), token) }

// Commit is CommitCtx.
func (b Base) Commit(token string, data []byte, expiry time.Time) error {
	return b.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx.
func (b Base) Delete(token string) error { return b.DeleteCtx(context.Background(), token) }

func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
