package foyer

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
)

// Domicile is where somebody lives. Nothing below AdresseCachee says an address that is protected: the base does not give
// it to who prints.
type Domicile struct {
	AdresseID     uuid.UUID
	AdresseCachee bool
	Complement    string
	Voie          string
	LieuDit       string
	CodePostal    string
	Commune       string
	Pays          string
}

// Lignes is the address as an envelope has it.
func (d Domicile) Lignes() []string {
	return eleve.Lignes(d.Complement, d.Voie, d.LieuDit, d.CodePostal, d.Commune, d.Pays)
}

// DomicileSQL are the columns of a Domicile: that of the row x, a being its address if one may read it.
func DomicileSQL(x string) string {
	return `coalesce(` + x + `.adresse_id, '00000000-0000-0000-0000-000000000000') as adresse_id,
		` + x + `.adresse_id is not null and a.id is null as adresse_cachee,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays`
}

// Personne is one of those responsible for a pupil, as a paper names him.
type Personne struct {
	EleveID           uuid.UUID
	ID                uuid.UUID
	Nature            eleve.Nature
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	Fonction          string
	Lien              eleve.Lien
	AutoriteParentale bool
	Domicile
}

// PersonneSQL are the columns of a Personne, but those of where he lives: of a responsable r and of his link l to the pupil.
const PersonneSQL = `l.eleve_id, r.id, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.fonction,
		l.lien, l.autorite_parentale`

// Nom is how a letter calls him.
func (p Personne) Nom() string {
	return eleve.Responsable{
		Nature: p.Nature, Civilite: p.Civilite, NomFamille: p.NomFamille, NomUsage: p.NomUsage, Prenom: p.Prenom, Organisme: p.Organisme,
	}.NomPostal()
}

// Enfant is a pupil to whose homes a paper goes.
type Enfant struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
	Classe     string
	Domicile
}

// Foyers are the homes to which the papers of a pupil go.
func (e Enfant) Foyers(gens []Personne) []Foyer {
	list := make([]Responsable, len(gens))
	for i, p := range gens {
		list[i] = Responsable{Autorite: p.AutoriteParentale, Adresse: p.AdresseID, Cachee: p.AdresseCachee}
	}
	return De(e.AdresseID, list)
}

// Maison is a home as an envelope names it.
type Maison struct {
	Foyer
	Gens    []Personne // who live there and exercise parental authority
	Adresse []string   // empty when it is not known, or protected
	Enfants []Enfant
}

// Chez is a home of a pupil. Only those who exercise parental authority are written to, or who has the child in charge
// when nobody does.
func (e Enfant) Chez(f Foyer, gens []Personne) Maison {
	m := Maison{Foyer: f, Enfants: []Enfant{e}}
	m.Cachee = f.Cachee || f.Principal && e.AdresseCachee
	for _, i := range f.Ici {
		if gens[i].AutoriteParentale {
			m.Gens = append(m.Gens, gens[i])
		}
	}
	if len(m.Gens) == 0 && len(f.Ici) > 0 {
		m.Gens = []Personne{gens[f.Ici[0]]}
	}
	if f.Cachee {
		return m
	}
	if f.Principal {
		m.Adresse = e.Lignes()
	}
	for _, i := range f.Ici {
		if len(m.Adresse) == 0 {
			m.Adresse = gens[i].Lignes()
		}
	}
	return m
}

// Maisons are the homes of pupils, brothers and sisters together, in the order of the first of each.
func Maisons(enfants []Enfant, gens map[uuid.UUID][]Personne) []Maison {
	var list []Maison
	seen := map[string]int{}
	for _, e := range enfants {
		for _, f := range e.Foyers(gens[e.ID]) {
			m := e.Chez(f, gens[e.ID])
			key := f.Adresse.String() + strings.Join(m.Noms(), "|")
			if i, known := seen[key]; known && len(m.Gens) > 0 {
				list[i].Enfants = append(list[i].Enfants, e)
				continue
			}
			seen[key] = len(list)
			list = append(list, m)
		}
	}
	return list
}

// Separees gives each of those of a home a letter of his own.
func (m Maison) Separees() []Maison {
	if len(m.Gens) < 2 {
		return []Maison{m}
	}
	list := make([]Maison, len(m.Gens))
	for i := range m.Gens {
		list[i] = m
		list[i].Gens = m.Gens[i : i+1]
	}
	return list
}

// Noms are those of the people written to.
func (m Maison) Noms() []string {
	names := make([]string, len(m.Gens))
	for i, p := range m.Gens {
		names[i] = p.Nom()
	}
	return names
}

// MainPropre is written where no address may be.
const MainPropre = "À remettre en main propre"

// Destinataire is the address of a letter. One whose address is protected or not known is handed over by the child.
func (m Maison) Destinataire() []string {
	lines := m.Noms()
	if len(lines) == 0 {
		lines = []string{"Aux responsables de " + m.Enfants[0].Prenom + " " + m.Enfants[0].NomFamille}
	}
	if len(m.Adresse) > 0 {
		return append(slices.Clip(lines), m.Adresse...)
	}
	return append(lines, MainPropre, m.desEnfants())
}

// desEnfants names the children and their classes.
func (m Maison) desEnfants() string {
	var list []string
	for _, e := range m.Enfants {
		list = append(list, strings.TrimSpace(e.Prenom+" "+e.Classe))
	}
	return strings.Join(list, ", ")
}
