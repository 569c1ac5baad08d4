package election

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Arreter fixes the list of voters as the register says it on a day, and with it the seats: one for each class of the
// school (art. D411-1). It returns how many vote.
func Arreter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, le time.Time) (int, error) {
	e, err := verrouiller(ctx, tx, id, v)
	if err != nil {
		return 0, err
	}
	if e.ArreteeLe != nil {
		return 0, refusal.InConflict("La liste électorale est déjà arrêtée.")
	}
	if err := (Scrutin{Le: e.ScrutinLe}).ArreterLe(ecole.Annee(e.Annee), le, agent.Aujourdhui()); err != nil {
		return 0, err
	}
	liens, err := territoire.Lignes[Lien](ctx, tx, LiensSQL, id, le)
	if err != nil {
		return 0, fmt.Errorf("election: read the authorities: %w", err)
	}
	list := Electeurs(liens)
	if len(list) == 0 {
		return 0, refusal.Of("arretee_le", "Aucun responsable n’exerce l’autorité parentale sur un élève présent ce jour-là.")
	}
	tag, err := tx.Exec(ctx, `update election set arretee_le = $2, sieges = n, inscrits = $5, version = version + 1
		from (select count(*) as n from classe where ecole_uai = $3 and annee = $4) c where id = $1 and n > 0`,
		id, le, e.EcoleUAI, e.Annee, len(list))
	if err != nil {
		return 0, fmt.Errorf("election: fix the list: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return 0, refusal.InConflict("L’école n’a aucune classe cette année, donc aucun siège\u00a0: ouvrez d’abord ses classes.")
	}
	inscrire(tx, id, e.EcoleUAI, list)
	noter(tx, agent, journal.ArreterListe, id)
	return len(list), nil
}

const inscrireSQL = `
	insert into electeur (id, election_id, ecole_uai, responsable_id, numero, civilite, nom_famille, nom_usage, prenom, organisme, tiers)
	select gen_random_uuid(), $1, $2, l.* from unnest($3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
		$10::boolean[]) l`

// inscrire writes the voters, numbered in their order.
func inscrire(tx territoire.Tx, election uuid.UUID, uai string, list []Electeur) {
	n := len(list)
	ids, numeros, tiers := make([]uuid.UUID, n), make([]int16, n), make([]bool, n)
	var textes [5][]string
	for i, e := range list {
		ids[i], numeros[i], tiers[i] = e.Responsable, int16(i+1), e.Tiers
		for j, t := range []string{e.Civilite, e.NomFamille, e.NomUsage, e.Prenom, e.Organisme} {
			textes[j] = append(textes[j], t)
		}
	}
	tx.Queue(inscrireSQL, election, uai, ids, numeros, textes[0], textes[1], textes[2], textes[3], textes[4], tiers)
}

// Rouvrir erases a list fixed by mistake.
func Rouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	e, err := verrouiller(ctx, tx, id, 0)
	switch {
	case err != nil:
		return err
	case e.ArreteeLe == nil:
		return refusal.InConflict("La liste électorale n’est pas arrêtée.")
	}
	suites := 0
	err = tx.QueryRow(ctx, `select (select count(*) from liste_candidats where election_id = $1) + (select count(*) from reclamation where election_id = $1)`,
		id).Scan(&suites)
	if err != nil {
		return fmt.Errorf("election: what follows the list: %w", err)
	}
	if suites > 0 {
		return refusal.InConflict("Des demandes ou des candidatures s’appuient sur cette liste\u00a0: elle ne se rouvre plus.")
	}
	tx.Queue(`delete from electeur where election_id = $1`, id)
	tx.Queue(`update election set arretee_le = null, sieges = null, inscrits = null, version = version + 1 where id = $1`, id)
	noter(tx, agent, journal.RouvrirListe, id)
	return nil
}

// Personnel says of voters whether they belong to the staff of the school, who vote and are not eligible (arrêté of 13 May
// 1985, art. 1). It returns of how many it was said otherwise before.
func Personnel(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, electeurs []uuid.UUID, personnel bool) (int, error) {
	if _, err := enCours(ctx, tx, id, 0); err != nil {
		return 0, err
	}
	candidat := false
	err := tx.QueryRow(ctx, `select $2 and exists (select from candidat where electeur_id = any ($1))`, electeurs, personnel).Scan(&candidat)
	if err != nil {
		return 0, fmt.Errorf("election: candidates: %w", err)
	}
	if candidat {
		return 0, refusal.InConflict("Une de ces personnes est candidate\u00a0: retirez-la d’abord de sa liste de candidats.")
	}
	tag, err := tx.Exec(ctx, `update electeur set personnel = $3 where election_id = $1 and id = any ($2) and personnel <> $3 and organisme = ''`,
		id, electeurs, personnel)
	if err != nil {
		return 0, fmt.Errorf("election: eligibility: %w", err)
	}
	noter(tx, agent, journal.Modifier, id)
	return int(tag.RowsAffected()), nil
}
