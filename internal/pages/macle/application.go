package macle

import (
	"context"
	"net/http"
	"time"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// keyAppli is where a key prepared waits in the session, sealed, for the first code of it.
const keyAppli = "cle_preparee"

// appliMax leaves the time to install an application on a telephone.
const appliMax = 30 * time.Minute

// preparee is a key shown to its holder, and in service nowhere yet.
type preparee struct {
	otp.Cle
	Le time.Time
}

// attendue is the key that waits, if it still may.
func (p Pages) attendue(ctx context.Context, agent habilitation.Agent) (k preparee, ok bool) {
	p.LireSecret(ctx, agent, keyAppli, &k)
	return k, k.Serie != "" && agent.Maintenant.Sub(k.Le) <= appliMax
}

// prepare shows a key to put in an application: the same one again to who opens the page again.
func (p Pages) prepare(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	k, ok := p.attendue(r.Context(), agent)
	if !ok {
		k = preparee{otp.Nouvelle(), agent.Maintenant}
		if err := p.GarderSecret(r.Context(), agent, keyAppli, k); err != nil {
			return err
		}
	}
	return p.renderAppli(w, r, http.StatusOK, agent, k, httpx.NewForm(nil))
}

// enrol puts it in service by a code of it.
func (p Pages) enrol(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	k, ok := p.attendue(r.Context(), agent)
	if !ok {
		return httpx.Redirect(w, r, pathAppli)
	}
	code := f.Required("code", 20, "Recopiez le code affiché par l’application.")
	if f.Err() == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			if err := compte.Enroler(ctx, tx, agent, p.Coffre, k.Cle, code); err != nil {
				return "", err
			}
			p.Sessions.Remove(ctx, keyAppli)
			p.Flash(ctx, "Votre application est en service. L’ancienne clé n’ouvre plus rien\u00a0: rendez-la au service informatique.", "")
			return path, nil
		})
	}
	if f.Refused(err) || f.Err() != nil {
		f.Values.Del("code")
		// The page shows the secret again: it is for one who has just proved who he is, as when it was opened.
		if ok, err := p.Prouver(w, r, agent, httpx.DelaiSecret); !ok {
			return err
		}
		return p.renderAppli(w, r, http.StatusUnprocessableEntity, agent, k, f)
	}
	return err
}

func (p Pages) renderAppli(w http.ResponseWriter, r *http.Request, status int, agent habilitation.Agent, k preparee, f *httpx.Form) error {
	address, err := k.URL(agent.Nom)
	if err != nil {
		return err
	}
	code, err := ui.EncodeQR(address)
	if err != nil {
		return err
	}
	return p.Render(w, r, status, applicationPage(f, code, k.Base32()))
}
