package courriers

import (
	"net/http"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
)

// leaf shows the letters one by one, as they will be printed.
func (p Pages) leaf(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	e, err := p.envoi(r, agent, func(e *envoi, l *territoire.Lecture) { e.relire(id, l) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, leafPage(e))
}

// apercu is the one letter of the page.
func (e *envoi) apercu() papier.Apercu {
	return papier.Apercu{
		Papier: e.papier(), Page: e.page, ParPage: 1, Chemin: path(e.lettre.ID) + "/lettres", Requete: e.query(),
		Mot: [2]string{"lettre", "lettres"}, Vide: aucune,
	}
}

const aucune = "Aucune lettre à imprimer\u00a0: choisissez d’autres destinataires."

// print sends all the letters in one file, once the journal has it.
func (p Pages) print(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.envoi(r, agent, func(*envoi, *territoire.Lecture) {}) // printed, the journal says about whom
	if err != nil {
		return err
	}
	if e.trop() {
		return refusal.InConflict(tropNombreux)
	}
	if len(e.plis) == 0 {
		return refusal.InConflict(aucune)
	}
	file, err := e.papier().PDF()
	if err != nil {
		return err
	}
	err = p.DB.Ecrire(r.Context(), agent.Portee(), func(tx territoire.Tx) error {
		lettre.Imprimer(tx, agent, e.lettre.ID, e.plis)
		return nil
	})
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", "lettres.pdf", file)
}

// papier is the letters in the order of the classes.
func (e *envoi) papier() papier.Papier {
	all := papier.Papier{Titre: e.lettre.Titre, Auteur: e.lettre.NomComplet(), Date: e.agent.Maintenant, Lettre: true}
	for _, p := range e.plis {
		all.Pieces = append(all.Pieces, e.piece(p))
	}
	return all
}

// piece is one letter: its address stands in the window of an envelope.
func (e *envoi) piece(p lettre.Pli) papier.Piece {
	r := e.lettre.Remplir(p.Faits(e.faits()), e.reponses())
	blocs := []papier.Bloc{
		papier.EnTete{Issuer: e.lettre.Lignes(), Right: []string{e.lettre.Commune + ", le " + date.Long(e.le())}},
		papier.Destinataire(p.Destinataire()), papier.Texte{pdf.B("Objet\u00a0: " + r.Objet)},
	}
	for _, said := range r.Paragraphes {
		blocs = append(blocs, papier.Dit(said))
	}
	blocs = append(blocs, papier.Signature{Role: e.fonction(), Name: e.signataire()})
	if len(r.Talon) > 0 {
		blocs = append(blocs, papier.Talon(r.Talon[0]))
		for _, said := range r.Talon[1:] {
			blocs = append(blocs, papier.Dit(said))
		}
	}
	return papier.Piece{Pied: pdf.Footer{Quiet: true}, Blocs: blocs}
}
