package ecoles_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// annoncer sends a form of the IA, and is the address of the decision.
func annoncer(m *fixture.Monde, path string, form url.Values) string {
	m.Helper()
	got := m.Post("ia", path, form)
	if got.Code != 303 {
		m.Fatalf("got %d %s", got.Code, got.Body)
	}
	return got.Header.Get("Location")
}

// fusion merges Ecole and Meme into a new school, today.
func fusion(m *fixture.Monde) string {
	m.Helper()
	return annoncer(m, "/ecoles/fusion", url.Values{
		"ecole": {fixture.Ecole, fixture.Meme}, "date_effet": {"20/11/2026"}, "cible": {"nouvelle"}, "uai": {"0650119B"},
		"nom": {"École primaire des Pyrénées"}, "commune": {"Tarbes"}, "circonscription_uai": {"0651044G"},
	})
}

const presents = `select coalesce(string_agg(prenom || ' ' || ecole_uai || ' ' || etat || ' ' || coalesce(date_radiation::text, ''), ', ' order by prenom, ecole_uai), '') from scolarite`

// Two schools become one: announced, read, done in one act, and undone as one.
func TestFusion(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	before := fixture.Valeur[string](m, presents)
	fixture.Shows(t, m.Post("ia", "/ecoles/fusion", url.Values{"id": {fixture.Ecole, fixture.Meme}}).Body,
		[]string{"Fusionner des écoles", "Elle garde son code 0659101P.", "Une nouvelle école"}, nil)
	path := fusion(m)
	fixture.Shows(t, m.Get("ia", path).Body, []string{"Fusion au 20/11/2026", "Annoncée, à exécuter.", "Abadie Lina", "Présent\u00a0: change d’école", "CE1 A",
		"École primaire Jean-Jaurès, Tarbes ferme le ", "École primaire des Pyrénées, Tarbes ouvre le", "Les habilitations des directeurs ne changent pas"}, nil)
	if got := fixture.Valeur[string](m, presents); got != before {
		t.Errorf("an announcement changed pupils: %s", got)
	}
	fixture.Shows(t, m.Get("mairie", "/ecoles/"+fixture.Ecole).Body, []string{"Annoncé\u00a0: fusion au 20/11/2026"}, []string{"Scinder"})
	fixture.Shows(t, m.Get("ia", "/").Body, []string{"à exécuter sur les écoles"}, nil)
	if got := m.Post("ia", path+"/executer", url.Values{}); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	want := "Lina 0650119B admis_definitif , Lina 0659001F radie 2026-11-20, Léa 0659002G admis_definitif , Max 0650119B admis_definitif , " +
		"Max 0659001F radie 2026-11-20, Noé 0650119B admis_accepte "
	if got := fixture.Valeur[string](m, presents); got != want {
		t.Errorf("after the merger\n%s\nwant\n%s", got, want)
	}
	fixture.Shows(t, m.Get("ia", "/ecoles/0650119B").Body, []string{"École primaire des Pyrénées", "CE1 A", "Ouverture le 20/11/2026"}, nil)
	fixture.Shows(t, m.Get("ia", "/ecoles/"+fixture.Ecole).Body, []string{"Fermée depuis le 20/11/2026"}, nil)
	fixture.Shows(t, m.Get("directeur", "/radiations").Body, []string{"ABADIE Lina"}, nil) // the register of the old school is read still
	if got := m.Post("ia", path+"/annuler", url.Values{}); got.Code != 303 {
		t.Fatalf("undo: %d %s", got.Code, got.Body)
	}
	if got := fixture.Valeur[string](m, presents); got != before {
		t.Errorf("after the undo\n%s\nbefore\n%s", got, before)
	}
	if n := fixture.Valeur[int](m, `select count(*) from ecole where uai = '0650119B'`); n != 0 {
		t.Error("the school that nobody has is left")
	}
}

// A split sends some niveaux, or some classes, to another school; the rest stays.
func TestScission(t *testing.T) {
	for _, tt := range []struct {
		name string
		form url.Values
		want string
	}{
		{"par niveaux", url.Values{"niveau": {"TPS", "PS", "MS", "GS"}, "nom": {"École maternelle Jean-Jaurès"}, "commune": {"Tarbes"}, "uai": {"0650119B"}},
			"maternelle elementaire 0"},
		{"par classes, vers une école qui existe", url.Values{"classe_id": {fixture.CE1.String()}, "uai": {fixture.Meme}}, "elementaire primaire 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			tt.form.Set("date_effet", "01/11/2026")
			path := annoncer(m, "/ecoles/"+fixture.Ecole+"/scission", tt.form)
			if got := m.Post("ia", path+"/executer", url.Values{}); got.Code != 303 {
				t.Fatalf("got %d %s", got.Code, got.Body)
			}
			got := fixture.Valeur[string](m, `select concat_ws(' ', (select type from ecole where uai = $1), (select type from ecole where uai = '0659001F'),
				(select count(*) from scolarite where ecole_uai = $1))`, tt.form.Get("uai"))
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// A school closes only without pupils, and is no longer a choice for the year that it will not see.
func TestFermeture(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	path := annoncer(m, "/ecoles/"+fixture.Ecole+"/fermeture", url.Values{"date_effet": {"20/11/2026"}})
	got := m.Post("ia", path+"/executer", url.Values{})
	if got.Code != 422 || !strings.Contains(got.Body, "Des élèves restent dans l’école qui ferme") {
		t.Errorf("closed with pupils: %d", got.Code)
	}
	path = annoncer(m, "/ecoles/"+fixture.Meme+"/fermeture", url.Values{"date_effet": {"01/09/2027"}})
	if got := m.Post("ia", path+"/executer", url.Values{}); got.Code != 303 {
		t.Fatalf("ahead: %d %s", got.Code, got.Body)
	}
	fixture.Shows(t, m.Get("ia", "/ecoles/"+fixture.Meme).Body, []string{"Ferme le 01/09/2027"}, nil)
	if n := fixture.Valeur[int](m, `select count(*) from ecole where ouverte and uai = $1 and ecole_accueille(ouverte, ouverte_le, fermee_le, 2026)
		and not ecole_accueille(ouverte, ouverte_le, fermee_le, 2027)`, fixture.Meme); n != 1 {
		t.Error("the school takes pupils when it is closed, or none while it is open")
	}
	behind(m, `select fermer_ecoles('2027-08-31')`)
	if !fixture.Valeur[bool](m, `select ouverte from ecole where uai = $1`, fixture.Meme) {
		t.Error("closed too early")
	}
	behind(m, `select fermer_ecoles('2027-09-01')`)
	if fixture.Valeur[bool](m, `select ouverte from ecole where uai = $1`, fixture.Meme) {
		t.Error("its day has come and it is open")
	}
}

func TestOuverture(t *testing.T) {
	form := url.Values{"date_effet": {"01/09/2027"}, "uai": {"0650119b"}, "nom": {"École des Lacs"}, "type": {"maternelle"}, "secteur": {"public"},
		"commune": {"Bagnères-de-Bigorre"}, "circonscription_uai": {"0651046J"}, "niveau": {"MS", "GS"}}
	for _, tt := range []struct{ name, field, value, says string }{
		{"une nouvelle école", "", "", ""},
		{"son code a une clé", "uai", "0650119C", "La lettre du code UAI"},
		{"un code n’a qu’une école", "uai", fixture.Ecole, "Une école porte déjà ce code UAI."},
		{"elle est du département", "commune", "Auch", "n’est pas du département"},
		{"ses niveaux sont de son type", "niveau", "CP", "Une école de ce type n’a pas de Cours préparatoire."},
		{"elle a un nom", "nom", "", "Donnez le nom de l’école."},
		{"à la rentrée prochaine au plus tard", "date_effet", "01/09/2029", "Cette date est trop lointaine"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			typed := url.Values{}
			for k, v := range form {
				typed[k] = v
			}
			if tt.field != "" {
				typed[tt.field] = []string{tt.value}
			}
			got := m.Post("ia", "/ecoles/ouverture", typed)
			if tt.says == "" {
				if got.Code != 303 {
					t.Fatalf("got %d %s", got.Code, got.Body)
				}
				fixture.Shows(t, m.Get("ia", "/ecoles/0650119B").Body, []string{"École des Lacs", "Ouverture le 01/09/2027", "MS, GS"}, nil)
				return
			}
			if got.Code != 422 || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d without %q", got.Code, tt.says)
			}
		})
	}
}

// Ahead of a rentrée every pupil must be decided; in mid-year one waits for the day.
func TestPasAvantLHeure(t *testing.T) {
	for _, tt := range []struct{ date, says string }{
		{"01/09/2027", "Sans décision de passage\u00a0: 2."},
		{"01/03/2027", "En cours d’année, cette décision s’exécute le jour venu."},
	} {
		t.Run(tt.date, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			path := annoncer(m, "/ecoles/fusion", url.Values{"ecole": {fixture.Ecole, fixture.Meme}, "date_effet": {tt.date}, "cible": {fixture.Meme}})
			got := m.Post("ia", path+"/executer", url.Values{})
			if got.Code != 422 || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d", got.Code)
			}
			if got := m.Post("ia", path+"/abandonner", url.Values{}); got.Code != 303 {
				t.Errorf("given up: %d", got.Code)
			}
		})
	}
}

func TestDecisionsRefusees(t *testing.T) {
	m := fixture.New(t)
	for _, tt := range []struct {
		path string
		form url.Values
		code int
		says string
	}{
		{"/ecoles/fusion", url.Values{"ecole": {fixture.Ecole}, "cible": {fixture.Ecole}}, 422, "Choisissez au moins deux écoles"},
		{"/ecoles/fusion", url.Values{"ecole": {fixture.Ecole, fixture.Lointaine}, "cible": {fixture.Ecole}}, 404, ""},
		{"/ecoles/fusion", url.Values{"ecole": {fixture.Ecole, fixture.Meme}}, 422, "Choisissez l’école qui accueille."},
		{"/ecoles/" + fixture.Ecole + "/scission", url.Values{"uai": {fixture.Ecole}}, 422, "Choisissez une autre école"},
		{"/ecoles/" + fixture.Ecole + "/scission", url.Values{"uai": {fixture.Meme}}, 422, "Choisissez les niveaux ou les classes qui partent"},
		{"/ecoles/" + fixture.Lointaine + "/fermeture", url.Values{}, 404, ""},
	} {
		tt.form.Set("date_effet", "20/11/2026")
		if got := m.Post("ia", tt.path, tt.form); got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
			t.Errorf("%s %v: %d", tt.path, tt.form, got.Code)
		}
	}
	for _, agent := range []string{"ien", "mairie"} {
		if got := m.Get(agent, "/ecoles/decisions"); got.Code != 403 {
			t.Errorf("%s: %d", agent, got.Code)
		}
	}
}

func behind(m *fixture.Monde, sql string) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql); err != nil {
		m.Fatal(err)
	}
}
