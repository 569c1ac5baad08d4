// Package fusion makes one file of two that were opened for the same child, and two again when it was a mistake. What
// is to change is worked out first, without the base, as a list of columns with what each was and becomes: the list is
// recorded, and read backwards to undo. Nothing is deleted: the file that is absorbed remains, with what was not taken.
package fusion

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Ligne is a row of the file: its key, and its columns as texts, nil for null.
type Ligne struct {
	Table    string
	Cle      map[string]string
	Colonnes map[string]*string
}

func (l Ligne) texte(colonne string) string {
	if v := l.Colonnes[colonne]; v != nil {
		return *v
	}
	return ""
}

// Dossier is a pupil and the rows that hang from him.
type Dossier struct {
	Eleve  Ligne
	Lignes []Ligne
}

func (d Dossier) id() string { return d.Eleve.Cle["id"] }

func (d Dossier) de(table string) []Ligne {
	return slices.DeleteFunc(slices.Clone(d.Lignes), func(l Ligne) bool { return l.Table != table })
}

// Changement is a column of a row, before and after. The key never holds the column that changes.
type Changement struct {
	Table   string            `json:"table"`
	Cle     map[string]string `json:"cle"`
	Colonne string            `json:"colonne"`
	Avant   *string           `json:"avant"`
	Apres   *string           `json:"apres"`
}

// Inverse undoes the change.
func (c Changement) Inverse() Changement {
	c.Avant, c.Apres = c.Apres, c.Avant
	return c
}

// Champs are the columns of the pupil that the user chooses, one by one, where the two files differ.
var Champs = []string{
	"nom_famille", "nom_usage", "prenom", "prenom2", "prenom3", "sexe", "date_naissance", "ne_etranger",
	"commune_naissance_insee", "adresse_id", "adresse2_id",
}

// What the rows that hang from a pupil repeat of him: the open lines of the register his identity, the others his
// territory.
var (
	identite     = []string{"nom_famille", "nom_usage", "prenom", "sexe", "date_naissance", "residence_insee"}
	rattachement = []string{"ecole_uai", "mairie_insee", "residence_insee"}
)

// plan gathers the changes.
type plan struct {
	garde, absorbe Dossier
	eleve          map[string]*string // the kept pupil as he will be
	changements    []Changement
}

// Planifier works out how absorbe goes into garde. pris are the columns taken from absorbe; jour closes what is open.
func Planifier(garde, absorbe Dossier, pris []string, jour string) []Changement {
	p := &plan{garde: garde, absorbe: absorbe, eleve: map[string]*string{}}
	for _, champ := range Champs {
		p.eleve[champ] = garde.Eleve.Colonnes[champ]
		if slices.Contains(pris, champ) {
			p.eleve[champ] = absorbe.Eleve.Colonnes[champ]
			p.changer(garde.Eleve, champ, p.eleve[champ])
		}
	}
	for _, colonne := range rattachement {
		p.eleve[colonne] = garde.Eleve.Colonnes[colonne]
	}
	if slices.Contains(pris, "adresse_id") {
		p.eleve["residence_insee"] = absorbe.Eleve.Colonnes["residence_insee"]
	}
	p.changer(absorbe.Eleve, "etat", texte("fusionne"))
	p.scolarites(jour)
	p.inscriptions()
	p.entourage("lien_responsable", "responsable_id")
	p.entourage("personne_autorisee", "id")
	p.annuelles("periscolaire")
	p.annuelles("autorisation")
	p.oppositions()
	p.periodes("rattachement")
	p.periodes("beneficiaire", "ecole_uai", "dispositif")
	return p.changements
}

func texte(s string) *string { return &s }

func egaux(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// changer notes a change, if it is one.
func (p *plan) changer(l Ligne, colonne string, apres *string) {
	if !egaux(l.Colonnes[colonne], apres) {
		p.changements = append(p.changements, Changement{l.Table, maps.Clone(l.Cle), colonne, l.Colonnes[colonne], apres})
	}
}

// registre are the tables whose rows have a school of their own.
var registre = []string{"scolarite", "inscription", "rattachement", "beneficiaire"}

// deplacer hangs a row from the kept pupil. Its other columns are changed before, under the key it has until then.
func (p *plan) deplacer(l Ligne) {
	if !slices.Contains(registre, l.Table) {
		for _, colonne := range rattachement {
			p.changer(l, colonne, p.eleve[colonne])
		}
	}
	cle := map[string]string{}
	for colonne, valeur := range l.Cle {
		if colonne != "eleve_id" {
			cle[colonne] = valeur
		}
	}
	p.changements = append(p.changements, Changement{l.Table, cle, "eleve_id", texte(p.absorbe.id()), texte(p.garde.id())})
}

// copier gives an open line of the register the identity of the pupil it comes to.
func (p *plan) copier(l Ligne) {
	for _, colonne := range identite {
		p.changer(l, colonne, p.eleve[colonne])
	}
}

var ouvertes = []string{"admissible", "admis_accepte", "admis_definitif"}

// scolarites: of two lines open in the same school and year the one absorbed is cancelled as a double request; a line
// whose stay overlaps one of the kept pupil remains where it is; the others come.
func (p *plan) scolarites(jour string) {
	for _, s := range p.absorbe.de("scolarite") {
		ouverte := slices.Contains(ouvertes, s.texte("etat"))
		switch {
		case ouverte && p.garde.a("scolarite", func(g Ligne) bool {
			return g.texte("ecole_uai") == s.texte("ecole_uai") && g.texte("annee") == s.texte("annee") &&
				slices.Contains(ouvertes, g.texte("etat"))
		}):
			p.annulerScolarite(s, jour)
		case p.garde.a("scolarite", func(g Ligne) bool { return chevauche(g, s) }):
		default:
			if ouverte {
				p.copier(s)
			}
			p.deplacer(s)
		}
	}
}

func (d Dossier) a(table string, ok func(Ligne) bool) bool {
	return slices.ContainsFunc(d.de(table), ok)
}

func (p *plan) annulerScolarite(s Ligne, jour string) {
	for _, a := range p.absorbe.de("affectation") {
		if a.texte("scolarite_id") == s.Cle["id"] && a.Colonnes["fin"] == nil {
			p.changer(a, "fin", texte(max(jour, a.texte("debut"))))
		}
	}
	for _, colonne := range []string{"classe_id", "date_admission"} {
		p.changer(s, colonne, nil)
	}
	p.changer(s, "motif_annulation", texte("double_demande"))
	p.changer(s, "etat", texte("annulee"))
}

// chevauche tells whether two stays have a day in common; dates are written year first.
func chevauche(a, b Ligne) bool {
	if a.Colonnes["date_admission"] == nil || b.Colonnes["date_admission"] == nil {
		return false
	}
	fin := func(l Ligne) string {
		if l.Colonnes["date_radiation"] != nil {
			return l.texte("date_radiation")
		}
		return l.texte("fin_annee") + "~" // that day included
	}
	return a.texte("date_admission") < fin(b) && b.texte("date_admission") < fin(a)
}

// inscriptions: one open a year (une_inscription_ouverte_par_eleve_et_par_annee).
func (p *plan) inscriptions() {
	ouverte := func(l Ligne) bool { return l.texte("etat") == "en_attente" || l.texte("etat") == "inscrit" }
	for _, i := range p.absorbe.de("inscription") {
		switch {
		case ouverte(i) && p.garde.a("inscription", func(g Ligne) bool { return ouverte(g) && g.texte("annee") == i.texte("annee") }):
			p.changer(i, "motif_annulation", texte("double_demande"))
			p.changer(i, "etat", texte("annulee"))
		default:
			if ouverte(i) {
				p.copier(i)
			}
			p.deplacer(i)
		}
	}
}

// entourage brings the people whom the kept pupil does not have yet, after his own.
func (p *plan) entourage(table, id string) {
	rang := 0
	for _, g := range p.garde.de(table) {
		n, _ := strconv.Atoi(g.texte("rang"))
		rang = max(rang, n)
	}
	for _, l := range p.absorbe.de(table) {
		meme := func(g Ligne) bool {
			return g.texte(id) == l.texte(id) && l.texte(id) != "" || l.texte("nom") != "" && strings.EqualFold(g.texte("nom"), l.texte("nom"))
		}
		if p.garde.a(table, meme) {
			continue
		}
		rang++
		p.changer(l, "rang", texte(strconv.Itoa(rang)))
		p.deplacer(l)
	}
}

// annuelles brings what the kept pupil has not for that year.
func (p *plan) annuelles(table string) {
	for _, l := range p.absorbe.de(table) {
		if !p.garde.a(table, func(g Ligne) bool { return g.texte("annee") == l.texte("annee") }) {
			p.deplacer(l)
		}
	}
}

// oppositions: one open at a time (une_opposition_ouverte_par_eleve).
func (p *plan) oppositions() {
	ouverte := func(l Ligne) bool { return l.Colonnes["levee_le"] == nil }
	for _, o := range p.absorbe.de("opposition") {
		if !ouverte(o) || !p.garde.a("opposition", ouverte) {
			p.deplacer(o)
		}
	}
}

// periodes brings what has no day in common with a period of the kept pupil, among those that are alike in some columns
// (un_seul_rattachement_a_la_fois, un_seul_benefice_a_la_fois).
func (p *plan) periodes(table string, pareilles ...string) {
	fin := func(l Ligne) string {
		if l.Colonnes["fin"] == nil {
			return "~" // after every date
		}
		return l.texte("fin")
	}
	for _, l := range p.absorbe.de(table) {
		commune := func(g Ligne) bool {
			alike := !slices.ContainsFunc(pareilles, func(c string) bool { return g.texte(c) != l.texte(c) })
			return alike && g.texte("debut") <= fin(l) && l.texte("debut") <= fin(g)
		}
		if p.garde.a(table, commune) {
			continue
		}
		if table == "rattachement" && l.Colonnes["fin"] == nil {
			p.copier(l)
		}
		p.deplacer(l)
	}
}
