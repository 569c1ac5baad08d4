package invention

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/commune"
)

func lieux(t *testing.T) Lieux {
	t.Helper()
	tarbes, ok := commune.Find("65440")
	if !ok {
		t.Fatal("no Tarbes")
	}
	return Lieux{Departement: "65", Residences: []commune.Commune{tarbes}, Maternites: []string{"65440", "65286"}}
}

// village invents families with two children each.
func village(t *testing.T, seed uint64, n int) (families []Famille, children []Enfant) {
	t.Helper()
	s, l := New(seed, "village"), lieux(t)
	for range n {
		f := s.Famille(l, 2018)
		children = append(children, s.Enfant(&f, l, 2018), s.Enfant(&f, l, 2021))
		families = append(families, f)
	}
	return families, children
}

func TestSameSeedSamePeople(t *testing.T) {
	told := func(seed uint64) string {
		families, children := village(t, seed, 50)
		b, err := json.Marshal([]any{families, children})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if first, second := told(1), told(1); first != second {
		t.Error("the same seed invents other people")
	}
	if told(1) == told(2) { // control
		t.Error("another seed invents the same people")
	}
	if New(1, "a").Uint64() == New(1, "b").Uint64() {
		t.Error("two parts of a world are alike")
	}
}

// Nobody can be called, written to or mistaken for somebody: numbers for fiction, example.org.
func TestNobodyCanBeReached(t *testing.T) {
	fiction := regexp.MustCompile(`^(05 36 49|06 39 98) \d\d \d\d$`)
	families, _ := village(t, 3, 500)
	for _, f := range families {
		for _, r := range f.Responsables {
			for _, number := range []string{r.TelDomicile, r.TelTravail, r.TelPortable} {
				if number != "" && !fiction.MatchString(number) {
					t.Errorf("%q may be somebody's", number)
				}
			}
			if r.Courriel != "" && (!strings.HasSuffix(r.Courriel, "@example.org") || !ascii(r.Courriel)) {
				t.Errorf("%q may be somebody's", r.Courriel)
			}
		}
	}
}

// Every family has somebody with authority, and nobody lives where there is no home.
func TestEveryFamilyStands(t *testing.T) {
	families, children := village(t, 4, 2000)
	liens, responsables := map[string]int{}, 0
	for _, f := range families {
		authority := false
		for _, r := range f.Responsables {
			liens[r.Lien]++
			responsables++
			authority = authority || r.AutoriteParentale
			if r.Foyer >= len(f.Foyers) {
				t.Errorf("%s %s lives nowhere", r.Prenom, r.Nom)
			}
			if (r.Organisme == "") != (r.Nom != "" && r.Prenom != "" && r.Civilite != "") {
				t.Errorf("neither a person nor an organisation: %+v", r)
			}
		}
		if !authority {
			t.Errorf("nobody has authority: %+v", f.Responsables)
		}
	}
	for _, lien := range []string{"mere", "pere", "ascendant", "autre_famille", "ase", "educateur", "assistant_familial"} {
		if liens[lien] == 0 {
			t.Errorf("no %s among 2000 families", lien)
		}
	}
	if mean := float64(responsables) / float64(len(families)); mean < 1.6 || mean > 2.1 {
		t.Errorf("%.2f responsables a family", mean)
	}
	for _, e := range children {
		if e.Nom == "" || e.Prenom == "" || e.NeEtranger != (e.CommuneNaissance == "") || e.Naissance.IsZero() {
			t.Errorf("incomplete: %+v", e)
		}
	}
}

// A grandparent is not called Timéo, nor a child of today Monique.
func TestFirstNamesFollowTheYears(t *testing.T) {
	s := New(5, "prenoms")
	for _, tt := range []struct {
		year      int
		is, isNot string
	}{{1955, "Monique", "Jade"}, {2020, "Jade", "Monique"}, {1985, "Aurélie", "Monique"}} {
		seen := map[string]bool{}
		for range 1000 {
			seen[s.prenom("F", tt.year, nil)] = true
		}
		if !seen[tt.is] || seen[tt.isNot] {
			t.Errorf("%d: %s %v, %s %v", tt.year, tt.is, seen[tt.is], tt.isNot, seen[tt.isNot])
		}
	}
}

func TestTwinsShareADayAndNoName(t *testing.T) {
	s, l := New(6, "jumeaux"), lieux(t)
	for range 200 {
		f := s.Famille(l, 2019)
		e := s.Enfant(&f, l, 2019)
		twin := s.Jumeau(&f, e)
		if !twin.Naissance.Equal(e.Naissance) || twin.Nom != e.Nom || twin.Prenom == e.Prenom {
			t.Errorf("%+v and %+v", e, twin)
		}
	}
}

func TestNames(t *testing.T) {
	for pere, want := range map[string]string{
		"Le Gall": "Le Gall Abadie", "Abadie Pène": "Abadie Abadie", "De La Fuente": "De La Fuente Abadie", "Saint-Pé": "Saint-Pé Abadie",
	} {
		if got := nomDouble(pere, "Abadie"); got != want {
			t.Errorf("%s: %s, want %s", pere, got, want)
		}
	}
	if got := words("Le-Goff Saint-Martin Van-den-Berg"); got[0] != "Le Goff" || got[1] != "Saint-Martin" || got[2] != "Van den Berg" {
		t.Errorf("read %q", got)
	}
}

func TestDayAndUUID(t *testing.T) {
	s := New(7, "jours")
	from := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 0, 2)
	seen := map[time.Time]bool{}
	for range 100 {
		seen[s.Day(from, to)] = true
	}
	if len(seen) != 3 || !seen[from] || !seen[to] {
		t.Errorf("days %v", seen)
	}
	if !s.Day(to, from).Equal(to) {
		t.Error("a period the wrong way round has its first day only")
	}
	if id := s.UUID(); id.Version() != 4 || id.Variant().String() != "RFC4122" {
		t.Errorf("%s is no random UUID", id)
	}
}
