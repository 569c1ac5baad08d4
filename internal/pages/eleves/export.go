package eleves

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
)

// export gives the list as it shows, whole, in the format of the address; it is noted in the journal.
func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, 0)
	if err != nil {
		return err
	}
	if err := p.note(r.Context(), agent, c); err != nil {
		return err
	}
	return p.Export(w, r, agent, "eleves-"+c.Annee.Libelle(), table(agent, c, all))
}

func (p Pages) note(ctx context.Context, agent habilitation.Agent, c critere) error {
	return p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "scolarite", Ecole: c.Ecole})
	})
}

// table is the list as a file: the columns of the screen, the birth dates as dates.
func table(agent habilitation.Agent, c critere, all lecture) tableau.Table {
	t := tableau.Table{
		Title: "Élèves " + c.Annee.Libelle(), Issuer: agent.Territoire, Made: agent.Maintenant,
		Empty: "Aucun élève ne répond à ces critères.",
	}
	cols, names := columnsFor(agent), index(all.classes)
	for _, col := range cols {
		t.Columns = append(t.Columns, tableau.Column{Title: col.head.Label})
	}
	for _, l := range all.lignes {
		row := make([]any, len(cols))
		for i, col := range cols {
			row[i] = col.text(l, names)
			if col.head.Key == "naissance" {
				row[i] = l.DateNaissance
			}
		}
		t.Eleves = append(t.Eleves, l.ID)
		t.Rows = append(t.Rows, row)
	}
	return t
}
