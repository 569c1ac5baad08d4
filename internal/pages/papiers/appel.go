package papiers

import (
	"fmt"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// feuilleAppel is the roll-call of a month, two half-days to a day (art. R131-5 of the code de l'éducation): names,
// dates of birth, a telephone of the family.
var feuilleAppel = document{
	chemin: "feuilles-appel", titre: "Feuilles d’appel",
	aide: "Un mois par feuille et deux demi-journées par jour. Barrez les jours sans classe.",
	filtres: func(c choix) []ui.Filter {
		return []ui.Filter{
			{Name: "mois", Label: "Mois", All: date.Mois(c.premier()), Options: mois(c.annee)},
			{Name: "semaine", Label: "Semaine", All: "Quatre jours", Options: []ui.Option{{Value: "mercredi", Label: "Avec le mercredi matin"}}},
		}
	},
	faire: func(l lu, c choix) papier.Papier {
		jours := demiJournees(c.premier(), c.q.Get("semaine") == "mercredi")
		return papier.Papier{Compact: true, Paysage: true, Pieces: l.parClasse(func(classe string, list []inscrit) papier.Piece {
			t := papier.Tableau{Ruled: true, Tight: true, Columns: append([]pdf.Column{{Title: "Élève", Bold: true}, {Title: "Né(e) le"}, {Title: "Téléphone"}}, jours...)}
			var rows [][]string
			for _, e := range list {
				rows = append(rows, []string{e.nom(), date.Court(e.DateNaissance), l.appeler(e)})
			}
			t.Groups = []pdf.Group{{Rows: rows}}
			return papier.Piece{
				Pied:  pdf.Footer{Date: date.Long(c.jour), Note: "m\u00a0: matin, a\u00a0: après-midi", Confidential: true},
				Blocs: append(l.tete("Feuille d’appel – "+date.Mois(c.premier()), classe, list, c), t),
			}
		})}
	},
}

// premier is the first day of the month chosen: the present one, or the first of a year to come.
func (c choix) premier() time.Time {
	if m, err := time.Parse("2006-01", c.q.Get("mois")); err == nil && c.annee.Contient(m) {
		return m
	}
	if c.annee.Contient(c.jour) {
		return date.Du(c.jour.Year(), c.jour.Month(), 1)
	}
	return c.annee.Debut()
}

// appeler is the first telephone of the family.
func (l lu) appeler(e inscrit) string {
	for _, r := range l.responsables[e.ID] {
		if list := r.telephones(); len(list) > 0 {
			return list[0]
		}
	}
	return ""
}

var initiales = map[time.Weekday]string{
	time.Monday: "L", time.Tuesday: "M", time.Wednesday: "M", time.Thursday: "J", time.Friday: "V",
}

// demiJournees are the columns of a month. Wednesday, where there is school, has a morning.
func demiJournees(premier time.Time, mercredi bool) []pdf.Column {
	const largeur = 12.5
	var columns []pdf.Column
	for d := premier; d.Month() == premier.Month(); d = d.AddDate(0, 0, 1) {
		initiale, ecole := initiales[d.Weekday()]
		if !ecole || d.Weekday() == time.Wednesday && !mercredi {
			continue
		}
		columns = append(columns, pdf.Column{Title: fmt.Sprintf("%s\n%d\nm", initiale, d.Day()), Width: largeur, Align: pdf.Centre})
		if d.Weekday() != time.Wednesday {
			columns = append(columns, pdf.Column{Title: "\n\na", Width: largeur, Align: pdf.Centre})
		}
	}
	return columns
}
