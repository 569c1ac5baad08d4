// Package demo fills an empty base with an invented world: the département of demonstration that `make run` serves,
// or a nation for measuring. The command line comes here to fill, to start again, and to ask for the accounts; a base
// so filled bears a schema of its own, `demo`, by which everybody recognises it. Nothing else of the application knows
// that demonstrations exist.
package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/monde"
	"base-eleves/internal/domain/coffre"
)

// Graine is the seed of the demonstration.
const Graine = 65

// Options say which world to invent.
type Options struct {
	Graine          uint64
	Eleves          int // 0 for the département of demonstration, else a nation of that many
	AnneePrecedente bool
	Maintenant      time.Time // in the zone of the application
	Coffre          *coffre.Coffre
	Progres         func(etape string, fait, total int) // nil to keep silent
}

// plan draws the world.
func (o Options) plan() *monde.Plan {
	y, m, d := o.Maintenant.Date()
	mo := monde.Options{
		Graine: o.Graine, Aujourdhui: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), AnneePrecedente: o.AnneePrecedente,
	}
	if o.Eleves == 0 {
		return monde.Bigorre(mo)
	}
	return monde.Nation(mo, o.Eleves)
}

func (o Options) progress(etape string, fait, total int) {
	if o.Progres != nil {
		o.Progres(etape, fait, total)
	}
}

// Bilan is what was written.
type Bilan struct {
	Ecoles   int
	Eleves   int   // of the present year, those who wait included
	Dossiers int64 // pupils, with those who left last summer
	Lignes   int64
}

// beaucoup is the number of pupils from which it pays to take indexes away and several connections.
const beaucoup = 5_000

// ErrInachevee means that a big world was being written when something stopped it: indexes and keys are missing.
var ErrInachevee = errors.New("le remplissage de cette base a été interrompu : supprimez la base et recommencez")

// ErrPasVide means that the base holds something else than a demonstration.
var ErrPasVide = errors.New("cette base n’est pas vide et n’est pas une base de démonstration : rien n’a été touché")

// Remplir invents a world in the base of url, as its owner. A base of demonstration is emptied first; any other must be
// empty.
func Remplir(ctx context.Context, url string, o Options) (Bilan, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return Bilan{}, fmt.Errorf("demo: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	etat, err := Lire(ctx, conn)
	if err != nil {
		return Bilan{}, err
	}
	switch etat {
	case Reelle:
		return Bilan{}, ErrPasVide
	case Inachevee:
		return Bilan{}, ErrInachevee
	}
	p := o.plan()
	if p.Effectif() > beaucoup {
		return remplirParFlux(ctx, conn, url, p, o)
	}
	return remplirDUnCoup(ctx, conn, p, o)
}
