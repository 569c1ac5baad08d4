package passages

import (
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "passage", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Passages " + c.Annee.Libelle() + "\u00a0: " + c.Onglet.Label(), Details: []string{ui.Plural(len(all.lignes), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: view{critere: c}.empty().Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Niveau", "Classe", quoi(c.Onglet), "L’an prochain", "Suivi"),
	}
	for _, l := range all.lignes {
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, []any{
			l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, string(l.Niveau), l.LibelleClasse, l.choix().Libelle(), l.ou(), l.suivi(agent),
		})
	}
	return p.Export(w, r, agent, "passages-"+c.Annee.Libelle(), t)
}
