package eleves

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
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many pupils a page shows.
const parPage = 50

// ligne is one pupil of a list.
type ligne struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        string
	ClasseID      *uuid.UUID
	EcoleUAI      string
	Etat          scolarite.Etat
	Total         int
}

// nom is the name on lists, capitals for the family name.
func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// libelle is a school or a class by its key, fetched once instead of joined to each line.
type libelle struct {
	Cle     string
	Libelle string
	Groupe  string
}

// critere is what the list was asked for.
type critere struct {
	Annee  ecole.Annee
	Ecole  string
	Classe *uuid.UUID
	Niveau string
	Etats  []string
	Nom    string
	Mots   bool // looks for each word anywhere in the name: in a school, not in a département
	Tri    string
	Desc   bool
	Page   int
}

// ouvre tells whether the list has bounds enough to be read: an inspection asks for a school or for a name, it does
// not leaf through a département.
func (c critere) ouvre(role habilitation.Role) bool {
	inspection := role == habilitation.IEN || role == habilitation.IA
	return !inspection || c.Ecole != "" || c.Classe != nil || len([]rune(c.Nom)) >= 2
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		Annee: ecole.AnneeDe(agent.Aujourdhui()), Ecole: q.Get("ecole"), Niveau: q.Get("niveau"),
		Etats: etatsDe(q.Get("etat")), Nom: q.Get("q"), Tri: q.Get("tri"), Desc: q.Get("sens") == "desc",
		Mots: agent.Role == habilitation.Directeur || agent.Role == habilitation.Mairie,
	}
	if a, err := ecole.ParseAnnee(q.Get("annee")); err == nil {
		c.Annee = a
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	if c.Page, _ = strconv.Atoi(q.Get("page")); c.Page < 1 {
		c.Page = 1
	}
	return c
}

// etatsDe are the states that a choice of the filter covers; by default those who are, or will be, in the school.
func etatsDe(choice string) []string {
	for _, e := range scolarite.Etats {
		if choice == string(e) {
			return []string{choice}
		}
	}
	if choice == "tous" {
		return []string{"admissible", "admis_accepte", "admis_definitif", "radie"}
	}
	return []string{"admis_definitif", "admis_accepte"}
}

// order is the end of the query; the last key makes it total.
func (c critere) order() string {
	sens := ""
	if c.Desc {
		sens = " desc"
	}
	switch c.Tri {
	case "naissance":
		return " order by s.date_naissance" + sens + ", s.cle_nom, s.id"
	case "niveau":
		return " order by array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], s.niveau)" + sens + ", s.cle_nom, s.id"
	default:
		return " order by s.cle_nom" + sens + ", s.id" + sens
	}
}

const listSQL = `
	select s.eleve_id as id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance, coalesce(s.niveau, '') as niveau,
		s.classe_id, s.ecole_uai, s.etat, count(*) over () as total
	from scolarite s
	where s.annee = $1 and s.etat = any ($2)`

// where adds the bounds given, and their values.
func (c critere) where() (string, []any) {
	sql, args := "", []any{int(c.Annee), c.Etats}
	add := func(condition string, value any) {
		args = append(args, value)
		n := strconv.Itoa(len(args))
		for i := 0; i < len(condition); i++ {
			if condition[i] == '?' {
				sql += "$" + n
			} else {
				sql += string(condition[i])
			}
		}
	}
	if c.Ecole != "" {
		add(" and s.ecole_uai = ?", c.Ecole)
	}
	if c.Classe != nil {
		add(" and s.classe_id = ?", *c.Classe)
	}
	if c.Niveau != "" {
		add(" and s.niveau = ?", c.Niveau)
	}
	switch {
	case c.Nom == "":
	case c.Mots:
		add(` and ' ' || s.cle_nom like all (array(
			select '% ' || mot || '%' from unnest(string_to_array(cle_nom(?), ' ')) as mot))`, c.Nom)
	default:
		// Comparisons, not LIKE: row security lets only leakproof operators use the index.
		add(` and s.cle_nom >= cle_nom(?) and s.cle_nom < cle_nom(?) || U&'\FFFF'`, c.Nom)
	}
	return sql, args
}

// lecture is all that the list page reads.
type lecture struct {
	lignes  []ligne
	classes []libelle
	ecoles  []libelle
}

const classesSQL = `
	select id::text as cle, libelle_court as libelle, ecole_uai as groupe from classe
	where annee = $1 and ecole_uai = any (portee_ecoles()) and ($2 = '' or ecole_uai = $2) order by libelle_court limit 200`

const ecolesSQL = `
	select e.uai as cle, e.nom as libelle, c.nom as groupe from ecole e join commune c on c.insee = e.commune_insee
	where e.uai = any (portee_ecoles()) order by c.nom, e.nom`

// read reads the list in one round trip. limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		if c.ouvre(agent.Role) {
			where, args := c.where()
			sql := listSQL + where + c.order()
			if limit > 0 {
				sql += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.Page-1)*limit)
			}
			territoire.Toutes(l, &all.lignes, sql, args...)
		}
		if agent.Can(habilitation.ConsulterClasses) && (agent.Ecole != "" || c.Ecole != "") {
			territoire.Toutes(l, &all.classes, classesSQL, int(c.Annee), c.Ecole)
		}
		if agent.Role != habilitation.Directeur {
			territoire.Toutes(l, &all.ecoles, ecolesSQL)
		}
	})
	return all, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(r.URL.Query(), agent, c, all), agent))
}

// listProps lays the lines out for the list component.
func listProps(q url.Values, agent habilitation.Agent, c critere, all lecture) ui.ListProps {
	cols := columnsFor(agent)
	props := ui.ListProps{
		Caption: "Élèves " + c.Annee.Libelle(), Scope: "Vous voyez les élèves de : " + agent.Territoire + ".",
		Path: "/eleves", Query: q, Sort: c.sorted(), Desc: c.Desc, Search: "Nom ou prénom",
		Filters: filters(agent, c, all), Pager: ui.Pager{Page: c.Page, PerPage: parPage},
		Exports: []string{"csv", "xlsx", "pdf"}, Empty: empty(agent, c),
	}
	for _, col := range cols {
		props.Columns = append(props.Columns, col.head)
	}
	names := index(all)
	for _, l := range all.lignes {
		props.Pager.Total = l.Total
		row := ui.ListRow{ID: l.ID.String(), Href: "/eleves/" + l.ID.String(), Label: l.nom()}
		for _, col := range cols {
			row.Cells = append(row.Cells, ui.Cell(col.text(l, names)))
		}
		props.Rows = append(props.Rows, row)
	}
	if agent.Can(habilitation.EditerCertificats) {
		props.Bulk = []ui.BulkAction{{Label: "Certificats de scolarité", Action: "/eleves/certificats-scolarite.pdf"}}
	}
	return props
}

func (c critere) sorted() string {
	if c.Tri == "" {
		return "nom"
	}
	return c.Tri
}

// index gives the words of each school and class.
func index(all lecture) map[string]string {
	names := make(map[string]string, len(all.classes)+len(all.ecoles))
	for _, l := range all.classes {
		names[l.Cle] = l.Libelle
	}
	for _, l := range all.ecoles {
		names[l.Cle] = ecole.NomComplet(l.Libelle, l.Groupe)
	}
	return names
}

// column is one column of the list: its heading, its text.
type column struct {
	head ui.Column
	text func(l ligne, names map[string]string) string
}

// columnsFor are the columns that the role may read: a mairie reads school and niveau, not the class (security.md §5, G8).
func columnsFor(agent habilitation.Agent) []column {
	cols := []column{
		{ui.Column{Key: "nom", Label: "Nom et prénom", Sortable: true}, func(l ligne, _ map[string]string) string { return l.nom() }},
		{ui.Column{Key: "naissance", Label: "Né(e) le", Sortable: true}, func(l ligne, _ map[string]string) string { return date.Court(l.DateNaissance) }},
		{ui.Column{Key: "niveau", Label: "Niveau", Sortable: true}, func(l ligne, _ map[string]string) string { return l.Niveau }},
	}
	if agent.Can(habilitation.ConsulterClasses) {
		cols = append(cols, column{ui.Column{Label: "Classe"}, func(l ligne, names map[string]string) string {
			if l.ClasseID == nil {
				return ""
			}
			return names[l.ClasseID.String()]
		}})
	}
	if agent.Role != habilitation.Directeur {
		cols = append(cols, column{ui.Column{Label: "École"}, func(l ligne, names map[string]string) string {
			if name, ok := names[l.EcoleUAI]; ok {
				return name
			}
			return "École d’une autre commune"
		}})
	}
	return append(cols, column{ui.Column{Label: "État"}, func(l ligne, _ map[string]string) string { return l.Etat.Label() }})
}

func filters(agent habilitation.Agent, c critere, all lecture) []ui.Filter {
	current := ecole.AnneeDe(agent.Aujourdhui())
	var annees, niveaux, etats, ecoles, classes []ui.Option
	for a := current + 1; a >= current-1; a-- {
		annees = append(annees, ui.Option{Value: strconv.Itoa(int(a)), Label: a.Libelle()})
	}
	for _, n := range ecole.Niveaux() {
		niveaux = append(niveaux, ui.Option{Value: string(n), Label: string(n)})
	}
	for _, e := range scolarite.Etats {
		etats = append(etats, ui.Option{Value: string(e), Label: e.Label()})
	}
	etats = append(etats, ui.Option{Value: "tous", Label: "Tous les états"})
	for _, e := range all.ecoles {
		ecoles = append(ecoles, ui.Option{Value: e.Cle, Label: e.Libelle, Group: e.Groupe})
	}
	for _, k := range all.classes {
		classes = append(classes, ui.Option{Value: k.Cle, Label: k.Libelle})
	}
	list := []ui.Filter{{Name: "annee", Label: "Année", All: "En cours", Options: annees}}
	if len(ecoles) > 0 {
		list = append(list, ui.Filter{Name: "ecole", Label: "École", All: "Toutes", Options: ecoles})
	}
	if len(classes) > 0 {
		list = append(list, ui.Filter{Name: "classe", Label: "Classe", All: "Toutes", Options: classes})
	}
	return append(list,
		ui.Filter{Name: "niveau", Label: "Niveau", Options: niveaux},
		ui.Filter{Name: "etat", Label: "État", All: "Présents et attendus", Options: etats})
}

func empty(agent habilitation.Agent, c critere) ui.EmptyProps {
	if !c.ouvre(agent.Role) {
		return ui.EmptyProps{
			Sentence: "Choisissez une école, ou cherchez un nom d’au moins deux lettres.",
			Href:     "/ecoles", Action: "Voir les écoles",
		}
	}
	return ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."}
}
