package reprise

import (
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/onde"
)

// Planifier works out what a file would change in a base.
func Planifier(f Fichier, b Base) Plan {
	p := newPlanification(f, b)
	if f.Genre == onde.Responsables {
		for _, r := range f.Responsables {
			p.ligneResponsable(r)
		}
	} else {
		for _, e := range f.Eleves {
			p.ligneEleve(e)
		}
		p.classes.ouvrir(p)
	}
	slices.SortStableFunc(p.plan.Erreurs, func(a, b onde.Erreur) int { return a.Ligne - b.Ligne })
	return p.plan
}

// planification is a plan being worked out: what the base has, found by keys, and what the file has added so far.
type planification struct {
	base     Base
	liens    Deduction
	plan     Plan
	refusees map[int]bool // lines that reading has refused
	ailleurs map[int]Ailleurs

	parIdentite map[string][]*Eleve
	parNom      map[string][]*Eleve // family name and first name
	parINE      map[string]*Eleve
	lues        map[string]int // identity → line of the file that had it first
	lieux       *lieux
	foyers      map[string]uuid.UUID // homes of a family
	classes     *classes
	gens        *gens
}

func newPlanification(f Fichier, b Base) *planification {
	p := &planification{
		base: b, liens: f.Liens, plan: Plan{Genre: f.Genre, Erreurs: slices.Clone(f.Erreurs)},
		refusees: map[int]bool{}, ailleurs: map[int]Ailleurs{}, parIdentite: map[string][]*Eleve{},
		parNom: map[string][]*Eleve{}, parINE: map[string]*Eleve{}, lues: map[string]int{},
		lieux: newLieux(), foyers: map[string]uuid.UUID{},
	}
	for _, e := range f.Erreurs {
		p.refusees[e.Ligne] = p.refusees[e.Ligne] || !e.Avertit
	}
	for _, a := range b.Ailleurs {
		p.ailleurs[a.Ligne] = a
	}
	for i := range b.Eleves {
		e := &b.Eleves[i]
		p.parIdentite[e.identite()] = append(p.parIdentite[e.identite()], e)
		p.parNom[e.nom()] = append(p.parNom[e.nom()], e)
		if e.INE != "" {
			p.parINE[e.INE] = e
		}
		p.habiter(e)
	}
	p.classes = newClasses(b)
	p.gens = newGens(b)
	return p
}

// identite is what makes one child: names however they are written, day of birth, sexe.
func identite(nom, prenom, jour, sexe string) string {
	return cleNom(nom, prenom) + "|" + jour + "|" + sexe
}

func cleNom(nom, prenom string) string {
	return rapprochement.Plier(nom) + "|" + rapprochement.Plier(prenom)
}

func (e *Eleve) identite() string {
	return identite(e.NomFamille, e.Prenom, e.DateNaissance.Format("2006-01-02"), e.Sexe)
}

func (e *Eleve) nom() string { return cleNom(e.NomFamille, e.Prenom) }

// affiche is how the pupil is named in the report.
func (e *Eleve) affiche() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

func identiteDe(e onde.Eleve) string {
	return identite(e.NomFamille, e.Prenom, e.Naissance.Format("2006-01-02"), e.Sexe)
}

// Inconnus are the pupils of the file whom the school does not have, to be looked for elsewhere.
func Inconnus(f Fichier, b Base) []onde.Eleve {
	known := map[string]bool{}
	for i := range b.Eleves {
		known[b.Eleves[i].identite()] = true
	}
	var list []onde.Eleve
	for _, e := range f.Eleves {
		if !e.Naissance.IsZero() && !known[identiteDe(e)] {
			list = append(list, e)
		}
	}
	return list
}

func (p *planification) refuser(ligne int, colonne, valeur, motif, remede string) {
	p.plan.Erreurs = append(p.plan.Erreurs, onde.Erreur{Ligne: ligne, Colonne: colonne, Valeur: valeur, Motif: motif, Remede: remede})
}

func (p *planification) avertir(ligne int, colonne, valeur, motif, remede string) {
	p.plan.Erreurs = append(p.plan.Erreurs, onde.Erreur{Ligne: ligne, Colonne: colonne, Valeur: valeur, Motif: motif, Remede: remede, Avertit: true})
}

// ajouter plans a row, and returns its identifier.
func (p *planification) ajouter(ligne int, objet string, id, eleve uuid.UUID, apres map[string]any) uuid.UUID {
	p.plan.Changements = append(p.plan.Changements, Changement{
		Ligne: ligne, Objet: objet, ID: id, Eleve: eleve, Ajout: true, Avant: map[string]any{}, Apres: apres,
	})
	return id
}

// ecart gathers the columns of one row that change, with how they are shown.
type ecart struct {
	avant, apres map[string]any
	champs       []Champ
}

func newEcart() *ecart { return &ecart{avant: map[string]any{}, apres: map[string]any{}} }

// texte changes a column if the file says something that is written otherwise than accents and capitals apart.
func (e *ecart) texte(colonne, libelle, avant, apres string) {
	if apres == "" || rapprochement.Plier(avant) == rapprochement.Plier(apres) {
		return
	}
	e.changer(colonne, libelle, avant, apres, avant, apres)
}

// ouiNon changes a column if the file says the contrary.
func (e *ecart) ouiNon(colonne, libelle string, avant bool, apres string) {
	if apres == "" || avant == (apres == "Oui") {
		return
	}
	e.changer(colonne, libelle, avant, apres == "Oui", mot(avant), apres)
}

func (e *ecart) changer(colonne, libelle string, avant, apres any, motAvant, motApres string) {
	e.avant[colonne], e.apres[colonne] = avant, apres
	e.champs = append(e.champs, Champ{libelle, motAvant, motApres})
}

func mot(b bool) string {
	if b {
		return "Oui"
	}
	return "Non"
}

// modifier plans what changes of a row, if anything does.
func (p *planification) modifier(ligne int, objet string, id, eleve uuid.UUID, e *ecart) {
	if len(e.apres) == 0 {
		return
	}
	p.plan.Changements = append(p.plan.Changements, Changement{
		Ligne: ligne, Objet: objet, ID: id, Eleve: eleve, Avant: e.avant, Apres: e.apres,
	})
}

// sort is the fate of a line about somebody whom the base has.
func sort(champs []Champ) Sort {
	if len(champs) == 0 {
		return Inchange
	}
	return Modifie
}
