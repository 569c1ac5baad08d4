package aide_test

import (
	"html"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
)

var (
	tags   = regexp.MustCompile(`<[^>]+>`)
	blocks = regexp.MustCompile(`</(p|li|td|th|dd|dt|h1|h2|h3|caption|summary)>`)
	titles = regexp.MustCompile(`<title>([^<]+)</title>`)
	links  = regexp.MustCompile(`href="(/aide/[^"]+)"`)
	heads  = regexp.MustCompile(`<th scope="row">(.*?)</th>`)
)

// paragraphs are the texts of a page, one for each block, no-break spaces kept.
func paragraphs(body string) []string {
	_, body, _ = strings.Cut(body, `id="contenu"`)
	_, body, _ = strings.Cut(body, ">")
	body, _, _ = strings.Cut(body, "</main>")
	var all []string
	for _, p := range strings.Split(blocks.ReplaceAllString(body, "\n\x00"), "\x00") {
		p = html.UnescapeString(tags.ReplaceAllString(p, ""))
		if p = strings.Join(strings.FieldsFunc(p, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " "); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// pages are the addresses of all that this package shows.
func pages(m *fixture.Monde) []string {
	m.Helper()
	paths := []string{"/aide", "/accessibilite", "/mentions-legales"}
	for _, l := range links.FindAllStringSubmatch(m.Get("", "/aide").Body, -1) {
		paths = append(paths, l[1])
	}
	if len(paths) < 15 {
		m.Fatalf("only %d pages", len(paths))
	}
	return paths
}

func TestEveryScreenOfTheMenuIsExplained(t *testing.T) {
	m := fixture.New(t)
	listed := m.Get("", "/aide").Body
	for _, entry := range httpx.Pages(m.Site.Menu) {
		path := "/aide" + entry.Href
		if entry.Aide != "" {
			path = "/aide/" + entry.Aide
		}
		if r := m.Get("", path); r.Code != http.StatusOK {
			t.Errorf("%s: %s answers %d", entry.Label, path, r.Code)
		}
		if !strings.Contains(listed, `href="`+path+`"`) {
			t.Errorf("%s is not in the table of contents", path)
		}
	}
	if r := m.Get("", "/aide/inconnu"); r.Code != http.StatusNotFound {
		t.Errorf("a subject that does not exist answers %d", r.Code)
	}
}

// Help is open to those who cannot log in; those who have keep their menu.
func TestOpenToAll(t *testing.T) {
	m := fixture.New(t)
	for _, path := range pages(m) {
		visitor, agent := m.Get("", path), m.Get("college", path)
		if visitor.Code != http.StatusOK || strings.Contains(visitor.Body, "Menu principal") {
			t.Errorf("%s: a visitor is answered %d, or has a menu", path, visitor.Code)
		}
		if agent.Code != http.StatusOK || !strings.Contains(agent.Body, "Menu principal") || !strings.Contains(agent.Body, "Denis Fourcade") {
			t.Errorf("%s: an agent is answered %d, or has no menu", path, agent.Code)
		}
	}
}

func TestEachPageHasItsTitle(t *testing.T) {
	m := fixture.New(t)
	all := append(pages(m), "/connexion")
	seen := map[string]string{}
	title := func(agent, path string) {
		found := titles.FindStringSubmatch(m.Get(agent, path).Body)
		if found == nil {
			t.Errorf("%s has no title", path)
			return
		}
		if other, ok := seen[found[1]]; ok {
			t.Errorf("%s and %s are both called %q", path, other, found[1])
		}
		seen[found[1]] = path
	}
	for _, path := range all {
		title("", path)
	}
	for _, entry := range httpx.Pages(m.Site.Menu) {
		for _, agent := range []string{"directeur", "mairie"} {
			if m.Agent(agent).Can(entry.Droit) {
				title(agent, entry.Href)
				break
			}
		}
	}
}

// A sentence of more than twenty words is read twice (security.md, A11Y-9).
func TestSentencesAreShort(t *testing.T) {
	m := fixture.New(t)
	end := regexp.MustCompile(`[.!?…]( |$)`)
	for _, path := range pages(m) {
		for _, p := range paragraphs(m.Get("", path).Body) {
			for _, sentence := range end.Split(p, -1) {
				if n := words(sentence); n > 20 {
					t.Errorf("%s: %d words: %s", path, n, sentence)
				}
			}
		}
	}
	if n := words("Un deux : trois, l’eau « quatre »."); n != 5 { // control: a sign is no word
		t.Errorf("counted %d words, want 5", n)
	}
}

func words(sentence string) int {
	n := 0
	for _, w := range strings.Fields(sentence) {
		if strings.Trim(w, "«»:;!?.,()–") != "" {
			n++
		}
	}
	return n
}

// slips are what French typography forbids.
var slips = regexp.MustCompile(`[a-zà-ÿ]'[a-zà-ÿ]|[^\x{a0}][:;!?»]( |$)|«[^\x{a0}]|\.\.\.|"`)

func TestTypography(t *testing.T) {
	m := fixture.New(t)
	for _, path := range pages(m) {
		for _, p := range paragraphs(m.Get("", path).Body) {
			if at := slips.FindString(p); at != "" {
				t.Errorf("%s: %q in %s", path, at, p)
			}
		}
	}
	for _, bad := range []string{"l'école", "Attention :", "« oui»", "quoi?", "etc..."} { // control
		if !slips.MatchString(bad) {
			t.Errorf("%q passes", bad)
		}
	}
}

// What help says that the application answers, the application answers.
func TestRefusalsAreThoseOfTheApplication(t *testing.T) {
	m := fixture.New(t)
	sources := plain(sources(t))
	n := 0
	for _, path := range pages(m) {
		_, table, _ := strings.Cut(m.Get("", path).Body, "<caption class=\"vh\">Messages de refus")
		for _, q := range heads.FindAllStringSubmatch(table, -1) {
			n++
			message := strings.TrimSuffix(plain(html.UnescapeString(q[1])), " …")
			if !strings.Contains(sources, message) {
				t.Errorf("%s: nothing answers %q", path, message)
			}
		}
	}
	if n < 30 || strings.Contains(sources, "Cette école est trop loin.") { // control
		t.Errorf("%d messages read", n)
	}
}

// plain makes no-break spaces ordinary, however they are written.
func plain(s string) string {
	return strings.NewReplacer(`\u00a0`, " ", "\u00a0", " ").Replace(s)
}

// sources are the sentences of the application, wherever they are written but here.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && name == "pages/aide" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		all.Write(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestDeclarationOfAccessibility(t *testing.T) {
	m := fixture.New(t)
	got := strings.Join(paragraphs(m.Get("", "/accessibilite").Body), "\n")
	for _, want := range []string{
		"n’est pas conforme au RGAA\u00a04.1", "ni NVDA, ni JAWS, ni VoiceOver", "axe-core 4.11.4", "PDF ne sont pas balisés",
		"Défenseur des droits", "La touche «\u00a0/\u00a0» mène à la recherche",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("does not say %q", want)
		}
	}
	for _, path := range []string{"/connexion", "/aide"} {
		if !strings.Contains(html.UnescapeString(m.Get("", path).Body), "Accessibilité\u00a0: non conforme") {
			t.Errorf("%s does not say the state of conformity", path)
		}
	}
}

func TestLegalNotice(t *testing.T) {
	m := fixture.New(t)
	got := m.Get("", "/mentions-legales").Body
	for _, want := range []string{"Responsable du traitement", "Finalités", "20&nbsp;octobre 2008", "Destinataires", "Durée de conservation", "Vos droits", "CNIL"} {
		if !strings.Contains(got, want) {
			t.Errorf("does not say %q", want)
		}
	}
	if strings.Contains(got, "Base de démonstration") {
		t.Error("a real base calls itself one of demonstration")
	}
	m.Site.Demo = true
	if got := m.Get("", "/mentions-legales").Body; !strings.Contains(got, "inventés. Aucun droit") {
		t.Error("a base of demonstration does not say so")
	}
}
