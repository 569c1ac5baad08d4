package inscriptions_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func recherche(nom, prenom, naissance string) url.Values {
	return url.Values{"nom_famille": {nom}, "prenom": {prenom}, "date_naissance": {naissance}}
}

// An inscription begins with a search; what was typed for it is not typed again.
func TestChercherDAbord(t *testing.T) {
	m := fixture.New(t)
	empty := m.Get("mairie", "/inscriptions/nouvelle")
	shows(t, empty.Body, "Cherchez d’abord l’enfant", `action="/inscriptions/recherche"`)
	hides(t, empty.Body, `name="sexe"`)

	got := m.Post("mairie", "/inscriptions/recherche", recherche("Duprat", "Zoé", "120418"))
	if got.Code != 200 {
		t.Fatalf("got %d", got.Code)
	}
	shows(t, got.Body, "Aucun enfant connu ne porte ce nom", `value="Duprat"`, `value="Zoé"`, `value="120418"`, `name="sexe"`,
		`name="responsable.0.nom_famille"`, `value="20/11/2026"`, `value="2026" selected`, `value="CE2" selected`)
}

func TestRechercheRefuse(t *testing.T) {
	for _, tt := range []struct {
		name, agent, path string
		typed             url.Values
		code              int
		says              string
	}{
		{"sans prénom ni date", "mairie", "/inscriptions/recherche", recherche("Abadie", "", ""), 422, "Indiquez le prénom. Indiquez la date de naissance"},
		{"une lettre", "mairie", "/inscriptions/recherche", recherche("A", "Lina", "120419"), 422, "au moins deux lettres"},
		{"une date illisible", "mairie", "/inscriptions/recherche", recherche("Abadie", "Lina", "avril"), 422, "Écrivez la date comme"},
		{"la fiche sans recherche", "mairie", "/inscriptions/nouvel-enfant", nil, 422, "Indiquez le nom de famille."},
		{"la fiche courte sans enfant choisi", "mairie", "/inscriptions/enfant-connu", nil, 422, "Choisissez un enfant"},
		{"la fiche courte d’un enfant inventé", "mairie", "/inscriptions/enfant-connu", url.Values{"eleve_id": {fixture.Inconnu.String()}}, 404, "n’existe pas"},
		{"un directeur", "directeur", "/inscriptions/recherche", recherche("Abadie", "Lina", "120419"), 403, "rôle"},
		{"sans jeton", "", "/inscriptions/recherche", recherche("Abadie", "Lina", "120419"), 303, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			m.Inscrire("mairie", fixture.Ecole, "Lina")
			got := m.PostAs
			if tt.agent != "" {
				got = m.Post
			}
			if got := got(tt.agent, tt.path, tt.typed); got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d, %q", got.Code, alert(got.Body))
			} else {
				hides(t, got.Body, "ABADIE")
			}
		})
	}
}

// Who is found: the same child however his name is typed, a look-alike born that day, a namesake born another day.
func TestRecherche(t *testing.T) {
	for _, tt := range []struct {
		name         string
		typed        url.Values
		shows, hides []string
	}{
		{"le même", recherche("ABADIE", "maelle", "12/04/2019"), []string{"ABADIE Maëlle, née le 12/04/2019", "Inscrit, École primaire Jean-Jaurès (Tarbes)", "Inscription 2026-2027", "Inscrire cet enfant", "Nouvel enfant"}, nil},
		{"une faute dans le nom", recherche("Abaddie", "Maëlle", "120419"), []string{"ABADIE Maëlle"}, nil},
		{"sa jumelle la rappelle", recherche("Abadie", "Maëlys", "120419"), []string{"ABADIE Maëlle"}, nil},
		{"le jour et le mois échangés", recherche("Abadie", "Maëlle", "04/12/2019"), []string{"ABADIE Maëlle, née le 12/04/2019"}, nil},
		{"le même jour, un tout autre nom", recherche("Zysk", "Olga", "120419"), []string{"Aucun enfant connu"}, []string{"ABADIE"}},
		{"un début de nom ne suffit pas", recherche("Aba", "M", "130419"), []string{"Aucun enfant connu"}, []string{"ABADIE"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			m.Inscrire("mairie", fixture.Ecole, "Maëlle")
			got := m.Post("mairie", "/inscriptions/recherche", tt.typed)
			if got.Code != 200 {
				t.Fatalf("got %d", got.Code)
			}
			shows(t, got.Body, tt.shows...)
			hides(t, got.Body, tt.hides...)
		})
	}
}

// Outside the territory one learns that the child exists, where and in which state, and why he is thought to be the one;
// never by a part of his name.
func TestRechercheAilleurs(t *testing.T) {
	for _, tt := range []struct {
		name         string
		typed        url.Values
		shows, hides []string
	}{
		{"nom entier et date", recherche("abadie", "LINA", "120419"), []string{"dans un autre territoire", "ABADIE Lina, née le 12/04/2019", "Présent, École primaire Jean-Jaurès (Tarbes)"},
			[]string{"rue des Pyrénées", "Anne", "CE1", "06 00"}},
		{"comme on l’entend", recherche("habadi", "lyna", "120419"), []string{"ABADIE Lina", "noms qui se prononcent pareil", "prénoms qui se prononcent pareil"}, []string{"5 rue"}},
		{"jour et mois inversés", recherche("abadie", "lina", "041219"), []string{"ABADIE Lina", "jour et mois de naissance inversés"}, []string{"5 rue"}},
		{"un autre prénom", recherche("abadie", "irène", "120419"), []string{"Aucun enfant connu"}, []string{"ABADIE"}},
		{"le début du nom", recherche("ab", "lina", "120419"), []string{"Aucun enfant connu"}, []string{"ABADIE"}},
		{"une autre date", recherche("abadie", "lina", "270618"), []string{"Aucun enfant connu"}, []string{"ABADIE"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			m.Present("Lina")
			got := m.Post("mairie voisine", "/inscriptions/recherche", tt.typed)
			shows(t, got.Body, tt.shows...)
			hides(t, got.Body, tt.hides...)
			if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'chercher_ailleurs'`); n != 1 {
				t.Errorf("%d lines in the journal, want 1", n)
			}
		})
	}
}

var address = regexp.MustCompile(`(?:href|action)="([^"]*)"`)

// No address bears a name or a date of birth: addresses stay in logs and in the history of shared computers.
func TestNoNameInAnAddress(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	page := inscrire(t, m, nil)
	pages := []fixture.Reponse{
		m.Get("mairie", "/inscriptions"), m.Get("mairie", page), m.Get("mairie", page+"/modifier"), m.Get("mairie", page+"/annuler"),
		m.Get("mairie", "/inscriptions/nouvelle"),
		m.Post("mairie", "/inscriptions/recherche", recherche("Abadie", "Lina", "12/04/2019")),
		m.Post("mairie", "/inscriptions/recherche", recherche("Zysk", "Lina", "12/04/2011")),
		m.Post("mairie", "/inscriptions/nouvelle", nouvelle(url.Values{"nom_famille": {"Abadie"}, "prenom": {"Lina"}})),
	}
	seen := 0
	for _, got := range pages {
		for _, a := range address.FindAllStringSubmatch(got.Body, -1) {
			seen++
			for _, secret := range []string{"abadie", "lina", "duprat", "zo%c3", "zysk", "2019", "2018", "1204"} {
				if strings.Contains(strings.ToLower(a[1]), secret) {
					t.Errorf("an address says %q: %s", secret, a[1])
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d addresses were looked at", seen)
	}
}
