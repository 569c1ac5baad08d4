// Package journaux is where one reads the journal: everybody what he did himself; the IA who opened a file, and what an
// account has seen between two dates, with the file to send when families must be told of a breach (RGPD, article 34); the
// service informatique what happens to the accounts that it looks after, without any pupil; both, the alerts.
package journaux

import (
	"net/url"
	"time"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// Pages serves /journal.
type Pages struct{ *httpx.Site }

const (
	pathMien      = "/journal"
	pathComptes   = "/journal/comptes"
	pathTechnique = "/journal/technique"
)

// Register lists the routes. A file of what somebody has seen is a file of names.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(pathMien, habilitation.Accueil, p.mien)
	rt.Get("/journal/eleves/{id}", habilitation.ConsulterJournal, p.dossier)
	rt.Get(pathComptes, habilitation.ConsulterJournal, p.comptes)
	rt.Get(pathComptes+"/{id}", habilitation.ConsulterJournal, p.compte)
	rt.Recente(httpx.DelaiExport).Get(pathComptes+"/{id}/eleves.csv", habilitation.ConsulterJournal, p.exportEleves)
	rt.Recente(httpx.DelaiExport).Get(pathComptes+"/{id}/lignes.csv", habilitation.ConsulterJournal, p.exportLignes)
	rt.Get(pathTechnique, habilitation.ConsulterJournalTechnique, p.technique)
	rt.Get(pathAlertes, habilitation.TraiterAlertes, p.alertes)
	rt.Get(pathAlertes+"/{id}", habilitation.TraiterAlertes, p.alerte)
	rt.Post(pathAlertes+"/{id}", habilitation.TraiterAlertes, p.traiter)
}

// parPage is how many lines a page shows.
const parPage = 50

// periode is from a day to another, both included, in the agent's zone.
type periode struct{ du, au time.Time }

// lirePeriode reads the two dates of an address; the last thirty days when it gives none. What is wrong is refused beside
// its field.
func lirePeriode(q url.Values, agent habilitation.Agent) (periode, *httpx.Form) {
	today := agent.Aujourdhui()
	asked := url.Values{"du": {date.Court(today.AddDate(0, 0, -30))}, "au": {date.Court(today)}}
	for name := range asked {
		if q.Get(name) != "" {
			asked[name] = q[name]
		}
	}
	f := httpx.AskedForm(asked, today)
	p := periode{f.Date("du", "Indiquez le premier jour."), f.Date("au", "Indiquez le dernier jour.")}
	if f.Err() == nil && p.au.Before(p.du) {
		f.Refuse("au", "Le dernier jour vient après le premier.")
	}
	return p, f
}

// bornes are the instants of the period: from its first midnight to the one after its last day.
func (p periode) bornes(agent habilitation.Agent) (du, au time.Time) {
	minuit := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, agent.Maintenant.Location())
	}
	return minuit(p.du), minuit(p.au).AddDate(0, 0, 1)
}

// query is the period in an address.
func (p periode) query() string {
	return url.Values{"du": {date.Court(p.du)}, "au": {date.Court(p.au)}}.Encode()
}

// pour names for whom somebody acted.
func pour(role, lieu, commune string) string {
	r := habilitation.Role(role)
	switch {
	case lieu == "":
		return r.Label()
	case r == habilitation.Mairie:
		return compte.MairieDe(lieu)
	case commune != "":
		return r.Label() + ", " + ecole.NomComplet(lieu, commune)
	}
	return r.Label() + ", " + lieu
}

func period(f *httpx.Form, label, name string) ui.Field {
	return f.Field(ui.Field{Name: name, Label: label, Required: true, Width: ui.Small})
}
