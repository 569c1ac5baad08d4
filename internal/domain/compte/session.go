package compte

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// SessionsMax is how many sessions an account has at the same time: the office and the classroom (security.md SES-7).
const SessionsMax = 2

// Inactivite ends a session that is not used (security.md SES-3).
const Inactivite = 15 * time.Minute

// Session is one open session, as its holder recognises it.
type Session struct {
	ID         uuid.UUID
	OuverteLe  time.Time
	VueLe      time.Time
	Adresse    string
	Navigateur string
}

// QueueSessions reads the open sessions of the agent, the last used first.
func QueueSessions(l *territoire.Lecture, agent habilitation.Agent, sessions *[]Session) {
	territoire.Toutes(l, sessions, `select * from mes_sessions($1)`, agent.Maintenant.Add(-Inactivite))
}

const departagerSQL = `
	update sessions set data = '', terminee_par = 'nombre'
	where terminee_par is null and compte_id = $1 and id in (
		select id from sessions
		where compte_id = $1 and id is not null and id <> $2 and terminee_par is null and expiry > now()
		order by vue_le desc offset $3)`

// Departager makes room for a session that opens: the account keeps, beside it, those that it used last.
func (g *Gate) Departager(ctx context.Context, compte, nouvelle uuid.UUID) error {
	err := g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		_, err := tx.Exec(ctx, departagerSQL, compte, nouvelle, SessionsMax-1)
		return err
	})
	if err != nil {
		return fmt.Errorf("compte: make room for a session: %w", err)
	}
	return nil
}

// TerminerSession ends one session of the agent; one that has ended already is as he wants it.
func TerminerSession(tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) {
	tx.Queue(`select terminer_mes_sessions(null, $1)`, id)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.TerminerSession, Objet: "session", ID: id, Ecole: agent.Ecole})
}

// TerminerAutres ends all the sessions of the agent but the one he is in.
func TerminerAutres(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, celleCi uuid.UUID) (combien int, err error) {
	if err := tx.QueryRow(ctx, `select terminer_mes_sessions($1, null)`, celleCi).Scan(&combien); err != nil {
		return 0, fmt.Errorf("compte: end the other sessions: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.TerminerSession, Objet: "compte", ID: agent.Compte, Ecole: agent.Ecole})
	return combien, nil
}
