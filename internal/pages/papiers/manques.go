package papiers

import (
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// piecesManquantes writes to the families of those whose file lacks something that they can give.
var piecesManquantes = document{
	chemin: "pieces-manquantes", titre: "Lettres de pièces manquantes",
	aide: "Une lettre par foyer dont le dossier est incomplet. Celles dont rien ne manque n’en reçoivent pas.",
	faire: func(l lu, c choix) papier.Papier {
		p := papier.Papier{Lettre: true}
		for _, e := range l.eleves {
			manques := l.demandes(e)
			if len(manques) == 0 {
				continue
			}
			for _, f := range l.foyers(e) {
				p.Pieces = append(p.Pieces, l.lettre(e, f, manques, c))
			}
		}
		return p
	},
}

// demandes is what the family can bring: the class is the school's affair.
func (l lu) demandes(e inscrit) []dossier.Manque {
	etat := dossier.Etat{
		Adresse: e.AdresseCachee || len(e.Lignes()) > 0, Niveau: e.Niveau, Classe: true, Attestation: e.AttestationFournie,
	}
	for _, r := range l.responsables[e.ID] {
		etat.Responsables = append(etat.Responsables, dossier.ResponsableConnu{
			Nom: r.Nom(), Autorite: r.AutoriteParentale, Adresse: r.AdresseCachee || len(r.Lignes()) > 0, Telephone: len(r.telephones()) > 0,
		})
	}
	for _, c := range e.Contacts {
		etat.Urgence = etat.Urgence || c.Urgence
	}
	var list []dossier.Manque
	for _, m := range etat.Manques(dossier.PourRentree) {
		if m.Rubrique != dossier.RubriqueScolarite {
			list = append(list, m)
		}
	}
	return list
}

// enClasse is where the pupil is: his class, or his level while he has none.
func (e inscrit) enClasse() string {
	if e.Classe != "" {
		return e.Classe
	}
	return e.Niveau.Libelle()
}

func (l lu) lettre(e inscrit, f foyer.Foyer, manques []dossier.Manque, c choix) papier.Piece {
	t := papier.Tableau{Columns: []pdf.Column{{Title: "Ce qui manque", Bold: true}, {Title: "Pourquoi l’école le demande"}}}
	var rows [][]string
	for _, m := range manques {
		rows = append(rows, []string{m.Quoi, m.Pourquoi})
	}
	t.Groups = []pdf.Group{{Rows: rows}}
	le := date.Long(c.jour)
	return papier.Piece{
		Pied: pdf.Footer{Date: le},
		Blocs: []papier.Bloc{
			l.ecole.enTete(l.ecole.Commune + ", le " + le), papier.Destinataire(l.chez(e, f).Destinataire()),
			papier.Texte{pdf.B("Objet\u00a0: pièces manquantes au dossier de " + e.Prenom + " " + e.NomFamille)},
			papier.Dit("Madame, Monsieur,"),
			papier.Dit("Le dossier de " + e.Prenom + ", en " + e.enClasse() + ", n’est pas complet pour l’année scolaire " + c.annee.Libelle() + ". Il y manque\u00a0:"),
			t,
			papier.Dit("Merci de compléter le dossier. Si vous l’avez déjà fait, ne tenez pas compte de cette lettre."),
			papier.Signature{Role: habilitation.Direction(l.ecole.Directeur), Name: l.ecole.Directeur},
		},
	}
}
