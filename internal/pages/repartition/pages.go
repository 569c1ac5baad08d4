// Package repartition is where the directeur places the pupils in the classes: those without a class beside the classes
// and their counts, by keyboard and without a script; from there a pupil also changes class, or leaves his.
package repartition

import (
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /repartition.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/repartition", habilitation.Repartir, p.show)
	rt.Post("/repartition", habilitation.Repartir, p.place)
}

// critere is whom one looks at: the pupils of a class, or those who have none.
type critere struct {
	Annee   ecole.Annee
	Niveau  string
	Classe  *uuid.UUID
	Retirer bool // the button pressed is the one that takes out
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{Annee: httpx.Annee(q, agent), Retirer: q.Get("retirer") != ""}
	if n := ecole.Niveau(q.Get("niveau")); n.Connu() {
		c.Niveau = string(n)
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	return c
}

// href is the address of the page that shows them.
func (c critere) href() string {
	q := url.Values{"annee": {strconv.Itoa(int(c.Annee))}}
	if c.Niveau != "" {
		q.Set("niveau", c.Niveau)
	}
	if c.Classe != nil {
		q.Set("classe", c.Classe.String())
	}
	return "/repartition?" + q.Encode()
}
