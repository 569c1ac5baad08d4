package formulaire

import (
	"net/url"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Eleve is a pupil of a school for a year, on a list from which one takes several.
type Eleve struct {
	ScolariteID   uuid.UUID
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        string
	Classe        string
	Total         int // of the list, repeated on each line
}

// ElevesSQL are the columns of an Eleve, from a scolarité s and its class k.
const ElevesSQL = `
	select s.id as scolarite_id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance,
		coalesce(s.niveau, '') as niveau, coalesce(k.libelle_court, '') as classe, count(*) over () as total`

// ElevesColonnes head the columns of a Row.
var ElevesColonnes = []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Sexe"}, {Label: "Niveau"}, {Label: "Classe"}}

// Row is the pupil as a list shows him, selected by his scolarité.
func (e Eleve) Row(checked bool) ui.ListRow {
	nom := eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom)
	return ui.ListRow{
		ID: e.ScolariteID.String(), Href: "/eleves/" + e.EleveID.String(), Label: nom, Checked: checked,
		Cells: ui.Cells(nom, date.Court(e.DateNaissance), e.Sexe, e.Niveau, e.Classe),
	}
}

// parChoix is how many pupils a page offers: more than any class holds.
const parChoix = 60

// Parmi says among whom one chooses: the pupils of a year, an SQL expression of the key $1, less those of whom Sauf says
// that they are there already.
type Parmi struct {
	Cle   any
	Annee string
	Sauf  string // of a scolarité s
}

// Choix is a list of pupils among whom one chooses several, by whole classes or one by one.
type Choix struct {
	query   url.Values
	classes []choixClasse
	eleves  []Eleve
}

type choixClasse struct{ ID, Libelle string }

// QueueChoix reads the list that the address asks for.
func QueueChoix(l *territoire.Lecture, c *Choix, q url.Values, p Parmi) {
	c.query = q
	territoire.Toutes(l, &c.classes, `select id::text, libelle_court as libelle from classe where annee = `+p.Annee+` order by libelle_court`, p.Cle)
	territoire.Toutes(l, &c.eleves, ElevesSQL+`
		from scolarite s left join classe k on k.id = s.classe_id
		where s.annee = `+p.Annee+` and s.etat in ('admis_accepte', 'admis_definitif')
			and ($2 = '' or s.classe_id::text = $2) and ($3 = '' or s.niveau = $3)
			and ' ' || s.cle_nom like all (array(select '% ' || mot || '%' from unnest(string_to_array(cle_nom($4), ' ')) as mot))
			and not `+p.Sauf+`
		order by s.cle_nom, s.id limit $5 offset $6`,
		p.Cle, q.Get("classe"), q.Get("niveau"), q.Get("q"), parChoix, (httpx.PageAsked(q)-1)*parChoix)
}

// Props lay the list out at its address; a class chosen is ticked whole, unless a form was refused.
func (c Choix) Props(path string, refused bool) ui.ListProps {
	props := ui.ListProps{
		Path: path, Query: c.query, Search: "Nom ou prénom", Columns: ElevesColonnes, Filters: c.filters(),
		Scope: "Choisissez une classe\u00a0: tous ses élèves sont cochés d’avance.",
		Pager: ui.Pager{Page: httpx.PageAsked(c.query), PerPage: parChoix},
		Empty: ui.EmptyProps{Sentence: "Aucun autre élève ne répond à ces critères."},
	}
	for _, e := range c.eleves {
		props.Pager.Total = e.Total
		props.Rows = append(props.Rows, e.Row(c.query.Get("classe") != "" && !refused))
	}
	return props
}

func (c Choix) filters() []ui.Filter {
	classes := ui.Filter{Name: "classe", Label: "Classe", All: "Toutes"}
	for _, k := range c.classes {
		classes.Options = append(classes.Options, ui.Option{Value: k.ID, Label: k.Libelle})
	}
	niveaux := ui.Filter{Name: "niveau", Label: "Niveau"}
	for _, n := range ecole.Niveaux() {
		niveaux.Options = append(niveaux.Options, ui.Option{Value: string(n), Label: string(n)})
	}
	return []ui.Filter{classes, niveaux}
}
