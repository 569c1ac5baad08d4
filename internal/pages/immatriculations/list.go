package immatriculations

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many pupils a page shows.
const parPage = 50

// tous asks for every state; without a word the IA reads its litiges.
const tous = "tous"

// critere is what a list was asked for.
type critere struct {
	etat       immatriculation.Etat // "" for all
	anciennete int                  // days waited for at least
	tri        string
	desc       bool
	page       int
}

// orders are the sorts, forwards and backwards.
var orders = map[string][2]string{
	"depuis": {"depuis", "depuis desc"},
	"nom":    {"e.cle_nom", "e.cle_nom desc"},
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{tri: q.Get("tri"), desc: q.Get("sens") == "desc", page: httpx.PageAsked(q)}
	if etat := immatriculation.Etat(q.Get("etat")); slices.Contains(immatriculation.Etats, etat) {
		c.etat = etat
	} else if agent.Role == habilitation.IA && etat != tous {
		c.etat = immatriculation.Litige
	}
	if q.Get("anciennete") == strconv.Itoa(immatriculation.Patience) {
		c.anciennete = immatriculation.Patience
	}
	if _, ok := orders[c.tri]; !ok {
		c.tri, c.desc = "depuis", false // who has waited longest first
	}
	return c
}

// ligne is one pupil whose number waits.
type ligne struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Etat          immatriculation.Etat
	Raison        immatriculation.Raison
	Depuis        time.Time
	Niveau        string
	Classe        string
	Ecole         string
	Commune       string
	Total         int
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

const listSQL = `
	select e.id, e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, i.etat, i.raison, d.depuis,
		coalesce(s.niveau, '') as niveau, coalesce(k.libelle_court, '') as classe, coalesce(ec.nom, '') as ecole, coalesce(c.nom, '') as commune,
		count(*) over () as total
	from immatriculation i join eleve e on e.id = i.eleve_id
	cross join lateral (select coalesce(i.depuis, i.demande_le) as depuis) d
	left join ecole ec on ec.uai = i.ecole_uai left join commune c on c.insee = ec.commune_insee
	left join lateral (select niveau, classe_id from scolarite s
		where s.eleve_id = i.eleve_id and s.annee = $1 and s.etat in ('admis_accepte', 'admis_definitif')
		order by s.etat desc limit 1) s on true
	left join classe k on k.id = s.classe_id
	where ` + immatriculation.Suivie + ` and ($2 = '' or i.etat = $2) and i.demande_le <= $3`

// read reads the list; limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int, besides func(*territoire.Lecture)) (list []ligne, err error) {
	order := orders[c.tri][0]
	if c.desc {
		order = orders[c.tri][1]
	}
	sql := listSQL + " order by " + order + ", e.cle_nom, e.id"
	if limit > 0 {
		sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.page-1)*limit)
	}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, sql, int(ecole.AnneeDe(agent.Aujourdhui())), c.etat, agent.Maintenant.AddDate(0, 0, -c.anciennete))
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

// listProps lays the lines out for the list component.
func listProps(q url.Values, agent habilitation.Agent, c critere, list []ligne) ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves sans INE", Scope: "Vous voyez les élèves de\u00a0: " + agent.Territoire + ".",
		Path: "/ine", Query: q, Sort: c.tri, Desc: c.desc, Filters: filters(agent),
		Pager: ui.Pager{Page: c.page, PerPage: parPage}, Exports: tableau.Formats, Empty: empty(agent, c),
		Columns: []ui.Column{
			{Key: "nom", Label: "Nom et prénom", Sortable: true}, {Label: "Né(e) le"}, {Label: lieu(agent)}, {Label: "État"},
			{Key: "depuis", Label: "Depuis", Sortable: true}, {Label: "Pourquoi"}, {Label: "Que faire"},
		},
	}
	for _, l := range list {
		props.Pager.Total = l.Total
		cells := ui.Cells(l.nom(), date.Court(l.DateNaissance), l.lieu(agent), l.Etat.Label(), date.Court(l.Depuis), l.Raison.Label(),
			queFaire(agent.Role, l.Etat, l.Raison))
		cells[3] = ui.Tag(l.Etat.Label(), kind(l.Etat))
		props.Rows = append(props.Rows, ui.ListRow{ID: l.ID.String(), Href: path(l.ID), Label: l.nom(), Cells: cells})
	}
	return props
}

// lieu heads the column that says where the pupil is: a directeur knows his school.
func lieu(agent habilitation.Agent) string {
	if agent.Role == habilitation.Directeur {
		return "Classe"
	}
	return "École"
}

func (l ligne) lieu(agent habilitation.Agent) string {
	if agent.Role != habilitation.Directeur {
		return nomEcole(l.Ecole, l.Commune)
	}
	if l.Classe == "" {
		return l.Niveau
	}
	return l.Classe
}

// nomEcole is the school that has the child, or says that none has.
func nomEcole(nom, commune string) string {
	if nom == "" {
		return "Rattaché au département"
	}
	return ecole.NomComplet(nom, commune)
}

func filters(agent habilitation.Agent) []ui.Filter {
	etat := ui.Filter{Name: "etat", Label: "État"}
	if agent.Role == habilitation.IA {
		etat.All = immatriculation.Litige.Label()
	}
	for _, e := range immatriculation.Etats {
		if agent.Role != habilitation.IA || e != immatriculation.Litige {
			etat.Options = append(etat.Options, ui.Option{Value: string(e), Label: e.Label()})
		}
	}
	if agent.Role == habilitation.IA {
		etat.Options = append(etat.Options, ui.Option{Value: tous, Label: "Tous les états"})
	}
	return []ui.Filter{etat, {Name: "anciennete", Label: "Attente", All: "Toutes", Options: []ui.Option{
		{Value: strconv.Itoa(immatriculation.Patience), Label: "Plus de " + strconv.Itoa(immatriculation.Patience) + "\u00a0jours"},
	}}}
}

func empty(agent habilitation.Agent, c critere) ui.EmptyProps {
	all := c == critere{tri: c.tri, desc: c.desc, page: c.page}
	switch {
	case all && agent.Role == habilitation.Directeur:
		return ui.EmptyProps{Sentence: "Tous les élèves admis ont leur INE.", Href: "/", Action: "Retour à l’accueil"}
	case c.etat == immatriculation.Litige && agent.Role == habilitation.IA:
		return ui.EmptyProps{Sentence: "Aucun litige n’attend votre décision.", Href: "/ine?etat=" + tous, Action: "Voir tous les élèves sans INE"}
	}
	return ui.EmptyProps{Sentence: "Aucun élève n’est dans ce cas."}
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	list, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "immatriculation", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Élèves sans INE", Details: []string{ui.Plural(len(list), "élève", "élèves")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: empty(agent, c).Sentence,
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", lieu(agent), "État", "Depuis", "Pourquoi"),
	}
	for _, l := range list {
		t.Eleves = append(t.Eleves, l.ID)
		t.Rows = append(t.Rows, []any{
			l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.lieu(agent), l.Etat.Label(), l.Depuis, l.Raison.Label(),
		})
	}
	return p.Export(w, r, agent, "eleves-sans-ine", t)
}

func path(id uuid.UUID) string { return "/ine/" + id.String() }
