package journaux

import (
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/journal"
	"base-eleves/web/ui"
)

// rapport is what one account did in a period.
type rapport struct {
	vue
	compte titulaire
	vus    []vu
	actes  []parActe
}

// parActe counts the lines of one act.
type parActe struct {
	Acte   journal.Acte
	Objet  string
	Nombre int
}

// quoi is what is counted: of a list that has left, once the list and apart each pupil of it.
func (a parActe) quoi() string {
	switch {
	case a.Objet == "eleve" && a.Acte == journal.Exporter:
		return "Élèves de listes exportées"
	case a.Objet == "eleve" && a.Acte == journal.Extraire:
		return "Élèves de fichiers extraits"
	}
	return a.Acte.Libelle() + " (" + strings.ToLower(journal.Objet(a.Objet)) + ")"
}

const parActeSQL = `select acte, objet, nombre from resume_du_compte($1, $2, $3)`

func (r rapport) path() string { return pathComptes + "/" + r.compte.ID.String() }

func (r rapport) liste() ui.ListProps {
	var rows []ui.ListRow
	from := min((r.page-1)*parPage, len(r.vus))
	for _, e := range r.vus[from:min(from+parPage, len(r.vus))] {
		href := ""
		if e.NomFamille != "" {
			href = "/eleves/" + e.EleveID.String()
		}
		rows = append(rows, ui.ListRow{Href: href, Label: e.nom(), Cells: ui.Cells(e.nom(), e.Ecole, ui.Count(e.Fois), date.Heure(e.Premiere), date.Heure(e.Derniere))})
	}
	props := r.vue.liste(r.path(), "Élèves dont ce compte a vu le dossier", []ui.Column{
		{Label: "Élève"}, {Label: "École"}, {Label: "Fois", Number: true}, {Label: "Première fois"}, {Label: "Dernière fois"}}, rows)
	props.Empty.Sentence = "Ce compte n’a vu aucun dossier d’élève entre ces deux jours."
	return props
}

func (r rapport) resume() (rows []ui.SummaryRow) {
	for _, a := range r.actes {
		rows = append(rows, ui.SummaryRow{Label: a.quoi(), Value: ui.Count(a.Nombre)})
	}
	return rows
}
