package annuaire_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"base-eleves/internal/postgres/postgrestest"
)

// officiel reads the directory of Hautes-Pyrénées of 26 November 2024, which is not in the project: from
// BASE_ELEVES_ANNUAIRE, else from the folder beside the clone. Elsewhere testdata has to do, but not in CI.
func officiel(t *testing.T) ([]byte, bool) {
	t.Helper()
	path := os.Getenv("BASE_ELEVES_ANNUAIRE")
	if path == "" {
		path = filepath.Join("..", "..", "..", "..", "shared", "data", "annuaire65_2024-11-26_full.csv")
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Logf("the official directory is not on this machine (BASE_ELEVES_ANNUAIRE): only testdata is read")
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw, true
}

func TestRunOnTheOfficialDirectory(t *testing.T) {
	raw, here := officiel(t)
	if !here {
		return
	}
	tx := postgrestest.Tx(t)
	want := counts{
		"académies": {1, 0, 0}, "départements": {1, 0, 0}, "circonscriptions": {5, 0, 0}, "communes": {163, 0, 0},
		"RPI dispersés": {47, 0, 0}, "collèges": {29, 0, 0}, "écoles": {227, 0, 0},
	}
	r := run(t, tx, bytes.NewReader(raw), true)
	if got := countsOf(r); !maps.Equal(got, want) || len(r.Refusees) != 0 || r.Autres != 51 {
		t.Errorf("got %v, %d others, refused %v", got, r.Autres, r.Refusees)
	}
	if again := run(t, tx, bytes.NewReader(raw), true); again.Ecrit() || len(again.Bilan("écoles").Absents) != 0 {
		t.Errorf("the second run would write:\n%s", again)
	}
	for sql, want := range map[string]int{
		`select uai from ecole where secteur = 'public'`:             208,
		`select uai from ecole where secteur = 'prive_association'`:  15,
		`select uai from ecole where secteur = 'prive_simple'`:       1,
		`select uai from ecole where secteur = 'prive_hors_contrat'`: 3,
		`select uai from ecole where type = 'primaire'`:              118,
		`select uai from ecole where type = 'elementaire'`:           66,
		`select uai from ecole where type = 'maternelle'`:            43,
		`select uai from college where secteur = 'public'`:           20,
		`select distinct commune_insee from ecole`:                   163,
		`select uai from ecole where commune_insee = '65440'`:        24,
		`select uai from ecole where circonscription_uai is null`:    0,
		`select uai from ecole where not ouverte`:                    0,
	} {
		if got := len(rowsIn(t, tx, sql)); got != want {
			t.Errorf("%s: got %d, want %d", sql, got, want)
		}
	}
}
