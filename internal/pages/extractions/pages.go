// Package extractions is where a directeur, a mairie, an inspection take a file of names out of the base: which groups of
// fields, over which part of the territory, on which day, why. The page says how many pupils would leave before they do;
// the agent proves again who he is, and the journal keeps what he took. The files of an espace numérique de travail are made
// beside, and checked before they are given.
package extractions

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/httpx"
)

// Pages serves /extractions.
type Pages struct{ *httpx.Site }

const (
	chemin  = "/extractions"
	apercu  = chemin + "/apercu"
	fichier = chemin + "/fichier"

	annuaire        = chemin + "/ent"
	fichierAnnuaire = annuaire + "/fichier"
)

// Register lists the routes. The proof is asked for before the preview, so that the file follows at once.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(chemin, habilitation.Extraire, p.choose)
	leaves := rt.Recente(httpx.DelaiExport)
	leaves.Get(apercu, habilitation.Extraire, p.preview)
	leaves.Post(fichier, habilitation.Extraire, p.take)
	rt.Get(annuaire, habilitation.AlimenterENT, p.roster)
	leaves.Post(fichierAnnuaire, habilitation.AlimenterENT, p.takeRoster)
}

// Metiers makes beside the pages what was asked for here.
func (p Pages) Metiers() map[travail.Nature]travail.Metier {
	return map[travail.Nature]travail.Metier{travail.Extraction: p.preparer, travail.ENT: p.preparerRoster}
}
