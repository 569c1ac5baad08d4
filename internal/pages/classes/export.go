package classes

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// exportList gives the whole list of the classes in the format of the address.
func (p Pages) exportList(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, 0)
	if err != nil {
		return err
	}
	ecole := c.Ecole
	if agent.Ecole != "" {
		ecole = agent.Ecole
	}
	if err := p.note(r.Context(), agent, uuid.Nil, ecole); err != nil {
		return err
	}
	return httpx.Export(w, r, "classes-"+c.Annee.Libelle(), listTable(agent, c, all))
}

// exportShow gives the list of one class.
func (p Pages) exportShow(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.readListe(r.Context(), agent, id)
	if err != nil {
		return err
	}
	if err := p.note(r.Context(), agent, id, c.fiche.EcoleUAI); err != nil {
		return err
	}
	return p.Export(w, r, agent, "classe-"+c.fiche.annee().Libelle(), c.table(agent))
}

// note writes the export in the journal before anything leaves.
func (p Pages) note(ctx context.Context, agent habilitation.Agent, id uuid.UUID, ecole string) error {
	return p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "classe", ID: id, Ecole: ecole})
	})
}

func listTable(agent habilitation.Agent, c critere, all lecture) tableau.Table {
	cols := columnsFor(agent, all.lignes)
	t := tableau.Table{
		Title: "Classes " + c.Annee.Libelle(), Details: []string{ui.Plural(len(all.lignes), "classe", "classes")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: empty(agent, c).Sentence,
	}
	for _, col := range cols {
		t.Columns = append(t.Columns, tableau.Column{Title: col.head.Label, Number: col.head.Number})
	}
	for _, l := range all.lignes {
		row := make([]any, len(cols))
		for i, col := range cols {
			row[i] = col.value(l)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table is the list of the class as one pins it up or takes it to another program.
func (c liste) table(agent habilitation.Agent) tableau.Table {
	t := tableau.Table{
		Title: "Classe " + c.fiche.LibelleCourt, Details: []string{c.identite(), c.effectif()},
		Issuer: c.fiche.ecole(), Made: agent.Maintenant, Portrait: true, Empty: "Aucun élève n’est placé dans cette classe.",
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Sexe", "Niveau", "Situation"),
	}
	for _, e := range c.inscrits {
		t.Eleves = append(t.Eleves, e.EleveID)
		t.Rows = append(t.Rows, []any{
			e.NomFamille, e.NomUsage, e.Prenom, e.DateNaissance, e.Sexe, e.Niveau, e.situation(),
		})
	}
	return t
}
