package repartition

import (
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
)

// export gives the class lists of the board, one after the other, then those without a class.
func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := &view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}
	noted := journal.Ligne{Acte: journal.Exporter, Objet: "scenario", ID: v.critere.Scenario, Ecole: agent.Ecole}
	if err := p.read(r, v, func(l *territoire.Lecture) { journal.Queue(l, agent, noted) }); err != nil {
		return err
	}
	t := tableau.Table{
		Title: v.title() + " " + v.critere.Annee.Libelle(), Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.vide().Sentence,
		Columns: tableau.Columns("Classe", "Nom de famille", "Nom d’usage", "Prénom", "Niveau", "Sexe", "Né(e) le", "Trimestre", "Classe précédente"),
	}
	list := v.colonnes()
	for _, c := range append(list[1:], list[0]) {
		if c.classe != nil {
			t.Details = append(t.Details, c.resume())
		}
		for _, e := range c.eleves {
			t.Eleves = append(t.Eleves, e.ID)
			t.Rows = append(t.Rows, ligneExport(c, e))
		}
	}
	return p.Export(w, r, agent, "repartition", t)
}

func ligneExport(c colonne, e *scenario.Eleve) []any {
	return []any{c.titre, e.NomFamille, e.NomUsage, e.Prenom, string(e.Niveau), string(e.Sexe), e.DateNaissance, trimestre(e), e.Origine}
}

// resume is the balance of a class in a line.
func (c colonne) resume() string {
	said := c.titre + "\u00a0: " + c.places()
	if c.compte.Total > 0 {
		said += ", " + c.sexes() + ", " + c.niveaux() + "\u00a0; " + c.trimestres()
	}
	for _, a := range c.alertes() {
		said += ", " + a.dit
	}
	return said
}
