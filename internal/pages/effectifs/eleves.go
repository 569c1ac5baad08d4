package effectifs

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// plafond is how many pupils a file of names holds at most.
const plafond = 5_000

// elevesVue is the list that a number opens.
type elevesVue struct {
	vue
	lignes []eleveLigne
	total  int
}

// eleveLigne is a pupil of the list.
type eleveLigne struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          string
	DateNaissance time.Time
	Niveau        string
	Residence     string
	Classe        string
	Ecole         string
	Commune       string

	RattachementID *uuid.UUID // of who is taught elsewhere
}

// href is the file of the pupil; of who is taught elsewhere, what says where.
func (l eleveLigne) href() string {
	if l.RattachementID != nil {
		return "/rattachements/" + l.RattachementID.String()
	}
	return "/eleves/" + l.ID.String()
}

func (p Pages) eleves(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readEleves(r.Context(), newVue(r, agent, pageEleves), parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, elevesPage(v))
}

func (p Pages) readEleves(ctx context.Context, head vue, parPage int) (elevesVue, error) {
	v := elevesVue{vue: head}
	var q, n requete
	sql := v.sql(&q, parPage)
	total := `select count(*)::int` + v.critere.from(v.agent, &n)
	err := p.lire(ctx, &v.vue, func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.lignes, sql, q.args...)
		territoire.Valeur(l, &v.total, total, n.args...)
	})
	return v, err
}

// sql reads one page: its pupils are found and sorted first, and only they are given the names of their places.
func (v elevesVue) sql(q *requete, parPage int) string {
	classe := `''`
	if v.agent.Can(habilitation.ConsulterClasses) {
		classe = `coalesce((select libelle_court from classe where id = p.classe_id), '')`
	}
	return `
	select p.eleve_id as id, p.nom_famille, p.nom_usage, p.prenom, p.sexe, p.date_naissance, coalesce(p.niveau, '') as niveau,
		coalesce(p.residence_insee, '') as residence, ` + classe + ` as classe,
		coalesce(e.nom, '') as ecole, coalesce(k.nom, '') as commune, p.rattachement_id
	from (select l.*` + v.critere.from(v.agent, q) + ` order by ` + v.ordre("l") + v.limite(parPage) + `) p
	left join ecole e on e.uai = p.ecole_uai left join commune k on k.insee = e.commune_insee
	order by ` + v.ordre("p")
}

// ordre sorts by name within a school, and by school where there are several: this is how the register is read.
func (v elevesVue) ordre(t string) string {
	names := t + `.cle_nom, ` + t + `.eleve_id`
	if v.agent.Role == habilitation.Directeur {
		return names
	}
	return t + `.ecole_uai, ` + names
}

// titre says who is listed: « Élèves présents au 22 novembre 2026 ».
func (v elevesVue) titre() string {
	return "Élèves " + v.critere.compte() + " au " + date.Long(v.critere.Le)
}

func (v elevesVue) list() ui.ListProps {
	props := v.vue.list()
	props.Caption, props.Empty = v.titre(), ui.EmptyProps{Sentence: "Aucun élève ne répond à ces critères."}
	props.Pager = ui.Pager{Page: v.page, PerPage: parPage, Total: v.total}
	props.Filters = append(props.Filters, v.precisions()...)
	for i, f := range props.Filters {
		if f.Name == "classe" && v.classe() != "" {
			props.Filters[i].Options[0].Label = v.classe()
		}
	}
	if v.total > plafond {
		props.Exports = nil
	}
	for _, c := range v.columns() {
		props.Columns = append(props.Columns, ui.Column{Label: c})
	}
	for _, l := range v.lignes {
		props.Rows = append(props.Rows, ui.ListRow{ID: l.ID.String(), Href: l.href(), Label: l.nom(), Cells: ui.Cells(v.cells(l)...)})
	}
	return props
}

// classe is the name of the class chosen: all its pupils bear it.
func (v elevesVue) classe() string {
	if _, err := uuid.Parse(v.critere.Classe); err != nil || len(v.lignes) == 0 {
		return ""
	}
	return v.lignes[0].Classe
}

// precisions are the filters that only a number gives: shown while they hold, so that they can be taken off.
func (v vue) precisions() (list []ui.Filter) {
	c := v.critere
	for _, f := range []struct{ name, label, value, words string }{
		{"classe", "Classe", c.Classe, map[string]string{avecClasse: "Répartis", sansClasse: "Non répartis"}[c.Classe]},
		{"naissance", "Né(e) en", c.Naissance, c.Naissance},
		{"commune", "Commune", c.Commune, v.nom(c.Commune)},
	} {
		if f.value != "" {
			words := f.words
			if words == "" {
				words = "Une classe"
			}
			list = append(list, ui.Filter{Name: f.name, Label: f.label, Options: []ui.Option{{Value: f.value, Label: words}}})
		}
	}
	return list
}

func (l eleveLigne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

// columns are those that the role may read: a mairie reads school and niveau, not the class (security.md §5, G8).
func (v elevesVue) columns() []string {
	columns := []string{"Nom et prénom", "Né(e) le", "Sexe", "Niveau"}
	if v.agent.Can(habilitation.ConsulterClasses) {
		columns = append(columns, "Classe")
	}
	if v.agent.Role != habilitation.Directeur {
		columns = append(columns, "École")
	}
	return append(columns, "Commune de résidence")
}

// ecole names the school; a child taught elsewhere may have none.
func (l eleveLigne) ecole() string {
	if l.Ecole == "" {
		return ""
	}
	return ecole.NomComplet(l.Ecole, l.Commune)
}

func (v elevesVue) cells(l eleveLigne) []string {
	cells := []string{l.nom(), date.Court(l.DateNaissance), l.Sexe, l.Niveau}
	if v.agent.Can(habilitation.ConsulterClasses) {
		cells = append(cells, l.Classe)
	}
	if v.agent.Role != habilitation.Directeur {
		cells = append(cells, l.ecole())
	}
	return append(cells, v.nom(l.Residence))
}

func (p Pages) elevesTable(ctx context.Context, head vue) (tableau.Table, error) {
	v, err := p.readEleves(ctx, head, plafond+1)
	if len(v.lignes) > plafond {
		return tableau.Table{}, refusal.Of("", "Cette liste est trop longue pour un fichier\u00a0: choisissez une école ou un niveau.")
	}
	t := tableau.Table{Title: v.titre(), Columns: tableau.Columns(v.columns()...)}
	for _, l := range v.lignes {
		var row []any
		for _, cell := range v.cells(l) {
			row = append(row, cell)
		}
		row[1] = l.DateNaissance
		t.Eleves = append(t.Eleves, l.ID)
		t.Rows = append(t.Rows, row)
	}
	return t, err
}
