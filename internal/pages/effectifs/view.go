package effectifs

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/web/ui"
)

// view is the page.
type view struct {
	agent   habilitation.Agent
	critere critere
	lecture lecture
	query   url.Values
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := view{agent: agent, critere: readCritere(r.URL.Query(), agent), query: r.URL.Query()}
	var err error
	if v.lecture, err = p.read(r.Context(), agent, v.critere); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

// etats are the columns of the first table.
var etats = []struct {
	etat    scolarite.Etat
	libelle string
}{
	{inscrit, "Inscrits"}, {scolarite.Admissible, "Admissibles"}, {scolarite.AdmisAccepte, "Attendus"},
	{scolarite.AdmisDefinitif, "Présents"}, {scolarite.Radie, "Radiés"},
}

// compte is the state counted, as one says it: « présents ».
func (v view) compte() string {
	for _, e := range etats {
		if e.etat == v.critere.Etat {
			return strings.ToLower(e.libelle)
		}
	}
	return ""
}

// vide tells whether nobody is known for the year.
func (v view) vide() bool { return len(v.lecture.comptes) == 0 }

func (v view) stats() []ui.Stat {
	total, _ := v.lecture.total(v.critere.Etat, tout())
	s := []ui.Stat{{Label: v.compte(), Value: ui.Count(total)}}
	if classes := v.lecture.nombreClasses(v.critere.Maille); classes > 0 {
		s = append(s, ui.Stat{Label: "classes", Value: ui.Count(classes)},
			ui.Stat{Label: v.compte() + " par classe", Value: moyenne(total, classes)})
	}
	return s
}

// moyenne writes a mean with one decimal, the French way.
func moyenne(total, n int) string {
	return strings.Replace(strconv.FormatFloat(float64(total)/float64(n), 'f', 1, 64), ".", ",", 1)
}

// parNiveau is the table of the niveaux by state; girls and boys stand beside the state counted.
func (v view) parNiveau() ui.TableProps {
	t := ui.TableProps{Caption: "Élèves par niveau et par état", Columns: []ui.Column{{Label: "Niveau"}}}
	for _, e := range etats {
		t.Columns = append(t.Columns, ui.Column{Label: e.libelle, Number: true})
		if e.etat == v.critere.Etat {
			t.Columns = append(t.Columns, ui.Column{Label: "dont filles", Number: true}, ui.Column{Label: "dont garçons", Number: true})
		}
	}
	for _, tr := range v.lecture.tranches() {
		t.Rows = append(t.Rows, ui.ListRow{Cells: v.tranche(tr)})
	}
	return t
}

func (v view) tranche(tr tranche) []templ.Component {
	cells := []templ.Component{libelleCell(tr)}
	for _, e := range etats {
		nombre, filles := v.lecture.total(e.etat, tr.niveaux)
		cells = append(cells, nombreCell(nombre, v.etatHref(e.etat, tr), tr.somme))
		if e.etat == v.critere.Etat {
			cells = append(cells, nombreCell(filles, "", tr.somme), nombreCell(nombre-filles, "", tr.somme))
		}
	}
	return cells
}

// head names the lines of the second table.
func (c critere) head() string {
	return [...]string{parClasse: "Classe", parEcole: "École", parCirconscription: "Circonscription"}[c.Maille]
}

// detail is the table of the classes, schools or circonscriptions by niveau.
func (v view) detail() ui.EffectifsProps {
	niveaux := v.lecture.colonnes(v.critere.Etat)
	t := ui.EffectifsProps{Caption: v.titreDetail(), Head: v.critere.head()}
	for _, n := range niveaux {
		t.Columns = append(t.Columns, titre(n))
	}
	for _, l := range v.lignes() {
		row := ui.EffectifRow{Label: v.libelle(l), Href: v.lieuHref(l), Counts: v.lecture.ligne(l.Cle, v.critere.Etat, niveaux)}
		switch {
		case v.critere.Maille == parEcole:
			row.Hrefs = v.hrefs("ecole", l.Cle, niveaux)
		case v.critere.Maille == parClasse && l.Cle != sansClasse:
			row.Hrefs = v.hrefs("classe", l.Cle, niveaux)
		}
		t.Rows = append(t.Rows, row)
	}
	if v.critere.Maille == parClasse {
		t.Totals = v.hrefs("", "", niveaux)
	}
	return t
}

// sansClasses says that the school has no class yet for the year.
func (v view) sansClasses() ui.EmptyProps {
	e := ui.EmptyProps{Sentence: "Aucune classe pour " + v.critere.Annee.Libelle() + "."}
	if v.agent.Can(habilitation.GererClasses) {
		e.Href, e.Action = "/classes/nouvelle?annee="+v.critere.values().Get("annee"), "Créer une classe"
	}
	return e
}

func (v view) titreDetail() string {
	return "Élèves " + v.compte() + " par " + strings.ToLower(v.critere.head()) + " et par niveau"
}

func (v view) lieuHref(l lieu) string {
	switch {
	case l.Cle == sansClasse:
		return v.repartitionHref()
	case v.critere.Maille == parClasse:
		return "/classes/" + l.Cle
	case v.critere.Maille == parEcole:
		return "/ecoles/" + l.Cle + "?annee=" + v.critere.values().Get("annee")
	}
	q := v.critere.values()
	q.Set("circonscription", l.Cle)
	q.Set("etat", string(v.critere.Etat))
	return "/effectifs?" + q.Encode()
}

// repartitionHref is where the pupils without a class get one; a radié gets none.
func (v view) repartitionHref() string {
	if v.critere.Etat == scolarite.Radie || v.critere.Etat == scolarite.Admissible {
		return ""
	}
	return "/repartition?annee=" + v.critere.values().Get("annee")
}

// filters are a list's, without its rows. The state that the year counts by itself needs no filter.
func (v view) filters() ui.ListProps {
	usual := scolarite.Compte(v.critere.Annee, v.agent.Aujourdhui())
	etat := ui.Filter{Name: "etat", Label: "Compter"}
	for _, e := range etats[1:] {
		if e.etat == usual {
			etat.All = e.libelle
		} else {
			etat.Options = append(etat.Options, ui.Option{Value: string(e.etat), Label: e.libelle})
		}
	}
	props := ui.ListProps{Path: "/effectifs", Query: v.query, Filters: []ui.Filter{httpx.AnneeFilter(v.agent), etat}, Exports: tableau.Formats}
	if v.critere.Etat == usual {
		props.Query.Del("etat")
	}
	if len(v.lecture.circos) > 0 {
		circo := ui.Filter{Name: "circonscription", Label: "Circonscription", All: "Toutes"}
		for _, c := range v.lecture.circos {
			circo.Options = append(circo.Options, ui.Option{Value: c.Cle, Label: c.Nom})
		}
		props.Filters = append(props.Filters, circo)
	}
	return props
}

func sum(counts []int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}
