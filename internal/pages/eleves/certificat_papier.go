package eleves

import (
	"slices"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// print lays out the certificates, one page each: that of a radiation has more to say, in closer lines.
func (m modele) print(
	list []attestation, numeros []document.Numero, school ecole.EnTete, agent habilitation.Agent, sceller sceller,
) (papier.Papier, error) {
	all := papier.Papier{Titre: m.titre, Auteur: school.NomComplet(), Date: latest(numeros), Lettre: m.etat == scolarite.Radie}
	for i, a := range list {
		piece, err := m.piece(a, numeros[i], school, agent, sceller)
		if err != nil {
			return all, err
		}
		all.Pieces = append(all.Pieces, piece)
	}
	return all, nil
}

// piece is one certificate. One that was not issued yet has neither number nor seal.
func (m modele) piece(a attestation, n document.Numero, school ecole.EnTete, agent habilitation.Agent, sceller sceller) (papier.Piece, error) {
	le := date.Long(n.EditeLe)
	foot := pdf.Footer{Date: le}
	if n.Rang > 0 {
		code, err := sceller(m.scelle(a, n, school.NomComplet()))
		if err != nil {
			return papier.Piece{}, err
		}
		foot.Number, foot.Code = n.String(), code
	}
	avant, nom, apres := agent.Soussigne()
	return papier.Piece{Pied: foot, Blocs: []papier.Bloc{
		papier.EnTete{Issuer: school.Lignes()},
		papier.Titre{Titre: m.titre, Sous: []string{m.sousTitre(a)}},
		papier.Texte{pdf.T(avant), pdf.B(nom), pdf.T(apres + "certifie que " + m.intro(a))},
		papier.Lignes(known(append(a.rows(), m.lignes(a)...))),
		papier.Dit(m.fin),
		papier.Signature{
			Place: "Fait à " + school.Commune + ", le " + le, Role: agent.Direction(), Name: agent.Nom, Stamp: "Cachet de l’école",
		},
	}}, nil
}

// sousTitre is the time of which the paper speaks.
func (m modele) sousTitre(a attestation) string {
	if m.periode != "" {
		return strings.ToUpper(m.periode[:1]) + m.periode[1:]
	}
	return "Année scolaire " + ecole.Annee(a.Annee).Libelle()
}

// scelle is what the code of the paper says.
func (m modele) scelle(a attestation, n document.Numero, school string) sceau.Papier {
	return sceau.Papier{
		Type: m.typ, Numero: n.String(), EditeLe: n.EditeLe, Emetteur: school, NeLe: a.DateNaissance, Fait: m.fait(a),
		Nom: eleve.NomListe(a.NomFamille, a.NomUsage, a.Prenom),
	}
}

func (a attestation) rows() []pdf.Row {
	rows := []pdf.Row{
		{Label: "Nom de famille", Value: []pdf.Span{pdf.B(a.NomFamille)}}, {Label: "Prénom", Value: []pdf.Span{pdf.B(a.Prenom)}},
	}
	if a.NomUsage != "" {
		rows = append(rows, pdf.R("Nom d’usage", a.NomUsage))
	}
	return append(rows, pdf.R("Date de naissance", date.Long(a.DateNaissance)))
}

// niveau is the short name that families use, then the long one of the texts.
func (a attestation) niveau() string { return a.Niveau + " – " + ecole.Niveau(a.Niveau).Libelle() }

// known leaves out the rows that have nothing to say.
func known(rows []pdf.Row) []pdf.Row {
	return slices.DeleteFunc(rows, func(r pdf.Row) bool { return len(r.Value) == 1 && r.Value[0].Text == "" })
}

// latest dates the file: the day its newest paper was first issued, so that the same file has the same bytes.
func latest(numeros []document.Numero) time.Time {
	var t time.Time
	for _, n := range numeros {
		if n.EditeLe.After(t) {
			t = n.EditeLe
		}
	}
	return t
}
