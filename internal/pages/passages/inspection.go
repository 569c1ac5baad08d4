package passages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// regard is what an inspection looks at, among the passages of its territory.
type regard string

const (
	avisAttendus regard = "avis"
	maintiens    regard = "maintiens"
	anticipes    regard = "anticipes"
	contestes    regard = "contestes"
	recours      regard = "recours"
	tranches     regard = "tranches"
)

var regards = []regard{avisAttendus, maintiens, anticipes, contestes, recours, tranches}

func (r regard) label() string {
	return map[regard]string{
		avisAttendus: "Sans avis de l’IEN", maintiens: "Maintiens", anticipes: "Passages anticipés", contestes: "Contestés",
		recours: "En recours", tranches: "Tranchés",
	}[r]
}

// conditions choose among the passages of passage.SQLExceptions.
var conditions = map[regard]string{
	avisAttendus: passage.SQLSansAvis,
	maintiens:    `p.decision = 'maintien'`,
	anticipes:    `p.decision = 'passage_anticipe'`,
	contestes:    `p.etat = 'conteste'`,
	recours:      `p.etat = 'en_recours'`,
	tranches:     `p.etat = 'confirme'`,
}

// vueInspection is the list of an IEN or of an IA.
type vueInspection struct {
	agent    habilitation.Agent
	annee    ecole.Annee
	regard   regard
	page     int
	query    url.Values
	lignes   []ligneInspection
	comptes  []compteRegard
	campagne *passage.LigneCampagne
}

type ligneInspection struct {
	Nom     string // of the school
	Commune string
	ligne
}

type compteRegard struct {
	Regard regard
	Nombre int
}

const parPage = 50

func readInspection(r *http.Request, agent habilitation.Agent) vueInspection {
	q := r.URL.Query()
	v := vueInspection{agent: agent, annee: httpx.Annee(q, agent), regard: maintiens, page: httpx.PageAsked(q)}
	if agent.Can(habilitation.AviserPassages) {
		v.regard = avisAttendus
	}
	if agent.Can(habilitation.TrancherPassages) {
		v.regard = recours
	}
	if asked := regard(q.Get("voir")); slices.Contains(regards, asked) {
		v.regard = asked
	}
	v.query = url.Values{"voir": {string(v.regard)}}
	if q.Get("annee") != "" {
		v.query.Set("annee", strconv.Itoa(int(v.annee)))
	}
	return v
}

func (v vueInspection) href(r regard) string {
	q := url.Values{}
	for k, values := range v.query {
		q[k] = values
	}
	q.Set("voir", string(r))
	return "/passages?" + q.Encode()
}

// inspectionSQL reads a page of the passages that answer to a condition; those of one school stay together.
func inspectionSQL(condition string) string {
	return `select e.nom, c.nom as commune, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance,
		coalesce(k.libelle_court, '') as libelle_classe, ` + passage.SituationSQLSansINE + `, ` + passage.ColonnesSQL + `
	from passage p join scolarite s on s.id = p.scolarite_id join ecole e on e.uai = s.ecole_uai
	join commune c on c.insee = e.commune_insee left join classe k on k.id = s.classe_id
	where ` + passage.SQLExceptions + ` and ` + condition + `
	order by c.nom, e.nom, array_position($2::text[], s.niveau), s.cle_nom, s.id limit $3 offset $4`
}

// comptesInspectionSQL counts them all, in one reading.
var comptesInspectionSQL = func() string {
	comptes := make([]string, len(regards))
	for i, r := range regards {
		comptes[i] = `select '` + string(r) + `' as regard, count(*) as nombre from p where ` + conditions[r]
	}
	return `with p as (select * from passage p where ` + passage.SQLExceptions + `) ` + strings.Join(comptes, " union all ")
}()

func (p Pages) readInspection(ctx context.Context, v *vueInspection, limit int, besides func(*territoire.Lecture)) error {
	return p.DB.Lire(ctx, v.agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.lignes, inspectionSQL(conditions[v.regard]), int(v.annee), ecole.Niveaux(), limit, (v.page-1)*limit)
		territoire.Toutes(l, &v.comptes, comptesInspectionSQL, int(v.annee))
		territoire.Peut(l, &v.campagne, passage.SQLCampagne, int(v.annee))
		besides(l)
	})
}

func (p Pages) inspection(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := readInspection(r, agent)
	if err := p.readInspection(r.Context(), &v, parPage, func(*territoire.Lecture) {}); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, inspectionPage(v))
}

func (v vueInspection) nombre(r regard) int {
	for _, c := range v.comptes {
		if c.Regard == r {
			return c.Nombre
		}
	}
	return 0
}

func (v vueInspection) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(regards))
	for i, r := range regards {
		tabs[i] = ui.Tab{Label: r.label(), Href: v.href(r), Count: v.nombre(r), Current: r == v.regard}
	}
	return tabs
}

func (v vueInspection) list() ui.ListProps {
	props := ui.ListProps{
		Caption: v.regard.label(), Path: "/passages", Query: v.query, Exports: tableau.Formats,
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "École"}, {Label: "Niveau"}, {Label: "Proposition ou décision"},
			{Label: "Suivi"}, {Label: "Avis de l’IEN"}},
		Filters: []ui.Filter{httpx.AnneeFilter(v.agent)}, Pager: ui.Pager{Page: v.page, PerPage: parPage, Total: v.nombre(v.regard)},
		Empty: ui.EmptyProps{Sentence: "Aucun passage de votre territoire n’est dans ce cas."},
	}
	for _, l := range v.lignes {
		props.Rows = append(props.Rows, ui.ListRow{Href: path(l.ScolariteID), Label: l.nom(), Cells: ui.Cells(l.nom(), l.ecole(),
			string(l.Niveau), l.choix().Libelle(), l.suivi(v.agent), l.avis())})
	}
	return props
}

func (l ligneInspection) ecole() string { return ecole.NomComplet(l.Nom, l.Commune) }

// avis is the opinion of the IEN and its day.
func (l ligne) avis() string {
	switch {
	case l.AvisLe != nil:
		return l.Avis.Label() + ", le " + date.Court(*l.AvisLe)
	case l.AvisIEN:
		return "Reçu par l’école"
	}
	return ""
}

// echeances are those of the territory; only the commission waits for the inspection.
func (v vueInspection) echeances() []echeance {
	comptes := passage.Comptes{{Attente: passage.EnAppel, Nombre: v.nombre(recours)}}
	return echeances(passage.LireCampagne(v.annee, v.campagne), comptes, v.agent.Aujourdhui())
}

// maxExport bounds the file that a whole territory is sent in.
const maxExport = 10000

func (p Pages) exportInspection(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := readInspection(r, agent)
	v.page = 1
	err := p.readInspection(r.Context(), &v, maxExport, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "passage"})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Passages " + v.annee.Libelle() + "\u00a0: " + v.regard.label(), Details: []string{ui.Plural(len(v.lignes), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.list().Empty.Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "UAI", "École", "Niveau", "Proposition ou décision", "Suivi", "Avis de l’IEN"),
	}
	for _, l := range v.lignes {
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, []any{
			l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.Ecole, l.ecole(), string(l.Niveau), l.choix().Libelle(), l.suivi(agent), l.avis(),
		})
	}
	return p.Export(w, r, agent, "passages-"+v.annee.Libelle()+"-"+string(v.regard), t)
}
