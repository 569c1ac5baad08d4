package scolarite

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// errPlusAttendu tells of a line that a departure or somebody else has closed meanwhile.
var errPlusAttendu = refusal.InConflict("Cet élève n’est plus attendu.")

// PointerPresent admits for good, today, a pupil who was expected: he is there (T08). It is the touch of the rentrée,
// for those who were here last year and those who arrive.
func PointerPresent(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	today := agent.Aujourdhui()
	if err := s.Admettre(today, today); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	prendreLeDossier(tx, s)
	immatriculation.Demander(tx, agent, s.EleveID, s.Ecole)
	record(tx, agent, journal.Admettre, s)
	return nil
}

// PointerNonVenu notes that a pupil who was expected has not come today: he stays expected.
func PointerNonVenu(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if s.Etat != AdmisAccepte {
		return errPlusAttendu
	}
	if agent.Aujourdhui().Before(*s.DateEffet) {
		return refusal.InConflict("Cet élève n’est pas encore attendu\u00a0: sa date d’effet est plus tard.")
	}
	tx.Queue(`update scolarite set non_venu_le = $2, version = version + 1 where id = $1`, id, agent.Aujourdhui())
	record(tx, agent, journal.NoterNonVenu, s)
	return nil
}

// PointerRenonce records that a pupil who was expected, whether he was here last year or not, will not come (T15).
func PointerRenonce(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, motif string) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if s.InscriptionID != nil {
		return Abandonner(ctx, tx, agent, *s.InscriptionID, 0, motif)
	}
	if err := s.Abandonner(motif); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, motif); err != nil {
		return err
	}
	record(tx, agent, journal.AnnulerAdmission, s)
	return nil
}

// Depointer takes back, on the same day, the touch that admitted a pupil: he is expected again. Later he would be struck
// off.
func Depointer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if s.Etat != AdmisDefinitif || !s.DateAdmission.Equal(agent.Aujourdhui()) {
		return refusal.InConflict("On revient le jour même sur une présence\u00a0; plus tard, radiez l’élève s’il est parti.")
	}
	if s.Quittant() {
		return refusal.InConflict("Le départ de cet élève est annoncé\u00a0: annulez-le d’abord.")
	}
	s.Etat, s.DateAdmission = AdmisAccepte, nil
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	record(tx, agent, journal.AnnulerAdmission, s)
	return nil
}
