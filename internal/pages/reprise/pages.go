// Package reprise is where a directeur takes his school over from its old files, and gives its pupils to other programs.
// He sends a file, says what its columns hold, reads what each line would change, has it done, and may have it undone.
package reprise

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /reprise.
type Pages struct{ *httpx.Site }

// Register lists the routes, in the order in which the directeur meets them.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/reprise", habilitation.Reprendre, p.list)
	rt.Post("/reprise", habilitation.Reprendre, p.deposit)
	rt.Get("/reprise/{id}", habilitation.Reprendre, p.columns)
	rt.Post("/reprise/{id}", habilitation.Reprendre, p.choose)
	rt.Get("/reprise/{id}/apercu", habilitation.Reprendre, p.preview)
	rt.Post("/reprise/{id}/appliquer", habilitation.Reprendre, p.apply)
	rt.Get("/reprise/operations/{id}", habilitation.Reprendre, p.show)
	rt.Post("/reprise/operations/{id}/annuler", habilitation.Reprendre, p.undo)
	rt.Get("/reprise/exports", habilitation.Reprendre, p.exports)
	leaves := rt.Recente(httpx.DelaiExport) // a whole school, with its INE
	leaves.Get("/reprise/onde-eleves.csv", habilitation.Reprendre, p.exportEleves)
	leaves.Get("/reprise/onde-responsables.csv", habilitation.Reprendre, p.exportResponsables)
}

// etapes are the steps of a take-over.
var etapes = []string{"Fichier", "Colonnes", "Aperçu", "Résultat"}
