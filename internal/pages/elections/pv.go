package elections

import (
	"net/http"
	"strconv"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// printPV prints the report of the election; the page of the results says the same.
func (p Pages) printPV(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	var school ecole.EnTete
	v, err := p.readScrutin(r.Context(), agent, id, func(l *territoire.Lecture) { territoire.Une(l, &school, ecole.EnTeteSQL, agent.Ecole) })
	switch {
	case err != nil:
		return err
	case !v.fiche.proclamee():
		return refusal.InConflict("Proclamez d’abord les résultats\u00a0: le procès-verbal les reprend.")
	}
	return p.imprimer(w, r, agent, v.fiche, "proces-verbal", v.proces(school, agent.Maintenant))
}

// proces is the report on paper.
func (v scrutin) proces(school ecole.EnTete, made time.Time) *pdf.Document {
	x := v.fiche
	doc := x.feuille("Procès-verbal de l’élection des parents "+x.annee().Libelle(), school, pdf.Footer{Date: date.Long(made), Note: "À afficher dans l’école"}, made)
	doc.Title("Procès-verbal", objet, x.lead())
	doc.Rows(v.lignes())
	doc.Section("Résultats par liste")
	doc.Table(v.parListePapier())
	doc.Section("Représentants élus")
	doc.Table(v.elusPapier())
	if v.vacants() > 0 {
		doc.Paragraph(pdf.T(v.vacance()))
	}
	doc.Note(pdf.T(v.recours()))
	doc.Signature(pdf.Signature{
		Place: "Fait à " + school.Commune + ", le " + date.Long(*x.ProclameeLe), Role: "Le bureau des élections", Name: "Noms et signatures",
		Stamp: "Cachet de l’école",
	})
	return doc
}

// vacance says how many seats nobody has, and who sees to it.
func (v scrutin) vacance() string {
	return ui.Plural(v.vacants(), "siège reste vacant", "sièges restent vacants") +
		". L’inspection y pourvoit par tirage au sort, parmi les parents volontaires et éligibles (arrêté du 13\u00a0mai\u00a01985, art.\u00a01)."
}

// recours says until when the results may be contested.
func (v scrutin) recours() string {
	return "Les résultats se contestent devant l’inspection académique pendant cinq jours après leur proclamation, soit jusqu’au " +
		date.Long(election.Recours(*v.fiche.ProclameeLe)) + "."
}

// lignes are the figures of the report.
func (v scrutin) lignes() []pdf.Row {
	rows := []pdf.Row{pdf.R("Liste électorale", "arrêtée le "+date.Long(*v.fiche.ArreteeLe))}
	for _, f := range v.faits() {
		rows = append(rows, pdf.R(f.Label, f.Value))
	}
	return rows
}

func (v scrutin) parListePapier() pdf.Table {
	t := pdf.Table{Groups: []pdf.Group{{}}, Empty: "Aucune liste de candidats n’a été déposée."}
	for i, title := range resultatsColumns {
		c := pdf.Column{Title: title, Bold: i == 0}
		if i > 0 {
			c.Align = pdf.Right
		}
		t.Columns = append(t.Columns, c)
	}
	for _, c := range v.candidatures {
		t.Groups[0].Rows = append(t.Groups[0].Rows, []string{
			c.Nom, strconv.Itoa(c.Suffrages), pourcent(c.Suffrages, v.exprimes()), strconv.Itoa(c.Titulaires), strconv.Itoa(c.Suppleants),
		})
	}
	return t
}

// elu is somebody elected.
type elu struct{ nom, qualite, liste string }

// elus are those who sit and their alternates, list by list.
func (v scrutin) elus() []elu {
	var list []elu
	for _, c := range v.candidatures {
		for _, x := range v.de(c.ID) {
			if x.Elu != "" {
				list = append(list, elu{x.Nom, qualites[x.Elu], c.Nom})
			}
		}
	}
	return list
}

var qualites = map[string]string{"titulaire": "Titulaire", "suppleant": "Suppléant ou suppléante"}

func (v scrutin) elusPapier() pdf.Table {
	t := pdf.Table{
		Columns: []pdf.Column{{Title: "Élu", Bold: true}, {Title: "Qualité"}, {Title: "Liste"}}, Groups: []pdf.Group{{}}, Empty: "Personne n’est élu.",
	}
	for _, e := range v.elus() {
		t.Groups[0].Rows = append(t.Groups[0].Rows, []string{e.nom, e.qualite, e.liste})
	}
	return t
}

func (v scrutin) elusTable() ui.TableProps {
	t := ui.TableProps{Caption: "Représentants élus", Columns: []ui.Column{{Label: "Élu"}, {Label: "Qualité"}, {Label: "Liste"}}}
	for _, e := range v.elus() {
		t.Rows = append(t.Rows, ui.ListRow{Label: e.nom, Cells: ui.Cells(e.nom, e.qualite, e.liste)})
	}
	return t
}
