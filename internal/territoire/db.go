package territoire

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"base-eleves/internal/postgres"
)

// Roles of the base that serve no Portee.
const (
	roleConnexion = "be_connexion"
	roleRegistre  = "be_registre"
)

// poolSizes gives each database role its pool. Small on purpose: beyond two busy connections for each core pages get
// slower, not faster, measured by `make bench`; they wait their turn here at less cost than in PostgreSQL.
func poolSizes() map[string]int32 {
	busy := max(4, 2*int32(runtime.GOMAXPROCS(0)))
	return map[string]int32{
		roleConnexion: busy, "be_directeur": busy, "be_mairie": busy,
		"be_ien": busy, "be_ia": busy, "be_service": 2, "be_college": 2, "be_statistique": 2, roleRegistre: 1,
	}
}

// Limits that the base keeps by itself, whatever the application does.
var limits = map[string]string{
	"statement_timeout":                   "5s",
	"idle_in_transaction_session_timeout": "15s",
	"lock_timeout":                        "3s",
	"timezone":                            "Europe/Paris",
	"application_name":                    "base-eleves",
	// Compiling a statement takes longer than any of ours: a history cost 284 ms with it, 12 without.
	"jit": "off",
}

// Reglages are the settings of the connections of a database role: the limits, and for a directeur no bitmap scan. What
// he reads is a school's, a hundred lines at most, which a plain scan of one index finds in the order asked for; the
// planner, who does not know how short his territory is, would first draw the map of all of it.
func Reglages(role string) map[string]string {
	settings := maps.Clone(limits)
	if role == "be_directeur" {
		settings["enable_bitmapscan"] = "off"
		settings["plan_cache_mode"] = "force_generic_plan"
	}
	return settings
}

// attente is how long a request waits for a connection before it says that the service is busy.
const attente = 2 * time.Second

// source lends transactions of a database role: pools in service, one rolled-back transaction in most tests.
type source interface {
	// begin opens a transaction and runs b in it, in one round trip. A transaction comes with an error too, to be rolled
	// back, unless none was opened.
	begin(ctx context.Context, role string, b *pgx.Batch) (pgx.Tx, error)
	batch(ctx context.Context, role string, b *pgx.Batch) error
}

// DB lends transactions, each bound to a Portee.
type DB struct {
	source source
	jour   jour
}

// Connecter opens one pool per database role on the base at url, whose user is replaced. It refuses a role that row
// security would not hold: a superuser, one with BYPASSRLS, or the owner of the tables.
func Connecter(ctx context.Context, url string) (*DB, *pgxpool.Pool, error) {
	p := pools{}
	for role, size := range poolSizes() {
		pool, err := open(ctx, url, role, size)
		if err != nil {
			p.close()
			return nil, nil, fmt.Errorf("territoire: connect as %s: %w", role, err)
		}
		p[role] = pool
	}
	if err := p.refuseDangerous(ctx); err != nil {
		p.close()
		return nil, nil, err
	}
	return &DB{source: p}, p[roleConnexion], nil
}

// Fermer gives the connections back.
func (db *DB) Fermer() {
	if p, ok := db.source.(pools); ok {
		p.close()
	}
}

func open(ctx context.Context, url, role string, size int32) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(postgres.ForRole(url, role))
	if err != nil {
		return nil, err
	}
	config.MaxConns = size
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		registerUUID(conn.TypeMap())
		return nil
	}
	config.MaxConnIdleTime = 5 * time.Minute
	config.ConnConfig.ConnectTimeout = attente
	maps.Copy(config.ConnConfig.RuntimeParams, Reglages(role))
	return pgxpool.NewWithConfig(ctx, config)
}

// pools is the source of the service.
type pools map[string]*pgxpool.Pool

func (p pools) begin(ctx context.Context, role string, b *pgx.Batch) (pgx.Tx, error) {
	pool, err := p.of(role)
	if err != nil {
		return nil, err
	}
	opening := &pgx.Batch{}
	opening.BeginTx(pgx.TxOptions{})
	opening.QueuedQueries = append(opening.QueuedQueries, b.QueuedQueries...)
	results := pool.SendBatch(ctx, opening)
	return results.Tx(), results.Close()
}

// batch sends b as one implicit transaction, in one round trip.
func (p pools) batch(ctx context.Context, role string, b *pgx.Batch) error {
	pool, err := p.of(role)
	if err != nil {
		return err
	}
	return pool.SendBatch(ctx, b).Close()
}

func (p pools) of(role string) (*pgxpool.Pool, error) {
	pool, ok := p[role]
	if !ok {
		return nil, fmt.Errorf("territoire: no pool for the role %q", role)
	}
	return pool, nil
}

func (p pools) close() {
	for _, pool := range p {
		pool.Close()
	}
}

const dangerousSQL = `
	select r.rolsuper or r.rolbypassrls or pg_has_role(current_user, c.relowner, 'usage')
	from pg_roles r, pg_class c
	where r.rolname = current_user and c.oid = 'public.eleve'::regclass`

func (p pools) refuseDangerous(ctx context.Context) error {
	for role, pool := range p {
		var dangerous bool
		if err := pool.QueryRow(ctx, dangerousSQL).Scan(&dangerous); err != nil {
			return fmt.Errorf("territoire: check the role %s: %w", role, err)
		}
		if dangerous {
			return fmt.Errorf("territoire: the role %s goes round row security", role)
		}
	}
	return nil
}
