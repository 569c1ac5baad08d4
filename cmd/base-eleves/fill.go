package main

import (
	"context"
	"fmt"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
)

// demoOptions are those of the département of demonstration.
func (env environment) demoOptions(box *coffre.Coffre) demo.Options {
	return demo.Options{Graine: demo.Graine, AnneePrecedente: true, Maintenant: env.now(), Coffre: box}
}

// fill fills the base and says how far it is.
func (b base) fill(ctx context.Context, o demo.Options) error {
	bar := newBar()
	o.Progres = bar.show
	bilan, err := demo.Remplir(ctx, b.url, o)
	bar.end()
	if err != nil {
		return err
	}
	tell(fmt.Sprintf("Base de démonstration : %d écoles, %d élèves (%d dossiers, %d lignes) en %s.",
		bilan.Ecoles, bilan.Eleves, bilan.Dossiers, bilan.Lignes, bar.elapsed()))
	return nil
}
