// Package verifications is where anybody who is handed a paper of ours (an employer, a canteen, another school) checks
// it: he photographs its code, and reads here what the paper must say. The answer needs no base, only the keys; the base,
// when it answers in time, says besides whether the paper still holds. Nothing is shown that the paper does not show.
package verifications

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/httpx"
)

// Pages serves /verifier, and /V/…, which codes hold: capitals make a smaller square.
type Pages struct{ *httpx.Site }

// Register lists the routes; they are served without a session.
func (p Pages) Register(rt httpx.Router) {
	rt.PublicGet("/verifier", p.ask)
	rt.PublicGet("/V/{sceau}", p.check)
}

// patience is how long the base may take to say whether a paper still holds.
const patience = 2 * time.Second

// resultat is what a code says: its paper if it is ours, and what the base knows of it.
type resultat struct {
	typed  string // what was asked, when it leads nowhere
	papier *sceau.Papier
	etat   document.Etat
}

// erreur is said beside the field.
func (res resultat) erreur() string {
	if res.typed == "" {
		return ""
	}
	return "Copiez l’adresse entière, ou le code qui la termine."
}

// ask shows the page, or goes where the code that was copied there leads.
func (p Pages) ask(w http.ResponseWriter, r *http.Request) error {
	typed := strings.TrimSpace(r.URL.Query().Get("code"))
	if typed == "" {
		return p.Render(w, r, http.StatusOK, page(resultat{}))
	}
	code := typed[strings.LastIndex(typed, "/")+1:] // the whole address, or its end
	if _, err := p.Sceaux.Verifier(code); err != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, page(resultat{typed: typed}))
	}
	http.Redirect(w, r, httpx.CheminSceau+code, http.StatusSeeOther)
	return nil
}

func (p Pages) check(w http.ResponseWriter, r *http.Request) error {
	papier, err := p.Sceaux.Verifier(chi.URLParam(r, "sceau"))
	if err != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, page(resultat{typed: chi.URLParam(r, "sceau")}))
	}
	return p.Render(w, r, http.StatusOK, page(resultat{papier: &papier, etat: p.etat(r, papier)}))
}

// etat asks the base about a paper that is ours; one that does not answer leaves it unsaid.
func (p Pages) etat(r *http.Request, papier sceau.Papier) document.Etat {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	etat, err := document.EtatDe(ctx, p.DB, papier.Numero, p.Now())
	if err != nil {
		p.Log.WarnContext(ctx, "the state of a paper is not known", "err", err)
	}
	return etat
}
