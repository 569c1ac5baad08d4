// Package aide is where one learns how to use the application, in plain French, and what it owes to those who use it
// and to the families: help, one page per screen; the declaration of accessibility; the legal notice. Everybody comes
// here, logged in or not: who cannot log in is the first to need help.
package aide

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
)

// Pages serves /aide, /accessibilite and /mentions-legales.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.PublicGet("/aide", p.sommaire)
	rt.PublicGet(pathPremiere, p.premiere)
	rt.PublicGet(pathPremiere+".pdf", p.premierePDF)
	rt.PublicGet("/aide/{sujet}", p.sujet)
	rt.PublicGet("/accessibilite", p.accessibilite)
	rt.PublicGet("/mentions-legales", p.mentions)
}

func (p Pages) sommaire(w http.ResponseWriter, r *http.Request) error {
	r, in := p.Known(r)
	return p.Render(w, r, http.StatusOK, sommairePage(in))
}

func (p Pages) sujet(w http.ResponseWriter, r *http.Request) error {
	s, ok := find(chi.URLParam(r, "sujet"))
	if !ok {
		return refusal.NotFound()
	}
	r, in := p.Known(r)
	return p.Render(w, r, http.StatusOK, sujetPage(s, in))
}

func (p Pages) accessibilite(w http.ResponseWriter, r *http.Request) error {
	r, in := p.Known(r)
	return p.Render(w, r, http.StatusOK, accessibilitePage(in))
}

func (p Pages) mentions(w http.ResponseWriter, r *http.Request) error {
	r, in := p.Known(r)
	return p.Render(w, r, http.StatusOK, mentionsPage(in, p.Demo))
}
