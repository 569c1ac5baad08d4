package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/bench/spy"
	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/pgdev"
	"base-eleves/internal/territoire"
)

// world is one base, with the program serving it and the people who will ask.
type world struct {
	pupils int
	url    string // of the base, as its owner
	owner  *pgx.Conn
	box    *coffre.Coffre
	spy    *spy.Spy
	server *child // the program, measured
	spied  *child // the same, seen by the spy: never measured
	other  *child // another version of the program, nil without one
	folder string // of the scripts
	people people
	site   forms
	now    time.Time

	postmaster postmaster
}

// openWorld fills the base if need be, starts the program on it twice, and logs everybody in.
func openWorld(ctx context.Context, pg *pgdev.Server, pupils int, o options, box *coffre.Coffre, secret string) (w *world, err error) {
	w, err = newWorld(ctx, pg, pupils, box)
	defer func() {
		if err != nil {
			w.close()
			w = nil
		}
	}()
	if err != nil {
		return w, err
	}
	if w.folder, err = os.MkdirTemp("", "bench-"); err != nil {
		return w, err
	}
	if w.postmaster, err = findPostmaster(ctx, w.owner); err != nil {
		return w, err
	}
	if w.people, err = meet(ctx, w.owner, box, w.now); err != nil {
		return w, err
	}
	if w.spy, err = spy.Listen(w.folder, w.url); err != nil {
		return w, err
	}
	if err := w.start(ctx, o, secret); err != nil {
		return w, err
	}
	if w.site, err = newForms(ctx, w.url, box); err != nil {
		return w, err
	}
	return w, w.people.logIn(ctx, w)
}

// newWorld fills the base if need be; no program serves it yet.
func newWorld(ctx context.Context, pg *pgdev.Server, pupils int, box *coffre.Coffre) (*world, error) {
	w := &world{pupils: pupils, box: box}
	w.url = pg.URL(w.name())
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return w, err
	}
	w.now = time.Now().In(zone)
	return w, w.fill(ctx, pg, w.name())
}

// name is that of the base.
func (w *world) name() string { return fmt.Sprintf("bench_%d", w.pupils) }

// openBase is a base that no program serves, for what is measured without pages.
func (b bench) openBase(ctx context.Context, pupils int) (*world, error) {
	w, err := newWorld(ctx, b.pg, pupils, b.box)
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// start starts the programs.
func (w *world) start(ctx context.Context, o options, secret string) (err error) {
	if w.server, err = serve(ctx, o.program, w.url, secret); err != nil {
		return err
	}
	if w.spied, err = serve(ctx, o.program, w.spy.URL(w.url), secret); err != nil || o.other == "" {
		return err
	}
	w.other, err = serve(ctx, o.other, w.url, secret)
	return err
}

// fill makes the base, or takes the one that is there.
func (w *world) fill(ctx context.Context, pg *pgdev.Server, name string) error {
	if err := pg.EnsureDatabase(ctx, name); err != nil {
		return err
	}
	if _, _, err := postgres.Migrate(ctx, w.url); err != nil {
		return err
	}
	var err error
	if w.owner, err = pgx.Connect(ctx, w.url); err != nil {
		return err
	}
	etat, err := demo.Lire(ctx, w.owner)
	if err != nil {
		return err
	}
	if etat == demo.Vide {
		tell(fmt.Sprintf("Filling %s with %d pupils…", name, w.pupils))
		o := demo.Options{Graine: demo.Graine, Eleves: w.pupils, AnneePrecedente: true, Maintenant: w.now, Coffre: w.box}
		if _, err := demo.Remplir(ctx, w.url, o); err != nil {
			return err
		}
		if _, err := w.owner.Exec(ctx, `vacuum (analyze)`); err != nil {
			return err
		}
	}
	return errors.Join(w.prepare(ctx), w.security(ctx, true))
}

// prepare waits for another bench at work on the base, then takes away what it may have left.
func (w *world) prepare(ctx context.Context) error {
	var alone bool
	if err := w.owner.QueryRow(ctx, `select pg_try_advisory_lock(hashtext('bench'))`).Scan(&alone); err != nil {
		return err
	}
	if !alone {
		tell("Another bench is at work on this base; waiting for its end.")
		if _, err := w.owner.Exec(ctx, `select pg_advisory_lock(hashtext('bench'))`); err != nil {
			return err
		}
	}
	_, err := w.owner.Exec(ctx, `create schema if not exists bench; grant usage on schema bench to public;
		delete from frein; update cle set dernier_pas = 0; delete from envoi`)
	return err
}

// security switches row security on or off, on every table that has a policy.
func (w *world) security(ctx context.Context, on bool) error {
	how := "disable"
	if on {
		how = "enable"
	}
	_, err := w.owner.Exec(ctx, fmt.Sprintf(`do $$ declare t regclass; begin
		for t in select distinct c.oid from pg_class c join pg_policy p on p.polrelid = c.oid where c.relrowsecurity <> %t loop
			execute format('alter table %%s %s row level security', t);
		end loop; end $$`, on, how))
	return err
}

// role is the connection string of the base as an application role, with the settings of its pool: pgbench is to find
// what the program finds.
func (w *world) role(role string) string {
	u, err := url.Parse(postgres.ForRole(w.url, role))
	if err != nil {
		return ""
	}
	var options []string
	for name, value := range territoire.Reglages(role) {
		options = append(options, "-c "+name+"="+value)
	}
	slices.Sort(options)
	// libpq does not read + as a space.
	u.RawQuery += "&options=" + strings.ReplaceAll(url.QueryEscape(strings.Join(options, " ")), "+", "%20")
	return u.String()
}

// close ends what was started; the base stays.
func (w *world) close() {
	for _, c := range []*child{w.server, w.spied, w.other} {
		c.stop()
	}
	if w.spy != nil {
		w.spy.Close()
	}
	w.site.close()
	if w.owner != nil {
		_ = w.owner.Close(context.Background())
	}
	if w.folder != "" {
		_ = os.RemoveAll(w.folder)
	}
}
