// Package annuaire brings the national directory of schools into the base: académies, départements, circonscriptions,
// communes, RPI, collèges and écoles. The command `base-eleves importer annuaire` comes here, as the owner of the
// base; nothing here is a person's.
//
// The directory is the "Annuaire de l'éducation" of data.education.gouv.fr (Licence Ouverte 2.0), whose columns have
// changed over the years: they are read by name.
package annuaire

import (
	"context"
	"io"
)

// Run reads the file, compares it with the base and, when apply is set, writes what differs in tx. The report says
// the same either way.
func Run(ctx context.Context, tx Tx, file io.Reader, apply bool) (Report, error) {
	a, err := Read(file)
	if err != nil {
		return Report{}, err
	}
	plan, err := Compare(ctx, tx, a)
	if err != nil {
		return Report{}, err
	}
	if apply {
		if err := plan.Apply(ctx, tx); err != nil {
			return Report{}, err
		}
	}
	return plan.report(a, apply), nil
}
