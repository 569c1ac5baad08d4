package affectations

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 50

// etats are what a pupil waits for, as the list filters them.
var etats = []ui.Option{
	{Value: "a_affecter", Label: "À affecter"}, {Value: "affecte", Label: "Affectés"}, {Value: "recu", Label: "Reçus par le collège"},
}

// critere is what the list was asked for.
type critere struct {
	annee   ecole.Annee
	q       string
	ecole   string
	college string
	etat    string
	page    int
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		annee: sixieme.Campagne(agent.Aujourdhui()), q: strings.TrimSpace(q.Get("q")), ecole: q.Get("ecole"), college: q.Get("college"),
		etat: q.Get("etat"), page: httpx.PageAsked(q),
	}
	if !slices.ContainsFunc(etats, func(o ui.Option) bool { return o.Value == c.etat }) {
		c.etat = ""
	}
	return c
}

func (c critere) query() url.Values {
	q := url.Values{}
	for name, v := range map[string]string{"q": c.q, "ecole": c.ecole, "college": c.college, "etat": c.etat} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return q
}

func (c critere) href() string {
	if q := c.query(); len(q) > 0 {
		return path + "?" + q.Encode()
	}
	return path
}

// ligne is a pupil who leaves for the collège.
type ligne struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	UAI           string
	Ecole         string
	Commune       string
	College       string
	Etat          string
	RecuLe        *time.Time
	Total         int
}

func (l ligne) nom() string   { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }
func (l ligne) ecole() string { return ecole.NomComplet(l.Ecole, l.Commune) }

// suivi says where the pupil stands.
func (l ligne) suivi() string {
	switch l.Etat {
	case "recu":
		return "Reçu le " + date.CourtOuRien(l.RecuLe)
	case "affecte":
		return "Affecté"
	}
	return "À affecter"
}

// listSQL looks school by school, as the index does; $1 is the rentrée.
const listSQL = `
	select p.eleve_id as id, p.nom_famille, p.nom_usage, p.prenom, p.date_naissance, e.uai, e.nom as ecole, k.nom as commune,
		coalesce(g.nom || ', ' || gk.nom, '') as college, coalesce(a.etat, '') as etat, a.recu_le, count(*) over () as total
	from scolarite p join ecole e on e.uai = p.ecole_uai join commune k on k.insee = e.commune_insee
	left join affectation_6e a on a.eleve_id = p.eleve_id and a.annee = $1 and a.etat in ('affecte', 'recu')
	left join college g on g.uai = a.college_uai left join commune gk on gk.insee = g.commune_insee
	where p.annee = $1 - 1 and p.etat = 'admis_definitif' and ` + sixieme.PartantSQL + `
		and ($2 = '' or ' ' || p.cle_nom || ' ' || cle_nom(e.nom || ' ' || k.nom) like '% ' || cle_nom($2) || '%')
		and ($3 = '' or p.ecole_uai = $3) and ($4 = '' or a.college_uai = $4) and ($5 = '' or coalesce(a.etat, 'a_affecter') = $5)
	order by cle_nom(k.nom), e.uai, p.cle_nom, p.id`

// college is a choice.
type college struct{ UAI, Nom string }

const collegesSQL = `
	select g.uai, k.nom || ' – ' || g.nom as nom from college g join commune k on k.insee = g.commune_insee
	where g.ouvert and k.departement_code = portee_dsden() order by cle_nom(k.nom), cle_nom(g.nom), g.uai`

// lot is an act that was made.
type lot struct {
	ID        uuid.UUID
	Version   int
	Fichier   string
	Eleves    int
	FaitLe    time.Time
	AnnuleLe  *time.Time
	Conserves int
}

const lotsSQL = `select id, version, fichier, eleves, fait_le, annule_le, conserves from lot_6e where annee = $1 order by fait_le desc, id limit 10`

// view is the page.
type view struct {
	critere  critere
	agent    habilitation.Agent
	saison   sixieme.Saison
	lignes   []ligne
	colleges []college
	lots     []lot
	form     *httpx.Form
	ids      []uuid.UUID // ticked in a form that was refused
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, f *httpx.Form) (v view, err error) {
	v = view{critere: c, agent: agent, form: f}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.lignes, listSQL+` limit $6 offset $7`, int(c.annee), c.q, c.ecole, c.college, c.etat, parPage, (c.page-1)*parPage)
		territoire.Toutes(l, &v.colleges, collegesSQL)
		territoire.Toutes(l, &v.lots, lotsSQL, int(c.annee))
		sixieme.QueueSaison(l, c.annee, &v.saison)
	})
	return v, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, readCritere(r.URL.Query(), agent), httpx.NewForm(nil))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v))
}

func (v view) options() []ui.Option {
	list := []ui.Option{{Value: "", Label: "Choisissez un collège"}}
	for _, c := range v.colleges {
		list = append(list, ui.Option{Value: c.UAI, Label: c.Nom})
	}
	return list
}

func (v view) props() ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves qui entrent en 6e", Path: path, Query: v.critere.query(), Search: "Nom, école ou commune",
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "École"}, {Label: "Collège"}, {Label: "État"}},
		Filters: []ui.Filter{{Name: "etat", Label: "État", Options: etats}, {Name: "college", Label: "Collège", Options: v.options()[1:]}},
		Pager:   ui.Pager{Page: v.critere.page, PerPage: parPage}, Exports: tableau.Formats,
		Empty:      ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."},
		Bulk:       []ui.BulkAction{{Label: "Affecter les élèves cochés", Action: v.critere.href()}},
		BulkFields: ui.Select(v.form.Field(ui.Field{Name: "college_uai", Label: "Collège", Required: true}), v.options()),
	}
	if v.critere.ecole != "" {
		props.Filters = append(props.Filters, ui.Filter{Name: "ecole", Label: "École", Options: v.ecole()})
	}
	for _, l := range v.lignes {
		props.Pager.Total = l.Total
		cells := append(ui.Cells(l.nom(), date.Court(l.DateNaissance)), ui.LinkCell(l.ecole(), path+"?ecole="+l.UAI))
		props.Rows = append(props.Rows, ui.ListRow{
			ID: l.ID.String(), Href: "/eleves/" + l.ID.String(), Label: l.nom(), Checked: v.coche(l),
			Cells: append(cells, ui.Cells(l.College, l.suivi())...),
		})
	}
	return props
}

// ecole is the school of the filter, by its name where a line says it.
func (v view) ecole() []ui.Option {
	if len(v.lignes) == 0 {
		return []ui.Option{{Value: v.critere.ecole, Label: v.critere.ecole}}
	}
	return []ui.Option{{Value: v.critere.ecole, Label: v.lignes[0].ecole()}}
}

// coche ticks all the pupils of a school who wait, until a form was refused.
func (v view) coche(l ligne) bool {
	if v.ids != nil {
		return slices.Contains(v.ids, l.ID)
	}
	return v.critere.ecole != "" && l.Etat == ""
}

// table are the acts that were made.
func (v view) table() ui.TableProps {
	t := ui.TableProps{Caption: "Affectations faites", Columns: []ui.Column{{Label: "Le"}, {Label: "D’après"}, {Label: "Élèves", Number: true}, {Label: "Suite"}}}
	for _, l := range v.lots {
		t.Rows = append(t.Rows, ui.ListRow{Cells: append(ui.Cells(date.Heure(l.FaitLe), l.source(), ui.Count(l.Eleves)), suiteCell(v, l))})
	}
	return t
}

func (l lot) source() string {
	if l.Fichier == "" {
		return "La liste"
	}
	return "Le fichier «\u00a0" + l.Fichier + "\u00a0»"
}

func (v view) annulable(l lot) bool {
	return sixieme.Annulable(l.FaitLe, l.AnnuleLe, v.agent.Maintenant)
}

// issue says what became of an act taken back.
func (l lot) issue() string {
	if l.AnnuleLe == nil {
		return ""
	}
	said := "Annulée le " + date.Court(*l.AnnuleLe)
	if l.Conserves > 0 {
		said += ", sauf pour " + ui.Plural(l.Conserves, "élève", "élèves")
	}
	return said
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	var list []ligne
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, listSQL, int(c.annee), c.q, c.ecole, c.college, c.etat)
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "affectation_6e"})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Affectations en 6e, rentrée " + c.annee.Libelle(), Details: []string{ui.Plural(len(list), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: "Aucun élève ne répond à ces critères.",
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Code école", "École", "Collège", "État"),
	}
	for _, l := range list {
		t.Eleves = append(t.Eleves, l.ID)
		t.Rows = append(t.Rows, []any{l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.UAI, l.ecole(), l.College, l.suivi()})
	}
	return p.Export(w, r, agent, "affectations-6e-"+c.annee.Libelle(), t)
}
