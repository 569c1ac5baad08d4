package eleves

import (
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// edition is the page of a section being edited.
type edition struct {
	vue        vue
	section    section
	version    int
	conflict   []ui.ConflictRow
	commencees []ui.Draft // begun and not recorded
}

// retirable tells whether the page offers to take away what it is about.
func (e edition) retirable() bool {
	r := e.section.retrait
	return r != nil && (r.possible == nil || r.possible(e.vue))
}

// reprendre is the form as the agent has left it, when the address asks for that; otherwise the page offers what he has
// begun. The version is that of his reading: what others have recorded since is a conflict, shown when he saves.
func (p Pages) reprendre(e *edition, f *httpx.Form, r *http.Request, agent habilitation.Agent) (*httpx.Form, error) {
	b, err := p.BrouillonsDe(e.vue.fiche.Brouillons, agent, r)
	if err != nil {
		return nil, err
	}
	if repris := b.Repris(r); repris != nil {
		e.version = repris.Version()
		return repris, nil
	}
	e.commencees = b.Offres()
	return f, nil
}
