package eleves

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// lot is certificates on a page, one after the other, as they are printed.
type lot struct {
	modele  modele
	papier  papier.Papier
	classes []libelle // to choose from, nil where the address has chosen
	chemin  string
	requete url.Values
}

// Addresses of the certificates of several pupils.
const (
	cheminScolarite = "/eleves/certificats-scolarite"
	cheminRadiation = "/eleves/certificats-radiation"
)

// registerCertificats lists the routes of the certificates of several pupils: read on a page, then printed.
func (p Pages) registerCertificats(rt httpx.Router) {
	p.registerLot(rt, cheminScolarite, modeleScolarite)
	p.registerLot(rt, cheminRadiation, modeleRadiation)
	rt.Get("/eleves/{id}/certificats-fratrie", habilitation.EditerCertificats, p.voirLot(modeleScolarite, fratrie))
	rt.Get("/eleves/{id}/certificats-fratrie.pdf", habilitation.EditerCertificats, p.imprimerLot(modeleScolarite, fratrie))
}

func (p Pages) registerLot(rt httpx.Router, chemin string, m modele) {
	rt.Get(chemin, habilitation.EditerCertificats, p.voirLot(m, designer))
	rt.Post(chemin, habilitation.EditerCertificats, p.cocher(chemin))
	rt.Get(chemin+".pdf", habilitation.EditerCertificats, p.imprimerLot(m, designer))
	rt.Post(chemin+".pdf", habilitation.EditerCertificats, p.imprimerLot(m, cochees))
}

func (l lot) apercu() papier.Apercu {
	return papier.Apercu{
		Papier: l.papier, Page: httpx.PageAsked(l.requete), Chemin: l.chemin, Requete: l.requete, Vide: l.vide(),
		Mot: [2]string{"certificat", "certificats"},
	}
}

func (l lot) titre() string { return strings.Replace(l.modele.titre, "Certificat", "Certificats", 1) }

func (l lot) vide() string {
	if len(l.requete) == 0 {
		return "Choisissez une classe, ou toute l’école. Pour quelques élèves, cochez-les dans la liste."
	}
	return "Aucun élève ne répond à ce choix."
}

func (l lot) options() ui.ListProps {
	f := ui.Filter{Name: "classe", Label: "Pour", All: "Choisir", Options: []ui.Option{{Value: toute, Label: "Toute l’école"}}}
	for _, c := range l.classes {
		f.Options = append(f.Options, ui.Option{Value: c.Cle, Label: c.Libelle})
	}
	return ui.ListProps{Path: l.chemin, Query: l.requete, Filters: []ui.Filter{f}}
}

// cocher leads from the lines ticked in a list to the page of their certificates.
func (p Pages) cocher(chemin string) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		d, err := cochees(r, agent)
		if err != nil {
			return err
		}
		q := url.Values{}
		for _, id := range d.ids {
			q.Add("id", id.String())
		}
		http.Redirect(w, r, chemin+"?"+q.Encode(), http.StatusSeeOther)
		return nil
	}
}

func (p Pages) imprimerLot(m modele, designer designant) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		d, err := designer(r, agent)
		if err != nil {
			return err
		}
		return p.issue(w, r, agent, m, d)
	}
}

func (p Pages) voirLot(m modele, designer designant) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		d, err := designer(r, agent)
		if err != nil {
			return err
		}
		l := lot{modele: m, chemin: r.URL.Path, requete: r.URL.Query()}
		if err := p.lireLot(r.Context(), agent, &l, d); err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, lotPage(l))
	}
}

// lireLot reads what the papers say and under which numbers they were issued, in one round trip. It issues nothing.
func (p Pages) lireLot(ctx context.Context, agent habilitation.Agent, l *lot, d designation) error {
	var rows []attestation
	var school ecole.EnTete
	var emises []document.Emise
	var opposee *struct{ RecueLe time.Time }
	err := p.DB.Lire(ctx, agent.Portee(), func(r *territoire.Lecture) {
		territoire.Toutes(r, &rows, attestationsSQL(d), append([]any{l.modele.etat, agent.Ecole}, d.args...)...)
		territoire.Une(r, &school, ecole.EnTeteSQL, agent.Ecole)
		territoire.Toutes(r, &emises, document.EmisesSQL(d.apres(2)), append([]any{document.Emetteur(agent), l.modele.typ}, d.args...)...)
		switch {
		case l.modele.etat == scolarite.Radie:
			territoire.Peut(r, &opposee, opposition.OuverteParmiSQL(d.apres(0)), d.args...)
		case l.chemin == cheminScolarite:
			territoire.Toutes(r, &l.classes, classesSQL, int(ecole.AnneeDe(agent.Aujourdhui())), agent.Ecole)
		}
	})
	list := uns(rows)
	switch {
	case err != nil:
		return err
	case len(list) < len(d.ids):
		return p.absents(ctx, agent, l.modele, d.ids, list)
	case len(list) == 0 && l.chemin != cheminScolarite:
		return refusal.NotFound()
	case opposee != nil:
		return opposition.Opposee(opposee.RecueLe)
	}
	numeros := make([]document.Numero, len(list))
	for i, a := range list {
		numeros[i] = l.modele.numero(a, emises, agent)
	}
	l.papier, err = l.modele.print(list, numeros, school, agent, p.Code)
	return err
}

// absents says of whom there is nothing to certify.
func (p Pages) absents(ctx context.Context, agent habilitation.Agent, m modele, ids []uuid.UUID, found []attestation) error {
	return p.DB.Ecrire(ctx, agent.Portee(), func(tx territoire.Tx) error { return m.missing(ctx, tx, ids, found) })
}
