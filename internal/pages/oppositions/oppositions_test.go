package oppositions_test

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

func mere(m *fixture.Monde, e fixture.Enfant) string {
	return fixture.Valeur[string](m, `select responsable_id::text from lien_responsable where eleve_id = $1`, e.ID)
}

// opposer records the opposition of the mother.
func opposer(m *fixture.Monde, e fixture.Enfant) {
	m.Helper()
	if got := m.Post("directeur", dossier(e)+"/opposition", form("responsable_id", mere(m, e), "recue_le", "121126")); got.Code != 303 {
		m.Fatalf("%d\n%s", got.Code, got.Body)
	}
}

func expect(t *testing.T, got fixture.Reponse, code int, says string) {
	t.Helper()
	if got.Code != code || !strings.Contains(got.Body, says) {
		t.Errorf("got %d, want %d with %q\n%s", got.Code, code, says, got.Body)
	}
}

func TestEnregistrer(t *testing.T) {
	for _, tt := range []struct {
		name, agent, recue string
		mere               bool
		code               int
		says               string
	}{
		{"le directeur enregistre", "directeur", "12/11/2026", true, 303, ""},
		{"il doit dire qui", "directeur", "12/11/2026", false, 422, "Choisissez qui s’oppose"},
		{"pas dans l’avenir", "directeur", "21/11/2026", true, 422, "dans l’avenir"},
		{"une date qui n’existe pas", "directeur", "31/11/2026", true, 422, "Cette date n’existe pas."},
		{"le directeur voisin ne voit rien", "directeur voisin", "12/11/2026", true, 404, "territoire"},
		{"la mairie ne radie pas", "mairie", "12/11/2026", true, 403, "rôle"},
		{"l’inspection non plus", "ia", "12/11/2026", true, 403, "rôle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			f := form("recue_le", tt.recue)
			if tt.mere {
				f.Set("responsable_id", mere(m, e))
			}
			expect(t, m.Post(tt.agent, dossier(e)+"/opposition", f), tt.code, tt.says)
			want := 0
			if tt.code == 303 {
				want = 1
			}
			if n := fixture.Valeur[int](m, `select count(*) from opposition`); n != want {
				t.Errorf("%d oppositions, want %d", n, want)
			}
		})
	}
}

// The file says it at its head, to the school alone; radiation and certificate send to where it is lifted.
func TestUntilItIsLifted(t *testing.T) {
	m := fixture.New(t)
	e, autre := m.Present("Lina"), m.Present("Ugo")
	radiation, lien := "/radiations/"+e.Scolarite.String(), dossier(e)+"/opposition"
	depart := form("date_radiation", "20/11/2026", "motif_radiation", "demenagement")
	if got := m.Get("directeur", dossier(e)); strings.Contains(got.Body, "Un parent s’oppose à la radiation, depuis") { // control
		t.Error("an opposition is announced before there is one")
	}
	opposer(m, e)
	expect(t, m.Get("directeur", dossier(e)), 200, "Un parent s’oppose à la radiation, depuis le 12/11/2026.")
	for _, agent := range []string{"mairie", "ien", "ia"} {
		if got := m.Get(agent, dossier(e)); got.Code != 200 || strings.Contains(got.Body, "oppose") {
			t.Errorf("%s: %d, or learns of the opposition", agent, got.Code)
		}
	}
	expect(t, m.Get("directeur", radiation), 200, lien)
	refused := m.Post("directeur", radiation, depart)
	expect(t, refused, 422, "Un parent s’oppose à la radiation depuis le 12/11/2026")
	expect(t, refused, 422, lien)
	plusieurs := form("date_radiation", "20/11/2026", "motif_radiation", "demenagement", "id", e.Scolarite.String(), "id", autre.Scolarite.String())
	expect(t, m.Post("directeur", "/radiations", plusieurs), 422, "ABADIE Lina\u00a0: Un parent s’oppose")
	if n := fixture.Valeur[int](m, `select count(*) from scolarite where etat = 'radie'`); n != 0 {
		t.Errorf("%d struck off", n)
	}
	expect(t, m.Post("directeur", lien+"/lever", form("levee_le", "181126", "motif_levee", "decision_du_juge")), 422, "Indiquez la référence")
	expect(t, m.Post("directeur", lien+"/lever", form("levee_le", "181126", "motif_levee", "decision_du_juge", "reference", "RG 26/00123")), 303, "")
	expect(t, m.Get("directeur", lien), 200, "RG 26/00123")
	expect(t, m.Post("directeur", radiation, depart), 303, "")
	expect(t, m.Get("directeur", dossier(e)+"/certificat-radiation.pdf"), 200, "%PDF")
	// Said after the departure, it stops the paper.
	opposer(m, e)
	expect(t, m.Get("directeur", dossier(e)+"/certificat-radiation.pdf"), 422, lien)
}

// Two who lift the same opposition: the second sees what the first recorded, and keeps what he typed.
func TestConflict(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	opposer(m, e)
	levee := form("levee_le", "181126", "motif_levee", "decision_du_juge", "reference", "RG 26/00123", "version", "1")
	expect(t, m.Post("directeur", dossier(e)+"/opposition/lever", levee), 303, "")
	expect(t, m.Post("directeur", dossier(e)+"/opposition/lever", levee), 409, "RG 26/00123")
}
