package registre

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
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many lines a page shows.
const parPage = 50

// critere is what the register was asked for.
type critere struct {
	ecole string
	nom   string
	annee ecole.Annee // of entry; 0 for all
	page  int
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{ecole: agent.Ecole, nom: q.Get("q"), page: httpx.PageAsked(q)}
	c.annee, _ = ecole.ParseAnnee(q.Get("annee"))
	if uai, err := ecole.ParseUAI(q.Get("ecole")); c.ecole == "" && err == nil {
		c.ecole = string(uai)
	}
	return c
}

// ligne is a stay of a pupil in the school, as the register carries it.
type ligne struct {
	ID            uuid.UUID
	EleveID       uuid.UUID
	Numero        int
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Entree        time.Time
	NiveauEntree  string
	Provenance    string
	Sortie        *time.Time
	NiveauSortie  string
	MotifSortie   string
	Destination   string
	Total         int
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

func (l ligne) motif() string { return inscription.Libelle(scolarite.MotifsRadiation, l.MotifSortie) }

const colonnes = `id, eleve_id, numero, nom_famille, nom_usage, prenom, sexe, date_naissance, entree, niveau_entree, provenance, sortie,
		niveau_sortie, motif_sortie, destination`

// listSQL reads the register in its order. Each word typed begins a word of the name.
const listSQL = `
	select ` + colonnes + `, count(*) over () as total
	from registre
	where ecole_uai = $1 and ($2 = 0 or entree between make_date($2, 9, 1) and make_date($2 + 1, 8, 31))
		and ' ' || cle_nom like all (array(select '% ' || mot || '%' from unnest(string_to_array(cle_nom($3), ' ')) as mot))
	order by numero`

// bornesSQL are the years that the register goes through.
const bornesSQL = `select coalesce(min(entree), current_date) as premiere from registre where ecole_uai = $1`

func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int, besides func(*territoire.Lecture)) (list []ligne, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		sql := listSQL
		if limit > 0 {
			sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.page-1)*limit)
		}
		territoire.Toutes(l, &list, sql, c.ecole, int(c.annee), c.nom)
		besides(l)
	})
	return list, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	premiere := agent.Aujourdhui()
	list, err := p.read(r.Context(), agent, c, parPage, func(l *territoire.Lecture) {
		territoire.Valeur(l, &premiere, bornesSQL, c.ecole)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), agent, c, list, premiere)))
}

// annees offers the years from the first one of the register to the present.
func annees(premiere, today time.Time) ui.Filter {
	f := ui.Filter{Name: "annee", Label: "Entré en", All: "Toutes les années"}
	for a := ecole.AnneeDe(today); a >= ecole.AnneeDe(premiere); a-- {
		f.Options = append(f.Options, ui.Option{Value: strconv.Itoa(int(a)), Label: a.Libelle()})
	}
	return f
}

func listProps(q url.Values, agent habilitation.Agent, c critere, list []ligne, premiere time.Time) ui.ListProps {
	props := ui.ListProps{
		Caption: "Registre des élèves inscrits", Path: "/registre", Query: q, Search: "Nom ou prénom",
		Scope:   "Tous les élèves admis dans l’école, dans l’ordre de leur entrée.",
		Filters: []ui.Filter{annees(premiere, agent.Aujourdhui())}, Pager: ui.Pager{Page: c.page, PerPage: parPage},
		Exports: tableau.Formats, Empty: ui.EmptyProps{Sentence: empty(c)},
		Columns: []ui.Column{
			{Label: "Nom et prénom"}, {Label: "N°", Number: true}, {Label: "Né(e) le"}, {Label: "Entré le"}, {Label: "Venu de"}, {Label: "Sorti le"},
			{Label: "Destination"},
		},
	}
	if agent.Role != habilitation.Directeur {
		props.Filters = append([]ui.Filter{{Name: "ecole", Label: "Numéro de l’école (UAI)"}}, props.Filters...)
	}
	for _, l := range list {
		props.Pager.Total = l.Total
		props.Rows = append(props.Rows, ui.ListRow{ID: l.ID.String(), Href: path(l.ID), Label: l.nom(), Cells: ui.Cells(
			l.nom(), strconv.Itoa(l.Numero), date.Court(l.DateNaissance), date.Court(l.Entree)+", "+l.NiveauEntree, l.Provenance,
			date.CourtOuRien(l.Sortie), l.Destination)})
	}
	return props
}

func empty(c critere) string {
	switch {
	case c.ecole == "":
		return "Donnez le numéro d’une école pour lire son registre."
	case c.nom != "" || c.annee != 0:
		return "Aucun élève du registre ne répond à ces critères."
	}
	return "Aucun élève n’a encore été admis dans cette école."
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	list, err := p.read(r.Context(), agent, c, 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "registre", Ecole: c.ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Registre des élèves inscrits", Details: []string{ui.Plural(len(list), "ligne", "lignes")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: empty(c),
		Columns: tableau.Columns("N°", "Nom de famille", "Nom d’usage", "Prénom", "Né(e) le", "Entré le", "Niveau d’entrée", "Venu de",
			"Sorti le", "Dernier niveau", "Motif", "Destination"),
	}
	for _, l := range list {
		var sortie any = ""
		if l.Sortie != nil {
			sortie = *l.Sortie
		}
		t.Eleves = append(t.Eleves, l.EleveID)
		t.Rows = append(t.Rows, []any{
			l.Numero, l.NomFamille, l.NomUsage, l.Prenom, l.DateNaissance, l.Entree, l.NiveauEntree, l.Provenance, sortie,
			l.NiveauSortie, l.motif(), l.Destination,
		})
	}
	return p.Export(w, r, agent, "registre", t)
}
