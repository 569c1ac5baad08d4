package radiations

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many pupils a page shows.
const parPage = 50

// critere is what a list was asked for.
type critere struct {
	annee ecole.Annee
	nom   string
	tri   string
	desc  bool
	page  int
	quand string // "annonces", "faites", or "" for both
}

// orders are the sorts of the list of radiés, forwards and backwards.
var orders = map[string][2]string{
	"date": {"s.date_radiation", "s.date_radiation desc"},
	"nom":  {"s.cle_nom", "s.cle_nom desc"},
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		annee: httpx.Annee(q, agent), quand: q.Get("quand"), nom: q.Get("q"), tri: q.Get("tri"), desc: q.Get("sens") == "desc", page: httpx.PageAsked(q),
	}
	if _, ok := orders[c.tri]; !ok {
		c.tri, c.desc = "date", true // the last departures first
	}
	return c
}

// ligne is one pupil struck off, or about to be.
type ligne struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Etat          scolarite.Etat
	DateRadiation time.Time
	Motif         string
	Destination   string
	Ici           bool // the file is still with this school: nobody else has taken the pupil
	Total         int
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

func (l ligne) motif() string { return inscription.Libelle(scolarite.MotifsRadiation, l.Motif) }

// Each word typed begins a word of the name; cle_nom leaves nothing in it that LIKE would read as a pattern.
const parNom = ` and ' ' || s.cle_nom like all (array(
	select '% ' || mot || '%' from unnest(string_to_array(cle_nom($2), ' ')) as mot))`

const listSQL = `
	select s.id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, coalesce(s.niveau, '') as niveau,
		s.etat, s.date_radiation, s.motif_radiation as motif,
		case when d.uai is null then s.destination else concat_ws(', ', d.nom, c.nom) end as destination,
		exists (select from eleve e where e.id = s.eleve_id) as ici, count(*) over () as total
	from scolarite s left join ecole d on d.uai = s.destination_uai left join commune c on c.insee = d.commune_insee
	where s.annee = $1 and s.etat = any ($3) and s.date_radiation is not null` + parNom

// etats are those of the pupils asked for.
func (c critere) etats() []scolarite.Etat {
	switch c.quand {
	case "annonces":
		return []scolarite.Etat{scolarite.AdmisDefinitif}
	case "faites":
		return []scolarite.Etat{scolarite.Radie}
	}
	return []scolarite.Etat{scolarite.AdmisDefinitif, scolarite.Radie}
}

// quandFilter tells those who are still there from those who have left.
var quandFilter = ui.Filter{Name: "quand", Label: "Départ", All: "Tous", Options: []ui.Option{
	{Value: "annonces", Label: "Annoncés"}, {Value: "faites", Label: "Passés"},
}}

// le is the day of the departure; one to come is told from the others.
func (l ligne) le() string {
	if l.Etat == scolarite.AdmisDefinitif {
		return date.Court(l.DateRadiation) + ", annoncé"
	}
	return date.Court(l.DateRadiation)
}

// read reads the list; limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int, besides func(*territoire.Lecture)) (list []ligne, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		sql := listSQL + c.order()
		if limit > 0 {
			sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.page-1)*limit)
		}
		territoire.Toutes(l, &list, sql, int(c.annee), c.nom, c.etats())
		besides(l)
	})
	return list, err
}

// order is the end of the query; the last keys make it total.
func (c critere) order() string {
	o := orders[c.tri]
	if c.desc {
		return " order by " + o[1] + ", s.cle_nom, s.id"
	}
	return " order by " + o[0] + ", s.cle_nom, s.id"
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	var recents []groupe
	list, err := p.read(r.Context(), agent, c, parPage, func(l *territoire.Lecture) {
		territoire.Toutes(l, &recents, recentsSQL, agent.Maintenant)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), agent, c, list), recents))
}

// listProps lays the lines out for the list component.
func listProps(q url.Values, agent habilitation.Agent, c critere, list []ligne) ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves radiés " + c.annee.Libelle(), Scope: "Élèves de votre école radiés en " + c.annee.Libelle() + ", ou dont le départ est annoncé.",
		Path: "/radiations", Query: q, Sort: c.tri, Desc: c.desc, Search: "Nom ou prénom",
		Filters: []ui.Filter{httpx.AnneeFilter(agent), quandFilter}, Pager: ui.Pager{Page: c.page, PerPage: parPage},
		Exports: tableau.Formats, Empty: empty(c),
		Columns: []ui.Column{
			{Key: "nom", Label: "Nom et prénom", Sortable: true}, {Label: "Né(e) le"}, {Key: "date", Label: "Radié(e) le", Sortable: true},
			{Label: "Motif"}, {Label: "Destination"}, {Label: "Certificat"}, {Label: "Annuler"},
		},
		Bulk: []ui.BulkAction{{Label: "Certificats de radiation", Action: "/eleves/certificats-radiation"}},
	}
	for _, l := range list {
		props.Pager.Total = l.Total
		cells := append(ui.Cells(l.nom(), date.Court(l.DateNaissance), l.le(), l.motif(), l.Destination),
			certificatCell(l), annulerCell(l))
		props.Rows = append(props.Rows, ui.ListRow{ID: l.EleveID.String(), Href: path(l.ID), Label: l.nom(), Cells: cells})
	}
	return props
}

func empty(c critere) ui.EmptyProps {
	if c.quand == "annonces" {
		return ui.EmptyProps{Sentence: "Aucun départ n’est annoncé."}
	}
	if c.nom != "" {
		return ui.EmptyProps{Sentence: "Aucun élève radié ne porte ce nom cette année."}
	}
	return ui.EmptyProps{Sentence: "Aucun élève n’a été radié cette année.", Href: "/radiations/nouvelle", Action: "Radier un élève"}
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	list, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "scolarite", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Élèves radiés " + c.annee.Libelle(), Details: []string{ui.Plural(len(list), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: empty(c).Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Niveau", "Radié(e) le", "Motif", "Destination"),
	}
	for _, l := range list {
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, []any{
			l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.Niveau, l.DateRadiation, l.motif(), l.Destination,
		})
	}
	return p.Export(w, r, agent, "radiations-"+c.annee.Libelle(), t)
}

func path(id uuid.UUID) string { return "/radiations/" + id.String() }

func certificat(eleve uuid.UUID) string {
	return "/eleves/" + eleve.String() + "/certificat-radiation.pdf"
}
