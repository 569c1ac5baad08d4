package httpx

import (
	"net/http"
	"regexp"
	"slices"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

// MenuEntry is one entry of the main menu, shown to those who hold its right; or, with parts, a heading over those that
// they may read.
type MenuEntry struct {
	Label string
	Href  string
	Droit habilitation.Droit
	Sous  []MenuEntry
	Aide  string   // the help that explains it, when it is not that of its address
	Avec  []string // pages of it that stand under the address of another entry
	Annee bool     // keeps the school year of the page that one comes from
	// Compte: not in the menu, since the agent's own name leads there; its parts stand on its pages all the same.
	Compte bool
}

// Pages are the entries that lead somewhere: the parts of those that have some.
func Pages(menu []MenuEntry) []MenuEntry {
	var all []MenuEntry
	for _, e := range menu {
		if e.Sous == nil {
			all = append(all, e)
		}
		all = append(all, e.Sous...)
	}
	return all
}

// pour keeps the entries that the agent may read, each with its parts.
func pour(menu []MenuEntry, agent habilitation.Agent) []MenuEntry {
	var kept []MenuEntry
	for _, e := range menu {
		e.Sous = slices.DeleteFunc(slices.Clone(e.Sous), func(s MenuEntry) bool { return !agent.Can(s.Droit) })
		switch {
		case len(e.Sous) > 1, e.Compte:
			e.Href = e.Sous[0].Href
		case len(e.Sous) == 1: // its own name says more than the heading
			e = e.Sous[0]
		case e.Href == "" || !agent.Can(e.Droit):
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// ici is the address of the entry that a page belongs to: the longest that it is under.
func ici(pages []MenuEntry, path string) (href string) {
	longest := 0
	for _, e := range pages {
		for _, at := range append([]string{e.Href}, e.Avec...) {
			if under(path, at) && len(at) > longest {
				href, longest = e.Href, len(at)
			}
		}
	}
	return href
}

var quatreChiffres = regexp.MustCompile(`^\d{4}$`)

// menuOf is the menu of the agent with the present page marked, and the parts of the entry that it is in.
func (s *Site) menuOf(agent habilitation.Agent, r *http.Request) (items []ui.MenuItem, rubrique ui.Rubrique) {
	entries := pour(s.Menu, agent)
	here := ici(Pages(entries), r.URL.Path)
	for _, e := range entries {
		item := ui.MenuItem{Label: e.Label, Href: e.Href, Current: here != "" && e.Href == here}
		for _, part := range e.Sous {
			if part.Href == here && here != "" {
				item.Current, rubrique = true, rubriqueOf(e, here, r)
			}
		}
		if !e.Compte {
			items = append(items, item)
		}
	}
	return items, rubrique
}

func rubriqueOf(e MenuEntry, here string, r *http.Request) ui.Rubrique {
	annee := r.URL.Query().Get("annee")
	rubrique := ui.Rubrique{Label: e.Label}
	for _, part := range e.Sous {
		item := ui.MenuItem{Label: part.Label, Href: part.Href, Current: part.Href == here}
		if part.Annee && quatreChiffres.MatchString(annee) {
			item.Href += "?annee=" + annee
		}
		rubrique.Items = append(rubrique.Items, item)
	}
	return rubrique
}

// under tells whether path is the entry's page or one below it.
func under(path, href string) bool {
	if href == "/" || path == href {
		return path == href
	}
	return len(path) > len(href) && path[:len(href)+1] == href+"/"
}
