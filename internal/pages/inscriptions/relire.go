package inscriptions

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/internal/territoire"
)

// relu is the certificat d'inscription on a page: the words of the paper, which has a number once it is printed.
type relu struct {
	certificat
	papier papier.Papier
}

func (c relu) apercu() papier.Apercu {
	return papier.Apercu{Papier: c.papier, Page: 1, Chemin: c.detail.href() + "/certificat", Fichier: c.detail.certificatHref()}
}

// emisesSQL lists the certificates that a commune has issued about the child of an inscription.
const emisesSQL = `
	select annee, numero, edite_le, empreinte from document
	where emetteur = $1 and type = $2 and eleve_id = (select eleve_id from inscription where id = $3)`

// relire shows the certificate; it issues nothing.
func (p Pages) relire(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.lireCertificat(r.Context(), agent, id)
	if err != nil {
		return err
	}
	if c.papier, err = c.certificat.papier(p.Code); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, reluPage(c))
}

func (p Pages) lireCertificat(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (c relu, err error) {
	var emises []document.Emise
	c.mairie = agent.Territoire
	c.detail, err = p.readDetail(ctx, agent, id, func(l *territoire.Lecture) {
		territoire.Toutes(l, &emises, emisesSQL, document.Emetteur(agent), document.CertificatInscription, id)
	})
	switch {
	case err != nil:
		return c, err
	case c.detail.acte.DateRadiation != nil:
		return c, errRadie
	case !c.detail.certifiable():
		return c, errNonInscrit
	}
	c.numero = document.Deja(agent, document.CertificatInscription, c.numerotee(), emises)
	if c.numero.Rang == 0 {
		c.numero.EditeLe = agent.Maintenant
	}
	return c, nil
}
