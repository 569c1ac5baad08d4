package formulaire

import (
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// Fratrie begins the entry of a brother or a sister of the child whom the address names: « Ajouter un frère ou une sœur ».
// It is nil where the address names nobody.
type Fratrie struct {
	id      uuid.UUID
	famille famille.Famille
}

// LireFratrie reads the address.
func LireFratrie(r *http.Request) (*Fratrie, error) {
	aine := r.URL.Query().Get(ChampAine)
	if aine == "" {
		return nil, nil
	}
	id, err := uuid.Parse(aine)
	if err != nil {
		return nil, refusal.NotFound()
	}
	return &Fratrie{id: id}, nil
}

// Queue reads who he is, with the rest of the page.
func (x *Fratrie) Queue(l *territoire.Lecture, agent habilitation.Agent) {
	if x != nil {
		famille.QueueFamille(l, agent, &x.famille, x.id)
	}
}

// Poser writes in the search what one knows of the child to come.
func (x *Fratrie) Poser(f *httpx.Form) {
	if x != nil {
		f.Values.Set(ChampAine, x.id.String())
		f.Values.Set("nom_famille", x.famille.Aine.NomFamille)
		f.Values.Set(ditAine, x.famille.Aine.Prenom)
	}
}
