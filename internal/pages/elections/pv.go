package elections

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// readPV reads what the report of the election says.
func (p Pages) readPV(r *http.Request, agent habilitation.Agent) (scrutin, papier.Papier, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return scrutin{}, papier.Papier{}, err
	}
	var school ecole.EnTete
	v, err := p.readScrutin(r.Context(), agent, id, func(l *territoire.Lecture) { territoire.Une(l, &school, ecole.EnTeteSQL, agent.Ecole) })
	switch {
	case err != nil:
		return v, papier.Papier{}, err
	case !v.fiche.proclamee():
		return v, papier.Papier{}, refusal.InConflict("Proclamez d’abord les résultats\u00a0: le procès-verbal les reprend.")
	}
	return v, v.proces(school, agent.Maintenant), nil
}

func (p Pages) showPV(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, doc, err := p.readPV(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, papierPage("Procès-verbal", v.fiche, "/proces-verbal", doc))
}

func (p Pages) printPV(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, doc, err := p.readPV(r, agent)
	if err != nil {
		return err
	}
	return p.imprimer(w, r, agent, v.fiche, "proces-verbal", doc)
}

// proces is the report.
func (v scrutin) proces(school ecole.EnTete, made time.Time) papier.Papier {
	blocs := []papier.Bloc{
		papier.Titre{Titre: "Procès-verbal", Sous: []string{objet, v.fiche.lead()}}, papier.Lignes(v.lignes()),
		papier.Intertitre("Résultats par liste"), papier.Tableau(v.parListePapier()),
		papier.Intertitre("Représentants élus"), papier.Tableau(v.elusPapier()),
	}
	if v.vacants() > 0 && !v.fiche.annulee() {
		blocs = append(blocs, papier.Dit(v.vacance()))
	}
	if v.fiche.annulee() {
		blocs = slices.Insert(blocs, 1, papier.Bloc(papier.Texte{pdf.B(v.fiche.annulation())}))
	} else {
		blocs = append(blocs, papier.Remarque(v.recours()))
	}
	blocs = append(blocs, papier.Signature{
		Place: "Fait à " + school.Commune + ", le " + date.Long(*v.fiche.ProclameeLe), Role: "Le bureau des élections", Name: "Noms et signatures",
		Stamp: "Cachet de l’école",
	})
	return v.fiche.feuille("Procès-verbal de l’élection des parents "+v.fiche.annee().Libelle(), school,
		pdf.Footer{Date: date.Long(made), Note: "À afficher dans l’école"}, made, blocs...)
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
