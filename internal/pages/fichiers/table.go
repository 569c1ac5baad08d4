package fichiers

import (
	"strconv"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/travail"
	"base-eleves/web/ui"
)

// mots are the states as one reads them in a list.
var mots = map[travail.Etat]struct {
	mot   string
	genre ui.Kind
}{
	travail.AApprouver: {"Attend un accord", ui.Warning},
	travail.Refuse:     {"Refusé", ui.Danger},
	travail.Attente:    {"Attend son tour", ui.Info},
	travail.EnCours:    {"En préparation", ui.Info},
	travail.Pret:       {"Prêt", ui.Success},
	travail.Echec:      {"Échec", ui.Danger},
	travail.Abandonne:  {"Abandonné", ui.Neutral},
	travail.Expire:     {"Effacé", ui.Neutral},
}

// table is the agent's own files.
func (v vue) table() ui.TableProps {
	t := ui.TableProps{Caption: "Vos fichiers", Columns: []ui.Column{
		{Label: "Fichier"}, {Label: "Élèves", Number: true}, {Label: "Demandé le"}, {Label: "État"}, {Label: "À garder jusqu’au"},
	}}
	for _, f := range v.miens {
		until := ""
		if f.Etat == travail.Pret {
			until = date.Heure(f.GardeJusquAu)
		}
		row := ui.ListRow{Href: path(f.ID), Label: f.Titre, Cells: ui.Cells(f.Titre, ui.Count(f.Total), date.Heure(f.DemandeLe))}
		row.Cells = append(row.Cells, ui.Tag(mots[f.Etat].mot, mots[f.Etat].genre), ui.Cell(until))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// attentes is the requests of others that wait for the agent's word.
func (v vue) attentes() ui.TableProps {
	t := ui.TableProps{Caption: "Demandes qui attendent votre accord", Columns: []ui.Column{
		{Label: "Qui"}, {Label: "Ce qui sortirait"}, {Label: "Élèves", Number: true}, {Label: "Demandé le"}, {Label: "Décision"},
	}}
	for _, f := range v.aDecider {
		t.Rows = append(t.Rows, ui.ListRow{Cells: append(ui.Cells(f.Demandeur, f.Titre, ui.Count(f.Total), date.Heure(f.DemandeLe)), decision(f))})
	}
	return t
}

// ou says where a file stands, in a sentence. It changes by tenths only: it is read aloud.
func ou(t travail.Travail) string {
	switch t.Etat {
	case travail.AApprouver:
		return "Une autre personne doit donner son accord\u00a0: l’inspection académique ou le service informatique."
	case travail.Refuse:
		return t.Decideur + " a refusé cette demande."
	case travail.Attente:
		return "Le fichier attend son tour."
	case travail.EnCours:
		return "Le fichier se prépare\u00a0: " + strconv.Itoa(10*(10*t.Fait/max(t.Total, 1))) + "\u00a0%."
	case travail.Pret:
		return "Le fichier est prêt. Il sera effacé le " + date.Heure(t.GardeJusquAu) + "."
	case travail.Echec:
		return t.Raison
	case travail.Abandonne:
		return "Ce fichier a été abandonné."
	}
	return "Ce fichier a été effacé\u00a0: demandez-le à nouveau."
}

func resume(t travail.Travail) []ui.SummaryRow {
	rows := []ui.SummaryRow{{Label: "Fichier", Value: t.Titre}, {Label: "Élèves", Value: ui.Count(t.Total)}, {Label: "Demandé le", Value: date.Heure(t.DemandeLe)}}
	if t.DecideLe != nil && t.Etat != travail.Refuse {
		rows = append(rows, ui.SummaryRow{Label: "Approuvé par", Value: t.Decideur + ", le " + date.Heure(*t.DecideLe)})
	}
	if t.Etat == travail.Pret {
		rows = append(rows, ui.SummaryRow{Label: "Poids", Value: poids(t.Taille)})
	}
	return rows
}

func poids(bytes int64) string {
	if kilo := int(bytes >> 10); kilo < 1024 {
		return ui.Count(max(kilo, 1)) + "\u00a0Ko"
	}
	return ui.Count(int(bytes>>20)) + "\u00a0Mo"
}
