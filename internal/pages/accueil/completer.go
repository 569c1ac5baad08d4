package accueil

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// sujet is a thing that files lack: why it matters, what one does about it, which files.
type sujet struct {
	code      string
	manque    string // follows « sans »
	why       string
	action    string
	condition string // on p, a pupil present in the school $1, and j, what is known of his responsables
}

// sujets are rules A07, A08 and A04 of domain.md, annex C.
var sujets = []sujet{
	{
		"autorite-parentale", "titulaire de l’autorité parentale",
		"Personne ne peut signer pour l’enfant\u00a0: complétez ses responsables.", "Compléter", "not j.autorite",
	},
	{
		"telephone", "téléphone",
		"Aucun responsable ne peut être appelé si l’enfant est malade.", "Compléter", "not j.telephone",
	},
	{
		"ine", "INE",
		"Le registre n’a pas encore attribué de numéro\u00a0: vérifiez l’identité si l’attente dure.", "Voir",
		"p.eleve_id in (select eleve_id from immatriculation where ecole_uai = $1 and ine is null)",
	},
}

// titre heads the list.
func (s sujet) titre() string { return "Élèves sans " + s.manque }

// presentsSQL is the pupils present in a school, each with what his file lacks.
const presentsSQL = `
	from scolarite p, lateral (
		select coalesce(bool_or(l.autorite_parentale), false) as autorite,
			coalesce(bool_or(r.tel_domicile || r.tel_travail || r.tel_portable <> ''), false) as telephone
		from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = p.eleve_id) as j
	where p.ecole_uai = $1 and p.annee = $2 and p.etat = 'admis_definitif'`

// incomplets counts the files that lack something, in the order of sujets.
type incomplets struct{ Autorite, Telephone, Ine int }

var incompletsSQL = `select count(*) filter (where ` + sujets[0].condition + `) as autorite,
	count(*) filter (where ` + sujets[1].condition + `) as telephone,
	count(*) filter (where ` + sujets[2].condition + `) as ine` + presentsSQL

func (i incomplets) taches() []ui.Task {
	var tasks []ui.Task
	for k, n := range []int{i.Autorite, i.Telephone, i.Ine} {
		s := sujets[k]
		tasks = append(tasks, ui.Task{
			Title: plural(n, "élève", "élèves") + " sans " + s.manque, Count: n, Why: s.why, Href: "/a-completer/" + s.code, Action: s.action,
		})
	}
	return tasks
}

// ligne is a pupil whose file lacks something.
type ligne struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
	Niveau     string
	Classe     string
	Etat       immatriculation.Etat // of the number
	DemandeLe  *time.Time
	Total      int
}

const ligneSQL = `
	select p.eleve_id as id, p.nom_famille, p.nom_usage, p.prenom, p.niveau,
		coalesce((select libelle_court from classe where id = p.classe_id), '') as classe,
		coalesce((select etat from immatriculation where eleve_id = p.eleve_id), '') as etat,
		(select demande_le from immatriculation where eleve_id = p.eleve_id) as demande_le,
		count(*) over () as total`

// perPage is how many pupils a page shows.
const perPage = 50

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	s, err := findSujet(chi.URLParam(r, "sujet"))
	if err != nil {
		return err
	}
	page := httpx.PageAsked(r.URL.Query())
	var lignes []ligne
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &lignes, ligneSQL+presentsSQL+" and "+s.condition+" order by p.cle_nom, p.id limit $3 offset $4",
			agent.Ecole, int(ecole.AnneeDe(agent.Aujourdhui())), perPage, (page-1)*perPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, completerPage(s, s.props(agent, lignes, page)))
}

func findSujet(code string) (sujet, error) {
	for _, s := range sujets {
		if s.code == code {
			return s, nil
		}
	}
	return sujet{}, refusal.NotFound()
}

// props lays the pupils out for the list component.
func (s sujet) props(agent habilitation.Agent, lignes []ligne, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: s.titre(), Scope: "Élèves présents\u00a0: " + agent.Territoire + ".", Path: "/a-completer/" + s.code, Query: url.Values{},
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "Classe"}},
		Pager:   ui.Pager{Page: page, PerPage: perPage},
		Empty:   ui.EmptyProps{Sentence: "Plus aucun dossier n’est concerné.", Href: "/", Action: "Retour à l’accueil"},
	}
	if s.code == "ine" {
		props.Columns = append(props.Columns, ui.Column{Label: "État du numéro"}, ui.Column{Label: "Demandé le"})
	}
	for _, l := range lignes {
		props.Pager.Total = l.Total
		props.Rows = append(props.Rows, l.row(s))
	}
	return props
}

func (l ligne) row(s sujet) ui.ListRow {
	nom := eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom)
	cells := ui.Cells(nom, l.Niveau, l.Classe)
	if s.code == "ine" && l.DemandeLe != nil {
		cells = append(cells, ui.Cells(l.Etat.Label(), date.Court(*l.DemandeLe))...)
	}
	return ui.ListRow{ID: l.ID.String(), Href: "/eleves/" + l.ID.String(), Label: nom, Cells: cells}
}
