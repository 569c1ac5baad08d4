package httpx

import (
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/tableau"
	"base-eleves/web/ui"
)

// Annee is the school year that a list is asked for; that of the agent's day when the address names none.
func Annee(q url.Values, agent habilitation.Agent) ecole.Annee {
	if a, err := ecole.ParseAnnee(q.Get("annee")); err == nil {
		return a
	}
	return ecole.AnneeDe(agent.Aujourdhui())
}

// AnneeFilter offers the years that one works on: the next, which is prepared ahead, the present one, the last.
func AnneeFilter(agent habilitation.Agent) ui.Filter {
	present := ecole.AnneeDe(agent.Aujourdhui())
	f := ui.Filter{Name: "annee", Label: "Année", All: "En cours"}
	for a := present + 1; a >= present-1; a-- {
		f.Options = append(f.Options, ui.Option{Value: strconv.Itoa(int(a)), Label: a.Libelle()})
	}
	return f
}

// AnneeOuverte is a school year in which one may still work.
type AnneeOuverte struct{ Code int }

// AnneesOuvertesSQL reads them; $1 is today.
const AnneesOuvertesSQL = `select code from annee_scolaire where fin >= $1 order by code`

// AnneeOptions offers them.
func AnneeOptions(annees []AnneeOuverte) []ui.Option {
	options := make([]ui.Option, len(annees))
	for i, a := range annees {
		options[i] = ui.Option{Value: strconv.Itoa(a.Code), Label: ecole.Annee(a.Code).Libelle()}
	}
	return options
}

// PageAsked is the page of a list that the address asks for, from 1.
func PageAsked(q url.Values) int {
	n, _ := strconv.Atoi(q.Get("page"))
	return max(n, 1)
}

// Format is the format that ends the address of a list: « csv » for /classes.csv.
func Format(r *http.Request) string { return strings.TrimPrefix(path.Ext(r.URL.Path), ".") }

// Export sends a list that names no pupil in the format that ends the address, /classes.csv, under a name without its ending.
func Export(w http.ResponseWriter, r *http.Request, name string, t tableau.Table) error {
	format := Format(r)
	content, contentType, err := t.File(format)
	if err != nil {
		return err
	}
	return File(w, contentType, name+"."+format, content)
}

// Export sends a list of pupils, once each whom it names has his line in the journal.
func (s *Site) Export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, name string, t tableau.Table) error {
	format := Format(r)
	content, contentType, err := t.File(format)
	if err != nil {
		return err
	}
	if err := journal.Emporter(r.Context(), s.DB, agent, journal.Exporter, t.Eleves); err != nil {
		return err
	}
	return File(w, contentType, name+"."+format, content)
}
