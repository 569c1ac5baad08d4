// Package effectifs counts the pupils of one's territory, live: by niveau and by state, by class for a directeur, by
// school for a mairie and an IEN, by circonscription then by school for an IA. A number leads to the list it counts.
package effectifs

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /effectifs.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/effectifs", habilitation.ConsulterEffectifs, p.show)
	for _, format := range tableau.Formats {
		rt.Get("/effectifs."+format, habilitation.ConsulterEffectifs, p.export)
	}
}
