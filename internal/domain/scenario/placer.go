package scenario

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Vu is a pupil as the page of the user showed him: Eleve.Cle, and a version; one below zero asks for no check.
type Vu struct {
	Cle     string
	Version int
}

// Croisement is the error of a move of pupils whom somebody else has moved meanwhile: nothing was done.
type Croisement struct{ Eleves []Eleve }

// Error returns the sentence.
func (Croisement) Error() string { return refusal.Outdated().Motif }

// Unwrap makes it an outdated form like any other.
func (Croisement) Unwrap() error { return refusal.Outdated() }

// Fait is what a gesture has done.
type Fait struct {
	Mouvement uuid.UUID // uuid.Nil when nothing changed
	Eleves    int
	Classe    *Classe
}

// ouvrir locks the year and reads the board for an act.
func ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible) (t Tableau, err error) {
	if err = verrouiller(ctx, tx, agent, c.Annee); err != nil {
		return t, err
	}
	if !c.EnVigueur() {
		s, err := lock(ctx, tx, c.Scenario, 0)
		if err != nil {
			return t, err
		}
		c.Annee = s.Annee
	}
	return lire(ctx, tx, agent, c)
}

// ouvrirA is ouvrir for what was shown of a whole scenario: nobody has changed it since version v.
func ouvrirA(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (Tableau, error) {
	s, err := find(ctx, tx, id)
	if err != nil {
		return Tableau{}, err
	}
	t, err := ouvrir(ctx, tx, agent, Cible{s.Annee, id})
	if err == nil {
		_, err = lock(ctx, tx, id, v)
	}
	return t, err
}

// Placer puts pupils in a class, by hand; nil takes them out of theirs.
func Placer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible, vus []Vu, classe *uuid.UUID) (Fait, error) {
	t, err := ouvrir(ctx, tx, agent, c)
	if err != nil {
		return Fait{}, err
	}
	k := t.Classe(classe)
	if classe != nil && k == nil {
		return Fait{}, refusal.Of("classe_id", "Choisissez une classe de l’école.")
	}
	chosen, err := t.choisir(ctx, tx, vus, func(e Eleve) bool { return egal(e.ClasseID, classe) })
	if err != nil {
		return Fait{}, err
	}
	if err := k.refuser(chosen); err != nil {
		return Fait{}, err
	}
	var poses []pose
	for _, e := range chosen {
		if p := (pose{e, classe, classe != nil}); !p.vaine(c) {
			poses = append(poses, p)
		}
	}
	return t.faire(ctx, tx, agent, poses, k)
}

// Fixer has proposals leave pupils where they are, or frees them.
func Fixer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible, vus []Vu, fixe bool) (Fait, error) {
	t, err := ouvrir(ctx, tx, agent, c)
	if err != nil {
		return Fait{}, err
	}
	chosen, err := t.choisir(ctx, tx, vus, func(e Eleve) bool { return e.ALaMain == fixe })
	if err != nil {
		return Fait{}, err
	}
	var poses []pose
	for _, e := range chosen {
		if p := (pose{e, e.ClasseID, fixe}); e.ClasseID != nil && !p.vaine(c) {
			poses = append(poses, p)
		}
	}
	return t.faire(ctx, tx, agent, poses, nil)
}

// vaine tells that the pupil is there already. The register knows no hand.
func (p pose) vaine(c Cible) bool {
	return egal(p.eleve.ClasseID, p.classe) && (c.EnVigueur() || p.eleve.ALaMain == p.aLaMain)
}

func (t *Tableau) faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, poses []pose, k *Classe) (f Fait, err error) {
	f = Fait{Eleves: len(poses), Classe: k}
	if len(poses) > 0 {
		f.Mouvement, err = deplacer(ctx, tx, agent, t.Cible, Placement, nil, poses)
	}
	return f, err
}

// choisir are the pupils seen, each once. already tells that what is asked was done by somebody else, which is no quarrel.
func (t *Tableau) choisir(ctx context.Context, tx territoire.Tx, vus []Vu, already func(Eleve) bool) (chosen []Eleve, err error) {
	by := make(map[string]Eleve, len(t.Eleves))
	for _, e := range t.Eleves {
		if e.ScolariteID != nil || !t.Cible.EnVigueur() {
			by[e.Cle(t.Cible)] = e
		}
	}
	var crossed []Eleve
	var missing []string
	for _, v := range vus {
		e, here := by[v.Cle]
		switch {
		case !here:
			missing = append(missing, v.Cle)
		case v.Version >= 0 && v.Version != e.Version && !already(e):
			crossed = append(crossed, e)
		}
		chosen = append(chosen, e)
	}
	switch {
	case len(missing) > 0:
		return nil, t.partis(ctx, tx, missing)
	case len(crossed) > 0:
		return nil, Croisement{crossed}
	}
	return chosen, nil
}

const partisSQL = `
	select count(distinct cle) from (
		select left(replace(id::text, '-', ''), 12) as cle from scolarite where annee in ($2, $2 - 1)
		union all
		select left(replace(eleve_id::text, '-', ''), 12) from scolarite where annee in ($2, $2 - 1)) s
	where cle = any ($1)`

// partis tells pupils who are no longer to be placed from those of another school, who do not exist.
func (t *Tableau) partis(ctx context.Context, tx territoire.Tx, cles []string) error {
	var seen int
	err := tx.QueryRow(ctx, partisSQL, cles, int(t.Cible.Annee)).Scan(&seen)
	switch {
	case err != nil:
		return fmt.Errorf("scenario: read the selection: %w", err)
	case seen < len(cles):
		return refusal.NotFound()
	}
	return refusal.InConflict("Un élève choisi n’est plus à répartir\u00a0: il est parti, ou ne viendra pas.")
}

// refuser names the pupils whose niveau the class does not open.
func (k *Classe) refuser(list []Eleve) error {
	var l refusal.List
	for _, e := range list {
		if k != nil && !k.Accueille(e) {
			l.Add("", e.Nom()+"\u00a0: La classe "+k.Libelle+" n’accueille pas de "+string(e.Niveau)+".")
		}
	}
	return l.Err()
}
