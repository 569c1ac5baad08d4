package communes

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// pathReglages is the address of the list; that of a commune is below it.
const pathReglages = "/communes/reglages"

func pathReglage(insee string) string { return pathReglages + "/" + insee }

const perPage = 50

// ligne is a commune of the list.
type ligne struct {
	Insee   string
	Nom     string
	Stricte bool
	Saisie  string
	Ecoles  int
	Total   int
}

const reglagesSQL = `
	select c.insee, c.nom, c.mairie_stricte as stricte, c.saisie, count(*)::int as ecoles, (count(*) over ())::int as total
	from commune c join ecole e on e.commune_insee = c.insee
	where e.uai = any (portee_ecoles()) and e.ouverte and ($1 = '' or cle_nom(c.nom) like cle_nom($1) || '%')
	group by c.insee order by cle_nom(c.nom), c.insee limit $2 offset $3`

func (p Pages) reglages(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	var list []ligne
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, reglagesSQL, strings.TrimSpace(q.Get("q")), perPage, (page-1)*perPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(q, list, page)))
}

func listProps(q url.Values, list []ligne, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Communes", Path: pathReglages, Query: q, Search: "Début du nom",
		Columns: []ui.Column{{Label: "Commune"}, {Label: "Écoles", Number: true}, {Label: "Ce que la mairie connaît"}, {Label: "Qui saisit d’abord"}},
		Pager:   ui.Pager{Page: page, PerPage: perPage}, Empty: ui.EmptyProps{Sentence: "Aucune commune ne répond à ce nom."},
	}
	for _, c := range list {
		props.Pager.Total = c.Total
		props.Rows = append(props.Rows, ui.ListRow{Href: pathReglage(c.Insee), Label: c.Nom, Cells: ui.Cells(c.Nom, strconv.Itoa(c.Ecoles),
			court(c.Stricte, "L’état civil seul", "Le dossier"), court(c.Saisie == "mairie", "La mairie seule", "La mairie ou l’école"))})
	}
	return props
}

func court(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func (p Pages) readReglage(r *http.Request, agent habilitation.Agent) (c inscription.Reglage, err error) {
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c, inscription.SQLReglage, chi.URLParam(r, "insee"))
	})
	return c, err
}

func (p Pages) askReglage(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.readReglage(r, agent)
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"mairie_stricte": strconv.FormatBool(c.Stricte), "saisie": c.Saisie})
	return p.Render(w, r, http.StatusOK, reglagePage(c, f))
}

func (p Pages) regler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c, err := p.readReglage(r, agent)
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	want := inscription.Reglage{
		Insee: c.Insee, Version: f.Version(), Saisie: f.Choice("saisie", codes(inscription.Saisies), "Choisissez qui saisit d’abord."),
		Stricte: f.Choice("mairie_stricte", codes(inscription.Vues), "Choisissez ce que la mairie connaît.") == "true",
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := inscription.Regler(ctx, tx, agent, want)
			if err == nil {
				p.Flash(ctx, "Les réglages de la commune sont enregistrés.", "")
			}
			return pathReglages, err
		})
	}
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, reglagePage(c, f))
	}
	return err
}

func codes(values []inscription.Valeur) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = v.Code
	}
	return list
}
