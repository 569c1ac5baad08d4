package classes

import (
	"context"
	"net/http"
	"strings"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// reprendre opens the structure of the year before in the year of the address.
func (p Pages) reprendre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee := httpx.Annee(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		s, err := classe.Reprendre(ctx, tx, agent, annee)
		if err == nil {
			p.Flash(ctx, "Repris de "+(annee-1).Libelle()+"\u00a0: "+dite(s)+". Corrigez les noms et les niveaux qui changent.",
				"/classes/reprendre/annuler?annee="+anneeCode(annee))
		}
		return listHref(annee), err
	})
}

func (p Pages) annulerReprise(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee := httpx.Annee(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		s, err := classe.AnnulerReprise(ctx, tx, agent, annee)
		if err == nil {
			p.Flash(ctx, "Retiré\u00a0: "+dite(s)+".", "")
		}
		return listHref(annee), err
	})
}

// dite says of what a structure is made: « 12 classes, 3 groupes, le dispositif ULIS ».
func dite(s classe.Structure) string {
	var parts []string
	if s.Classes > 0 {
		parts = append(parts, ui.Plural(s.Classes, "classe", "classes"))
	}
	if s.Groupes > 0 {
		parts = append(parts, ui.Plural(s.Groupes, "groupe", "groupes"))
	}
	if s.ULIS > 0 {
		parts = append(parts, "le dispositif ULIS")
	}
	return strings.Join(parts, ", ")
}

func listHref(annee ecole.Annee) string { return "/classes?annee=" + anneeCode(annee) }

// reprendreLabel says what the button copies: in the year under way, what was left out.
func reprendreLabel(v view) string {
	return "Reprendre " + dite(v.reste) + " de " + (v.annee - 1).Libelle()
}
