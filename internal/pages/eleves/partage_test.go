package eleves_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// fratrie are two children of one mother and one home, in Ecole; and a third, of the neighbour's school, when ailleurs.
func fratrie(m *fixture.Monde, ailleurs bool) (lina, ugo fixture.Enfant) {
	m.Helper()
	lina, ugo = m.Present("Lina"), m.Present("Ugo")
	reunir(m, lina, ugo)
	if ailleurs {
		reunir(m, lina, m.PresentAilleurs("Zoé"))
	}
	return lina, ugo
}

// reunir gives one child the mother and the home of another, behind the curtain.
func reunir(m *fixture.Monde, a, b fixture.Enfant) {
	m.Helper()
	for _, sql := range []string{
		`delete from lien_responsable where eleve_id = $2 and $1 <> $2`,
		`insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang, heberge)
			select $2, responsable_id, lien, autorite_parentale, rang, true from lien_responsable where eleve_id = $1`,
		`update eleve set adresse_id = (select adresse_id from eleve where id = $1) where id = $2`,
	} {
		if _, err := m.Tx.Exec(m.Context(), sql, a.ID, b.ID); err != nil {
			m.Fatal(err)
		}
	}
}

func demenage(pairs ...string) url.Values {
	f := url.Values{"voie": {"8 rue Brauhauban"}, "commune": {"Tarbes"}, "code_postal": {"65000"}}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// rues says where the two children, their mother and the third child live, in a word each.
func rues(m *fixture.Monde) string {
	return fixture.Valeur[string](m, `
		select string_agg(qui || ' ' || split_part(voie, ' ', 1), ', ' order by rang, qui) from (
			select 1 as rang, e.prenom as qui, a.voie from eleve e join adresse a on a.id = e.adresse_id
			union all select 2, r.prenom, a.voie from responsable r join adresse a on a.id = r.adresse_id
				where exists (select from lien_responsable where responsable_id = r.id)) t`)
}

func TestDemenager(t *testing.T) {
	for _, tt := range []struct {
		name     string
		ailleurs bool
		typed    url.Values
		frere    bool // ticked
		mere     bool // ticked
		code     int
		says     string
		rues     string
	}{
		{"il faut dire qui", false, demenage(), false, false, 422, "Dites qui est concerné", "Lina 5, Ugo 5, Anne 5"},
		{"cet enfant seulement", false, demenage("etendue", "enfant"), false, false, 303, "", "Lina 8, Ugo 5, Anne 5"},
		{"ce foyer", false, demenage("etendue", "foyer"), false, false, 303, "", "Lina 8, Ugo 8, Anne 8"},
		{"tous, la mère cochée, le frère non", false, demenage("etendue", "tous"), false, true, 303, "", "Lina 8, Ugo 5, Anne 8"},
		{"le foyer, moins l’enfant d’ailleurs", true, demenage("etendue", "foyer"), false, false, 303, "", "Lina 8, Ugo 8, Zoé 5, Anne 8"},
		{"tous, et l’enfant d’ailleurs", true, demenage("etendue", "tous", "ailleurs", "true"), true, true, 303, "", "Lina 8, Ugo 8, Zoé 8, Anne 8"},
		{"l’enfant d’ailleurs mais pas le frère", true, demenage("etendue", "tous", "ailleurs", "true"), false, true, 303, "", "Lina 8, Ugo 5, Zoé 8, Anne 8"},
		{"sans rue", false, demenage("etendue", "foyer", "voie", ""), false, false, 422, "Indiquez le numéro et la voie", "Lina 5, Ugo 5, Anne 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina, ugo := fratrie(m, tt.ailleurs)
			if tt.frere {
				tt.typed.Add("concerne", ugo.ID.String())
			}
			if tt.mere {
				tt.typed.Add("concerne", fixture.Valeur[string](m, `select responsable_id::text from lien_responsable where eleve_id = $1`, lina.ID))
			}
			got := m.Post("directeur", "/eleves/"+lina.ID.String()+"/adresse", tt.typed)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
			if now := rues(m); now != tt.rues {
				t.Errorf("live at %s, want %s", now, tt.rues)
			}
		})
	}
}

// The page names those who share the home; those of another territory it only says to exist.
func TestDemenagerNames(t *testing.T) {
	m := fixture.New(t)
	lina, _ := fratrie(m, true)
	page := m.Get("directeur", "/eleves/"+lina.ID.String()+"/adresse").Body
	for _, want := range []string{"Qui a changé d’adresse", "ABADIE Ugo", "Mme Abadie Anne", "que suit une autre école"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, "Zoé") {
		t.Error("a child of another territory is named")
	}
	seul := m.Present("Inès")
	if page := m.Get("directeur", "/eleves/"+seul.ID.String()+"/responsables/nouveau").Body; strings.Contains(page, "Qui est concerné") { // control
		t.Error("the question is asked where nothing is shared")
	}
}

// Two files of one home, opened at the same time: the second to write learns what the first did.
func TestDemenagerConflict(t *testing.T) {
	m := fixture.New(t)
	lina, ugo := fratrie(m, false)
	if got := m.Post("directeur", "/eleves/"+lina.ID.String()+"/adresse", demenage("etendue", "foyer", "adresse_version", "1")); got.Code != 303 {
		t.Fatal(got.Code)
	}
	late := demenage("etendue", "enfant", "adresse_version", "1")
	late.Set("voie", "9 rue Massey")
	got := m.Post("directeur", "/eleves/"+ugo.ID.String()+"/adresse", late)
	if got.Code != 409 || !strings.Contains(got.Body, "8 rue Brauhauban") || !strings.Contains(got.Body, "9 rue Massey") {
		t.Errorf("%d", got.Code)
	}
}

// The mairie moves a newcomer, not the brother whose file a school holds, nor their mother.
func TestMairieMovesWhatItHolds(t *testing.T) {
	m := fixture.New(t)
	ugo, lina := m.Present("Ugo"), m.Inscrire("mairie", fixture.Ecole, "Lina")
	reunir(m, ugo, lina)
	file := "/eleves/" + lina.ID.String() + "/adresse"
	if got := m.Post("mairie", file, demenage("etendue", "foyer")); got.Code != 422 || !strings.Contains(got.Body, "L’école tient le dossier qui concerne ABADIE Ugo, Mme Abadie Anne") {
		t.Errorf("%d\n%s", got.Code, got.Body)
	}
	if got := m.Post("mairie", file, demenage("etendue", "enfant")); got.Code != 303 {
		t.Errorf("%d\n%s", got.Code, got.Body)
	}
	if now := rues(m); now != "Lina 8, Ugo 5, Anne 5" {
		t.Errorf("live at %s", now)
	}
}

// A responsable whom brothers share changes for those named; for this child alone, he is another person.
func TestCorrigerResponsable(t *testing.T) {
	anne := func(pairs ...string) url.Values {
		f := url.Values{"nature": {"personne"}, "civilite": {"Mme"}, "nom_famille": {"Abadie"}, "prenom": {"Anne"}, "lien": {"mere"},
			"autorite_parentale": {"true"}, "meme_adresse": {"true"}, "tel_portable": {"06 00 00 00 99"}, "courriel": {"anne.abadie@exemple.fr"}}
		for i := 0; i < len(pairs); i += 2 {
			f.Set(pairs[i], pairs[i+1])
		}
		return f
	}
	const telsSQL = `select string_agg(e.prenom || ' ' || right(r.tel_portable, 2), ', ' order by e.prenom)
		from eleve e join lien_responsable l on l.eleve_id = e.id join responsable r on r.id = l.responsable_id`
	for _, tt := range []struct {
		name     string
		ailleurs bool
		typed    url.Values
		frere    bool
		code     int
		says     string
		tels     string
		gens     int
	}{
		{"il faut dire pour qui", false, anne(), false, 422, "Dites qui est concerné", "Lina 01, Ugo 01", 1},
		{"pour les deux", false, anne("etendue", "tous"), true, 303, "", "Lina 99, Ugo 99", 1},
		{"pour elle seule", false, anne("etendue", "enfant"), false, 303, "", "Lina 99, Ugo 01", 2},
		{"le frère décoché", false, anne("etendue", "tous"), false, 303, "", "Lina 99, Ugo 01", 2},
		{"sans l’enfant d’ailleurs", true, anne("etendue", "tous"), true, 303, "", "Lina 99, Ugo 99, Zoé 01", 2},
		{"avec l’enfant d’ailleurs", true, anne("etendue", "tous", "ailleurs", "true"), true, 303, "", "Lina 99, Ugo 99, Zoé 99", 1},
		{"avec l’enfant d’ailleurs, sans le frère", true, anne("etendue", "tous", "ailleurs", "true"), false, 422, "cochez chacun", "Lina 01, Ugo 01, Zoé 01", 1},
		{"l’autorité seule ne concerne qu’elle", false, anne("tel_portable", "06 00 00 00 01", "autorite_parentale", "false"), false, 303, "", "Lina 01, Ugo 01", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina, ugo := fratrie(m, tt.ailleurs)
			mere := fixture.Valeur[string](m, `select responsable_id::text from lien_responsable where eleve_id = $1`, lina.ID)
			if tt.frere {
				tt.typed.Set("concerne", ugo.ID.String())
			}
			got := m.Post("directeur", "/eleves/"+lina.ID.String()+"/responsables/"+mere, tt.typed)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
			if now := fixture.Valeur[string](m, telsSQL); now != tt.tels {
				t.Errorf("called at %s, want %s", now, tt.tels)
			}
			if n := fixture.Valeur[int](m, `select count(distinct responsable_id) from lien_responsable`); n != tt.gens {
				t.Errorf("%d people, want %d", n, tt.gens)
			}
		})
	}
}
