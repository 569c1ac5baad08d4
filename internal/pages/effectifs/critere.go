package effectifs

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
)

// critere is what is counted, or listed: the pupils of a day in a state, and what narrows them. The day says the school
// year. What narrows is as the address writes it; "" does not.
type critere struct {
	Le    time.Time
	Annee ecole.Annee
	Etat  scolarite.Etat

	Circo     string // UAI
	Ecole     string // UAI
	Classe    string // id, or avecClasse, or sansClasse
	Niveau    string // a niveau, a cycle (« cycle2 »), or inconnu
	Sexe      string
	Naissance string // year
	Commune   string // INSEE code of the residence, or inconnu

	aujourdhui time.Time
	illisible  bool // the date typed could not be read
}

// What is not a class, a niveau or a commune.
const (
	sansClasse = "sans"
	avecClasse = "avec"
	inconnu    = "inconnu"
)

// inscrit is the state of those whom the mairie has inscrits and the school has not answered yet.
const inscrit scolarite.Etat = "inscrit"

// etats are the states, in the order in which a pupil meets them.
var etats = []struct {
	etat    scolarite.Etat
	libelle string
}{
	{inscrit, "Inscrits"}, {scolarite.Admissible, "Admissibles"}, {scolarite.AdmisAccepte, "Attendus"},
	{scolarite.AdmisDefinitif, "Présents"}, {scolarite.Radie, "Radiés"},
}

// aPart is what the children are who are taught elsewhere than in a class: counted apart, in no school.
const aPart scolarite.Etat = "a_part"

// libelleEtat is a state as the head of its column says it.
func libelleEtat(e scolarite.Etat) string {
	if e == aPart {
		return "Instruits hors de l’école"
	}
	for _, known := range etats {
		if known.etat == e {
			return known.libelle
		}
	}
	return ""
}

// readCritere reads an address. One that names a year only asks for the same day of that year.
func readCritere(q url.Values, agent habilitation.Agent) critere {
	today := agent.Aujourdhui()
	c := critere{Le: today, aujourdhui: today}
	if typed := q.Get("le"); typed != "" {
		le, err := date.Parse(typed, today)
		if c.illisible = err != nil; !c.illisible {
			c.Le = le
		}
	} else {
		c.Le = memeJour(today, httpx.Annee(q, agent))
	}
	c.Annee = ecole.AnneeDe(c.Le)
	c.Etat = scolarite.Etat(q.Get("etat"))
	if libelleEtat(c.Etat) == "" || c.Etat == aPart && !agent.Can(habilitation.ConsulterRattachements) {
		c.Etat = c.usuel()
	}
	for name, field := range c.bornes() {
		*field = q.Get(name)
	}
	return c
}

// memeJour is the day of another school year that has the same date; 1 March stands for 29 February.
func memeJour(le time.Time, annee ecole.Annee) time.Time {
	year := int(annee)
	if le.Month() < time.September {
		year++
	}
	return date.Du(year, le.Month(), le.Day())
}

// usuel is the state that the year counts unless another is asked for.
func (c critere) usuel() scolarite.Etat { return scolarite.Compte(c.Annee, c.aujourdhui) }

// bornes are the parameters that narrow, by the name that addresses give them.
func (c *critere) bornes() map[string]*string {
	return map[string]*string{
		"circonscription": &c.Circo, "ecole": &c.Ecole, "classe": &c.Classe, "niveau": &c.Niveau, "sexe": &c.Sexe,
		"naissance": &c.Naissance, "commune": &c.Commune,
	}
}

// values are the parameters of the address, without those that go without saying.
func (c critere) values() url.Values {
	q := url.Values{}
	if !c.Le.Equal(c.aujourdhui) {
		q.Set("le", c.Le.Format(time.DateOnly))
	}
	if c.Etat != c.usuel() {
		q.Set("etat", string(c.Etat))
	}
	for name, field := range c.bornes() {
		if *field != "" {
			q.Set(name, *field)
		}
	}
	return q
}

// href is a page of the subject that counts the same.
func (c critere) href(path string) string {
	if q := c.values().Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// en is the same count in another state.
func (c critere) en(e scolarite.Etat) critere { c.Etat = e; return c }

// le is the same count on another day, in the state that its year counts where this one does.
func (c critere) au(le time.Time) critere {
	usual := c.Etat == c.usuel()
	c.Le, c.Annee = le, ecole.AnneeDe(le)
	if usual {
		c.Etat = c.usuel()
	}
	return c
}

// de narrows the count to a niveau or a cycle; a cycle does not widen a count of one of its niveaux.
func (c critere) de(niveau string) critere {
	if niveau != "" && (c.Niveau == "" || !strings.HasPrefix(niveau, prefixeCycle)) {
		c.Niveau = niveau
	}
	return c
}

const prefixeCycle = "cycle"

// niveaux are the niveaux that Niveau covers; "" is that of whom it is not known.
func (c critere) niveaux() []string {
	if c.Niveau == inconnu {
		return []string{""}
	}
	n, err := strconv.Atoi(strings.TrimPrefix(c.Niveau, prefixeCycle))
	if err != nil {
		return []string{c.Niveau}
	}
	var list []string
	for _, niveau := range ecole.Niveaux() {
		if niveau.Cycle() == ecole.Cycle(n) {
			list = append(list, string(niveau))
		}
	}
	return list
}

// anneesVoisines are the years to compare with: four before, and the next one, which is prepared ahead.
func (c critere) anneesVoisines() []ecole.Annee {
	var list []ecole.Annee
	last := min(c.Annee+1, ecole.AnneeDe(c.aujourdhui)+1)
	for a := c.Annee - 4; a <= max(last, c.Annee); a++ {
		list = append(list, a)
	}
	return list
}

// compte is the state counted, as one says it: « présents ».
func (c critere) compte() string { return strings.ToLower(libelleEtat(c.Etat)) }

// enClasse tells whether pupils in this state have a class, or wait for one.
func (c critere) enClasse() bool {
	return slices.Contains([]scolarite.Etat{scolarite.AdmisAccepte, scolarite.AdmisDefinitif}, c.Etat)
}
