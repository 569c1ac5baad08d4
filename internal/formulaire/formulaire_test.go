package formulaire_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
)

var agent = habilitation.Agent{Role: habilitation.Mairie, Maintenant: time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)}

// saisie is a form filled as an agent without a script does, then changed by pairs of names and values.
func saisie(pairs ...string) *httpx.Form {
	f := httpx.NewForm(map[string]string{
		"nom_famille": "Abadie", "prenom": "Lina", "sexe": "F", "date_naissance": "12/04/2019",
		"commune_naissance": "Tarbes", "voie": "5 rue des Pyrénées", "commune": "65000 Tarbes", "pays": "France",
		"responsable.0.lien": "mere", "responsable.0.nom_famille": "Abadie", "responsable.0.prenom": "Anne",
		"responsable.0.autorite_parentale": "true", "responsable.0.meme_adresse": "true",
		"responsable.0.tel_portable": "0600000001",
	})
	for i := 0; i < len(pairs); i += 2 {
		f.Values.Set(pairs[i], pairs[i+1])
	}
	return f
}

func TestEnfant(t *testing.T) {
	f := saisie()
	n := formulaire.Enfant(f, agent)
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	if n.Identite.CommuneNaissance != "65440" || n.Adresse.CommuneInsee != "65440" || n.Adresse.CodePostal != "65000" {
		t.Errorf("got %+v, %+v", n.Identite, n.Adresse)
	}
	r := n.Responsables[0]
	if r.Nature != eleve.Personne || !r.MemeAdresse || !r.AutoriteParentale || r.TelPortable != "06 00 00 00 01" {
		t.Errorf("got %+v", r)
	}
}

func TestEnfantRefuse(t *testing.T) {
	for _, tt := range []struct {
		name        string
		typed       []string
		field, says string
	}{
		{"le nom", []string{"nom_famille", " "}, "nom_famille", "Indiquez le nom"},
		{"un nom trop long", []string{"nom_famille", strings.Repeat("a", 101)}, "nom_famille", "Au plus 100"},
		{"une date illisible, dite une fois", []string{"date_naissance", "hier"}, "date_naissance", "Écrivez la date"},
		{"un enfant trop âgé", []string{"date_naissance", "12/04/2001"}, "date_naissance", "2 à 14 ans"},
		{"une commune inconnue", []string{"commune_naissance", "Trifouilly"}, "commune_naissance", "Trifouilly"},
		{"un code postal de plusieurs communes", []string{"commune", "", "code_postal", "65100"}, "commune", "Plusieurs communes répondent au code 65100"},
		{"un code qui n’est plus celui du texte", []string{"commune", "Nulle-Part", "commune_code", "65440"}, "commune", "Nulle-Part"},
		{"l’adresse", []string{"voie", ""}, "voie", "voie"},
		{"un responsable sans lien", []string{"responsable.0.lien", ""}, "responsable.0.lien", "lien"},
		{"un tuteur sans autorité dite", []string{"responsable.0.lien", "tuteur", "responsable.0.autorite_parentale", ""}, "responsable.0.autorite_parentale", "autorité"},
		{"le second responsable", []string{"responsable.1.nom_famille", "Cazaux"}, "responsable.1.prenom", "prénom du responsable"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := saisie(tt.typed...)
			formulaire.Enfant(f, agent)
			if got := f.Errors().On(tt.field); !strings.Contains(got, tt.says) {
				t.Errorf("%s: %q, want %q", tt.field, got, tt.says)
			}
			said := 0
			for _, e := range f.Errors() {
				if e.Field == tt.field {
					said++
				}
			}
			if said != 1 {
				t.Errorf("%s refused %d times", tt.field, said)
			}
		})
	}
}

func TestEnfantLit(t *testing.T) {
	for _, tt := range []struct {
		name  string
		typed []string
		ok    func(eleve.Nouveau) bool
	}{
		{"né à l’étranger sans commune", []string{"ne_etranger", "true", "commune_naissance", ""},
			func(n eleve.Nouveau) bool { return n.Identite.NeEtranger && n.Identite.CommuneNaissance == "" }},
		{"le code INSEE seul d’un programme", []string{"commune", "", "commune_insee", "65286"},
			func(n eleve.Nouveau) bool { return n.Adresse.Commune == "Lourdes" && n.Adresse.CodePostal == "65100" }},
		{"la commune par le seul code postal", []string{"commune", "", "code_postal", "65000"},
			func(n eleve.Nouveau) bool {
				return n.Adresse.CommuneInsee == "65440" && n.Adresse.CodePostal == "65000"
			}},
		{"des noms en capitales", []string{"nom_famille", "LE GOFF", "prenom", "JEAN-PIERRE", "responsable.0.nom_famille", "D’ARTAGNAN"},
			func(n eleve.Nouveau) bool {
				return n.Identite.NomFamille+n.Identite.Prenom+n.Responsables[0].NomFamille == "Le GoffJean-PierreD’Artagnan"
			}},
		{"la civilité qui va de soi", nil, func(n eleve.Nouveau) bool { return n.Responsables[0].Civilite == "Mme" }},
		{"pas celle d’un tuteur", []string{"responsable.0.lien", "tuteur"}, func(n eleve.Nouveau) bool { return n.Responsables[0].Civilite == "" }},
		{"une adresse à l’étranger", []string{"pays", "Espagne", "commune", "Bielsa", "code_postal", "22350"},
			func(n eleve.Nouveau) bool { return n.Adresse.Commune == "Bielsa" && n.Adresse.CommuneInsee == "" }},
		{"l’adresse propre du responsable, la case encore cochée", []string{"responsable.0.voie", "1 rue Nationale", "responsable.0.commune", "Lourdes"},
			func(n eleve.Nouveau) bool {
				return !n.Responsables[0].MemeAdresse && n.Responsables[0].Adresse.CommuneInsee == "65286"
			}},
		{"un organisme sans nom de personne", []string{"responsable.0.organisme", "Aide sociale", "responsable.0.nom_famille", "", "responsable.0.prenom", ""},
			func(n eleve.Nouveau) bool { return n.Responsables[0].Nature == eleve.Organisme }},
		{"un bloc ajouté puis oublié", []string{"responsable.1.meme_adresse", "true", "responsable.1.lien", ""},
			func(n eleve.Nouveau) bool { return len(n.Responsables) == 1 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := saisie(tt.typed...)
			n := formulaire.Enfant(f, agent)
			if err := f.Err(); err != nil {
				t.Fatal(err)
			}
			if !tt.ok(n) {
				t.Errorf("got %+v", n)
			}
		})
	}
}

func TestChange(t *testing.T) {
	f := saisie()
	if formulaire.Change(f) {
		t.Error("a form sent to be saved is taken for a change")
	}
	f.Values.Set("ajouter_responsable", "1")
	if !formulaire.Change(f) || formulaire.Blocs(f) != 2 {
		t.Errorf("%d blocks after adding one", formulaire.Blocs(f))
	}
	f = saisie("responsable.1.prenom", "Paul", "responsable.2.prenom", "Rose", "retirer_responsable", "1")
	if !formulaire.Change(f) || formulaire.Blocs(f) != 2 || f.Text("responsable.1.prenom") != "Rose" {
		t.Errorf("%d blocks, second %q", formulaire.Blocs(f), f.Text("responsable.1.prenom"))
	}
}

// What is written in the form to be changed comes back as it was.
func TestPoser(t *testing.T) {
	f := saisie("responsable.0.voie", "1 rue Nationale", "responsable.0.commune", "Lourdes", "responsable.0.civilite", "Mme")
	want := formulaire.Enfant(f, agent)
	g := httpx.NewForm(nil)
	formulaire.PoserIdentite(g, want.Identite)
	formulaire.PoserAdresse(g, "", want.Adresse)
	formulaire.PoserResponsable(g, formulaire.Prefix(0), want.Responsables[0])
	got := formulaire.Enfant(g, agent)
	if got.Identite != want.Identite || got.Adresse != want.Adresse || !slices.Equal(got.Responsables, want.Responsables) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Every field shown is one that is read, with the value typed in it.
func TestChampsEnfant(t *testing.T) {
	f := saisie("responsable.1.nom_famille", "Cazaux")
	var b bytes.Buffer
	if err := formulaire.ChampsEnfant(f, nil).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	for name := range f.Values {
		if !strings.Contains(b.String(), `name="`+name+`"`) {
			t.Errorf("no field %s", name)
		}
	}
	if !strings.Contains(b.String(), `value="5 rue des Pyrénées"`) || !strings.Contains(b.String(), "Responsable 2") {
		t.Error("what was typed does not come back")
	}
}
