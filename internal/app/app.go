// Package app puts the application together: the order of what surrounds every request, the table of routes, the menu.
// It knows everybody; nobody but the command knows it.
package app

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pages/verifications"
	"base-eleves/web"
)

// menu is the main menu; each role sees the entries whose right it holds.
var menu = []httpx.MenuEntry{
	{Label: "Accueil", Href: "/", Droit: habilitation.Accueil},
	{Label: "Élèves", Href: "/eleves", Droit: habilitation.ConsulterEleves},
	{Label: "Inscriptions", Href: "/inscriptions", Droit: habilitation.ConsulterInscriptions},
	{Label: "Admissions", Href: "/admissions", Droit: habilitation.ConsulterArrivees},
	{Label: "Classes", Href: "/classes", Droit: habilitation.ConsulterClasses},
	{Label: "Répartition", Href: "/repartition", Droit: habilitation.Repartir},
	{Label: "Passages", Href: "/passages", Droit: habilitation.ConsulterPassages},
	{Label: "Radiations", Href: "/radiations", Droit: habilitation.Radier},
	{Label: "Registre", Href: "/registre", Droit: habilitation.ConsulterRegistre},
	{Label: "Sans école", Href: "/sans-ecole", Droit: habilitation.ConsulterSansEcole},
	{Label: "Mutations", Href: "/mutations", Droit: habilitation.ConsulterMutations},
	{Label: "Éditions", Href: "/editions", Droit: habilitation.ConsulterEditions},
	{Label: "Effectifs", Href: "/effectifs", Droit: habilitation.ConsulterEffectifs},
	{Label: "Écoles", Href: "/ecoles", Droit: habilitation.ConsulterEcoles},
	{Label: "Entrée en 6e", Href: "/sixieme", Droit: habilitation.ConsulterSixieme},
	{Label: "Entrants en 6e", Href: "/entrants", Droit: habilitation.RecevoirEntrants},
	{Label: "Collèges", Href: "/colleges", Droit: habilitation.GererJetons},
	{Label: "Qualité", Href: "/qualite", Droit: habilitation.ConsulterQualite},
}

// App is the application, ready to answer.
type App struct {
	http.Handler
	Routes []httpx.Route
}

// New puts the application together on a site.
func New(site *httpx.Site) App {
	site.Menu = menu

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
