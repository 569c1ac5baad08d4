package recherche_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// monde has one child who is written like few, a brother and a stranger in Tarbes, and one of the same name elsewhere.
func monde(t *testing.T) *fixture.Monde {
	m := fixture.New(t)
	e := m.Present("Maëlle-Rose")
	m.Present("Ugo")
	m.PresentAilleurs("Maëlle-Rose")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		i := fixture.Lina("Maëlle-Rose").Identite
		i.NomFamille, i.NomUsage = "D’Hauteville", "Lefèvre"
		return eleve.ModifierIdentite(ctx, tx, a, e.ID, 0, i)
	})
	return m
}

const rose = "LEFÈVRE Maëlle-Rose"

func TestRecherche(t *testing.T) {
	m := monde(t)
	for _, tt := range []struct {
		name, agent, typed string
		shows              []string
		hides              string
	}{
		{"le nom", "directeur", "hauteville", []string{rose, "même nom"}, "Ugo"},
		{"le début du nom", "directeur", "hautev", []string{rose}, "Ugo"},
		{"la particule et l’accent", "directeur", "d'HAUTEVILLE maelle", []string{rose, "même prénom"}, "Ugo"},
		{"dans l’autre ordre", "directeur", "rose hauteville", []string{rose}, "Ugo"},
		{"le nom d’usage", "directeur", "lefevre", []string{rose, "nom d’usage"}, "Ugo"},
		{"comme on l’entend", "directeur", "Otevil", []string{rose, "noms qui se prononcent pareil"}, "Ugo"},
		{"une faute de frappe", "directeur", "hautevlle", []string{rose}, "Ugo"},
		{"une lettre pour une autre", "directeur", "Hauteviple", []string{rose, "nom à une lettre près"}, "Ugo"},
		{"la date", "directeur", "12/04/2019", []string{rose, "Ugo", "naissance le 12/04/2019"}, ""},
		{"la date sans barres", "directeur", "120419", []string{rose, "Ugo"}, ""},
		{"le nom et la date", "directeur", "ugo 120419", []string{"ABADIE Ugo", "naissance le 12/04/2019"}, "Rose"},
		{"le nom et une autre date", "directeur", "ugo 130419", []string{"Personne de votre territoire"}, "ABADIE"},
		{"l’année", "directeur", "2019", []string{rose, "naissance en 2019"}, ""},
		{"l’année, dans un grand territoire", "ia", "2019", []string{"ajoutez un nom"}, "Rose"},
		{"un responsable", "directeur", "abadie anne", []string{rose, "ABADIE Ugo", "responsable : Mme Abadie Anne"}, ""},
		{"un téléphone", "directeur", "0600000001", []string{rose, "téléphone de Mme Abadie Anne"}, ""},
		{"un téléphone écrit autrement", "directeur", "+33 6.00.00.00.01", []string{rose}, ""},
		{"un autre téléphone", "directeur", "06 00 00 00 77", []string{"Personne de votre territoire"}, "ABADIE"},
		{"un autre nom", "directeur", "cazenave", []string{"Personne de votre territoire"}, "ABADIE"},
		{"une lettre", "directeur", "h", []string{"au moins deux lettres"}, "Rose"},
		{"rien", "directeur", "", []string{"au moins deux lettres"}, "Rose"},
		{"la mairie", "mairie", "hauteville", []string{rose, "École primaire Jean-Jaurès"}, "Ugo"},
		{"l’inspection", "ien", "otevil", []string{rose}, "Ugo"},
		{"l’inspection académique", "ia", "otevil", []string{rose}, "Ugo"},
		{"un autre directeur", "directeur voisin", "hauteville", []string{"Personne de votre territoire"}, "Ugo"},
		{"un autre directeur, par le responsable", "directeur voisin", "0600000001", []string{"ABADIE Maëlle-Rose"}, "LEFÈVRE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := m.Get(tt.agent, "/recherche?q="+url.QueryEscape(tt.typed))
			if got.Code != 200 {
				t.Fatalf("got %d", got.Code)
			}
			_, body, _ := strings.Cut(strings.ReplaceAll(got.Body, "\u00a0", " "), "<main")
			for _, s := range tt.shows {
				if !strings.Contains(body, s) {
					t.Errorf("does not show %q\n%s", s, body)
				}
			}
			if tt.hides != "" && strings.Contains(body, tt.hides) {
				t.Errorf("shows %q\n%s", tt.hides, body)
			}
		})
	}
}

// A strict commune does not know the responsables: its mairie finds nobody by them.
func TestMairieStricte(t *testing.T) {
	m := monde(t)
	find := func() bool { return strings.Contains(m.Get("mairie", "/recherche.json?q=0600000001").Body, "Ugo") }
	if !find() { // control
		t.Fatal("the mairie does not find by the telephone")
	}
	if _, err := m.Tx.Exec(t.Context(), `update commune set mairie_stricte = true where insee = $1`, fixture.Tarbes); err != nil {
		t.Fatal(err)
	}
	if find() {
		t.Error("the mairie of a strict commune finds by the telephone")
	}
}

func TestPropositions(t *testing.T) {
	m := monde(t)
	got := m.Get("directeur", "/recherche.json?q=otevil")
	if got.Code != 200 || !strings.HasPrefix(got.Body, `[{"nom":"`+rose+`","detail":"12/04/2019, noms qui se prononcent pareil","href":"/eleves/`) {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
	if got := m.Get("directeur", "/recherche.json?q=h"); strings.TrimSpace(got.Body) != "[]" {
		t.Errorf("one letter: %s", got.Body)
	}
	if got := m.Get("service", "/recherche.json?q=otevil"); got.Code != 403 {
		t.Errorf("who reads no pupil: %d", got.Code)
	}
}

// While a new child is typed: whoever may be the same, wherever he is, without his file.
func TestDoublons(t *testing.T) {
	m := fixture.New(t)
	m.PresentAilleurs("Inès")
	child := func(nom, prenom, naissance string) url.Values {
		return url.Values{"nom_famille": {nom}, "prenom": {prenom}, "date_naissance": {naissance}}
	}
	for _, tt := range []struct {
		name, agent string
		typed       url.Values
		code        int
		shows       string // "": nobody
	}{
		{"la même", "directeur", child("Habadi", "Ines", "12/04/2019"), 200, "ABADIE Inès, née le 12/04/2019"},
		{"la mairie aussi", "mairie", child("Abadie", "Inès", "120419"), 200, "même prénom"},
		{"sa jumelle", "directeur", child("Abadie", "Lise", "12/04/2019"), 200, ""},
		{"pas encore de date", "directeur", child("Abadie", "Inès", ""), 200, ""},
		{"qui n’inscrit personne", "ien", child("Abadie", "Inès", "120419"), 403, ""},
	} {
		got := m.Post(tt.agent, "/doublons", tt.typed)
		if got.Code != tt.code || tt.shows != "" && !strings.Contains(got.Body, tt.shows) || tt.code == 200 && tt.shows == "" && strings.TrimSpace(got.Body) != "[]" {
			t.Errorf("%s: %d %s", tt.name, got.Code, got.Body)
		}
		if strings.Contains(got.Body, "rue des Pyrénées") || strings.Contains(got.Body, "Anne") {
			t.Errorf("%s: shows more than the register may say: %s", tt.name, got.Body)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'chercher_ailleurs'`); n != 3 {
		t.Errorf("%d lines in the journal, want 3", n)
	}
}
