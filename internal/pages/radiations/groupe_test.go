package radiations_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// ensemble strikes several off at once and returns the page of their departure.
func ensemble(m *fixture.Monde, typed url.Values, all ...fixture.Enfant) string {
	m.Helper()
	for _, e := range all {
		typed.Add("id", e.Scolarite.String())
	}
	got := m.Post("directeur", "/radiations", typed)
	if got.Code != 303 {
		m.Fatalf("several at once: %d\n%s", got.Code, got.Body)
	}
	return got.Header.Get("Location")
}

// Several leave by one act: their certificates are one file, and one click takes all of it back.
func TestGroup(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.Present("Lina"), m.Present("Noé")
	to := ensemble(m, depart(), lina, noe)
	got := m.Get("directeur", to)
	for _, want := range []string{"Départ de 2\u00a0élèves", "ABADIE Lina", "ABADIE Noé", to + "/annuler", "certificats-radiation.pdf?depart="} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	if got := m.Get("directeur", "/radiations"); !strings.Contains(got.Body, to) {
		t.Error("the list does not lead to the departure")
	}
	id := strings.TrimPrefix(to, "/radiations/departs/")
	if got := m.Get("directeur", "/eleves/certificats-radiation.pdf?depart="+id); got.Code != 200 || strings.Count(got.Body, "/Type /Page\n") != 2 {
		t.Errorf("certificates: %d, %d pages", got.Code, strings.Count(got.Body, "/Type /Page\n"))
	}
	if got := m.Get("directeur voisin", to); got.Code != 404 {
		t.Errorf("the neighbour: %d", got.Code)
	}
	if got := m.Post("directeur", to+"/annuler", nil); got.Code != 303 || etat(m, lina) != "admis_definitif" || etat(m, noe) != "admis_definitif" {
		t.Errorf("undone: %d", got.Code)
	}
	if got := m.Post("directeur", to+"/annuler", nil); got.Code == 303 || !strings.Contains(got.Body, "déjà annulé") {
		t.Errorf("undone twice: %d", got.Code)
	}
}

// Undone, it leaves those whom another school has admitted, those whose departure was changed, and says who they are.
func TestGroupUndoneInPart(t *testing.T) {
	m := fixture.New(t)
	reste, admis, change, seul := m.Present("Lina"), m.Present("Noé"), m.Present("Zoé"), m.Present("Ugo")
	to := ensemble(m, depart(), reste, admis, change, seul)
	admettreAilleurs(m, accepterAilleurs(m, admis))
	m.Post("directeur", page(seul)+"/annuler", nil)
	m.Post("directeur", page(change)+"/annuler", nil)
	m.Post("directeur", page(change), depart("date_radiation", "19/11/2026"))
	if got := m.Post("directeur", to+"/annuler", nil); got.Code != 303 {
		t.Fatalf("undone: %d\n%s", got.Code, got.Body)
	}
	for e, want := range map[fixture.Enfant]string{reste: "admis_definitif", admis: "radie", change: "radie", seul: "admis_definitif"} {
		if now := etat(m, e); now != want {
			t.Errorf("now %s, want %s", now, want)
		}
	}
	got := m.Get("directeur", to)
	if !strings.Contains(got.Body, "sauf pour 2\u00a0élèves") || !strings.Contains(got.Body, "ABADIE Noé, ABADIE Zoé") {
		t.Errorf("who is left is not said\n%s", got.Body)
	}
}

func TestGroupTooOld(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	to := ensemble(m, depart(), e)
	if _, err := m.Tx.Exec(t.Context(), `update depart set faite_le = faite_le - interval '31 days'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Post("directeur", to+"/annuler", nil); got.Code == 303 || !strings.Contains(got.Body, "au-delà de 30 jours") || etat(m, e) != "radie" {
		t.Errorf("got %d", got.Code)
	}
}

// One of a group is refused: he is named and unticked, so that sending again lets the others go.
func TestGroupRefused(t *testing.T) {
	m := fixture.New(t)
	lina, tot := m.Present("Lina"), m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	typed := depart("motif_radiation", "demenagement")
	typed["id"] = []string{lina.Scolarite.String(), tot.Scolarite.String()}
	got := m.Post("directeur", "/radiations", typed)
	box := func(e fixture.Enfant) string {
		_, after, _ := strings.Cut(got.Body, `value="`+e.Scolarite.String()+`"`)
		tag, _, _ := strings.Cut(after, ">")
		return tag
	}
	if got.Code != 422 || !strings.Contains(box(lina), "checked") || strings.Contains(box(tot), "checked") {
		t.Errorf("got %d; %q, %q", got.Code, box(lina), box(tot))
	}
}

// Those who end their cycle are found together, ticked, with the motive of each and the end of the year.
func TestEndOfCycle(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.Present("Lina"), m.Present("Noé")
	m.Present("Zoé")
	for e, niveau := range map[fixture.Enfant]string{lina: "GS", noe: "CM2"} {
		if _, err := m.Tx.Exec(t.Context(), `update scolarite set niveau = $2 where id = $1`, e.Scolarite, niveau); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Tx.Exec(t.Context(), `insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le, decide_le)
			values ($1, $2, 2026, 'decide', $3, $4, true, '2026-11-01', '2026-11-02')`, e.Scolarite, fixture.Ecole,
			map[string]string{"GS": "passage", "CM2": "passage_6e"}[niveau], map[string]any{"GS": "CP", "CM2": nil}[niveau]); err != nil {
			t.Fatal(err)
		}
	}
	got := m.Get("directeur", "/radiations/nouvelle?depart=quittants")
	if strings.Count(got.Body, " checked") != 2 || strings.Contains(got.Body, "Zoé") || !strings.Contains(got.Body, "Passage en CP") {
		t.Errorf("%d ticked", strings.Count(got.Body, " checked"))
	}
	got = m.Post("directeur", "/radiations", form("id", lina.Scolarite.String(), "id", noe.Scolarite.String()))
	if !strings.Contains(got.Body, `value="01/09/2027"`) || !strings.Contains(got.Body, `value="fin_de_cycle" selected`) {
		t.Error("the end of the year and of the cycle are not proposed")
	}
	ensemble(m, depart("motif_radiation", "fin_de_cycle"), lina, noe)
	motifs := fixture.Valeur[string](m, `select string_agg(niveau || ' ' || motif_radiation, ', ' order by niveau) from scolarite where motif_radiation <> ''`)
	if motifs != "CM2 entree_6e, GS passage_autre_ecole" {
		t.Errorf("motives: %s", motifs)
	}
}

// A school is found anywhere by its number, or by words of its name and commune.
func TestSchoolElsewhere(t *testing.T) {
	for _, tt := range []struct {
		words, uai string
		says       string
	}{
		{"0329001b", fixture.Lointaine, ""},
		{"rouget auch", fixture.Lointaine, ""},
		{"Rouget-de-Lisle", fixture.Lointaine, ""},
		{"Auch", fixture.Lointaine, ""},
		{"Tarbes", "", "Plusieurs écoles répondent"},
		{"Rouget Tarbes", "", "Aucune école ne répond"},
		{"%", "", "Aucune école ne répond"},
	} {
		t.Run(tt.words, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			got := m.Post("directeur", page(e), depart("recherche_ecole", tt.words, "destination", ""))
			if (got.Code == 303) != (tt.says == "") || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d\n%s", got.Code, got.Body)
			}
			if now := fixture.Valeur[string](m, `select coalesce(destination_uai, '') from scolarite where id = $1`, e.Scolarite); now != tt.uai {
				t.Errorf("to %q, want %q", now, tt.uai)
			}
			if tt.words == "Tarbes" && !strings.Contains(got.Body, `value="`+fixture.Meme+`"`) {
				t.Error("those that answer are not offered")
			}
		})
	}
}
