package elections

import (
	"context"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// resultatsVue is the page of the results: their form, then what they say.
type resultatsVue struct {
	scrutin
	gere bool
	f    *httpx.Form
}

func (p Pages) showResultats(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderResultats(w, r, agent, id, nil, http.StatusOK)
}

func (p Pages) renderResultats(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form, status int) error {
	s, err := p.readScrutin(r.Context(), agent, id, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	if f == nil {
		f = httpx.NewForm(map[string]string{"proclamee_le": date.Court(s.fiche.ScrutinLe)})
	}
	return p.Render(w, r, status, resultatsPage(resultatsVue{scrutin: s, gere: agent.Can(habilitation.GererElections), f: f}))
}

// champ is the field of the votes of a list.
func champ(liste uuid.UUID) string { return "suffrages." + liste.String() }

// nombre reads a number that may be zero; -1 when nothing readable was typed.
func nombre(f *httpx.Form, field string) int {
	n, err := strconv.Atoi(f.Text(field))
	if err != nil {
		return -1
	}
	return n
}

func readResultats(f *httpx.Form) election.Resultats {
	r := election.Resultats{
		Votants: nombre(f, "votants"), Nuls: nombre(f, "nuls"), Suffrages: map[uuid.UUID]int{}, ProclameeLe: f.DateOrNone("proclamee_le"),
	}
	for name := range f.Values {
		if len(name) > len("suffrages.") && name[:len("suffrages.")] == "suffrages." {
			if id, err := uuid.Parse(name[len("suffrages."):]); err == nil {
				r.Suffrages[id] = nombre(f, name)
			}
		}
	}
	for _, v := range f.Values["departage"] {
		if id, err := uuid.Parse(v); err == nil {
			r.Departage = append(r.Departage, id)
		}
	}
	return r
}

// departages are the lists to tick when the votes do not decide; ticked as they were.
func (v resultatsVue) departages() []ui.Option {
	ticked := readResultats(v.f).Departage
	var options []ui.Option
	for _, c := range v.candidatures {
		o := ui.Option{Value: c.ID.String(), Label: c.Nom}
		for _, id := range ticked {
			o.Checked = o.Checked || id == c.ID
		}
		options = append(options, o)
	}
	return options
}

// proclamer records the results.
func (p Pages) proclamer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		typed := readResultats(f)
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "Les résultats sont enregistrés\u00a0; le procès-verbal est prêt.", path(id)+"/reprendre")
		return path(id) + "/resultats", election.Proclamer(ctx, tx, agent, id, f.Version(), typed)
	})
	if status == 0 {
		return err
	}
	if status == http.StatusConflict {
		f.Refuse("", "L’élection a changé depuis que vous avez ouvert la page\u00a0: relisez-la, puis envoyez à nouveau.")
	}
	return p.renderResultats(w, r, agent, id, f, status)
}

// reprendre takes the results back.
func (p Pages) reprendre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, "Les résultats sont retirés\u00a0: corrigez-les, puis proclamez-les à nouveau.", "")
		return path(id) + "/resultats", election.Reprendre(ctx, tx, agent, id)
	})
}

// exprimes is the number of votes given to a list.
func (v scrutin) exprimes() (n int) {
	for _, c := range v.candidatures {
		n += c.Suffrages
	}
	return n
}

// pourvus are the seats to which somebody is elected.
func (v scrutin) pourvus() (n int) {
	for _, c := range v.candidatures {
		n += c.Titulaires
	}
	return n
}

func (v scrutin) vacants() int { return v.fiche.Sieges - v.pourvus() }

// quotient is the number of votes that a seat costs, to the hundredth.
func (v scrutin) quotient() string {
	if v.fiche.Sieges == 0 || v.exprimes() == 0 {
		return "Sans objet"
	}
	centiemes := v.exprimes() * 100 / v.fiche.Sieges
	return strconv.Itoa(centiemes/100) + "," + strconv.Itoa(centiemes/10%10) + strconv.Itoa(centiemes%10) + " (" +
		ui.Plural(v.exprimes(), "suffrage", "suffrages") + " pour " + ui.Plural(v.fiche.Sieges, "siège", "sièges") + ")"
}

func (v scrutin) faits() []ui.SummaryRow {
	x := v.fiche
	return []ui.SummaryRow{
		{Label: "Résultats proclamés le", Value: date.Long(*x.ProclameeLe)}, {Label: "Inscrits", Value: ui.Count(x.Inscrits)},
		{Label: "Votants", Value: ui.Count(x.Votants) + " (" + pourcent(x.Votants, x.Inscrits) + ")"},
		{Label: "Blancs ou nuls", Value: ui.Count(x.Nuls)}, {Label: "Suffrages exprimés", Value: ui.Count(v.exprimes())},
		{Label: "Quotient électoral", Value: v.quotient()},
		{Label: "Sièges pourvus", Value: ui.Count(v.pourvus()) + " sur " + ui.Count(x.Sieges)},
	}
}

// resultatsColumns are those of the results by list.
var resultatsColumns = []string{"Liste", "Suffrages", "Part", "Titulaires", "Suppléants"}

func (v scrutin) parListe() ui.TableProps {
	t := ui.TableProps{Caption: "Résultats par liste"}
	for i, title := range resultatsColumns {
		t.Columns = append(t.Columns, ui.Column{Label: title, Number: i > 0})
	}
	for _, c := range v.candidatures {
		t.Rows = append(t.Rows, ui.ListRow{Label: c.Nom, Cells: ui.Cells(
			c.Nom, ui.Count(c.Suffrages), pourcent(c.Suffrages, v.exprimes()), ui.Count(c.Titulaires), ui.Count(c.Suppleants))})
	}
	return t
}

// exportResultats is the table that the inspection gathers: one line a list, and no name of a parent.
func (p Pages) exportResultats(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readScrutin(r.Context(), agent, id, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "resultats_election", ID: id, Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	x := v.fiche
	t := tableau.Table{
		Title: "Résultats de l’élection des parents " + x.annee().Libelle(), Details: []string{x.ecole(), x.lead()}, Issuer: agent.Territoire,
		Made: agent.Maintenant, Empty: "Les résultats ne sont pas proclamés.",
		Columns: []tableau.Column{
			{Title: "UAI"}, {Title: "Vote"}, {Title: "Inscrits", Number: true}, {Title: "Votants", Number: true}, {Title: "Blancs ou nuls", Number: true},
			{Title: "Sièges", Number: true}, {Title: "Liste"}, {Title: "Suffrages", Number: true}, {Title: "Titulaires", Number: true},
			{Title: "Suppléants", Number: true}, {Title: "Annulée le"},
		},
	}
	if x.proclamee() {
		for _, c := range v.candidatures {
			t.Rows = append(t.Rows, []any{x.EcoleUAI, x.ScrutinLe, x.Inscrits, x.Votants, x.Nuls, x.Sieges, c.Nom, c.Suffrages, c.Titulaires, c.Suppleants, date.CourtOuRien(x.AnnuleeLe)})
		}
	}
	return httpx.Export(w, r, "resultats-election-"+x.annee().Libelle(), t)
}
