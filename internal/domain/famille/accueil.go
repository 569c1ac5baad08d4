package famille

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Garder is the answer that leaves a person of the family as he is recorded, whatever was typed.
const Garder Etendue = "garder"

// Retenu is a responsable of the family whom a form keeps for the child entered, as it was typed.
type Retenu struct {
	Version     int
	Prefix      string // before the names of his fields
	Responsable eleve.Responsable
	Etendue     Etendue // for whom it was altered; "" where nothing was
}

// Accueil gives a child who is being entered the family of a brother or a sister: people and home are shared, not
// copied (domain.md §3.3).
type Accueil struct {
	Aine      uuid.UUID
	Retenus   []Retenu
	Domicile2 bool // also the second home

	famille Famille
	foyer   *uuid.UUID
}

// Loger reads the family and has the child live in its home, unless another address was typed. It comes before the
// child is recorded, Entourer after.
func (a *Accueil) Loger(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, n *eleve.Nouveau) (err error) {
	tx.OuvrirProtegees()
	if a.famille, err = lireFamille(ctx, tx, agent, a.Aine); err != nil {
		return err
	}
	for _, r := range a.Retenus {
		if a.famille.membre(r.Responsable.ID) == nil {
			return refusal.Of(r.Prefix+"nom_famille", "Cette personne n’est plus responsable dans cette famille\u00a0: reprenez la famille.")
		}
	}
	aine := a.famille.Aine
	if aine.Foyer != nil && (n.Adresse == aine.Adresse || aine.FoyerCache && n.Adresse.Vide()) {
		n.Foyer, a.foyer = aine.Foyer, aine.Foyer
		return nil
	}
	return n.Adresse.Valider("")
}

// Entourer settles what was altered of the people kept, and the second home.
func (a *Accueil) Entourer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID) error {
	var l refusal.List
	for _, r := range a.Retenus {
		if err := l.Take(a.retenir(ctx, tx, agent, enfant, r)); err != nil {
			return err
		}
	}
	if a.Domicile2 && a.foyer != nil {
		eleve.PartagerSecondDomicile(tx, enfant, a.Aine)
	}
	return l.Err()
}

// retenir corrects a person for whom it was said, and asks it of one who was altered without a word of that. What
// somebody else has recorded since the form was opened looks like an alteration, and is asked about too.
func (a *Accueil) retenir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, r Retenu) error {
	m := a.famille.membre(r.Responsable.ID)
	c := Correction{Responsable: r.Responsable, Choix: Choix{Etendue: r.Etendue}}
	c.Responsable.ID = uuid.Nil
	if r.Etendue == Garder {
		c.Responsable = a.tel(*m, r.Responsable)
	}
	if r.Etendue != Garder && r.Version != m.Version {
		c.Choix.Etendue = ""
	}
	err := Corriger(ctx, tx, agent, enfant, m.ID, c)
	if rf, ok := refusal.As(err); ok && rf.Field == ChampEtendue {
		return refusal.Of(r.Prefix+ChampEtendue, rf.Motif)
	}
	return err
}

// tel is the person as recorded, and what he is to this child as typed.
func (a *Accueil) tel(m Membre, typed eleve.Responsable) eleve.Responsable {
	r := m.Responsable(a.foyer)
	r.Lien, r.AutoriteParentale, r.Associations = typed.Lien, typed.AutoriteParentale, typed.Associations
	r.Heberge = typed.Heberge
	return r
}
