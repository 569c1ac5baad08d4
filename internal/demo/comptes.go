package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/demo/monde"
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
)

// compteDemo is an account that anybody may use.
type compteDemo struct {
	role        habilitation.Role
	identifiant string
	qui         monde.Personne
	territoire  string   // as one reads it
	codes       []string // one habilitation each
	initial     bool     // the password is still the one that was handed out
}

// comptes are the accounts of a world: for each role two at least, on neighbouring territories, so that one can see
// what the other must not.
func comptes(p *monde.Plan) []compteDemo {
	var list []compteDemo
	for _, of := range []func(*monde.Plan) []compteDemo{
		mairies, directeurs, inspections, inspectionsAcademiques, services, colleges6e, statistiques,
	} {
		list = append(list, of(p)...)
	}
	for i := range list {
		if list[i].qui == (monde.Personne{}) {
			source := invention.New(p.Graine, "compte "+list[i].identifiant)
			list[i].qui.Civilite, list[i].qui.Nom, list[i].qui.Prenom = source.Adulte("", 1980)
		}
	}
	return list
}

// voisines are the most peopled communes of the first département.
func voisines(p *monde.Plan) []commune.Commune {
	list := slices.DeleteFunc(slices.Clone(p.Communes), func(c commune.Commune) bool {
		return c.Departement != p.Departements[0].Code
	})
	slices.SortStableFunc(list, func(a, b commune.Commune) int { return cmp.Compare(b.Population, a.Population) })
	return list
}

func mairies(p *monde.Plan) (list []compteDemo) {
	for _, c := range voisines(p)[:min(3, len(p.Communes))] {
		list = append(list, compteDemo{
			role: habilitation.Mairie, identifiant: "mairie-" + slug(c.Nom), territoire: compte.MairieDe(c.Nom),
			codes: []string{c.Insee},
		})
	}
	return list
}

// directeurs of neighbouring schools, of two schools at once, and of one who has just received his account.
func directeurs(p *monde.Plan) (list []compteDemo) {
	villes := voisines(p)
	for i, n := range []int{3, 2} {
		if i < len(villes) {
			for _, e := range first(n, ecolesDe(p, villes[i])) {
				list = append(list, direction(e))
			}
		}
	}
	if deux := deuxEcoles(p); len(deux) == 2 {
		list = append(list, direction(deux...))
	}
	if len(villes) > 2 {
		nouveau := direction(ecolesDe(p, villes[2])[0])
		nouveau.initial = true
		list = append(list, nouveau)
	}
	return list
}

func ecolesDe(p *monde.Plan, c commune.Commune) (list []monde.Ecole) {
	for _, s := range p.Secteurs {
		for _, e := range s.Ecoles {
			if e.Commune.Insee == c.Insee {
				list = append(list, e)
			}
		}
	}
	return list
}

// deuxEcoles are those of the first RPI.
func deuxEcoles(p *monde.Plan) []monde.Ecole {
	for _, s := range p.Secteurs {
		if s.Ecoles[0].RPI != "" {
			return s.Ecoles
		}
	}
	return nil
}

func direction(ecoles ...monde.Ecole) compteDemo {
	c := compteDemo{role: habilitation.Directeur, qui: ecoles[0].Directeur}
	var names []string
	for _, e := range ecoles {
		c.codes = append(c.codes, e.UAI)
		names = append(names, ecole.NomComplet(e.Nom, e.Commune.Nom))
	}
	c.territoire = strings.Join(names, " et ")
	c.identifiant = "direction-" + cmp.Or(slug(patronyme(ecoles[0].Nom)), slug(ecoles[0].Commune.Nom))
	return c
}

// patronyme is what a school's name has of its own, "" for one simply called "École primaire".
func patronyme(nom string) string {
	for _, word := range []string{"École", "maternelle", "élémentaire", "primaire", "privée", "des", "du", "de", "la"} {
		nom = strings.TrimSpace(strings.TrimPrefix(nom, word+" "))
		if nom == word {
			return ""
		}
	}
	return nom
}

func inspections(p *monde.Plan) (list []compteDemo) {
	for _, c := range first(3, p.Circonscriptions) {
		list = append(list, compteDemo{
			role: habilitation.IEN, identifiant: "ien-" + slug(c.Nom), territoire: c.Nom, codes: []string{c.UAI},
		})
	}
	return list
}

func inspectionsAcademiques(p *monde.Plan) []compteDemo {
	return parDepartement(p, habilitation.IA, "ia-")
}

func services(p *monde.Plan) []compteDemo { return parDepartement(p, habilitation.Service, "service-") }

func parDepartement(p *monde.Plan, role habilitation.Role, prefix string) (list []compteDemo) {
	for _, d := range first(2, p.Departements) {
		list = append(list, compteDemo{
			role: role, identifiant: prefix + slug(d.Code), territoire: d.Nom, codes: []string{d.Code},
		})
	}
	return list
}

func colleges6e(p *monde.Plan) (list []compteDemo) {
	for _, c := range first(2, p.Colleges) {
		list = append(list, compteDemo{
			role: habilitation.College, identifiant: "college-" + slug(strings.TrimPrefix(c.Nom, "Collège ")),
			territoire: ecole.NomComplet(c.Nom, c.Commune.Nom), codes: []string{c.UAI},
		})
	}
	return list
}

func statistiques(p *monde.Plan) []compteDemo {
	a := p.Academies[0]
	return []compteDemo{
		{role: habilitation.Statistique, identifiant: "rectorat-" + slug(a.Nom), territoire: a.Nom, codes: []string{a.Code}},
		{role: habilitation.Statistique, identifiant: "ministere", territoire: "France entière", codes: []string{""}},
	}
}

func first[T any](n int, list []T) []T { return list[:min(n, len(list))] }

func slug(s string) string { return strings.ReplaceAll(commune.Plier(s), " ", "-") }

// motDePasse is a phrase of rare words, the same for the same world.
func (c compteDemo) motDePasse(graine uint64) string {
	s := invention.New(graine, "mot de passe "+c.identifiant)
	return fmt.Sprintf("%s-%s-%s-%02d", invention.Pick(s, betes), invention.Pick(s, plantes), invention.Pick(s, objets), s.Between(21, 98))
}

var (
	betes   = strings.Fields(`gypaete isard marmotte desman lagopede vautour hermine salamandre chevreche palombe truite euprocte`)
	plantes = strings.Fields(`genevrier rhododendron myrtille gentiane saxifrage ancolie airelle fougere joubarbe asphodele`)
	objets  = strings.Fields(`lanterne enclume sabotier moulinet baratte cadran besace faucille chaudron boussole ardoise`)
)
