package httpx

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
)

// Machine registers an address for programs. They have no session: each request brings a token (RFC 6750), and no cookie
// opens it, so that no other site can use one. The token stands for an agent, who must hold the right all the same.
func (rt Router) Machine(method, path string, droit habilitation.Droit, p Page) {
	*rt.routes = append(*rt.routes, Route{Method: method, Path: path, Machine: true})
	rt.mux.Method(method, path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agent, err := rt.site.porteur(r)
		if err == nil && !agent.Can(droit) {
			err = errForbidden
		}
		if err == nil {
			err = p(w, r, agent)
		}
		if err != nil {
			rt.site.problem(w, r, err)
		}
	}))
}

// porteur is the agent for whom the token of a request stands.
func (s *Site) porteur(r *http.Request) (habilitation.Agent, error) {
	scheme, jeton, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return habilitation.Agent{}, sixieme.ErrJeton
	}
	agent, err := sixieme.Presenter(r.Context(), s.DB, strings.TrimSpace(jeton), s.Now())
	return s.located(agent, r), err
}

// probleme is an error as a program reads it (RFC 9457).
type probleme struct {
	Status int    `json:"status"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

// attenteMinute and attenteBase are when to try again, in seconds.
const (
	attenteMinute = 60
	attenteBase   = 5
)

// problem answers an error to a program.
func (s *Site) problem(w http.ResponseWriter, r *http.Request, err error) {
	h := w.Header()
	f := failureOf(err)
	switch {
	case errors.Is(err, sixieme.ErrJeton):
		h.Set("WWW-Authenticate", "Bearer")
		f = failure{http.StatusUnauthorized, "Jeton refusé", "Ce jeton est inconnu, expiré ou révoqué\u00a0: demandez-en un à l’inspection académique."}
	case errors.Is(err, sixieme.ErrTropDAppels):
		h.Set("Retry-After", strconv.Itoa(attenteMinute))
		f = failure{http.StatusTooManyRequests, "Trop d’appels", "Au plus " + strconv.Itoa(sixieme.ParMinute) + " appels par minute\u00a0: attendez, puis reprenez où vous en étiez."}
	case f.status == http.StatusServiceUnavailable:
		h.Set("Retry-After", strconv.Itoa(attenteBase))
	}
	if f.status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", routeOf(r), "err", err)
	}
	_ = JSON(w, f.status, "application/problem+json", probleme{f.status, f.title, f.motif})
}

// JSON sends a value to a program, whole: its length is told, so that a cut is seen.
func JSON(w http.ResponseWriter, status int, contentType string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // the caller has gone: he asks again
	return nil
}

// ReadJSON reads the body of a request, of the fields that dst has and no other.
func ReadJSON(r *http.Request, dst any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(dst); err != nil {
		return refusal.Of("", "Le corps de la requête n’est pas le JSON attendu.")
	}
	return nil
}
