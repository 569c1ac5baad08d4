package rentrees

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/rentree"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// view is the page.
type view struct {
	critere critere
	lecture lecture
	agent   habilitation.Agent
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := view{critere: readCritere(r.URL.Query(), agent), agent: agent}
	var err error
	if v.lecture, err = p.read(r.Context(), agent, v.critere, func(*territoire.Lecture) {}); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

// preparer opens the next year for those who stay.
func (p Pages) preparer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		id, n, err := rentree.Preparer(ctx, tx, agent, c.Annee)
		if err == nil {
			p.Flash(ctx, "L’année "+(c.Annee+1).Libelle()+" est préparée pour "+ui.Plural(n, "élève", "élèves")+".", "/rentree/"+id.String()+"/annuler")
		}
		c.Sort = rentree.Prepare
		return c.href(), err
	})
}

func (p Pages) annuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		laissees, err := rentree.Annuler(ctx, tx, agent, id, f.Version())
		if err == nil {
			said := "La préparation est annulée."
			if laissees > 0 {
				said += " " + ui.Plural(laissees, "élève, dont la scolarité a été modifiée depuis, la garde.", "élèves, dont la scolarité a été modifiée depuis, la gardent.")
			}
			p.Flash(ctx, said, "")
		}
		return "/rentree", err
	})
}

func (v view) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(rentree.Sorts))
	for i, s := range rentree.Sorts {
		to := v.critere
		to.Sort = s
		tabs[i] = ui.Tab{Label: s.Label(), Href: to.href(), Count: v.lecture.nombre(s), Current: s == v.critere.Sort}
	}
	return tabs
}

// restent is how many pupils the act concerns.
func (v view) restent() int { return v.lecture.nombre(rentree.Reste) }

func (v view) suivante() string { return (v.critere.Annee + 1).Libelle() }

func (v view) list() ui.ListProps {
	props := ui.ListProps{
		Caption: v.critere.Sort.Label(), Path: "/rentree", Query: v.critere.query(), Exports: tableau.Formats,
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "Classe"}, {Label: "Pourquoi"}},
		Pager:   ui.Pager{Page: 1, PerPage: len(v.lecture.lignes), Total: len(v.lecture.lignes)},
		Empty:   ui.EmptyProps{Sentence: empty(v.critere.Sort)},
	}
	if v.critere.Sort == rentree.Quitte {
		props.Bulk = []ui.BulkAction{{Label: "Radier", Action: "/radiations", Danger: true}}
	}
	for _, l := range v.lecture.lignes {
		props.Rows = append(props.Rows, ui.ListRow{
			ID: l.ID.String(), Href: "/passages/" + l.ID.String(), Label: l.nom(),
			Cells: ui.Cells(l.nom(), l.Niveau, l.Classe, l.pourquoi(v.critere.Sort)),
		})
	}
	return props
}

func empty(s rentree.Sort) string {
	return map[rentree.Sort]string{
		rentree.ARegulariser: "Chaque élève a sa décision.", rentree.Reste: "Aucun élève n’attend d’être préparé.",
		rentree.Quitte: "Aucun élève ne quitte l’école.", rentree.Prepare: "Aucun élève n’est encore préparé.",
	}[s]
}

// historique is the table of what was done.
func (v view) historique() ui.TableProps {
	t := ui.TableProps{Caption: "Préparations faites", Columns: []ui.Column{{Label: "Le"}, {Label: "Élèves", Number: true}, {Label: "Suite"}}}
	for _, f := range v.lecture.faites {
		cells := append(ui.Cells(date.Heure(f.FaiteLe), ui.Count(f.Eleves)), suiteCell(v, f))
		t.Rows = append(t.Rows, ui.ListRow{Cells: cells})
	}
	return t
}

func (v view) annulable(f faite) bool {
	return rentree.Annulable(f.FaiteLe, f.AnnuleeLe, v.agent.Maintenant)
}

// issue says what became of a preparation taken back; those whom it left are named after it.
func (v view) issue(f faite) string {
	if f.AnnuleeLe == nil {
		return ""
	}
	said := "Annulée le " + date.Court(*f.AnnuleeLe)
	if len(v.lecture.gardees(f)) > 0 {
		said += ", sauf pour ceux dont l’année a été modifiée depuis\u00a0:"
	}
	return said
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "passage", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Rentrée " + strconv.Itoa(int(c.Annee)+1) + "\u00a0: " + c.Sort.Label(), Details: []string{ui.Plural(len(all.lignes), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: empty(c.Sort),
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Niveau", "Classe", "Pourquoi"),
	}
	for _, l := range all.lignes {
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, []any{l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.Niveau, l.Classe, l.pourquoi(c.Sort)})
	}
	return p.Export(w, r, agent, "rentree-"+strconv.Itoa(int(c.Annee)+1), t)
}

func prepareAction(v view) string {
	return "/rentree?" + url.Values{"annee": {strconv.Itoa(int(v.critere.Annee))}}.Encode()
}
