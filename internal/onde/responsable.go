package onde

import (
	"cmp"
	"regexp"
)

// nomme tells whether a line names somebody.
func (r Responsable) nomme() bool { return r.NomFamille != "" || r.Prenom != "" || r.Organisme != "" }

// LireResponsables reads the lines of a file of responsables. Every line is given back; those that an error refuses too.
func LireResponsables(f Feuille, c Correspondance) ([]Responsable, []Erreur) {
	l := newLecteur(f, c)
	list := make([]Responsable, 0, len(f.Lignes))
	for _, l.ligne = range f.Lignes {
		l.entiere()
		r := l.responsable(func(c Champ) Champ { return c })
		if r.Prenom == "" && r.Organisme == "" { // those that take children in stand so at the bottom of the extraction
			r.Organisme, r.NomFamille, r.NomUsage = r.NomFamille, "", ""
		}
		if !r.nomme() {
			l.refuser("nom_famille", "Le nom du responsable manque.", "Complétez le nom dans le fichier.")
		}
		r.Enfants = l.enfants()
		if len(r.Enfants) == 0 {
			l.refuser("enfant_nom", "Aucun enfant n’est nommé sur cette ligne.", "Complétez le nom et le prénom de l’enfant dans le fichier.")
		}
		list = append(list, r)
	}
	return list, l.erreurs
}

// mobile is the number of a mobile telephone.
var mobile = regexp.MustCompile(`^(\+33\s?|0033\s?|0)[67]`)

// parent reads a responsable on the pupil's line, if it gives one; a name alone is not enough for a person.
func (l *lecteur) parent(g groupe) (Responsable, bool) {
	r := l.responsable(g.champ)
	r.Lien = cmp.Or(r.Lien, g.lien)
	if mobile.MatchString(r.TelDomicile) && r.TelPortable == "" { // « Tél. » is any number in a spreadsheet
		r.TelDomicile, r.TelPortable = "", r.TelDomicile
	}
	if r.NomFamille != "" && r.Prenom == "" {
		l.avertir(g.champ("nom_famille"), "Le prénom de ce responsable manque\u00a0: il est laissé de côté.", "Complétez le prénom dans le fichier, ou ajoutez le responsable depuis le dossier.")
		return r, false
	}
	return r, r.nomme()
}

// responsable reads the columns that of names.
func (l *lecteur) responsable(of func(Champ) Champ) Responsable {
	text := func(c Champ) string { return l.texte(of(c), 0) }
	r := Responsable{
		Ligne: l.ligne.No, NomFamille: text("nom_famille"), NomUsage: text("nom_usage"), Prenom: text("prenom"),
		Organisme: text("organisme"), Courriel: text("courriel"), Poste: text("poste"),
		TelDomicile: telephone(text("tel_domicile")), TelTravail: telephone(text("tel_travail")), TelPortable: telephone(text("tel_portable")),
		Adresse: separer(Adresse{Voie: text("adresse"), CodePostal: text("code_postal"), Commune: text("commune"), Pays: text("pays")}),
	}
	r.Civilite = l.parmi(of("civilite"), civilites, "Écrivez M. ou Mme.")
	r.Lien = l.parmi(of("lien"), Liens, "Écrivez par exemple Mère, Père ou Tuteur.")
	r.Autorite = l.ouiNon(of("autorite"))
	r.Communication = l.ouiNon(of("communication"))
	return r
}

// enfants reads the groups of columns that are repeated for each child.
func (l *lecteur) enfants() []Enfant {
	var list []Enfant
	for n := range max(len(l.colonnes["enfant_nom"]), len(l.colonnes["enfant_prenom"])) {
		e := Enfant{
			NomUsage: l.texte("enfant_nom_usage", n), NomFamille: l.texte("enfant_nom", n),
			Prenom: l.texte("enfant_prenom", n), Classe: l.texte("enfant_classe", n), INE: l.texte("enfant_ine", n),
		}
		if e.NomFamille != "" || e.NomUsage != "" || e.Prenom != "" {
			list = append(list, e)
		}
	}
	return list
}
