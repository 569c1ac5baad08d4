// Package effectifs counts the pupils of one's territory on any day: by niveau and state, by class, school or
// circonscription, by year of birth and sexe, by commune of residence, and from one year to the next. The mairie, the
// directeur, the IEN and the IA come here. A number and the list that it opens are one critere, hence one condition in
// SQL: they cannot differ.
package effectifs

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /effectifs.
type Pages struct{ *httpx.Site }

// Addresses of the pages of the subject.
const (
	pageNiveaux   = "/effectifs"
	pageClasses   = "/effectifs/classes"
	pageAges      = "/effectifs/ages"
	pageCommunes  = "/effectifs/communes"
	pageEvolution = "/effectifs/evolution"
	pageEleves    = "/effectifs/eleves"
)

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	for _, page := range []struct {
		path  string
		droit habilitation.Droit
		show  httpx.Page
		table func(context.Context, vue) (tableau.Table, error)
	}{
		{pageNiveaux, habilitation.ConsulterEffectifs, p.niveaux, p.lieuxTable},
		{pageNiveaux + "/niveaux", habilitation.ConsulterEffectifs, nil, p.niveauxTable},
		{pageClasses, habilitation.ConsulterClasses, p.classes, p.classesTable},
		{pageAges, habilitation.ConsulterEffectifs, p.ages, p.agesTable},
		{pageCommunes, habilitation.ConsulterEffectifs, p.communes, p.communesTable},
		{pageEvolution, habilitation.ConsulterEffectifs, p.evolution, p.evolutionTable},
		{pageEleves, habilitation.ConsulterEffectifs, p.eleves, p.elevesTable},
	} {
		if page.show != nil {
			rt.Get(page.path, page.droit, page.show)
		}
		for _, format := range tableau.Formats {
			rt.Get(page.path+"."+format, page.droit, p.export(page.path, page.table))
		}
	}
}

// export gives a table in the format of the address; it is noted in the journal.
func (p Pages) export(path string, table func(context.Context, vue) (tableau.Table, error)) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		v := newVue(r, agent, path)
		t, err := table(r.Context(), v)
		if err != nil {
			return err
		}
		if err := p.noter(r.Context(), v); err != nil {
			return err
		}
		t.Details = append(v.details(), t.Details...)
		t.Issuer, t.Made, t.Empty = agent.Territoire, agent.Maintenant, personne
		return p.Export(w, r, agent, "effectifs-"+v.critere.Le.Format("2006-01-02"), t)
	}
}
