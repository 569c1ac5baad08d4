package deploy_test

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres"
)

// TestWhoMayTakeWhichRole puts pg_hba.conf and pg_ident.conf before a real PostgreSQL, with the account that runs the
// tests in the place of the service's.
func TestWhoMayTakeWhichRole(t *testing.T) {
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	hba := readable(t, "pg_hba.conf", "local postgres all trust\nlocal preparation all trust\n"+read(t, "pg_hba.conf"))
	ident := readable(t, "pg_ident.conf", strings.ReplaceAll(read(t, "pg_ident.conf"), " base-eleves ", " "+me.Username+" "))
	server := machine(t, fmt.Sprintf("hba_file=%s ident_file=%s", hba, ident))
	install(t, server, "base_eleves")
	prepared := install(t, server, "preparation") // roles belong to the cluster: migrated next door, they are here too
	if _, _, err := postgres.Migrate(t.Context(), prepared); err != nil {
		t.Fatal(err)
	}
	roles := applicationRoles(t, prepared)
	if len(roles) < 9 {
		t.Fatalf("the migrations make %v", roles)
	}
	for _, role := range append(roles, "be_proprietaire", "postgres") {
		conn, err := pgx.Connect(t.Context(), postgres.ForRole(server.URL("base_eleves"), role))
		if err == nil {
			_ = conn.Close(t.Context())
		}
		if allowed := slices.Contains(roles, role); (err == nil) != allowed {
			t.Errorf("as %s: %v, want entrance: %v", role, err, allowed)
		}
	}
}

// applicationRoles are the roles that the migrations have made.
func applicationRoles(t *testing.T, dsn string) []string {
	t.Helper()
	rows, err := connect(t, dsn).Query(t.Context(),
		`select rolname from pg_roles where rolname like 'be\_%' and rolname <> 'be_proprietaire'`)
	if err != nil {
		t.Fatal(err)
	}
	roles, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return roles
}

// TestOwnerMayNoMore: the owner is no superuser and the roles of the application own nothing.
func TestOwnerMayNoMore(t *testing.T) {
	_, dsn := fixture.NewClone(t)
	conn := connect(t, dsn)
	for sql, want := range map[string]string{
		`select rolsuper or rolbypassrls or rolreplication from pg_roles where rolname = current_user`: "false",
		`select bool_or(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) from pg_roles
			where rolname like 'be\_%' and rolname <> 'be_proprietaire'`: "false",
		`select count(*) from pg_class where relnamespace = 'public'::regnamespace
			and pg_get_userbyid(relowner) <> 'be_proprietaire'`: "0",
	} {
		if got := value(t, conn, sql); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
}

// readable writes a file where PostgreSQL's account can read it.
func readable(t *testing.T, name, content string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "base-eleves-deploy-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
