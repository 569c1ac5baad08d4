package eleves

import (
	"net/url"
	"slices"
	"unicode"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
)

// critere is what the list was asked for.
type critere struct {
	Annee  ecole.Annee
	Ecole  string
	Classe *uuid.UUID
	Niveau string
	Etats  []string

	Dispositif dispositif.Dispositif // "" for all pupils
	Nom        string
	Tri        string
	Desc       bool
	Page       int
}

// inSchool tells whether the list is that of a school, or of a class.
func (c critere) inSchool() bool { return c.Ecole != "" || c.Classe != nil }

// borne tells whether the list has bounds enough to be read in a vast territory: a school, or two letters of a name.
func (c critere) borne() bool {
	letters := 0
	for _, r := range c.Nom {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
	}
	return c.inSchool() || letters >= 2
}

// inspection tells who reads many schools whatever their number.
func inspection(role habilitation.Role) bool {
	return role == habilitation.IEN || role == habilitation.IA
}

// ouvre tells whether the list is read at all: an inspection does not leaf through its territory.
func (c critere) ouvre(role habilitation.Role) bool { return c.borne() || !inspection(role) }

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		Annee: httpx.Annee(q, agent), Page: httpx.PageAsked(q), Ecole: q.Get("ecole"), Niveau: q.Get("niveau"),
		Etats: etatsDe(q.Get("etat")), Nom: q.Get("q"), Tri: q.Get("tri"), Desc: q.Get("sens") == "desc",
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	if d := dispositif.Dispositif(q.Get("dispositif")); agent.Can(habilitation.ConsulterClasses) && slices.Contains(dispositif.Dispositifs, d) {
		c.Dispositif = d
	}
	return c
}

// etatsDe are the states that a choice of the filter covers; by default those who are, or will be, in the school.
func etatsDe(choice string) []string {
	for _, e := range scolarite.Etats {
		if choice == string(e) {
			return []string{choice}
		}
	}
	if choice == "tous" {
		return []string{"admissible", "admis_accepte", "admis_definitif", "radie"}
	}
	return []string{"admis_definitif", "admis_accepte"}
}

func (c critere) sorted() string {
	if c.Tri == "" {
		return "nom"
	}
	return c.Tri
}
