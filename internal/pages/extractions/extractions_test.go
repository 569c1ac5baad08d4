package extractions_test

import (
	"context"
	"encoding/csv"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
)

// monde has Lina in a class of the school and Max in the next school of Tarbes.
func monde(t testing.TB) *fixture.Monde {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Admettre("directeur du même", m.Accepter("directeur du même", m.Inscrire("mairie", fixture.Meme, "Max")))
	return m
}

func demande(groupes string, more ...string) url.Values {
	v := url.Values{"groupes": strings.Fields(groupes), "format": {"csv"}}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// lignes is the file, line by line, its heading first.
func lignes(t *testing.T, got fixture.Reponse) [][]string {
	t.Helper()
	body, marked := strings.CutPrefix(got.Body, "\ufeff")
	if got.Code != http.StatusOK || !marked {
		t.Fatalf("%d, no file: %.600s", got.Code, got.Body)
	}
	r := csv.NewReader(strings.NewReader(body))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Each role is offered the groups that security.md §5 gives it, and is refused the others, asked for by hand.
func TestWhoTakesWhat(t *testing.T) {
	rights := map[string]string{
		"identite": "mairie directeur ien ia", "adresse": "mairie directeur ien ia", "scolarite": "mairie directeur ien ia",
		"responsables": "mairie directeur ien ia", "coordonnees": "mairie directeur", "periscolaire": "mairie directeur",
		"autorisations": "directeur", "contacts": "directeur", "ine": "directeur ia", "nationalite": "",
	}
	for _, agent := range []string{"mairie", "directeur", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := monde(t)
			page := m.Get(agent, "/extractions").Body
			for groupe, roles := range rights {
				may := slices.Contains(strings.Fields(roles), agent)
				if strings.Contains(page, `value="`+groupe+`"`) != may {
					t.Errorf("%s offered: %v", groupe, !may)
				}
				got := m.Post(agent, "/extractions/fichier", demande(groupe, "perimetre", "ecole:"+fixture.Ecole, "motif", "verifier"))
				switch refused := strings.Contains(got.Body, "Votre rôle ne peut pas emporter ces données."); {
				case may && got.Code != http.StatusOK, !may && (got.Code != http.StatusUnprocessableEntity || !refused):
					t.Errorf("%s: %d, want it given: %v", groupe, got.Code, may)
				}
			}
		})
	}
}

// No name leaves for who reads figures only, nor for who keeps the keys.
func TestNobodyElse(t *testing.T) {
	m := monde(t)
	for _, agent := range []string{"service", "college", "statistique"} {
		for _, got := range []fixture.Reponse{m.Get(agent, "/extractions"), m.Post(agent, "/extractions/fichier", demande("identite"))} {
			if got.Code != http.StatusForbidden {
				t.Errorf("%s: %d", agent, got.Code)
			}
		}
	}
}

// The columns of a directeur's file are those of the groups, in their order, and his school's pupils alone are in it.
func TestFileOfASchool(t *testing.T) {
	m := monde(t)
	all := lignes(t, m.Post("directeur", "/extractions/fichier", demande("scolarite identite")))
	want := "UAI;École;Commune de l’école;Nom de famille;Nom d’usage;Prénom;Autres prénoms;Sexe;Né(e) le;Lieu de naissance;Niveau;Cycle;Classe;État;Date d’effet;Admis(e) le"
	if got := strings.Join(all[0], ";"); got != want {
		t.Errorf("heading\n%s\nwant\n%s", got, want)
	}
	if len(all) != 2 || all[1][0] != fixture.Ecole || all[1][5] != "Lina" || all[1][10] != "CE1" || all[1][12] == "" {
		t.Errorf("lines %v", all[1:])
	}
}

// What is taken stops at the territory: the mairie has both schools of its commune, the IA may choose one, a foreign
// school is none, and several schools ask for a motive.
func TestPerimeter(t *testing.T) {
	for _, tt := range []struct {
		name, agent, perimetre, motif string
		lines                         int
		refused                       string
	}{
		{"toute la commune", "mairie", "", "rentree", 2, ""},
		{"sans motif", "mairie", "", "", 0, "Dites pourquoi"},
		{"une école n’en demande pas", "mairie", "ecole:" + fixture.Ecole, "", 1, ""},
		{"un motif inventé", "mairie", "", "curiosite", 0, "Choisissez un motif de la liste."},
		{"la mairie voisine n’a pas l’école", "mairie voisine", "ecole:" + fixture.Ecole, "rentree", 0, "Choisissez un périmètre"},
		{"la circonscription", "ia", "circonscription:0651044G", "enquete", 2, ""},
		{"la commune", "ia", "commune:" + fixture.Tarbes, "enquete", 2, ""},
		{"le département", "ia", "", "enquete", 2, ""},
		{"l’école d’un autre département", "ia voisine", "ecole:" + fixture.Ecole, "enquete", 0, "Choisissez un périmètre"},
		{"l’IEN, sa circonscription", "ien", "", "verifier", 2, ""},
		{"l’IEN voisin", "ien voisin", "commune:" + fixture.Tarbes, "verifier", 0, "Choisissez un périmètre"},
		{"un genre inventé", "ia", "pays:FR", "enquete", 0, "Choisissez un périmètre"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := monde(t)
			got := m.Obtenir(tt.agent, m.Post(tt.agent, "/extractions/fichier", demande("identite", "perimetre", tt.perimetre, "motif", tt.motif)))
			if tt.refused != "" {
				if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, tt.refused) {
					t.Errorf("%d, %.300s", got.Code, got.Body)
				}
				return
			}
			if n := len(lignes(t, got)) - 1; n != tt.lines {
				t.Errorf("%d lines, want %d", n, tt.lines)
			}
		})
	}
}

// The INE leaves whole for a reason, one school at a time; the journal names each pupil whose number left, and no other.
func TestINE(t *testing.T) {
	m := monde(t)
	if _, err := m.Tx.Exec(context.Background(),
		`update immatriculation set etat = 'attribue', ine = '990000001EB' where ecole_uai = $1`, fixture.Ecole); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ agent, perimetre, motif, refused string }{
		{"directeur", "", "", "Dites pourquoi"},
		{"ia", "", "outil", "L’INE ne sort que pour une école à la fois."},
		{"directeur", "", "outil", ""},
		{"ia", "ecole:" + fixture.Ecole, "verifier", ""},
	} {
		revealed := func() int { return fixture.Valeur[int](m, `select count(*) from journal where acte = 'reveler'`) }
		before := revealed()
		got := m.Post(tt.agent, "/extractions/fichier", demande("identite ine", "perimetre", tt.perimetre, "motif", tt.motif))
		if given := strings.Contains(got.Body, "990000001EB"); given != (tt.refused == "") || !strings.Contains(html.UnescapeString(got.Body), tt.refused) {
			t.Errorf("%+v: %d, given %v", tt, got.Code, given)
		}
		if n := revealed() - before; n != strings.Count(got.Body, "990000001EB") {
			t.Errorf("%+v: %d numbers noted, %d given", tt, n, strings.Count(got.Body, "990000001EB"))
		}
	}
}

// A file is read by a spreadsheet: what begins like a formula is inert there, and a protected address is left out. The
// control shows both in the file before.
func TestSafeFile(t *testing.T) {
	m := monde(t)
	set := func(sql string) {
		t.Helper()
		if _, err := m.Tx.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
	}
	set(`update adresse set voie = '=HYPERLINK("http://x")'`)
	file := func() string {
		return m.Post("directeur", "/extractions/fichier", demande("identite adresse responsables")).Body
	}
	if body := file(); !strings.Contains(body, `"'=HYPERLINK(""http://x"")"`) {
		t.Errorf("the formula is not there, inert:\n%s", body)
	}
	set(`update adresse set protegee = true`)
	if body := file(); strings.Contains(body, "HYPERLINK") || !strings.Contains(body, "Lina") {
		t.Errorf("a protected address leaves:\n%s", body)
	}
}

// The workbook has the same lines as the CSV, and its dates are dates.
func TestWorkbook(t *testing.T) {
	m := monde(t)
	plain := lignes(t, m.Post("directeur", "/extractions/fichier", demande("identite")))
	got := m.Post("directeur", "/extractions/fichier", demande("identite", "format", "xlsx"))
	f, err := excelize.OpenReader(strings.NewReader(got.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Liste")
	if err != nil || len(rows) != len(plain) || strings.Join(rows[1], ";") != strings.Join(plain[1], ";") {
		t.Errorf("%v\nwant %v (%v)", rows, plain, err)
	}
}

// The journal says who took which groups, over what, of which day, why, how many lines, and has a line of each pupil (LAW-13).
func TestJournal(t *testing.T) {
	m := monde(t)
	m.Post("mairie", "/extractions/fichier", demande("scolarite identite", "motif", "rentree"))
	kept := fixture.Valeur[[]string](m, `select array_agg(coalesce(ecole_uai, '-') || ' ' || motif order by ecole_uai nulls last) from journal where objet = 'extraction'`)
	want := "identite+scolarite territoire:mairie 2026-11-20 csv "
	if len(kept) != 3 || kept[2] != "- "+want+"2 rentree" || !strings.Contains(strings.Join(kept, "\n"), fixture.Ecole+" "+want+"1 rentree") {
		t.Errorf("journal:\n%s", strings.Join(kept, "\n"))
	}
	if n := fixture.Valeur[int](m, emportesSQL); n != 2 {
		t.Errorf("%d pupils of the file have a line of their school, want 2", n)
	}
}

// emportesSQL counts the pupils whom the journal says to have left, each in his school.
const emportesSQL = `select count(distinct j.objet_id)::int from journal j join eleve e on e.id = j.objet_id and e.ecole_uai = j.ecole_uai
	where j.acte = 'extraire' and j.objet = 'eleve'`

// Eleven minutes after the log-in the file waits for a proof; what was asked for waits with it, and leaves with the proof.
func TestProofBeforeTheFile(t *testing.T) {
	m := monde(t)
	code := m.Armer("mairie")
	m.Get("mairie", "/extractions")
	m.Attendre(httpx.DelaiExport + 1e9)
	asked := demande("adresse identite", "motif", "rentree")
	got := m.Post("mairie", "/extractions/fichier", asked)
	for _, kept := range []string{`name="groupes" value="adresse"`, `name="groupes" value="identite"`, `name="motif" value="rentree"`, `name="preuve_code"`} {
		if !strings.Contains(got.Body, kept) {
			t.Errorf("the page that asks has not %s", kept)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'extraire'`); n != 0 {
		t.Error("something left before the proof")
	}
	asked.Set("preuve_mot_de_passe", fixture.MotDePasse)
	asked.Set("preuve_code", code())
	if n := len(lignes(t, m.Post("mairie", "/extractions/fichier", asked))); n != 3 {
		t.Errorf("%d lines with the proof", n)
	}
}

// The preview says how many pupils and which columns, and nothing leaves.
func TestPreview(t *testing.T) {
	m := monde(t)
	got := m.Get("ia", "/extractions/apercu?groupes=identite&format=csv&motif=enquete&perimetre=commune:"+fixture.Tarbes)
	for _, said := range []string{"Extraire le fichier", "Nom de famille", "Répondre à une enquête"} {
		if !strings.Contains(got.Body, said) {
			t.Errorf("%d: %q is not said", got.Code, said)
		}
	}
	if got := m.Get("ia", "/extractions/apercu?groupes=identite&format=csv&le=2025-01-15&motif=enquete"); !strings.Contains(got.Body, "Aucun élève n’est présent") {
		t.Errorf("a day without pupils: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'extraire'`); n != 0 {
		t.Error("the preview takes something")
	}
}

// Every column named by a group is one of the lists: none is dropped by a mistake of spelling.
func TestGroupsHaveTheirColumns(t *testing.T) {
	d := extraction.Demande{}
	for _, g := range extraction.Groupes(habilitation.Directeur) {
		d.Groupes = append(d.Groupes, g.Code)
	}
	if n := len(d.Titres(habilitation.Directeur)); n != 41 {
		t.Errorf("%d columns in all the groups of a directeur", n)
	}
}
