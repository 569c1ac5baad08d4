package comptes

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// lettre is what one letter of activation says. Between the act and the page that shows it once, it waits in the session,
// sealed; the base has but the hash of its secret.
type lettre struct {
	ID          uuid.UUID
	Qui         string
	Identifiant string
	Secret      string
}

// Keys of the session: the letters of the page, and those of the file, each taken once.
const (
	cleLettres = "lettres"
	clePDF     = "lettres_pdf"
)

// garder keeps letters for the next page, and for the file that it offers.
func (p Pages) garder(ctx context.Context, agent habilitation.Agent, list []lettre) error {
	return errors.Join(p.GarderSecret(ctx, agent, cleLettres, list), p.GarderSecret(ctx, agent, clePDF, list))
}

// prendre takes letters out of the session: they are there once.
func (p Pages) prendre(ctx context.Context, agent habilitation.Agent, key string) (list []lettre) {
	p.PrendreSecret(ctx, agent, key, &list)
	return list
}

func (p Pages) letters(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	list := p.prendre(r.Context(), agent, cleLettres)
	a := papier.Apercu{
		Papier: p.papier(agent, list), Page: 1, Chemin: pathLettres, ParPage: max(1, len(list)), Mot: [2]string{"lettre", "lettres"},
		Vide: "Ces lettres ont été montrées\u00a0: elles ne le sont qu’une fois. Faites-en une nouvelle depuis la page du compte.",
	}
	return p.Render(w, r, http.StatusOK, lettresPage(a, list))
}

func (p Pages) lettersPDF(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	list := p.prendre(r.Context(), agent, clePDF)
	if len(list) == 0 {
		return httpx.Redirect(w, r, pathLettres)
	}
	content, err := p.papier(agent, list).PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", "lettres-activation.pdf", content)
}

func (p Pages) papier(agent habilitation.Agent, list []lettre) papier.Papier {
	doc := papier.Papier{Titre: "Lettres d’activation", Auteur: agent.Territoire, Logiciel: "Base élèves " + p.Version, Date: agent.Maintenant, Lettre: true}
	for _, l := range list {
		doc.Pieces = append(doc.Pieces, p.piece(agent, l))
	}
	return doc
}

// piece is the letter of one person: what to type, until when, and the three steps of a first log-in.
func (p Pages) piece(agent habilitation.Agent, l lettre) papier.Piece {
	fin := agent.Maintenant.Add(domaine.ActivationDuree)
	return papier.Piece{Pied: pdf.Footer{Date: ui.LongDay(agent.Maintenant), Confidential: true}, Blocs: []papier.Bloc{
		papier.EnTete{Issuer: []string{"Service informatique", agent.Territoire}, Right: []string{"Le " + date.Long(agent.Maintenant)}},
		papier.Destinataire{l.Qui},
		papier.Titre{Titre: "Votre compte Base élèves"},
		papier.Dit("Cette lettre ouvre votre compte. Elle sert une seule fois, jusqu’au " + date.Long(fin) + ". Elle ne s’adresse qu’à vous."),
		papier.Lignes{
			pdf.R("Adresse", p.Origine), {Label: "Identifiant", Value: []pdf.Span{pdf.B(l.Identifiant)}},
			{Label: "Mot de passe de la lettre", Value: []pdf.Span{pdf.B(l.Secret)}},
		},
		papier.Intertitre("Première connexion"),
		papier.Dit("1. Ouvrez l’adresse, puis tapez l’identifiant et le mot de passe de cette lettre. Tirets et majuscules ne comptent pas."),
		papier.Dit("2. Recopiez le code affiché par votre clé sécurisée. Elle vous est remise à part, en main propre, contre signature."),
		papier.Dit("3. Choisissez votre mot de passe\u00a0: au moins 15 caractères. Une phrase de quelques mots sans rapport convient."),
		papier.Intertitre("Ensuite"),
		papier.Dit("Détruisez cette lettre. Ne prêtez ni votre mot de passe ni votre clé\u00a0: la direction peut donner une délégation à un collègue."),
		papier.Dit("Personne ne vous demandera votre mot de passe, ni par téléphone ni par courriel. Lettre perdue, clé perdue\u00a0: prévenez aussitôt le service informatique."),
	}}
}
