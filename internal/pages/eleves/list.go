package eleves

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many pupils a page shows.
const parPage = 50

// ligne is one pupil of a list.
type ligne struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        string
	ClasseID      *uuid.UUID
	Classe        string // its name; "" for the directeur, who has read them all
	EcoleUAI      string
	Ecole         string // its name; "" for the directeur's own, and for one of another commune
	Commune       string // of the school
	Etat          scolarite.Etat
	DateRadiation *time.Time
	Total         int
}

// nom is the name on lists, capitals for the family name.
func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// libelle is a school or a class to choose from.
type libelle struct {
	Cle     string
	Libelle string
	Groupe  string
}

// lecture is all that the list page reads.
type lecture struct {
	lignes  []ligne
	classes []libelle
	ecoles  []libelle // to choose from; in a vast territory, the one chosen
	vaste   bool
}

// read reads the list in one round trip. limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { all.queue(l, agent, c, limit) })
	return all, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), agent, c, all), agent, choix(agent, c, all)))
}

// listProps lays the lines out for the list component.
func listProps(q url.Values, agent habilitation.Agent, c critere, all lecture) ui.ListProps {
	cols := columnsFor(agent)
	props := ui.ListProps{
		Caption: "Élèves " + c.Annee.Libelle(), Scope: "Vous voyez les élèves de\u00a0: " + agent.Territoire + ".",
		Path: "/eleves", Query: q, Sort: c.sorted(), Desc: c.Desc, Search: "Nom ou prénom",
		Filters: filters(agent, c, all), Pager: ui.Pager{Page: c.Page, PerPage: parPage},
		Exports: []string{"csv", "xlsx", "pdf"}, Empty: empty(agent, c, all),
	}
	if !c.inSchool() && (all.vaste || inspection(agent.Role)) {
		props.Search = "Début du nom"
	}
	for _, col := range cols {
		props.Columns = append(props.Columns, col.head)
	}
	names := index(all.classes)
	for _, l := range all.lignes {
		props.Pager.Total = l.Total
		row := ui.ListRow{ID: l.ID.String(), Href: "/eleves/" + l.ID.String(), Label: l.nom()}
		for _, col := range cols {
			row.Cells = append(row.Cells, ui.Cell(col.text(l, names)))
		}
		props.Rows = append(props.Rows, row)
	}
	if agent.Can(habilitation.EditerCertificats) {
		props.Bulk = []ui.BulkAction{
			{Label: "Certificats de scolarité", Action: cheminScolarite}, {Label: "Écrire aux familles", Action: "/courriers/pour"},
		}
	}
	return props
}

// index gives the names of the classes by their keys: fetched once instead of joined to each line.
func index(classes []libelle) map[string]string {
	names := make(map[string]string, len(classes))
	for _, l := range classes {
		names[l.Cle] = l.Libelle
	}
	return names
}

// ferme tells whether the list waits for a school or a name before it shows anybody.
func ferme(agent habilitation.Agent, c critere, all lecture) bool {
	return !c.ouvre(agent.Role) || all.vaste && !c.borne()
}

func empty(agent habilitation.Agent, c critere, all lecture) ui.EmptyProps {
	if ferme(agent, c, all) {
		return ui.EmptyProps{
			Sentence: "Choisissez une école, ou cherchez un nom d’au moins deux lettres.",
			Href:     ecolesHref(c), Action: "Choisir une école",
		}
	}
	return ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."}
}

// lien is an action beside the heading that leads elsewhere; none without a label.
type lien struct{ Label, Href string }

// choix is the way to a school where there are too many for a filter.
func choix(agent habilitation.Agent, c critere, all lecture) lien {
	switch {
	case !all.vaste || ferme(agent, c, all): // an empty list shows the way itself
		return lien{}
	case c.Ecole != "":
		return lien{Label: "Choisir une autre école", Href: ecolesHref(c)}
	}
	return lien{Label: "Choisir une école", Href: ecolesHref(c)}
}

// ecolesHref is the list of the schools, in the same year; it leads back here.
func ecolesHref(c critere) string { return "/ecoles?annee=" + strconv.Itoa(int(c.Annee)) }
