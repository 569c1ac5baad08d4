package rattachements

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many children a page shows.
const parPage = 50

// critere is what the list was asked for.
type critere struct {
	annee    ecole.Annee
	modalite rattachement.Modalite
	nom      string
	page     int
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{annee: httpx.Annee(q, agent), nom: q.Get("q"), page: httpx.PageAsked(q)}
	if m := rattachement.Modalite(q.Get("modalite")); slices.Contains(rattachement.Modalites, m) {
		c.modalite = m
	}
	return c
}

// args are the days of the year and what bounds the list.
func (c critere) args() []any {
	return []any{c.annee.Debut(), c.annee.Fin(), c.nom, string(c.modalite)}
}

// ligne is one period of a child.
type ligne struct {
	ID             uuid.UUID
	EleveID        uuid.UUID
	NomFamille     string
	NomUsage       string
	Prenom         string
	Sexe           string
	DateNaissance  time.Time
	Modalite       rattachement.Modalite
	Debut          time.Time
	Fin            *time.Time
	Ecole          string
	Commune        string // of the reference school
	ResidenceInsee string
	Present        bool // in a school too
	Total          int
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// reference is where the child is attached.
func (l ligne) reference() string {
	if l.Ecole == "" {
		return "Département"
	}
	return ecole.NomComplet(l.Ecole, l.Commune)
}

func (l ligne) residence() string {
	if c, ok := commune.Find(l.ResidenceInsee); ok {
		return c.Nom
	}
	return ""
}

// modalite is how the child is taught, in the words that the role may read.
func modalite(m rattachement.Modalite, agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return m.LabelCommun()
	}
	return m.Label()
}

// comptage says whether the child is counted here or in his class.
func (l ligne) comptage() string {
	if l.Present {
		return "Dans sa classe"
	}
	return "À part"
}

const duringSQL = ` from rattachement r where r.debut <= $2 and (r.fin is null or r.fin >= $1)
	and ' ' || r.cle_nom like all (array(select '% ' || mot || '%' from unnest(string_to_array(cle_nom($3), ' ')) as mot))`

// presentSQL: a hospital or a specialised establishment may share a child with his class, which counts him.
const presentSQL = `exists (select from scolarite s where s.eleve_id = r.eleve_id and s.etat = 'admis_definitif'
	and s.fin_annee >= r.debut and s.fin_annee <= $2 and s.fin_annee > $1)`

const listSQL = `
	select r.id, r.eleve_id, r.nom_famille, r.nom_usage, r.prenom, r.sexe, r.date_naissance, r.modalite, r.debut, r.fin,
		coalesce(e.nom, '') as ecole, coalesce(k.nom, '') as commune, coalesce(r.residence_insee, '') as residence_insee,
		r.present, r.total
	from (select r.*, ` + presentSQL + ` as present, count(*) over () as total` + duringSQL + `
		and ($4 = '' or r.modalite = $4) order by r.cle_nom, r.debut, r.id limit nullif($5, 0) offset $6) r
	left join ecole e on e.uai = r.ecole_uai left join commune k on k.insee = e.commune_insee
	order by r.cle_nom, r.debut, r.id`

// compte is how many children are taught in a way, apart from the pupils of the schools.
type compte struct {
	Modalite rattachement.Modalite
	Nombre   int
}

const comptesSQL = `select r.modalite, count(distinct r.eleve_id) as nombre` + duringSQL + ` and not ` + presentSQL + ` group by 1`

// lecture is all that the list reads.
type lecture struct {
	lignes  []ligne
	comptes []compte
}

// read reads the list in one round trip; limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int, besides func(*territoire.Lecture)) (all lecture, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &all.lignes, listSQL, append(c.args(), limit, (c.page-1)*limit)...)
		territoire.Toutes(l, &all.comptes, comptesSQL, c.args()[:3]...)
		besides(l)
	})
	return all, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, parPage, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(view{agent, c, all, r.URL.Query()}))
}

// view is the list as the page shows it.
type view struct {
	agent   habilitation.Agent
	critere critere
	lecture lecture
	query   url.Values
}

func (v view) gere() bool { return v.agent.Can(habilitation.GererRattachements) }

// stats count apart, by modalité; the mairie reads the two kinds of establishment as one.
func (v view) stats() []ui.Stat {
	counts := map[string]int{}
	for _, c := range v.lecture.comptes {
		counts[modalite(c.Modalite, v.agent)] += c.Nombre
	}
	var stats []ui.Stat
	for _, m := range rattachement.Modalites {
		label := modalite(m, v.agent)
		if slices.ContainsFunc(stats, func(s ui.Stat) bool { return s.Label == label }) {
			continue
		}
		stats = append(stats, ui.Stat{Label: label, Value: ui.Count(counts[label])})
	}
	return stats
}

func (v view) list() ui.ListProps {
	props := ui.ListProps{
		Caption: "Enfants instruits hors de l’école " + v.critere.annee.Libelle(), Scope: v.portee(), Path: "/rattachements", Query: v.query,
		Search: "Nom ou prénom", Filters: v.filters(), Pager: ui.Pager{Page: v.critere.page, PerPage: parPage},
		Exports: tableau.Formats, Empty: v.empty(),
	}
	for _, col := range v.columns() {
		props.Columns = append(props.Columns, ui.Column{Label: col.label})
	}
	for _, l := range v.lecture.lignes {
		props.Pager.Total = l.Total
		row := ui.ListRow{ID: l.ID.String(), Href: path(l.ID), Label: l.nom(), Cells: ui.Cells(l.nom())}
		for _, col := range v.columns()[1:] {
			row.Cells = append(row.Cells, ui.Cell(col.text(l)))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// column is one column of the list.
type column struct {
	label string
	text  func(ligne) string
}

func (v view) columns() []column {
	cols := []column{
		{"Nom et prénom", ligne.nom},
		{"Né(e) le", func(l ligne) string { return date.Court(l.DateNaissance) }},
		{"Instruit", func(l ligne) string { return modalite(l.Modalite, v.agent) }},
	}
	if v.agent.Ecole == "" {
		cols = append(cols, column{"Rattaché à", ligne.reference})
	}
	if v.agent.Commune == "" {
		cols = append(cols, column{"Habite", ligne.residence})
	}
	return append(cols,
		column{"Depuis", func(l ligne) string { return date.Court(l.Debut) }},
		column{"Jusqu’au", func(l ligne) string { return date.CourtOuRien(l.Fin) }},
		column{"Compté", ligne.comptage})
}

// portee says whom one reads.
func (v view) portee() string {
	switch v.agent.Role {
	case habilitation.Directeur:
		return "Enfants dont votre école est l’école de référence. Ils ne sont pas comptés dans son effectif."
	case habilitation.Mairie:
		return "Enfants qui habitent la commune et sont instruits hors de l’école."
	}
	return "Enfants rattachés à une école du département, ou au département."
}

func (v view) filters() []ui.Filter {
	f := ui.Filter{Name: "modalite", Label: "Instruit", All: "Partout"}
	for _, m := range rattachement.Modalites {
		if v.agent.Role != habilitation.Mairie || !m.Partage() {
			f.Options = append(f.Options, ui.Option{Value: string(m), Label: m.Label()})
		}
	}
	return []ui.Filter{httpx.AnneeFilter(v.agent), f}
}

func (v view) empty() ui.EmptyProps {
	if v.critere.nom != "" || v.critere.modalite != "" {
		return ui.EmptyProps{Sentence: "Aucun enfant ne répond à ces critères."}
	}
	e := ui.EmptyProps{Sentence: "Aucun enfant n’est instruit hors de l’école cette année."}
	if v.gere() {
		e.Href, e.Action = "/rattachements/nouveau", "Noter un enfant"
	}
	return e
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "rattachement", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	v := view{agent: agent, critere: c, lecture: all}
	t := tableau.Table{
		Title: "Enfants instruits hors de l’école " + c.annee.Libelle(), Details: []string{ui.Plural(len(all.lignes), "ligne", "lignes")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.empty().Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Sexe"),
	}
	for _, col := range v.columns()[1:] {
		t.Columns = append(t.Columns, tableau.Column{Title: col.label})
	}
	for _, l := range all.lignes {
		row := []any{l.NomFamille, l.NomUsage, l.Prenom, l.Sexe}
		for _, col := range v.columns()[1:] {
			row = append(row, col.text(l))
		}
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, row)
	}
	return p.Export(w, r, agent, "hors-ecole-"+strconv.Itoa(int(c.annee)), t)
}
