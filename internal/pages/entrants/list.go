package entrants

import (
	"context"
	"net/http"
	"net/url"
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

// etat is where the collège stands.
type etat struct {
	Annee      ecole.Annee // rentrée that is open; 0 when none is
	Debut      time.Time   // season of the rentrée that comes, or of the one that is open
	Fin        time.Time
	ARecevoir  int
	Recus      int
	RecuLe     *time.Time
	Dernier    int // last number among those to receive
	SansLegal  int // of those to receive, those whom SIECLE would not import
	Recupere   *time.Time
	Protegees  int
	SansNumero int
}

// etatSQL: $1 is the rentrée that comes, with its default dates $2 and $3.
const etatSQL = `
	select o.annee, coalesce(c.debut, make_date(coalesce(nullif(o.annee, 0), $1), 6, 1)) as debut,
		coalesce(c.fin, make_date(coalesce(nullif(o.annee, 0), $1), 9, 30)) as fin,
		coalesce(e.n, 0) as a_recevoir, coalesce(e.dernier, 0) as dernier, coalesce(e.protegees, 0) as protegees,
		coalesce(e.sans_legal, 0) as sans_legal, coalesce(e.sans_numero, 0) as sans_numero, coalesce(a.recus, 0) as recus, a.recu_le,
		(select max(le) from remise_6e r where r.annee = o.annee and r.forme in ('import_eleves', 'eleves', 'responsables', 'api')) as recupere
	from (select coalesce((select max(x) from unnest(campagnes_6e_ouvertes()) x), 0) as annee) o
	left join campagne_6e c on c.annee = coalesce(nullif(o.annee, 0), $1)
	left join lateral (
		select count(*) as n, max(numero) as dernier, count(*) filter (where adresse_protegee) as protegees,
			count(*) filter (where ine = '') as sans_numero, count(*) filter (where not exists (
				select from responsable_6e r where r.annee = x.annee and r.numero = x.numero and r.autorite_parentale)) as sans_legal
		from eleve_6e x where x.annee = o.annee) e on true
	left join lateral (
		select count(*) as recus, max(recu_le) as recu_le from affectation_6e f where f.annee = o.annee and f.etat = 'recu') a on true`

// ligne is one pupil of the list.
type ligne struct {
	ID              uuid.UUID
	NomFamille      string
	NomUsage        string
	Prenom          string
	Sexe            string
	DateNaissance   time.Time
	Ecole           string
	EcoleTelephone  string
	Classe          string
	AdresseProtegee bool
	SansLegal       bool
	Total           int
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// orders are the sorts of the list.
var orders = map[string]string{"nom": "cle_nom, numero", "ecole": "ecole, cle_nom, numero"}

const listSQL = `
	select id, nom_famille, nom_usage, prenom, sexe, date_naissance, ecole, ecole_telephone, classe, adresse_protegee,
		not exists (select from responsable_6e r where r.annee = x.annee and r.numero = x.numero and r.autorite_parentale) as sans_legal,
		count(*) over () as total
	from eleve_6e x where annee = (select max(y) from unnest(campagnes_6e_ouvertes()) y)
		and ($1 = '' or ' ' || cle_nom || ' ' || cle_nom(ecole) like '% ' || cle_nom($1) || '%')
	order by `

func (p Pages) readEtat(ctx context.Context, agent habilitation.Agent, besides func(*territoire.Lecture)) (e etat, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &e, etatSQL, int(sixieme.Campagne(agent.Aujourdhui())))
		besides(l)
	})
	return e, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	tri := q.Get("tri")
	if orders[tri] == "" {
		tri = "nom"
	}
	var list []ligne
	e, err := p.readEtat(r.Context(), agent, func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, listSQL+orders[tri]+` limit $2 offset $3`, strings.TrimSpace(q.Get("q")), parPage, (page-1)*parPage)
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Consulter, Objet: "eleve_6e"})
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(view{e, agent, listProps(q, tri, page, list, e)}))
}

// view is the page.
type view struct {
	etat  etat
	agent habilitation.Agent
	props ui.ListProps
}

func listProps(q url.Values, tri string, page int, list []ligne, e etat) ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves à recevoir", Path: path, Query: q, Sort: tri, Search: "Nom, prénom ou école",
		Columns: []ui.Column{{Key: "nom", Label: "Nom et prénom", Sortable: true}, {Label: "Né(e) le"}, {Label: "Sexe"},
			{Key: "ecole", Label: "École", Sortable: true}, {Label: "Classe"}, {Label: "À savoir"}},
		Pager: ui.Pager{Page: page, PerPage: parPage}, Exports: tableau.Formats,
		Empty: ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."},
	}
	if e.ARecevoir == 0 {
		props.Empty.Sentence, props.Search, props.Exports = "Aucun élève n’est à recevoir pour le moment.", "", nil
	}
	for _, l := range list {
		props.Pager.Total = l.Total
		props.Rows = append(props.Rows, ui.ListRow{Label: l.nom(), Cells: ui.Cells(
			l.nom(), date.Court(l.DateNaissance), l.Sexe, l.Ecole, l.Classe, l.savoir())})
	}
	return props
}

// savoir is what the files will not say.
func (l ligne) savoir() string {
	switch {
	case l.AdresseProtegee:
		return joindre("Adresse protégée\u00a0: demandez-la à l’école, de la main à la main", l.EcoleTelephone)
	case l.SansLegal:
		return joindre("Sans responsable légal\u00a0: SIECLE ne l’importerait pas. Prévenez l’école", l.EcoleTelephone)
	}
	return ""
}

func joindre(said, telephone string) string {
	if telephone == "" {
		return said + "."
	}
	return said + " (" + telephone + ")."
}

func (v view) stats() []ui.Stat {
	return []ui.Stat{
		{Label: "À recevoir", Value: ui.Count(v.etat.ARecevoir)},
		{Label: "Reçus, accusés", Value: ui.Count(v.etat.Recus)},
		{Label: "Adresses protégées", Value: ui.Count(v.etat.Protegees)},
		{Label: "Sans INE", Value: ui.Count(v.etat.SansNumero)},
	}
}

// rentree is the year as the page names it.
func (e etat) rentree() string {
	if e.Annee == 0 {
		return ecole.Annee(e.Debut.Year()).Libelle()
	}
	return e.Annee.Libelle()
}

// saison says when the collège may fetch.
func (e etat) saison() string {
	return "du " + date.Long(e.Debut) + " au " + date.Long(e.Fin)
}

// recu says what was acknowledged.
func (e etat) recu() string {
	return ui.Plural(e.Recus, "élève est reçu", "élèves sont reçus") + ", le dernier le " + date.Heure(*e.RecuLe) + "."
}
