// Package dispositifs is where the directeur opens the ULIS of his school for a year, and says since when a pupil benefits
// from it or from an UPE2A; the inspection reads it. The pupils stay in their classes, which alone count them.
package dispositifs

import (
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/web/ui"
)

// Pages serves /dispositifs. The {id} of its addresses is that of a period of a pupil.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/dispositifs", habilitation.ConsulterClasses, p.list)
	for _, format := range tableau.Formats {
		rt.Get("/dispositifs."+format, habilitation.ConsulterClasses, p.export)
	}
	rt.Post("/dispositifs/finir", habilitation.GererClasses, p.finish)
	rt.Get("/dispositifs/ulis", habilitation.GererClasses, p.showUnite)
	rt.Post("/dispositifs/ulis", habilitation.GererClasses, p.submitUnite)
	rt.Post("/dispositifs/ulis/supprimer", habilitation.GererClasses, p.closeUnite)
	rt.Get("/dispositifs/eleves", habilitation.GererClasses, p.choose)
	rt.Post("/dispositifs/eleves", habilitation.GererClasses, p.start)
	rt.Get("/dispositifs/{id}", habilitation.ConsulterClasses, p.show)
	rt.Post("/dispositifs/{id}", habilitation.GererClasses, p.submit)
	rt.Post("/dispositifs/{id}/supprimer", habilitation.GererClasses, p.remove)
}

// critere is what a page is about: a year and one of the two dispositifs.
type critere struct {
	annee      ecole.Annee
	dispositif dispositif.Dispositif
	page       int
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	return critere{annee: httpx.Annee(q, agent), dispositif: dispositif.ParseDispositif(q.Get("dispositif")), page: httpx.PageAsked(q)}
}

func (c critere) values() url.Values {
	return url.Values{"annee": {strconv.Itoa(int(c.annee))}, "dispositif": {string(c.dispositif)}}
}

// href is the address of a page about the same year and dispositif.
func (c critere) href(path string) string { return path + "?" + c.values().Encode() }

// tabs lead from one dispositif to the other, in the same year.
func (c critere) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, d := range dispositif.Dispositifs {
		tabs = append(tabs, ui.Tab{Label: d.Label(), Href: critere{annee: c.annee, dispositif: d}.href("/dispositifs"), Current: d == c.dispositif})
	}
	return tabs
}

func path(id uuid.UUID) string { return "/dispositifs/" + id.String() }
