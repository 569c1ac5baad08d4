package registre_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// radier strikes a pupil off on a day.
func radier(m *fixture.Monde, e fixture.Enfant, le time.Time) {
	m.Helper()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: le, Motif: "demenagement", DestinationUAI: fixture.Voisine})
	})
}

// page is the line of a pupil in the register of Ecole.
func page(m *fixture.Monde, e fixture.Enfant) string {
	m.Helper()
	return "/registre/" + fixture.Valeur[uuid.UUID](m, `select id from registre where eleve_id = $1 and ecole_uai = $2`, e.ID, fixture.Ecole).String()
}

// livre is the register of Ecole as one reads it.
func livre(m *fixture.Monde) string {
	m.Helper()
	return fixture.Valeur[string](m, `select coalesce(string_agg(numero || ' ' || prenom || ' ' || entree || coalesce(' ' || sortie, ''), ', ' order by numero), '')
		from registre where ecole_uai = $1`, fixture.Ecole)
}

// The register is entered at the admission, numbered, closed on the day of the radiation, and opened again when it is
// taken back; a year that follows another is the same stay, a return is another.
func TestTheRegisterFollows(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.Present("Lina"), m.Present("Noé")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	step := func(what, want string) {
		t.Helper()
		if got := livre(m); got != want {
			t.Errorf("%s:\n%s, want\n%s", what, got, want)
		}
	}
	sql := func(q string, args ...any) {
		t.Helper()
		if _, err := m.Tx.Exec(t.Context(), q, args...); err != nil {
			t.Fatal(err)
		}
	}
	step("admitted", "1 Lina 2026-09-01, 2 Noé 2026-09-01")
	radier(m, lina, fixture.Aujourdhui.AddDate(0, 0, 5))
	step("a departure announced changes nothing", "1 Lina 2026-09-01, 2 Noé 2026-09-01")
	radier(m, lina, fixture.Aujourdhui)
	step("struck off", "1 Lina 2026-09-01 2026-11-20, 2 Noé 2026-09-01")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Retablir(ctx, tx, a, lina.Scolarite, 0)
	})
	step("taken back", "1 Lina 2026-09-01, 2 Noé 2026-09-01")
	radier(m, lina, fixture.Aujourdhui)
	next := `insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet, date_admission)
		values (gen_random_uuid(), $1, '` + fixture.Ecole + `', 2027, '2028-08-31', 'admis_definitif', 'CE2', '2027-09-01', '2027-09-01')`
	sql(next, noe.ID)
	step("the next year", "1 Lina 2026-09-01 2026-11-20, 2 Noé 2026-09-01")
	sql(next, lina.ID)
	step("a return", "1 Lina 2026-09-01 2026-11-20, 2 Noé 2026-09-01, 3 Lina 2027-09-01")
	sql(`update scolarite set etat = 'admis_accepte', date_admission = null where eleve_id = $1 and annee = 2027`, lina.ID)
	step("an admission taken back", "1 Lina 2026-09-01 2026-11-20, 2 Noé 2026-09-01")
	sql(`update eleve set prenom = 'Noël' where id = $1`, noe.ID)
	step("a first name corrected", "1 Lina 2026-09-01 2026-11-20, 2 Noël 2026-09-01")
	before := livre(m)
	sql(`delete from registre`)
	if n := fixture.Valeur[int](m, `select ouvrir_registre()`); n != 2 || livre(m) != before {
		t.Errorf("opened on a base that had none, %d lines: %s", n, livre(m))
	}
}

// A former pupil asks for a certificate eight years later (domain.md, D10): his file has gone to another school, and the
// register still says all.
func TestFormerPupil(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	radier(m, e, fixture.Aujourdhui)
	if _, err := m.Tx.Exec(t.Context(), `update registre set entree = entree - interval '8 years', sortie = sortie - interval '8 years'`); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Tx.Exec(t.Context(), `update eleve set ecole_uai = $2 where id = $1`, e.ID, fixture.Voisine); err != nil {
		t.Fatal(err)
	}
	list := m.Get("directeur", "/registre?q=lina+abadie&annee=2018")
	to := page(m, e)
	if !strings.Contains(list.Body, to) || !strings.Contains(list.Body, "École primaire du Lapacca, Lourdes") {
		t.Errorf("not found: %d", list.Code)
	}
	if got := m.Get("directeur", "/registre?annee=2019"); strings.Contains(got.Body, "Lina") {
		t.Error("he is in another year too")
	}
	for name, words := range map[string][]string{
		"certificat-scolarite": {"Certificat de scolarité", "Extrait du registre", "du 1er septembre 2018 au 19 novembre 2018", "N° 1 du registre"},
		"certificat-radiation": {"Certificat de radiation", "Radiation à compter du", "20 novembre 2018", "Déménagement"},
	} {
		got := m.Get("directeur", to+"/"+name+".pdf")
		if got.Code != 200 {
			t.Fatalf("%s: %d", name, got.Code)
		}
		text := texte(t, got.Body)
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q\n%s", name, w, text)
			}
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and objet_id = $1`, e.ID); n != 2 {
		t.Errorf("%d lines in the journal", n)
	}
}

// texte are the words of a paper on one line.
func texte(t *testing.T, file string) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = strings.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext, of the package poppler-utils: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestWho(t *testing.T) {
	for _, tt := range []struct {
		agent, path string
		code        int
		sees        bool
	}{
		{"directeur", "/registre", 200, true},
		{"directeur du même", "/registre", 200, false},
		{"ia", "/registre", 200, false},
		{"ia", "/registre?ecole=" + fixture.Ecole, 200, true},
		{"ia voisine", "/registre?ecole=" + fixture.Ecole, 200, false},
		{"ien", "/registre", 403, false},
		{"mairie", "/registre", 403, false},
	} {
		t.Run(tt.agent+" "+tt.path, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			if got := m.Get(tt.agent, tt.path); got.Code != tt.code || strings.Contains(got.Body, "ABADIE Lina") != tt.sees {
				t.Errorf("got %d", got.Code)
			}
			if got := m.Get(tt.agent, page(m, e)); tt.code == 200 && strings.HasPrefix(tt.agent, "directeur du") && got.Code != 404 {
				t.Errorf("a line of another school: %d", got.Code)
			}
		})
	}
}

func TestExportsAndRefusal(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	for format, begins := range map[string]string{"csv": "\ufeffN°;", "pdf": "%PDF", "xlsx": "PK"} {
		if got := m.Get("directeur", "/registre."+format); got.Code != 200 || !strings.HasPrefix(got.Body, begins) {
			t.Errorf("%s: %d, %.40q", format, got.Code, got.Body)
		}
	}
	if got := m.Get("directeur", page(m, e)+"/certificat-radiation.pdf"); got.Code != 422 || !strings.Contains(got.Body, "n’est pas sorti du registre") {
		t.Errorf("a radiation that has not taken place: %d", got.Code)
	}
	if got := m.Get("directeur", page(m, e)); strings.Contains(got.Body, "certificat-radiation") || !strings.Contains(got.Body, "certificat-scolarite") {
		t.Error("the page offers the wrong papers")
	}
}
