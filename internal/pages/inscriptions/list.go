package inscriptions

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
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ligne is one inscription of the list.
type ligne struct {
	ID              uuid.UUID
	EleveID         uuid.UUID
	NomFamille      string
	NomUsage        string
	Prenom          string
	Sexe            eleve.Sexe
	DateNaissance   time.Time
	Niveau          ecole.Niveau
	EcoleNom        string
	CommuneInsee    string
	CommuneNom      string
	DateDemande     time.Time
	DateInscription *time.Time
	Derogation      string
	Etat            inscription.Etat
	EtatScolarite   scolarite.Etat
}

// pageSQL reads one page of inscriptions, then what the school made of each.
const (
	pageSQL = `
	select i.id, i.eleve_id, i.nom_famille, i.nom_usage, i.prenom, i.sexe, i.date_naissance, coalesce(s.niveau, i.niveau, '') as niveau,
		coalesce(e.nom, '') as ecole_nom, i.commune_insee, c.nom as commune_nom, i.date_demande, i.date_inscription,
		i.derogation, i.etat, coalesce(s.etat, '') as etat_scolarite
	from (select i.* from inscription i where `
	outcomeSQL = `) i
	join commune c on c.insee = i.commune_insee
	left join ecole e on e.uai = i.ecole_uai
	left join lateral (select etat, niveau from scolarite where inscription_id = i.id and etat <> 'annulee'
		order by date_effet desc limit 1) s on true`
)

const countSQL = `select i.etat, count(*) as nombre from inscription i where `

// compte is how many inscriptions stand in a state.
type compte struct {
	Etat   inscription.Etat
	Nombre int
}

// etablissement is a school that the filters and the forms offer.
type etablissement struct {
	UAI     string
	Nom     string
	Type    ecole.Type
	Ouverte bool
}

const ecolesSQL = `select uai, nom, type, ouverte from ecole where uai = any (portee_ecoles()) order by nom, uai`

type annee struct{ Code ecole.Annee }

const anneesSQL = `select code from annee_scolaire order by code desc`

// liste is all that the page reads.
type liste struct {
	lignes  []ligne
	comptes []compte
	ecoles  []etablissement
	annees  []annee
}

// read reads the list in one round trip; limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c criteria, limit int, also ...func(*territoire.Lecture)) (liste, error) {
	var all liste
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		where, args := c.where(true)
		sql := pageSQL + where + c.order()
		if limit > 0 {
			sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.page-1)*limit)
		}
		territoire.Toutes(l, &all.lignes, sql+outcomeSQL+c.order(), args...)
		where, args = c.where(false)
		territoire.Toutes(l, &all.comptes, countSQL+where+` group by i.etat`, args...)
		territoire.Toutes(l, &all.ecoles, ecolesSQL)
		territoire.Toutes(l, &all.annees, anneesSQL)
		for _, queue := range also {
			queue(l)
		}
	})
	return all, err
}

// list shows the inscriptions of the commune.
func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	c := readCriteria(q, agent)
	all, err := p.read(r.Context(), agent, c, perPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(c, all.stats(q), all.props(q, agent, c)))
}

// nom is the child on a list: the name in use first.
func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// le is the day of the inscription, or of the demand while there is none.
func (l ligne) le() time.Time {
	if l.DateInscription != nil {
		return *l.DateInscription
	}
	return l.DateDemande
}

// lieu is the school, or the waiting list; that of another commune is named with it.
func (l ligne) lieu(commune string) string {
	lieu := l.EcoleNom
	if lieu == "" {
		lieu = "Liste d’attente"
	}
	if l.CommuneInsee != commune {
		return ecole.NomComplet(lieu, l.CommuneNom)
	}
	return lieu
}

// etat is the state as the mairie names it: once the school has answered, the school's answer.
func etat(e inscription.Etat, s scolarite.Etat) string {
	if e == inscription.Transformee && s != "" {
		return s.Label()
	}
	return etatLabel(e)
}

// etatLabel is the state in a filter or a count.
func etatLabel(e inscription.Etat) string {
	if e == inscription.Transformee {
		return "Admis"
	}
	return e.Label()
}

// nombre counts the inscriptions of a state, of all for "".
func (all liste) nombre(e inscription.Etat) int {
	total := 0
	for _, k := range all.comptes {
		if e == "" || k.Etat == e {
			total += k.Nombre
		}
	}
	return total
}

// pluriels are the states as one counts them.
var pluriels = map[inscription.Etat]string{
	inscription.EnAttente: "En attente", inscription.Inscrit: "Inscrits", inscription.Transformee: "Admis",
	inscription.Annulee: "Annulées", inscription.Refusee: "Refusées",
}

// stats are the counts by state, each the way to its list.
func (all liste) stats(q url.Values) []ui.Stat {
	var stats []ui.Stat
	for _, e := range etats {
		n := all.nombre(e)
		if n == 0 && e == inscription.Refusee {
			continue
		}
		stats = append(stats, ui.Stat{Label: pluriels[e], Value: ui.Count(n), Href: pathListe + "?" + with(q, "etat", string(e))})
	}
	return stats
}

// with is the query with one criterion changed, from its first page.
func with(q url.Values, name, value string) string {
	changed := url.Values{}
	for k, v := range q {
		changed[k] = v
	}
	changed.Del("page")
	changed.Set(name, value)
	return changed.Encode()
}

func (all liste) props(q url.Values, agent habilitation.Agent, c criteria) ui.ListProps {
	p := ui.ListProps{
		Caption: "Inscriptions " + c.annee.Libelle(), Path: pathListe, Query: q, Sort: c.tri, Desc: c.desc,
		Scope:  "Vous voyez les inscriptions dans les écoles de la commune, et celles de ses enfants dans d’autres communes.",
		Search: "Nom ou prénom", Filters: all.filters(c), Empty: c.empty(),
		Columns: []ui.Column{
			{Key: "nom", Label: "Nom et prénom", Sortable: true}, {Key: "naissance", Label: "Né(e) le", Sortable: true},
			{Key: "niveau", Label: "Niveau", Sortable: true}, {Label: "École"},
			{Key: "date", Label: "Inscrit(e) le", Sortable: true}, {Label: "État"},
		},
		Pager: ui.Pager{Page: c.page, PerPage: perPage, Total: all.nombre(c.etat)}, Exports: []string{"csv", "xlsx", "pdf"},
	}
	for _, l := range all.lignes {
		p.Rows = append(p.Rows, l.row(agent.Commune))
	}
	return p
}

func (l ligne) row(commune string) ui.ListRow {
	row := ui.ListRow{ID: l.ID.String(), Href: pathListe + "/" + l.ID.String(), Label: l.nom()}
	row.Cells = ui.Cells(l.nom(), date.Court(l.DateNaissance), string(l.Niveau), "", date.Court(l.le()), "")
	row.Cells[3] = place(l.lieu(commune), l.CommuneInsee != commune)
	row.Cells[5] = ui.Tag(etat(l.Etat, l.EtatScolarite), tone(l.Etat, l.EtatScolarite))
	return row
}

// tone helps the eye to find the inscriptions that wait for the mairie, and the children who are in school.
func tone(e inscription.Etat, s scolarite.Etat) ui.Kind {
	switch {
	case e == inscription.EnAttente:
		return ui.Warning
	case s == scolarite.AdmisDefinitif:
		return ui.Success
	case e == inscription.Inscrit || s == scolarite.AdmisAccepte:
		return ui.Info
	}
	return ui.Neutral
}

func (all liste) filters(c criteria) []ui.Filter {
	var annees, ecoles, states []ui.Option
	for _, a := range all.annees {
		annees = append(annees, ui.Option{Value: strconv.Itoa(int(a.Code)), Label: a.Code.Libelle()})
	}
	for _, e := range all.ecoles {
		ecoles = append(ecoles, ui.Option{Value: e.UAI, Label: e.Nom})
	}
	for _, e := range etats {
		states = append(states, ui.Option{Value: string(e), Label: etatLabel(e)})
	}
	return []ui.Filter{
		{Name: "annee", Label: "Année", All: "En cours", Options: annees},
		{Name: "ecole", Label: "École", All: "Toutes", Options: ecoles},
		{Name: "etat", Label: "État", Options: states},
		{Name: "lieu", Label: "Lieu", Options: []ui.Option{
			{Value: lieuCommune, Label: "Dans la commune"}, {Value: lieuAilleurs, Label: "Hors commune"},
		}},
	}
}

func (c criteria) empty() ui.EmptyProps {
	if c.bare() {
		return ui.EmptyProps{
			Sentence: "Aucun enfant n’est inscrit pour l’année scolaire " + c.annee.Libelle() + ".",
			Href:     pathNouvelle, Action: "Inscrire un enfant",
		}
	}
	return ui.EmptyProps{Sentence: "Aucune inscription de l’année " + c.annee.Libelle() + " ne répond à ces critères."}
}
