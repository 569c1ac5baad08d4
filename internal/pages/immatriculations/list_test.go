package immatriculations_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func TestList(t *testing.T) {
	for _, tt := range []struct {
		name, agent, path string
		world             func(m *fixture.Monde)
		says              string
	}{
		{"personne n’attend", "directeur", "/ine", func(m *fixture.Monde) { m.Present("Lina"); registre(m) }, "Tous les élèves admis ont leur INE."},
		{"celle qui vient d’être admise", "directeur", "/ine", func(m *fixture.Monde) { m.Present("Lina") },
			"ABADIE Lina 12/04/2019 CE1 En attente d’INE 20/11/2026 Le registre n’a pas encore répondu. Rien : le registre répond de lui-même."},
		{"celle qui est bloquée", "directeur", "/ine?etat=bloque_doublon", func(m *fixture.Monde) { bloquee(m) },
			"Bloqué : élève ressemblant 20/11/2026 Le registre connaît un élève qui lui ressemble. Comparer les deux élèves."},
		{"aucune dans cet état", "directeur", "/ine?etat=en_erreur", func(m *fixture.Monde) { bloquee(m) }, "Aucun élève n’est dans ce cas."},
		{"depuis moins de sept jours", "directeur", "/ine?anciennete=7", func(m *fixture.Monde) { m.Present("Lina") }, "Aucun élève n’est dans ce cas."},
		{"depuis plus de sept jours", "directeur", "/ine?anciennete=7", func(m *fixture.Monde) {
			m.Present("Lina")
			m.Heure = m.Heure.AddDate(0, 0, 8)
		}, "ABADIE Lina"},
		{"l’école d’à côté", "directeur voisin", "/ine", func(m *fixture.Monde) { m.Present("Lina") }, "Tous les élèves admis ont leur INE."},
		{"l’IA sans litige", "ia", "/ine", func(m *fixture.Monde) { bloquee(m) }, "Aucun litige n’attend votre décision."},
		{"l’IA et ses litiges", "ia", "/ine", func(m *fixture.Monde) { enLitige(m) },
			"ABADIE Lina 12/04/2019 École primaire Jean-Jaurès, Tarbes En litige 20/11/2026"},
		{"l’IA et tous les autres", "ia", "/ine?etat=tous", func(m *fixture.Monde) { m.Present("Lina") }, "ABADIE Lina"},
		{"l’IA d’à côté", "ia voisine", "/ine", func(m *fixture.Monde) { enLitige(m) }, "Aucun litige n’attend votre décision."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			tt.world(m)
			says(t, m.Get(tt.agent, tt.path), tt.says)
		})
	}
}

func TestExports(t *testing.T) {
	m := fixture.New(t)
	bloquee(m)
	for _, format := range []string{".csv", ".xlsx", ".pdf"} {
		if r := m.Get("directeur", "/ine"+format); r.Code != http.StatusOK || len(r.Body) == 0 {
			t.Errorf("%s: %d", format, r.Code)
		}
	}
	if got := m.Get("directeur", "/ine.csv").Body; !strings.Contains(got, "Abadie;;Lina;12/04/2019") {
		t.Errorf("got %s", got)
	}
}

func TestNumberTyped(t *testing.T) {
	for _, tt := range []struct {
		name, ine, motif string
		code             int
		says             string
	}{
		{"forme RNIE", "070000001EB", "repertoire", 303, "Le numéro est enregistré. "},
		{"forme BEA, avec des espaces", " 0650 000 001 r ", "repertoire", 303, "Le numéro est enregistré. "},
		{"clé inhabituelle", "070000001AA", "repertoire", 303, "Sa clé est inhabituelle"},
		{"pas un numéro", "07000000", "repertoire", 422, "Un INE compte onze caractères"},
		{"vide", "", "repertoire", 422, "Un INE compte onze caractères"},
		{"sans motif", "070000001EB", "", 422, "Choisissez ce qui fonde votre décision."},
		{"celui d’un autre", "990000001EB", "repertoire", 422, "Ce numéro est celui d’un autre élève."},
		{"l’ancien d’un autre", "990000002EA", "repertoire", 422, "Ce numéro est celui d’un autre élève."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			ugo := m.PresentAilleurs("Ugo")
			behind(m, `update immatriculation set etat = 'attribue', ine = '990000001EB'`)
			behind(m, `insert into ine_alias (ine, eleve_id, ancien_id, le) values ('990000002EA', $1, $1, now())`, ugo.ID)
			elle, _ := enLitige(m)
			r := m.Post("ia", page(elle)+"/numero", url.Values{"ine": {tt.ine}, "motif": {tt.motif}})
			if r.Code != tt.code {
				t.Fatalf("answered %d: %s", r.Code, text(r))
			}
			if tt.code == http.StatusSeeOther {
				if got := etat(m, elle.ID); got != "attribue avec numéro" {
					t.Errorf("got %s", got)
				}
				r = m.Get("ia", page(elle))
			} else if got := etat(m, elle.ID); got != "litige ressemblance" {
				t.Errorf("changed all the same: %s", got)
			}
			says(t, r, tt.says)
		})
	}
}

// The number that was replaced by a correction goes on leading to the pupil, and comes back when it is typed again.
func TestNumberCorrectedTwice(t *testing.T) {
	m := fixture.New(t)
	elle := m.Present("Lina")
	registre(m)
	first := numero(m, elle.ID)
	for _, ine := range []string{"070000001EB", first} {
		r := m.Post("ia", page(elle)+"/numero", url.Values{"ine": {ine}, "motif": {"saisie"}})
		if r.Code != http.StatusSeeOther || numero(m, elle.ID) != ine {
			t.Fatalf("answered %d: %s", r.Code, text(r))
		}
		if n := fixture.Valeur[int](m, `select count(*) from ine_alias where eleve_id = $1`, elle.ID); n != 1 {
			t.Errorf("%d former numbers", n)
		}
	}
	if r := m.Post("directeur", page(elle)+"/numero", url.Values{"ine": {"070000003AB"}}); r.Code != http.StatusForbidden {
		t.Errorf("a directeur types a number: %d", r.Code)
	}
}
