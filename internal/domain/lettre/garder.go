package lettre

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

const table = "lettre_type"

// Garder keeps a letter for the school of the agent.
func Garder(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, m Modele) (uuid.UUID, error) {
	if err := m.Valider(); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err := tx.Exec(ctx, `insert into lettre_type (id, ecole_uai, titre, objet, corps, modifiee_le) values ($1, $2, $3, $4, $5, $6)`,
		id, agent.Ecole, m.Titre, m.Objet, m.Corps, agent.Maintenant)
	if err != nil {
		return uuid.Nil, fmt.Errorf("lettre: keep: %w", err)
	}
	noter(tx, agent, journal.Creer, id)
	return id, nil
}

// Modifier writes another text in its place.
func Modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, m Modele) error {
	if err := version.Lock(ctx, tx, table, id, v); err != nil {
		return err
	}
	if err := m.Valider(); err != nil {
		return err
	}
	tx.Queue(`update lettre_type set titre = $2, objet = $3, corps = $4, modifiee_le = $5, version = version + 1 where id = $1`,
		id, m.Titre, m.Objet, m.Corps, agent.Maintenant)
	noter(tx, agent, journal.Modifier, id)
	return nil
}

// Supprimer puts a letter aside: Retablir takes it back, for thirty days.
func Supprimer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if err := version.Ecarter(ctx, tx, table, id, agent.Maintenant); err != nil {
		return err
	}
	noter(tx, agent, journal.Supprimer, id)
	return nil
}

// Retablir takes back a letter that was put aside.
func Retablir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if err := version.Reprendre(ctx, tx, table, id); err != nil {
		return err
	}
	noter(tx, agent, journal.Creer, id)
	return nil
}

// Imprimer notes in the journal that letters were issued: about whom, and apart from that which one and how many. No line
// says both: what a letter is about would tell something of a pupil.
func Imprimer(tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, plis []Pli) {
	var eleves []uuid.UUID
	var ecoles []string
	for _, p := range plis {
		for _, e := range p.Enfants {
			eleves, ecoles = append(eleves, e.ID), append(ecoles, agent.Ecole)
		}
	}
	journal.RecordAll(tx, agent, journal.Editer, "eleve", eleves, ecoles)
	journal.Record(tx, agent, journal.Ligne{
		Acte: journal.Exporter, Objet: table, ID: id, Ecole: agent.Ecole, Motif: fmt.Sprint(len(plis)),
	})
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: table, ID: id, Ecole: agent.Ecole})
}
