package parcours_test

import (
	"strings"
	"testing"

	"base-eleves/internal/browser"
)

// A directeur finds a pupil from any page by "/", looks back on the file, makes one file of two and two again. An IA
// looks at the numbers. Every page on the way is accessible, at three widths, light and dark.
func TestMemoireDuDossier(t *testing.T) {
	m := memoire{histoire: histoire{t: t, demonstration: start(t)}}
	m.attribuer()
	b := browser.New(t)
	m.arrive = func() visiteur { return chromium{b.Apart(), t, m.url} }

	m.v = m.connecter("direction-jean-jaures").(chromium)
	m.raccourci("/", "/eleves", "/effectifs", "/aide/recherche")
	dossiers := m.chercher("abadie")
	garde, autre := dossiers[0], dossiers[1]
	m.visite(garde, "Autres démarches", "Année achevée")
	m.visite(garde+"/historique", "Tel qu’il était le")
	m.visite(garde+"/historique?le=19/11/2026", "au soir du 19 novembre 2026")
	m.visite(garde+"/consultations", "A ouvert le dossier")
	m.fusionner(garde, autre)

	m.v = m.connecter("ia-65").(chromium)
	m.visite(garde, "Afficher les coordonnées")
	m.visite("/ine", "Élèves sans INE")
	m.visite("/ine?etat=tous", "Le registre")
	m.visite(m.premier("/ine/"), "Que faire")
}

type memoire struct {
	histoire
	v chromium
}

// visite opens a page, reads some of its words and has it judged.
func (m memoire) visite(path string, words ...string) {
	m.t.Helper()
	if status := m.v.Open(path); status != 200 {
		m.t.Fatalf("%s: %d", path, status)
	}
	m.lit(m.v, words...)
	m.v.Accessible()
}

// raccourci strikes "/" on pages: the search is there on each.
func (m memoire) raccourci(paths ...string) {
	m.t.Helper()
	for _, path := range paths {
		m.v.Open(path)
		m.v.Press("/")
		m.v.Wait(`document.activeElement.id === "recherche"`)
	}
	m.v.Press("abadie")
	m.v.Wait(`document.querySelectorAll("[role=option]").length > 1`)
	m.v.Press("ArrowDown")
	if m.v.PressAndGo("Enter"); !strings.HasPrefix(m.v.Path(), "/eleves/") {
		m.t.Errorf("the suggestion led to %s", m.v.Path())
	}
}

// chercher is the addresses of the files that answer to a name.
func (m memoire) chercher(nom string) (list []string) {
	m.t.Helper()
	m.visite("/recherche?q="+nom, "même nom")
	m.v.Eval(`[...document.querySelectorAll("main tbody a")].map((a) => a.getAttribute("href"))`, &list)
	if len(list) < 2 {
		m.t.Fatalf("%d pupils are called %s", len(list), nom)
	}
	return list
}

// premier is the first address of the page that begins so.
func (m memoire) premier(prefix string) (href string) {
	m.t.Helper()
	m.v.Eval(`document.querySelector("main tbody a[href^=" + JSON.stringify(`+quoted(prefix)+`) + "]")?.getAttribute("href") ?? ""`, &href)
	if href == "" {
		m.t.Fatalf("%s leads to no %s", m.v.Path(), prefix)
	}
	return href
}

// fusionner makes one file of two, reads both, and makes two of them again.
func (m memoire) fusionner(garde, autre string) {
	m.t.Helper()
	m.visite(garde+"/fusion", "Dossier gardé")
	m.visite(garde+"/fusion/"+strings.TrimPrefix(autre, "/eleves/"), "Si vous confirmez", "Rien n’est effacé")
	m.ouvre(m.v.Follow("Fusionner les deux dossiers"), m.v)
	m.visite(garde, "Un autre dossier de cet enfant a été réuni à celui-ci")
	m.visite(autre, "on n’y écrit plus")
	m.visite("/fusions", "Dossier absorbé")
	m.ouvre(m.v.Follow("Séparer"), m.v)
	m.lit(m.v, "de nouveau séparés")
	if m.v.Open(autre); strings.Contains(m.v.Text(), "on n’y écrit plus") {
		m.t.Error("the other file is still closed")
	}
}
