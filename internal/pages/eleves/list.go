package eleves

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
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
	EcoleUAI      string
	Etat          scolarite.Etat
	Total         int
}

// nom is the name on lists, capitals for the family name.
func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// libelle is a school or a class by its key, fetched once instead of joined to each line.
type libelle struct {
	Cle     string
	Libelle string
	Groupe  string
}

// lecture is all that the list page reads.
type lecture struct {
	lignes  []ligne
	classes []libelle
	ecoles  []libelle
}

const classesSQL = `
	select id::text as cle, libelle_court as libelle, ecole_uai as groupe from classe
	where annee = $1 and ecole_uai = any (portee_ecoles()) and ($2 = '' or ecole_uai = $2) order by libelle_court limit 200`

const ecolesSQL = `
	select e.uai as cle, e.nom as libelle, c.nom as groupe from ecole e join commune c on c.insee = e.commune_insee
	where e.uai = any (portee_ecoles()) order by c.nom, e.nom`

// read reads the list in one round trip. limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		if c.ouvre(agent.Role) {
			where, args := c.where()
			sql := listSQL + where + c.order()
			if limit > 0 {
				sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.Page-1)*limit)
			}
			territoire.Toutes(l, &all.lignes, sql, args...)
		}
		if agent.Can(habilitation.ConsulterClasses) && (agent.Ecole != "" || c.Ecole != "") {
			territoire.Toutes(l, &all.classes, classesSQL, int(c.Annee), c.Ecole)
		}
		if agent.Role != habilitation.Directeur {
			territoire.Toutes(l, &all.ecoles, ecolesSQL)
		}
	})
	return all, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), agent, c, all), agent))
}

// listProps lays the lines out for the list component.
func listProps(q url.Values, agent habilitation.Agent, c critere, all lecture) ui.ListProps {
	cols := columnsFor(agent)
	props := ui.ListProps{
		Caption: "Élèves " + c.Annee.Libelle(), Scope: "Vous voyez les élèves de : " + agent.Territoire + ".",
		Path: "/eleves", Query: q, Sort: c.sorted(), Desc: c.Desc, Search: "Nom ou prénom",
		Filters: filters(agent, all), Pager: ui.Pager{Page: c.Page, PerPage: parPage},
		Exports: []string{"csv", "xlsx", "pdf"}, Empty: empty(agent, c),
	}
	for _, col := range cols {
		props.Columns = append(props.Columns, col.head)
	}
	names := index(all)
	for _, l := range all.lignes {
		props.Pager.Total = l.Total
		row := ui.ListRow{ID: l.ID.String(), Href: "/eleves/" + l.ID.String(), Label: l.nom()}
		for _, col := range cols {
			row.Cells = append(row.Cells, ui.Cell(col.text(l, names)))
		}
		props.Rows = append(props.Rows, row)
	}
	if agent.Can(habilitation.EditerCertificats) {
		props.Bulk = []ui.BulkAction{{Label: "Certificats de scolarité", Action: "/eleves/certificats-scolarite.pdf"}}
	}
	return props
}

// index gives the words of each school and class.
func index(all lecture) map[string]string {
	names := make(map[string]string, len(all.classes)+len(all.ecoles))
	for _, l := range all.classes {
		names[l.Cle] = l.Libelle
	}
	for _, l := range all.ecoles {
		names[l.Cle] = ecole.NomComplet(l.Libelle, l.Groupe)
	}
	return names
}

func empty(agent habilitation.Agent, c critere) ui.EmptyProps {
	if !c.ouvre(agent.Role) {
		return ui.EmptyProps{
			Sentence: "Choisissez une école, ou cherchez un nom d’au moins deux lettres.",
			Href:     "/ecoles", Action: "Voir les écoles",
		}
	}
	return ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."}
}
