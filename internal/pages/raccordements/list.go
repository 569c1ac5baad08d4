package raccordements

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/raccordement"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 50

// parcours is a commune that has a school, and how far it has come.
type parcours struct {
	Insee, Nom    string
	Ecoles        int
	DemandeLe     *time.Time
	Interlocuteur string
	Decision      raccordement.Accord
	DecisionLe    *time.Time
	Motif         string
	Demandeur     string
	Decideur      string
	Version       int
	CompteLe      *time.Time
	CleLe         *time.Time
	FormationLe   *time.Time
	ConnexionLe   *time.Time
}

// parcoursSQL reads the communes that have a school in the département. A day is that of Paris.
const parcoursSQL = `
	select k.insee, k.nom, s.ecoles, r.demande_le, coalesce(r.interlocuteur, '') as interlocuteur, coalesce(r.decision, '') as decision,
		r.decision_le, coalesce(r.motif, '') as motif, coalesce(trim(sp.prenom || ' ' || sp.nom), '') as demandeur,
		coalesce(trim(dp.prenom || ' ' || dp.nom), '') as decideur, coalesce(r.version, 0) as version,
		a.compte_le::timestamp as compte_le, a.cle_le::timestamp as cle_le, a.formation_le::timestamp as formation_le, a.connexion_le::timestamp as connexion_le
	from (select commune_insee, count(*)::int as ecoles from ecole where departement_code = portee_dsden() and ouverte group by 1) s
	join commune k on k.insee = s.commune_insee
	left join raccordement r on r.commune_insee = k.insee
	left join compte sp on sp.id = r.saisi_par left join compte dp on dp.id = r.decide_par
	left join lateral (
		select min(c.cree_le at time zone 'Europe/Paris')::date as compte_le, min(c.premiere_connexion_le at time zone 'Europe/Paris')::date as connexion_le,
			min((select min(l.etat_le at time zone 'Europe/Paris')::date from cle l where l.compte_id = c.id and l.etat in ('remise', 'active'))) as cle_le,
			min((select min(f.jour) from formation_inscrit i join formation f on f.id = i.formation_id where i.compte_id = c.id and i.etat = 'present')) as formation_le
		from habilitation h join compte c on c.id = h.compte_id
		where h.commune_insee = k.insee and h.role = 'mairie' and h.etat in ('demandee', 'accordee') and (h.fin is null or h.fin >= $1)) a on true`

func (p parcours) reste() raccordement.Etape {
	return raccordement.Parcours{Decide: p.Decision, Dates: p.dates()}.Reste()
}

func (p parcours) dates() map[raccordement.Etape]*time.Time {
	return map[raccordement.Etape]*time.Time{
		raccordement.Demande: p.DemandeLe, raccordement.Decision: p.DecisionLe, raccordement.Compte: p.CompteLe,
		raccordement.Cle: p.CleLe, raccordement.Formation: p.FormationLe, raccordement.Connexion: p.ConnexionLe,
	}
}

func (p parcours) href() string { return path + "/" + p.Insee }

// read reads all the communes that answer: a département has a few hundred, and what is left to do is a rule, not a column.
func (p Pages) read(r *http.Request, agent habilitation.Agent) (list []parcours, err error) {
	q := r.URL.Query()
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, parcoursSQL+` order by cle_nom(k.nom), k.insee`, agent.Aujourdhui())
	})
	name, reste := commune.Plier(q.Get("q")), q.Get("reste")
	return slices.DeleteFunc(list, func(c parcours) bool {
		return !strings.HasPrefix(commune.Plier(c.Nom), name) || reste != "" && string(c.reste()) != reste
	}), err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	list, err := p.read(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), list)))
}

// restes are what one looks for in the list.
func restes() []ui.Option {
	options := make([]ui.Option, 0, len(raccordement.Etapes)+2)
	for _, e := range append(slices.Clone(raccordement.Etapes), raccordement.Refus, raccordement.Service) {
		options = append(options, ui.Option{Value: string(e), Label: e.Reste()})
	}
	return options
}

func listProps(q url.Values, list []parcours) ui.ListProps {
	page := httpx.PageAsked(q)
	props := ui.ListProps{
		Caption: "Communes", Path: path, Query: q, Search: "Début du nom",
		Columns: []ui.Column{{Label: "Commune"}, {Label: "Où elle en est"}, {Label: "Écoles", Number: true}},
		Filters: []ui.Filter{{Name: "reste", Label: "Où elle en est", All: "Toutes", Options: restes()}},
		Pager:   ui.Pager{Page: page, PerPage: parPage, Total: len(list)}, Exports: tableau.Formats,
		Empty: ui.EmptyProps{Sentence: "Aucune commune ne répond à ces critères."},
	}
	for _, e := range raccordement.Etapes {
		props.Columns = append(props.Columns, ui.Column{Label: e.Label()})
	}
	from := min((page-1)*parPage, len(list))
	for _, c := range list[from:min(from+parPage, len(list))] {
		cells := []string{c.Nom, c.reste().Reste(), ui.Count(c.Ecoles)}
		for _, e := range raccordement.Etapes {
			cells = append(cells, date.CourtOuRien(c.dates()[e]))
		}
		props.Rows = append(props.Rows, ui.ListRow{Href: c.href(), Label: c.Nom, Cells: ui.Cells(cells...)})
	}
	return props
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	list, err := p.read(r, agent)
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Raccordement des communes", Issuer: agent.Territoire, Made: agent.Maintenant, Empty: "Aucune commune.",
		Details: []string{ui.Plural(len(list), "commune", "communes")}, Columns: tableau.Columns("Commune", "Code INSEE", "Écoles"),
	}
	for _, e := range raccordement.Etapes {
		t.Columns = append(t.Columns, tableau.Columns(e.Label())...)
	}
	t.Columns = append(t.Columns, tableau.Columns("Où elle en est")...)
	for _, c := range list {
		row := []any{c.Nom, c.Insee, c.Ecoles}
		for _, e := range raccordement.Etapes {
			row = append(row, jour(c.dates()[e]))
		}
		t.Rows = append(t.Rows, append(row, c.reste().Reste()))
	}
	return httpx.Export(w, r, "raccordements", t)
}

func jour(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
