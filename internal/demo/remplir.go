package demo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/bulk"
	"base-eleves/internal/demo/monde"
)

// remplirDUnCoup writes a small world in one transaction: it is there whole, or not at all.
func remplirDUnCoup(ctx context.Context, conn *pgx.Conn, p *monde.Plan, o Options) (Bilan, error) {
	t := newTables()
	if err := peupler(ctx, p, t, o); err != nil {
		return Bilan{}, err
	}
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, viderSQL); err != nil {
			return fmt.Errorf("demo: empty the base: %w", err)
		}
		if err := marquer(ctx, tx, o, p.Effectif(), true); err != nil {
			return err
		}
		if err := bulk.CopyAll(ctx, tx, territoires(p)); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		if err := copierSansDeclencheurs(ctx, tx, t.all()); err != nil {
			return err
		}
		return finir(ctx, tx, p, t, o)
	})
	if err != nil {
		return Bilan{}, err
	}
	return t.bilan(p), ranger(ctx, conn, `vacuum (analyze) `, t)
}

// copierSansDeclencheurs copies with the triggers off: the rows come with the copies that triggers would have made.
func copierSansDeclencheurs(ctx context.Context, tx pgx.Tx, tables []*bulk.Table) error {
	if err := declencheurs(ctx, tx, tables, "disable"); err != nil {
		return err
	}
	if err := bulk.CopyAll(ctx, tx, tables); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return declencheurs(ctx, tx, tables, "enable")
}

func declencheurs(ctx context.Context, tx pgx.Tx, tables []*bulk.Table, how string) error {
	for _, t := range tables {
		if _, err := tx.Exec(ctx, `alter table `+t.Name+` `+how+` trigger user`); err != nil {
			return fmt.Errorf("demo: %s triggers: %w", how, err)
		}
	}
	return nil
}

// remplirParFlux writes a big world as it is invented, without its indexes, which are made afterwards. A base where
// this was interrupted is of no use: it remains marked as unfinished.
func remplirParFlux(ctx context.Context, conn *pgx.Conn, url string, p *monde.Plan, o Options) (Bilan, error) {
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, viderSQL); err != nil {
			return fmt.Errorf("demo: empty the base: %w", err)
		}
		if err := marquer(ctx, tx, o, p.Effectif(), false); err != nil {
			return err
		}
		return bulk.CopyAll(ctx, tx, territoires(p))
	})
	if err != nil {
		return Bilan{}, fmt.Errorf("demo: %w", err)
	}
	t := newTables()
	if err := copierSansIndex(ctx, conn, url, p, t, o); err != nil {
		return Bilan{}, fmt.Errorf("demo: %w", err)
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := finir(ctx, tx, p, t, o); err != nil {
			return err
		}
		return marquer(ctx, tx, o, p.Effectif(), true)
	})
	if err != nil {
		return Bilan{}, err
	}
	o.progress("statistiques", 0, 1)
	return t.bilan(p), ranger(ctx, conn, `analyze `, t)
}

func copierSansIndex(ctx context.Context, conn *pgx.Conn, url string, p *monde.Plan, t *tables, o Options) error {
	suspended, err := bulk.Suspend(ctx, conn, t.all())
	if err != nil {
		return err
	}
	if err := bulk.Stream(ctx, url, t.all(), func(ctx context.Context) error { return peupler(ctx, p, t, o) }); err != nil {
		return err
	}
	return suspended.Restore(ctx, url, func(done, total int) { o.progress("index et contraintes", done, total) })
}

// peupler invents the life of each secteur and writes it.
func peupler(ctx context.Context, p *monde.Plan, t *tables, o Options) error {
	fait, total := 0, p.Effectif()
	for _, s := range p.Secteurs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.write(p.Peupler(s)); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		fait += s.Effectif()
		o.progress("élèves", fait, total)
	}
	return nil
}

// finir opens the register after the numbers given, adds what a demonstration shows besides, and makes the accounts.
func finir(ctx context.Context, tx pgx.Tx, p *monde.Plan, t *tables, o Options) error {
	if _, err := tx.Exec(ctx, `select setval('ine_serie', $1)`, max(1, t.serie)); err != nil {
		return fmt.Errorf("demo: open the register: %w", err)
	}
	if o.Eleves == 0 { // a nation measures pages, which the register of former pupils does not slow down
		if _, err := tx.Exec(ctx, `select ouvrir_registre()`); err != nil {
			return fmt.Errorf("demo: open the register of the schools: %w", err)
		}
		if err := garnir(ctx, tx, p); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, annoncerSQL, int(p.Annee()), p.Aujourdhui); err != nil {
			return fmt.Errorf("demo: announce a merger: %w", err)
		}
	}
	if err := creerComptes(ctx, tx, comptes(p), o); err != nil {
		return err
	}
	if err := alerter(ctx, tx, p); err != nil {
		return err
	}
	if o.Eleves == 0 {
		if err := demanderFichiers(ctx, tx, p, o); err != nil {
			return err
		}
	}
	if err := creerStock(ctx, tx, o); err != nil {
		return err
	}
	return arriver(ctx, tx, o.Maintenant)
}

// ranger leaves statistics to the planner.
func ranger(ctx context.Context, conn *pgx.Conn, how string, t *tables) error {
	for _, name := range append([]string{"ecole", "commune", "college", "circonscription"}, t.names()...) {
		if _, err := conn.Exec(ctx, how+name); err != nil {
			return fmt.Errorf("demo: %s%s: %w", how, name, err)
		}
	}
	return nil
}

func (t *tables) bilan(p *monde.Plan) Bilan {
	b := Bilan{Ecoles: p.Ecoles(), Eleves: p.Effectif(), Dossiers: t.eleve.Rows}
	for _, table := range t.all() {
		b.Lignes += table.Rows
	}
	return b
}
