package passages_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/pdf/pdftest"
)

// onPaper is the text of a PDF, page by page.
func onPaper(t *testing.T, got fixture.Reponse) []string {
	t.Helper()
	if got.Code != 200 || got.Header.Get("Content-Type") != "application/pdf" {
		t.Fatalf("got %d %s %s", got.Code, got.Header.Get("Content-Type"), got.Body)
	}
	return strings.Split(pdftest.Text(t, []byte(got.Body)), "--- page\n")
}

// separes gives Lina a father, who lives elsewhere.
func separes(t *testing.T, m *fixture.Monde, e fixture.Enfant) {
	t.Helper()
	got := m.Post("directeur", "/eleves/"+e.ID.String()+"/responsables/nouveau", url.Values{
		"nature": {"personne"}, "civilite": {"M."}, "nom_famille": {"Goüeslier d’Argence"}, "prenom": {"Noël"}, "lien": {"pere"},
		"autorite_parentale": {"true"}, "voie": {"17 impasse du Loup"}, "code_postal": {"65100"}, "commune": {"Lourdes"}, "pays": {"France"},
	})
	if got.Code != 303 {
		t.Fatalf("the father: %d %s", got.Code, got.Body)
	}
}

// Each home gets its letter, which says nothing of the other one.
func TestLettres(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	separes(t, m, e.lina)
	const pdf = "/passages/propositions.pdf"
	if got := m.Get("directeur", pdf); got.Code != 422 || !strings.Contains(got.Body, "Aucune proposition") {
		t.Errorf("nothing to print: %d", got.Code)
	}
	etape(t, m, e.lina, "proposer", "decision", "maintien")
	etape(t, m, e.noe, "proposer", "decision", "passage")
	pages := onPaper(t, m.Get("directeur", pdf))
	if len(pages) != 3 {
		t.Fatalf("%d letters, want 3", len(pages))
	}
	pdftest.Words(t, "proposition", pages[0])
	for i, autre := range map[int]string{0: "Loup", 1: "Pyrénées"} {
		if strings.Contains(pages[i], autre) {
			t.Errorf("the letter says where the other parent lives:\n%s", pages[i])
		}
		if !strings.Contains(pages[1-i], autre) { // control
			t.Errorf("the letter to %s is not addressed there", autre)
		}
	}
	if n := len(onPaper(t, m.Get("directeur", path(e.noe)+"/proposition.pdf"))); n != 1 {
		t.Errorf("%d letters about one pupil", n)
	}
	if got := m.Get("directeur", pdf+"?classe="+fixture.CE1.String()); got.Code != 422 {
		t.Errorf("a class of which nothing is proposed: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer'`); n < 3 {
		t.Errorf("%d lines in the journal", n)
	}
}

// A protected address is on no paper: the letter is handed over. That of the other parent is printed.
func TestLettreAAdresseProtegee(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	separes(t, m, e.lina)
	etape(t, m, e.lina, "proposer", "decision", "passage")
	if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = true where voie = '17 impasse du Loup'`); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(onPaper(t, m.Get("directeur", path(e.lina)+"/proposition.pdf")), "\f")
	fixture.Shows(t, all, []string{"À remettre en main propre", "5 rue des Pyrénées", "Noël"}, []string{"Loup", "Lourdes"})
}

// The letter of the decision says what it follows, and until when it is contested; that of the commission is final.
func TestLettreDeDecision(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	etape(t, m, e.lina, "proposer", "decision", "maintien")
	for _, name := range []string{"notifier", "desaccord"} {
		etape(t, m, e.lina, name)
	}
	etape(t, m, e.lina, "decider", "decision", "maintien")
	got := m.Post("directeur", "/passages?etat=decides&etape=informer&lettres=oui", url.Values{"id": {e.lina.Scolarite.String()}, "le": {"20/11/2026"}})
	to := got.Header.Get("Location")
	if got.Code != 303 || !strings.HasPrefix(to, "/passages/decisions.pdf?") {
		t.Fatalf("noted and printed: %d %s", got.Code, to)
	}
	pages := onPaper(t, m.Get("directeur", to))
	if len(pages) != 1 {
		t.Fatalf("%d letters, want 1", len(pages))
	}
	pdftest.Words(t, "decision", pages[0])
	onPage := m.Get("directeur", strings.Replace(to, ".pdf", "", 1))
	fixture.Shows(t, onPage.Body, []string{"Poursuite de la scolarité – décision", "recours motivé", "conteste la décision", to}, []string{"Cette décision est définitive"})
	etape(t, m, e.lina, "recours")
	if got := m.Post("ia", path(e.lina)+"/commission", url.Values{"decision": {"passage"}, "le": {"20/11/2026"}}); got.Code != 303 {
		t.Fatalf("the commission: %d", got.Code)
	}
	final := strings.Join(onPaper(t, m.Get("directeur", path(e.lina)+"/decision.pdf")), "\f")
	fixture.Shows(t, final, []string{"Cette décision est définitive", "art. D. 321-8", "Passage en CE2"}, []string{"recours motivé", "Date et signature"})
	for agent, code := range map[string]int{"directeur du même": 404, "ien": 403, "mairie": 403} {
		if got := m.Get(agent, path(e.lina)+"/decision.pdf"); got.Code != code {
			t.Errorf("%s: %d, want %d", agent, got.Code, code)
		}
	}
}
