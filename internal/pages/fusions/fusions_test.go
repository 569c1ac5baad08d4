package fusions_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// chose is the form of a merge: the versions seen, and what is taken from the other file.
func chose(m *fixture.Monde, garde, autre fixture.Enfant, taken ...string) url.Values {
	version := func(e fixture.Enfant) string {
		return fixture.Valeur[string](m, `select version::text from eleve where id = $1`, e.ID)
	}
	f := url.Values{"version": {version(garde)}, "version_autre": {version(autre)}}
	for _, champ := range taken {
		f.Set(champ, "autre")
	}
	return f
}

func page(garde, autre fixture.Enfant) string {
	return "/eleves/" + garde.ID.String() + "/fusion/" + autre.ID.String()
}

// etat is all that a merge touches of two files.
func etat(m *fixture.Monde, a, b fixture.Enfant) string {
	return fixture.Valeur[string](m, `select string_agg(l, chr(10) order by l) from (
		select concat_ws(' ', 'eleve', id, etat, nom_famille, prenom, adresse_id) as l from eleve where id = any ($1)
		union all select concat_ws(' ', 'scolarite', id, eleve_id, etat, prenom, date_admission) from scolarite where eleve_id = any ($1)
		union all select concat_ws(' ', 'inscription', id, eleve_id, etat) from inscription where eleve_id = any ($1)
		union all select concat_ws(' ', 'lien', eleve_id, responsable_id, rang) from lien_responsable where eleve_id = any ($1)) t`,
		[]string{a.ID.String(), b.ID.String()})
}

// One child, present, was inscrit a second time under another spelling.
func twice(m *fixture.Monde) (garde, autre fixture.Enfant) {
	return m.Present("Lina"), m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lyna"))
}

func TestTwoFilesBecomeOneAndTwoAgain(t *testing.T) {
	m := fixture.New(t)
	garde, autre := twice(m)
	before := etat(m, garde, autre)
	if body := m.Get("directeur", "/eleves/"+garde.ID.String()+"/fusion").Body; !strings.Contains(body, page(garde, autre)) {
		t.Fatal("the file with the same birth date is not offered")
	}
	if body := m.Get("directeur", page(garde, autre)).Body; !strings.Contains(body, `name="prenom"`) || strings.Contains(body, `name="sexe"`) {
		t.Fatal("the page asks for something else than what differs")
	}
	got := m.Post("directeur", page(garde, autre), chose(m, garde, autre, "prenom"))
	if got.Code != 303 || got.Header.Get("Location") != "/eleves/"+garde.ID.String() {
		t.Fatalf("%d %s\n%s", got.Code, got.Header.Get("Location"), got.Body)
	}
	for sql, want := range map[string]string{
		`select etat from eleve where prenom = 'Lyna' and id <> '` + garde.ID.String() + `'`:       "fusionne",
		`select prenom from eleve where id = '` + garde.ID.String() + `'`:                          "Lyna",
		`select etat from scolarite where id = '` + autre.Scolarite.String() + `'`:                 "annulee",
		`select prenom from scolarite where id = '` + garde.Scolarite.String() + `'`:               "Lyna",
		`select count(*)::text from journal where acte = 'fusionner'`:                              "2",
		`select count(*)::text from scolarite where etat in ('admis_accepte', 'admis_definitif')`:  "1",
		`select count(*)::text from lien_responsable where eleve_id = '` + garde.ID.String() + `'`: "1",
	} {
		if got := fixture.Valeur[string](m, sql); got != want {
			t.Errorf("%s is %q, not %q", sql, got, want)
		}
	}
	list := m.Get("directeur", "/fusions").Body
	id := fixture.Valeur[string](m, `select id::text from fusion`)
	if !strings.Contains(list, "/fusions/"+id+"/defaire") {
		t.Fatal("the merge cannot be undone from the list")
	}
	if got := m.Post("directeur", "/fusions/"+id+"/defaire", nil); got.Code != 303 {
		t.Fatalf("%d\n%s", got.Code, got.Body)
	}
	if after := etat(m, garde, autre); after != before {
		t.Errorf("the files are not what they were:\n%s\n\n%s", before, after)
	}
	if got := m.Post("directeur", "/fusions/"+id+"/defaire", nil); !strings.Contains(got.Body, "a déjà été défaite") {
		t.Errorf("undone twice: %d %s", got.Code, got.Body)
	}
}

func TestWhatWasChangedSinceStays(t *testing.T) {
	m := fixture.New(t)
	garde, autre := twice(m)
	m.Post("directeur", page(garde, autre), chose(m, garde, autre, "prenom"))
	if _, err := m.Tx.Exec(context.Background(), `update eleve set prenom = 'Lïna' where id = $1`, garde.ID); err != nil {
		t.Fatal(err)
	}
	m.Post("directeur", "/fusions/"+fixture.Valeur[string](m, `select id::text from fusion`)+"/defaire", nil)
	if got := fixture.Valeur[string](m, `select prenom from eleve where id = $1`, garde.ID); got != "Lïna" {
		t.Errorf("the first name typed since the merge is lost: %s", got)
	}
	if body := m.Get("directeur", "/fusions").Body; !strings.Contains(body, "1 donnée, changée depuis la fusion, est restée") &&
		!strings.Contains(body, "1\u00a0donnée, changée depuis la fusion, est restée") {
		t.Error("nothing says what stayed")
	}
}

// One child, one number: that of the file that stays, else that of the other; and two again when it was a mistake.
func TestNumbersOfTheMerged(t *testing.T) {
	const un, deux = "990000001EB", "990000002EA"
	for _, tt := range []struct{ name, garde, autre, reste, alias string }{
		{"neither", "", "", "", ""},
		{"the one that stays", un, "", un, ""},
		{"the one that goes", "", deux, deux, ""},
		{"both", un, deux, un, deux},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			garde, autre := twice(m)
			number(m, garde, tt.garde)
			number(m, autre, tt.autre)
			m.Post("directeur", page(garde, autre), chose(m, garde, autre))
			if got := numbers(m, garde, autre); got != tt.reste+" " {
				t.Errorf("merged: %q", got)
			}
			if got := fixture.Valeur[string](m, `select coalesce(max(ine), '') from ine_alias where eleve_id = $1`, garde.ID); got != tt.alias {
				t.Errorf("the former number is %q", got)
			}
			m.Post("directeur", "/fusions/"+fixture.Valeur[string](m, `select id::text from fusion`)+"/defaire", nil)
			if got := numbers(m, garde, autre); got != tt.garde+" "+tt.autre {
				t.Errorf("two again: %q", got)
			}
		})
	}
}

// number gives a file a number, "" to have it wait for one.
func number(m *fixture.Monde, e fixture.Enfant, ine string) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), `insert into immatriculation (eleve_id, ecole_uai, etat, ine, demande_le)
		values ($1, $2, case $3 when '' then 'en_attente' else 'attribue' end, nullif($3, ''), now())
		on conflict (eleve_id) do update set etat = excluded.etat, ine = excluded.ine`, e.ID, fixture.Ecole, ine); err != nil {
		m.Fatal(err)
	}
}

func numbers(m *fixture.Monde, garde, autre fixture.Enfant) string {
	m.Helper()
	return fixture.Valeur[string](m, `select string_agg(coalesce(ine, ''), ' ' order by eleve_id <> $1) from immatriculation
		where eleve_id in ($1, $2)`, garde.ID, autre.ID)
}

func TestMergesRefused(t *testing.T) {
	for _, tt := range []struct {
		name  string
		given func(m *fixture.Monde, garde, autre fixture.Enfant) url.Values
		code  int
		says  string
	}{
		{"somebody has changed the file meanwhile", func(m *fixture.Monde, garde, autre fixture.Enfant) url.Values {
			f := chose(m, garde, autre)
			f.Set("version_autre", "99")
			return f
		}, 409, "vient d’être modifié"},
		{"nothing is against it", func(m *fixture.Monde, garde, autre fixture.Enfant) url.Values { // control
			return chose(m, garde, autre)
		}, 303, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			garde, autre := twice(m)
			got := m.Post("directeur", page(garde, autre), tt.given(m, garde, autre))
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("%d\n%s", got.Code, got.Body)
			}
			if n := fixture.Valeur[int](m, `select count(*) from fusion`); (n > 0) != (tt.code == 303) {
				t.Errorf("%d merges", n)
			}
		})
	}
}
