package annuaire_test

import (
	"os"
	"strings"
	"testing"

	"base-eleves/internal/domain/annuaire"
	"base-eleves/internal/domain/refusal"
)

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
