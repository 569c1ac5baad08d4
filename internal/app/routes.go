package app

import (
	"base-eleves/internal/httpx"
	"base-eleves/internal/pages/accueil"
	"base-eleves/internal/pages/admissions"
	"base-eleves/internal/pages/affectations"
	"base-eleves/internal/pages/aide"
	"base-eleves/internal/pages/classes"
	"base-eleves/internal/pages/cles"
	"base-eleves/internal/pages/colleges"
	"base-eleves/internal/pages/communes"
	"base-eleves/internal/pages/comptes"
	"base-eleves/internal/pages/connexions"
	"base-eleves/internal/pages/courriers"
	"base-eleves/internal/pages/delegations"
	"base-eleves/internal/pages/dispositifs"
	"base-eleves/internal/pages/ecoles"
	"base-eleves/internal/pages/editions"
	"base-eleves/internal/pages/effectifs"
	"base-eleves/internal/pages/elections"
	"base-eleves/internal/pages/eleves"
	"base-eleves/internal/pages/entrants"
	"base-eleves/internal/pages/extractions"
	"base-eleves/internal/pages/familles"
	"base-eleves/internal/pages/fichiers"
	"base-eleves/internal/pages/formations"
	"base-eleves/internal/pages/fusions"
	"base-eleves/internal/pages/groupes"
	"base-eleves/internal/pages/historiques"
	"base-eleves/internal/pages/immatriculations"
	"base-eleves/internal/pages/inscriptions"
	"base-eleves/internal/pages/journaux"
	"base-eleves/internal/pages/liberations"
	"base-eleves/internal/pages/listes"
	"base-eleves/internal/pages/macle"
	"base-eleves/internal/pages/mutations"
	"base-eleves/internal/pages/oppositions"
	"base-eleves/internal/pages/papiers"
	"base-eleves/internal/pages/passages"
	"base-eleves/internal/pages/pointages"
	"base-eleves/internal/pages/propositions"
	"base-eleves/internal/pages/qualite"
	"base-eleves/internal/pages/raccordements"
	"base-eleves/internal/pages/radiations"
	"base-eleves/internal/pages/rattachements"
	"base-eleves/internal/pages/recherche"
	"base-eleves/internal/pages/registre"
	"base-eleves/internal/pages/remises"
	"base-eleves/internal/pages/rentrees"
	"base-eleves/internal/pages/repartition"
	"base-eleves/internal/pages/reprise"
	"base-eleves/internal/pages/sansecole"
	"base-eleves/internal/pages/sessions"
	"base-eleves/internal/pages/sixiemes"
	"base-eleves/internal/pages/transferts"
	"base-eleves/internal/pages/urgences"
)

// register lists every page of the application.
func register(rt httpx.Router, site *httpx.Site) {
	connexions.New(site).Register(rt)
	site.Register(rt)
	accueil.Pages{Site: site}.Register(rt)
	aide.Pages{Site: site}.Register(rt)
	sessions.Pages{Site: site}.Register(rt)
	macle.Pages{Site: site}.Register(rt)
	journaux.Pages{Site: site}.Register(rt)
	urgences.Pages{Site: site}.Register(rt)
	communes.Pages{Site: site}.Register(rt)
	eleves.Pages{Site: site}.Register(rt)
	recherche.Pages{Site: site}.Register(rt)
	historiques.Pages{Site: site}.Register(rt)
	classes.Pages{Site: site}.Register(rt)
	groupes.Pages{Site: site}.Register(rt)
	dispositifs.Pages{Site: site}.Register(rt)
	repartition.Pages{Site: site}.Register(rt)
	effectifs.Pages{Site: site}.Register(rt)
	ecoles.Pages{Site: site}.Register(rt)
	immatriculations.Pages{Site: site}.Register(rt)
	inscriptions.Pages{Site: site}.Register(rt)
	admissions.Pages{Site: site}.Register(rt)
	passages.Pages{Site: site}.Register(rt)
	rentrees.Pages{Site: site}.Register(rt)
	pointages.Pages{Site: site}.Register(rt)
	transferts.Pages{Site: site}.Register(rt)
	radiations.Pages{Site: site}.Register(rt)
	liberations.Pages{Site: site}.Register(rt)
	papiers.Pages{Site: site}.Register(rt)
	registre.Pages{Site: site}.Register(rt)
	mutations.Pages{Site: site}.Register(rt)
	sansecole.Pages{Site: site}.Register(rt)
	editions.Pages{Site: site}.Register(rt)
	listes.Pages{Site: site}.Register(rt)
	extractions.Pages{Site: site}.Register(rt)
	fichiers.Pages{Site: site}.Register(rt)
	courriers.Pages{Site: site}.Register(rt)
	rattachements.Pages{Site: site}.Register(rt)
	reprise.Pages{Site: site}.Register(rt)
	fusions.Pages{Site: site}.Register(rt)
	oppositions.Pages{Site: site}.Register(rt)
	familles.Pages{Site: site}.Register(rt)
	propositions.Pages{Site: site}.Register(rt)
	qualite.Pages{Site: site}.Register(rt)
	sixiemes.Pages{Site: site}.Register(rt)
	affectations.Pages{Site: site}.Register(rt)
	colleges.Pages{Site: site}.Register(rt)
	cles.Pages{Site: site}.Register(rt)
	comptes.Pages{Site: site}.Register(rt)
	delegations.Pages{Site: site}.Register(rt)
	raccordements.Pages{Site: site}.Register(rt)
	formations.Pages{Site: site}.Register(rt)
	elections.Pages{Site: site}.Register(rt)
	entrants.Pages{Site: site}.Register(rt)
	remises.Pages{Site: site}.Register(rt)
}
