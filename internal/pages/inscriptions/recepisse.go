package inscriptions

import (
	"net/http"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// recepisse proves that a family has asked, from the day of its request, before any school has answered: on the waiting
// list too, where there is nothing to certify. It has neither number nor seal, as it gives no right.
type recepisse struct {
	certificat
	papier papier.Papier
}

func (c recepisse) apercu() papier.Apercu {
	return papier.Apercu{Papier: c.papier, Page: 1, Chemin: c.detail.href() + "/recepisse"}
}

// deposee tells whether the request was made here and still stands.
func (d detail) deposee() bool { return d.ici && d.acte.Etat != inscription.Annulee }

var errNonDeposee = refusal.InConflict("Cette inscription est annulée, ou faite par une autre commune\u00a0: elle n’a pas de récépissé ici.")

func (p Pages) lireRecepisse(r *http.Request, agent habilitation.Agent) (recepisse, error) {
	c := recepisse{certificat: certificat{mairie: agent.Territoire}}
	id, err := httpx.ID(r, "id")
	if err != nil {
		return c, err
	}
	c.numero.EditeLe = agent.Maintenant
	if c.detail, err = p.readDetail(r.Context(), agent, id); err != nil {
		return c, err
	}
	if !c.detail.deposee() {
		return c, errNonDeposee
	}
	c.papier = c.deposer()
	return c, nil
}

func (p Pages) voirRecepisse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.lireRecepisse(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, recepissePage(c))
}

func (p Pages) imprimerRecepisse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.lireRecepisse(r, agent)
	if err != nil {
		return err
	}
	file, err := c.papier.PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", "recepisse.pdf", file)
}

// apportees are what the family may bring, ticked by hand (circulaire 2014-088).
var apportees = []string{
	"Copie du livret de famille, de l’acte de naissance ou de la carte d’identité", "Justificatif de domicile",
	"Certificat de radiation de l’école précédente", "Autre\u00a0:",
}

// deposer lays the paper out.
func (c certificat) deposer() papier.Papier {
	a, le := c.detail.acte, date.Long(c.numero.EditeLe)
	rows := []pdf.Row{
		{Label: "Enfant", Value: []pdf.Span{pdf.B(a.NomFamille + " " + c.detail.prenoms())}},
		pdf.R(eleve.Accord(a.Sexe, "Né le", "Née le"), date.Long(a.DateNaissance)),
		{Label: "Demande reçue le", Value: []pdf.Span{pdf.B(date.Long(a.DateDemande))}},
		pdf.R("École demandée", c.detail.ecole()),
	}
	if a.Niveau != "" {
		rows = append(rows, pdf.R("Niveau demandé", a.Niveau.Libelle()))
	}
	pieces := papier.Tableau{Ruled: true, Least: 20, Columns: []pdf.Column{{Title: "Pièces présentées", Bold: true}, {Title: "Vue", Width: 60, Align: pdf.Centre}}}
	var list [][]string
	for _, p := range apportees {
		list = append(list, []string{p, "□"})
	}
	pieces.Groups = []pdf.Group{{Rows: list}}
	return papier.Papier{Titre: "Récépissé de dépôt", Auteur: c.mairie, Date: c.numero.EditeLe, Pieces: []papier.Piece{{
		Pied: pdf.Footer{Date: le},
		Blocs: []papier.Bloc{
			papier.EnTete{Issuer: c.entete()},
			papier.Titre{Titre: "Récépissé de dépôt", Sous: []string{"Demande d’inscription scolaire, année " + a.Annee.Libelle()}},
			papier.Dit("La mairie a reçu la demande d’inscription suivante."),
			papier.Lignes(rows), pieces,
			papier.Remarque("Ce récépissé ne vaut pas inscription. Quand l’école est désignée, la mairie délivre le certificat d’inscription. " +
				"La direction de l’école prononce ensuite l’admission."),
			papier.Signature{
				Place: "Fait " + commune.A(a.CommuneNom) + ", le " + le, Role: "Le maire, ou par délégation", Stamp: "Cachet de la mairie",
			},
		},
	}}}
}
