// Package ecoles is where a mairie, an IEN and an IA see the schools of their territory: who is there, niveau by niveau,
// and the sheet of each school with its classes; and where the IA opens, closes, merges and splits schools. The directory
// is public; the territory is that of the agent, and a school outside of it is not found.
package ecoles

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /ecoles.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/ecoles", habilitation.ConsulterEcoles, p.list)
	for _, format := range tableau.Formats {
		rt.Get("/ecoles."+format, habilitation.ConsulterEcoles, p.exportList)
	}
	rt.Get(pathDecisions, habilitation.Restructurer, p.decisions)
	rt.Get(pathDecisions+"/{id}", habilitation.Restructurer, p.showDecision)
	for _, what := range []string{"executer", "annuler", "abandonner"} {
		rt.Post(pathDecisions+"/{id}/"+what, habilitation.Restructurer, p.submitDecision(what))
	}
	for _, g := range []restructuration.Genre{restructuration.Ouverture, restructuration.Fusion, restructuration.Fermeture, restructuration.Scission} {
		rt.Get(pathAnnonce[g], habilitation.Restructurer, p.ask(g))
		rt.Post(pathAnnonce[g], habilitation.Restructurer, p.submit(g))
	}
	rt.Get("/ecoles/{uai}", habilitation.ConsulterEcoles, p.show)
}
