package commune

import (
	"strings"
	"testing"

	"base-eleves/internal/domain/refusal"
)

func TestFind(t *testing.T) {
	for _, tt := range []struct{ insee, libelle, courante string }{
		{"65440", "Tarbes (65)", "65440"},
		{"2A004", "Ajaccio (2A)", "2A004"},
		{"97411", "Saint-Denis (974)", "97411"},
		{"75108", "Paris 8e Arrondissement (75)", "75056"},
		{"01340", "Saint-Bois (01)", "01015"},              // déléguée
		{"01015", "Arboys en Bugey (01)", "01015"},         // the commune nouvelle comes before its déléguée
		{"01126", "Valserhône (01)", "01033"},              // merged, left no name
		{"98901", "Île de Clipperton (989)", "98901"},      // last line
		{"01001", "L’Abergement-Clémenciat (01)", "01001"}, // first line
	} {
		c, ok := Find(tt.insee)
		if !ok || c.Libelle() != tt.libelle || c.Courante().Insee != tt.courante {
			t.Errorf("%s: got %v %q in %s", tt.insee, ok, c.Libelle(), c.Courante().Insee)
		}
	}
	for _, insee := range []string{"", "6544", "65999", "99100", "654400", "abcde"} {
		if c, ok := Find(insee); ok {
			t.Errorf("%q is %s", insee, c.Libelle())
		}
	}
}

func TestSearch(t *testing.T) {
	for _, tt := range []struct{ q, want string }{
		{"tarb", "Tarbes (65)"},
		{"TARBÈS", "Tarbes (65)"},
		{"65000", "Tarbes (65)"},
		{"650", "Tarbes (65)"},
		{"65000 tar", "Tarbes (65)"},
		{"Tarbes (65)", "Tarbes (65)"},
		{"bagneres de b", "Bagnères-de-Bigorre (65)"},
		{"l hay", "L’Haÿ-les-Roses (94)"},
		{"L’Haÿ", "L’Haÿ-les-Roses (94)"},
		{"st étienne", "Saint-Étienne (42), Saint-Étienne-du-Rouvray (76)"},
		{"ste colombe (05)", "Sainte-Colombe (05)"},
		{"Pau", "Pau (64), Pauillac (33), Paulhan (34)"}, // the whole name before the bigger
		{"paris 1", "Paris 1er Arrondissement (75), Paris 15e Arrondissement (75)"},
		{"havr", "Le Havre (76)"},
		{"20000", "Ajaccio (2A)"},
		{"Œyregave", "Oeyregave (40)"},
		{"", ""},
		{"  ", ""},
		{"zzz", ""},
		{"99999", ""},
		{"123456789", ""},
		{"(", ""},
	} {
		var got []string
		for _, c := range Search(tt.q, max(1, strings.Count(tt.want, ",")+1)) {
			got = append(got, c.Libelle())
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.q, got, tt.want)
		}
	}
	if got := Search("saint", 12); len(got) != 12 {
		t.Errorf("got %d communes, want the limit", len(got))
	}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ typed, insee string }{
		{"Tarbes", "65440"},
		{" tarbes ", "65440"},
		{"65000 Tarbes", "65440"},
		{"65000-Tarbes", "65440"},
		{"Tarbes 65000", "65440"},
		{"Tarbes (65)", "65440"},
		{"Tarbes (65000)", "65440"},
		{"Tarbes (Hautes-Pyrénées)", "65440"},
		{"Tarbes, hautes pyrenees", "65440"},
		{"TARBES CEDEX 9", "65440"},
		{"65000", "65440"},
		{"65286", "65286"}, // no postal code: the INSEE code of Lourdes
		{"65100 Lourdes", "65286"},
		{"2A004", "2A004"},
		{"2a004", "2A004"},
		{"2a004 ajaccio", "2A004"},
		{"Ajaccio (2a)", "2A004"},
		{"Ajaccio 2a", "2A004"},
		{"20000 Ajaccio", "2A004"},
		{"Saint-Denis (974)", "97411"},
		{"st aubin (39)", "39476"},
		{"Havre", "76351"},
		{"Paris", "75056"},
		{"75008 Paris", "75056"},
		{"Paris 8", "75108"},
		{"PARIS 08", "75108"},
		{"Lyon 3ème", "69383"},
		{"Lyon 69", "69123"},
		{"Chalon s/ Saône", "71076"},
		{"Castillon (Canton de Lembeye)", "64182"},
		{"Bâgé-la-Ville", "01025"}, // déléguée, under its own name
	} {
		c, err := Parse(tt.typed)
		if err != nil || c.Insee != tt.insee {
			t.Errorf("%q: got %s, %v, want %s", tt.typed, c.Insee, err, tt.insee)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ typed, motif string }{
		{"", "Indiquez la commune."},
		{"65", "son code postal entier"},
		{"Tarb", "Peut-être : Tarbes (65)."},
		{"Tarbes (31)", "Aucune commune ne répond à « Tarbes (31) »."},
		{"Zzz", "Vérifiez son orthographe"},
		{strings.Repeat("z", 500), "Aucune commune ne porte ce nom."},
		{"Valence", "Plusieurs communes portent ce nom : Valence (26), Valence (82), Valence (16). Précisez le département, par exemple « Valence (26) »."},
		{"65100", "Plusieurs communes répondent au code 65100 : Lourdes (65), "},
		{"65440", "Tarbes (65), Ancizan (65)"},
	} {
		c, err := Parse(tt.typed)
		r, ok := refusal.As(err)
		if !ok || !strings.Contains(r.Motif, tt.motif) || r.Kind != refusal.Invalid {
			t.Errorf("%q: got %s, %v", tt.typed, c.Libelle(), err)
		}
	}
}

// What the form shows can always be sent back, whatever the commune.
func TestParseReadsEveryLibelle(t *testing.T) {
	x := reference()
	for i := range x.len() {
		c := x.commune(i)
		got, err := Parse(c.Libelle())
		if err != nil || got.Insee != c.Insee && got.Insee != c.Rattachee {
			t.Errorf("%s %s: got %s, %v", c.Insee, c.Libelle(), got.Insee, err)
		}
	}
}

func TestReference(t *testing.T) {
	x := reference()
	count := map[Statut]int{}
	for i := range x.len() {
		c := x.commune(i)
		count[c.Statut]++
		if _, ok := FindDepartement(c.Departement); !ok {
			t.Errorf("%s: unknown département %q", c.Insee, c.Departement)
		}
		if _, ok := Find(c.Rattachee); (c.Statut == DePleinExercice) == ok {
			t.Errorf("%s: status %q but belongs to %q", c.Insee, c.Statut, c.Rattachee)
		}
	}
	if count[DePleinExercice] != 34969 || count[Associee] != 471 || count[Arrondissement] != 45 {
		t.Errorf("got %v", count)
	}
	if len(x.anciens) != 2248 {
		t.Errorf("got %d codes of merged communes", len(x.anciens))
	}
}

// "La Lande" begins with "la" twice: by its name, and by what follows its article.
func TestSearchNamesACommuneOnce(t *testing.T) {
	for _, q := range []string{"l", "la", "le", "les", "lal", "13", "75", "paris"} {
		seen := map[Commune]bool{}
		for _, c := range Search(q, 5000) {
			if seen[c] {
				t.Errorf("%q gives %s twice", q, c.Libelle())
			}
			seen[c] = true
		}
		if len(seen) < 2 {
			t.Errorf("%q gives %d communes: nothing was compared", q, len(seen))
		}
	}
}

// Whatever is typed, it is a commune or a refusal, and what is found can be sent back.
func FuzzParse(f *testing.F) {
	for _, typed := range []string{"Tarbes (65)", "65000 Tarbes", "Paris 8", "2a004", "(", "St-Aubin, Jura", "\x00\xff"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, c := range Search(typed, 3) {
			if _, err := Parse(c.Libelle()); err != nil {
				t.Errorf("%q gives %s, which is not read back: %v", typed, c.Libelle(), err)
			}
		}
		c, err := Parse(typed)
		if found, ok := Find(c.Insee); err == nil && (!ok || found.Departement != c.Departement) {
			t.Errorf("%q gives %+v", typed, c)
		}
		if err != nil && len(refusal.All(err)) != 1 {
			t.Errorf("%q: %v", typed, err)
		}
	})
}
