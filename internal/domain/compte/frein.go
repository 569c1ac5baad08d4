package compte

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// budget is what failures cost: the first ones nothing, each later one a delay twice as long as the last. It slows
// down, it never locks out.
type budget struct {
	libres  int           // failures from which one waits
	plafond time.Duration // longest wait
	oubli   time.Duration // without any failure for that long, the count starts again
}

var (
	// parCompte: with the wait at its longest, some 110 tries a day, hence at most 4·10⁻⁴ to guess a code of six digits
	// among the three that a key accepts (security.md AUT-7, AUT-11).
	parCompte = budget{libres: 5, plafond: 15 * time.Minute, oubli: 24 * time.Hour}
	// parAdresse is larger and shorter: all the agents of a mairie share one address.
	parAdresse = budget{libres: 50, plafond: 5 * time.Minute, oubli: time.Hour}
)

// delai is the wait after so many failures.
func (b budget) delai(echecs int) time.Duration {
	if echecs < b.libres {
		return 0
	}
	return min(b.plafond, time.Second<<min(echecs-b.libres, 20))
}

// frein is one count of failures, in the table that all processes share.
type frein struct {
	cle     string
	budget  budget
	durable bool // kept after a log-in: an address is not one person's
}

// freins are the counts that an attempt adds to. A browser that has already logged in to the account has its own, so
// that whoever hammers on the account cannot keep its owner out.
func (g *Gate) freins(v Visite, identifiant string) []frein {
	if cle, ok := g.appareilConnu(v, identifiant); ok {
		return []frein{{cle: cle, budget: parCompte}}
	}
	// Always in this order: two attempts never wait for each other's row.
	return []frein{
		{cle: "adresse:" + v.Adresse, budget: parAdresse, durable: true},
		{cle: "compte:" + g.empreindre("frein", identifiant), budget: parCompte},
	}
}

// essai is an attempt that was let through, and counted as a failure until it proves right: attempts made at the same
// time cannot slip past the count.
type essai struct {
	comptes []compteur
	le      time.Time
}

type compteur struct {
	frein
	jusquA time.Time
}

// The base keeps microseconds. An attempt that costs no wait leaves none: a neighbour's, read on the clock just before
// and waiting here for this row, is not early.
const prendreSQL = `
	insert into frein as f (cle, echecs, jusqu_a, dernier) values ($1, 1, 'epoch', $2)
	on conflict (cle) do update set
		echecs = case when f.dernier < $3 then 1 else f.echecs + 1 end, dernier = greatest(f.dernier, $2)
	where f.jusqu_a <= $2
	returning echecs`

// prendre lets an attempt through, or says how long to wait. A refused attempt does not make the wait longer.
func prendre(ctx context.Context, tx territoire.Tx, freins []frein, now time.Time) (essai, error) {
	now = now.Truncate(time.Microsecond)
	e := essai{le: now}
	for _, f := range freins {
		var echecs int
		err := tx.QueryRow(ctx, prendreSQL, f.cle, now, now.Add(-f.budget.oubli)).Scan(&echecs)
		if errors.Is(err, pgx.ErrNoRows) {
			return essai{}, attendre(ctx, tx, f, now)
		}
		if err != nil {
			return essai{}, fmt.Errorf("compte: count an attempt: %w", err)
		}
		c := compteur{f, now.Add(f.budget.delai(echecs))}
		if c.jusquA.After(now) {
			if _, err := tx.Exec(ctx, `update frein set jusqu_a = $2 where cle = $1`, c.cle, c.jusquA); err != nil {
				return essai{}, fmt.Errorf("compte: set the wait: %w", err)
			}
		}
		e.comptes = append(e.comptes, c)
	}
	return e, nil
}

// attendre is the refusal of an attempt made too early.
func attendre(ctx context.Context, tx territoire.Tx, f frein, now time.Time) error {
	var jusquA time.Time
	if err := tx.QueryRow(ctx, `select jusqu_a from frein where cle = $1`, f.cle).Scan(&jusquA); err != nil {
		return fmt.Errorf("compte: read the wait: %w", err)
	}
	return refusal.Of("", "Trop d’essais. Réessayez dans "+duree(jusquA.Sub(now))+".")
}

// duree writes a wait, rounded up.
func duree(d time.Duration) string {
	n, unite := int((d+time.Second-1)/time.Second), "seconde"
	if n >= 120 {
		n, unite = (n+59)/60, "minute"
	}
	if n > 1 {
		unite += "s"
	}
	return strconv.Itoa(max(n, 1)) + "\u00a0" + unite
}

// rendre gives back an attempt that was right, without touching the wait that another one has set meanwhile.
func (e essai) rendre(ctx context.Context, tx territoire.Tx) error {
	for _, c := range e.comptes {
		if _, err := tx.Exec(ctx, `
			update frein set echecs = greatest(echecs - 1, 0), jusqu_a = case when jusqu_a = $2 then $3 else jusqu_a end
			where cle = $1`, c.cle, c.jusquA, e.le); err != nil {
			return fmt.Errorf("compte: give an attempt back: %w", err)
		}
	}
	return nil
}

// purgeSQL forgets old failures; rows that another log-in is deleting are left to it.
const purgeSQL = `
	delete from frein where cle in (
		select cle from frein where dernier < $1 and jusqu_a < $1 limit 1000 for update skip locked)`

// lever ends the count of the account after a whole log-in, both steps.
func (e essai) lever(ctx context.Context, tx territoire.Tx) error {
	if err := e.rendre(ctx, tx); err != nil {
		return err
	}
	for _, c := range e.comptes {
		if c.durable {
			continue
		}
		if _, err := tx.Exec(ctx, `delete from frein where cle = $1`, c.cle); err != nil {
			return fmt.Errorf("compte: forget failures: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, purgeSQL, e.le.Add(-parCompte.oubli)); err != nil {
		return fmt.Errorf("compte: forget old failures: %w", err)
	}
	return nil
}

func (g *Gate) rendre(ctx context.Context, e essai) error {
	return g.DB.Connexion(ctx, func(tx territoire.Tx) error { return e.rendre(ctx, tx) })
}
