package papiers

import (
	"fmt"
	"slices"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// listePMI and listeMedecine are handed to who examines the children. They name those whom the law says, and the day by
// which: what is found is nobody's business here.
var (
	listePMI = visite(eleve.BilanPMI, "liste-pmi", "Bilan de santé de 3 à 4 ans",
		"Pour la protection maternelle et infantile\u00a0: les enfants qui ont 4 ans dans l’année scolaire (code de la santé publique, art. L. 2112-2).")
	listeMedecine = visite(eleve.SixiemeAnnee, "liste-medecine-scolaire", "Visite médicale de la sixième année",
		"Pour la médecine scolaire\u00a0: les enfants qui ont 6 ans dans l’année scolaire (code de l’éducation, art. L. 541-1).")
)

func visite(v eleve.Visite, chemin, titre, aide string) document {
	return document{chemin: chemin, titre: titre, aide: aide, faire: func(l lu, c choix) papier.Papier {
		list := slices.DeleteFunc(slices.Clone(l.eleves), func(e inscrit) bool { return !v.Concerne(e.DateNaissance, c.annee) })
		if len(list) == 0 {
			return papier.Papier{}
		}
		slices.SortStableFunc(list, func(a, b inscrit) int { return a.DateNaissance.Compare(b.DateNaissance) })
		du, au := v.Bornes(c.annee)
		return papier.Papier{Compact: true, Pieces: []papier.Piece{{
			Pied: pdf.Footer{Date: date.Long(c.jour), Confidential: true},
			Blocs: []papier.Bloc{
				l.ecole.enTete("Année scolaire " + c.annee.Libelle()),
				papier.Titre{Titre: titre, Sous: []string{
					ui.Plural(len(list), "enfant né", "enfants nés") + " du " + date.Long(du) + " au " + date.Long(au)}},
				convoques(v, list),
				papier.Remarque("Ne rien écrire ici de l’état de santé d’un enfant."),
			},
		}}}
	}}
}

// convoques is the children by birth, with what is written by hand.
func convoques(v eleve.Visite, list []inscrit) papier.Tableau {
	t := papier.Tableau{Ruled: true, Least: 20, Columns: []pdf.Column{
		{Title: "N°", Align: pdf.Right}, {Title: "Élève", Bold: true}, {Title: "Né(e) le"}, {Title: "Classe"}, {Title: "À voir avant le"},
		{Title: "Convoqué(e) le", Width: 80, Blank: true}, {Title: "Vu(e) le", Width: 80, Blank: true},
	}}
	var rows [][]string
	for i, e := range list {
		rows = append(rows, []string{fmt.Sprint(i + 1), e.nom(), date.Court(e.DateNaissance), e.Classe, date.Court(v.AvantLe(e.DateNaissance))})
	}
	t.Groups = []pdf.Group{{Rows: rows}}
	return t
}
