// Package app puts the application together: the order of what surrounds every request, the table of routes, the menu.
// It knows everybody; nobody but the command knows it.
package app

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pages/verifications"
	"base-eleves/web"
)

// App is the application, ready to answer.
type App struct {
	http.Handler
	Routes []httpx.Route
}

// New puts the application together on a site.
func New(site *httpx.Site) App {
	site.Menu = menu
	site.Gate = compte.NewGate(site.DB, site.Coffre, site.Log)

	mux := chi.NewRouter()
	mux.NotFound(site.NotFound)
	mux.MethodNotAllowed(site.NotFound)
	rt := httpx.NewRouter(mux, site)
	register(rt, site)

	inner := around(site.WithSession(site.Watch(mux)))
	free := chi.NewRouter()
	free.NotFound(site.NotFound)
	rtFree := httpx.NewRouter(free, site)
	verifications.Pages{Site: site}.Register(rtFree)
	unbound := around(site.WithoutSession(site.Watch(free)))

	outer := chi.NewRouter()
	outer.Mount("/static", web.Handler())
	outer.Get("/healthz", healthz)
	outer.Get("/favicon.ico", http.NotFound) // the icon is in each page's head; asking by habit must not read the session
	outer.Handle("/verifier", unbound)
	outer.Handle(httpx.CheminSceau+"*", unbound)
	outer.Mount("/", inner)
	return App{Handler: httpx.Headers(outer), Routes: append(rt.Routes(), rtFree.Routes()...)}
}

// around is what surrounds every page: limits of size, requests from other sites refused, compression.
func around(pages http.Handler) http.Handler {
	return compressed(httpx.Limit(http.NewCrossOriginProtection().Handler(pages)))
}

// healthz says that the process answers; whether the base does is /readyz's to say.
func healthz(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte("ok\n"))
}
