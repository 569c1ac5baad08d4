package inscription

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// placeSQL reads the school asked for, one of the agent's territory as row security does not cover the public list, and
// whether the year is open.
const placeSQL = `
	select exists (select from annee_scolaire where code = $2), coalesce(e.type, ''), coalesce(ecole_accueille(e.ouverte, e.ouverte_le, e.fermee_le, $2), false)
	from (select) d left join ecole e on e.uai = $1 and e.uai = any (portee_ecoles())`

// valider checks a demand against the school and the calendar.
func valider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Demande) error {
	open, p := false, &Place{}
	if err := tx.QueryRow(ctx, placeSQL, d.Ecole, int(d.Annee)).Scan(&open, &p.Type, &p.Ouvert); err != nil {
		return fmt.Errorf("inscription: read the school and the year: %w", err)
	}
	switch {
	case d.Ecole == "":
		p = nil
	case p.Type == "":
		return refusal.Of("ecole_uai", "Choisissez une école de la commune.")
	}
	if err := d.Valider(agent.Aujourdhui(), p); err != nil {
		return err
	}
	if !open {
		return refusal.Of("annee", "L’année scolaire "+d.Annee.Libelle()+" n’est pas ouverte.")
	}
	return nil
}

const creerSQL = `
	insert into inscription (id, eleve_id, annee, commune_insee, ecole_uai, etat, niveau, date_demande, date_inscription,
		derogation, saisie_par)
	values ($1, $2, $3, $4, nullif($5, ''), $6, nullif($7, ''), $8, $9, $10, $11)`

// Inscrire puts a pupil on the waiting list, or inscribes him in a school when the demand names one (T02, T03).
func Inscrire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, commune string, d Demande) (uuid.UUID, error) {
	if err := valider(ctx, tx, agent, d); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err := tx.Exec(ctx, creerSQL, id, eleve, int(d.Annee), commune, d.Ecole, d.etat(), d.Niveau, d.Le,
		dateInscription(d), d.Derogation, saisiePar(agent))
	if err != nil {
		return uuid.Nil, explain(err)
	}
	suivre(tx, agent, eleve, d.Ecole)
	journal.Record(tx, agent, journal.Ligne{Acte: acteOf(d), Objet: "inscription", ID: id, Ecole: d.Ecole})
	return id, nil
}

func saisiePar(agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return "mairie"
	}
	return "ecole"
}

func dateInscription(d Demande) any {
	if d.Ecole == "" {
		return nil
	}
	return d.Le
}

func acteOf(d Demande) journal.Acte {
	if d.Ecole == "" {
		return journal.MettreEnAttente
	}
	return journal.Inscrire
}

// suivre moves the file to the school asked for while the mairie holds it: that school must see whom it will receive.
// A file that a school holds stays there until the admission.
func suivre(tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, uai string) {
	if agent.Role != habilitation.Mairie {
		return
	}
	tx.Queue(`update eleve set ecole_uai = nullif($2, ''), mairie_insee = $3
		where id = $1 and tenu_par = 'mairie' and ecole_uai is distinct from nullif($2, '')`, eleve, uai, agent.Commune)
}

// Lock locks an inscription, for the acts here and for those of the school that follow it, and reads it.
func Lock(ctx context.Context, tx territoire.Tx, id uuid.UUID, expected int) (Inscription, error) {
	i, present := Inscription{ID: id}, 0
	err := tx.QueryRow(ctx, `select version, eleve_id, annee, commune_insee, coalesce(ecole_uai, ''), etat,
		coalesce(niveau, ''), date_inscription from inscription where id = $1 for update`, id).
		Scan(&present, &i.EleveID, &i.Annee, &i.Commune, &i.Ecole, &i.Etat, &i.Niveau, &i.Le)
	return i, version.Check(err, "inscription", expected, present)
}

const modifierSQL = `
	update inscription set annee = $2, ecole_uai = nullif($3, ''), etat = $4, niveau = nullif($5, ''),
		date_inscription = $6, date_demande = least(date_demande, $7), derogation = $8, version = version + 1
	where id = $1`

// Modifier changes the demand while the school has not answered: another school, from the waiting list to a school.
func Modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, d Demande) error {
	i, err := Lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := i.Ouverte(); err != nil {
		return err
	}
	if err := valider(ctx, tx, agent, d); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, modifierSQL, id, int(d.Annee), d.Ecole, d.etat(), d.Niveau, dateInscription(d), d.Le, d.Derogation); err != nil {
		return explain(err)
	}
	suivre(tx, agent, i.EleveID, d.Ecole)
	journal.Record(tx, agent, journal.Ligne{Acte: acteOf(d), Objet: "inscription", ID: id, Ecole: d.Ecole})
	return nil
}

// Annuler cancels the inscription, with its motive.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, motif string) error {
	i, err := Lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := i.Annuler(motif); err != nil {
		return err
	}
	Clore(tx, agent, i, motif)
	return nil
}

// Clore records an end decided by Annuler, or by the school when the child will not come.
func Clore(tx territoire.Tx, agent habilitation.Agent, i Inscription, motif string) {
	tx.Queue(`update inscription set etat = $2, motif_annulation = $3, version = version + 1 where id = $1`, i.ID, i.Etat, motif)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerInscription, Objet: "inscription", ID: i.ID, Ecole: i.Ecole})
}

// Passer moves an inscription to the state that the school's act gives it.
func Passer(ctx context.Context, tx territoire.Tx, id uuid.UUID, etat Etat) error {
	if _, err := tx.Exec(ctx, `update inscription set etat = $2, motif_annulation = '', version = version + 1 where id = $1`, id, etat); err != nil {
		return explain(err)
	}
	return nil
}

// explain gives the constraints of the table their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "une_inscription_ouverte_par_eleve_et_par_annee":
			return refusal.InConflict("Cet enfant a déjà une inscription en cours pour cette année scolaire.")
		case "inscription_apres_la_demande":
			return refusal.Of("date_inscription", "La date d’inscription précède celle de la demande.")
		case "inscription_eleve_id_fkey":
			return refusal.NotFound()
		}
	}
	return fmt.Errorf("inscription: save: %w", err)
}
