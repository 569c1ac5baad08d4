package scolarite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/opposition"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Accepter accepts the admission of an inscrit, or of one put off (T06).
func Accepter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, inscrit uuid.UUID, v int, niveau ecole.Niveau, effet time.Time) error {
	i, s, err := lockArrivee(ctx, tx, inscrit, v)
	if err != nil {
		return err
	}
	typ, err := typeOf(ctx, tx, s.Ecole)
	if err != nil {
		return err
	}
	if err := s.Accepter(niveau, effet, typ, inscritLe(i)); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	if err := inscription.Passer(ctx, tx, inscrit, inscription.Transformee); err != nil {
		return err
	}
	prendreLeDossier(tx, s)
	record(tx, agent, journal.AccepterAdmission, s)
	return nil
}

// Reporter puts an inscrit in admissibilité (T05).
func Reporter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, inscrit uuid.UUID, v int) error {
	_, s, err := lockArrivee(ctx, tx, inscrit, v)
	if err != nil {
		return err
	}
	if err := s.Reporter(); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	if err := inscription.Passer(ctx, tx, inscrit, inscription.Transformee); err != nil {
		return err
	}
	record(tx, agent, journal.MettreEnAdmissible, s)
	return nil
}

// Admettre admits for good: the INE is asked for, the file is the school's (T08).
func Admettre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, inscrit uuid.UUID, v int, le time.Time) error {
	_, s, err := lockArrivee(ctx, tx, inscrit, v)
	if err != nil {
		return err
	}
	if err := s.Admettre(le, agent.Aujourdhui()); err != nil {
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

// Retirer takes an acceptance back: the pupil is among the inscrits again.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, inscrit uuid.UUID, v int) error {
	_, s, err := lockArrivee(ctx, tx, inscrit, v)
	if err != nil {
		return err
	}
	if err := s.Retirer(); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, "erreur_saisie"); err != nil {
		return err
	}
	if err := inscription.Passer(ctx, tx, inscrit, inscription.Inscrit); err != nil {
		return err
	}
	record(tx, agent, journal.AnnulerAdmission, s)
	return nil
}

// Abandonner records that the child will not come (T15).
func Abandonner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, inscrit uuid.UUID, v int, motif string) error {
	i, s, err := lockArrivee(ctx, tx, inscrit, v)
	if err != nil {
		return err
	}
	opened := s.Etat != ""
	if err := s.Abandonner(motif); err != nil {
		return err
	}
	if opened {
		if err := save(ctx, tx, agent, s, motif); err != nil {
			return err
		}
	}
	i.Etat = inscription.Annulee
	inscription.Clore(tx, agent, i, motif)
	return nil
}

// Radier strikes a pupil off (T14), unless a parent opposes it.
func Radier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, d Depart) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := s.Radier(d, agent.Aujourdhui()); err != nil {
		return err
	}
	if err := opposition.Refuser(ctx, tx, s.EleveID); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	acte := journal.Radier
	if s.Quittant() {
		acte = journal.AnnoncerDepart
	}
	record(tx, agent, acte, s)
	return nil
}

// Retablir undoes a radiation or an announced departure, as long as no other school has admitted the pupil. The file
// comes back from one that had only accepted him.
func Retablir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := s.Retablir(); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	prendreLeDossier(tx, s)
	record(tx, agent, journal.AnnulerRadiation, s)
	return nil
}

// Affecter places a pupil in a class, or takes him out of his when classe is nil (T09).
func Affecter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, classe *Classe) error {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := s.Affecter(classe); err != nil {
		return err
	}
	if err := save(ctx, tx, agent, s, ""); err != nil {
		return err
	}
	record(tx, agent, journal.Affecter, s)
	return nil
}

const classeAbsente = "Choisissez une classe de l’école."

// FindClasse reads what placing needs to know of a class.
func FindClasse(ctx context.Context, tx territoire.Tx, id uuid.UUID) (*Classe, error) {
	c := &Classe{ID: id}
	err := tx.QueryRow(ctx, `select ecole_uai, annee, libelle_court,
		array(select niveau from classe_niveau where classe_id = classe.id) from classe where id = $1`, id).
		Scan(&c.Ecole, &c.Annee, &c.Libelle, &c.Niveaux)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, refusal.Of("classe_id", classeAbsente)
	}
	if err != nil {
		return nil, fmt.Errorf("scolarite: read the class: %w", err)
	}
	return c, nil
}

// lockArrivee locks an inscription and the scolarité it led to; one not opened yet has no state.
func lockArrivee(ctx context.Context, tx territoire.Tx, inscrit uuid.UUID, expected int) (inscription.Inscription, Scolarite, error) {
	i, err := inscription.Lock(ctx, tx, inscrit, expected)
	if err != nil {
		return i, Scolarite{}, err
	}
	s, err := read(ctx, tx, `inscription_id = $1 and etat <> 'annulee'`, inscrit)
	if err == nil || !errors.Is(err, pgx.ErrNoRows) {
		return i, s, err
	}
	if err := i.Ouverte(); err != nil {
		return i, s, err
	}
	if i.Etat != inscription.Inscrit {
		return i, s, refusal.InConflict("Cet enfant est sur la liste d’attente de la mairie\u00a0: elle doit d’abord l’inscrire dans l’école.")
	}
	return i, Scolarite{EleveID: i.EleveID, InscriptionID: &i.ID, Ecole: i.Ecole, Annee: i.Annee}, nil
}

func lock(ctx context.Context, tx territoire.Tx, id uuid.UUID, expected int) (Scolarite, error) {
	s, err := read(ctx, tx, `id = $1`, id)
	return s, version.Check(err, "scolarite", expected, s.Version)
}

const readSQL = `
	select id, version, eleve_id, inscription_id, ecole_uai as ecole, annee, etat, coalesce(niveau, '') as niveau,
		classe_id, date_effet, date_admission, date_radiation, motif_radiation as motif,
		coalesce(destination_uai, '') as destination_uai, destination
	from scolarite where `

func read(ctx context.Context, tx territoire.Tx, where string, id uuid.UUID) (Scolarite, error) {
	s, err := territoire.Ligne[Scolarite](ctx, tx, readSQL+where+` for update`, id)
	if err != nil {
		return s, fmt.Errorf("scolarite: read: %w", err)
	}
	return s, nil
}

// typeOf is the type of a school, which says the niveaux it may open.
func typeOf(ctx context.Context, tx territoire.Tx, uai string) (ecole.Type, error) {
	var t ecole.Type
	if err := tx.QueryRow(ctx, `select type from ecole where uai = $1`, uai).Scan(&t); err != nil {
		return "", fmt.Errorf("scolarite: read the school: %w", err)
	}
	return t, nil
}

func inscritLe(i inscription.Inscription) time.Time {
	if i.Le == nil {
		return time.Time{}
	}
	return *i.Le
}

// prendreLeDossier brings the file to the school, unless another school still has the pupil: it then comes with the
// admission définitive, which that school's radiation allows.
func prendreLeDossier(tx territoire.Tx, s Scolarite) {
	tx.Queue(`select prendre_le_dossier($1, $2)`, s.EleveID, s.Ecole)
}

func record(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, s Scolarite) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "eleve", ID: s.EleveID, Ecole: s.Ecole})
}

// explain gives the constraints of the table their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "une_seule_admission_definitive_a_la_fois":
			return refusal.InConflict("Cet élève est encore présent dans une autre école\u00a0: elle doit d’abord le radier.")
		case "scolarite_destination_uai_fkey":
			return refusal.Of("destination_uai", "Choisissez une école de la liste, ou écrivez la destination.")
		case "une_scolarite_ouverte_par_ecole_et_par_annee":
			return refusal.InConflict("Cet élève a déjà une admission en cours dans cette école pour cette année.")
		}
	}
	return fmt.Errorf("scolarite: save: %w", err)
}
