package scenario

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/repartition"
	"base-eleves/internal/territoire"
)

// Probleme is what a proposal for the board has to compose.
func (t *Tableau) Probleme() repartition.Probleme {
	p := repartition.Probleme{Fratries: t.preference()}
	for _, k := range t.Classes {
		p.Classes = append(p.Classes, repartition.Classe{ID: k.ID, Libelle: k.Libelle, Niveaux: k.Niveaux, Max: k.EffectifMax, Conseil: k.Conseil()})
	}
	for _, e := range t.Eleves {
		p.Eleves = append(p.Eleves, t.aPlacer(e))
	}
	for _, r := range t.Regles {
		p.Regles = append(p.Regles, repartition.Regle{Nature: natures[r.Nature], Eleves: r.Eleves})
	}
	return p
}

var natures = map[Nature]repartition.Nature{Ensemble: repartition.Ensemble, Separes: repartition.Separes}

func (t *Tableau) preference() repartition.Preference {
	s := t.Scenario()
	switch {
	case s != nil && s.Fratrie == Reunir:
		return repartition.FratriesEnsemble
	case s != nil && s.Fratrie == Separer:
		return repartition.FratriesSeparees
	}
	return repartition.FratriesIndifferentes
}

func (t *Tableau) aPlacer(e Eleve) repartition.Eleve {
	x := repartition.Eleve{
		ID: e.ID, Nom: e.Prenom + " " + eleve.NomAffiche(e.NomFamille, e.NomUsage), Niveau: e.Niveau, Sexe: e.Sexe, Naissance: e.DateNaissance, Origine: e.Origine,
	}
	if e.fratrie > 0 {
		x.Fratrie = strconv.Itoa(e.fratrie)
	}
	if k := t.Classe(e.ClasseID); k != nil && e.ALaMain && k.Accueille(e) {
		x.Fixe = k.ID
	}
	return x
}

// Places are where the board has its pupils.
func (t *Tableau) Places() repartition.Places {
	places := repartition.Places{}
	for _, e := range t.Eleves {
		if k := t.Classe(e.ClasseID); k != nil {
			places[e.ID] = k.ID
		}
	}
	return places
}

// Remplir puts in a scenario what was proposed on its version v. Who was placed by hand is not moved.
func Remplir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, places repartition.Places) (Fait, error) {
	t, err := ouvrirA(ctx, tx, agent, id, v)
	if err != nil {
		return Fait{}, err
	}
	var poses []pose
	for _, e := range t.Eleves {
		to, placed := places[e.ID]
		if placed && !(e.ALaMain && e.ClasseID != nil) && !egal(e.ClasseID, &to) {
			poses = append(poses, pose{e, &to, false})
		}
	}
	f := Fait{Eleves: len(poses)}
	if len(poses) == 0 {
		return f, nil
	}
	if f.Mouvement, err = deplacer(ctx, tx, agent, t.Cible, Proposition, nil, poses); err == nil {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.ProposerRepartition, Objet: "scenario", ID: id, Ecole: agent.Ecole})
	}
	return f, err
}
