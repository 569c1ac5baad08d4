// Package registre is where a directeur reads the registre des élèves inscrits, all years together, and certifies to a
// former pupil that he was there, wherever his file has gone since. The IA reads that of each school of its département,
// those that have closed among them.
package registre

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /registre.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/registre", habilitation.ConsulterRegistre, p.list)
	rt.Get("/registre.csv", habilitation.ConsulterRegistre, p.export)
	rt.Get("/registre.xlsx", habilitation.ConsulterRegistre, p.export)
	rt.Get("/registre.pdf", habilitation.ConsulterRegistre, p.export)
	rt.Get("/registre/{id}", habilitation.ConsulterRegistre, p.show)
	rt.Get(cheminAnnee, habilitation.ConsulterRegistre, p.voirAnnee)
	rt.Get(cheminAnnee+".pdf", habilitation.ConsulterRegistre, p.imprimerAnnee)
	for _, c := range []certificat{deScolarite, deRadiation} {
		rt.Get("/registre/{id}"+c.chemin, habilitation.EditerCertificats, p.voir(c))
		rt.Get("/registre/{id}"+c.chemin+".pdf", habilitation.EditerCertificats, p.imprimer(c))
	}
}

func path(id uuid.UUID) string { return "/registre/" + id.String() }
