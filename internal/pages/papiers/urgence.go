package papiers

import (
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// ficheUrgence follows the model of the Bulletin officiel (hors-série no 1 of 6 January 2000). What it asks of health is
// written by the family and stays on the sheet: the register has no place for it.
var ficheUrgence = document{
	chemin: "fiches-urgence", titre: "Fiches d’urgence",
	aide: "Ce qui est prérempli vient du dossier. La santé reste sur le papier\u00a0: la famille l’écrit elle-même.",
	faire: func(l lu, c choix) papier.Papier {
		p := papier.Papier{Compact: true}
		for _, e := range l.eleves {
			p.Pieces = append(p.Pieces, l.urgence(e, c))
		}
		return p
	},
}

func (l lu) urgence(e inscrit, c choix) papier.Piece {
	adresse := strings.Join(e.Lignes(), ", ")
	if e.AdresseCachee {
		adresse = "Confidentielle, connue de la direction"
	}
	return papier.Piece{
		Pied: pdf.Footer{Date: date.Long(c.jour), Note: "Document non confidentiel, à remplir par la famille chaque année"},
		Blocs: []papier.Bloc{
			l.ecole.enTete("Année scolaire "+c.annee.Libelle(), e.Classe),
			papier.Titre{Titre: "Fiche d’urgence à l’intention des parents"},
			papier.Lignes(connues(
				pdf.Row{Label: "Élève", Value: []pdf.Span{pdf.B(e.nom())}}, pdf.R("Né(e) le", date.Court(e.DateNaissance)),
				pdf.R("Classe", e.Classe), pdf.R("Adresse", adresse))),
			papier.Intertitre("En cas d’accident, l’école prévient"),
			l.joindre(e),
			papier.Manuscrit{Demande: "N° et adresse du centre de sécurité sociale, n° et adresse de l’assurance scolaire", Lignes: 2},
			papier.Manuscrit{Demande: "Date du dernier rappel de vaccin antitétanique (renouvelé tous les cinq ans)", Lignes: 1},
			papier.Manuscrit{Demande: "Observations que vous jugez utiles (allergies, traitements, précautions)", Lignes: 2},
			papier.Manuscrit{Demande: "Nom, adresse et téléphone du médecin traitant", Lignes: 1},
			papier.Remarque("En cas d’urgence, un élève accidenté ou malade est orienté et transporté par les services de secours vers l’hôpital le " +
				"mieux adapté. La famille est avertie aussitôt. Un élève mineur ne sort de l’hôpital qu’accompagné de sa famille. " +
				"Ce qui doit rester confidentiel peut être remis sous pli fermé à l’attention du médecin ou de l’infirmière scolaire."),
			signer(nil),
		},
	}
}

// joindre lists whom to call, in the order of the file: those who may decide for the child first. The sheet passes
// through both homes: where one is protected from the other, each writes for himself.
func (l lu) joindre(e inscrit) papier.Bloc {
	if l.discret(e) {
		return papier.Manuscrit{Demande: "Noms, liens et téléphones des personnes à prévenir", Lignes: 4}
	}
	t := papier.Tableau{Columns: []pdf.Column{{Title: "Nom", Bold: true}, {Title: "Lien"}, {Title: "Téléphones"}}, Empty: "Personne n’est connu de l’école."}
	var rows [][]string
	for _, r := range l.responsables[e.ID] {
		rows = append(rows, []string{r.Nom(), r.Lien.Label(), strings.Join(r.telephones(), ", ")})
	}
	for _, c := range e.Contacts {
		if c.Urgence {
			rows = append(rows, []string{c.nom(), c.Lien.Label(), strings.Join(c.telephones(), ", ")})
		}
	}
	t.Groups = []pdf.Group{{Rows: rows}}
	return t
}

// parClasse cuts the pupils into one piece for each class, in their order.
func (l lu) parClasse(piece func(classe string, list []inscrit) papier.Piece) []papier.Piece {
	var pieces []papier.Piece
	for from := 0; from < len(l.eleves); {
		to := from
		for to < len(l.eleves) && l.eleves[to].ClasseID == l.eleves[from].ClasseID {
			to++
		}
		name := l.eleves[from].Classe
		if name == "" {
			name = "Sans classe"
		}
		pieces = append(pieces, piece(name, l.eleves[from:to]))
		from = to
	}
	return pieces
}

// discret tells whether a paper seen by both homes must leave out what leads to a parent who is protected.
func (l lu) discret(e inscrit) bool {
	for _, f := range l.foyers(e) {
		if f.Discret || f.Cachee {
			return true
		}
	}
	return false
}
