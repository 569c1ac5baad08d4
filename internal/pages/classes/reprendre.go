package classes

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// reprendre opens the classes of the year before in the year of the address.
func (p Pages) reprendre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee := httpx.Annee(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		n, err := classe.Reprendre(ctx, tx, agent, annee)
		if err == nil {
			p.Flash(ctx, ui.Plural(n, "classe reprise", "classes reprises")+" de "+(annee-1).Libelle()+". Corrigez les noms et les niveaux qui changent.",
				"/classes/reprendre/annuler?annee="+anneeCode(annee))
		}
		return listHref(annee), err
	})
}

func (p Pages) annulerReprise(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee := httpx.Annee(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		n, err := classe.AnnulerReprise(ctx, tx, agent, annee)
		if err == nil {
			p.Flash(ctx, ui.Plural(n, "classe retirée", "classes retirées")+".", "")
		}
		return listHref(annee), err
	})
}

func listHref(annee ecole.Annee) string { return "/classes?annee=" + anneeCode(annee) }

// reprendreLabel says how many classes the button copies: in the year under way those that were left out.
func reprendreLabel(v view) string {
	return "Reprendre " + ui.Plural(v.reste, "classe", "classes") + " de " + (v.annee - 1).Libelle()
}
