package extractions

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/travail"
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

// take makes the file, notes it in the journal, and only then sends it; a long one, or one that two persons answer for, is
// made beside the pages.
func (p Pages) take(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := lire(f, agent)
	if err := p.read(r.Context(), d, true); err != nil {
		return err
	}
	switch {
	case d.refused():
		return p.Render(w, r, http.StatusUnprocessableEntity, choosePage(d))
	case len(d.ecoles) == 0:
		return errPersonne
	case d.aPart():
		return p.Preparer(w, r, agent, travail.Demande{
			Nature: travail.Extraction, Perimetre: string(d.Perimetre), Requete: d.query().Encode(), Titre: d.titre(), Total: extraction.Total(d.ecoles),
		})
	}
	return p.Donner(w, r, agent, d)
}

var errPersonne = refusal.InConflict("Aucun élève n’est présent ce jour-là dans ce périmètre.")

// preparer is the extraction that was asked for, as the server makes it beside the pages.
func (p Pages) preparer(ctx context.Context, agent habilitation.Agent, asked url.Values) (travail.Ouvrage, error) {
	d := lire(httpx.AskedForm(asked, agent.Aujourdhui()), agent)
	if err := p.read(ctx, d, true); err != nil {
		return nil, err
	}
	if d.refused() {
		return nil, d.form.Err()
	}
	if len(d.ecoles) == 0 {
		return nil, errPersonne
	}
	return d, nil
}

func (d *demande) aDeux() bool {
	return travail.ADeux(d.agent.Role, travail.Extraction, string(d.Perimetre))
}

func (d *demande) aPart() bool { return d.aDeux() || extraction.Total(d.ecoles) > travail.Seuil }

// titre says what is extracted and why, as the agent finds it again among his files, and as the second person reads it.
func (d *demande) titre() string {
	var names []string
	for _, g := range extraction.Groupes(d.agent.Role) {
		if slices.Contains(d.Groupes, g.Code) {
			names = append(names, g.Titre)
		}
	}
	return "Extraction : " + d.lieu() + " (" + strings.Join(names, ", ") + ")"
}

// sortie is a spreadsheet being written, and who is told how far it is.
type sortie struct {
	tableau.Flux
	avancer func(eleves int) error
}

// Avancer says how many pupils are done.
func (s sortie) Avancer(eleves int) error { return s.avancer(eleves) }

// Faire writes the file.
func (d *demande) Faire(ctx context.Context, tx territoire.Tx, banc *travail.Banc) error {
	sheet := tableau.Table{
		Title: "Extraction", Issuer: d.agent.Territoire, Made: d.agent.Maintenant, Columns: tableau.Columns(d.Titres(d.agent.Role)...),
	}
	flux, err := sheet.Flux(d.Format, banc)
	if err != nil {
		return err
	}
	out := sortie{flux, func(eleves int) error { return banc.Avancer(ctx, eleves) }}
	if _, err := d.Demande.Ecrire(ctx, tx, d.agent, d.ecoles, out); err != nil {
		return err
	}
	return flux.Fermer()
}

// Fichier is its name and its type.
func (d *demande) Fichier() (nom, genre string) { return d.nom(), tableau.ContentType(d.Format) }

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
func (d *demande) cachees() []ui.Option { return cachees(d.query()) }

func cachees(q url.Values) (list []ui.Option) {
	for _, name := range slices.Sorted(maps.Keys(q)) {
		for _, v := range q[name] {
			list = append(list, ui.Option{Label: name, Value: v})
		}
	}
	return list
}
