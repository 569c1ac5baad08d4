package httpx

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

var errForbidden = refusal.Forbidden("Votre rôle ne donne pas accès à cette page.")

// failure is an error as the visitor sees it.
type failure struct {
	status int
	title  string
	motif  string
}

// failureOf gives each error its answer. What is not a refusal is a breakdown: logged, never shown.
func failureOf(err error) failure {
	if r, ok := refusal.As(err); ok {
		return refusals[r.Kind].saying(r.Motif)
	}
	switch {
	case territoire.Introuvable(err):
		return refusals[refusal.Unknown].saying(refusal.NotFound().Motif)
	case errors.Is(err, territoire.ErrLectureSeule):
		return failure{http.StatusServiceUnavailable, "Consultation seule",
			"Le service informatique a suspendu les enregistrements. Rien n’a été enregistré\u00a0; gardez cette page ouverte, et envoyez à nouveau quand ils reprendront."}
	case unavailable(err):
		return failure{http.StatusServiceUnavailable, "Service momentanément indisponible",
			"La base de données ne répond pas. Rien de ce qui était enregistré n’est perdu\u00a0; réessayez dans un instant."}
	}
	return failure{http.StatusInternalServerError, "Une erreur est survenue",
		"L’opération n’a pas été faite. L’incident est noté\u00a0; si cela se reproduit, prévenez le service informatique."}
}

var refusals = map[refusal.Kind]failure{
	refusal.Invalid:  {status: http.StatusUnprocessableEntity, title: "Demande refusée"},
	refusal.Conflict: {status: http.StatusUnprocessableEntity, title: "Demande refusée"},
	refusal.Stale:    {status: http.StatusConflict, title: "Modifié entre-temps"},
	refusal.Unknown:  {status: http.StatusNotFound, title: "Page introuvable"},
	refusal.Denied:   {status: http.StatusForbidden, title: "Accès refusé"},
	refusal.Overload: {status: http.StatusServiceUnavailable, title: "Service très demandé"},
}

func (f failure) saying(motif string) failure {
	f.motif = motif
	return f
}

// unavailable tells a base that does not answer from a mistake of ours.
func unavailable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		// 57: shutting down, starting, statement_timeout; 08: connection lost; 40: serialisation, deadlock; 53300: too
		// many connections; 55P03: lock_timeout. All of them pass: the same form sent again is safe.
		return slices.Contains([]string{"57", "08", "40"}, pg.Code[:2]) || pg.Code == "53300" || pg.Code == "55P03"
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "conn closed")
}

// serveError answers an error. The page shown holds nothing of the session, so that what is foreign and what does not
// exist get the same bytes.
func (s *Site) serveError(w http.ResponseWriter, r *http.Request, err error) {
	var out loggedOut
	switch {
	case errors.As(err, &out):
		http.Redirect(w, r, toLogin(r, out), http.StatusSeeOther)
		return
	case errors.Is(err, territoire.ErrPorteeClose):
		_ = s.Sessions.Destroy(r.Context()) // the visitor is sent away whatever becomes of the row
		http.Redirect(w, r, toLogin(r, loggedOut{reason: ReasonClosed}), http.StatusSeeOther)
		return
	case errors.Is(err, territoire.ErrArret):
		_ = s.Sessions.Destroy(r.Context())
		http.Redirect(w, r, toLogin(r, loggedOut{reason: ReasonArret}), http.StatusSeeOther)
		return
	}
	f := failureOf(err)
	if f.status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", routeOf(r), "err", err)
	}
	s.showFailure(w, r, f)
}

func (s *Site) showFailure(w http.ResponseWriter, r *http.Request, f failure) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	var again []ui.Option
	if f.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "5")
		again = typed(r)
	}
	w.WriteHeader(f.status)
	ctx := ui.WithFrame(r.Context(), ui.Frame{Demo: s.Demo})
	if err := failurePage(f, r.Method == http.MethodPost, again).Render(ctx, w); err != nil {
		s.Log.ErrorContext(r.Context(), "error page not sent", "err", err)
	}
}

// typed is what a form held, to be sent again as it is, token included, once the base is back: if the first sending
// was recorded after all, the second gets its answer. Secrets do not come back in a page.
func typed(r *http.Request) []ui.Option {
	var kept []ui.Option
	for name, values := range r.PostForm {
		if name == "code" || strings.HasPrefix(name, "mot_de_passe") {
			return nil
		}
		for _, v := range values {
			kept = append(kept, ui.Option{Label: name, Value: v})
		}
	}
	return kept
}

// NotFound answers an address that leads nowhere.
func (s *Site) NotFound(w http.ResponseWriter, r *http.Request) {
	s.serveError(w, r, refusal.NotFound())
}
