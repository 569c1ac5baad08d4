package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/google/uuid"

	"base-eleves/internal/app"
	"base-eleves/internal/bench/load"
	"base-eleves/internal/bench/spy"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// visit is a page opened by somebody.
type visit struct {
	who  *person
	path string
}

// visits lists every page that shows, for every role that may open it: the table of routes says which they are. A page
// about one thing is asked for one of the sample.
func (w *world) visits() (list []visit) {
	site := &httpx.Site{Sessions: httpx.NewSessions(nil, false), Coffre: &coffre.Coffre{}}
	for _, who := range append([]*person{w.people.great}, w.people.others...) {
		for _, r := range app.New(site).Routes {
			if r.Method != "GET" || r.Droit == 0 || strings.HasPrefix(r.Path, "/session/") || !who.Role.Holds(r.Droit) || exports(r.Path) {
				continue
			}
			for _, path := range w.fillIn(r.Path, who) {
				list = append(list, visit{who, path})
			}
		}
	}
	return list
}

// exports tells a file from a page.
func exports(path string) bool {
	return slices.ContainsFunc([]string{".csv", ".xlsx", ".pdf"}, func(s string) bool { return strings.HasSuffix(path, s) })
}

// wider are the same pages asked with a word, with a school, or for a day past.
func wider(path string, ecole string) []string {
	switch path {
	case "/effectifs":
		return []string{path, path + "?le=01/10/2026"}
	case "/eleves":
	default:
		return []string{path}
	}
	return []string{path, path + "?q=mar", path + "?q=martin+lea", path + "?tri=naissance", path + "?ecole=" + ecole, path + "?niveau=CP&etat=tous"}
}

// fillIn gives a route the id that it asks for: of a pupil, a class or a school that the person may see.
func (w *world) fillIn(path string, who *person) []string {
	if !strings.Contains(path, "{") {
		return wider(path, who.sees.Ecole)
	}
	if strings.Count(path, "{") > 1 {
		return nil
	}
	ids := map[string]string{
		"/eleves/": who.sees.Eleve.String(), "/classes/": who.sees.Classe.String(), "/ecoles/": who.sees.Ecole,
		"/inscriptions/": who.sees.Inscription.String(), "/admissions/": who.sees.Inscription.String(), "/radiations/": who.sees.Scolarite.String(),
	}
	for prefix, id := range ids {
		if rest, ok := strings.CutPrefix(path, prefix); ok && id != uuid.Nil.String() && id != "" {
			return []string{prefix + id + rest[strings.Index(rest, "}")+1:]}
		}
	}
	return nil
}

// seen is a visit with what it sent.
type seen struct {
	visit
	page spy.Page
	err  error
}

func (w *world) look(ctx context.Context) []seen {
	var list []seen
	for _, v := range w.visits() {
		page, _, err := w.capture(ctx, func() load.Request { return load.Request{Path: v.path, Cookie: v.who.cookie} }, roleRegistre)
		list = append(list, seen{v, page, err})
	}
	return list
}

// Budgets of design.md §8.
const (
	maxStatements = 6
	maxTrips      = 2
	maxListBytes  = 4096
)

// pages prints what each page sends to PostgreSQL, and what the list weighs.
func (b bench) pages(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	t := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "role\tpage\tstatements\tround trips\t")
	for _, s := range w.look(ctx) {
		if s.err != nil {
			fmt.Fprintf(t, "%s\t%s\t-\t-\t%s\n", s.who.Role, mask(s.path), firstLine(s.err.Error()))
			continue
		}
		n, trips := len(s.page.Statements), len(s.page.Trips)
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\n", s.who.Role, mask(s.path), n, trips, mark(n <= maxStatements && trips <= maxTrips))
	}
	if err := b.saves(ctx, t); err != nil {
		return err
	}
	_ = t.Flush()
	for _, request := range w.list(ctx, true).requests[:1] {
		body, err := load.One(ctx, w.server.address, request(0))
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "\nlist of a class of thirty, compressed: %d bytes, at most %d: %s\n", len(body), maxListBytes, mark(len(body) <= maxListBytes))
	}
	return nil
}

// saves prints what a form sends.
func (b bench) saves(ctx context.Context, t *tabwriter.Writer) error {
	w := b.worlds[0]
	for _, section := range []string{"identite", "adresse"} {
		s, err := w.save(ctx, section, "complement")
		if err != nil {
			return err
		}
		n := 0
		page, _, err := w.capture(ctx, func() load.Request { n++; return s.requests[0](n) }, roleRegistre)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "%s\tPOST %s\t%d\t%d\t\n", habilitation.Directeur, section, len(page.Statements), len(page.Trips))
	}
	return nil
}

// mask shortens ids.
func mask(path string) string {
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '?' || r == '&' || r == '=' }) {
		if _, err := uuid.Parse(part); err == nil {
			path = strings.ReplaceAll(path, part, "…")
		}
	}
	return path
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return s
}
