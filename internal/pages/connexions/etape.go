package connexions

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// keyEtape is the session's note of where a visitor half logged in stands. As long as it holds no agent, a session
// opens none of the other pages.
const keyEtape = "etape"

// etapeMax is how long one may stay at a step.
const etapeMax = 10 * time.Minute

// etape is what the steps passed so far have shown.
type etape struct {
	Path        string // of the step to pass now
	Compte      uuid.UUID
	Identifiant string
	Suite       string    // page to open at the end
	Nouveau     bool      // the browser has never logged in to this account
	Debut       time.Time // when the password was given
	Le          time.Time
}

type stepPage func(w http.ResponseWriter, r *http.Request, e etape) error

// at serves a step to those who have come to it; others go back to where they stand.
func (p Pages) at(path string, page stepPage) httpx.PublicPage {
	return func(w http.ResponseWriter, r *http.Request) error {
		e, ok := p.etape(r.Context())
		switch {
		case !ok:
			return httpx.Redirect(w, r, pathConnexion)
		case p.Site.Now().Sub(e.Le) > etapeMax:
			p.Site.Sessions.Remove(r.Context(), keyEtape)
			return httpx.Redirect(w, r, withReason(reasonSlow))
		case e.Path != path:
			return httpx.Redirect(w, r, e.Path)
		}
		return page(w, r, e)
	}
}

func (p Pages) etape(ctx context.Context) (e etape, ok bool) {
	err := json.Unmarshal([]byte(p.Site.Sessions.GetString(ctx, keyEtape)), &e)
	return e, err == nil
}

// advance takes the visitor to the next step, under a new session token.
func (p Pages) advance(w http.ResponseWriter, r *http.Request, e etape, path string) error {
	ctx := r.Context()
	if err := p.Site.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	e.Path, e.Le = path, p.Site.Now()
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	p.Site.Sessions.Put(ctx, keyEtape, string(b))
	p.Site.Half(ctx, e.Compte)
	return httpx.Redirect(w, r, path)
}

// finish opens the session of one who has passed both steps, or asks for whom he acts today.
func (p Pages) finish(w http.ResponseWriter, r *http.Request, e etape) error {
	agents, err := p.Gate.Agents(r.Context(), e.Compte, p.Site.Now())
	switch {
	case errors.Is(err, compte.ErrArret):
		if err := p.Site.Sessions.Destroy(r.Context()); err != nil {
			return err
		}
		return httpx.Redirect(w, r, withReason(httpx.ReasonArret))
	case err != nil:
		return err
	case len(agents) == 0:
		p.Site.Log.WarnContext(r.Context(), "log-in without habilitation", "compte", e.Compte)
		if err := p.Site.Sessions.Destroy(r.Context()); err != nil {
			return err
		}
		return httpx.Redirect(w, r, withReason(reasonNone))
	case len(agents) > 1:
		return p.advance(w, r, e, pathHabilitation)
	}
	return p.open(w, r, e, agents[0])
}

func (p Pages) open(w http.ResponseWriter, r *http.Request, e etape, agent habilitation.Agent) error {
	p.Site.Sessions.Remove(r.Context(), keyEtape)
	avis, err := p.Gate.Arriver(r.Context(), p.arrivee(r, e, agent))
	if err != nil {
		return err
	}
	if err := p.Site.OpenFrom(r, agent); err != nil {
		return err
	}
	if said := compte.DireAvis(avis); said != "" {
		p.Site.Warn(r.Context(), said)
	}
	p.Site.Log.InfoContext(r.Context(), "session opened", "compte", agent.Compte, "habilitation", agent.Habilitation)
	return httpx.Redirect(w, r, local(e.Suite))
}

// arrivee is the log-in as its account keeps it. The accounts of a demo base are everybody's, and so are their browsers.
func (p Pages) arrivee(r *http.Request, e etape, agent habilitation.Agent) compte.Arrivee {
	a := compte.Arrivee{Compte: agent.Compte, Adresse: p.Site.Visite(r).Adresse, Debut: e.Debut, Le: p.Site.Now()}
	if e.Nouveau && !p.Site.Demo {
		a.Navigateur = httpx.Navigateur(r)
	}
	return a
}

// local is the page to open at the end: one of ours, whatever the address of the log-in page said.
func local(suite string) string {
	suite = httpx.Locale(suite)
	if path, _, _ := strings.Cut(suite, "?"); path == pathConnexion || strings.HasPrefix(path, pathConnexion+"/") {
		return "/"
	}
	return suite
}

// Reasons why one finds oneself on the log-in page, besides those of httpx.
const (
	reasonOut  = "deconnexion"
	reasonSlow = "etape"
	reasonNone = "aucune"
)

// reasons are what the log-in page says of them.
var reasons = map[string]string{
	httpx.ReasonIdle:      "Vous avez été déconnecté après 15 minutes sans activité.",
	httpx.ReasonLife:      "Votre session a atteint huit heures. Reconnectez-vous pour continuer.",
	httpx.ReasonClosed:    "Votre habilitation n’est plus ouverte. Si c’est une erreur, adressez-vous au service informatique.",
	httpx.ReasonArret:     "L’accès est suspendu par le service informatique. Rien de ce qui était enregistré n’est perdu.",
	httpx.ReasonTitulaire: "Vous avez terminé cette session depuis un autre appareil.",
	httpx.ReasonNombre:    "Cette session a été fermée\u00a0: votre compte en a ouvert deux autres depuis. Si ce n’est pas vous, prévenez le service informatique.",
	httpx.ReasonCompte:    "Votre compte est suspendu. Adressez-vous au service informatique.",
	httpx.ReasonCle:       "Votre clé n’est plus en service. Adressez-vous au service informatique.",
	httpx.ReasonService:   "Votre session a été fermée par le service informatique.",
	reasonOut:             "Vous êtes déconnecté.",
	reasonSlow:            "Vous êtes resté plus de dix minutes à cette étape. Recommencez.",
	reasonNone:            "Aucune habilitation n’est ouverte pour votre compte aujourd’hui. Adressez-vous au service informatique.",
}

func withReason(reason string) string { return pathConnexion + "?raison=" + reason }
