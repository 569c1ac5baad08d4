package inscriptions

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// fiche is the page of a child entered for the first time.
type fiche struct {
	form       *httpx.Form
	choix      choix
	info       string        // what the search has found
	identiques []eleve.Connu // who may be the same child
	accueil    *formulaire.Accueil
}

// openFiche shows the form of a new child, with what the search has typed already.
func (p Pages) openFiche(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	readRecherche(f)
	if f.Err() != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, recherchePage(f, nil))
	}
	return p.renderFiche(w, r, agent, f, "")
}

// renderFiche shows the form of a new child, filled with what one knows and what is likely.
func (p Pages) renderFiche(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, searched *httpx.Form, info string) error {
	c, err := p.readChoix(r.Context(), agent)
	if err != nil {
		return err
	}
	f := httpx.NewForm(nil)
	for _, name := range champsRecherche {
		f.Values.Set(name, searched.Text(name))
	}
	formulaire.Preparer(f)
	c.proposer(f, agent, searched.DateOrNone("date_naissance"))
	page := fiche{form: f, choix: c, info: info}
	if !c.Stricte {
		if page.accueil, err = formulaire.LireAccueil(r.Context(), p.DB, agent, f); err != nil {
			return err
		}
		page.accueil.Reprendre(f)
		c.memeEcole(f, page.accueil)
	}
	return p.showFiche(w, r, agent, http.StatusOK, page)
}

// showFiche shows the form with the family of the child, or those that may be his.
func (p Pages) showFiche(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, status int, page fiche) (err error) {
	if page.accueil == nil && !page.choix.Stricte {
		if page.accueil, err = formulaire.LireAccueil(r.Context(), p.DB, agent, page.form); err != nil {
			return err
		}
	}
	return p.Render(w, r, status, fichePage(page))
}

// memeEcole proposes the school of the brother or sister, where it has the niveau.
func (c choix) memeEcole(f *httpx.Form, a *formulaire.Accueil) {
	if a.Famille == nil {
		return
	}
	for _, e := range c.ouvertes() {
		if e.UAI == a.Famille.Aine.EcoleUAI && e.Type.Ouvre(ecole.Niveau(f.Text("niveau"))) {
			f.Values.Set("ecole_uai", e.UAI)
		}
	}
}

// inscrire inscribes: a child whom the register knows when the form says which, a new one otherwise.
func (p Pages) inscrire(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	if f.Values.Get("eleve_id") != "" {
		return p.inscrireConnu(w, r, agent, f)
	}
	c, err := p.readChoix(r.Context(), agent)
	if err != nil {
		return err
	}
	if formulaire.DemandeFamille(f) || formulaire.Change(f) {
		return p.showFiche(w, r, agent, http.StatusOK, fiche{form: f, choix: c})
	}
	return p.inscrireNouveau(w, r, agent, f, c)
}

// inscrireNouveau opens the file of a child and inscribes him, in one act.
func (p Pages) inscrireNouveau(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, c choix) error {
	if id := formulaire.Meme(f); id != uuid.Nil {
		f.Values.Set("eleve_id", id.String())
		return p.proposerConnu(w, r, agent, f)
	}
	n := c.readEnfant(f, agent)
	d := c.readDemande(f, agent, n.Identite.DateNaissance)
	n.Ecole, n.Commune = d.Ecole, agent.Commune
	page, err := fiche{form: f, choix: c}, f.Err()
	if err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			var err error
			if page.identiques, err = refuserIdentique(ctx, tx, f, n.Identite); err != nil {
				return "", err
			}
			var to string
			err = formulaire.Accueillir(ctx, tx, agent, f, n, func(n eleve.Nouveau) (id uuid.UUID, err error) {
				if id, err = eleve.Creer(tx, agent, n); err != nil {
					return id, err
				}
				for _, other := range formulaire.Jamais(f, page.identiques) {
					eleve.Distinguer(tx, agent, id, other)
				}
				to, err = p.inscrit(ctx, tx, agent, id, d)
				return id, err
			})
			if err == nil && f.Checked("suite") {
				to = p.suivant(ctx, f)
			}
			return to, err
		})
		err = formulaire.Montrer(r.Context(), p.DB, agent, n.Identite, &page.identiques, err)
	}
	if f.Refused(err) {
		return p.showFiche(w, r, agent, http.StatusUnprocessableEntity, page)
	}
	return err
}

// suivant leads to the next child, where one asked for it, rather than to the inscription just made.
func (p Pages) suivant(ctx context.Context, f *httpx.Form) string {
	p.Flash(ctx, "L’inscription de "+f.Text("prenom")+" "+f.Text("nom_famille")+" est enregistrée. Saisissez l’enfant suivant.", "")
	return pathNouvelle
}

// readEnfant reads the child; in a strict commune his état civil only.
func (c choix) readEnfant(f *httpx.Form, agent habilitation.Agent) eleve.Nouveau {
	if !c.Stricte {
		return formulaire.Enfant(f, agent)
	}
	n := eleve.Nouveau{Identite: formulaire.NouvelleIdentite(f), Stricte: true}
	formulaire.Refuser(f, n.Valider(agent))
	return n
}

// refuserIdentique asks whoever enters a child that the register may have already to say of each that he is another one.
// A form that says so of all at once is one of a program.
func refuserIdentique(ctx context.Context, tx territoire.Tx, f *httpx.Form, i eleve.Identite) ([]eleve.Connu, error) {
	identiques, err := eleve.Ressemblants(ctx, tx, i)
	if err != nil || f.Checked("confirmer_nouveau") {
		return nil, err
	}
	return identiques, formulaire.Trancher(f, identiques)
}
