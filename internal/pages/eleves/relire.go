package eleves

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/territoire"
)

// relu is a certificate on a page: the words of the paper. It issues nothing: the paper has a number once it is printed.
type relu struct {
	eleve   uuid.UUID
	nom     string
	modele  modele
	numero  document.Numero
	papier  papier.Papier
	chemin  string
	requete url.Values
}

func (c relu) apercu() papier.Apercu {
	return papier.Apercu{Papier: c.papier, Page: 1, Chemin: c.chemin, Requete: c.requete}
}

// etat says whether the paper was issued.
func (c relu) etat() string {
	if c.numero.Rang == 0 {
		return "Tel qu’il s’imprime. Son numéro lui est donné à l’impression."
	}
	return "Tel qu’il a été imprimé sous le numéro " + c.numero.String() + "."
}

// voir shows a certificate of a pupil.
func (p Pages) voir(m modele) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		id, err := httpx.ID(r, "id")
		if err != nil {
			return err
		}
		return p.orOpposee(w, r, p.relire(w, r, agent, m, id))
	}
}

func (p Pages) relire(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, m modele, id uuid.UUID) error {
	c := relu{eleve: id, modele: m, chemin: r.URL.Path, requete: r.URL.Query()}
	if err := p.lireCertificat(r.Context(), agent, &c); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, reluPage(c))
}

// lireCertificat reads what the paper says, and under which number it was issued if it was, in one round trip.
func (p Pages) lireCertificat(ctx context.Context, agent habilitation.Agent, c *relu) error {
	var rows []attestation
	var school ecole.EnTete
	var emises []document.Emise
	var sejours []scolarite.Sejour
	var opposee *struct{ RecueLe time.Time }
	d := un(c.eleve)
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &rows, attestationsSQL(d), append([]any{c.modele.etat, agent.Ecole}, d.args...)...)
		territoire.Une(l, &school, ecole.EnTeteSQL, agent.Ecole)
		territoire.Toutes(l, &emises, document.EmisesSQL(d.apres(2)), append([]any{document.Emetteur(agent), c.modele.typ}, d.args...)...)
		switch {
		case c.modele.periode != "":
			territoire.Toutes(l, &sejours, sejoursSQL, c.eleve, agent.Ecole)
		case c.modele.etat == scolarite.Radie:
			territoire.Peut(l, &opposee, opposition.OuverteSQL, c.eleve)
		}
	})
	switch {
	case err != nil:
		return err
	case len(rows) == 0:
		return p.absent(ctx, agent, c)
	case opposee != nil:
		return opposition.Opposee(opposee.RecueLe)
	case c.modele.periode != "":
		if err := scolarite.Attester(c.modele.du, c.modele.au, agent.Aujourdhui(), sejours); err != nil {
			return err
		}
	}
	return c.ecrire(rows[0], emises, school, agent, p.Code)
}

// absent says why there is nothing to certify.
func (p Pages) absent(ctx context.Context, agent habilitation.Agent, c *relu) error {
	return p.DB.Ecrire(ctx, agent.Portee(), func(tx territoire.Tx) error {
		return c.modele.missing(ctx, tx, []uuid.UUID{c.eleve}, nil)
	})
}

func (c *relu) ecrire(a attestation, emises []document.Emise, school ecole.EnTete, agent habilitation.Agent, sceller sceller) (err error) {
	c.nom = nomme{ID: c.eleve, NomFamille: a.NomFamille, NomUsage: a.NomUsage, Prenom: a.Prenom}.nom()
	c.numero = c.modele.numero(a, emises, agent)
	c.papier, err = c.modele.print([]attestation{a}, []document.Numero{c.numero}, school, agent, sceller)
	return err
}

// numero is that under which the paper was issued, or no number and the present day.
func (m modele) numero(a attestation, emises []document.Emise, agent habilitation.Agent) document.Numero {
	n := document.Deja(agent, m.typ, m.numerotee(a, agent), emises)
	if n.Rang == 0 {
		n.EditeLe = agent.Maintenant
	}
	return n
}
