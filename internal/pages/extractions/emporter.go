package extractions

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// preview says how many pupils would leave, with which columns.
func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	d := lire(httpx.AskedForm(r.URL.Query(), agent.Aujourdhui()), agent)
	if err := p.read(r.Context(), d, true); err != nil {
		return err
	}
	if d.refused() {
		return p.Render(w, r, http.StatusUnprocessableEntity, choosePage(d))
	}
	return p.Render(w, r, http.StatusOK, previewPage(d))
}

// refused adds to the form what the agent may not take.
func (d *demande) refused() bool {
	_ = d.form.Take(d.Verifier(d.agent, d.ecoles)) // nothing but refusals
	d.ecoles = extraction.Pleines(d.ecoles, d.effectifs)
	return d.form.Err() != nil
}

// take makes the file, notes it in the journal, and only then sends it.
func (p Pages) take(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := lire(f, agent)
	if err := p.read(r.Context(), d, true); err != nil {
		return err
	}
	if d.refused() {
		return p.Render(w, r, http.StatusUnprocessableEntity, choosePage(d))
	}
	if len(d.ecoles) == 0 {
		return refusal.InConflict("Aucun élève n’est présent ce jour-là dans ce périmètre.")
	}
	httpx.Patienter(w)
	out, err := httpx.Deposer()
	if err != nil {
		return err
	}
	defer out.Fermer()
	if err := p.DB.EcrireLongtemps(r.Context(), agent.Portee(), func(tx territoire.Tx) error { return d.remplir(r.Context(), tx, out) }); err != nil {
		return err
	}
	return out.Envoyer(w, tableau.ContentType(d.Format), d.nom())
}

// remplir writes the file.
func (d *demande) remplir(ctx context.Context, tx territoire.Tx, out *httpx.Depot) error {
	sheet := tableau.Table{
		Title: "Extraction", Issuer: d.agent.Territoire, Made: d.agent.Maintenant, Columns: tableau.Columns(d.Titres(d.agent.Role)...),
	}
	flux, err := sheet.Flux(d.Format, out)
	if err != nil {
		return err
	}
	if _, err := d.Demande.Ecrire(ctx, tx, d.agent, d.ecoles, flux); err != nil {
		return err
	}
	return flux.Fermer()
}

// nom is that of the file: the territory by its code, no name of a person.
func (d *demande) nom() string {
	where := strings.ReplaceAll(string(d.Perimetre), ":", "-")
	if where == "" {
		where = string(d.agent.Role)
	}
	return "extraction-" + where + "-" + d.Le.Format(time.DateOnly) + "." + d.Format
}

// poids is about how heavy the file will be: what a cell takes, as a rule.
func (d *demande) poids() string {
	const cell = 12 // bytes
	kilo := extraction.Total(d.ecoles) * len(d.Titres(d.agent.Role)) * cell / 1024
	if kilo >= 1024 {
		return "environ " + ui.Count(kilo/1024) + "\u00a0Mo"
	}
	return "environ " + ui.Count(max(kilo, 1)) + "\u00a0Ko"
}

func (d *demande) resume() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Périmètre", Value: d.lieu()},
		{Label: "Élèves", Value: ui.Count(extraction.Total(d.ecoles))},
		{Label: "Écoles", Value: ui.Count(len(d.ecoles))},
		{Label: "Présents au", Value: date.Court(d.Le)},
		{Label: "Colonnes", Value: strconv.Itoa(len(d.Titres(d.agent.Role))) + "\u00a0: " + strings.Join(d.Titres(d.agent.Role), ", ")},
		{Label: "Fichier", Value: d.Format + ", " + d.poids()},
	}
	if d.Motif != "" {
		rows = append(rows, ui.SummaryRow{Label: "Motif", Value: inscription.Libelle(extraction.Motifs, d.Motif)})
	}
	return rows
}

// cachees is what is asked for, as the button of the file sends it.
func (d *demande) cachees() (list []ui.Option) {
	q := d.query()
	for _, name := range slices.Sorted(maps.Keys(q)) {
		for _, v := range q[name] {
			list = append(list, ui.Option{Label: name, Value: v})
		}
	}
	return list
}
