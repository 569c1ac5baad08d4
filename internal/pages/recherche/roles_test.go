package recherche_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// What one knows of a child finds him, for each of those who read pupils; it shows nobody else.
func TestEachRoleFinds(t *testing.T) {
	m := monde(t)
	for _, agent := range []string{"directeur", "mairie", "ien", "ia"} {
		for _, tt := range []struct{ name, typed, why string }{
			{"sans accent", "lefevre maelle", "nom d’usage"},
			{"sans particule", "hauteville", "même nom"},
			{"avec particule et apostrophe", "d'hauteville", "même nom"},
			{"une lettre de trop", "hauttevile", rose},
			{"une lettre pour une autre", "Hauteviple", "nom à une lettre près"},
			{"comme on l’entend", "Otevil", "noms qui se prononcent pareil"},
			{"le prénom d’abord", "maelle rose hauteville", "même prénom"},
			{"la date de naissance seule", "12/04/2019", "naissance le 12/04/2019"},
			{"la date sans barres", "120419", "naissance le 12/04/2019"},
			{"le nom d’un responsable", "abadie anne", "responsable : Mme Abadie Anne"},
			{"le téléphone d’un responsable", "06 00 00 00 01", "téléphone de Mme Abadie Anne"},
		} {
			t.Run(agent+", "+tt.name, func(t *testing.T) {
				body := main(m.Get(agent, "/recherche?q="+url.QueryEscape(tt.typed)))
				if !strings.Contains(body, rose) || !strings.Contains(body, tt.why) {
					t.Errorf("%q does not find her for %q\n%s", tt.typed, tt.why, body)
				}
			})
		}
		if body := main(m.Get(agent, "/recherche?q=cazenave")); strings.Contains(body, rose) { // control
			t.Errorf("%s finds her by any name", agent)
		}
	}
	for _, agent := range []string{"service", "college", "statistique"} {
		if got := m.Get(agent, "/recherche?q=hauteville"); got.Code != 403 || strings.Contains(got.Body, "Rose") {
			t.Errorf("%s looks for pupils: %d", agent, got.Code)
		}
	}
}

// main is what a page says below its frame.
func main(got fixture.Reponse) string {
	_, body, _ := strings.Cut(strings.ReplaceAll(got.Body, "\u00a0", " "), "<main")
	return body
}

// A child of elsewhere exists, was last in a school, in a state: nothing else of his file comes with that, by no way.
func TestOfElsewhereNothingMore(t *testing.T) {
	m := fixture.New(t)
	e := m.PresentAilleurs("Inès")
	for _, sql := range []string{
		`update eleve set prenom2 = 'Teinte-Deux', nom_usage = 'Teinte-Usage', prenom3 = 'Teinte-Trois'`,
		`update adresse set voie = '1 rue Teinte', complement = 'Teinte', commune = 'Lourdes',
			commune_insee = (select commune_insee from ecole where uai = '` + fixture.Voisine + `')`,
		`update responsable set prenom = 'Teinte', courriel = 'teinte@exemple.fr', tel_portable = '06 11 22 33 44'`,
		`insert into personne_autorisee (id, eleve_id, nom_famille, prenom, lien, tel_portable, urgence, autorisee, rang)
			select gen_random_uuid(), id, 'Teinte', 'Contact', 'autre_lien', '06 55 44 33 22', true, true, 1 from eleve`,
		`update immatriculation set etat = 'attribue', ine = '990000001EB', attribue_le = now()`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(sql, err)
		}
	}
	child := url.Values{"nom_famille": {"Abadie"}, "prenom": {"Inès"}, "date_naissance": {"12/04/2019"}}
	for _, tt := range []struct{ agent, path string }{
		{"directeur", "/doublons"}, {"directeur", "/admissions/nouvelle"}, {"mairie", "/doublons"}, {"mairie", "/inscriptions/recherche"},
	} {
		got := m.Post(tt.agent, tt.path, child)
		for _, want := range []string{"Lapacca", "Présent"} {
			if !strings.Contains(got.Body, want) {
				t.Errorf("%s at %s does not learn %q (%d)", tt.agent, tt.path, want, got.Code)
			}
		}
		for _, taint := range []string{"Teinte", "teinte@", "06 11", "06 55", "990000001"} {
			if strings.Contains(got.Body, taint) {
				t.Errorf("%s at %s reads %q", tt.agent, tt.path, taint)
			}
		}
		if got := m.Get(tt.agent, "/eleves/"+e.ID.String()); got.Code != 404 {
			t.Errorf("%s opens the file: %d", tt.agent, got.Code)
		}
	}
	if body := m.Get("directeur voisin", "/eleves/"+e.ID.String()).Body; !strings.Contains(body, "Teinte") { // control
		t.Error("her own school does not read what was to be hidden")
	}
}
