package httpx

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Act runs an act once: in one transaction with its journal and with the note that this form was sent. do returns the
// page to go to. The same form sent again (a double click, a lost answer, the back button) gets the first answer.
func (s *Site) Act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx) (string, error),
) error {
	return s.act(w, r, agent, s.DB.Ecrire, do)
}

// ActLong is Act for what is done to a whole school at once: the answer may take a minute.
func (s *Site) ActLong(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx) (string, error),
) error {
	Patienter(w)
	return s.act(w, r, agent, s.DB.EcrireLongtemps, do)
}

// ActOn runs an act on the row of the address, with what the form says. Refused, it returns the form with the refusals and
// the status of the page to be shown again: 422, or 409 where somebody else has changed the row. The status is 0 when
// there is nothing left to show: the act is done, or err says why it failed.
func (s *Site) ActOn(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *Form) (string, error),
) (id uuid.UUID, f *Form, status int, err error) {
	if id, err = ID(r, "id"); err != nil {
		return id, nil, 0, err
	}
	if f, err = ReadForm(r, agent.Aujourdhui()); err != nil {
		return id, nil, 0, err
	}
	err = s.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) { return do(ctx, tx, id, f) })
	switch {
	case Stale(err):
		return id, f, http.StatusConflict, nil
	case f.Refused(err):
		return id, f, http.StatusUnprocessableEntity, nil
	}
	return id, f, 0, err
}

// Patienter lets an answer come after a transaction of EcrireLongtemps, and its page.
func Patienter(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(territoire.DureeLongue + 30*time.Second)) // a test's writer has none
}

func (s *Site) act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	write func(context.Context, territoire.Portee, func(territoire.Tx) error) error,
	do func(ctx context.Context, tx territoire.Tx) (string, error),
) error {
	nonce, err := s.nonce(r)
	if err != nil {
		return err
	}
	e := envoi{agent: agent, cle: nonce, empreinte: fingerprint(r)}
	var to string
	err = write(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
		if to, err = e.once(r.Context(), tx, do); err == nil {
			effacerBrouillon(tx, agent, r)
		}
		return err
	})
	if err != nil {
		s.popFlash(r.Context()) // it may say that the act is done
		return err
	}
	return Redirect(w, r, to)
}

// envoi is one form sent by an agent.
type envoi struct {
	agent          habilitation.Agent
	cle, empreinte []byte
}

// once does the act if this form has not done it yet. A second sending at the same time waits here for the first.
func (e envoi) once(ctx context.Context, tx territoire.Tx,
	do func(ctx context.Context, tx territoire.Tx) (string, error),
) (string, error) {
	tag, err := tx.Exec(ctx, `insert into envoi (compte_id, cle, empreinte, reponse, fait_le) values ($1, $2, $3, '', $4)
		on conflict do nothing`, e.agent.Compte, e.cle, e.empreinte, e.agent.Maintenant)
	if err != nil {
		return "", fmt.Errorf("httpx: note the sending: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return e.replay(ctx, tx)
	}
	to, err := do(ctx, tx)
	if err != nil {
		return "", err
	}
	tx.Queue(`update envoi set reponse = $3 where compte_id = $1 and cle = $2`, e.agent.Compte, e.cle, to)
	return to, nil
}

// replay is the answer already given to this form. With other contents it is another act, under a form already used.
func (e envoi) replay(ctx context.Context, tx territoire.Tx) (string, error) {
	var empreinte []byte
	var to string
	err := tx.QueryRow(ctx, `select empreinte, reponse from envoi where compte_id = $1 and cle = $2`,
		e.agent.Compte, e.cle).Scan(&empreinte, &to)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", errors.New("httpx: a sending was noted and has vanished")
	case err != nil:
		return "", fmt.Errorf("httpx: read the answer: %w", err)
	case !bytes.Equal(empreinte, e.empreinte):
		return "", refusal.InConflict("Ce formulaire a déjà été enregistré, avec d’autres réponses. " +
			"Vérifiez ce qui l’a été, puis envoyez à nouveau si nécessaire.")
	}
	return to, nil
}

// fingerprint is what the form says, apart from its token.
func fingerprint(r *http.Request) []byte {
	values := url.Values{}
	for name, v := range r.PostForm {
		if name != "jeton" {
			values[name] = v
		}
	}
	sum := sha256.Sum256([]byte(r.URL.Path + "\n" + values.Encode()))
	return sum[:]
}

// dureeEnvoi is how long the answer of a form is remembered: longer than a page stays open, or is found by the back button.
const dureeEnvoi = 7 * 24 * time.Hour

// OublierEnvois deletes what is remembered of the forms sent too long ago to be sent again.
func (s *Site) OublierEnvois(ctx context.Context) error {
	return s.DB.Connexion(ctx, func(tx territoire.Tx) error {
		tx.Queue(`delete from envoi where fait_le < $1`, s.Now().Add(-dureeEnvoi))
		return nil
	})
}

// Redirect answers a form that was accepted.
func Redirect(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
