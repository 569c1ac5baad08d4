package admissions_test

import (
	"context"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// column is the part of the page between two headings.
func column(t *testing.T, body, from, to string) string {
	t.Helper()
	_, after, ok := strings.Cut(body, "<h2>"+from)
	if !ok {
		t.Fatalf("no column %s", from)
	}
	before, _, _ := strings.Cut(after, "<h2>"+to)
	return before
}

func TestColumns(t *testing.T) {
	m := fixture.New(t)
	inscrit := m.Inscrire("mairie", fixture.Ecole, "Ugo")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	present := m.Present("Lina")
	got := m.Get("directeur", "/admissions?presents=annee")
	if c := column(t, got.Body, "Inscrits par la mairie (1)", "Admissions"); !strings.Contains(c, "Ugo") || !strings.Contains(c, `<option value="CE1" selected>`) {
		t.Error("Ugo is not among the inscrits, his niveau proposed")
	}
	if c := column(t, got.Body, "Admissions acceptées (1)", "Présents"); !strings.Contains(c, "Zoé") || !strings.Contains(c, `value="20/11/2026"`) {
		t.Error("Zoé is not among the acceptés")
	}
	if c := column(t, got.Body, "Présents (1)", "rien"); !strings.Contains(c, `href="/eleves/`+present.ID.String()) {
		t.Error("Lina is not among the présents")
	}
	if got := m.Get("directeur", "/admissions"); strings.Contains(got.Body, "Lina") {
		t.Error("an arrival of September is still new in November")
	}
	m.Post("directeur", "/admissions/"+inscrit.Inscription.String()+"/admissibilite", nil)
	if c := column(t, m.Get("directeur", "/admissions").Body, "Inscrits par la mairie (1)", "Admissions"); !strings.Contains(c, "Admissible") {
		t.Error("an admissible is not marked")
	}
}

func TestEmptyColumns(t *testing.T) {
	m := fixture.New(t)
	got := m.Get("directeur", "/admissions?annee=2027")
	for _, want := range []string{"Inscrits par la mairie (0)", "Aucun enfant inscrit", "Aucun enfant accepté", "Aucune arrivée", "2027-2028"} {
		if got.Code != 200 || !strings.Contains(got.Body, want) {
			t.Errorf("got %d without %q", got.Code, want)
		}
	}
}

// A whole rentrée in three clicks.
func TestBulk(t *testing.T) {
	m := fixture.New(t)
	typed := form("acte", "accepter", "date_effet", "01/09/2026")
	admis := form("acte", "admettre", "date_admission", "01/09/2026")
	for _, prenom := range []string{"Ana", "Basile", "Chloé", "Dina", "Élie"} {
		e := m.Inscrire("mairie", fixture.Ecole, prenom)
		typed.Add("id", e.Inscription.String())
		typed.Add("niveau."+e.Inscription.String(), "CE1")
		admis.Add("id", e.Inscription.String())
	}
	if got := m.Post("directeur", "/admissions", typed); got.Code != 303 {
		t.Fatalf("got %d\n%s", got.Code, got.Body)
	}
	if got := m.Get("directeur", "/admissions"); !strings.Contains(got.Body, "5\u00a0admissions acceptées.") {
		t.Error("what was done is not said")
	}
	if got := m.Post("directeur", "/admissions", admis); got.Code != 303 {
		t.Fatalf("got %d\n%s", got.Code, got.Body)
	}
	if n := fixture.Valeur[int](m, `select count(*) from scolarite where etat = 'admis_definitif'`); n != 5 {
		t.Errorf("%d présents, want 5", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'admettre'`); n != 5 {
		t.Errorf("%d lines in the journal, want 5", n)
	}
}

// One who is refused keeps all the others from being admitted, and is named; the selection and what was typed stay.
func TestBulkAllOrNothing(t *testing.T) {
	m := fixture.New(t)
	ailleurs := m.PresentAilleurs("Noé")
	ici := m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	var noe string
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := tx.Exec(ctx, `insert into inscription (id, eleve_id, annee, commune_insee, ecole_uai, etat, date_demande, date_inscription, saisie_par)
			values (gen_random_uuid(), $1, 2026, '65440', '0659001F', 'inscrit', '2026-09-01', '2026-09-01', 'ecole')`, ailleurs.ID)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select id::text from inscription where eleve_id = $1`, ailleurs.ID).Scan(&noe)
	})
	m.Post("directeur", "/admissions/"+noe+"/accepter", form("niveau", "CE1", "date_effet", "01/09/2026"))
	typed := form("acte", "admettre", "date_admission", "3/9/26", "id", ici.Inscription.String(), "id", noe)
	got := m.Post("directeur", "/admissions", typed)
	for _, want := range []string{"Rien n’a été enregistré", "ABADIE Noé\u00a0: Cet élève est encore présent dans une autre école", `value="3/9/26"`, "checked"} {
		if got.Code != 422 || !strings.Contains(got.Body, want) {
			t.Errorf("got %d without %q", got.Code, want)
		}
	}
	if strings.Contains(got.Body, "ABADIE Zoé\u00a0:") {
		t.Error("Zoé is not refused")
	}
	if now := etat(m, ici); now != "transformee admis_accepte" {
		t.Errorf("Zoé is %s", now)
	}
	typed.Del("id")
	typed.Set("id", ici.Inscription.String())
	if got := m.Post("directeur", "/admissions", typed); got.Code != 303 {
		t.Errorf("the control fails: Zoé alone is not admitted: %d", got.Code)
	}
}

func TestBulkRefuses(t *testing.T) {
	m := fixture.New(t)
	lina, present := m.Inscrire("mairie", fixture.Ecole, "Lina"), m.Present("Paul")
	foreign := m.Inscrire("mairie voisine", fixture.Voisine, "Noé")
	id := lina.Inscription.String()
	for _, tt := range []struct {
		name  string
		typed []string
		code  int
		says  string
	}{
		{"personne", []string{"acte", "accepter", "date_effet", "01/09/2026"}, 422, "Cochez au moins un enfant."},
		{"un acte inconnu", []string{"acte", "adopter", "id", id}, 422, "Choisissez ce que vous décidez."},
		{"sans niveau", []string{"acte", "accepter", "date_effet", "01/09/2026", "id", id}, 422, "ABADIE Lina\u00a0: Choisissez le niveau."},
		{"sans date, dit une fois", []string{"acte", "accepter", "niveau", "CE1", "date_effet", "", "id", id}, 422, `href="#champ-date_effet">Indiquez la date d’effet`},
		{"une date illisible", []string{"acte", "accepter", "niveau", "CE1", "date_effet", "hier", "id", id}, 422, "Écrivez la date comme"},
		{"sans motif", []string{"acte", "abandonner", "id", id}, 422, "Choisissez pourquoi l’enfant ne viendra pas."},
		{"un qui n’est plus dans la liste", []string{"acte", "accepter", "niveau", "CE1", "date_effet", "01/09/2026", "id", present.Inscription.String()}, 422,
			"ABADIE Paul\u00a0: L’admission de cet élève est déjà acceptée."},
		{"un enfant d’ailleurs", []string{"acte", "accepter", "niveau", "CE1", "date_effet", "01/09/2026", "id", id, "id", foreign.Inscription.String()}, 404, "territoire"},
		{"un inconnu", []string{"acte", "accepter", "niveau", "CE1", "date_effet", "01/09/2026", "id", fixture.Inconnu.String()}, 404, "territoire"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := m.Post("directeur", "/admissions", form(tt.typed...)); got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
			if now := etat(m, lina); now != "inscrit" {
				t.Errorf("Lina is %s", now)
			}
		})
	}
	if got := m.Post("mairie", "/admissions", form("acte", "accepter", "id", id)); got.Code != 403 {
		t.Errorf("the mairie gets %d", got.Code)
	}
}

// The other decisions of the columns.
func TestBulkOthers(t *testing.T) {
	for _, tt := range []struct {
		from, acte, motif, to string
	}{
		{"inscrit", "admissibilite", "", "transformee admissible"},
		{"inscrit", "abandonner", "famille_renonce", "annulee"},
		{"accepté", "retirer", "", "inscrit"},
		{"accepté", "abandonner", "jamais_venu", "annulee"},
	} {
		t.Run(tt.from+" "+tt.acte, func(t *testing.T) {
			m := fixture.New(t)
			e := states[tt.from](m)
			got := m.Post("directeur", "/admissions?annee=2026", form("acte", tt.acte, "motif_annulation", tt.motif, "id", e.Inscription.String()))
			if got.Code != 303 || got.Header.Get("Location") != "/admissions?annee=2026" || etat(m, e) != tt.to {
				t.Errorf("got %d to %s, now %s", got.Code, got.Header.Get("Location"), etat(m, e))
			}
		})
	}
}

// An acceptance taken back leaves the child to be accepted again: his first scolarité stays in the register as annulée.
func TestAcceptedTwice(t *testing.T) {
	m := fixture.New(t)
	e := m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina"))
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Retirer(ctx, tx, a, e.Inscription, 0)
	})
	m.Accepter("directeur", e)
	if got := m.Get("directeur", "/admissions/"+e.Inscription.String()); got.Code != 200 || !strings.Contains(got.Body, "Admettre définitivement") {
		t.Errorf("got %d", got.Code)
	}
}
