// Package deploy_test proves what an operator types on the day he has no time to read: a base is saved, lost and restored
// by the scripts of this folder, PostgreSQL lets in whom pg_ident.conf names, and the environment files name every variable.
package deploy_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/pgdev"
	"base-eleves/internal/territoire"
)

// notSaved are the tables restored empty: what they hold would open again what has been closed.
var notSaved = []string{"public.sessions", "public.amorce"}

// living is a base with pupils in two schools, an open session and a token of a first administrator.
func living(t *testing.T) (m *fixture.Monde, dsn string) {
	t.Helper()
	m, dsn = fixture.NewClone(t)
	m.Present("Lina")
	m.Present("Zoé")
	m.PresentAilleurs("Noé")
	execute(t, dsn, `insert into sessions values ('jeton', '{}', now() + interval '1 hour');
		insert into amorce values ('\x01', now() + interval '1 hour')`)
	return m, dsn
}

// save runs sauvegarder and returns the file made.
func save(t *testing.T, dsn, dir string, variables ...string) (file string, err error) {
	t.Helper()
	source(t, "inventaire.sql")
	out, err := run(t, append([]string{"DATABASE_URL=" + dsn, "SAUVEGARDES=" + dir}, variables...), source(t, "sauvegarder"))
	return strings.TrimSpace(out), err
}

func mustSave(t *testing.T, dsn string, variables ...string) (file string) {
	t.Helper()
	file, err := save(t, dsn, t.TempDir(), variables...)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func restore(t *testing.T, dsn, file string, variables ...string) error {
	t.Helper()
	_, err := run(t, append([]string{"DATABASE_URL=" + dsn}, variables...), source(t, "restaurer"), file)
	return err
}

// TestRestore restores on another machine, which knows no role of ours at first.
func TestRestore(t *testing.T) {
	other := machine(t, "")
	t.Run("ce qui a été sauvegardé, puis changé, puis perdu", func(t *testing.T) { saveLoseRestore(t, other) })
	_, dsn := living(t)
	file := mustSave(t, dsn)
	t.Run("rien d’un fichier abîmé", func(t *testing.T) { restoreRefuses(t, other, file) })
	t.Run("rien dans une base qui n’est pas vide", func(t *testing.T) {
		restored := install(t, other, "occupee")
		execute(t, restored, `create table a_moi (n int)`)
		if err := restore(t, restored, file); err == nil || !strings.Contains(err.Error(), "n’est pas vide") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("un fichier chiffré, avec sa clé seulement", func(t *testing.T) {
		encrypted := mustSave(t, dsn, "CHIFFRER=base64 --wrap=0")
		restored := install(t, other, "chiffree")
		if err := restore(t, restored, encrypted); err == nil || !strings.Contains(err.Error(), "ne se déchiffre pas") {
			t.Errorf("got %v", err)
		}
		if err := restore(t, restored, encrypted, "DECHIFFRER=base64 --decode"); err != nil {
			t.Errorf("the control, with the key: %v", err)
		}
	})
}

func saveLoseRestore(t *testing.T, other *pgdev.Server) {
	m, dsn := living(t)
	before, shape := content(t, dsn), schema(t, dsn)
	file := mustSave(t, dsn)

	m.Present("Inès")
	execute(t, dsn, `update eleve set prenom = 'Line' where prenom = 'Lina'`)
	for _, table := range []string{"public.eleve", "public.scolarite", "public.journal"} {
		if content(t, dsn)[table] == before[table] {
			t.Errorf("%s has changed, its fingerprint has not: the comparison below proves nothing", table)
		}
	}

	restored := install(t, other, "base_eleves")
	if err := restore(t, restored, file); err != nil {
		t.Fatal(err)
	}
	for _, table := range notSaved {
		if !strings.HasPrefix(before[table], "1 ") {
			t.Errorf("%s held %s, want one row to leave out", table, before[table])
		}
		before[table] = "0 0"
	}
	if got := content(t, restored); !maps.Equal(got, before) {
		t.Errorf("restored %v\nsaved    %v", got, before)
	}
	if got := schema(t, restored); got != shape {
		t.Errorf("the schema restored is not the one saved: lost %q, gained %q", without(shape, got), without(got, shape))
	}
	serves(t, m, restored)
}

// without lists the lines of one dump that the other does not have.
func without(dump, other string) (lines []string) {
	held := map[string]bool{}
	for line := range strings.Lines(other) {
		held[line] = true
	}
	for line := range strings.Lines(dump) {
		if !held[line] {
			lines = append(lines, line)
		}
	}
	return lines
}

// serves opens the application's pools on a restored base: the roles are there, and row security holds.
func serves(t *testing.T, m *fixture.Monde, dsn string) {
	t.Helper()
	db, _, err := territoire.Connecter(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Fermer()
	for agent, want := range map[string]int{"directeur": 2, "directeur voisin": 1, "ia": 3, "ia voisine": 0} {
		var n int
		err := db.Lire(t.Context(), m.Agent(agent).Portee(), func(l *territoire.Lecture) {
			territoire.Valeur(l, &n, `select count(*) from eleve`)
		})
		if err != nil || n != want {
			t.Errorf("%s sees %d pupils, %v; want %d", agent, n, err, want)
		}
	}
}

// restoreRefuses gives restaurer copies of a good backup, each spoilt in its way; the base stays empty.
func restoreRefuses(t *testing.T, other *pgdev.Server, file string) {
	for _, tt := range []struct {
		name, want string
		spoil      func(t *testing.T, file string)
		written    bool
	}{
		{"un octet changé", "est altéré", func(t *testing.T, file string) {
			edit(t, file, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
		}, false},
		{"un fichier tronqué", "est altéré", func(t *testing.T, file string) {
			edit(t, file, func(b []byte) []byte { return b[:len(b)-512] })
		}, false},
		{"sans empreinte", "rien ne dit que ce fichier est intact", func(t *testing.T, file string) {
			_ = os.Remove(file + ".sha256")
		}, false},
		{"un dump abîmé avant son empreinte", "n’a pas été restaurée", func(t *testing.T, file string) {
			repack(t, file, "base.dump", func(b []byte) []byte { return b[:len(b)/2] })
		}, false},
		{"témoin : rien", "", func(*testing.T, string) {}, true},
		{"des lignes en moins", "ne contient pas", func(t *testing.T, file string) {
			repack(t, file, "inventaire", func(b []byte) []byte {
				return []byte(strings.Replace(string(b), "public.eleve 3", "public.eleve 4", 1))
			})
		}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			copied := copyOf(t, file)
			tt.spoil(t, copied)
			restored := install(t, other, strings.ReplaceAll(tt.name, " ", "_"))
			err := restore(t, restored, copied)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if n := len(content(t, restored)); (n != 0) != tt.written {
				t.Errorf("%d tables were restored", n)
			}
		})
	}
}

// TestOldBackupsGo keeps the newest and nothing of the others, and lets no failed backup push a good one out.
func TestOldBackupsGo(t *testing.T) {
	_, dsn := living(t)
	dir := t.TempDir()
	for _, name := range []string{"20200101T020000Z", "20200102T020000Z", "20200103T020000Z"} {
		for _, end := range []string{".tar", ".tar.sha256"} {
			if err := os.WriteFile(filepath.Join(dir, "base-eleves-"+name+end), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := save(t, dsn+"&dbname=absente", dir, "GARDER=2"); err == nil || len(files(t, dir)) != 6 {
		t.Errorf("after a backup of no base: %v, %v", err, files(t, dir))
	}
	file, err := save(t, dsn, dir, "GARDER=2")
	if err != nil {
		t.Fatal(err)
	}
	kept := []string{"base-eleves-20200103T020000Z.tar", "base-eleves-20200103T020000Z.tar.sha256",
		filepath.Base(file), filepath.Base(file) + ".sha256"}
	if got := files(t, dir); !slices.Equal(got, kept) {
		t.Errorf("kept %v, want %v", got, kept)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v; a backup is for its owner alone", info.Mode(), err)
	}
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func copyOf(t *testing.T, file string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), filepath.Base(file))
	for _, end := range []string{"", ".sha256"} {
		b, err := os.ReadFile(file + end)
		if err == nil {
			err = os.WriteFile(copied+end, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return copied
}

func edit(t *testing.T, file string, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, change(b), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// repack changes one of the files inside a backup and gives it a checksum that agrees.
func repack(t *testing.T, file, inside string, change func([]byte) []byte) {
	t.Helper()
	dir := t.TempDir()
	shell := func(line string) {
		if _, err := run(t, []string{"file=" + file, "dir=" + dir}, "bash", "-ec", line); err != nil {
			t.Fatal(err)
		}
	}
	shell(`tar -xf "$file" -C "$dir"`)
	edit(t, filepath.Join(dir, inside), change)
	shell(`tar -cf "$file" -C "$dir" base.dump roles.sql inventaire; cd "$(dirname "$file")"; n=$(basename "$file"); sha256sum "$n" >"$n.sha256"`)
}
