package annuaire_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"base-eleves/internal/domain/annuaire"
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

// What one school's line says, and what is kept of it.
func TestReadALine(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cells map[string]string
		want  func(annuaire.Ecole) bool
	}{
		{
			"un arrondissement de Paris relève de la mairie de Paris",
			map[string]string{"Code_departement": "075", "Code_commune": "75108"},
			func(e annuaire.Ecole) bool { return e.Commune == "75056" && e.Departement == "75" },
		},
		{
			"une commune déléguée relève de sa commune nouvelle",
			map[string]string{"Code_departement": "001", "Code_commune": "01340"},
			func(e annuaire.Ecole) bool { return e.Commune == "01015" && e.Departement == "01" },
		},
		{
			"la Corse",
			map[string]string{"Code_departement": "02A", "Code_commune": "2A004"},
			func(e annuaire.Ecole) bool { return e.Commune == "2A004" && e.Departement == "2A" },
		},
		{
			"l’outre-mer",
			map[string]string{"Code_departement": "974", "Code_commune": "97411"},
			func(e annuaire.Ecole) bool { return e.Departement == "974" },
		},
		{
			"une adresse répétée n’est écrite qu’une fois",
			map[string]string{"Adresse_1": "Le Bourg", "Adresse_2": "Le Bourg"},
			func(e annuaire.Ecole) bool { return e.Adresse == "Le Bourg" },
		},
		{
			"une adresse sans première ligne",
			map[string]string{"Adresse_1": "", "Adresse_2": "Le Bourg"},
			func(e annuaire.Ecole) bool { return e.Adresse == "Le Bourg" },
		},
		{
			"un téléphone qui n’a pas dix chiffres reste tel quel",
			map[string]string{"Telephone": "0262 40"},
			func(e annuaire.Ecole) bool { return e.Telephone == "0262 40" },
		},
		{
			"une école qui va ouvrir est ouverte",
			map[string]string{"etat": "A OUVRIR"},
			func(e annuaire.Ecole) bool { return e.Ouverte },
		},
		{
			"une école spécialisée",
			map[string]string{"libelle_nature": "ECOLE DE NIVEAU ELEMENTAIRE SPECIALISEE"},
			func(e annuaire.Ecole) bool { return e.Type == "specialisee" },
		},
		{
			"sans indicateurs, la nature de l’école",
			map[string]string{"Ecole_maternelle": "", "Ecole_elementaire": ""},
			func(e annuaire.Ecole) bool { return e.Type == "elementaire" },
		},
	} {
		f := lire(t)
		for column, value := range tt.cells {
			f.set("0659001F", column, value)
		}
		if a := f.read(t); !tt.want(find(a, "0659001F")) {
			t.Errorf("%s: got %+v, refused %v", tt.name, find(a, "0659001F"), a.Refusees)
		}
	}
}

// The office of the IEN gives its name to a circonscription that the schools do not name.
func TestReadNamesACirconscription(t *testing.T) {
	f := lire(t)
	f.set("0659003H", "nom_circonscription", "")
	if a := f.read(t); a.Circonscriptions[1].Nom != "Circonscription des Vallées" {
		t.Errorf("got %v", a.Circonscriptions)
	}
	f.remove("0659902K")
	if a := f.read(t); a.Circonscriptions[1].Nom != "0659902K" {
		t.Errorf("without the office: got %v", a.Circonscriptions)
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
