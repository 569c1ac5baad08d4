package dossier_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
)

var (
	lina, anne, luc, tarbes, lourdes = uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()
	tout                             = dossier.Regard{Coordonnees: true, Protegees: true}
)

func at(day int) time.Time { return time.Date(2026, time.November, day, 10, 5, 0, 0, time.UTC) }

// change is a line of the history; "" is a value that is not there.
func change(day int, objet string, id uuid.UUID, operation, champ, avant, apres string) dossier.Changement {
	c := dossier.Changement{ID: int64(day), Le: at(day), Objet: objet, ObjetID: id, Operation: operation, Champ: champ}
	if avant != "" {
		c.Avant = &avant
	}
	if apres != "" {
		c.Apres = &apres
	}
	return c
}

// presents is Lina at the end: she moved to Lourdes on the 10th with Anne, and Luc is no longer responsible for her.
func presents() []dossier.Present {
	row := func(objet string, id uuid.UUID, pairs ...any) dossier.Present {
		columns := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			columns[pairs[i].(string)] = pairs[i+1]
		}
		return dossier.Present{Objet: objet, ObjetID: id, Present: columns}
	}
	return []dossier.Present{
		row("eleve", lina, "nom_famille", "Abadie", "prenom", "Lina", "prenom2", "Rose", "sexe", "F", "date_naissance", "2019-04-12",
			"ne_etranger", true, "adresse_id", lourdes.String(), "cree_le", "2026-06-01T10:00:00+02:00"),
		row("responsable", anne, "nature", "personne", "civilite", "Mme", "nom_famille", "Abadie", "prenom", "Anne",
			"tel_portable", "06 00 00 00 02", "adresse_id", lourdes.String()),
		row("responsable", luc, "nature", "personne", "civilite", "M.", "nom_famille", "Pène", "prenom", "Luc", "adresse_id", tarbes.String()),
		row("lien_responsable", anne, "lien", "mere", "autorite_parentale", true, "rang", float64(1)),
		row("adresse", tarbes, "voie", "5 rue des Pyrénées", "code_postal", "65000", "commune", "Tarbes", "pays", "France"),
		row("adresse", lourdes, "voie", "1 rue de la Grotte", "code_postal", "65100", "commune", "Lourdes", "pays", "France", "protegee", true),
	}
}

func changements() []dossier.Changement {
	return []dossier.Changement{
		change(16, "adresse", tarbes, "modification", "voie", "5 bis rue des Pyrénées", "5 rue des Pyrénées"),
		change(14, "lien_responsable", luc, "retrait", "lien", "pere", ""),
		change(14, "lien_responsable", luc, "retrait", "rang", "2", ""),
		change(14, "lien_responsable", luc, "retrait", "autorite_parentale", "true", ""),
		change(12, "responsable", anne, "modification", "tel_portable", "06 00 00 00 01", "06 00 00 00 02"),
		change(10, "eleve", lina, "modification", "adresse_id", tarbes.String(), lourdes.String()),
		change(10, "eleve", lina, "modification", "etat", "actif", "autre"),
		change(8, "eleve", lina, "modification", "prenom2", "", "Rose"),
		change(6, "lien_responsable", luc, "ajout", "", "", ""),
	}
}

func TestAu(t *testing.T) {
	p := dossier.NewPasse(lina, presents(), changements())
	eleve, lienLuc := dossier.Objet{Table: "eleve", ID: lina}, dossier.Objet{Table: "lien_responsable", ID: luc}
	for _, tt := range []struct {
		name   string
		objet  dossier.Objet
		day    int
		champ  string
		exists bool
		want   string
	}{
		{"aujourd’hui", eleve, 20, "prenom2", true, "Rose"},
		{"avant qu’on l’ajoute", eleve, 8, "prenom2", true, ""},
		{"ce qui n’a pas changé", eleve, 1, "prenom", true, "Lina"},
		{"pas encore responsable", lienLuc, 6, "lien", false, ""},
		{"responsable", lienLuc, 14, "lien", true, "pere"},
		{"il ne l’est plus", lienLuc, 15, "lien", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, exists := p.Au(tt.objet, at(tt.day))
			if exists != tt.exists || got[tt.champ] != tt.want {
				t.Errorf("got %v %q, want %v %q", exists, got[tt.champ], tt.exists, tt.want)
			}
		})
	}
}

// said is a photograph on a few lines.
func said(blocks []dossier.Rubriques) string {
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString("[" + block.Titre + "]")
		for _, f := range block.Faits {
			b.WriteString(" " + f.Nom + "=" + f.Valeur + ";")
		}
	}
	return b.String()
}

func TestPhoto(t *testing.T) {
	p := dossier.NewPasse(lina, presents(), changements())
	day := func(d int) time.Time { return time.Date(2026, time.November, d, 0, 0, 0, 0, time.UTC) }
	for _, tt := range []struct {
		name         string
		jour         time.Time
		regard       dossier.Regard
		shows, hides []string
	}{
		{"avant la création", time.Date(2026, time.May, 31, 0, 0, 0, 0, time.UTC), tout, nil, []string{"Abadie"}},
		{"le jour même", time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC), tout, []string{"Abadie"}, nil},
		{"avant tout", day(5), tout, []string{"Prénoms=Lina;", "Domicile=5 bis rue des Pyrénées, 65000 Tarbes;", "06 00 00 00 01"}, []string{"Pène", "Lourdes;["}},
		{"avec le père", day(9), tout, []string{"Prénoms=Lina Rose;", "[Père] Nom=M. Pène Luc; Autorité parentale=Oui; Adresse=5 bis rue des Pyrénées"}, nil},
		{"au soir du départ", day(14), tout, []string{"1 rue de la Grotte", "06 00 00 00 02"}, []string{"Pène"}},
		{"sans les coordonnées", day(9), dossier.Regard{Protegees: true}, []string{"Téléphone=masqué;"}, []string{"06 00"}},
		{"sans les adresses protégées", day(14), dossier.Regard{Coordonnees: true}, []string{"Domicile=Adresse protégée;"}, []string{"Grotte", "Lourdes"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := said(p.Photo(tt.jour, tt.regard))
			for _, s := range tt.shows {
				if !strings.Contains(got, s) {
					t.Errorf("does not say %q: %s", s, got)
				}
			}
			for _, s := range tt.hides {
				if strings.Contains(got, s) {
					t.Errorf("says %q: %s", s, got)
				}
			}
		})
	}
}

// What has one row a year is told with its year.
func TestRecitOfAYear(t *testing.T) {
	added, changed := change(9, "periscolaire", lina, "ajout", "", "", ""), change(11, "periscolaire", lina, "modification", "etude", "false", "true")
	added.Precision, changed.Precision = "2026", "2026"
	got := dossier.NewPasse(lina, presents(), []dossier.Changement{changed, added}).Recits(tout)
	if len(got) != 2 || got[0].Rubrique != "Périscolaire 2026-2027 : Étude surveillée" || got[0].Avant != "Non" || got[0].Apres != "Oui" ||
		got[1].Rubrique != "Périscolaire 2026-2027" || got[1].Apres != "renseigné" {
		t.Errorf("got %+v", got)
	}
}

func TestRecits(t *testing.T) {
	told := func(regard dossier.Regard) []string {
		var list []string
		for _, r := range dossier.NewPasse(lina, presents(), changements()).Recits(regard) {
			list = append(list, r.Rubrique+" : "+r.Avant+" > "+r.Apres)
		}
		return list
	}
	// Luc left on the 14th: the change of his home on the 16th is none of this file's. A column that has no name is not told.
	want := []string{
		"Responsable : M. Pène Luc > retiré",
		"Mme Abadie Anne : Portable : 06 00 00 00 01 > 06 00 00 00 02",
		"Domicile : 5 bis rue des Pyrénées, 65000 Tarbes > 1 rue de la Grotte, 65100 Lourdes",
		"Deuxième prénom :  > Rose",
		"Responsable :  > M. Pène Luc",
	}
	if got := told(tout); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	masked := strings.Join(told(dossier.Regard{}), "\n")
	if !strings.Contains(masked, "Portable : masqué > masqué") || !strings.Contains(masked, "> Adresse protégée") || strings.Contains(masked, "Grotte") {
		t.Errorf("to one who may not read them:\n%s", masked)
	}
}
