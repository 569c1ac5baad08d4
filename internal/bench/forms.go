package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/net/html"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/httpx"
	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/sessions"
)

// forms makes the tokens of forms, as the server that shares its secret does: a save is so measured without the page
// its form stands on.
type forms struct {
	site  *httpx.Site
	store sessions.Base
	pool  *pgxpool.Pool
}

func newForms(ctx context.Context, base string, box *coffre.Coffre) (forms, error) {
	pool, err := pgxpool.New(ctx, postgres.ForRole(base, "be_connexion"))
	if err != nil {
		return forms{}, err
	}
	store := sessions.Base{Pool: pool, Contenu: httpx.Contenu{}}
	site := &httpx.Site{Secret: box.Cle("formulaires"), Sessions: httpx.NewSessions(store, false)}
	return forms{site, store, pool}, nil
}

func (f forms) close() {
	if f.pool != nil {
		f.pool.Close()
	}
}

// tokens gives the tokens of a session, a new one at each call.
func (f forms) tokens(ctx context.Context, p *person) (next func() string, err error) {
	_, token, _ := strings.Cut(p.cookie, "=")
	if ctx, err = f.site.Sessions.Load(ctx, token); err != nil {
		return nil, fmt.Errorf("session of %s: %w", p.identifiant(), err)
	}
	return func() string { return f.site.Jeton(ctx) }, nil
}

// saved is the form of a pupil, ready to be sent again and again.
type saved struct {
	path   string
	cookie string
	fields url.Values
	token  func() string
}

// form opens the form of a section of a pupil's file and keeps what it holds.
func (w *world) form(ctx context.Context, p pupil, section string) (saved, error) {
	s := saved{path: "/eleves/" + p.ID.String() + "/" + section, cookie: p.director.cookie}
	page, err := load.One(ctx, w.server.address, load.Request{Path: s.path, Cookie: s.cookie})
	if err != nil {
		return s, err
	}
	if s.fields, err = formFields(page); err != nil {
		return s, err
	}
	s.token, err = w.site.tokens(ctx, p.director)
	return s, err
}

// answered tells that the form may be sent as it came: that of the address of brothers asks who moves, and what it sends
// depends on how many they are.
func (s saved) answered() bool {
	return !s.fields.Has("adresse_version") || s.fields.Has("etendue")
}

// request sends the form with a field that comes and goes.
func (s saved) request(field string, n int) load.Request {
	s.fields.Set("jeton", s.token())
	s.fields.Set(field, []string{"Zoé", ""}[n%2])
	s.fields.Del("version") // others save the same file in the same minute
	s.fields.Del("adresse_version")
	return load.Request{Method: "POST", Path: s.path, Cookie: s.cookie, Form: s.fields.Encode(), Want: 303}
}

// formFields reads what the first form with a token holds: inputs as they are, choices made.
func formFields(page []byte) (url.Values, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	values := url.Values{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || !inForm(n) {
			continue
		}
		switch a := attributes(n); {
		case n.Data == "option" && has(a, "selected"):
			values.Set(attributes(selectOf(n))["name"], a["value"])
		case n.Data != "input" || a["name"] == "":
		case a["type"] != "radio" && a["type"] != "checkbox" || has(a, "checked"):
			values.Add(a["name"], a["value"])
		}
	}
	return values, nil
}

// inForm tells that a field belongs to a form that posts in the page itself: not to the search, nor to the log-out.
func inForm(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "form" {
			a := attributes(p)
			return strings.EqualFold(a["method"], "post") && !strings.HasPrefix(a["action"], "/deconnexion")
		}
	}
	return false
}

func selectOf(option *html.Node) *html.Node {
	p := option.Parent
	for p != nil && p.Data != "select" {
		p = p.Parent
	}
	return p
}

func attributes(n *html.Node) map[string]string {
	a := map[string]string{}
	if n != nil {
		for _, attr := range n.Attr {
			a[attr.Key] = attr.Val
		}
	}
	return a
}

func has(a map[string]string, name string) bool {
	_, ok := a[name]
	return ok
}
