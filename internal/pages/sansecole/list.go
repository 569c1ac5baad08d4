package sansecole

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/sansecole"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// enfant is a child whom no school has, as the register of the one he left names him.
type enfant struct {
	ID             uuid.UUID // of the scolarité
	EleveID        uuid.UUID
	NomFamille     string
	NomUsage       string
	Prenom         string
	Sexe           string
	DateNaissance  time.Time
	Niveau         string
	Ecole          string
	Commune        string
	ResidenceInsee string
	PartiLe        time.Time
	Motif          string
	Destination    string
	Attendu        bool
	SuiviID        *uuid.UUID
	Constat        string
	Issue          string
	ConstateLe     *time.Time
	ConstatePar    habilitation.Role
}

const enfantsSQL = `
	select id, eleve_id, nom_famille, nom_usage, prenom, sexe, date_naissance, niveau, ecole, commune, residence_insee, parti_le, motif,
		destination, attendu, suivi_id, constat, issue, constate_le, constate_par
	from sans_ecole($1, $2, $3)`

// onglet is one of the lists: those to look for, and those who are told apart.
type onglet string

const (
	aChercher onglet = "a_chercher"
	attendus  onglet = "attendus"
	declares  onglet = "declares"
	retrouves onglet = "retrouves"
)

var onglets = []onglet{aChercher, attendus, declares, retrouves}

func (o onglet) label() string {
	return map[onglet]string{
		aChercher: "À rechercher", attendus: "Attendus dans une école", declares: "Étranger, famille, CNED, soins",
		retrouves: "Retrouvés",
	}[o]
}

func (o onglet) href() string { return "/sans-ecole?" + url.Values{"liste": {string(o)}}.Encode() }

// onglet is the list on which the child is.
func (e enfant) onglet() onglet {
	switch {
	case e.Constat == "retrouve":
		return retrouves
	case e.Attendu:
		return attendus
	case slices.Contains(sansecole.Ailleurs, e.Motif):
		return declares
	}
	return aChercher
}

func (e enfant) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

func (e enfant) ecole() string { return ecole.NomComplet(e.Ecole, e.Commune) }

// jours is how long he has been without a school.
func (e enfant) jours(today time.Time) int { return int(today.Sub(e.PartiLe).Hours() / 24) }

// destination is what the family has declared.
func (e enfant) destination() string {
	motif := inscription.Libelle(scolarite.MotifsRadiation, e.Motif)
	if e.Destination == "" {
		return motif
	}
	return motif + ", " + e.Destination
}

func (e enfant) residence() string {
	if c, ok := commune.Find(e.ResidenceInsee); ok {
		return c.Nom
	}
	return e.ResidenceInsee
}

// suivi is what was noted last, and by whom.
func (e enfant) suivi() string {
	if e.ConstateLe == nil {
		return ""
	}
	said := inscription.Libelle(sansecole.Constats, e.Constat)
	if e.Issue != "" {
		said += "\u00a0: " + inscription.Libelle(sansecole.Issues, e.Issue)
	}
	return said + ", le " + date.Court(*e.ConstateLe) + " (" + e.ConstatePar.Label() + ")"
}

// vue is the page of a list.
type vue struct {
	agent  habilitation.Agent
	query  url.Values
	onglet onglet
	tous   []enfant
}

func (v vue) enfants() []enfant {
	var list []enfant
	for _, e := range v.tous {
		if e.onglet() == v.onglet {
			list = append(list, e)
		}
	}
	return list
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, q url.Values, besides func(*territoire.Lecture)) (vue, error) {
	v := vue{agent: agent, query: q, onglet: onglet(q.Get("liste"))}
	if !slices.Contains(onglets, v.onglet) {
		v.onglet = aChercher
	}
	today := agent.Aujourdhui()
	du, au := sansecole.Bornes(today)
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.tous, enfantsSQL+` order by parti_le, cle_nom(nom_famille || ' ' || prenom), id`, du, au, today)
		besides(l)
	})
	return v, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, r.URL.Query(), func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v))
}

func (v vue) tabs() []ui.Tab {
	nombres := map[onglet]int{}
	for _, e := range v.tous {
		nombres[e.onglet()]++
	}
	tabs := make([]ui.Tab, len(onglets))
	for i, o := range onglets {
		tabs[i] = ui.Tab{Label: o.label(), Href: o.href(), Count: nombres[o], Current: o == v.onglet}
	}
	return tabs
}

// parPage is how many children a page shows.
const parPage = 50

func (v vue) list() ui.ListProps {
	all := v.enfants()
	page := httpx.PageAsked(v.query)
	props := ui.ListProps{
		Caption: v.onglet.label(), Path: "/sans-ecole", Query: url.Values{"liste": {string(v.onglet)}}, Exports: tableau.Formats,
		Pager: ui.Pager{Page: page, PerPage: parPage, Total: len(all)}, Empty: ui.EmptyProps{Sentence: v.empty()},
		Columns: []ui.Column{
			{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Dernière école"}, {Label: "Parti le"}, {Label: "Jours", Number: true},
			{Label: "Destination déclarée"}, {Label: "Suivi"},
		},
	}
	from := min((page-1)*parPage, len(all))
	for _, e := range all[from:min(from+parPage, len(all))] {
		props.Rows = append(props.Rows, ui.ListRow{ID: e.ID.String(), Href: path(e.ID), Label: e.nom(), Cells: ui.Cells(
			e.nom(), date.Court(e.DateNaissance), e.ecole(), date.Court(e.PartiLe), ui.Count(e.jours(v.agent.Aujourdhui())),
			e.destination(), e.suivi())})
	}
	return props
}

func (v vue) empty() string {
	return map[onglet]string{
		aChercher: "Aucun enfant de votre territoire n’est sans école.", attendus: "Aucun enfant parti n’est attendu ailleurs.",
		declares:  "Aucun départ à l’étranger, en famille ou vers un établissement de soins.",
		retrouves: "Aucun enfant n’a encore été noté comme retrouvé.",
	}[v.onglet]
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, r.URL.Query(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "sans_ecole"})
	})
	if err != nil {
		return err
	}
	all := v.enfants()
	t := tableau.Table{
		Title: "Enfants sans école\u00a0: " + v.onglet.label(), Details: []string{ui.Plural(len(all), "enfant", "enfants")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.empty(),
		Columns: tableau.Columns("Nom de famille", "Nom d’usage", "Prénom", "Sexe", "Né(e) le", "Commune de résidence", "Dernière école",
			"Niveau", "Parti le", "Jours", "Destination déclarée", "Suivi"),
	}
	for _, e := range all {
		t.Eleves = append(t.Eleves, e.EleveID)
		t.Rows = append(t.Rows, []any{
			e.NomFamille, e.NomUsage, e.Prenom, e.Sexe, e.DateNaissance, e.residence(), e.ecole(), e.Niveau, e.PartiLe,
			e.jours(agent.Aujourdhui()), e.destination(), e.suivi(),
		})
	}
	return p.Export(w, r, agent, "sans-ecole", t)
}
