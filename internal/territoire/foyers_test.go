package territoire_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	_ "base-eleves/internal/fixture/graine"
	"base-eleves/internal/postgres/postgrestest"
)

// Homes and people say themselves which schools and communes see them; this asks the pupils, and keeps those that lie.
const vusDAilleursSQL = `
	with gens as (
		select r.id, e, c from responsable r left join lien_responsable l on l.responsable_id = r.id
		left join lateral (values (l.ecole_uai, l.mairie_insee), (null, l.residence_insee)) v (e, c) on true),
	foyers as (
		select a.id, v.e, v.c from adresse a left join eleve p on p.adresse_id = a.id
		left join lateral (values (p.ecole_uai, p.mairie_insee), (null, p.residence_insee)) v (e, c) on true
		union all
		select r.adresse_id, g.e, g.c from responsable r join gens g on g.id = r.id where r.adresse_id is not null),
	vrai as (
		select id, coalesce(array_agg(distinct e order by e) filter (where e is not null), '{}') as ecoles,
			coalesce(array_agg(distinct c order by c) filter (where c is not null), '{}') as communes
		from (select * from gens union all select * from foyers) t group by id)
	select count(*) from vrai join (select id, ecoles, communes from adresse union all
		select id, ecoles, communes from responsable) dit using (id)
	where (dit.ecoles, dit.communes) is distinct from (vrai.ecoles, vrai.communes)`

func vusDAilleurs(t interface {
	Helper()
	Fatal(...any)
}, tx pgx.Tx) (n int) {
	t.Helper()
	if err := tx.QueryRow(context.Background(), vusDAilleursSQL).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// ordinal is the identifier of the nth row of a kind, in the village.
func ordinal(kind string, n int) string {
	return fmt.Sprintf("00000000-0000-4000-%s000-%012d", kind, n)
}

// mouvements are what happens to families. %[1]s is a pupil, %[2]s a responsable, %[3]s an address, %[4]s a school.
var mouvements = []string{
	`update eleve set ecole_uai = %[4]s where id = %[1]s`,
	`update eleve set adresse_id = %[3]s where id = %[1]s`,
	`update responsable set adresse_id = %[3]s where id = %[2]s`,
	`update responsable set adresse_id = null where id = %[2]s`,
	`update adresse set commune_insee = case commune_insee when '65440' then '32013' else '65440' end where id = %[3]s`,
	`insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang)
		select %[1]s, %[2]s, 'pere', true, (select 1 + coalesce(max(rang), 0) from lien_responsable where eleve_id = %[1]s)
		where not exists (select from lien_responsable where eleve_id = %[1]s and responsable_id = %[2]s)`,
	`delete from lien_responsable where eleve_id = %[1]s and responsable_id = %[2]s`,
}

func TestFamiliesAreSeenFromWhereTheirPupilsAre(t *testing.T) {
	v := settle(t)
	if n := vusDAilleurs(t, v.tx); n != 0 {
		t.Fatalf("%d rows are seen from elsewhere before anything happened", n)
	}
	rapid.Check(t, func(rt *rapid.T) {
		tx, err := v.tx.Begin(context.Background())
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = tx.Rollback(context.Background()) }()
		one := func(kind string) string {
			return "'" + ordinal(kind, rapid.IntRange(1, 2).Draw(rt, kind)) + "'"
		}
		for range rapid.IntRange(1, 12).Draw(rt, "mouvements") {
			sql := rapid.SampledFrom(mouvements).Draw(rt, "mouvement")
			school := rapid.SampledFrom([]string{"'0659001F'", "'0329002G'"}).Draw(rt, "école")
			sql = fmt.Sprintf(sql+" /* %[1]s %[2]s %[3]s %[4]s */", one("b"), one("c"), one("a"), school)
			if _, err := tx.Exec(context.Background(), sql); err != nil {
				rt.Fatal(sql, err)
			}
		}
		if n := vusDAilleurs(rt, tx); n != 0 {
			rt.Fatalf("%d rows are seen from elsewhere", n)
		}
	})
	for _, table := range []string{"responsable", "adresse"} {
		if _, err := v.tx.Exec(t.Context(), `update `+table+` set ecoles = '{0650000X}' where id = $1`, ordinal(map[string]string{
			"responsable": "c", "adresse": "a"}[table], 1)); err != nil {
			t.Fatal(err)
		}
		if vusDAilleurs(t, v.tx) == 0 {
			t.Errorf("a lie of %s goes unseen: this test proves nothing", table)
		}
	}
}

// Two who link the pupils of two schools to the same mother at the same time: she is seen from both.
func TestTwoLinksAtTheSameTime(t *testing.T) {
	dsn := postgrestest.Clone(t)
	conn := connectTo(t, dsn)
	if _, err := conn.Exec(t.Context(), villageSQL); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `delete from lien_responsable`); err != nil {
		t.Fatal(err)
	}
	first := connectTo(t, dsn)
	tx, err := first.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const link = `insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang) values ($1, $2, 'mere', true, 1)`
	if _, err := tx.Exec(t.Context(), link, ordinal("b", 1), ordinal("c", 1)); err != nil {
		t.Fatal(err)
	}
	var second sync.WaitGroup
	second.Go(func() {
		if _, err := connectTo(t, dsn).Exec(context.Background(), link, ordinal("b", 2), ordinal("c", 1)); err != nil {
			t.Error(err)
		}
	})
	untilWaiting(t, conn)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	second.Wait()
	var ecoles []string
	if err := conn.QueryRow(t.Context(), `select ecoles from responsable where id = $1`, ordinal("c", 1)).Scan(&ecoles); err != nil || len(ecoles) != 2 {
		t.Errorf("seen from %v, %v", ecoles, err)
	}
}

func connectTo(t *testing.T, dsn string) *pgx.Conn {
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Error(err)
		t.FailNow()
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// untilWaiting returns once somebody waits for a lock.
func untilWaiting(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for waiting := false; !waiting; {
		if err := conn.QueryRow(t.Context(), `select exists (select from pg_locks where not granted)`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
}
