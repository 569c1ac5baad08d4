package listes_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/fixture"
)

// monde has Lina and Noé in the school, Zoé accepted, Ugo inscrit, Max in the next school.
func monde(t testing.TB) *fixture.Monde {
	m := fixture.New(t)
	lina := m.Present("Lina")
	m.Placer("directeur", lina, fixture.CE1)
	m.Present("Noé")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	m.Inscrire("mairie", fixture.Ecole, "Ugo")
	m.PresentAilleurs("Max")
	return m
}

// Every ready list of every role opens, on the screen and in the three formats, and shows nobody of elsewhere.
func TestReadyLists(t *testing.T) {
	for agent, role := range map[string]habilitation.Role{
		"directeur": habilitation.Directeur, "mairie": habilitation.Mairie, "ien": habilitation.IEN, "ia": habilitation.IA,
	} {
		t.Run(agent, func(t *testing.T) {
			m := monde(t)
			for _, p := range liste.Pretes(role) {
				q := "?prete=" + p.Code
				got := m.Get(agent, "/listes/composer"+q)
				if got.Code != http.StatusOK || !strings.Contains(got.Body, p.Titre) {
					t.Errorf("%s: %d\n%s", p.Code, got.Code, got.Body)
				}
				for format, begins := range map[string]string{"csv": "\ufeff", "pdf": "%PDF", "xlsx": "PK"} {
					if got := m.Get(agent, "/listes/composer."+format+q); got.Code != http.StatusOK || !strings.HasPrefix(got.Body, begins) {
						t.Errorf("%s as %s: %d, %.200q", p.Code, format, got.Code, got.Body)
					}
				}
			}
		})
	}
}

var cells = regexp.MustCompile(`<t[hd][^>]*>(?:<a [^>]*>)?([^<]*)`)

// csv is the lines of a list, as the spreadsheet has them.
func csv(m *fixture.Monde, agent string, q url.Values) []string {
	m.Helper()
	q.Set("compose", "1")
	got := m.Get(agent, "/listes/composer.csv?"+q.Encode())
	if got.Code != http.StatusOK {
		m.Fatalf("%s: %d\n%s", q.Encode(), got.Code, got.Body)
	}
	lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(got.Body, "\ufeff")), "\r\n")
	return lines[1:]
}

func TestWhatAListHolds(t *testing.T) {
	for _, tt := range []struct {
		name, agent, query, want string
	}{
		{"ceux de l’école, dans l’ordre des noms", "directeur", "c=prenom", "Lina|Noé|Zoé"},
		{"en sens inverse", "directeur", "c=prenom&trier=nom&sens=desc", "Zoé|Noé|Lina"},
		{"les présents", "directeur", "c=prenom&etat=admis_definitif", "Lina|Noé"},
		{"les inscrits de la mairie", "mairie", "c=prenom&etat=inscrit", "Ugo"},
		{"les inscrits, pour l’école", "directeur", "c=prenom&etat=inscrit", "Ugo"},
		{"une classe", "directeur", "c=prenom&classe=" + fixture.CE1.String(), "Lina"},
		{"ceux qui n’ont pas de classe", "directeur", "c=prenom&non_reparti=true", "Noé|Zoé"},
		{"les groupes deviennent une colonne", "directeur", "c=prenom&par=classe&etat=admis_definitif", "CE1 A;Lina|Sans classe;Noé"},
		{"une colonne à remplir", "directeur", "c=prenom&c=vide.1&vide.1.titre=Visa&etat=admis_definitif", "Lina;|Noé;"},
		{"l’ordre des colonnes suit les rangs", "directeur", "c=prenom&c=nom_famille&rang.prenom=2&rang.nom_famille=2&etat=inscrit", "Abadie;Ugo"},
		{"nés un autre mois", "directeur", "c=prenom&mois=1", ""},
		{"nés ce mois-là", "directeur", "c=prenom&mois=4", "Lina|Noé|Zoé"},
		{"nés avant", "directeur", "c=prenom&ne_au=01/01/2010", ""},
		{"avant qu’ils arrivent", "directeur", "c=prenom&au=01/08/2026", ""},
		{"une année sans personne", "directeur", "c=prenom&annee=2020", ""},
		{"les radiés d’une période", "directeur", "c=prenom&parti_du=01/09/2026", ""},
		{"l’inspection", "ien", "c=prenom", "Lina|Max|Noé|Zoé"},
		{"l’IA ne feuillette pas le département", "ia", "c=prenom", ""},
		{"l’IA, une école", "ia", "c=prenom&ecole=" + fixture.Ecole, "Lina|Noé|Zoé"},
		{"une école d’ailleurs", "ien", "c=prenom&ecole=" + fixture.Lointaine, ""},
		{"une famille par ligne", "directeur", "lignes=famille&c=nombre", "1|1|1"},
		{"une valeur qui n’existe pas ne garde personne", "directeur", "c=prenom&mois=avril", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(csv(monde(t), tt.agent, q), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
