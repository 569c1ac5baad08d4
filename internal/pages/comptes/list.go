package comptes

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 50

// etats are what one looks for in the list.
var etats = []ui.Option{
	{Value: "actif", Label: "Actifs"}, {Value: "suspendu", Label: "Suspendus"}, {Value: "jamais", Label: "Jamais connectés"},
	{Value: "sans_lettre", Label: "Lettre à faire"}, {Value: "perime", Label: "Lettre périmée"}, {Value: "sans_cle", Label: "Sans clé"}, {Value: "a_accorder", Label: "Habilitation à accorder"},
	{Value: "sans", Label: "Sans habilitation"}, {Value: "secours", Label: "Code de secours utilisé depuis sept jours"},
}

// roles are those that an account of a département may hold.
func roles() []ui.Option {
	list := make([]ui.Option, len(mandat.Roles))
	for i, r := range mandat.Roles {
		list[i] = ui.Option{Value: string(r), Label: r.Label()}
	}
	return list
}

// critere is what the list was asked for.
type critere struct {
	q, role, etat, commune, ecole string
	page                          int
}

func readCritere(q url.Values) critere {
	c := critere{
		q: strings.TrimSpace(q.Get("q")), role: among(q.Get("role"), roles()), etat: among(q.Get("etat"), etats),
		commune: q.Get("commune"), ecole: q.Get("ecole"), page: httpx.PageAsked(q),
	}
	return c
}

func among(value string, options []ui.Option) string {
	if slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == value }) {
		return value
	}
	return ""
}

func (c critere) query() url.Values {
	q := url.Values{}
	for name, v := range map[string]string{"q": c.q, "role": c.role, "etat": c.etat, "commune": c.commune, "ecole": c.ecole} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// compte is a line of the list.
type compte struct {
	ID                  uuid.UUID
	Identifiant         string
	Civilite            string
	Nom, Prenom         string
	Actif               bool
	AChanger            bool
	InitialJusquAu      *time.Time
	CreeLe              time.Time
	SuspenduLe          *time.Time
	SuspensionMotif     string
	PremiereConnexionLe *time.Time
	DerniereConnexionLe *time.Time
	Cle                 bool
	Roles               []string // of the habilitations asked for and granted, not yet ended
	Lieux               []string
	Codes               []string // of their communes and schools
	Attentes            int
	Total               int
}

func (c compte) nom() string { return strings.TrimSpace(strings.ToUpper(c.Nom) + " " + c.Prenom) }

func (c compte) href() string { return path + "/" + c.ID.String() }

// situation says in a few words whether the account serves.
func (c compte) situation(now time.Time) string {
	switch {
	case !c.Actif:
		return "Suspendu"
	case c.sansLettre():
		return "Lettre à faire"
	case c.AChanger && c.InitialJusquAu.Before(now):
		return "Lettre périmée"
	case c.AChanger:
		return "À activer avant le " + date.Court(*c.InitialJusquAu)
	case c.Attentes > 0 && c.Attentes == len(c.Roles):
		return "Habilitation à accorder"
	case len(c.Roles) == 0:
		return "Sans habilitation"
	case !c.Cle:
		return "Sans clé"
	}
	return "Actif"
}

// sansLettre tells an account opened by a file, whose letter has never been made.
func (c compte) sansLettre() bool { return c.AChanger && !c.InitialJusquAu.After(c.CreeLe) }

func (c compte) role() string {
	var labels []string
	for _, r := range c.Roles {
		if label := habilitation.Role(r).Label(); !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	return strings.Join(labels, ", ")
}

// comptesSQL reads accounts with what they hold on the day $1.
const comptesSQL = `
	select c.id, c.identifiant, c.civilite, c.nom, c.prenom, c.actif, c.a_changer, c.initial_jusqu_au, c.cree_le, c.suspendu_le,
		c.suspension_motif, c.premiere_connexion_le, c.derniere_connexion_le, h.roles, h.lieux, h.attentes, h.codes,
		exists (select from cle k where k.compte_id = c.id and k.active) as cle
	from compte c cross join lateral (
		select coalesce(array_agg(h.role order by h.debut, h.id), '{}') as roles,
			coalesce(array_agg(coalesce(co.nom, e.nom || ', ' || ce.nom, ci.nom, d.nom, g.nom, '') order by h.debut, h.id), '{}') as lieux,
			coalesce(array_agg(coalesce(h.commune_insee, h.ecole_uai, '')), '{}') as codes,
			count(*) filter (where h.etat = 'demandee') as attentes
		from habilitation h
		left join commune co on co.insee = h.commune_insee
		left join ecole e on e.uai = h.ecole_uai left join commune ce on ce.insee = e.commune_insee
		left join circonscription ci on ci.uai = h.circonscription_uai
		left join departement d on d.code = h.departement_code
		left join college g on g.uai = h.college_uai
		where h.compte_id = c.id and h.etat in ('demandee', 'accordee') and (h.fin is null or h.fin >= $1)) h`

const listSQL = `
	select *, count(*) over () as total from (` + comptesSQL + `) c
	where ($2 = '' or ' ' || cle_nom(concat_ws(' ', nom, prenom, nom, replace(identifiant, '.', ' '), array_to_string(lieux, ' ')))
			|| ' ' || identifiant like '% ' || cle_nom($2) || '%' or identifiant like lower($2) || '%')
		and ($3 = '' or $3 = any (roles))
		and ($4 = '' or $4 = any (codes)) and ($5 = '' or $5 = any (codes))
		and case $6 when '' then true when 'actif' then actif when 'suspendu' then not actif
			when 'jamais' then premiere_connexion_le is null
			when 'sans_lettre' then actif and a_changer and initial_jusqu_au <= cree_le
			when 'perime' then actif and a_changer and initial_jusqu_au < $7 and initial_jusqu_au > cree_le when 'sans_cle' then actif and not cle
			when 'a_accorder' then attentes > 0
			when 'secours' then exists (select from avis a where a.compte_id = c.id and a.nature = 'secours' and a.le > $8)
			else actif and roles = '{}' end
	order by cle_nom(nom), cle_nom(prenom), id`

func (c critere) args(agent habilitation.Agent) []any {
	return []any{agent.Aujourdhui(), c.q, c.role, c.commune, c.ecole, c.etat, agent.Maintenant, agent.Maintenant.Add(-domaine.SecoursRecent)}
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.showList(w, r, agent, http.StatusOK, httpx.NewForm(nil), nil)
}

// showList shows the list, with what a refused act on several accounts had ticked.
func (p Pages) showList(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, status int, f *httpx.Form, ticked []uuid.UUID) error {
	v := vueListe{agent: agent, critere: readCritere(r.URL.Query()), form: f, cochees: ticked}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.comptes, listSQL+` limit $9 offset $10`, append(v.critere.args(agent), parPage, (v.critere.page-1)*parPage)...)
		territoire.Valeur(l, &v.attentes, `select count(*) from habilitation where etat = 'demandee'`)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, listPage(v))
}

// vueListe is the page of the list.
type vueListe struct {
	agent    habilitation.Agent
	critere  critere
	comptes  []compte
	attentes int
	form     *httpx.Form
	cochees  []uuid.UUID
}

func (v vueListe) props() ui.ListProps {
	props := ui.ListProps{
		Caption: "Comptes", Path: path, Query: v.critere.query(), Search: "Nom, identifiant, école ou commune",
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Identifiant"}, {Label: "Rôle"}, {Label: "Territoire"}, {Label: "Situation"}, {Label: "Dernière connexion"}},
		Filters: []ui.Filter{{Name: "role", Label: "Rôle", Options: roles()}, {Name: "etat", Label: "Situation", All: "Toutes", Options: etats}},
		Kept:    []string{"commune", "ecole"},
		Pager:   ui.Pager{Page: v.critere.page, PerPage: parPage}, Exports: tableau.Formats,
		Empty: ui.EmptyProps{Sentence: "Aucun compte ne répond à ces critères."},
	}
	if v.agent.Can(habilitation.GererComptes) && slices.ContainsFunc(v.comptes, func(c compte) bool { return v.cochable(c) != "" }) {
		props.Bulk = []ui.BulkAction{{Label: "Faire les lettres d’activation", Action: pathLettres}}
	}
	for _, c := range v.comptes {
		props.Pager.Total = c.Total
		props.Rows = append(props.Rows, ui.ListRow{ID: v.cochable(c), Checked: slices.Contains(v.cochees, c.ID), Href: c.href(), Label: c.nom(), Cells: ui.Cells(c.nom(), c.Identifiant, c.role(),
			strings.Join(c.Lieux, "\u00a0; "), c.situation(v.agent.Maintenant), date.CourtOuRien(c.DerniereConnexionLe))})
	}
	return props
}

// cochable is nothing for an account that no letter is to open: it is in service, or closed.
func (v vueListe) cochable(c compte) string {
	if !c.AChanger || !c.Actif || c.ID == v.agent.Compte {
		return ""
	}
	return c.ID.String()
}

// attente says how many demands await the IA, "" for none.
func (v vueListe) attente() string {
	if v.attentes == 0 {
		return ""
	}
	return ui.Plural(v.attentes, "habilitation attend", "habilitations attendent") + " une décision de l’inspection académique."
}

// exportMax is how many accounts leave in a file: more than a département has.
const exportMax = 20_000

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	list, err := p.all(r.Context(), agent, readCritere(r.URL.Query()))
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Comptes", Issuer: agent.Territoire, Made: agent.Maintenant, Empty: "Aucun compte.",
		Details: []string{ui.Plural(len(list), "compte", "comptes")},
		Columns: tableau.Columns("Nom", "Prénom", "Identifiant", "Rôle", "Territoire", "Situation", "Créé le", "Dernière connexion"),
	}
	for _, c := range list {
		t.Rows = append(t.Rows, []any{c.Nom, c.Prenom, c.Identifiant, c.role(), strings.Join(c.Lieux, " ; "), c.situation(agent.Maintenant),
			c.CreeLe, jour(c.DerniereConnexionLe)})
	}
	return httpx.Export(w, r, "comptes", t)
}

func (p Pages) all(ctx context.Context, agent habilitation.Agent, c critere) (list []compte, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, listSQL+` limit $9`, append(c.args(agent), exportMax)...)
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "compte"})
	})
	return list, err
}

func jour(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
