package papiers

import (
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// Who gives papers to whom.
var sens = []ui.Option{{Value: "recues", Label: "La famille remet des pièces"}, {Value: "remises", Label: "L’école remet des documents"}}

// pieces are what is given, either way, ticked by hand: the register keeps no trace of it.
var pieces = map[string][]string{
	"recues": {
		"Fiche de renseignements, signée", "Fiche d’urgence", "Attestation d’assurance scolaire", "Certificat d’inscription de la mairie",
		"Certificat de radiation de l’école précédente", "Copie du livret de famille ou de l’acte de naissance", "Justificatif de domicile",
		"Décision de justice sur l’autorité parentale ou la résidence",
	},
	"remises": {
		"Certificat de radiation", "Certificat de scolarité", "Livret scolaire", "Cahiers et travaux de l’élève", "Enveloppe fermée pour le médecin scolaire",
	},
}

// autresPieces are the lines left to write others.
const autresPieces = 3

// recepisseRemise proves to both that papers have changed hands. Those who leave receive one too.
var recepisseRemise = document{
	chemin: "recepisses", titre: "Récépissés de remise",
	aide:   "Un reçu par élève, à cocher et à signer\u00a0: les pièces que la famille apporte, ou les documents que l’école lui rend.",
	partis: true,
	filtres: func(choix) []ui.Filter {
		return []ui.Filter{{Name: "sens", Label: "Remise", All: sens[0].Label, Options: sens[1:]}}
	},
	faire: func(l lu, c choix) papier.Papier {
		p := papier.Papier{Compact: true}
		for _, e := range l.eleves {
			p.Pieces = append(p.Pieces, l.remise(e, c, c.un("sens", sens)))
		}
		return p
	},
}

func (l lu) remise(e inscrit, c choix, sens string) papier.Piece {
	phrase := "L’école a reçu, pour " + l.denomme(e) + ", les pièces cochées ci-dessous."
	signer := papier.Signature{Role: habilitation.Direction(l.ecole.Directeur), Name: l.ecole.Directeur, Stamp: "Cachet de l’école"}
	if sens == "remises" {
		phrase = "J’ai reçu de l’école, pour " + l.denomme(e) + ", les documents cochés ci-dessous."
		signer = papier.Signature{Place: "Nom et qualité de la personne qui reçoit\u00a0:", Role: "Signature"}
	}
	t := papier.Tableau{Ruled: true, Least: 20, Columns: []pdf.Column{
		{Title: "Document", Bold: true}, {Title: "Remis", Width: 50, Align: pdf.Centre}, {Title: "Précision", Width: 190, Blank: true}}}
	var rows [][]string
	for _, p := range pieces[sens] {
		rows = append(rows, []string{p, "□"})
	}
	for range autresPieces {
		rows = append(rows, []string{"Autre\u00a0:", "□"})
	}
	t.Groups = []pdf.Group{{Rows: rows}}
	return papier.Piece{Pied: pdf.Footer{Date: date.Long(c.jour)}, Blocs: []papier.Bloc{
		l.ecole.enTete("Année scolaire "+c.annee.Libelle(), e.enClasse()),
		papier.Titre{Titre: "Récépissé de remise", Sous: []string{e.nom()}},
		papier.Dit(phrase), t, papier.Manuscrit{Demande: "Date de la remise", Lignes: 1}, signer,
		papier.Remarque("Établi en deux exemplaires, un pour chacun. Il ne prouve que la remise, et non le contenu des documents."),
	}}
}

// denomme is the pupil in a sentence.
func (l lu) denomme(e inscrit) string {
	return e.Prenom + " " + e.NomFamille + ", " + eleve.Accord(eleve.Sexe(e.Sexe), "né le ", "née le ") + date.Long(e.DateNaissance)
}

// Rights that a parent exercises over the data of his child (GDPR, art. 15, 16, 18 and 21).
var demandes = []ui.Option{
	{Value: "acces", Label: "Accès aux données"}, {Value: "rectification", Label: "Rectification"},
	{Value: "limitation", Label: "Limitation de l’usage"}, {Value: "opposition", Label: "Opposition"},
}

// recepisseDroits is handed to the parent who asks, and says by when he is answered: one month (GDPR, art. 12).
var recepisseDroits = document{
	chemin: "recepisses-droits", titre: "Récépissés de demande d’accès",
	aide:   "Pour le parent qui demande à consulter ou à faire corriger les données de son enfant. La réponse est due dans le mois.",
	partis: true,
	filtres: func(choix) []ui.Filter {
		return []ui.Filter{{Name: "demande", Label: "Demande", All: demandes[0].Label, Options: demandes[1:]}}
	},
	faire: func(l lu, c choix) papier.Papier {
		p := papier.Papier{Compact: true}
		for _, e := range l.eleves {
			p.Pieces = append(p.Pieces, l.droits(e, c))
		}
		return p
	},
}

func (l lu) droits(e inscrit, c choix) papier.Piece {
	objet := ""
	for _, o := range demandes {
		if o.Value == c.un("demande", demandes) {
			objet = o.Label
		}
	}
	recue := date.Long(c.jour)
	return papier.Piece{Pied: pdf.Footer{Date: recue}, Blocs: []papier.Bloc{
		l.ecole.enTete("Année scolaire " + c.annee.Libelle()),
		papier.Titre{Titre: "Récépissé de demande", Sous: []string{objet}},
		papier.Dit("L’école a reçu ce jour une demande qui porte sur les données enregistrées au sujet de " + l.denomme(e) + "."),
		papier.Lignes{
			pdf.R("Demande", objet), {Label: "Reçue le", Value: []pdf.Span{pdf.B(recue)}},
			{Label: "Réponse due au plus tard le", Value: []pdf.Span{pdf.B(date.Long(c.jour.AddDate(0, 1, 0)))}},
		},
		papier.Manuscrit{Demande: "Nom de la personne qui demande, et lien avec l’enfant", Lignes: 1},
		papier.Manuscrit{Demande: "Ce qui est demandé", Lignes: 3},
		papier.Remarque(strings.Join([]string{
			"La demande est gratuite.", "Sans réponse dans ce délai, vous pouvez saisir le délégué à la protection des données de l’académie, puis la CNIL.",
			"L’école vérifie l’identité et l’autorité parentale de la personne qui demande."}, " ")),
		papier.Signature{Place: "Fait à " + l.ecole.Commune + ", le " + recue, Role: habilitation.Direction(l.ecole.Directeur), Name: l.ecole.Directeur, Stamp: "Cachet de l’école"},
	}}
}
