package httpx

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/habilitation"
)

// Router registers pages. There is no way to register one without saying who may open it.
type Router struct {
	mux    chi.Router
	site   *Site
	routes *[]Route
	preuve time.Duration // how old a proof of who the agent is may be; 0 for any
}

// Route is one line of the table of routes, for the test that walks every route and every role.
type Route struct {
	Method string
	Path   string
	Droit  habilitation.Droit // zero for a public page, and for one that no session opens
	// Machine: the address is opened by the token of a program, and by no session.
	Machine bool
	// Preuve is how old the agent's proof of who he is may be (Recente); 0 for any.
	Preuve time.Duration
}

// NewRouter makes an empty router over mux.
func NewRouter(mux chi.Router, site *Site) Router {
	return Router{mux: mux, site: site, routes: &[]Route{}}
}

// Get registers a page that shows.
func (rt Router) Get(path string, droit habilitation.Droit, p Page) {
	rt.add(http.MethodGet, path, droit, rt.site.guard(droit, rt.prouvee(p)))
}

// Post registers a page that acts: its form token is checked before it is called.
func (rt Router) Post(path string, droit habilitation.Droit, p Page) {
	rt.add(http.MethodPost, path, droit, rt.site.guard(droit, checked(rt.site, rt.prouvee(p))))
}

// PublicGet registers a page open to everybody: grep Public lists every open door.
func (rt Router) PublicGet(path string, p PublicPage) {
	rt.add(http.MethodGet, path, 0, rt.site.serve(p))
}

// PublicPost registers a form open to everybody; its token is checked all the same.
func (rt Router) PublicPost(path string, p PublicPage) {
	rt.add(http.MethodPost, path, 0, rt.site.serve(func(w http.ResponseWriter, r *http.Request) error {
		if err := rt.site.checkJeton(r); err != nil {
			return err
		}
		return p(w, r)
	}))
}

// Routes lists what was registered.
func (rt Router) Routes() []Route { return *rt.routes }

func (rt Router) add(method, path string, droit habilitation.Droit, h http.HandlerFunc) {
	*rt.routes = append(*rt.routes, Route{Method: method, Path: path, Droit: droit, Preuve: rt.preuve})
	rt.mux.Method(method, path, h)
}

// serve turns a page into a handler: the only place where a page's error becomes an answer.
func (s *Site) serve(p PublicPage) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := p(w, r); err != nil {
			s.serveError(w, r, err)
		}
	}
}

// guard lets in the agent who holds the right; others learn that they are logged out, or that the role is not theirs.
func (s *Site) guard(droit habilitation.Droit, p Page) http.HandlerFunc {
	return s.serve(func(w http.ResponseWriter, r *http.Request) error {
		agent, err := s.agent(r)
		if err != nil {
			return err
		}
		if !agent.Can(droit) {
			return errForbidden
		}
		agent.EnLecture = new(bool)
		if err = p(w, r.WithContext(withAgent(r.Context(), agent)), agent); err != nil {
			s.sonder(r, agent, err)
		}
		return err
	})
}

func checked(s *Site, p Page) Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		if err := s.checkJeton(r); err != nil {
			return err
		}
		return p(w, r, agent)
	}
}

// toLogin is where one who must log in is sent, with the page to come back to.
func toLogin(r *http.Request, out loggedOut) string {
	q := url.Values{}
	if out.reason != "" {
		q.Set("raison", out.reason)
	}
	switch {
	case out.suite != "":
		q.Set("suite", out.suite)
	case r.Method == http.MethodGet && r.URL.Path != "/":
		q.Set("suite", r.URL.RequestURI())
	}
	if len(q) == 0 {
		return "/connexion"
	}
	return "/connexion?" + q.Encode()
}
