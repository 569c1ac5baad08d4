package annuaire_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"base-eleves/internal/domain/annuaire"
	"base-eleves/internal/domain/refusal"
)

func TestRead(t *testing.T) {
	file, err := os.Open("testdata/annuaire.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	a, err := annuaire.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	want := []annuaire.Ecole{
		{
			UAI: "0659001F", Nom: "École primaire Les Marronniers", Type: "primaire", Secteur: "public",
			Adresse: "1 rue des Marronniers", CodePostal: "65000", Commune: "65440", Circonscription: "0659901J",
			Departement: "65", Telephone: "05 62 00 00 01", Courriel: "0659001f@exemple.invalid", Ouverte: true,
		},
		{
			UAI: "0659002G", Nom: "École maternelle", Type: "maternelle", Secteur: "public",
			Adresse: "3 impasse du Moulin, Quartier de la Gare", CodePostal: "65000", Commune: "65440",
			Circonscription: "0659901J", Departement: "65", Telephone: "05 62 00 00 02", Ouverte: true,
		},
		{
			UAI: "0659003H", Nom: "École élémentaire", Type: "elementaire", Secteur: "public", CodePostal: "65380",
			Commune: "65220", Circonscription: "0659902K", Departement: "65", RPI: "065901", Ouverte: true,
		},
	}
	if got := a.Ecoles[:len(want)]; !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	for _, tt := range []struct {
		uai, secteur string
		ouverte      bool
	}{
		{"0659005K", "prive_association", true},
		{"0659006L", "prive_hors_contrat", true},
		{"0659007M", "prive_simple", false},
	} {
		if e := find(a, tt.uai); e.Secteur != tt.secteur || e.Ouverte != tt.ouverte {
			t.Errorf("%s: got %s, open %v", tt.uai, e.Secteur, e.Ouverte)
		}
	}
	checkTerritory(t, a)
}

func checkTerritory(t *testing.T, a annuaire.Annuaire) {
	t.Helper()
	if want := []annuaire.Academie{{Code: "16", Nom: "Toulouse"}}; !slices.Equal(a.Academies, want) {
		t.Errorf("got %v", a.Academies)
	}
	if want := []annuaire.Departement{{Code: "65", Nom: "Hautes-Pyrénées", Academie: "16"}}; !slices.Equal(a.Departements, want) {
		t.Errorf("got %v", a.Departements)
	}
	circonscriptions := []annuaire.Circonscription{ // and not the one that has no school
		{UAI: "0659901J", Nom: "Circonscription de la Plaine", Departement: "65"},
		{UAI: "0659902K", Nom: "Circonscription des Vallées", Departement: "65"},
	}
	if !slices.Equal(a.Circonscriptions, circonscriptions) {
		t.Errorf("got %v", a.Circonscriptions)
	}
	if want := []annuaire.RPI{{Code: "065901", Forme: "disperse", Departement: "65"}}; !slices.Equal(a.RPI, want) {
		t.Errorf("got %v", a.RPI)
	}
	if len(a.Ecoles) != 7 || len(a.Colleges) != 2 || len(a.Communes) != 4 || a.Autres != 4 || len(a.Refusees) != 0 {
		t.Errorf("%d écoles, %d collèges, %d communes, %d others, refused %v",
			len(a.Ecoles), len(a.Colleges), len(a.Communes), a.Autres, a.Refusees)
	}
}

func find(a annuaire.Annuaire, uai string) annuaire.Ecole {
	i := slices.IndexFunc(a.Ecoles, func(e annuaire.Ecole) bool { return e.UAI == uai })
	if i < 0 {
		return annuaire.Ecole{}
	}
	return a.Ecoles[i]
}

// The columns of the directory have changed over the years; what is read has not.
func TestReadVariants(t *testing.T) {
	want := lire(t).read(t)
	for name, alter := range map[string]func(*feuille){
		"unchanged":                func(*feuille) {},
		"May 2026, 71 columns":     func(f *feuille) { f.drop("Nombre_d_eleves") },
		"Code postal with a blank": func(f *feuille) { f.header[f.column("Code_postal")] = "Code postal" },
		"no code_circonscription":  func(f *feuille) { f.drop("code_circonscription") },
		"columns in another order": func(f *feuille) {
			for _, row := range append(f.rows, f.header) {
				slices.Reverse(row[1:])
			}
		},
	} {
		f := lire(t)
		alter(f)
		got := f.read(t)
		if !slices.Equal(got.Ecoles, want.Ecoles) || !slices.Equal(got.Circonscriptions, want.Circonscriptions) ||
			!slices.Equal(got.Colleges, want.Colleges) || len(got.Refusees) != 0 {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestReadWindows1252(t *testing.T) {
	raw, err := os.ReadFile("testdata/annuaire.csv")
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := charmap.Windows1252.NewEncoder().String(strings.TrimPrefix(string(raw), "\ufeff"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := annuaire.Read(strings.NewReader(encoded))
	if err != nil || find(a, "0659002G").Nom != "École maternelle" || a.Departements[0].Nom != "Hautes-Pyrénées" ||
		a.Circonscriptions[1].Nom != "Circonscription des Vallées" {
		t.Errorf("got %+v, %v", a, err)
	}
}

// Each case spoils a line of a file that is otherwise accepted: see TestRead.
func TestReadRefusesALine(t *testing.T) {
	for _, tt := range []struct {
		name, uai, column, value string
		ligne                    int
		motif                    string
	}{
		{"la clé de l’UAI est fausse", "0659001F", "Identifiant_de_l_etablissement", "0659001A", 2, "ne correspond pas"},
		{"l’UAI d’un collège aussi est lu", "0659101P", "Identifiant_de_l_etablissement", "0659101A", 9, "ne correspond pas"},
		{"l’UAI n’en est pas un", "0659001F", "Identifiant_de_l_etablissement", "65001", 2, "sept chiffres"},
		{"la commune n’existe pas", "0659001F", "Code_commune", "65999", 2, "(le fichier écrit « Tarbes »)."},
		{"la commune d’un collège n’existe pas", "0659101P", "Code_commune", "", 9, "Aucune commune"},
		{"le département n’existe pas", "0659001F", "Code_departement", "099", 2, "Ce département n’existe pas."},
		{"le département n’a pas d’école", "0659001F", "Code_departement", "984", 2, "Ce département n’existe pas."},
		{"ni maternelle ni élémentaire", "0659002G", "Ecole_maternelle", "0", 3, "si cette école est maternelle"},
		{"le contrat est inconnu", "0659005K", "Type_contrat_prive", "SANS OBJET", 6, "quel contrat"},
		{"le code de la circonscription est faux", "0659001F", "code_circonscription", "0659901A", 2, "ne correspond pas"},
		{"la même école deux fois", "0659002G", "Identifiant_de_l_etablissement", "0659001F", 3, "déjà plus haut"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := lire(t)
			f.set("0659002G", "libelle_nature", "") // its flags alone say that it is a maternelle
			f.set(tt.uai, tt.column, tt.value)
			a := f.read(t)
			want := annuaire.Refusee{Ligne: tt.ligne, Colonne: strings.ToLower(tt.column), Valeur: tt.value}
			if len(a.Refusees) != 1 {
				t.Fatalf("refused %v", a.Refusees)
			}
			got := a.Refusees[0]
			if !strings.Contains(got.Motif, tt.motif) {
				t.Errorf("got %q, want %q", got.Motif, tt.motif)
			}
			if got.Motif = ""; got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestReadRefusesBrokenLines(t *testing.T) {
	f := lire(t)
	f.rows[2] = f.rows[2][:70]
	a := f.read(t)
	if len(a.Refusees) != 1 || a.Refusees[0].Ligne != 4 || len(a.Ecoles) != 6 {
		t.Errorf("%d écoles, refused %v", len(a.Ecoles), a.Refusees)
	}
	raw, err := os.ReadFile("testdata/annuaire.csv")
	if err != nil {
		t.Fatal(err)
	}
	a, err = annuaire.Read(strings.NewReader(strings.Replace(string(raw), "Les Oliv", `"Les" Oliv`, 1) + `;"`))
	if err != nil || len(a.Refusees) != 1 || !strings.Contains(a.Refusees[0].Motif, "guillemet") {
		t.Errorf("refused %v, %v", a.Refusees, err)
	}
}

func TestReadRefusesAnotherFile(t *testing.T) {
	for name, content := range map[string]string{
		"vide":          "",
		"autre en-tête": "Nom;Prénom\nA;B\n",
		"des virgules":  "Identifiant_de_l_etablissement,Nom_etablissement\n",
	} {
		_, err := annuaire.Read(strings.NewReader(content))
		if r, ok := refusal.As(err); !ok || !strings.Contains(r.Motif, "n’est pas l’annuaire") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	f := lire(t)
	f.drop("Code_commune")
	if _, err := annuaire.Read(f.reader()); err == nil || !strings.Contains(err.Error(), "code_commune") {
		t.Errorf("got %v", err)
	}
}

// Whatever the file, it is refused, or each of its rows could be written.
func FuzzRead(f *testing.F) {
	raw, err := os.ReadFile("testdata/annuaire.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add("Identifiant_de_l_etablissement;Nom_etablissement\n")
	f.Fuzz(func(t *testing.T, content string) {
		a, err := annuaire.Read(strings.NewReader(content))
		if err != nil && len(refusal.All(err)) == 0 {
			t.Errorf("a breakdown: %v", err)
		}
		for _, e := range a.Ecoles {
			if len(e.UAI) != 8 || e.Type == "" || e.Secteur == "" || e.Commune == "" || e.Departement == "" {
				t.Errorf("an école that the base would refuse: %+v", e)
			}
		}
	})
}
