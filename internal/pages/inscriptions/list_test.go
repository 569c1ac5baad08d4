package inscriptions_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// settle gives the mairie an inscription in each state.
func settle(t *testing.T, m *fixture.Monde) {
	t.Helper()
	inscrire(t, m, nil)
	inscrire(t, m, url.Values{"nom_famille": {"Lacaze"}, "prenom": {"Noé"}, "sexe": {"M"}, "date_naissance": {"010319"}, "ecole_uai": {""}, "date_inscription": {"161126"}})
	gone := inscrire(t, m, url.Values{"nom_famille": {"Pène"}, "prenom": {"Ugo"}, "sexe": {"M"}, "ecole_uai": {fixture.Meme}})
	if got := m.Post("mairie", gone+"/annuler", url.Values{"version": {"1"}, "motif_annulation": {"famille_renonce"}}); got.Code != 303 {
		t.Fatalf("not cancelled: %d", got.Code)
	}
	m.Present("Lina")
	m.Inscrire("mairie voisine", fixture.Voisine, "Inès")
}

func TestListe(t *testing.T) {
	m := fixture.New(t)
	settle(t, m)
	for _, tt := range []struct {
		query        string
		shows, hides []string
	}{
		{"", []string{"ABADIE Inès", "ABADIE Lina", "DUPRAT Zoé", "LACAZE Noé", "PÈNE Ugo", "Présent", "Liste d’attente", "hors commune", "Année scolaire 2026-2027"}, nil},
		{"?etat=en_attente", []string{"LACAZE Noé"}, []string{"DUPRAT", "ABADIE", "PÈNE"}},
		{"?etat=inscrit", []string{"DUPRAT Zoé", "ABADIE Inès"}, []string{"LACAZE", "Lina", "PÈNE"}},
		{"?etat=transformee", []string{"ABADIE Lina"}, []string{"LACAZE", "DUPRAT", "PÈNE", "Inès"}},
		{"?etat=annulee", []string{"PÈNE Ugo", "Annulée"}, []string{"LACAZE", "DUPRAT", "ABADIE"}},
		{"?etat=caprice", []string{"DUPRAT Zoé", "LACAZE Noé"}, nil},
		{"?ecole=" + fixture.Ecole, []string{"DUPRAT Zoé", "ABADIE Lina"}, []string{"LACAZE", "PÈNE", "Inès"}},
		{"?lieu=commune", []string{"DUPRAT Zoé"}, []string{"Inès"}},
		{"?lieu=ailleurs", []string{"ABADIE Inès", "École primaire du Lapacca, Lourdes"}, []string{"DUPRAT", "Lina"}},
		{"?q=aba", []string{"Inès", "Lina"}, []string{"DUPRAT"}},
		{"?q=lina+abadie", []string{"Lina"}, []string{"Inès", "DUPRAT"}},
		{"?q=pene", []string{"PÈNE Ugo"}, []string{"DUPRAT"}},
		{"?q=%25", []string{"DUPRAT Zoé"}, nil},
		{"?q=bad", []string{"ne répond à ces critères"}, []string{"ABADIE"}},
		{"?annee=2027", []string{"Aucun enfant n’est inscrit pour l’année scolaire 2027-2028."}, []string{"DUPRAT"}},
		{"?annee=jamais", []string{"DUPRAT Zoé"}, nil},
	} {
		t.Run(tt.query, func(t *testing.T) {
			got := m.Get("mairie", "/inscriptions"+tt.query)
			if got.Code != 200 {
				t.Fatalf("got %d", got.Code)
			}
			shows(t, got.Body, tt.shows...)
			hides(t, got.Body, tt.hides...)
		})
	}
}

func TestListeTriee(t *testing.T) {
	m := fixture.New(t)
	settle(t, m)
	for query, want := range map[string][]string{
		"":                         {"Inès", "Lina", "Zoé", "Noé", "Ugo"},
		"?tri=nom&sens=desc":       {"Ugo", "Noé", "Zoé", "Lina", "Inès"},
		"?tri=naissance":           {"Zoé", "Ugo", "Noé", "Inès", "Lina"},
		"?tri=niveau":              {"Inès", "Lina", "Zoé"},
		"?tri=date&sens=desc":      {"Noé", "Zoé"},
		"?tri=caprice":             {"Inès", "Lina", "Zoé", "Noé", "Ugo"},
		"?tri=date; drop table x;": {"Inès", "Lina", "Zoé", "Noé", "Ugo"},
	} {
		body := m.Get("mairie", "/inscriptions"+strings.ReplaceAll(query, " ", "+")).Body
		at := -1
		for _, name := range want {
			next := strings.Index(body, name+"</a>")
			if next < at {
				t.Errorf("%s: %s is not in its place", query, name)
			}
			at = next
		}
		if at < 0 {
			t.Errorf("%s shows nobody", query)
		}
	}
}

// The counts above the list are those of the lists they lead to.
func TestComptes(t *testing.T) {
	m := fixture.New(t)
	settle(t, m)
	body := m.Get("mairie", "/inscriptions?lieu=commune").Body
	for etat, want := range map[string]int{"en_attente": 1, "inscrit": 1, "transformee": 1, "annulee": 1} {
		link := fmt.Sprintf(`href="/inscriptions?etat=%s&amp;lieu=commune">%d</a>`, etat, want)
		if !strings.Contains(body, link) {
			t.Errorf("no %s", link)
		}
	}
	if again := m.Get("mairie", "/inscriptions?lieu=commune&etat=annulee").Body; !strings.Contains(text(again), "1 ligne") {
		t.Error("the list of a count is not of its length")
	}
}

func TestListePages(t *testing.T) {
	m := fixture.New(t)
	const n = 53
	for i := range n {
		m.Inscrire("mairie", fixture.Ecole, "Enfant"+string(rune('a'+i/26))+string(rune('a'+i%26)))
	}
	for query, want := range map[string][2]string{"": {"Enfantaa", "1–50 sur 53"}, "?page=2": {"Enfantca", "51–53 sur 53"}, "?page=-4": {"Enfantaa", "1–50 sur 53"}} {
		shows(t, m.Get("mairie", "/inscriptions"+query).Body, want[:]...)
	}
	hides(t, m.Get("mairie", "/inscriptions?page=2").Body, "Enfantbx")
	if lines := strings.Count(m.Get("mairie", "/inscriptions.csv?page=2").Body, "\r\n"); lines != n+1 {
		t.Errorf("the file has %d lines, want all of them", lines)
	}
}

func TestExports(t *testing.T) {
	m := fixture.New(t)
	settle(t, m)
	got := m.Get("mairie", "/inscriptions.csv?etat=inscrit&lieu=commune")
	want := "\ufeffNom de famille;Nom d’usage;Prénom;Sexe;Né(e) le;Niveau;École;Commune;Demandé le;Inscrit(e) le;État;Dérogation\r\n" +
		"Duprat;;Zoé;F;12/04/2018;CE2;École primaire Jean-Jaurès;Tarbes;15/11/2026;15/11/2026;Inscrit;\r\n"
	if got.Body != want {
		t.Errorf("got %q", got.Body)
	}
	for format, contentType := range map[string]string{
		"csv": "text/csv; charset=utf-8", "pdf": "application/pdf",
		"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		got := m.Get("mairie", "/inscriptions."+format)
		if got.Code != 200 || got.Header.Get("Content-Type") != contentType {
			t.Errorf("%s: %d, %s", format, got.Code, got.Header.Get("Content-Type"))
		}
		if name := got.Header.Get("Content-Disposition"); !strings.Contains(name, "inscriptions-2026-2027."+format) {
			t.Errorf("%s is named %s", format, name)
		}
		if got := m.Get("directeur", "/inscriptions."+format); got.Code != 403 {
			t.Errorf("a directeur gets %d", got.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'inscription'`); n != 4 {
		t.Errorf("%d exports in the journal, want 4", n)
	}
	inscrire(t, m, url.Values{"prenom": {"Ana"}, "derogation": {"sante"}})
	if got := m.Get("mairie", "/inscriptions.csv?q=ana").Body; !strings.Contains(got, ";Inscrit;Oui\r\n") {
		t.Errorf("the motive of a dérogation left: %s", got)
	}
	paper := fixture.Papier(t, m.Get("mairie", "/inscriptions.pdf?lieu=ailleurs").Body)
	shows(t, paper, "Mairie de Tarbes", "Inscriptions 2026-2027", "1 inscription, hors commune", "Abadie", "Inès", "Document confidentiel")
}

func TestQuiVoitLaListe(t *testing.T) {
	m := fixture.New(t)
	settle(t, m)
	for _, agent := range fixture.Agents() {
		got := m.Get(agent, "/inscriptions")
		switch {
		case agent == "mairie":
			shows(t, got.Body, "DUPRAT Zoé")
		case strings.HasPrefix(agent, "mairie"):
			if got.Code != 200 {
				t.Errorf("%s gets %d", agent, got.Code)
			}
			hides(t, got.Body, "DUPRAT", "LACAZE", "Lina")
		case got.Code != 403:
			t.Errorf("%s gets %d", agent, got.Code)
		}
	}
	empty := m.Get("mairie lointaine", "/inscriptions")
	shows(t, empty.Body, "Aucun enfant n’est inscrit pour l’année scolaire 2026-2027.", "Inscrire un enfant")
}
