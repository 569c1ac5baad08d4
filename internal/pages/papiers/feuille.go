package papiers

import (
	"net/http"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/territoire"
)

// feuille is a paper of the school that names no pupil.
type feuille struct {
	chemin string
	titre  string
	classe bool // it counts the pupils of each class
	faire  func(etablissement, []effectif, ecole.Annee, habilitation.Agent) papier.Papier
}

var (
	ecoleEntiere = feuille{chemin: "fiche-ecole", titre: "Fiche de l’école", classe: true, faire: ficheEcole}
	vierge       = feuille{chemin: "fiche-vierge", titre: "Fiche de renseignements vierge", faire: ficheAVide}
)

func ficheAVide(e etablissement, _ []effectif, annee ecole.Annee, agent habilitation.Agent) papier.Papier {
	return papier.Papier{Compact: true, Pieces: []papier.Piece{ficheVierge(e, annee, date.Long(agent.Aujourdhui()))}}
}

func (p Pages) lireFeuille(r *http.Request, agent habilitation.Agent, f feuille) (papier.Papier, error) {
	var e etablissement
	var classes []effectif
	annee := ecole.AnneeDe(agent.Aujourdhui())
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &e, ecoleSQL, agent.Ecole, int(annee))
		if f.classe {
			territoire.Toutes(l, &classes, effectifsSQL, agent.Ecole, int(annee), "admis_definitif", ecole.Niveaux())
		}
	})
	if err != nil {
		return papier.Papier{}, err
	}
	made := f.faire(e, classes, annee, agent)
	made.Titre, made.Auteur, made.Date = f.titre, e.NomComplet(), agent.Maintenant
	return made, nil
}

func (p Pages) voirFeuille(f feuille) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		made, err := p.lireFeuille(r, agent, f)
		if err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, feuillePage(papier.Apercu{Papier: made, Page: 1, Chemin: "/editions/" + f.chemin}))
	}
}

func (p Pages) imprimerFeuille(f feuille) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		made, err := p.lireFeuille(r, agent, f)
		if err != nil {
			return err
		}
		return envoyer(w, f.chemin, made)
	}
}
