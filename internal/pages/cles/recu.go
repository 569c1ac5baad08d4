package cles

import (
	"net/http"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
)

// recu is the receipt that the holder signs: it says what he holds, and what he undertakes.
func (f fiche) recu(agent habilitation.Agent) papier.Papier {
	titre, service := "Reçu de clé sécurisée", "Service informatique, "+f.cle.Departement
	return papier.Papier{Titre: titre, Auteur: service, Date: agent.Maintenant, Pieces: []papier.Piece{{
		Pied: pdf.Footer{Date: date.Long(agent.Maintenant)},
		Blocs: []papier.Bloc{
			papier.EnTete{Issuer: []string{"Base élèves", service}},
			papier.Titre{Titre: titre, Sous: []string{"En deux exemplaires\u00a0: un pour le titulaire, un pour le service."}},
			papier.Lignes{
				pdf.R("Titulaire", f.cle.Titulaire), pdf.R("Identifiant", f.cle.Identifiant),
				pdf.R("Numéro de série", f.cle.NumeroSerie), pdf.R("Genre", genre(f.cle.Materielle, f.cle.Type)),
				pdf.R("Remise par", agent.Nom),
			},
			papier.Dit("Je reconnais avoir reçu la clé désignée ci-dessus, après avoir justifié de mon identité."),
			papier.Dit("Cette clé est personnelle. Je ne la prête pas, je ne note pas mon mot de passe avec elle. " +
				"Si quelqu’un doit agir à ma place, je demande pour lui une délégation\u00a0: il aura sa propre clé."),
			papier.Dit("Si je la perds ou si on me la vole, je préviens aussitôt le service informatique. " +
				"Je la rends quand je quitte mes fonctions."),
			papier.Manuscrit{Demande: "Pièce d’identité présentée, et son genre seulement\u00a0:", Lignes: 1},
			papier.Signature{Place: "Fait le " + date.Long(agent.Maintenant), Role: "Le titulaire", Name: f.cle.Titulaire},
		},
	}}}
}

var errSansRecu = refusal.InConflict("Un reçu s’imprime pour une clé attribuée, remise ou en service.")

func (p Pages) lireRecu(r *http.Request, agent habilitation.Agent) (fiche, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return fiche{}, err
	}
	f, err := p.lire(r.Context(), agent, id)
	if err == nil && !f.aSigner() {
		err = errSansRecu
	}
	return f, err
}

func (p Pages) receipt(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.lireRecu(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, recuPage(f, papier.Apercu{Papier: f.recu(agent), Page: 1, Chemin: f.path() + "/recu"}))
}

func (p Pages) receiptPDF(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.lireRecu(r, agent)
	if err != nil {
		return err
	}
	doc, err := f.recu(agent).PDF()
	if err != nil {
		return err
	}
	err = p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Editer, Objet: "cle", ID: f.cle.ID})
		return nil
	})
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", "recu-"+f.cle.NumeroSerie+".pdf", doc)
}
