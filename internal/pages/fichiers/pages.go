// Package fichiers is where one finds again the long files that the server makes beside the pages: how far each is, the one
// that is ready, the one that was refused. The IA and the service informatique come here too to be the second person of an
// export of many names.
package fichiers

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// Pages serves /fichiers.
type Pages struct{ *httpx.Site }

const (
	chemin = httpx.CheminFichiers
	un     = chemin + "/{fichier}"
)

// Register lists the routes. The word of the second person asks for a fresh proof: names leave the base upon it.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(chemin, habilitation.SuivreFichiers, p.list)
	rt.Get(un, habilitation.Extraire, p.show)
	rt.Get(un+"/etat", habilitation.Extraire, p.etat)
	rt.Get(un+"/contenu", habilitation.Extraire, p.contenu)
	rt.Post(un+"/abandonner", habilitation.Extraire, p.abandonner)
	rt.Recente(httpx.DelaiSecret).Post(un+"/decision", habilitation.ApprouverSorties, p.decider)
}

func path(id uuid.UUID) string { return chemin + "/" + id.String() }

// vue is what the page of all the files shows.
type vue struct {
	agent    habilitation.Agent
	miens    []travail.Travail
	aDecider []travail.Travail
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := vue{agent: agent}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		travail.QueueTous(l, &v.miens)
		if agent.Can(habilitation.ApprouverSorties) {
			travail.QueueADecider(l, agent, &v.aDecider)
		}
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v))
}

// lire reads one of the agent's own files: another's is not found.
func (p Pages) lire(r *http.Request, agent habilitation.Agent) (t travail.Travail, err error) {
	id, err := httpx.ID(r, "fichier")
	if err != nil {
		return t, err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { travail.QueueUn(l, id, &t) })
	return t, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	t, err := p.lire(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(t, r.URL.Query().Get("fixe") == ""))
}

// avancement is how far a file is, for the script of its page.
type avancement struct {
	Texte string `json:"texte"`
	Fait  int    `json:"fait"`
	Fini  bool   `json:"fini"`
}

func (p Pages) etat(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	t, err := p.lire(r, agent)
	if err != nil {
		return err
	}
	return httpx.JSON(w, http.StatusOK, "application/json", avancement{ou(t), t.Fait, !t.Etat.Avance()})
}

// contenu gives a file that is ready. Names that leave the base ask for a fresh proof, as where they leave at once; the
// papers of one's own school do not.
func (p Pages) contenu(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	t, err := p.lire(r, agent)
	if err != nil {
		return err
	}
	if t.Nature != travail.Papier {
		if ok, err := p.Prouver(w, r, agent, httpx.DelaiExport); !ok {
			return err
		}
	}
	if t, err = travail.Ouvrir(r.Context(), p.DB, agent, t.ID); err != nil {
		return err
	}
	httpx.Annoncer(w, t.Genre, t.Nom, t.Taille)
	if err := t.Copier(r.Context(), p.DB, p.Coffre, agent, w); err != nil {
		p.Log.ErrorContext(r.Context(), "a file was cut", "error", err)
		panic(http.ErrAbortHandler) // its length was told: the visitor must see that it is not whole
	}
	return nil
}

func (p Pages) abandonner(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	t, err := p.lire(r, agent)
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, "Fichier abandonné\u00a0: rien n’en est gardé.", "")
		return chemin, travail.Abandonner(ctx, tx, agent, t.ID)
	})
}

// decider is the word of the second person. A request that is none of his département's is not found.
func (p Pages) decider(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "fichier")
	if err != nil {
		return err
	}
	var t travail.Travail
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { travail.QueueVisible(l, id, &t) })
	if err != nil {
		return err
	}
	accord := r.PostFormValue("accord") == "oui"
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		said := "Demande refusée\u00a0: rien ne sortira."
		if accord {
			said = "Demande approuvée\u00a0: le fichier se prépare pour " + t.Demandeur + "."
		}
		p.Flash(ctx, said, "")
		return chemin, travail.Decider(ctx, tx, agent, id, accord)
	})
}
