package propositions

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/proposition"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const perPage = 50

// lot is what one form proposed.
type lot struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
	Commune    string
	Objets     []string
	Champs     []string
	ProposeLe  time.Time
	DecideLe   *time.Time
	Attente    int
	Acceptees  int
	Refusees   int
	Perimees   int
	Total      int
}

// The two choices of the filter; a directeur begins with what awaits him, a mairie with all.
const (
	aDecider = "a-decider"
	toutes   = "toutes"
)

// listSQL reads the lots of the agent: of his school, or of his commune.
func listSQL(agent habilitation.Agent, etat string) (string, string) {
	colonne, lieu := "ecole_uai", agent.Ecole
	if agent.Role == habilitation.Mairie {
		colonne, lieu = "commune_insee", agent.Commune
	}
	having := ""
	if etat == aDecider {
		having = " having count(*) filter (where etat = 'proposee') > 0"
	}
	return `
	select p.lot as id, e.nom_famille, e.nom_usage, e.prenom, c.nom as commune, p.objets, p.champs, p.propose_le, p.decide_le,
		p.attente, p.acceptees, p.refusees, p.perimees, p.total
	from (
		select lot, eleve_id, commune_insee, array_agg(objet order by id) as objets, array_agg(champ order by id) as champs,
			max(propose_le) as propose_le, max(decide_le) as decide_le,
			count(*) filter (where etat = 'proposee') as attente, count(*) filter (where etat = 'acceptee') as acceptees,
			count(*) filter (where etat = 'refusee') as refusees, count(*) filter (where etat = 'perimee') as perimees,
			count(*) over () as total
		from proposition where ` + colonne + ` = $1 group by lot, eleve_id, commune_insee` + having + `
		order by count(*) filter (where etat = 'proposee') > 0 desc, max(propose_le) desc, lot limit $2 offset $3) p
	join eleve e on e.id = p.eleve_id join commune c on c.insee = p.commune_insee
	order by p.attente > 0 desc, p.propose_le desc, p.lot`, lieu
}

func etatAsked(q url.Values, agent habilitation.Agent) string {
	if e := q.Get("etat"); e == aDecider || e == toutes {
		return e
	}
	if agent.Role == habilitation.Mairie {
		return toutes
	}
	return aDecider
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	var lots []lot
	sql, lieu := listSQL(agent, etatAsked(q, agent))
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &lots, sql, lieu, perPage, (page-1)*perPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(agent, listProps(q, agent, lots, page)))
}

func listProps(q url.Values, agent habilitation.Agent, lots []lot, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Corrections proposées", Path: pathListe, Query: q,
		Columns: []ui.Column{{Label: "Enfant"}, {Label: "Rubriques"}, {Label: "Proposé le"}, {Label: "Par"}, {Label: "Suite"}},
		Filters: []ui.Filter{filtre(agent)},
		Pager:   ui.Pager{Page: page, PerPage: perPage},
		Empty:   vide(agent),
	}
	for _, l := range lots {
		props.Pager.Total = l.Total
		nom := eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom)
		cells := ui.Cells(nom, l.rubriques(), date.Court(l.ProposeLe), l.Commune)
		props.Rows = append(props.Rows, ui.ListRow{Href: pathLot(l.ID), Label: nom, Cells: append(cells, l.suite())})
	}
	return props
}

// filtre begins with what the agent comes for.
func filtre(agent habilitation.Agent) ui.Filter {
	f := ui.Filter{Name: "etat", Label: "Suite", All: "À décider", Options: []ui.Option{{Value: toutes, Label: "Toutes"}}}
	if agent.Role == habilitation.Mairie {
		f.All, f.Options = "Toutes", []ui.Option{{Value: aDecider, Label: "À décider"}}
	}
	return f
}

func vide(agent habilitation.Agent) ui.EmptyProps {
	if agent.Role == habilitation.Mairie {
		return ui.EmptyProps{
			Sentence: "Vous n’avez proposé aucune correction. Ouvrez le dossier d’un élève, puis «\u00a0Proposer une correction\u00a0».",
			Href:     "/eleves", Action: "Voir les élèves",
		}
	}
	return ui.EmptyProps{Sentence: "La mairie ne propose aucune correction en ce moment.", Href: "/", Action: "Retour à l’accueil"}
}

// rubriques names the fields, each once.
func (l lot) rubriques() string {
	var list []string
	for i, champ := range l.Champs {
		name := proposition.Proposition{Objet: proposition.Objet(l.Objets[i]), Champ: champ}.Libelle()
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}

// suite is what became of the lot.
func (l lot) suite() templ.Component {
	switch n := len(l.Champs); {
	case l.Attente > 0:
		return ui.Tag("À décider", ui.Warning)
	case l.Acceptees == n:
		return ui.Tag("Acceptée", ui.Success)
	case l.Refusees == n:
		return ui.Tag("Refusée", ui.Danger)
	case l.Perimees == n:
		return ui.Tag("Dépassée", ui.Neutral)
	}
	return ui.Tag("Acceptée en partie", ui.Info)
}
