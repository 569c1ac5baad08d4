package cles

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// faits are what the next page says of an act.
var faits = map[cle.Geste]string{
	cle.Attribuer: "La clé est attribuée. Remettez-la contre un reçu signé.",
	cle.Reprendre: "La clé est de nouveau en stock.",
	cle.Remettre:  "La clé est remise. Son premier code juste la mettra en service.",
	cle.Suspendre: "La clé est suspendue\u00a0: elle n’ouvre plus rien, et les sessions ouvertes sont coupées.",
	cle.Retablir:  "La clé est rétablie. Le prochain code juste la remettra en service.",
	cle.Perdre:    "La clé est déclarée perdue\u00a0: elle n’ouvre plus rien, et les sessions ouvertes sont coupées.",
	cle.Restituer: "La clé est restituée\u00a0: elle n’ouvre plus rien.",
	cle.Ranger:    "La clé est de nouveau en stock.",
}

// confirmation is said of a key that goes with a letter of the same hand.
const confirmation = " Vous avez aussi fait la lettre de son titulaire\u00a0: l’inspection académique doit lui accorder de nouveau ses habilitations."

// acte does something to the key of the address.
type acte func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (aConfirmer int, err error)

func (p Pages) faire(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, said string, do acte) error {
	id, form, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		aConfirmer, err := do(ctx, tx, id, f)
		if err != nil {
			return "", err
		}
		if aConfirmer > 0 {
			p.Warn(ctx, said+confirmation)
		} else {
			p.Flash(ctx, said, "")
		}
		return path + "/" + id.String(), nil
	})
	if status == 0 {
		return err
	}
	f, err := p.lire(r.Context(), agent, id)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		form.Refuse("", "La clé a changé d’état depuis que vous avez ouvert la page. La voici telle qu’elle est maintenant.")
	}
	f.form = form
	return p.Render(w, r, status, showPage(f))
}

// geste is the page of an act that needs nothing but the key.
func (p Pages) geste(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, g cle.Geste) error {
	return p.faire(w, r, agent, faits[g], func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (int, error) {
		return cle.Faire(ctx, tx, agent, id, f.Version(), g)
	})
}

func (p Pages) reprendre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Reprendre)
}

func (p Pages) remettre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Remettre)
}

func (p Pages) suspendre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Suspendre)
}

func (p Pages) retablir(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Retablir)
}

func (p Pages) perdre(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Perdre)
}

func (p Pages) restituer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Restituer)
}

func (p Pages) ranger(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.geste(w, r, agent, cle.Ranger)
}

func (p Pages) attribuer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.faire(w, r, agent, faits[cle.Attribuer], func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (int, error) {
		identifiant := f.Required("identifiant", 100, "Indiquez l’identifiant du titulaire.")
		if err := f.Err(); err != nil {
			return 0, err
		}
		return 0, cle.Donner(ctx, tx, agent, id, f.Version(), identifiant)
	})
}

// recaler sets the key by the two codes that its holder reads out. They are judged before the act, where its secret may
// be read; what was sent twice is answered without being judged again.
func (p Pages) recaler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	if _, err := p.lire(r.Context(), agent, id); err != nil {
		return err
	}
	typed, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	premier := typed.Required("code", 20, "Recopiez le premier code.")
	second := typed.Required("code_suivant", 20, "Recopiez le code suivant.")
	refus := typed.Err()
	marche, mesure := cle.Mesurer(r.Context(), p.DB, p.Coffre, id, premier, second, agent.Maintenant)
	return p.faire(w, r, agent, "La clé est recalée\u00a0: ses prochains codes ouvriront.",
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, _ *httpx.Form) (int, error) {
			switch {
			case refus != nil:
				return 0, refus
			case mesure != nil:
				return 0, mesure
			}
			return 0, cle.Recaler(ctx, tx, agent, id, marche)
		})
}
