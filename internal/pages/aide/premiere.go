package aide

import (
	"net/http"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
)

// pathPremiere is the sheet that one keeps beside oneself the first time. It is public: nobody can log in yet.
const pathPremiere = "/aide/premiere-connexion"

func (p Pages) premiere(w http.ResponseWriter, r *http.Request) error {
	r, in := p.Known(r)
	return p.Render(w, r, http.StatusOK, premierePage(papier.Apercu{Papier: p.feuillePremiere(), Page: 1, Chemin: pathPremiere, Mot: [2]string{"page", "pages"}}, in))
}

func (p Pages) premierePDF(w http.ResponseWriter, _ *http.Request) error {
	file, err := p.feuillePremiere().PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", "premiere-connexion.pdf", file)
}

// feuillePremiere is the sheet, on one page: what one needs, the steps, what is done if something goes wrong.
func (p Pages) feuillePremiere() papier.Papier {
	now := p.Now()
	return papier.Papier{Titre: "Première connexion", Auteur: "Base élèves", Logiciel: "Base élèves " + p.Version, Date: now, Lettre: true, Pieces: []papier.Piece{{
		Pied: pdf.Footer{Date: date.Long(now)},
		Blocs: []papier.Bloc{
			papier.EnTete{Issuer: []string{"Base élèves", "Le registre des élèves du premier degré"}},
			papier.Titre{Titre: "Première connexion", Sous: []string{"Dix minutes, une seule fois"}},
			papier.Intertitre("Ce qu’il vous faut"),
			papier.Lignes{
				pdf.R("La lettre d’activation", "votre identifiant, et un mot de passe qui sert une fois, pendant sept jours"),
				pdf.R("Votre clé sécurisée", "remise en main propre, contre signature\u00a0; elle affiche six chiffres"),
				pdf.R("L’adresse", p.Origine),
			},
			papier.Intertitre("Les étapes"),
			papier.Dit("1. Ouvrez l’adresse. Vérifiez qu’elle est bien celle de la lettre."),
			papier.Dit("2. Tapez l’identifiant, puis le mot de passe de la lettre. Tirets et majuscules ne comptent pas."),
			papier.Dit("3. Recopiez le code que la clé affiche. Il change toutes les trente secondes, et ne sert qu’une fois."),
			papier.Dit("4. Choisissez votre mot de passe\u00a0: au moins 15 caractères. Quatre mots sans rapport entre eux conviennent. Ni votre nom, ni votre école, ni votre commune, ni une année."),
			papier.Dit("5. Imprimez vos codes de secours depuis «\u00a0Clé et mot de passe\u00a0», et gardez-les sous clé. Chacun sert une fois, si vous perdez la clé."),
			papier.Dit("6. Lisez le bandeau, en haut\u00a0: il dit pour qui vous agissez. Détruisez la lettre."),
			papier.Intertitre("Si quelque chose ne va pas"),
			papier.Lignes{
				pdf.R("Le mot de passe de la lettre est refusé", "elle a plus de sept jours, ou a déjà servi\u00a0: demandez-en une autre"),
				pdf.R("Le code est refusé", "attendez le suivant\u00a0; après plusieurs refus, le service recale la clé"),
				pdf.R("La page dit que rien ne vous est ouvert", "l’inspection académique n’a pas encore accordé votre habilitation"),
				pdf.R("La clé est perdue ou volée", "prévenez le service informatique le jour même"),
			},
			papier.Intertitre("Pour toujours"),
			papier.Dit("Ne prêtez ni votre mot de passe ni votre clé. Si un collègue doit agir à votre place, donnez-lui une délégation. Il aura sa clé, et ses actes porteront son nom. " +
				"Personne ne vous demandera votre mot de passe, ni un code de votre clé."),
			papier.Manuscrit{Demande: "Service informatique de votre département (téléphone, courriel)\u00a0:", Lignes: 1},
		},
	}}}
}
