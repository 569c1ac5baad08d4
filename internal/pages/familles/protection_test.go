package familles_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// form makes the fields of a form from pairs of names and values.
func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

func dossier(e fixture.Enfant) string { return "/eleves/" + e.ID.String() }

func expect(t *testing.T, got fixture.Reponse, code int, says string) {
	t.Helper()
	if got.Code != code || !strings.Contains(got.Body, says) {
		t.Errorf("got %d, want %d with %q\n%s", got.Code, code, says, got.Body)
	}
}

func adresse(m *fixture.Monde, e fixture.Enfant) string {
	return fixture.Valeur[string](m, `select adresse_id::text from eleve where id = $1`, e.ID)
}

func TestProteger(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		code        int
		says        string
	}{
		{"le directeur protège", "directeur", 303, ""},
		{"la mairie ne protège pas", "mairie", 403, "rôle"},
		{"l’inspection non plus", "ia", 403, "rôle"},
		{"le directeur voisin ne voit rien", "directeur voisin", 404, "territoire"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			expect(t, m.Post(tt.agent, dossier(e)+"/protection", form("protegee", adresse(m, e))), tt.code, tt.says)
			got := fixture.Valeur[bool](m, `select protegee from adresse where id = $1`, adresse(m, e))
			if want := tt.code == 303; got != want {
				t.Errorf("protected: %v", got)
			}
		})
	}
}

// The page names the homes by who lives there, says what is protected, and takes the protection off.
func TestProtegerPuisNon(t *testing.T) {
	m := fixture.New(t)
	e, autre := m.Present("Lina"), m.Present("Ugo")
	page := m.Get("directeur", dossier(e)+"/protection")
	expect(t, page, 200, "Domicile de ABADIE Lina, avec Mme Abadie Anne")
	if strings.Contains(page.Body, "rue des Pyrénées") {
		t.Error("the street is written where it need not be")
	}
	expect(t, m.Post("directeur", dossier(e)+"/protection", form("protegee", adresse(m, autre))), 404, "")
	m.Post("directeur", dossier(e)+"/protection", form("protegee", adresse(m, e)))
	expect(t, m.Get("directeur", dossier(e)), 200, "ne la communiquez à personne")
	expect(t, m.Get("directeur", dossier(e)+"/protection"), 200, "checked")
	expect(t, m.Post("directeur", dossier(e)+"/protection", form("version", "1")), 409, "Quelqu’un a changé ce dossier")
	expect(t, m.Post("directeur", dossier(e)+"/protection", form()), 303, "")
	if fixture.Valeur[bool](m, `select protegee from adresse where id = $1`, adresse(m, e)) {
		t.Error("still protected")
	}
}
