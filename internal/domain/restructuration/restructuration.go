// Package restructuration is what the IA decides of the schools of its département: one opens, one closes, several are
// merged, one is split (domain.md §2.4). A decision is announced, looked at pupil by pupil, done in one act, and undone as
// one for thirty days. The rules are here; what is written on pupils, upon whom the IA has no right, is done by the
// functions of the base, which count them before and after.
package restructuration

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

// Genre is what is decided.
type Genre string

// The decisions.
const (
	Ouverture Genre = "ouverture"
	Fermeture Genre = "fermeture"
	Fusion    Genre = "fusion"
	Scission  Genre = "scission"
)

// Label is the decision as its users name it.
func (g Genre) Label() string {
	return map[Genre]string{Ouverture: "Ouverture", Fermeture: "Fermeture", Fusion: "Fusion", Scission: "Scission"}[g]
}

// Etablissement is a school of the département, as a decision finds it.
type Etablissement struct {
	UAI     string
	Nom     string
	Commune string
	Type    ecole.Type
	Secteur ecole.Secteur
	Ouverte bool
	Saisie  bool // another decision about it is announced
}

// NomComplet is the school as a list names it.
func (e Etablissement) NomComplet() string { return ecole.NomComplet(e.Nom, e.Commune) }

// EtablissementsSQL reads the schools $1 of the territory.
const EtablissementsSQL = `
	select e.uai, e.nom, c.nom as commune, e.type, e.secteur, e.ouverte and e.fermee_le is null as ouverte,
		exists (select from restructuration_ecole x join restructuration r on r.id = x.restructuration_id
			where x.ecole_uai = e.uai and r.faite_le is null and r.annulee_le is null) as saisie
	from ecole e join commune c on c.insee = e.commune_insee
	where e.uai = any ($1) and e.uai = any (portee_ecoles()) order by array_position($1, e.uai)`

// Nouvelle is a school that opens.
type Nouvelle struct {
	UAI             string
	Nom             string
	Type            ecole.Type
	Secteur         ecole.Secteur
	Adresse         string
	CodePostal      string
	CommuneInsee    string
	Commune         string
	Circonscription string
	Niveaux         []ecole.Niveau // none for all those of its type
}

// Valider says what is missing or wrong. Its code becomes what ParseUAI makes of it.
func (n *Nouvelle) Valider() error {
	var l refusal.List
	uai, err := ecole.ParseUAI(n.UAI)
	_ = l.Take(refusal.On("uai", err)) // a refusal
	n.UAI = string(uai)
	if n.Nom == "" {
		l.Add("nom", "Donnez le nom de l’école.")
	}
	if n.Type.Libelle() == "" {
		l.Add("type", "Choisissez le type de l’école.")
	}
	if n.Secteur.Libelle() == "" {
		l.Add("secteur", "Choisissez le secteur.")
	}
	if n.CommuneInsee == "" {
		l.Add("commune", "Choisissez la commune de l’école.")
	}
	for _, niveau := range n.Niveaux {
		if !n.Type.Ouvre(niveau) {
			l.Add("niveau", "Une école de ce type n’a pas de "+niveau.Libelle()+".")
		}
	}
	return l.Err()
}

// Demande is a decision asked for.
type Demande struct {
	Genre    Genre
	Le       time.Time
	Ecoles   []string // those merged, the one split or closed
	Cible    string   // the school that receives, when it exists
	Nouvelle *Nouvelle
	Niveaux  []ecole.Niveau // of a split: those that go…
	Classes  []uuid.UUID    // … or the classes
}

// effets is what a decision does to each school, worked out by the rules.
type effets struct {
	cible      string
	typeCible  ecole.Type
	typeReste  ecole.Type // of the school that is split
	fermees    []string
	parts      []part
	concernees []string
}

// part sends a niveau, or a class, of one school to another.
type part struct {
	ecole  string
	niveau ecole.Niveau
	classe *uuid.UUID
}

// typePour is the type that opens these niveaux and no more than it must.
func typePour(niveaux []ecole.Niveau) ecole.Type {
	for _, t := range []ecole.Type{ecole.Maternelle, ecole.Elementaire} {
		if ouvreTous(t, niveaux) {
			return t
		}
	}
	return ecole.Primaire
}

func ouvreTous(t ecole.Type, niveaux []ecole.Niveau) bool {
	for _, n := range niveaux {
		if !t.Ouvre(n) {
			return false
		}
	}
	return true
}

// date refuses a day that no school year holds, or one of a year past.
func (d Demande) date(today time.Time) error {
	switch {
	case d.Le.IsZero():
		return refusal.Of("date_effet", "Indiquez la date d’effet, par exemple le 1er septembre.")
	case d.Le.Before(ecole.AnneeDe(today).Debut()):
		return refusal.Of("date_effet", "Cette date est d’une année scolaire passée.")
	case ecole.AnneeDe(d.Le) > ecole.AnneeDe(today)+1:
		return refusal.Of("date_effet", "Cette date est trop lointaine\u00a0: au plus à la rentrée prochaine.")
	}
	return nil
}

// effets applies the rules to the schools found, those of Ecoles then the one that receives when it is another.
func (d Demande) effets(ecoles []Etablissement, cible *Etablissement) (effets, error) {
	for _, e := range ecoles {
		switch {
		case !e.Ouverte:
			return effets{}, refusal.InConflict(e.NomComplet() + " est déjà fermée, ou va l’être.")
		case e.Saisie:
			return effets{}, refusal.InConflict("Une autre décision est déjà annoncée pour " + e.NomComplet() + ".")
		}
	}
	switch d.Genre {
	case Fermeture:
		return effets{fermees: d.Ecoles, concernees: d.Ecoles}, nil
	case Fusion:
		return d.fusion(ecoles, cible)
	}
	return d.scission(ecoles[0], cible)
}

// fusion sends all niveaux of each school to the one that receives, which opens those of all.
func (d Demande) fusion(ecoles []Etablissement, cible *Etablissement) (effets, error) {
	if len(ecoles) < 2 {
		return effets{}, refusal.Of("ecole", "Choisissez au moins deux écoles à fusionner.")
	}
	var niveaux []ecole.Niveau
	for _, e := range ecoles {
		if e.Secteur.Prive() != ecoles[0].Secteur.Prive() {
			return effets{}, refusal.InConflict("Une école publique et une école privée ne fusionnent pas.")
		}
		if (e.Type == ecole.Specialisee) != (ecoles[0].Type == ecole.Specialisee) {
			return effets{}, refusal.InConflict("Une école spécialisée ne fusionne qu’avec une autre école spécialisée.")
		}
		niveaux = append(niveaux, e.Type.Niveaux()...)
	}
	f := effets{typeCible: typePour(niveaux), concernees: d.Ecoles}
	if ecoles[0].Type == ecole.Specialisee {
		f.typeCible = ecole.Specialisee
	}
	if f.cible = d.Cible; cible != nil {
		f.cible = cible.UAI
	}
	for _, e := range ecoles {
		if e.UAI == f.cible {
			continue
		}
		f.fermees = append(f.fermees, e.UAI)
		for _, n := range f.typeCible.Niveaux() {
			f.parts = append(f.parts, part{ecole: e.UAI, niveau: n})
		}
	}
	return f, nil
}

// scission sends some niveaux, or some classes, to another school; the rest stays.
func (d Demande) scission(source Etablissement, cible *Etablissement) (effets, error) {
	f := effets{cible: d.Cible, concernees: d.Ecoles, typeReste: source.Type, typeCible: source.Type}
	if cible != nil {
		f.cible, f.typeCible = cible.UAI, cible.Type
	}
	if f.cible == source.UAI {
		return f, refusal.Of("cible", "Choisissez une autre école que celle que l’on scinde.")
	}
	for _, c := range d.Classes {
		f.parts = append(f.parts, part{ecole: source.UAI, classe: &c})
	}
	if len(d.Classes) > 0 {
		return f, nil
	}
	var restent []ecole.Niveau
	for _, n := range source.Type.Niveaux() {
		if !contient(d.Niveaux, n) {
			restent = append(restent, n)
			continue
		}
		f.parts = append(f.parts, part{ecole: source.UAI, niveau: n})
	}
	if len(f.parts) == 0 || len(restent) == 0 {
		return f, refusal.Of("niveau", "Choisissez les niveaux ou les classes qui partent\u00a0; au moins un niveau reste.")
	}
	f.typeReste = typePour(restent)
	f.typeCible = typePour(d.Niveaux)
	if cible != nil {
		f.typeCible = typePour(append(cible.Type.Niveaux(), d.Niveaux...))
	}
	return f, nil
}

func contient(niveaux []ecole.Niveau, n ecole.Niveau) bool {
	for _, m := range niveaux {
		if m == n {
			return true
		}
	}
	return false
}
