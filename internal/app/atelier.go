package app

import (
	"maps"

	"base-eleves/internal/domain/travail"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pages/extractions"
	"base-eleves/internal/pages/papiers"
)

// Atelier makes beside the pages of a site the files that they were asked for.
func Atelier(site *httpx.Site) travail.Atelier {
	metiers := extractions.Pages{Site: site}.Metiers()
	maps.Copy(metiers, papiers.Pages{Site: site}.Metiers())
	return travail.Atelier{DB: site.DB, Coffre: site.Coffre, Now: site.Now, Agents: site.Gate.Agents, Metiers: metiers}
}
