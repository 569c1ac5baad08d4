package rattachements_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/fixture"
)

// enfant is a child as the reference school types him.
func enfant(pairs ...string) url.Values {
	v := url.Values{
		"nom_famille": {"Cazenave"}, "prenom": {"Ilan"}, "sexe": {"M"}, "date_naissance": {"120318"},
		"commune_naissance": {"Tarbes"}, "commune_naissance_insee": {fixture.Tarbes},
		"voie": {"3 rue Massey"}, "code_postal": {"65000"}, "commune": {"Tarbes"}, "commune_insee": {fixture.Tarbes}, "pays": {"France"},
		"responsable.0.nature": {"personne"}, "responsable.0.nom_famille": {"Cazenave"}, "responsable.0.prenom": {"Luc"},
		"responsable.0.lien": {"pere"}, "responsable.0.autorite_parentale": {"true"}, "responsable.0.meme_adresse": {"true"},
		"modalite": {"esms"}, "debut": {"01/09/2026"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestOuvrirUnDossier(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		form        url.Values
		code        int
		shows       string
	}{
		{"l’école de référence ouvre le dossier", "directeur", enfant(), 303, ""},
		{"pas sans modalité", "directeur", enfant("modalite", ""), 422, "Choisissez comment l’enfant est instruit."},
		{"pas sans nom", "directeur", enfant("nom_famille", ""), 422, `value="Ilan"`},
		{"la mairie n’en ouvre pas ici", "mairie", enfant(), 403, ""},
		{"ni l’IA", "ia", enfant(), 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post(tt.agent, "/rattachements/enfant", tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			files := fixture.Valeur[int](m, `select count(*) from eleve e join rattachement r on r.eleve_id = e.id`)
			if (files == 1) != (tt.code == 303) || fixture.Valeur[int](m, `select count(*) from eleve`) != files {
				t.Errorf("%d files opened", files)
			}
			if n := fixture.Valeur[int](m, `select count(*) from scolarite`); n != 0 {
				t.Errorf("%d scolarités: the child is counted by the school", n)
			}
		})
	}
}

// A child who looks like another is shown before a second file is opened.
func TestPasDeSecondDossier(t *testing.T) {
	m := fixture.New(t)
	m.Post("directeur", "/rattachements/enfant", enfant())
	got := m.Post("directeur", "/rattachements/enfant", enfant())
	if got.Code != 422 || !strings.Contains(got.Body, "connaît déjà un enfant qui lui ressemble") {
		t.Fatalf("got %d", got.Code)
	}
	id := fixture.Valeur[string](m, `select id::text from eleve`)
	same := m.Post("directeur", "/rattachements/enfant", enfant("doublon."+id, "meme"))
	if to := same.Header.Get("Location"); to != "/rattachements/nouveau?eleve="+id {
		t.Errorf("the same child leads to %q", to)
	}
	if got := m.Get("directeur", "/rattachements/nouveau?eleve="+id); got.Code != 200 || !strings.Contains(got.Body, date.Court(fixture.Aujourdhui)) {
		t.Errorf("his form: %d", got.Code)
	}
}
