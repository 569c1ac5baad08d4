// Package recherche answers the box of the header, on every page: whoever reads pupils comes here to find one without
// knowing how he is written, in which class or in which school he is.
package recherche

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/recherche"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /recherche.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/recherche", habilitation.ConsulterEleves, p.show)
	rt.Get("/recherche.json", habilitation.ConsulterEleves, p.suggest)
	rt.Post("/doublons", habilitation.ChercherDoublons, p.doublons)
}

// How many pupils one reads: on a page, at a glance.
const (
	parPage   = 50
	proposees = 8
)

// resultat is what was looked for and found.
type resultat struct {
	texte   string
	requete recherche.Requete
	trouves []recherche.Trouve
	vaste   bool // too great a territory for a year alone
}

// find looks for what was typed, in one round trip; for too little it does not ask.
func (p Pages) find(ctx context.Context, agent habilitation.Agent, q string) (resultat, error) {
	res := resultat{texte: strings.TrimSpace(q), requete: recherche.Lire(q, agent.Aujourdhui())}
	if res.requete.Large() && agent.Role != habilitation.Directeur {
		res.vaste = true
		return res, nil
	}
	if res.requete.Vide() {
		return res, nil
	}
	var lignes []recherche.Trouve
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { recherche.Queue(l, &lignes, res.requete) })
	res.trouves = recherche.Trouves(lignes, res.requete)
	return res, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	res, err := p.find(r.Context(), agent, r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, recherchePage(res, agent))
}

// proposition is a pupil as the script of the header reads it.
type proposition struct {
	Nom    string `json:"nom"`
	Detail string `json:"detail"`
	Href   string `json:"href"`
}

// suggest answers while one types.
func (p Pages) suggest(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	res, err := p.find(r.Context(), agent, r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	list := make([]proposition, 0, proposees)
	for _, t := range res.trouves[:min(len(res.trouves), proposees)] {
		list = append(list, proposition{
			Nom: t.Nom(), Href: "/eleves/" + t.ID.String(),
			Detail: date.Court(t.DateNaissance) + ", " + t.Raisons(),
		})
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(list)
}

func (res resultat) rows() []ui.ListRow {
	shown := res.trouves[:min(len(res.trouves), parPage)]
	rows := make([]ui.ListRow, len(shown))
	for i, t := range shown {
		rows[i] = ui.ListRow{
			ID: t.ID.String(), Href: "/eleves/" + t.ID.String(), Label: t.Nom(),
			Cells: ui.Cells(t.Nom(), date.Court(t.DateNaissance), lieu(t), situation(t), t.Raisons()),
		}
	}
	return rows
}

func lieu(t recherche.Trouve) string {
	if t.Ecole == "" || t.Commune == "" {
		return t.Ecole + t.Commune
	}
	return t.Ecole + ", " + t.Commune
}

func situation(t recherche.Trouve) string {
	if t.Etat == "" {
		return "Inscrit"
	}
	return t.Etat.Label()
}

// sentence says what there is instead of a list.
func (res resultat) sentence() string {
	switch {
	case res.vaste:
		return "Une année seule désigne trop d’enfants\u00a0: ajoutez un nom."
	case res.requete.Vide():
		return "Tapez au moins deux lettres d’un nom, une date de naissance ou un téléphone."
	case len(res.trouves) == 0:
		return "Personne de votre territoire ne répond à «\u00a0" + res.texte + "\u00a0»."
	case len(res.trouves) > parPage:
		return "Voici les cinquante plus proches\u00a0: ajoutez un prénom ou une date pour en voir moins."
	}
	return ""
}
