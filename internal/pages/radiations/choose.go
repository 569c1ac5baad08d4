package radiations

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// present is a pupil who may be struck off.
type present struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Classe        string
	DateRadiation *time.Time
	Decision      passage.Decision
	NiveauSuivant ecole.Niveau
	Total         int
}

// suite is what is known of what comes next for him: his departure, or the decision of passage.
func (e present) suite() string {
	if e.DateRadiation != nil {
		return "Départ annoncé le " + date.Court(*e.DateRadiation)
	}
	return passage.Choix{Decision: e.Decision, Niveau: e.NiveauSuivant}.Libelle()
}

func (e present) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

const presentsSQL = `
	select s.id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, s.niveau, coalesce(k.libelle_court, '') as classe,
		s.date_radiation, coalesce(p.decision, '') as decision, coalesce(p.niveau_suivant, '') as niveau_suivant, count(*) over () as total
	from scolarite s left join classe k on k.id = s.classe_id
	left join passage p on p.scolarite_id = s.id and p.etat in ('decide', 'confirme')
	where s.annee = $1 and s.etat = 'admis_definitif'` + parNom + ` and ($3 = '' or s.classe_id::text = $3)
		and (not $4 or p.quittant and s.date_radiation is null)
	order by s.cle_nom, s.id`

// classe is a class of the school, to look in.
type classe struct{ ID, Libelle string }

const classesSQL = `
	select id::text, libelle_court as libelle from classe
	where annee = $1 and ecole_uai = any (portee_ecoles()) order by libelle_court`

// choose shows the pupils who are there, to select those who leave.
func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.renderChoose(w, r, agent, http.StatusOK, nil)
}

func (p Pages) renderChoose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, status int, errs ui.Errors) error {
	q := r.URL.Query()
	c := readCritere(q, agent)
	var list []present
	var classes []classe
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		sql := presentsSQL + " limit " + strconv.Itoa(parPage) + " offset " + strconv.Itoa((c.page-1)*parPage)
		if ensemble(q) {
			sql = presentsSQL + " limit " + strconv.Itoa(parGroupe)
		}
		territoire.Toutes(l, &list, sql, int(c.annee), c.nom, q.Get("classe"), q.Get("depart") == "quittants")
		territoire.Toutes(l, &classes, classesSQL, int(c.annee))
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, choosePage(chooseProps(q, agent, c, list, classes), errs))
}

// ensemble tells that one looks for those who leave together: all of them are shown, ready to be sent.
func ensemble(q url.Values) bool { return q.Get("classe") != "" || q.Get("depart") == "quittants" }

// parGroupe is how many pupils leave together at most.
const parGroupe = 400

// departFilter keeps those who leave for want of a class after theirs, or by decision.
var departFilter = ui.Filter{Name: "depart", Label: "Décision", All: "Toutes", Options: []ui.Option{
	{Value: "quittants", Label: "Quitte l’école, départ à noter"},
}}

func chooseProps(q url.Values, agent habilitation.Agent, c critere, list []present, classes []classe) ui.ListProps {
	var options []ui.Option
	for _, k := range classes {
		options = append(options, ui.Option{Value: k.ID, Label: k.Libelle})
	}
	props := ui.ListProps{
		Caption: "Élèves présents " + c.annee.Libelle(), Scope: "Élèves présents dans votre école en " + c.annee.Libelle() + ".",
		Path: "/radiations/nouvelle", Query: q, Search: "Nom ou prénom", Pager: ui.Pager{Page: c.page, PerPage: parPage},
		Filters: []ui.Filter{httpx.AnneeFilter(agent), departFilter, {Name: "classe", Label: "Classe", All: "Toutes", Options: options}},
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Niveau"}, {Label: "Classe"}, {Label: "Suite"}},
		Bulk:    []ui.BulkAction{{Label: "Radier les élèves cochés…", Action: "/radiations"}},
		Empty:   ui.EmptyProps{Sentence: "Aucun élève présent ne répond à ces critères."},
	}
	if ensemble(q) {
		props.Pager = ui.Pager{Page: 1, PerPage: parGroupe}
	}
	for _, e := range list {
		props.Pager.Total = e.Total
		props.Rows = append(props.Rows, ui.ListRow{
			ID: e.ID.String(), Href: path(e.ID), Label: e.nom(), Checked: q.Get("depart") == "quittants",
			Cells: ui.Cells(e.nom(), date.Court(e.DateNaissance), e.Niveau, e.Classe, e.suite()),
		})
	}
	return props
}
