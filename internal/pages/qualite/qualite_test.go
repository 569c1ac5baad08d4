package qualite_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// busy leaves something wrong for everybody.
func busy(m *fixture.Monde) fixture.Enfant {
	m.Helper()
	lina := m.Present("Lina")
	m.Present("Lina")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Noé"))
	m.Inscrire("mairie", fixture.Ecole, "Adam")
	for _, sql := range []string{
		`update responsable set tel_portable = ''`, `update lien_responsable set autorite_parentale = false`,
		`update adresse set voie = ''`, `update immatriculation set demande_le = '2026-11-01'`,
		`update classe set enseignant = ''`, `update eleve set date_naissance = '2023-04-12'`,
	} {
		if _, err := m.Tx.Exec(context.Background(), sql); err != nil {
			m.Fatal(err)
		}
	}
	return lina
}

func TestQui(t *testing.T) {
	for _, tt := range []struct {
		agent, path  string
		code         int
		shows, hides string
	}{
		{"directeur", "/qualite", 200, "élèves sans téléphone", "inscription sans réponse de l’école"},
		{"mairie", "/qualite", 200, "inscription sans réponse de l’école", "sans INE"},
		{"ien", "/qualite", 200, "/qualite/telephone?ecole=0659001F", "INE"},
		{"ia", "/qualite", 200, "/qualite/ine?ecole=0659001F", "Rouget"},
		{"service", "/qualite", 403, "", "élève"},
		{"college", "/qualite", 403, "", "élève"},
		{"statistique", "/qualite", 403, "", "élève"},
		{"directeur voisin", "/qualite", 200, "Vérifié", "/qualite/telephone"},
		{"directeur", "/qualite/telephone", 200, "ABADIE Lina", "Noé"},
		{"directeur", "/qualite/telephone?ecole=0659002G", 200, "ABADIE Lina", ""}, // his school, whatever he asks
		{"directeur voisin", "/qualite/telephone?ecole=0659001F", 200, "Plus rien à corriger ici.", "Lina"},
		{"ien", "/qualite/telephone?ecole=0659001F", 200, "ABADIE Lina", "Compléter"},
		{"ien voisin", "/qualite/telephone?ecole=0659001F", 200, "Plus rien à corriger ici.", "Lina"},
		{"ia voisine", "/qualite/telephone?ecole=0659001F", 200, "Plus rien à corriger ici.", "Lina"},
		{"ien", "/qualite/ine?ecole=0659001F", 404, "", "Lina"},
		{"mairie", "/qualite/telephone", 404, "", "Lina"},
		{"mairie", "/qualite/fiches-sans-telephone", 200, "ABADIE Adam", "Lina"},
		{"mairie voisine", "/qualite/fiches-sans-telephone", 200, "Plus rien à corriger ici.", "Adam"},
		{"directeur", "/qualite/photo", 404, "", ""},
	} {
		t.Run(tt.agent+" "+tt.path, func(t *testing.T) {
			m := fixture.New(t)
			busy(m)
			got := m.Get(tt.agent, tt.path)
			_, body, _ := strings.Cut(got.Body, `id="contenu"`)
			if got.Code != tt.code || !strings.Contains(body, tt.shows) || tt.hides != "" && strings.Contains(body, tt.hides) {
				t.Errorf("got %d, want %d with %q without %q: %s", got.Code, tt.code, tt.shows, tt.hides, body)
			}
		})
	}
}

var hrefs = regexp.MustCompile(`<a (?:class="[^"]*" )?href="(/[^"]+)"`)

// links are the addresses of the contents of a page, the way back and the help left out.
func links(body string) []string {
	_, body, _ = strings.Cut(body, `id="contenu"`)
	body, _, _ = strings.Cut(body, "</main>")
	var list []string
	for _, l := range hrefs.FindAllStringSubmatch(body, -1) {
		list = append(list, strings.ReplaceAll(l[1], "&amp;", "&"))
	}
	return list
}

// One step leads from each list to each line, and from each line to the very form that mends it.
func TestEachRepairOpens(t *testing.T) {
	for _, agent := range []string{"directeur", "mairie", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			busy(m)
			opened := 0
			for _, list := range links(m.Get(agent, "/qualite").Body) {
				if !strings.HasPrefix(list, "/qualite/") {
					continue
				}
				got := m.Get(agent, list)
				if got.Code != 200 {
					t.Errorf("%s: %d", list, got.Code)
				}
				for _, href := range links(got.Body) {
					if r := m.Get(agent, href); r.Code != 200 {
						t.Errorf("%s: %s answers %d", list, href, r.Code)
					}
					opened++
				}
			}
			if opened < 6 { // control
				t.Errorf("only %d repairs were found", opened)
			}
		})
	}
}

// A repair made leaves the list: the count is of what is wrong now.
func TestRepairedLeaves(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	if _, err := m.Tx.Exec(t.Context(), `update responsable set tel_portable = ''`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", "/qualite"); !strings.Contains(got.Body, `href="/qualite/telephone"`) { // control
		t.Fatal("nothing to mend")
	}
	if _, err := m.Tx.Exec(t.Context(), `update responsable set tel_travail = '05 62 00 00 00'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", "/qualite"); strings.Contains(got.Body, `href="/qualite/telephone"`) {
		t.Error("still there")
	}
}
