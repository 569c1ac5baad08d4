package comptes

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// renew makes a new letter: what opened the account before opens it no more.
func (p Pages) renew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	secret := domaine.NouvelleActivation()
	empreinte, err := p.Gate.EmpreinteActivation(r.Context(), secret)
	if err != nil {
		return err
	}
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, _ *httpx.Form) (string, error) {
		aConfirmer, err := domaine.Renouveler(ctx, tx, agent, id, empreinte)
		if err != nil {
			return "", err
		}
		p.direAConfirmer(ctx, aConfirmer)
		l, err := territoire.Ligne[lettre](ctx, tx, `select id, trim(civilite || ' ' || prenom || ' ' || nom) as qui, identifiant, '' as secret from compte where id = $1`, id)
		if err != nil {
			return "", err
		}
		l.Secret = secret
		return pathLettres, p.garder(ctx, agent, []lettre{l})
	})
}

// renewMany makes the letters of the accounts ticked, which nobody has opened yet: those of a file, those whose letter was
// lost in the post.
func (p Pages) renewMany(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	ids := f.UUIDs("id", "Cochez au moins un compte.")
	if len(ids) > parPage {
		f.Refuse("id", "Faites les lettres par cinquante au plus.")
	}
	var secrets map[uuid.UUID]activation
	if err = f.Err(); err == nil {
		if secrets, err = p.activer(r.Context(), ids); err != nil {
			return err
		}
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			list, aConfirmer, err := renouveler(ctx, tx, agent, ids, secrets)
			if err != nil {
				return "", err
			}
			p.direAConfirmer(ctx, aConfirmer)
			return pathLettres, p.garder(ctx, agent, list)
		})
	}
	if !f.Refused(err) {
		return err
	}
	return p.showList(w, r, agent, http.StatusUnprocessableEntity, f, ids)
}

// activation is a secret, and what the base keeps of it.
type activation struct{ secret, empreinte string }

// activer draws the secrets of accounts. The hashes are made one after the other: those who log in meanwhile have the
// other places at the hash.
func (p Pages) activer(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]activation, error) {
	secrets := make(map[uuid.UUID]activation, len(ids))
	for _, id := range ids {
		a := activation{secret: domaine.NouvelleActivation()}
		var err error
		if a.empreinte, err = p.Gate.EmpreinteActivation(ctx, a.secret); err != nil {
			return nil, err
		}
		secrets[id] = a
	}
	return secrets, nil
}

const aActiverSQL = `
	select id, trim(civilite || ' ' || prenom || ' ' || nom) as qui, identifiant, '' as secret from compte
	where id = any ($1) and a_changer and actif order by cle_nom(nom), cle_nom(prenom), id`

func renouveler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ids []uuid.UUID, secrets map[uuid.UUID]activation) (list []lettre, aConfirmer int, err error) {
	list, err = territoire.Lignes[lettre](ctx, tx, aActiverSQL, ids)
	if err != nil {
		return nil, 0, err
	}
	if len(list) != len(secrets) {
		return nil, 0, refusal.InConflict("Un de ces comptes est en service ou suspendu : sa lettre se refait depuis sa page.")
	}
	for i, l := range list {
		n, err := domaine.Renouveler(ctx, tx, agent, l.ID, secrets[l.ID].empreinte)
		if err != nil {
			return nil, 0, err
		}
		aConfirmer += n
		list[i].Secret = secrets[l.ID].secret
	}
	return list, aConfirmer, nil
}

// direAConfirmer tells who made a letter that he has handed over the key too.
func (p Pages) direAConfirmer(ctx context.Context, n int) {
	if n > 0 {
		p.Warn(ctx, "Vous avez aussi remis la clé\u00a0: l’inspection académique doit accorder de nouveau "+ui.Plural(n, "habilitation", "habilitations")+".")
	}
}

// delegueesSQL counts the delegations that an account has given, and that last.
const delegueesSQL = `select count(*) from habilitation where delegue_par = $1 and etat = 'accordee' and fin >= $2`

func (p Pages) suspend(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.on(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		if err := domaine.Suspendre(ctx, tx, agent, id, f.Text("motif")); err != nil {
			return "", err
		}
		var n int // what he gave is others' work: it goes on until it is looked at
		if err := tx.QueryRow(ctx, delegueesSQL, id, agent.Aujourdhui()).Scan(&n); err != nil {
			return "", fmt.Errorf("comptes: count the delegations: %w", err)
		}
		if n > 0 {
			p.Warn(ctx, "Le compte est suspendu. "+ui.Plural(n, "délégation de sa main dure", "délégations de sa main durent")+
				"\u00a0: la direction de l’école ou l’inspection académique les révoque.")
		} else {
			p.Flash(ctx, "Le compte est suspendu\u00a0: il n’ouvre plus rien.", "")
		}
		return path + "/" + id.String(), nil
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
