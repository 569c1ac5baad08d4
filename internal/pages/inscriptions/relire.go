package inscriptions

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
)

// relu is the certificat d'inscription on a page: the words of the paper, whose number and date are those of its first printing.
type relu struct {
	certificat
	papier papier.Papier
}

func (c relu) apercu() papier.Apercu {
	return papier.Apercu{Papier: c.papier, Page: 1, Chemin: c.detail.href() + "/certificat", Fichier: c.detail.certificatHref()}
}

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
	c.mairie, c.numero.EditeLe = agent.Territoire, agent.Maintenant
	c.detail, err = p.readDetail(ctx, agent, id)
	switch {
	case err != nil:
		return c, err
	case c.detail.acte.DateRadiation != nil:
		return c, errRadie
	case !c.detail.certifiable():
		return c, errNonInscrit
	}
	return c, nil
}
