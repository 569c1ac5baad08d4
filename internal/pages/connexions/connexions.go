// Package connexions lets people in and out: password, code of the key, change of an initial password, choice of a
// habilitation, log-out, and the page where the first administrator makes himself known. The rules are those of
// internal/domain/compte; here is the order of the steps.
package connexions

import (
	"net/http"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/httpx"
)

// Pages serves /connexion, /deconnexion and /amorce.
type Pages struct {
	Site *httpx.Site
	Gate *compte.Gate
}

// New makes the pages of a site.
func New(site *httpx.Site) Pages { return Pages{Site: site, Gate: site.Gate} }

// Addresses of the steps. A visitor half logged in is at one of them, and nowhere else.
const (
	pathConnexion    = "/connexion"
	pathCle          = "/connexion/cle"
	pathSecours      = pathCle + "?secours=" // the same step, by a recovery code
	pathMotDePasse   = "/connexion/mot-de-passe"
	pathHabilitation = "/connexion/habilitation"
	pathAmorce       = "/amorce"
	pathAmorceCle    = "/amorce/cle"
)

// Register lists the routes, in the order in which one meets them.
func (p Pages) Register(rt httpx.Router) {
	rt.PublicGet(pathConnexion, p.showConnexion)
	rt.PublicPost(pathConnexion, p.submitConnexion)
	rt.PublicGet(pathCle, p.at(pathCle, p.showCle))
	rt.PublicPost(pathCle, p.at(pathCle, p.submitCle))
	rt.PublicGet(pathMotDePasse, p.at(pathMotDePasse, p.showMotDePasse))
	rt.PublicPost(pathMotDePasse, p.at(pathMotDePasse, p.submitMotDePasse))
	rt.PublicGet(pathHabilitation, p.choosing(p.showHabilitation))
	rt.PublicPost(pathHabilitation, p.choosing(p.submitHabilitation))
	rt.PublicPost("/deconnexion", p.deconnecter)

	rt.PublicGet(pathAmorce, p.showAmorce)
	rt.PublicPost(pathAmorce, p.submitAmorce)
	rt.PublicGet(pathAmorceCle, p.prepared(p.showAmorceCle))
	rt.PublicPost(pathAmorceCle, p.prepared(p.submitAmorceCle))
}

func (p Pages) rememberAppareil(w http.ResponseWriter, identifiant string) {
	http.SetCookie(w, &http.Cookie{
		Name: p.Site.NomAppareil(), Value: p.Gate.Appareil(identifiant, p.Site.Now()), Path: "/",
		MaxAge: int(compte.AppareilDuree.Seconds()), HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: p.Site.Sessions.Cookie.Secure,
	})
}

// deconnecter ends the session, and asks the browser to forget what it has kept.
func (p Pages) deconnecter(w http.ResponseWriter, r *http.Request) error {
	if err := p.Site.Sessions.Destroy(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return httpx.Redirect(w, r, withReason(reasonOut))
}
