// Package mutations is the monthly statement of those who have entered and left the schools, which heads of school owe to
// the mayor (R131-3 of the code de l'éducation): the mairie reads that of all its schools, a directeur his own.
package mutations

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
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

// Pages serves /mutations.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/mutations", habilitation.ConsulterMutations, p.list)
	rt.Get("/mutations.csv", habilitation.ConsulterMutations, p.export)
	rt.Get("/mutations.xlsx", habilitation.ConsulterMutations, p.export)
	rt.Get("/mutations.pdf", habilitation.ConsulterMutations, p.export)
}

// parPage is how many lines a page shows.
const parPage = 50

// forme writes a month in an address.
const forme = "2006-01"

// critere is what the statement was asked for.
type critere struct {
	mois time.Time // its first day
	sens string    // "entree", "sortie", or "" for both
	page int
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{sens: q.Get("sens"), page: httpx.PageAsked(q)}
	var err error
	if c.mois, err = time.Parse(forme, q.Get("mois")); err != nil {
		today := agent.Aujourdhui()
		c.mois = date.Du(today.Year(), today.Month(), 1)
	}
	return c
}

// mutation is an entry or a departure.
type mutation struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	Le            time.Time
	Sens          string
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Ecole         string
	Lieu          string // where he comes from, or goes to
	Motif         string
	Total         int
}

func (m mutation) nom() string { return eleve.NomListe(m.NomFamille, m.NomUsage, m.Prenom) }

func (m mutation) sens() string {
	return map[string]string{"entree": "Arrivée", "sortie": "Départ"}[m.Sens]
}

func (m mutation) motif() string { return inscription.Libelle(scolarite.MotifsRadiation, m.Motif) }

// listSQL reads both from the registers of the territory's schools, each by its own index.
const listSQL = `
	select m.id, m.eleve_id, m.le, m.sens, m.nom_famille, m.nom_usage, m.prenom, m.date_naissance, m.niveau, e.nom as ecole, m.lieu, m.motif,
		count(*) over () as total
	from (
		select id, eleve_id, entree as le, 'entree' as sens, nom_famille, nom_usage, prenom, date_naissance, niveau_entree as niveau,
			provenance as lieu, '' as motif, cle_nom, ecole_uai
		from registre where ecole_uai = any (portee_ecoles()) and entree >= $1 and entree < $2 and $3 <> 'sortie'
		union all
		select id, eleve_id, sortie, 'sortie', nom_famille, nom_usage, prenom, date_naissance, niveau_sortie, destination, motif_sortie,
			cle_nom, ecole_uai
		from registre where ecole_uai = any (portee_ecoles()) and sortie >= $1 and sortie < $2 and $3 <> 'entree') m
	join ecole e on e.uai = m.ecole_uai
	order by m.le, m.cle_nom, m.id`

func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int, besides func(*territoire.Lecture)) (list []mutation, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		sql := listSQL
		if limit > 0 {
			sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.page-1)*limit)
		}
		territoire.Toutes(l, &list, sql, c.mois, c.mois.AddDate(0, 1, 0), c.sens)
		besides(l)
	})
	return list, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	list, err := p.read(r.Context(), agent, c, parPage, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), agent, c, list)))
}

// douzeMois are those that one may ask for, the present one first.
func douzeMois(today time.Time) ui.Filter {
	f := ui.Filter{Name: "mois", Label: "Mois", All: "En cours"}
	for i := range 13 {
		m := date.Du(today.Year(), today.Month(), 1).AddDate(0, -i, 0)
		f.Options = append(f.Options, ui.Option{Value: m.Format(forme), Label: date.Mois(m)})
	}
	return f
}

func listProps(q url.Values, agent habilitation.Agent, c critere, list []mutation) ui.ListProps {
	props := ui.ListProps{
		Caption: "Arrivées et départs, " + date.Mois(c.mois), Path: "/mutations", Query: q, Exports: tableau.Formats,
		Scope: "Élèves entrés dans les écoles de votre territoire et sortis de celles-ci en " + date.Mois(c.mois) + ".",
		Filters: []ui.Filter{douzeMois(agent.Aujourdhui()), {Name: "sens", Label: "Sens", All: "Arrivées et départs", Options: []ui.Option{
			{Value: "entree", Label: "Arrivées"}, {Value: "sortie", Label: "Départs"},
		}}},
		Pager: ui.Pager{Page: c.page, PerPage: parPage}, Empty: ui.EmptyProps{Sentence: empty(c)},
		Columns: []ui.Column{
			{Label: "Nom et prénom"}, {Label: "Sens"}, {Label: "Le"}, {Label: "Né(e) le"}, {Label: "Niveau"}, {Label: "École"},
			{Label: "Venu de, parti pour"},
		},
	}
	for _, m := range list {
		props.Pager.Total = m.Total
		props.Rows = append(props.Rows, ui.ListRow{ID: m.ID.String(), Label: m.nom(), Cells: ui.Cells(
			m.nom(), m.sens(), date.Court(m.Le), date.Court(m.DateNaissance), m.Niveau, m.Ecole, m.ou())})
	}
	return props
}

// ou is where the pupil comes from, or where he goes, why at least when that is not known.
func (m mutation) ou() string {
	if m.Lieu == "" {
		return m.motif()
	}
	return m.Lieu
}

func empty(c critere) string {
	return "Aucune arrivée ni aucun départ en " + date.Mois(c.mois) + "."
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	list, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "registre", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "État des mutations, " + date.Mois(c.mois), Details: []string{ui.Plural(len(list), "mouvement", "mouvements")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: empty(c),
		Columns: tableau.Columns("Le", "Sens", "Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Niveau", "École",
			"Venu de, parti pour", "Motif"),
	}
	for _, m := range list {
		t.Eleves = append(t.Eleves, m.EleveID)
		t.Rows = append(t.Rows, []any{
			m.Le, m.sens(), m.NomFamille, m.NomUsage, m.Prenom, m.DateNaissance, m.Niveau, m.Ecole, m.Lieu, m.motif(),
		})
	}
	return p.Export(w, r, agent, "mutations-"+c.mois.Format(forme), t)
}
