package scenario

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Genre is what a movement was made by.
type Genre string

// The kinds of movement.
const (
	Placement   Genre = "placement"
	Publication Genre = "publication"
	Proposition Genre = "proposition"
)

// delai is how long a movement can be taken back (design.md §4).
const delai = 30 * 24 * time.Hour

// Mouvement is one act on the board, with each pupil it moved.
type Mouvement struct {
	ID       uuid.UUID
	Version  int
	Annee    ecole.Annee
	Scenario *uuid.UUID
	Genre    Genre
	FaitLe   time.Time
	AnnuleLe *time.Time
}

// Annulable tells that the movement can still be taken back.
func (m Mouvement) Annulable(now time.Time) bool {
	return m.AnnuleLe == nil && now.Sub(m.FaitLe) < delai
}

func (m Mouvement) cible() Cible {
	c := Cible{Annee: m.Annee}
	if m.Scenario != nil {
		c.Scenario = *m.Scenario
	}
	return c
}

// pose is a pupil and where he goes.
type pose struct {
	eleve   Eleve
	classe  *uuid.UUID
	aLaMain bool
}

const (
	mouvementSQL = `
	insert into mouvement (id, ecole_uai, annee, scenario_id, source_id, genre, fait_le) values ($1, $2, $3, $4, $5, $6, $7)`
	lignesSQL = `
	insert into mouvement_ligne (mouvement_id, eleve_id, ecole_uai, avant, apres, a_la_main_avant)
	select $1, x.eleve, $2, x.avant, x.apres, x.main
	from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::boolean[]) as x (eleve, avant, apres, main)`
	poserSQL = `
	insert into scenario_place (scenario_id, eleve_id, ecole_uai, classe_id, a_la_main)
	select $1, x.eleve, $2, x.classe, x.main from unnest($3::uuid[], $4::uuid[], $5::boolean[]) as x (eleve, classe, main)
	on conflict (scenario_id, eleve_id) do update
	set classe_id = excluded.classe_id, a_la_main = excluded.a_la_main, version = scenario_place.version + 1`
	oublierSQL = `delete from mouvement where genre = 'placement' and fait_le < $1`
)

// deplacer moves the pupils and keeps what was before; source is the scenario that is published.
func deplacer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible, genre Genre, source *uuid.UUID, poses []pose) (uuid.UUID, error) {
	id := uuid.New()
	ids, avant, apres := make([]uuid.UUID, len(poses)), make([]*uuid.UUID, len(poses)), make([]*uuid.UUID, len(poses))
	mains := make([]bool, len(poses))
	for i, p := range poses {
		ids[i], avant[i], apres[i], mains[i] = p.eleve.ID, p.eleve.ClasseID, p.classe, p.eleve.ALaMain
	}
	if err := poser(ctx, tx, agent, c, poses); err != nil {
		return id, err
	}
	tx.Queue(mouvementSQL, id, agent.Ecole, int(c.Annee), c.scenario(), source, genre, agent.Maintenant)
	tx.Queue(lignesSQL, id, agent.Ecole, ids, avant, apres, mains)
	tx.Queue(oublierSQL, agent.Maintenant.Add(-delai))
	return id, nil
}

// poser writes where the pupils are.
func poser(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible, poses []pose) error {
	if c.EnVigueur() {
		list := make([]scolarite.Placement, len(poses))
		for i, p := range poses {
			list[i] = scolarite.Placement{ID: *p.eleve.ScolariteID, Version: p.eleve.Version, Classe: p.classe}
		}
		return scolarite.AffecterTous(ctx, tx, agent, list)
	}
	ids, classes, mains := make([]uuid.UUID, len(poses)), make([]*uuid.UUID, len(poses)), make([]bool, len(poses))
	for i, p := range poses {
		ids[i], classes[i], mains[i] = p.eleve.ID, p.classe, p.aLaMain
	}
	if _, err := tx.Exec(ctx, poserSQL, c.Scenario, agent.Ecole, ids, classes, mains); err != nil {
		return fmt.Errorf("scenario: place: %w", err)
	}
	tx.Queue(`update scenario set version = version + 1, modifie_le = $2 where id = $1`, c.Scenario, agent.Maintenant)
	record(tx, agent, journal.Modifier, c.Scenario)
	return nil
}

// ligne is what a movement did to a pupil.
type ligne struct {
	EleveID      uuid.UUID
	Avant        *uuid.UUID
	Apres        *uuid.UUID
	ALaMainAvant bool
}

// Annulation is what taking a movement back has done.
type Annulation struct {
	Cible  Cible
	Genre  Genre
	Rendus int
	Gardes []string // pupils whom somebody moved since, or who cannot go back
}

// Annuler takes a movement back, but for the pupils who were moved since: these stay, and are named.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (a Annulation, err error) {
	if err := version.Lock(ctx, tx, "mouvement", id, 0); err != nil {
		return a, err
	}
	m, err := territoire.Ligne[Mouvement](ctx, tx,
		`select id, version, annee, scenario_id as scenario, genre, fait_le, annule_le from mouvement where id = $1`, id)
	if err != nil {
		return a, fmt.Errorf("scenario: read the movement: %w", err)
	}
	a.Cible, a.Genre = m.cible(), m.Genre
	switch {
	case m.AnnuleLe != nil:
		return a, refusal.InConflict("Ce déplacement est déjà annulé.")
	case !m.Annulable(agent.Maintenant):
		return a, refusal.InConflict("Un déplacement ne peut plus être annulé au-delà de 30 jours.")
	}
	t, err := ouvrir(ctx, tx, agent, a.Cible)
	if err != nil {
		return a, err
	}
	lignes, err := territoire.Lignes[ligne](ctx, tx, `select eleve_id, avant, apres, a_la_main_avant from mouvement_ligne where mouvement_id = $1`, id)
	if err != nil {
		return a, fmt.Errorf("scenario: read the movement: %w", err)
	}
	poses := a.trier(t, lignes)
	if err := poser(ctx, tx, agent, a.Cible, poses); err != nil {
		return a, err
	}
	return a, clore(tx, agent, id, poses)
}

// trier tells who goes back from who stays. Who has left the school has nothing to go back to, and is not named.
func (a *Annulation) trier(t Tableau, lignes []ligne) (poses []pose) {
	by := t.parDossier()
	for _, l := range lignes {
		e, here := by[l.EleveID]
		k := t.Classe(l.Avant)
		switch {
		case !here:
		case !egal(e.ClasseID, l.Apres), l.Avant != nil && (k == nil || !k.Accueille(e)):
			a.Gardes = append(a.Gardes, e.Nom())
		default:
			poses = append(poses, pose{e, l.Avant, l.ALaMainAvant})
		}
	}
	a.Rendus = len(poses)
	return poses
}

// clore marks the movement as taken back, and whom it left.
func clore(tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, poses []pose) error {
	rendus := make([]uuid.UUID, len(poses))
	for i, p := range poses {
		rendus[i] = p.eleve.ID
	}
	tx.Queue(`update mouvement set annule_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	tx.Queue(`update mouvement_ligne set garde = true where mouvement_id = $1 and eleve_id <> all ($2)`, id, rendus)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerRepartition, Objet: "mouvement", ID: id, Ecole: agent.Ecole})
	return nil
}

func egal(a, b *uuid.UUID) bool { return a == b || a != nil && b != nil && *a == *b }

func (t *Tableau) parDossier() map[uuid.UUID]Eleve {
	by := make(map[uuid.UUID]Eleve, len(t.Eleves))
	for _, e := range t.Eleves {
		by[e.ID] = e
	}
	return by
}
