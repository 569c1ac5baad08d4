package cles

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passkey"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 50

// ligne is a key of the list.
type ligne struct {
	ID          uuid.UUID
	NumeroSerie string
	Type        string
	Materielle  bool
	Etat        cle.Etat
	Motif       string
	EtatLe      time.Time
	Titulaire   string
	Identifiant string
	Total       int
}

const listSQL = `
	select k.id, k.numero_serie, k.type, k.materielle, k.etat, k.motif, k.etat_le,
		coalesce(trim(c.prenom || ' ' || c.nom), '') as titulaire, coalesce(c.identifiant, '') as identifiant, count(*) over () as total
	from cle k left join compte c on c.id = k.compte_id
	where k.departement_code = portee_dsden() and ($1 = '' or k.etat = $1)
		and ($2 = '' or $2 = case when k.type = 'WEBAUTHN' then 'acces' when k.materielle then 'materielle' else 'application' end)
		and ($3 = '' or cle_nom(concat_ws(' ', k.numero_serie, c.nom, c.prenom, c.nom, c.identifiant)) like '%' || cle_nom($3) || '%')
	order by k.numero_serie limit $4 offset $5`

// critere is what the list was asked for.
type critere struct{ etat, genre, q string }

func readCritere(q url.Values) critere {
	c := critere{etat: q.Get("etat"), genre: q.Get("genre"), q: strings.TrimSpace(q.Get("q"))}
	if !slices.Contains(cle.Etats, cle.Etat(c.etat)) {
		c.etat = ""
	}
	if !slices.ContainsFunc(genres, func(o ui.Option) bool { return o.Value == c.genre }) {
		c.genre = ""
	}
	return c
}

func (p Pages) read(r *http.Request, agent habilitation.Agent, limit, offset int) (list []ligne, err error) {
	c := readCritere(r.URL.Query())
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, listSQL, c.etat, c.genre, c.q, limit, offset)
	})
	return list, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	page := httpx.PageAsked(r.URL.Query())
	list, err := p.read(r, agent, parPage, (page-1)*parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), list, page)))
}

func listProps(q url.Values, list []ligne, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Clés du département", Path: path, Query: q, Search: "Numéro de série, nom ou identifiant",
		Columns: []ui.Column{{Label: "Numéro de série", Whole: true}, {Label: "Genre"}, {Label: "État"}, {Label: "Depuis le"}, {Label: "Titulaire"}},
		Filters: []ui.Filter{
			{Name: "etat", Label: "État", Options: etats()},
			{Name: "genre", Label: "Genre", Options: genres},
		},
		Exports: []string{"csv", "xlsx", "pdf"},
		Pager:   ui.Pager{Page: page, PerPage: parPage},
		Empty:   ui.EmptyProps{Sentence: "Aucune clé ne répond à ces critères.", Href: pathImport, Action: "Importer le fichier d’un fournisseur"},
	}
	for _, k := range list {
		props.Pager.Total = k.Total
		props.Rows = append(props.Rows, ui.ListRow{Href: path + "/" + k.ID.String(), Label: k.NumeroSerie, Cells: ui.Cells(k.cellules()...)})
	}
	return props
}

func (k ligne) cellules() []string {
	return []string{k.NumeroSerie, genre(k.Materielle, k.Type), etatDit(k.Etat, k.Motif), date.Court(k.EtatLe), titulaire(k.Titulaire, k.Identifiant)}
}

func etats() []ui.Option {
	list := make([]ui.Option, len(cle.Etats))
	for i, e := range cle.Etats {
		list[i] = ui.Option{Value: string(e), Label: e.Label()}
	}
	return list
}

// genres are what the list may be filtered by.
var genres = []ui.Option{
	{Value: "materielle", Label: "Clé matérielle"}, {Value: "application", Label: "Application"}, {Value: "acces", Label: "Clé d’accès"},
}

func genre(materielle bool, kind string) string {
	switch {
	case kind == passkey.Type:
		return "Clé d’accès"
	case !materielle:
		return "Application"
	case kind == "HOTP":
		return "Clé à bouton"
	}
	return "Clé à horloge"
}

// motifs say why a key is suspended.
var motifs = map[string]string{
	"demande": "à la demande du service", "essais": "après vingt codes faux", "remplacee": "remplacée, à récupérer",
	"copie": "peut-être copiée",
}

func etatDit(e cle.Etat, motif string) string {
	if m := motifs[motif]; m != "" {
		return e.Label() + ", " + m
	}
	return e.Label()
}

func titulaire(nom, identifiant string) string {
	if identifiant == "" {
		return ""
	}
	return nom + " (" + identifiant + ")"
}

// exportMax is more keys than a département has people.
const exportMax = 20_000

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query())
	var list []ligne
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "cle"})
		territoire.Toutes(l, &list, listSQL, c.etat, c.genre, c.q, exportMax, 0)
	})
	if err != nil {
		return err
	}
	t := tableau.Table{Title: "Clés du département", Issuer: agent.Territoire, Made: agent.Maintenant,
		Columns: tableau.Columns("Numéro de série", "Genre", "État", "Depuis le", "Titulaire"), Empty: "Aucune clé ne répond à ces critères."}
	for _, k := range list {
		t.Rows = append(t.Rows, []any{k.NumeroSerie, genre(k.Materielle, k.Type), etatDit(k.Etat, k.Motif), k.EtatLe, titulaire(k.Titulaire, k.Identifiant)})
	}
	return httpx.Export(w, r, "cles", t)
}
