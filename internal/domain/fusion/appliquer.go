package fusion

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// typeDe is the type of a column that a merge changes or that a key holds.
func typeDe(colonne string) string {
	switch {
	case colonne == "id" || strings.HasSuffix(colonne, "_id"):
		return "uuid"
	case strings.HasPrefix(colonne, "date_") || colonne == "fin":
		return "date"
	case colonne == "rang" || colonne == "annee":
		return "integer"
	case colonne == "ne_etranger":
		return "boolean"
	}
	return "text"
}

// appliquerTous does the changes, those of a row at once: the rules of a row hold between its columns. Those whose
// column is no longer what the change says are left alone and returned.
func appliquerTous(ctx context.Context, tx territoire.Tx, changements []Changement) (perimes []Changement, err error) {
	for len(changements) > 0 {
		n := 1
		for n < len(changements) && changements[n].memeLigne(changements[0]) {
			n++
		}
		laisses, err := appliquer(ctx, tx, changements[:n])
		if err != nil {
			return nil, err
		}
		perimes, changements = append(perimes, laisses...), changements[n:]
	}
	return perimes, nil
}

func (c Changement) memeLigne(d Changement) bool {
	return c.Table == d.Table && maps.Equal(c.Cle, d.Cle)
}

// appliquer does the changes of one row.
func appliquer(ctx context.Context, tx territoire.Tx, ligne []Changement) (laisses []Changement, err error) {
	var q requete
	table := pgx.Identifier{ligne[0].Table}.Sanitize()
	where := q.where(ligne)
	intactes := make([]string, len(ligne))
	for i, c := range ligne {
		intactes[i] = q.est(c.Colonne, c.Avant)
	}
	valides := make([]bool, len(ligne))
	err = tx.QueryRow(ctx, "select array["+strings.Join(intactes, ", ")+"] from "+table+where+" for update", q.args...).Scan(&valides)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return ligne, nil
	case err != nil:
		return nil, fmt.Errorf("fusion: lock a row: %w", err)
	}
	q = requete{}
	where = q.where(ligne)
	var set []string
	for i, c := range ligne {
		if !valides[i] {
			laisses = append(laisses, c)
			continue
		}
		set = append(set, pgx.Identifier{c.Colonne}.Sanitize()+" = "+q.valeur(c.Colonne, c.Apres))
	}
	if len(set) == 0 {
		return laisses, nil
	}
	if ligne[0].Table != "affectation" {
		set = append(set, "version = version + 1")
	}
	if _, err = tx.Exec(ctx, "update "+table+" set "+strings.Join(set, ", ")+where, q.args...); err != nil {
		return nil, empeche(err)
	}
	return laisses, nil
}

// requete gathers the values of a statement.
type requete struct{ args []any }

// valeur is the place of a value, as its column holds it.
func (q *requete) valeur(colonne string, v *string) string {
	q.args = append(q.args, v)
	return fmt.Sprintf("$%d::text::%s", len(q.args), typeDe(colonne))
}

func (q *requete) est(colonne string, v *string) string {
	return pgx.Identifier{colonne}.Sanitize() + " is not distinct from " + q.valeur(colonne, v)
}

// egale compares a column of a key, by its index: IS NOT DISTINCT FROM would read the table.
func (q *requete) egale(colonne string, v *string) string {
	return pgx.Identifier{colonne}.Sanitize() + " = " + q.valeur(colonne, v)
}

// where finds the row. The pupil is part of the key of what has no identifier of its own, and may be what changes.
func (q *requete) where(ligne []Changement) string {
	var conditions []string
	for _, nom := range slices.Sorted(maps.Keys(ligne[0].Cle)) {
		v := ligne[0].Cle[nom]
		conditions = append(conditions, q.egale(nom, &v))
	}
	if _, ok := ligne[0].Cle["id"]; !ok && ligne[0].Colonne == "eleve_id" {
		conditions = append(conditions, q.egale("eleve_id", ligne[0].Avant))
	}
	return " where " + strings.Join(conditions, " and ")
}

// empeche says that a rule of the register forbids what the base refuses.
func empeche(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && strings.HasPrefix(pg.Code, "23") {
		return refusal.InConflict("Ces deux dossiers ne peuvent plus être réunis ou séparés tels qu’ils sont\u00a0: " +
			"une classe, une inscription ou une scolarité s’y oppose.")
	}
	return fmt.Errorf("fusion: change a row: %w", err)
}
