package dossier

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Periscolaire is what a pupil comes to outside the hours of school, in one year (block V of the arrêté of 2008).
type Periscolaire struct {
	GarderieMatin bool
	GarderieSoir  bool
	Etude         bool
	Restaurant    bool
	Transport     bool
}

// Services are those that the pupil comes to, in words, in the order of his day.
func (p Periscolaire) Services() []string {
	var list []string
	for _, s := range []struct {
		vient bool
		nom   string
	}{
		{p.Transport, "transport"}, {p.GarderieMatin, "garderie du matin"}, {p.Restaurant, "restaurant"},
		{p.Etude, "étude"}, {p.GarderieSoir, "garderie du soir"},
	} {
		if s.vient {
			list = append(list, s.nom)
		}
	}
	return list
}

// Autorisation is the insurance and the authorisations of one year (domain.md §3.7).
type Autorisation struct {
	Assureur             string
	NumContrat           string
	ResponsabiliteCivile bool
	IndividuelleAccident bool
	AttestationFournie   bool
	Photo                bool
	RentreSeul           bool
}

// Valider says what does not hold together, for a pupil of that level; "" when he has none this year.
func (a Autorisation) Valider(niveau ecole.Niveau) error {
	var l refusal.List
	if a.NumContrat != "" && a.Assureur == "" {
		l.Add("assureur", "Indiquez la compagnie qui a donné ce numéro de contrat.")
	}
	if a.AttestationFournie && !a.ResponsabiliteCivile && !a.IndividuelleAccident {
		l.Add("attestation_fournie", "Cochez ce que l’attestation couvre\u00a0: responsabilité civile, individuelle accident ou les deux.")
	}
	// Circulaire n° 97-178 of 18 September 1997, §II: children of the maternelle are handed to their parents or to a
	// person they have named.
	if a.RentreSeul && niveau.Connu() && niveau.Rang() < ecole.CP.Rang() {
		l.Add("rentre_seul", "Un enfant de maternelle ne rentre pas seul\u00a0: il est remis à ses parents ou à une personne autorisée.")
	}
	return l.Err()
}

// Couvre is what the insurance covers, in words; "" for nothing.
func (a Autorisation) Couvre() string {
	var list []string
	if a.ResponsabiliteCivile {
		list = append(list, "responsabilité civile")
	}
	if a.IndividuelleAccident {
		list = append(list, "individuelle accident")
	}
	return strings.Join(list, " et ")
}

const lockPeriscolaireSQL = `select version from periscolaire where eleve_id = $1 and annee = $2 for update`

// creerPeriscolaireSQL makes no row where the territory forbids it: a mairie notes the pupils of the schools of its
// commune, not its residents who go to school elsewhere (security.md §5, G9).
const creerPeriscolaireSQL = `
	insert into periscolaire (eleve_id, annee, garderie_matin, garderie_soir, etude, restaurant, transport)
	select e.id, a.code, $3, $4, $5, $6, $7 from eleve e join annee_scolaire a on a.code = $2
	where e.id = $1 and (mairie_insee = any (portee_communes()) or ecole_uai = any (portee_ecoles()))
	on conflict do nothing`

const modifierPeriscolaireSQL = `
	update periscolaire set garderie_matin = $3, garderie_soir = $4, etude = $5, restaurant = $6, transport = $7,
		fin = case when ecole_uai is null or exists (select from scolarite s where s.eleve_id = $1 and s.annee = $2
			and s.ecole_uai = periscolaire.ecole_uai and s.date_radiation is not null) then fin end, version = version + 1
	where eleve_id = $1 and annee = $2`

// NoterPeriscolaire records what the pupil comes to in a year. v is the version that the form was opened on, 0 when
// nothing was recorded.
func NoterPeriscolaire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, annee ecole.Annee, v int, p Periscolaire) error {
	return parAnnee{"periscolaire", lockPeriscolaireSQL, creerPeriscolaireSQL, modifierPeriscolaireSQL}.noter(ctx, tx, agent, v,
		enfant, annee, p.GarderieMatin, p.GarderieSoir, p.Etude, p.Restaurant, p.Transport)
}

const lockAutorisationSQL = `select version from autorisation where eleve_id = $1 and annee = $2 for update`

const creerAutorisationSQL = `
	insert into autorisation (eleve_id, annee, assureur, num_contrat, responsabilite_civile, individuelle_accident,
		attestation_fournie, photo, rentre_seul)
	select e.id, a.code, $3, $4, $5, $6, $7, $8, $9 from eleve e join annee_scolaire a on a.code = $2 where e.id = $1
	on conflict do nothing`

const modifierAutorisationSQL = `
	update autorisation set assureur = $3, num_contrat = $4, responsabilite_civile = $5, individuelle_accident = $6,
		attestation_fournie = $7, photo = $8, rentre_seul = $9, version = version + 1
	where eleve_id = $1 and annee = $2`

const niveauSQL = `
	select coalesce((select niveau from scolarite where eleve_id = $1 and annee = $2 and etat <> 'annulee' and niveau is not null
		order by (etat = 'radie'), date_effet desc nulls last limit 1), '')`

// NoterAutorisation records the insurance and the authorisations of a year; v as for NoterPeriscolaire.
func NoterAutorisation(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, annee ecole.Annee, v int, a Autorisation) error {
	var niveau ecole.Niveau
	if err := tx.QueryRow(ctx, niveauSQL, enfant, annee).Scan(&niveau); err != nil {
		return fmt.Errorf("dossier: read the level: %w", err)
	}
	if err := a.Valider(niveau); err != nil {
		return err
	}
	return parAnnee{"autorisation", lockAutorisationSQL, creerAutorisationSQL, modifierAutorisationSQL}.noter(ctx, tx, agent, v,
		enfant, annee, a.Assureur, a.NumContrat, a.ResponsabiliteCivile, a.IndividuelleAccident, a.AttestationFournie, a.Photo, a.RentreSeul)
}

// parAnnee is a table of one row for each pupil and each year, and its statements.
type parAnnee struct{ objet, lock, creer, modifier string }

// noter creates the row or changes it. One that somebody created since the form was opened is outdated too.
func (t parAnnee) noter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, v int, enfant uuid.UUID, annee ecole.Annee, values ...any) error {
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	args := append([]any{enfant, int(annee)}, values...)
	var present int
	err := tx.QueryRow(ctx, t.lock, enfant, int(annee)).Scan(&present)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		err = t.first(ctx, tx, args)
	case err != nil:
		err = fmt.Errorf("dossier: lock %s: %w", t.objet, err)
	case present != v:
		err = refusal.Outdated()
	default:
		tx.Queue(t.modifier, args...)
	}
	if err == nil {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: t.objet, ID: enfant, Ecole: agent.Ecole})
	}
	return err
}

// first creates the row of a pupil and of a year.
func (t parAnnee) first(ctx context.Context, tx territoire.Tx, args []any) error {
	tag, err := tx.Exec(ctx, t.creer, args...)
	if err != nil {
		return fmt.Errorf("dossier: note %s: %w", t.objet, err)
	}
	if tag.RowsAffected() == 1 {
		return nil
	}
	var there bool
	if err := tx.QueryRow(ctx, `select exists (select from `+t.objet+` where eleve_id = $1 and annee = $2)`, args[:2]...).Scan(&there); err != nil {
		return fmt.Errorf("dossier: look for %s: %w", t.objet, err)
	}
	if there {
		return refusal.Outdated()
	}
	return refusal.NotFound()
}
