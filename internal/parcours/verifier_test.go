package parcours_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// A certificate in the hands of a stranger: a directrice prints it, a visitor who has no account opens the address that
// its code holds and reads what the paper says; a letter changed is refused; once another has replaced it, the first says so.
func TestUnPassantVerifieUnCertificat(t *testing.T) {
	d := start(t)
	b := browser.New(t)
	h := histoire{d, t, func() visiteur { return chromium{b.Apart(), t, d.url} }}
	direction := h.connecter("direction-jean-jaures")
	eleve := h.premier(direction)
	paper := h.imprimer(direction, eleve)
	code := h.code(paper)

	passant := h.arrive()
	h.ouvre(passant.Open(code), passant)
	h.lit(passant, "authentique et à jour")
	h.memesMots(passant, paper)

	const changed = len("/V/") + 20
	letter := "A"
	if code[changed] == 'A' {
		letter = "B"
	}
	if status := passant.Open(code[:changed] + letter + code[changed+1:]); status != 422 {
		t.Errorf("an altered code: %d", status)
	}
	passant.Judge()
	h.lit(passant, "Ce code ne vient pas de Base élèves, ou il a été modifié")
	if strings.Contains(passant.Text(), "Certificat de scolarité") {
		t.Errorf("an altered code shows a paper:\n%s", passant.Text())
	}

	h.pass(5 * time.Minute)
	h.corriger(direction, eleve)
	recent := h.code(h.imprimer(direction, eleve))
	h.ouvre(passant.Open(code), passant)
	h.lit(passant, "un autre l’a remplacé le 20 novembre 2026")
	h.ouvre(passant.Open(recent), passant)
	h.lit(passant, "authentique et à jour")
}

// premier opens the first pupil of a class, and gives the address of the dossier.
func (h histoire) premier(v visiteur) string {
	h.t.Helper()
	h.ouvre(v.Open("/classes/"+h.classe("CE1 A")), v)
	c := v.(chromium)
	var path string
	c.Eval(`document.querySelector("main a[href^='/eleves/']").getAttribute("href")`, &path)
	h.ouvre(v.Open(path), v)
	return path
}

// imprimer prints the certificate that the dossier offers.
func (h histoire) imprimer(v visiteur, eleve string) (file string) {
	h.t.Helper()
	h.ouvre(v.Open(eleve), v)
	status, file := v.Fetch(v.Href("Certificat de scolarité"))
	if status != 200 || !strings.HasPrefix(file, "%PDF-") {
		h.t.Fatalf("the certificate: %d %.60q", status, file)
	}
	return file
}

// code is the path that the code of a paper holds on this site.
func (h histoire) code(file string) string {
	h.t.Helper()
	code, ours := strings.CutPrefix(fixture.Code(h.t, file), strings.ToUpper(h.url))
	if !ours {
		h.t.Fatalf("the code leads elsewhere: %q", code)
	}
	return code
}

// memesMots compares each value of the page with the words of the paper.
func (h histoire) memesMots(v visiteur, file string) {
	h.t.Helper()
	var values []string
	v.(chromium).Eval(`[...document.querySelectorAll("main dd")].map((e) => e.innerText.replace(/\s+/g, " ").trim())`, &values)
	if len(values) < 7 {
		h.t.Fatalf("the page says %q only", values)
	}
	said := strings.ToLower(fixture.Papier(h.t, file))
	for _, value := range values {
		for word := range strings.FieldsFuncSeq(strings.ToLower(value), func(r rune) bool { return strings.ContainsRune(" ,:", r) }) {
			if word != "présence" && !strings.Contains(said, word) { // the pupil « fréquente », on paper
				h.t.Errorf("the page says %q, and %q is not on the paper:\n%s", value, word, said)
			}
		}
	}
}

// corriger mends the first name, which the certificate bears.
func (h histoire) corriger(v visiteur, eleve string) {
	h.t.Helper()
	h.ouvre(v.Open(eleve+"/identite"), v)
	v.Fill("prenom", "Apolline")
	h.ouvre(v.Follow("Enregistrer l’identité"), v)
	h.lit(v, "Apolline")
}
