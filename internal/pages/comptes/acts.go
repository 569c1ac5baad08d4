package comptes

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// renew makes a new letter: what opened the account before opens it no more.
func (p Pages) renew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	secret := domaine.NouvelleActivation()
	empreinte, err := p.Gate.EmpreinteActivation(r.Context(), secret)
	if err != nil {
		return err
	}
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, _ *httpx.Form) (string, error) {
		if err := domaine.Renouveler(ctx, tx, agent, id, empreinte); err != nil {
			return "", err
		}
		l, err := territoire.Ligne[lettre](ctx, tx, `select id, trim(civilite || ' ' || prenom || ' ' || nom) as qui, identifiant, '' as secret from compte where id = $1`, id)
		if err != nil {
			return "", err
		}
		l.Secret = secret
		return pathLettres, p.garder(ctx, agent, []lettre{l})
	})
}

func (p Pages) suspend(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		err := domaine.Suspendre(ctx, tx, agent, id, f.Text("motif"))
		if err == nil {
			p.Flash(ctx, "Le compte est suspendu\u00a0: il n’ouvre plus rien.", "")
		}
		return path + "/" + id.String(), err
	})
}

func (p Pages) reopen(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, _ *httpx.Form) (string, error) {
		err := domaine.Reactiver(ctx, tx, agent, id)
		if err == nil {
			p.Flash(ctx, "Le compte est réactivé.", "")
		}
		return path + "/" + id.String(), err
	})
}

// withdraw takes back a habilitation, or a demand.
func (p Pages) withdraw(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	h, err := httpx.ID(r, "habilitation")
	if err != nil {
		return err
	}
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, _ *httpx.Form) (string, error) {
		if err := deCeCompte(ctx, tx, h, id); err != nil {
			return "", err
		}
		err := mandat.Retirer(ctx, tx, agent, h, journal.RetirerHabilitation, "")
		if err == nil {
			p.Flash(ctx, "L’habilitation est retirée\u00a0: elle n’ouvre plus rien.", "")
		}
		return path + "/" + id.String(), err
	})
}

// on does an act on the account of the address; refused, the page of the account says why.
func (p Pages) on(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error),
) error {
	id, f, status, err := p.ActOn(w, r, agent, do)
	if status == 0 {
		return err
	}
	fiche, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	fiche.form = f
	return p.Render(w, r, status, showPage(fiche))
}
