package papiers

import (
	"cmp"
	"strconv"

	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// Who a label names.
var sujets = []ui.Option{{Value: "eleves", Label: "Élèves"}, {Value: "familles", Label: "Familles, à leur adresse"}}

func (c choix) planche() pdf.LabelSheet { return papier.Planche(c.un("planche", papier.Planches())) }

var etiquettes = document{
	chemin: "etiquettes", titre: "Étiquettes",
	aide: "Choisissez la planche, et la première place libre si elle est entamée. Imprimez à 100\u00a0%, sans ajuster.",
	filtres: func(c choix) []ui.Filter {
		var places []ui.Option
		for i := 2; i <= c.planche().Count(); i++ {
			places = append(places, ui.Option{Value: strconv.Itoa(i), Label: strconv.Itoa(i)})
		}
		return []ui.Filter{
			{Name: "qui", Label: "Étiquettes des", All: sujets[0].Label, Options: sujets[1:]},
			{Name: "planche", Label: "Planche", All: papier.Planches()[0].Label, Options: papier.Planches()[1:]},
			{Name: "debut", Label: "Première place", All: "1", Options: places},
		}
	},
	faire: func(l lu, c choix) papier.Papier {
		e := papier.Etiquettes{Planche: c.planche(), Debut: c.entier("debut", 1, c.planche().Count()) - 1}
		if c.un("qui", sujets) == "familles" {
			for _, m := range l.maisons() {
				e.Liste = append(e.Liste, m.Destinataire())
			}
		} else {
			for _, x := range l.eleves {
				e.Liste = append(e.Liste, pdf.Label{x.Prenom + " " + cmp.Or(x.NomUsage, x.NomFamille), x.Classe})
			}
		}
		if len(e.Liste) == 0 {
			return papier.Papier{}
		}
		return papier.Papier{Pieces: []papier.Piece{{Blocs: []papier.Bloc{e}}}}
	},
}

var enveloppes = document{
	chemin: "enveloppes", titre: "Enveloppes",
	aide: "Une enveloppe par foyer, frères et sœurs ensemble. Une adresse confidentielle n’y figure jamais.",
	filtres: func(choix) []ui.Filter {
		return []ui.Filter{{Name: "format", Label: "Format", All: papier.Formats[0].Label, Options: papier.Formats[1:]}}
	},
	faire: func(l lu, c choix) papier.Papier {
		p := papier.Papier{Feuille: papier.Format(c.un("format", papier.Formats)), Paysage: true}
		from := l.ecole.Postale()
		for _, m := range l.maisons() {
			p.Pieces = append(p.Pieces, papier.Piece{Blocs: []papier.Bloc{papier.Enveloppe{De: from, A: m.Destinataire()}}})
		}
		return p
	},
}
