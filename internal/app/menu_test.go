package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

var (
	mainMenu = regexp.MustCompile(`(?s)<nav class="menu".*?</nav>`)
	rubrique = regexp.MustCompile(`(?s)<nav class="parts" aria-label="([^"]*)".*?</nav>`)
	entry    = regexp.MustCompile(`(?s)<a href="([^"]+)"( aria-current="(?:page|true)")?>\s*([^<]*?)\s*</a>`)
)

// labels are the entries of a menu, the present one between brackets.
func labels(nav string) string {
	var list []string
	for _, m := range entry.FindAllStringSubmatch(nav, -1) {
		label := m[3]
		if m[2] != "" {
			label = "[" + label + "]"
		}
		list = append(list, label)
	}
	return strings.Join(list, ", ")
}

// Each role has ten entries or so; those of a heading are on its pages, the present one marked in both menus.
func TestMenu(t *testing.T) {
	m := fixture.New(t)
	for _, tt := range []struct{ who, path, menu, rubrique string }{
		{"directeur", "/", "[Accueil], Élèves, Admissions, Classes, Passages et 6e, Mouvements, Éditions, Effectifs, Délégations, Qualité", ""},
		{"directeur", "/groupes?annee=2027", "Accueil, Élèves, Admissions, [Classes], Passages et 6e, Mouvements, Éditions, Effectifs, Délégations, Qualité",
			"Classes, [Groupes], ULIS et UPE2A, Répartition"},
		{"directeur", "/mutations", "Accueil, Élèves, Admissions, Classes, Passages et 6e, [Mouvements], Éditions, Effectifs, Délégations, Qualité",
			"Radiations, Libérations, Transferts, [Mutations], Registre"},
		{"ia", "/ecoles/decisions", "Accueil, Élèves, Classes, Passages et 6e, Mouvements, Éditions, Effectifs, [Écoles], Comptes, Journal, Urgence, Qualité",
			"Écoles, [Ouvertures et fusions]"},
		{"ia", "/ecoles/" + fixture.Ecole, "Accueil, Élèves, Classes, Passages et 6e, Mouvements, Éditions, Effectifs, [Écoles], Comptes, Journal, Urgence, Qualité",
			"[Écoles], Ouvertures et fusions"},
		{"ien", "/sixieme", "Accueil, Élèves, Classes, [Passages et 6e], Mouvements, Éditions, Effectifs, Écoles, Qualité",
			"Passages, [Entrée en 6e]"},
		{"directeur", "/eleves/certificats-scolarite", "Accueil, Élèves, Admissions, Classes, Passages et 6e, Mouvements, [Éditions], Effectifs, Délégations, Qualité",
			"[Éditions], Listes, Extractions, Fichiers préparés, Lettres, Élection des parents"},
		{"mairie", "/inscriptions", "Accueil, Élèves, [Inscriptions], Mouvements, Éditions, Effectifs, Écoles, Qualité", ""},
		{"college", "/entrants", "Accueil, [Entrants en 6e]", ""},
		{"service", "/cles", "Accueil, Collèges, Fichiers préparés, [Comptes], Journal, Urgence", "Comptes, Communes, Formations, [Clés]"},
		{"service", "/colleges", "Accueil, [Collèges], Fichiers préparés, Comptes, Journal, Urgence", ""},
	} {
		r := m.Get(tt.who, tt.path)
		if r.Code != http.StatusOK {
			t.Errorf("%s %s: %d", tt.who, tt.path, r.Code)
			continue
		}
		if got := labels(mainMenu.FindString(r.Body)); got != tt.menu {
			t.Errorf("%s %s: menu\n%s\nwant\n%s", tt.who, tt.path, got, tt.menu)
		}
		if got := labels(rubrique.FindString(r.Body)); got != tt.rubrique {
			t.Errorf("%s %s: parts\n%s\nwant\n%s", tt.who, tt.path, got, tt.rubrique)
		}
	}
}

// The school year that one looks at is kept from one part of the structure to the other.
func TestMenuKeepsTheYear(t *testing.T) {
	m := fixture.New(t)
	for path, want := range map[string]string{
		"/classes?annee=2027": `href="/groupes?annee=2027"`, "/classes": `href="/groupes"`, "/classes?annee=x": `href="/groupes"`,
	} {
		if nav := rubrique.FindString(m.Get("directeur", path).Body); !strings.Contains(nav, want) {
			t.Errorf("%s: no %s in\n%s", path, want, nav)
		}
	}
}
