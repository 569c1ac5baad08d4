// Package repartition is where the directeur composes the classes of a year: a board of the classes with their pupils,
// who are moved by drag and drop, by keys or by a plain form, in the répartition in force or in a scenario beside it.
package repartition

import (
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
)

// Pages serves /repartition.
type Pages struct{ *httpx.Site }

// Register lists the routes. The {id} of an address is that of a scenario, of a movement or of a rule, as it says.
func (p Pages) Register(rt httpx.Router) {
	get := func(path string, page httpx.Page) { rt.Get(path, habilitation.Repartir, page) }
	post := func(path string, page httpx.Page) { rt.Post(path, habilitation.Repartir, page) }
	get("/repartition", p.show)
	get("/repartition.csv", p.export)
	get("/repartition.xlsx", p.export)
	get("/repartition.pdf", p.export)
	post("/repartition", p.move)
	post("/repartition/mouvements/{id}/annuler", p.undo)
	post("/repartition/regles/{id}/lever", p.lift)
	post("/repartition/regles/{id}/remettre", p.putBack)
	get("/repartition/scenarios", p.list)
	post("/repartition/scenarios", p.create)
	post("/repartition/scenarios/{id}/modifier", p.edit)
	post("/repartition/scenarios/{id}/supprimer", p.remove)
	post("/repartition/scenarios/{id}/retablir", p.restore)
	get("/repartition/comparaison", p.compare)
	get("/repartition/publication", p.preview)
	post("/repartition/publication", p.publish)
	get("/repartition/proposition", p.explain)
	post("/repartition/proposition", p.propose)
}

// critere is what the address asks for: a board, and which part of it.
type critere struct {
	scenario.Cible
	Niveau ecole.Niveau
	Classe *uuid.UUID
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{Cible: scenario.Cible{Annee: httpx.Annee(q, agent)}}
	if id, err := uuid.Parse(q.Get("scenario")); err == nil {
		c.Scenario = id
	}
	if n := ecole.Niveau(q.Get("niveau")); n.Connu() {
		c.Niveau = n
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	return c
}

// query is the criterion as an address holds it.
func (c critere) query() url.Values {
	q := url.Values{"annee": {strconv.Itoa(int(c.Annee))}}
	if !c.EnVigueur() {
		q.Set("scenario", c.Scenario.String())
	}
	if c.Niveau != "" {
		q.Set("niveau", string(c.Niveau))
	}
	if c.Classe != nil {
		q.Set("classe", c.Classe.String())
	}
	return q
}

// href is the address of a page about it: "" is the board.
func (c critere) href(page string) string { return "/repartition" + page + "?" + c.query().Encode() }

// sur is the board of another scenario, or of the one in force, in the same year.
func (c critere) sur(scenarioID uuid.UUID) critere {
	return critere{Cible: scenario.Cible{Annee: c.Annee, Scenario: scenarioID}}
}
