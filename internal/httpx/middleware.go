package httpx

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
)

// maxBody bounds a form, maxUpload one that carries a file: it is read in memory, by the page of an agent who may send
// one, and never written on disk.
const (
	maxBody   = 1 << 20
	maxUpload = 9 << 20
)

// bound is how much a request may carry.
func bound(r *http.Request) int64 {
	if uploads(r) {
		return maxUpload
	}
	return maxBody
}

// uploads tells a form that carries a file.
func uploads(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
}

type nonceKey struct{}

func nonceOf(ctx context.Context) string {
	n, _ := ctx.Value(nonceKey{}).(string)
	return n
}

// Headers sets on every answer what the browser must refuse: any script, style, frame or address that is not ours.
func Headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := make([]byte, 16)
		_, _ = rand.Read(b) // never fails
		nonce := base64.RawStdEncoding.EncodeToString(b)
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+nonce+"' 'strict-dynamic'; "+
			"style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "+
			"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), nonceKey{}, nonce)))
	})
}

// Limit bounds the body of a request and reads the form in it before anything else, even the session, can fail: the
// answer must be able to give back what was typed. A form that cannot be read is refused by the page it was sent to.
func Limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, bound(r))
		if r.Method == http.MethodPost {
			if err := r.ParseForm(); err != nil {
				r.Form, r.PostForm, r.Body = nil, nil, unreadable{err}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// unreadable is the body of a form once reading it has failed.
type unreadable struct{ err error }

func (u unreadable) Read([]byte) (int, error) { return 0, u.err }

func (u unreadable) Close() error { return nil }

var errPanic = errors.New("httpx: a page panicked")

// Watch logs each request by its route, never by its address: an identifier in a log would be personal data. A page
// that panics is answered as any breakdown.
func (s *Site) Watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				s.Log.ErrorContext(r.Context(), "panic", "route", routeOf(r), "stack", string(debug.Stack()))
				s.serveError(w, r, errPanic)
			}
			if s.Log.Enabled(r.Context(), slog.LevelDebug) {
				s.Log.DebugContext(r.Context(), "request", "method", r.Method, "route", routeOf(r), "took", time.Since(start))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// routeOf is the pattern of the route served.
func routeOf(r *http.Request) string {
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		return c.RoutePattern()
	}
	return "unknown"
}
