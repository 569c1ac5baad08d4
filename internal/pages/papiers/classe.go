package papiers

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// tete begins a sheet about a class: the school, what it is, the class and its teacher.
func (l lu) tete(titre, classe string, list []inscrit, c choix) []papier.Bloc {
	who := classe
	if list[0].Enseignant != "" {
		who += " – " + list[0].Enseignant
	}
	return []papier.Bloc{
		l.ecole.enTete("Année scolaire " + c.annee.Libelle()),
		papier.Titre{Titre: titre, Sous: []string{who + " – " + ui.Plural(len(list), "élève", "élèves")}},
	}
}

// ficheSecurite is taken out of the building: whom to call for each pupil.
var ficheSecurite = document{
	chemin: "fiches-securite", titre: "Fiches de sécurité",
	aide: "Par classe, qui appeler pour chaque élève. À garder près de la porte, et à emporter en sortie.",
	faire: func(l lu, c choix) papier.Papier {
		return papier.Papier{Compact: true, Paysage: true, Pieces: l.parClasse(func(classe string, list []inscrit) papier.Piece {
			t := papier.Tableau{Zebra: true, Columns: []pdf.Column{
				{Title: "Élève", Bold: true}, {Title: "Né(e) le"}, {Title: "Responsables"}, {Title: "Autres personnes à prévenir"}}}
			var rows [][]string
			for _, e := range list {
				rows = append(rows, []string{e.nom(), date.Court(e.DateNaissance), l.numeros(e), l.secours(e)})
			}
			t.Groups = []pdf.Group{{Rows: rows}}
			return papier.Piece{Pied: pdf.Footer{Date: date.Long(c.jour), Confidential: true}, Blocs: append(l.tete("Fiche de sécurité", classe, list, c), t)}
		})}
	},
}

// numeros are the responsables with their telephones, one to a line.
func (l lu) numeros(e inscrit) string {
	var lines []string
	for _, r := range l.responsables[e.ID] {
		lines = append(lines, joint(r.Nom(), r.telephones()))
	}
	return strings.Join(lines, "\n")
}

func (l lu) secours(e inscrit) string {
	var lines []string
	for _, c := range e.Contacts {
		if c.Urgence {
			lines = append(lines, joint(c.nom(), c.telephones()))
		}
	}
	return strings.Join(lines, "\n")
}

func joint(nom string, telephones []string) string {
	if len(telephones) == 0 {
		return nom
	}
	return nom + "\u00a0: " + strings.Join(telephones, ", ")
}

// listeSortie stays at the gate: who may fetch whom.
var listeSortie = document{
	chemin: "listes-sortie", titre: "Listes de sortie",
	aide: "Par classe, qui peut venir chercher chaque enfant, et qui rentre seul.",
	faire: func(l lu, c choix) papier.Papier {
		return papier.Papier{Compact: true, Pieces: l.parClasse(func(classe string, list []inscrit) papier.Piece {
			t := papier.Tableau{Zebra: true, Columns: []pdf.Column{
				{Title: "Élève", Bold: true}, {Title: "Rentre seul(e)", Align: pdf.Centre}, {Title: "Peuvent venir"}, {Title: "Après la classe"}}}
			var rows [][]string
			for _, e := range list {
				rows = append(rows, []string{e.nom(), l.seul(e), l.venir(e), strings.Join(e.periscolaire().Services(), ", ")})
			}
			t.Groups = []pdf.Group{{Rows: rows}}
			return papier.Piece{Pied: pdf.Footer{Date: date.Long(c.jour), Confidential: true}, Blocs: append(l.tete("Liste de sortie", classe, list, c), t)}
		})}
	},
}

func (l lu) seul(e inscrit) string {
	if !e.AutorisationsConnues {
		return "non demandé"
	}
	return ouiNon(e.RentreSeul)
}

// venir are those who exercise parental authority, and those whom they have named.
func (l lu) venir(e inscrit) string {
	var lines []string
	for _, r := range l.responsables[e.ID] {
		if r.AutoriteParentale {
			lines = append(lines, r.Nom()+" ("+strings.ToLower(r.Lien.Label())+")")
		}
	}
	for _, c := range e.Contacts {
		if c.Autorisee {
			lines = append(lines, joint(c.nom(), c.telephones()))
		}
	}
	return strings.Join(lines, "\n")
}

// listeEvacuation is ticked at the meeting point.
var listeEvacuation = document{
	chemin: "listes-evacuation", titre: "Listes d’évacuation",
	aide: "Par classe, les noms à cocher au point de rassemblement (PPMS, exercice d’incendie).",
	faire: func(l lu, c choix) papier.Papier {
		return papier.Papier{Compact: true, Pieces: l.parClasse(func(classe string, list []inscrit) papier.Piece {
			t := papier.Tableau{Ruled: true, Least: 20, Columns: []pdf.Column{
				{Title: "N°", Align: pdf.Right}, {Title: "Élève", Bold: true}, {Title: "Présent", Width: 62}, {Title: "Absent", Width: 62}, {Title: "Remarque", Width: 110}}}
			var rows [][]string
			for i, e := range list {
				rows = append(rows, []string{fmt.Sprint(i + 1), e.nom()})
			}
			t.Groups = []pdf.Group{{Rows: rows}}
			return papier.Piece{Pied: pdf.Footer{Date: date.Long(c.jour)}, Blocs: append(l.tete("Liste d’évacuation", classe, list, c), t)}
		})}
	},
}

// trombinoscope leaves the frames empty: the register keeps no photograph.
var trombinoscope = document{
	chemin: "trombinoscope", titre: "Trombinoscope",
	aide: "Un cadre vide par élève, à garnir de photographies. Le registre n’en garde aucune.",
	faire: func(l lu, c choix) papier.Papier {
		return papier.Papier{Compact: true, Pieces: l.parClasse(func(classe string, list []inscrit) papier.Piece {
			v := papier.Vignettes{Colonnes: 6}
			for _, e := range list {
				detail := ""
				if e.AutorisationsConnues && !e.Photo {
					detail = "sans photographie"
				}
				v.Liste = append(v.Liste, pdf.Portrait{Name: e.Prenom + " " + cmp.Or(e.NomUsage, e.NomFamille), Detail: detail})
			}
			return papier.Piece{Pied: pdf.Footer{Date: date.Long(c.jour)}, Blocs: append(l.tete("Trombinoscope", classe, list, c), v)}
		})}
	},
}

// mois are the months of a school year that has lessons, September to July.
func mois(annee ecole.Annee) []ui.Option {
	var list []ui.Option
	for m := annee.Debut(); m.Before(date.Du(int(annee)+1, time.August, 1)); m = m.AddDate(0, 1, 0) {
		list = append(list, ui.Option{Value: m.Format("2006-01"), Label: date.Mois(m)})
	}
	return list
}
