package proposition

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// voulu is a row as the mairie would have it.
type voulu struct {
	objet  Objet
	id     uuid.UUID
	champs Valeurs
}

// ProposerIdentite proposes another civil status.
func ProposerIdentite(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, i eleve.Identite) (uuid.UUID, error) {
	if err := i.Valider(agent.Aujourdhui()); err != nil {
		return uuid.Nil, err
	}
	return proposer(ctx, tx, agent, id, func(Dossier) ([]voulu, error) {
		return []voulu{{Eleve, id, deIdentite(i)}}, nil
	})
}

// ProposerAdresse proposes another home.
func ProposerAdresse(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, a eleve.Adresse) (uuid.UUID, error) {
	if err := a.Valider(""); err != nil {
		return uuid.Nil, err
	}
	return proposer(ctx, tx, agent, id, func(d Dossier) ([]voulu, error) {
		return []voulu{{Adresse, id, deAdresse(a)}}, d.visible(Eleve, id)
	})
}

// ProposerResponsable proposes to correct a responsable, his link to the pupil, where he lives.
func ProposerResponsable(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id, responsable uuid.UUID, r eleve.Responsable) (uuid.UUID, error) {
	if err := r.Valider(""); err != nil {
		return uuid.Nil, err
	}
	return proposer(ctx, tx, agent, id, func(d Dossier) ([]voulu, error) {
		if _, ok := d.Responsable(responsable); !ok {
			return nil, refusal.NotFound()
		}
		list := []voulu{{Lien, responsable, deLien(r)}, {Responsable, responsable, deResponsable(r)}}
		if r.MemeAdresse {
			r.Adresse, _ = d.Domicile(id)
		}
		if r.Adresse.Vide() {
			return list, nil
		}
		return append(list, voulu{Adresse, responsable, deAdresse(r.Adresse)}), d.visible(Responsable, responsable)
	})
}

// visible refuses to replace a home that the agent may not see: a strict commune, or a protected address.
func (d Dossier) visible(of Objet, id uuid.UUID) error {
	if l := d.ligne(of, id); l != nil && l.Champs["adresse_id"] != "" && d.ligne(Adresse, id) == nil {
		return refusal.InConflict("Cette adresse n’est pas communiquée à votre service\u00a0: vous ne pouvez pas la corriger.")
	}
	return nil
}

// proposer records each difference between what is recorded and what is wanted, instead of what the mairie had proposed
// for the same fields. It returns the lot.
func proposer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, want func(Dossier) ([]voulu, error)) (uuid.UUID, error) {
	d, err := lire(ctx, tx, id)
	if err != nil {
		return uuid.Nil, err
	}
	if err := d.tenuParLEcole(agent); err != nil {
		return uuid.Nil, err
	}
	rows, err := want(d)
	if err != nil {
		return uuid.Nil, err
	}
	lot, n := uuid.New(), 0
	for _, row := range rows {
		n += d.ecarts(tx, agent, lot, row, n == 0)
	}
	if n == 0 {
		return uuid.Nil, refusal.InConflict("Rien ne diffère de ce qui est enregistré\u00a0: il n’y a rien à proposer.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Proposer, Objet: "eleve", ID: id, Ecole: d.ligne(Eleve, id).Champs["ecole_uai"]})
	_, err = tx.Exec(ctx, `select`) // the base has its say on what was queued
	return lot, explain(err)
}

// tenuParLEcole: as long as the mairie holds the pen it corrects by itself; of a child of another commune it reads only.
func (d Dossier) tenuParLEcole(agent habilitation.Agent) error {
	e := d.ligne(Eleve, d.Eleve).Champs
	switch {
	case e["mairie_insee"] != agent.Commune:
		return refusal.InConflict("Cet enfant est scolarisé dans une autre commune\u00a0: vous lisez son dossier, vous ne le corrigez pas.")
	case e["tenu_par"] != "ecole":
		return refusal.InConflict("Vous tenez encore ce dossier\u00a0: corrigez-le directement.")
	}
	return nil
}

const remplacerSQL = `
	update proposition set etat = 'perimee', decide_par = $5, decide_le = $6, version = version + 1
	where eleve_id = $1 and objet = $2 and objet_id = $3 and champ = $4 and etat = 'proposee'`

const proposerSQL = `
	insert into proposition (id, lot, eleve_id, objet, objet_id, champ, version_lue, avant, propose, commune_insee, propose_par, propose_le)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

// ecarts queues what differs of a row, and tells how many things do. The first of a lot bears its id: by it the journal
// finds the pupil.
func (d Dossier) ecarts(tx territoire.Tx, agent habilitation.Agent, lot uuid.UUID, v voulu, first bool) (n int) {
	recorded, version := Valeurs{}, 0
	if l := d.ligne(v.objet, v.id); l != nil {
		recorded, version = l.Champs, l.Version
	}
	for _, r := range rubriques[v.objet] {
		avant, propose := r.garder(recorded), r.garder(v.champs)
		tx.Queue(remplacerSQL, d.Eleve, v.objet, v.id, r.champ, agent.Compte, agent.Maintenant)
		if maps.Equal(avant, propose) {
			continue
		}
		id := uuid.New()
		if first && n == 0 {
			id = lot
		}
		tx.Queue(proposerSQL, id, lot, d.Eleve, v.objet, v.id, r.champ, version, avant, propose, agent.Commune,
			agent.Compte, agent.Maintenant)
		n++
	}
	return n
}

// explain gives row security its sentence: a strict commune proposes the état civil alone.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "42501" {
		return refusal.InConflict("Votre commune a choisi de ne connaître que l’état civil\u00a0: elle ne propose rien d’autre.")
	}
	if err != nil {
		return fmt.Errorf("proposition: record: %w", err)
	}
	return nil
}
