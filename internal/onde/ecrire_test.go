package onde_test

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	_ "base-eleves/internal/fixture/graine"
	"base-eleves/internal/onde"
)

func ouvrir(t rapid.TB, b []byte) (onde.Feuille, onde.Correspondance, onde.Genre) {
	t.Helper()
	f, err := onde.Ouvrir(b)
	if err != nil {
		t.Fatal(err)
	}
	genre, c := onde.Reconnaitre(f.Titres)
	return f, c, genre
}

func lireEleves(t rapid.TB, b []byte) []onde.Eleve {
	t.Helper()
	f, c, genre := ouvrir(t, b)
	list, errs := onde.LireEleves(f, c)
	if genre != onde.Eleves || len(errs) > 0 {
		t.Fatalf("%s: %+v", genre, errs)
	}
	return list
}

func lireResponsables(t rapid.TB, b []byte) []onde.Responsable {
	t.Helper()
	f, c, genre := ouvrir(t, b)
	list, errs := onde.LireResponsables(f, c)
	if genre != onde.Responsables || len(errs) > 0 {
		t.Fatalf("%s: %+v", genre, errs)
	}
	return list
}

// The samples, which the programs that read ONDE accept, come out of a reading and a writing to the byte.
func TestSamplesToTheByte(t *testing.T) {
	eleves, errE := os.ReadFile("testdata/eleves.csv")
	responsables, errR := os.ReadFile("testdata/responsables.csv")
	if errE != nil || errR != nil {
		t.Fatal(errE, errR)
	}
	if got, changed := onde.EcrireEleves(lireEleves(t, eleves), onde.Latin1); !bytes.Equal(got, eleves) || len(changed) > 0 {
		t.Errorf("got %q, replaced %v", got, changed)
	}
	if got, changed := onde.EcrireResponsables(lireResponsables(t, responsables), onde.Latin1, false); !bytes.Equal(got, responsables) || len(changed) > 0 {
		t.Errorf("got %q, replaced %v", got, changed)
	}
	if faults := slices.Concat(verifierEleves(eleves, true), verifierResponsables(responsables)); len(faults) > 0 {
		t.Errorf("the checker refuses the samples: %v", faults)
	}
}

var (
	anyText  = rapid.StringN(0, 40, 80)
	someText = rapid.Custom(func(t *rapid.T) string { return "É" + anyText.Draw(t, "text") })
	frenchly = rapid.SampledFrom([]string{"", "Zoé-Lou", "D'ARTIGUES", "12 rue de l’Échez ; bât. « B »", `3 place "Marcadieu"`, "Cœur – Łódź", "  deux  espaces ", "=1+1"})
	ouiNon   = rapid.SampledFrom([]string{"", "Oui", "Non"})
	day      = rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(2015, 1, rapid.IntRange(1, 4000).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
	})
	encodages = rapid.SampledFrom([]onde.Encodage{onde.Latin1, onde.UTF8})
	word      = rapid.OneOf(anyText, frenchly)
	home      = rapid.Custom(func(t *rapid.T) onde.Adresse {
		return onde.Adresse{Voie: word.Draw(t, "voie"), CodePostal: "65000", Commune: word.Draw(t, "commune"), Pays: "FRANCE"}
	})
	pupil = rapid.Custom(func(t *rapid.T) onde.Eleve {
		return onde.Eleve{
			NomFamille: someText.Draw(t, "nom"), NomUsage: word.Draw(t, "usage"), Prenom: someText.Draw(t, "prenom"),
			Naissance: day.Draw(t, "naissance"), Sexe: rapid.SampledFrom([]string{"F", "M"}).Draw(t, "sexe"),
			INE: rapid.StringMatching(`(\d{9}[A-Z]{2})?`).Draw(t, "ine"), Adresse: home.Draw(t, "adresse"), Adresse2: home.Draw(t, "adresse2"),
			Cycle: "CYCLE III", Niveau: rapid.SampledFrom([]string{"", "TPS", "CP", "CM2"}).Draw(t, "niveau"),
			Classe: someText.Draw(t, "classe"), ClasseID: "650101", Attestation: ouiNon.Draw(t, "attestation"),
			Associations: ouiNon.Draw(t, "associations"), Photo: ouiNon.Draw(t, "photo"), Passage: word.Draw(t, "passage"),
		}
	})
	parent = rapid.Custom(func(t *rapid.T) onde.Responsable {
		return onde.Responsable{
			Civilite: rapid.SampledFrom([]string{"", "M.", "Mme"}).Draw(t, "civilite"), NomUsage: word.Draw(t, "usage"),
			NomFamille: someText.Draw(t, "nom"), Prenom: someText.Draw(t, "prenom"), Adresse: home.Draw(t, "adresse"),
			Courriel: "a@exemple.fr", TelDomicile: rapid.StringMatching(`(0\d{9})?`).Draw(t, "tel"), Poste: word.Draw(t, "poste"),
			Enfants: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onde.Enfant {
				return onde.Enfant{NomUsage: word.Draw(t, "usage"), NomFamille: someText.Draw(t, "nom"), Prenom: someText.Draw(t, "prenom"),
					Classe: word.Draw(t, "classe"), INE: rapid.StringMatching(`(\d{9}[A-Z]{2})?`).Draw(t, "ine")}
			}), 1, 4).Draw(t, "enfants"),
		}
	})
)

// Whatever pupils hold, export → import → export gives the same bytes, which the checker accepts.
func TestElevesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		encodage := encodages.Draw(t, "encodage")
		first, _ := onde.EcrireEleves(rapid.SliceOfN(pupil, 1, 5).Draw(t, "eleves"), encodage)
		second, changed := onde.EcrireEleves(lireEleves(t, first), encodage)
		if !bytes.Equal(first, second) || len(changed) > 0 {
			t.Fatalf("first  %q\nsecond %q\nreplaced %v", first, second, changed)
		}
		if faults := verifierEleves(first, false); len(faults) > 0 && !slices.Equal(faults, []string{"INE_TWICE"}) {
			t.Fatalf("%v in %q", faults, first)
		}
	})
}

func TestResponsablesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		encodage, etendu := encodages.Draw(t, "encodage"), rapid.Bool().Draw(t, "etendu")
		first, _ := onde.EcrireResponsables(rapid.SliceOfN(parent, 1, 5).Draw(t, "responsables"), encodage, etendu)
		second, changed := onde.EcrireResponsables(lireResponsables(t, first), encodage, etendu)
		if !bytes.Equal(first, second) || len(changed) > 0 {
			t.Fatalf("first  %q\nsecond %q\nreplaced %v", first, second, changed)
		}
		if faults := verifierResponsables(first); len(faults) > 0 {
			t.Fatalf("%v in %q", faults, first)
		}
	})
}

// The control of the checker: each fault is seen.
func TestCheckerSeesFaults(t *testing.T) {
	good := string(must(os.ReadFile("testdata/eleves.csv")))
	for want, change := range map[string]func(string) string{
		"BAD_CSV_FORMAT":      func(s string) string { return s + "\"fin\"\r\n" },
		"HEADER_REQUIRED INE": func(s string) string { return strings.Replace(s, `"INE"`, `"Numéro"`, 1) },
		"DATE":                func(s string) string { return strings.Replace(s, "2015-03-04", "04/03/2015", 1) },
		"CYCLE":               func(s string) string { return strings.Replace(s, "CYCLE III", "CYCLE II", 1) },
		"CLASS_ID":            func(s string) string { return strings.Replace(s, `"650101"`, `"CM2"`, 1) },
		"SEX":                 func(s string) string { return strings.Replace(s, `;"F";`, `;"H";`, 1) },
		"LENGTH Nom élève":    func(s string) string { return strings.Replace(s, `"ABADIE"`, ``, 1) },
		"INE_TWICE":           func(s string) string { return strings.Replace(s, "990000003DK", "990000001EB", 1) },
		"LINE_END 0":          func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") },
	} {
		changed := change(good)
		if changed == good || !slices.Contains(verifierEleves([]byte(changed), true), want) {
			t.Errorf("%s is not seen: %v", want, verifierEleves([]byte(changed), true))
		}
	}
	parents := string(must(os.ReadFile("testdata/responsables.csv")))
	if faults := verifierResponsables([]byte(strings.Replace(parents, "Courriel", "Mel", 1))); len(faults) == 0 {
		t.Error("a missing heading is not seen")
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// What ISO-8859-1 cannot write is transliterated, never replaced by a question mark, and each value is reported.
func TestTransliteration(t *testing.T) {
	for _, tt := range []struct{ typed, written string }{
		{"Cœur", "Coeur"}, {"ŒUVRARD", "OEUVRARD"}, {"L’Haÿ", "L'Haÿ"}, {"LŸS", "LYS"}, {"10 €", "10 EUR"}, {"a – b", "a - b"},
		{"Łukasz", "Lukasz"}, {"Erdős", "Erdos"}, {"Ștefan", "Stefan"}, {"Иван", "----"}, {"Élodie", "Élodie"}, {"Nguyễn", "Nguyen"},
	} {
		b, changed := onde.EcrireEleves([]onde.Eleve{{NomFamille: "A", Prenom: tt.typed, Naissance: time.Unix(0, 0)}}, onde.Latin1)
		rows, _ := tableau(b)
		if got := rows[1][2]; got != tt.written {
			t.Errorf("%s is written %s, want %s", tt.typed, got, tt.written)
		}
		want := []onde.Remplacement{{Ligne: 2, Colonne: "Prénom élève", Valeur: tt.typed, Ecrit: tt.written}}
		if tt.typed == tt.written {
			want = nil
		}
		if !reflect.DeepEqual(changed, want) {
			t.Errorf("%s: reported %v", tt.typed, changed)
		}
		whole, changed := onde.EcrireEleves([]onde.Eleve{{NomFamille: "A", Prenom: tt.typed}}, onde.UTF8)
		if !strings.Contains(string(whole), tt.typed) || len(changed) > 0 {
			t.Errorf("UTF-8 changes %s: %v", tt.typed, changed)
		}
	}
}

// Memory is bounded: what a file may hold is said before it is laid out.
func TestBounds(t *testing.T) {
	line := "\"ABADIE\";\"Lina\";\"2019-04-12\";\"F\"\r\n"
	head := "Nom élève;Prénom élève;Date naissance;Sexe\r\n"
	for _, tt := range []struct {
		name, content, motif string
	}{
		{"twenty thousand lines", head + strings.Repeat(line, onde.LignesMax), ""},
		{"one more", head + strings.Repeat(line, onde.LignesMax+1), "20\u00a0000"},
		{"a file too heavy", head + strings.Repeat("x", onde.TailleMax), "8\u00a0Mo"},
		{"a quote never closed", head + "\"ABADIE;Lina\r\n" + strings.Repeat("x;y\r\n", 2000), "guillemet"},
		{"too many columns", head + strings.Repeat("x;", 300), "200 colonnes"},
		{"nothing", " \r\n", "vide"},
		{"an image", "\x89PNG\x00\x01", "ni un fichier CSV"},
		{"a false workbook", "PK\x03\x04rien", "classeur"},
	} {
		_, err := onde.Ouvrir([]byte(tt.content))
		if got := fmt.Sprint(err); (err == nil) != (tt.motif == "") || !strings.Contains(got, tt.motif) && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
