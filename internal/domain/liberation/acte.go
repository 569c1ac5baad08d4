package liberation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// impossibles are the answers of demander_liberation and of decider_liberation.
var impossibles = map[string]refusal.Refusal{
	"arrivee":    refusal.InConflict("Acceptez d’abord l’admission de cet enfant\u00a0: la demande part d’une école qui l’attend."),
	"parti":      refusal.InConflict("Aucune autre école n’a plus cet élève\u00a0: vous pouvez l’admettre."),
	"annonce":    refusal.InConflict("L’autre école a déjà annoncé son départ\u00a0: vous pourrez l’admettre ce jour-là."),
	"date":       refusal.Of("depart", "À cette date, l’élève n’était pas encore dans l’autre école."),
	"deja":       refusal.InConflict("Sa libération est déjà demandée."),
	"delai":      refusal.InConflict("L’école peut encore répondre\u00a0: vous déciderez après le délai de trois jours ouvrés."),
	"close":      refusal.InConflict("Cette demande a déjà sa réponse."),
	"opposition": refusal.InConflict("Un parent s’oppose à la radiation\u00a0: elle attend l’accord des parents ou la décision du juge."),
}

// Demander asks the school that still has the child whom an inscription expects here.
func Demander(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, inscrit uuid.UUID, d Demande) (uuid.UUID, error) {
	today := agent.Aujourdhui()
	if err := d.Valider(today); err != nil {
		return uuid.Nil, err
	}
	if _, err := inscription.Lock(ctx, tx, inscrit, 0); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	err := permis(tx.QueryRow(ctx, `select demander_liberation($1, $2, $3, $4, $5, $6)`,
		id, inscrit, d.Depart, d.Motif, today, Echeance(today)))
	if err != nil {
		return uuid.Nil, err
	}
	return id, noter(ctx, tx, agent, id, journal.DemanderLiberation, "")
}

// permis reads the answer of the base.
func permis(row pgx.Row) error {
	var code string
	if err := row.Scan(&code); err != nil {
		return fmt.Errorf("liberation: %w", err)
	}
	if no, refused := impossibles[code]; refused {
		return no
	}
	return nil
}

// noter leaves the line of an act in the pupil's journal, that of the school that has or had him.
func noter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, acte journal.Acte, motif string) error {
	var eleve uuid.UUID
	var ecole string
	if err := tx.QueryRow(ctx, `select eleve_id, ecole_uai from liberation where id = $1`, id).Scan(&eleve, &ecole); err != nil {
		return fmt.Errorf("liberation: read: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "eleve", ID: eleve, Ecole: ecole, Motif: motif})
	return nil
}

// ligne is a request as it is answered.
type ligne struct {
	Version   int
	Etat      Etat
	Echeance  time.Time
	Scolarite uuid.UUID
	Ecole     string
	Demandeur string
	Depart    time.Time
	Motif     string
}

func (l ligne) liberation() Liberation { return Liberation{l.Etat, l.Echeance} }

const lockSQL = `
	select version, etat, echeance, scolarite_id as scolarite, ecole_uai as ecole, demandeur_uai as demandeur, depart,
		motif_radiation as motif
	from liberation where id = $1 and `

// lock reads a request from the side of the agent: $2 is his school. The row is locked by what changes the pupil's line.
func lock(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, side string, id uuid.UUID, v int) (ligne, error) {
	l, err := territoire.Ligne[ligne](ctx, tx, lockSQL+side+` = $2`, id, agent.Ecole)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, refusal.NotFound()
	}
	return l, version.Check(err, "liberation", v, l.Version)
}

// repondreSQL holds as long as nobody else has answered: the state is what it was read to be.
const repondreSQL = `
	update liberation set etat = $2, motif_refus = $3, repondue_le = $4, version = version + 1 where id = $1 and version = $5`

func (l ligne) repondre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, e Etat, motif string) error {
	tag, err := tx.Exec(ctx, repondreSQL, id, e, motif, agent.Aujourdhui(), l.Version)
	switch {
	case err != nil:
		return fmt.Errorf("liberation: answer: %w", err)
	case tag.RowsAffected() == 0:
		return refusal.Outdated()
	}
	return nil
}

// Accorder strikes the pupil off as he is asked for.
func Accorder(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	l, err := lock(ctx, tx, agent, "ecole_uai", id, v)
	if err != nil {
		return err
	}
	if err := l.liberation().Repondre(); err != nil {
		return err
	}
	if err := l.repondre(ctx, tx, agent, id, Accordee, ""); err != nil {
		return err
	}
	err = scolarite.Radier(ctx, tx, agent, l.Scolarite, 0, scolarite.Depart{Le: l.Depart, Motif: l.Motif, DestinationUAI: l.Demandeur})
	if no, ok := refusal.As(err); ok && no.Field == opposition.Champ {
		return impossibles["opposition"]
	}
	return err
}

// Refuser keeps the pupil, and says why.
func Refuser(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, motif string) error {
	l, err := lock(ctx, tx, agent, "ecole_uai", id, v)
	if err != nil {
		return err
	}
	if err := l.liberation().Refuser(motif); err != nil {
		return err
	}
	if err := l.repondre(ctx, tx, agent, id, Refusee, motif); err != nil {
		return err
	}
	return noter(ctx, tx, agent, id, journal.RefuserLiberation, motif)
}

// Retirer takes the request back, by the school that made it.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	l, err := lock(ctx, tx, agent, "demandeur_uai", id, v)
	if err != nil {
		return err
	}
	if err := l.liberation().Retirer(); err != nil {
		return err
	}
	if err := l.repondre(ctx, tx, agent, id, Retiree, ""); err != nil {
		return err
	}
	return noter(ctx, tx, agent, id, journal.RetirerLiberation, "")
}

// Decider is the decision of the IEN or of the IA: the pupil is let go, or stays.
func Decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, libere bool, motif string) error {
	if !libere && !inscription.Connu(MotifsRefus, motif) {
		return refusal.Of("motif_refus", "Choisissez pourquoi l’élève n’est pas libéré.")
	}
	var seen bool
	if err := tx.QueryRow(ctx, `select exists (select from liberation where id = $1)`, id).Scan(&seen); err != nil {
		return fmt.Errorf("liberation: read: %w", err)
	}
	if !seen {
		return refusal.NotFound()
	}
	err := permis(tx.QueryRow(ctx, `select decider_liberation($1, $2, $3, $4)`, id, libere, motif, agent.Aujourdhui()))
	if err != nil {
		return err
	}
	acte := journal.Liberer
	if !libere {
		acte = journal.RejeterLiberation
	}
	return noter(ctx, tx, agent, id, acte, motif)
}
