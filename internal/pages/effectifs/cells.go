package effectifs

import (
	"strconv"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

// parSexeRow ends a line with the girls, the boys and all of them, each leading to its list.
func parSexeRow(head []templ.Component, n parSexe, c critere, strong bool) ui.ListRow {
	return ui.ListRow{Cells: append(head,
		nombreCell(n.Filles, c.sexue("F").href(pageEleves), strong),
		nombreCell(n.Garcons, c.sexue("M").href(pageEleves), strong),
		nombreCell(n.nombre(), c.href(pageEleves), true))}
}

// sommeCells begin the line of a total.
func sommeCells(texts ...string) []templ.Component {
	cells := ui.Cells(texts...)
	cells[0] = libelleCell(tranche{libelle: texts[0], somme: true})
	return cells
}

// annee is the year as addresses name it.
func (v vue) annee() string { return strconv.Itoa(int(v.critere.Annee)) }

// sansLieu says that there is no class, or no school.
func (v niveauxVue) sansLieu() ui.EmptyProps {
	if v.maille != parClasse {
		return ui.EmptyProps{Sentence: "Aucune école."}
	}
	e := ui.EmptyProps{Sentence: "Aucune classe pour " + v.critere.Annee.Libelle() + "."}
	if v.agent.Can(habilitation.GererClasses) {
		e.Href, e.Action = "/classes/nouvelle?annee="+v.annee(), "Créer une classe"
	}
	return e
}
