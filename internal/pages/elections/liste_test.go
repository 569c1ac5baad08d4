package elections_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/election"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// What the register says is proposed, then fixed; afterwards the register goes on, the list stays.
func TestListe(t *testing.T) {
	m := septembre(t)
	lina, noe, zoe := m.Present("Lina"), m.Present("Noé"), m.Present("Zoé")
	nommer(m, lina, "Abadie", "Zéphir", "Anne")
	frere(m, noe, lina)
	nommer(m, zoe, "Abeille", "", "Rose")
	m.PresentAilleurs("Ugo")
	id := preparer(m, "directeur")
	to := "/elections/" + id.String()
	draft := m.Get("directeur", to+"/liste").Body
	for _, want := range []string{"Projet de liste", "au plus tard le 18\u00a0septembre\u00a02026", ">ZÉPHIR<", "<td>Abadie</td>", ">ABEILLE<"} {
		if !strings.Contains(draft, want) {
			t.Errorf("the draft does not show %q\n%s", want, draft)
		}
	}
	got := m.Post("directeur", to+"/arreter", url.Values{"version": {"1"}, "arretee_le": {"18/09/2026"}})
	if got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	nommer(m, zoe, "Autre", "", "Rose")
	m.Present("Paul")
	fixed := m.Get("directeur", to+"/liste").Body
	for _, want := range []string{"Liste arrêtée le 18\u00a0septembre\u00a02026", "<dd>2</dd>", ">ABEILLE<"} {
		if !strings.Contains(fixed, want) {
			t.Errorf("the list does not show %q\n%s", want, fixed)
		}
	}
	if csv := m.Get("directeur", to+"/liste.csv").Body; !strings.Contains(csv, "1;ABEILLE;Rose;;") || !strings.Contains(csv, "2;ZÉPHIR;Anne;Abadie;") {
		t.Errorf("the file: %q", csv)
	}
	if n := fixture.Valeur[int](m, `select sieges * 10 + inscrits from election`); n != 22 {
		t.Errorf("two seats and two voters, got %d", n)
	}
	if got := m.Post("directeur", to+"/rouvrir", nil); got.Code != 303 || fixture.Valeur[int](m, `select count(*) from electeur`) != 0 {
		t.Errorf("taken back: %d", got.Code)
	}
}

func TestArreter(t *testing.T) {
	for _, tt := range []struct {
		name, agent, le string
		before          string // done behind the curtain
		code            int
		shows           string
	}{
		{"le dernier jour", "directeur", "18/09/2026", "", 303, ""},
		{"un jour d’avant", "directeur", "14/09/2026", "", 303, ""},
		{"pas demain", "directeur", "19/09/2026", "", 422, "Cette date est dans l’avenir."},
		{"pas trop tard", "directeur", "18/09/2026", `update election set scrutin_le = '2026-10-08'`, 422, "vingt jours francs avant le vote, au plus tard le 17"},
		{"pas sans classe", "directeur", "18/09/2026", `delete from classe_niveau; delete from classe`, 422, "aucune classe cette année"},
		{"pas sans électeur", "directeur", "18/09/2026", `update lien_responsable set autorite_parentale = false`, 422, "Aucun responsable"},
		{"pas deux fois", "directeur", "18/09/2026", `update election set arretee_le = '2026-09-17', sieges = 2, inscrits = 1`, 422, "déjà arrêtée"},
		{"pas si les dates ont changé", "directeur", "18/09/2026", `update election set version = 4`, 409, "ont changé depuis"},
		{"pas pour l’école d’à côté", "directeur du même", "18/09/2026", "", 404, ""},
		{"pas par l’IEN", "ien", "18/09/2026", "", 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := septembre(t)
			m.Present("Lina")
			id := preparer(m, "directeur")
			exec(m, tt.before)
			got := m.Post(tt.agent, "/elections/"+id.String()+"/arreter", url.Values{"version": {"1"}, "arretee_le": {tt.le}})
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if n := fixture.Valeur[int](m, `select count(*) from electeur`); (n == 1) != (tt.code == 303) {
				t.Errorf("%d voters", n)
			}
		})
	}
}

// Staff of the school who are parents vote; they cannot be elected. The list says it, the file of the child does not.
func TestPersonnel(t *testing.T) {
	m := septembre(t)
	m.Present("Lina")
	id := preparer(m, "directeur")
	arreter(m, "directeur", id)
	to, who := "/elections/"+id.String(), fixture.Valeur[string](m, `select id::text from electeur`)
	if got := m.Post("directeur", to+"/personnel", url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "Cochez au moins un électeur.") {
		t.Errorf("nobody ticked: %d", got.Code)
	}
	if got := m.Post("directeur", to+"/personnel", url.Values{"id": {who}}); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	shown := m.Get("directeur", to+"/liste").Body
	if !strings.Contains(shown, "<td>Personnel de l’école</td>") || !strings.Contains(shown, "<dt>Éligibles</dt><dd>0</dd>") {
		t.Errorf("it is not shown\n%s", shown)
	}
	if got := m.Post("directeur", to+"/parents", url.Values{"id": {who}}); got.Code != 303 || fixture.Valeur[bool](m, `select personnel from electeur`) {
		t.Errorf("taken back: %d", got.Code)
	}
}

// The names of the voters are erased three months after the vote; dates and figures stay.
func TestOublier(t *testing.T) {
	m := septembre(t)
	m.Present("Lina")
	id := preparer(m, "directeur")
	arreter(m, "directeur", id)
	for _, tt := range []struct {
		le   time.Time
		want int
	}{{scrutin.Le.AddDate(0, 3, 0), 1}, {scrutin.Le.AddDate(0, 3, 1), 0}} {
		if err := m.DB.Connexion(context.Background(), func(tx territoire.Tx) error { election.Oublier(tx, tt.le); return nil }); err != nil {
			t.Fatal(err)
		}
		if n := fixture.Valeur[int](m, `select count(*) from electeur`); n != tt.want {
			t.Errorf("on %s %d voters, want %d", tt.le, n, tt.want)
		}
	}
	if n := fixture.Valeur[int](m, `select inscrits from election`); n != 1 {
		t.Errorf("the figure is %d", n)
	}
}
