package annuaire_test

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/annuaire"
	"base-eleves/internal/postgres/postgrestest"
)

// counts is what a report says of the tables: created, modified, unchanged.
type counts map[string][3]int

func countsOf(r annuaire.Report) counts {
	c := counts{}
	for _, b := range r.Bilans {
		c[b.Table] = [3]int{b.Crees, b.Modifies, b.Inchanges}
	}
	return c
}

func run(t *testing.T, tx annuaire.Tx, file io.Reader, apply bool) annuaire.Report {
	t.Helper()
	r, err := annuaire.Run(t.Context(), tx, file, apply)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rowsIn(t *testing.T, tx pgx.Tx, sql string) []string {
	t.Helper()
	rows, err := tx.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRun(t *testing.T) {
	tx := postgrestest.Tx(t)
	creation := counts{
		"académies": {1, 0, 0}, "départements": {1, 0, 0}, "circonscriptions": {2, 0, 0}, "communes": {4, 0, 0},
		"RPI dispersés": {1, 0, 0}, "collèges": {2, 0, 0}, "écoles": {7, 0, 0},
	}

	if got := countsOf(run(t, tx, lire(t).reader(), false)); !maps.Equal(got, creation) {
		t.Errorf("dry run: got %v", got)
	}
	if got := rowsIn(t, tx, `select uai from ecole union all select code from academie`); len(got) != 0 {
		t.Fatalf("the dry run wrote %v", got)
	}

	if got := countsOf(run(t, tx, lire(t).reader(), true)); !maps.Equal(got, creation) {
		t.Errorf("first run: got %v", got)
	}
	if got := rowsIn(t, tx, `
		select uai || ' ' || nom || ' ' || coalesce(circonscription_uai, '–') || ' ' || coalesce(rpi_code, '–')
		from ecole where rpi_code is not null order by uai`); !slices.Equal(got, []string{
		"0659003H École élémentaire 0659902K 065901", "0659004J École maternelle 0659902K 065901",
	}) {
		t.Errorf("the base holds %v", got)
	}

	again := counts{
		"académies": {0, 0, 1}, "départements": {0, 0, 1}, "circonscriptions": {0, 0, 2}, "communes": {0, 0, 4},
		"RPI dispersés": {0, 0, 1}, "collèges": {0, 0, 2}, "écoles": {0, 0, 7},
	}
	r := run(t, tx, lire(t).reader(), true)
	if got := countsOf(r); !maps.Equal(got, again) || r.Ecrit() {
		t.Errorf("second run: got %v", got)
	}
}

func TestRunUpdates(t *testing.T) {
	tx := postgrestest.Tx(t)
	run(t, tx, lire(t).reader(), true)
	exec(t, tx, `update ecole set directeur = 'Mme Abadie' where uai = '0659001F'`)

	f := lire(t)
	f.set("0659001F", "Telephone", "0562999999")
	f.set("0659002G", "etat", "FERME")
	f.set("0659003H", "rpi_disperse", "")
	f.set("0659004J", "rpi_disperse", "")
	r := run(t, tx, f.reader(), true)

	want := []annuaire.Changement{
		{Cle: "0659001F", Colonne: "telephone", Avant: "05 62 00 00 01", Apres: "05 62 99 99 99"},
		{Cle: "0659002G", Colonne: "ouverte", Avant: "oui", Apres: "non"},
		{Cle: "0659003H", Colonne: "rpi_code", Avant: "065901", Apres: ""},
		{Cle: "0659004J", Colonne: "rpi_code", Avant: "065901", Apres: ""},
	}
	b := r.Bilan("écoles")
	if b.Crees != 0 || b.Modifies != 4 || b.Inchanges != 3 || !slices.Equal(b.Changements, want) {
		t.Errorf("got %+v", b)
	}
	if got := rowsIn(t, tx, `
		select uai || ' ' || telephone || ' ' || directeur || ' v' || version || ' ' || ouverte
		from ecole where uai <= '0659002G' order by uai`); !slices.Equal(got, []string{
		"0659001F 05 62 99 99 99 Mme Abadie v2 true", "0659002G 05 62 00 00 02  v2 false",
	}) {
		t.Errorf("the base holds %v", got)
	}
	if got := rowsIn(t, tx, `select version::text from ecole where uai = '0659005K'`); !slices.Equal(got, []string{"1"}) {
		t.Errorf("an unchanged school is at version %v", got)
	}
}

// An old directory has no such columns: what the base knows stays.
func TestRunKeepsWhatAnOldFileDoesNotSay(t *testing.T) {
	tx := postgrestest.Tx(t)
	run(t, tx, lire(t).reader(), true)

	f := lire(t)
	for _, column := range []string{"code_circonscription", "nom_circonscription", "rpi_disperse"} {
		f.drop(column)
	}
	if r := run(t, tx, f.reader(), true); r.Ecrit() {
		t.Errorf("got %v", r)
	}

	f = lire(t) // the control: the column is there, and empty
	f.set("0659001F", "code_circonscription", "")
	f.set("0659001F", "nom_circonscription", "")
	if r := run(t, tx, f.reader(), true); r.Bilan("écoles").Modifies != 1 {
		t.Errorf("got %v", r)
	}
	if got := rowsIn(t, tx, `select uai from ecole where circonscription_uai is null`); !slices.Equal(got, []string{"0659001F"}) {
		t.Errorf("without circonscription: %v", got)
	}
}

func TestRunReportsWhatTheFileNoLongerNames(t *testing.T) {
	tx := postgrestest.Tx(t)
	run(t, tx, lire(t).reader(), true)
	exec(t, tx, `
		insert into departement values ('64', 'Pyrénées-Atlantiques', '16');
		insert into commune (insee, nom, departement_code) values ('64445', 'Pau', '64');
		insert into ecole (uai, nom, type, secteur, commune_insee, departement_code)
		values ('0649001W', 'École primaire', 'primaire', 'public', '64445', '64')`)

	f := lire(t)
	f.remove("0659002G")                     // gone
	f.remove("0659007M")                     // gone, but closed already
	f.remove("0659101P")                     // a collège
	f.set("0659001F", "Code_commune", "999") // named by a line that is refused
	r := run(t, tx, f.reader(), true)

	if got := r.Bilan("écoles").Absents; !slices.Equal(got, []annuaire.Absent{{Cle: "0659002G", Nom: "École maternelle, Tarbes"}}) {
		t.Errorf("got %v", got)
	}
	if got := r.Bilan("collèges").Absents; !slices.Equal(got, []annuaire.Absent{{Cle: "0659101P", Nom: "Collège des Sources, Tarbes"}}) {
		t.Errorf("got %v", got)
	}
	if got := rowsIn(t, tx, `select uai from ecole`); len(got) != 8 {
		t.Errorf("the base holds %v", got)
	}
}

// What the base itself refuses stops the import whole; here, a role that may not write.
func TestRunStopsOnABreakdown(t *testing.T) {
	tx := postgrestest.Tx(t)
	exec(t, tx, `set local role be_ien`)
	if _, err := annuaire.Run(context.Background(), tx, lire(t).reader(), true); err == nil ||
		!strings.Contains(err.Error(), "permission denied") {
		t.Errorf("got %v", err)
	}
}

func exec(t *testing.T, tx pgx.Tx, sql string) {
	t.Helper()
	if _, err := tx.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// What the IA has decided of a school stands against the directory; the difference is shown.
func TestRunKeepsTheDecisionsOfTheIA(t *testing.T) {
	tx := postgrestest.Tx(t)
	run(t, tx, lire(t).reader(), true)
	exec(t, tx, `update ecole set ouverte = false, type = 'elementaire', decidee_le = '2026-11-20' where uai = '0659002G'`)
	exec(t, tx, `update ecole set ouverte = false where uai = '0659001F'`) // control: nobody has decided it

	r := run(t, tx, lire(t).reader(), true)
	if got := rowsIn(t, tx, `select ouverte::text from ecole where uai in ('0659001F', '0659002G') order by uai`); !slices.Equal(got, []string{"true", "false"}) {
		t.Errorf("open: %v", got)
	}
	if !strings.Contains(r.String(), "0659002G type : « elementaire », « maternelle » dans le fichier") ||
		!strings.Contains(r.String(), "0659002G ouverte : « non », « oui » dans le fichier") {
		t.Errorf("the report does not show the difference:\n%s", r)
	}
}
