package httpx

import (
	"context"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// A brouillon is a form begun and not recorded. The script of the page sends it every few seconds, and a form that
// comes after its session has ended is kept as one. It is sealed for the account and the habilitation that typed it
// (security.md SES-4), offered by the page that it was typed on, and deleted by the act that records it.
const (
	champBrouillon = "brouillon"
	maxBrouillon   = 64 << 10 // bytes: eight responsables need a tenth of it
	maxBrouillons  = 20       // of one agent: the oldest give way
	dureeBrouillon = 7 * 24 * time.Hour
)

// Brouillon is what the form is kept under while it is typed: the same from one showing of it to the next.
func (f *Form) Brouillon() string {
	id := f.UUID(champBrouillon)
	if id == uuid.Nil {
		id = uuid.New()
		f.Values.Set(champBrouillon, id.String())
	}
	return id.String()
}

// cleBrouillon is the page of a brouillon as the base knows it: several may be begun on one page.
func cleBrouillon(page string, id uuid.UUID) string { return page + "#" + id.String() }

// pageDe is the page that the form sent belongs to: its own address, or the one that the script says.
func pageDe(r *http.Request) string {
	if r.URL.Path == pathBrouillons {
		return r.URL.Query().Get("page")
	}
	return r.URL.Path
}

var errBrouillon = refusal.Of("", "Ce brouillon ne peut pas être gardé.")

const garderSQL = `
	insert into brouillon (compte_id, habilitation_id, page, contenu, le)
	select $1, $2, $3, $4, $5 where not exists (select from envoi where compte_id = $1 and cle = $6)
	on conflict (compte_id, habilitation_id, page) do update set contenu = excluded.contenu, le = excluded.le`

const garderPeuSQL = `
	delete from brouillon where compte_id = $1 and habilitation_id = $2 and page not in (
		select page from brouillon where compte_id = $1 and habilitation_id = $2 order by le desc, page limit $3)`

// garder keeps the form sent as a brouillon. One whose form has been recorded meanwhile is not: it left the browser
// before the act was answered.
func (s *Site) garder(r *http.Request, agent habilitation.Agent) error {
	nonce, err := s.nonce(r)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(r.PostForm.Get(champBrouillon))
	page, contenu := pageDe(r), saisie(r.PostForm)
	if err != nil || !strings.HasPrefix(page, "/") || len(page) > 200 || len(contenu) > maxBrouillon {
		return errBrouillon
	}
	cle := cleBrouillon(page, id)
	scelle := base64.StdEncoding.EncodeToString(s.Coffre.Sceller([]byte(contenu), contexteBrouillon(agent, cle)))
	return s.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
		tx.Queue(garderSQL, agent.Compte, agent.Habilitation, cle, scelle, agent.Maintenant, nonce)
		tx.Queue(garderPeuSQL, agent.Compte, agent.Habilitation, maxBrouillons)
		return nil
	})
}

// saisie is what was typed, without the token, which is of one session.
func saisie(form url.Values) string {
	typed := maps.Clone(form)
	typed.Del("jeton")
	return typed.Encode()
}

// contexteBrouillon is what a brouillon is sealed for: nobody reads it under another account, habilitation or page.
func contexteBrouillon(agent habilitation.Agent, cle string) string {
	return "brouillon " + agent.Compte.String() + " " + agent.Habilitation.String() + " " + cle
}

// rattraper keeps what a form held when its session has ended before it came; it tells whether there was anything.
func (s *Site) rattraper(r *http.Request, agent habilitation.Agent) bool {
	if r.Method != http.MethodPost || r.PostFormValue(champBrouillon) == "" || !agent.Can(habilitation.GarderBrouillon) {
		return false
	}
	err := s.garder(r, agent)
	if err != nil {
		s.Log.WarnContext(r.Context(), "draft not kept", "route", routeOf(r), "err", err)
	}
	return err == nil
}

const effacerSQL = `delete from brouillon where compte_id = $1 and habilitation_id = $2 and page = $3`

// effacerBrouillon has the brouillon of the form sent deleted with the act that records it.
func effacerBrouillon(tx territoire.Tx, agent habilitation.Agent, r *http.Request) {
	if id, err := uuid.Parse(r.PostForm.Get(champBrouillon)); err == nil {
		tx.Queue(effacerSQL, agent.Compte, agent.Habilitation, cleBrouillon(r.URL.Path, id))
	}
}

// OublierBrouillons deletes those that nobody has gone on with for a week.
func (s *Site) OublierBrouillons(ctx context.Context) error {
	return s.DB.Connexion(ctx, func(tx territoire.Tx) error {
		tx.Queue(`delete from brouillon where le < $1`, s.Now().Add(-dureeBrouillon))
		return nil
	})
}

// pathBrouillons is where the script of a page sends what is being typed.
const pathBrouillons = "/brouillons"

// saveBrouillon keeps what is being typed, and says how long the session now lasts.
func (s *Site) saveBrouillon(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	if err := s.garder(r, agent); err != nil {
		return err
	}
	return s.prolong(w, r, agent)
}

// eraseBrouillon deletes what the agent does not want back, and returns to the page.
func (s *Site) eraseBrouillon(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	page, id, ok := strings.Cut(r.PostForm.Get("page"), "#")
	u, err := url.Parse(page)
	if !ok || err != nil || u.Path != page || !strings.HasPrefix(page, "/") || strings.HasPrefix(page, "//") {
		return errBrouillon
	}
	err = s.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
		tx.Queue(effacerSQL, agent.Compte, agent.Habilitation, page+"#"+id)
		return nil
	})
	if err != nil {
		return err
	}
	return Redirect(w, r, page)
}
