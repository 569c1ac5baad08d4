// Package macle is where each agent sees the key that he holds, adds passkeys to it, makes the recovery codes that stand in
// for it, and reads what has happened to his account since he last came.
package macle

import (
	"context"
	"net/http"
	"time"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /ma-cle.
type Pages struct{ *httpx.Site }

const (
	path      = "/ma-cle"
	pathCodes = path + "/codes"
	pathAppli = path + "/application"
	pathAcces = path + "/acces"
	pathMot   = path + "/mot-de-passe"
)

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.Accueil, p.show)
	rt.Get(pathCodes, habilitation.Accueil, p.codes)
	secret := rt.Recente(httpx.DelaiSecret)
	secret.Post(pathCodes, habilitation.Accueil, p.renew)
	secret.Get(pathAppli, habilitation.Accueil, p.prepare)
	rt.Post(pathAppli, habilitation.Accueil, p.enrol)
	secret.Get(pathMot, habilitation.Accueil, p.askMotDePasse)
	rt.Post(pathMot, habilitation.Accueil, p.changeMotDePasse)
	secret.Get(pathAcces, habilitation.Accueil, p.newAcces)
	secret.Post(pathAcces, habilitation.Accueil, p.addAcces)
	secret.Post(pathAcces+"/{id}/retirer", habilitation.Accueil, p.removeAcces)
}

// tenue is a key in the agent's hands.
type tenue struct {
	NumeroSerie string
	Materielle  bool
	Etat        cle.Etat
	EtatLe      time.Time
}

// vue is what the page shows.
type vue struct {
	cles    []tenue
	acces   []compte.MonAcces
	secours compte.Secours
	avis    []compte.Avis
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var v vue
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.cles, `select numero_serie, materielle, etat, etat_le from mes_cles()`)
		compte.QueueMesAcces(l, &v.acces)
		compte.QueueSecours(l, &v.secours)
		compte.QueueAvis(l, &v.avis)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

func (v vue) table() ui.TableProps {
	props := ui.TableProps{Caption: "Clés à votre nom", Columns: []ui.Column{{Label: "Numéro"}, {Label: "Sorte"}, {Label: "État"}, {Label: "Depuis"}}}
	for _, k := range v.cles {
		props.Rows = append(props.Rows, ui.ListRow{Cells: ui.Cells(k.NumeroSerie, k.sorte(), k.Etat.Label(), date.Heure(k.EtatLe))})
	}
	return props
}

func (k tenue) sorte() string {
	if k.Materielle {
		return "Boîtier"
	}
	return "Application"
}

// reste says how many recovery codes there are to use.
func (v vue) reste() string {
	if v.secours.Faits == 0 {
		return "Vous n’avez pas de code de secours."
	}
	return ui.Plural(v.secours.Restants, "code reste", "codes restent") + " à utiliser, sur " + ui.Count(v.secours.Faits) +
		" faits le " + date.Long(*v.secours.FaitsLe) + "."
}

func (v vue) histoire() ui.TableProps {
	props := ui.TableProps{Caption: "Ce qui est arrivé à votre compte", Columns: []ui.Column{{Label: "Quand"}, {Label: "Quoi"}}}
	for _, a := range v.avis {
		props.Rows = append(props.Rows, ui.ListRow{Cells: ui.Cells(date.Heure(a.Le), a.Libelle())})
	}
	return props
}

// keyCodes is where the codes wait for the page that shows them once.
const keyCodes = "codes_secours"

// renew makes new recovery codes: the former ones open nothing any more.
func (p Pages) renew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return pathCodes, p.GarderSecret(ctx, agent, keyCodes, compte.RefaireSecours(tx, agent))
	})
}

func (p Pages) codes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var list []string
	p.PrendreSecret(r.Context(), agent, keyCodes, &list)
	return p.Render(w, r, http.StatusOK, codesPage(list, agent))
}
