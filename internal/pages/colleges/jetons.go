package colleges

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// create gives a token to the collège. Between the act and the page that shows it once, it waits in the session, sealed.
func (p Pages) create(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, form, err := p.asked(r, agent)
	if err != nil {
		return err
	}
	values := make([]string, len(sixieme.Durees))
	for i, d := range sixieme.Durees {
		values[i] = strconv.Itoa(d)
	}
	jours, _ := strconv.Atoi(form.Choice("duree", values, "Choisissez combien de temps le jeton est valable."))
	if err = form.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			jeton := sixieme.NouveauJeton()
			if _, err := sixieme.Creer(ctx, tx, agent, f.college.UAI, jeton, jours); err != nil {
				return "", err
			}
			p.Sessions.Put(ctx, cleSession, base64.StdEncoding.EncodeToString(p.Coffre.Sceller([]byte(jeton), f.college.UAI)))
			return f.path(), nil
		})
	}
	if err != nil {
		p.Sessions.Remove(r.Context(), cleSession)
	}
	if form.Refused(err) {
		f.form = form
		return p.Render(w, r, http.StatusUnprocessableEntity, showPage(f))
	}
	return err
}

const cleSession = "jeton_6e"

// popJeton is the token that was just made for this collège, "" at any other time.
func (p Pages) popJeton(ctx context.Context, uai string) string {
	sealed, err := base64.StdEncoding.DecodeString(p.Sessions.PopString(ctx, cleSession))
	if err != nil || len(sealed) == 0 {
		return ""
	}
	jeton, err := p.Coffre.Ouvrir(sealed, uai)
	if err != nil {
		return ""
	}
	return string(jeton)
}

// asked is the collège of the address, and the form sent about it.
func (p Pages) asked(r *http.Request, agent habilitation.Agent) (fiche, *httpx.Form, error) {
	f, err := p.read(r.Context(), agent, chi.URLParam(r, "college"))
	if err != nil {
		return f, nil, err
	}
	form, err := httpx.ReadForm(r, agent.Aujourdhui())
	return f, form, err
}

func (p Pages) revoke(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, _, err := p.asked(r, agent)
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		err := sixieme.Revoquer(ctx, tx, agent, id)
		if err == nil {
			p.Flash(ctx, "Le jeton est révoqué\u00a0: il n’ouvre plus rien.", "")
		}
		return f.path(), err
	})
}

// reopen lets the collège fetch again what it had acknowledged.
func (p Pages) reopen(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, form, err := p.asked(r, agent)
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		n, err := sixieme.Rouvrir(ctx, tx, agent, f.annee, f.college.UAI)
		if err == nil {
			p.Flash(ctx, "Le collège peut de nouveau récupérer "+ui.Plural(n, "élève", "élèves")+", pendant la saison.", "")
		}
		return f.path(), err
	})
	if form.Refused(err) {
		f.form = form
		return p.Render(w, r, http.StatusUnprocessableEntity, showPage(f))
	}
	return err
}
