package repartition_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/fixture"
)

// essai is a scenario of the world, opened from nothing.
type essai struct {
	*fixture.Monde
	ecoliers
	id string
}

func ouvrir(t *testing.T, depuis string) essai {
	t.Helper()
	m := fixture.New(t)
	x := essai{Monde: m, ecoliers: settle(m)}
	x.id = x.creer("Deux CE1", depuis)
	return x
}

// creer opens a scenario, and returns its identifier.
func (x essai) creer(nom, depuis string) string {
	x.Helper()
	got := x.Post("directeur", "/repartition/scenarios?annee=2026", url.Values{"nom": {nom}, "depuis": {depuis}})
	to, err := url.Parse(got.Header.Get("Location"))
	if err != nil || got.Code != 303 {
		x.Fatalf("create: %d %v\n%s", got.Code, err, got.Body)
	}
	return to.Query().Get("scenario")
}

func (x essai) page(page string) string {
	return "/repartition" + page + "?annee=2026&scenario=" + x.id
}

// geste does a gesture in the scenario, to pupils at the version that the board shows, or at another.
func (x essai) geste(geste string, classe uuid.UUID, version string, who ...fixture.Enfant) fixture.Reponse {
	x.Helper()
	form := url.Values{"geste": {geste}, "classe_id": {classe.String()}}
	for _, e := range who {
		form.Add("id", cle(e.ID)+version)
	}
	return x.Post("directeur", x.page(""), form)
}

// dans are the first names of those whom a scenario has in a class.
func (x essai) dans(id string, classe uuid.UUID) string {
	x.Helper()
	return fixture.Valeur[string](x.Monde, `select coalesce(string_agg(e.prenom, ' ' order by e.prenom), '')
		from scenario_place p join eleve e on e.id = p.eleve_id where p.scenario_id = $1 and p.classe_id = $2`, id, classe)
}

// annuler presses the button « Annuler » that the page shows.
func (x essai) annuler(page string) fixture.Reponse {
	x.Helper()
	_, rest, found := strings.Cut(x.Get("directeur", page).Body, `data-flash`)
	_, rest, button := strings.Cut(rest, `action="`)
	action, _, _ := strings.Cut(rest, `"`)
	if !found || !button {
		x.Fatal("nothing to undo")
	}
	return x.Post("directeur", strings.ReplaceAll(action, "&amp;", "&"), nil)
}

// A scenario is worked on without anything in force changing; it begins as asked.
func TestScenario(t *testing.T) {
	for depuis, want := range map[string]string{"vide": "Lina", "vigueur": "Lina Max"} {
		t.Run(depuis, func(t *testing.T) {
			x := ouvrir(t, depuis)
			if got := x.geste("placer", fixture.CE1, "", x.lina); got.Code != 303 {
				t.Fatalf("place: %d\n%s", got.Code, got.Body)
			}
			if got := x.dans(x.id, fixture.CE1); got != want {
				t.Errorf("the scenario has %q, want %q", got, want)
			}
			if got := inClass(x.Monde, fixture.CE1); got != "Max" {
				t.Errorf("in force: %q", got)
			}
			copied := x.creer("Copie", x.id)
			if got := x.dans(copied, fixture.CE1); got != want {
				t.Errorf("the copy has %q", got)
			}
			fixture.Shows(t, x.Get("directeur", x.page("")).Body, []string{"Scénario «\u00a0Deux CE1\u00a0»", "fixé", "Copie"}, nil)
		})
	}
}

func TestScenarioRefuse(t *testing.T) {
	x := ouvrir(t, "vide")
	for _, tt := range []struct{ nom, motif string }{
		{"", "Donnez un nom au scénario"},
		{"deux ce1", "Un autre scénario de l’année porte déjà ce nom."},
		{strings.Repeat("a", 41), "Au plus 40 caractères."},
	} {
		got := x.Post("directeur", "/repartition/scenarios?annee=2026", url.Values{"nom": {tt.nom}, "depuis": {"vide"}})
		if got.Code != 422 || !strings.Contains(got.Body, tt.motif) || !strings.Contains(got.Body, `value="`+tt.nom+`"`) {
			t.Errorf("%q: %d, without %q", tt.nom, got.Code, tt.motif)
		}
	}
	if got := x.Get("directeur voisin", x.page("")); got.Code != 404 {
		t.Errorf("a neighbour opens it: %d", got.Code)
	}
}

// A scenario is renamed on the version that was shown, deleted, and brought back.
func TestScenarioModifierSupprimerRetablir(t *testing.T) {
	x := ouvrir(t, "vide")
	act := "/repartition/scenarios/" + x.id
	form := url.Values{"nom": {"Trois CE1"}, "fratrie": {"ensemble"}, "version": {"1"}}
	if got := x.Post("directeur", act+"/modifier?annee=2026", form); got.Code != 303 {
		t.Fatalf("rename: %d\n%s", got.Code, got.Body)
	}
	form.Set("nom", "Quatre CE1") // on the version of before
	got := x.Post("directeur", act+"/modifier?annee=2026", form)
	if got.Code != 409 || !strings.Contains(got.Body, `value="Quatre CE1"`) {
		t.Errorf("rename what has changed: %d", got.Code)
	}
	if got := x.Post("directeur", act+"/supprimer?annee=2026", nil); got.Code != 303 {
		t.Fatalf("delete: %d", got.Code)
	}
	if got := x.Get("directeur", x.page("")); got.Code != 404 {
		t.Errorf("deleted, it opens: %d", got.Code)
	}
	x.annuler("/repartition/scenarios?annee=2026")
	fixture.Shows(t, x.Get("directeur", x.page("")).Body, []string{"Trois CE1"}, nil)
}

// Whatever was done last is undone by the bar; whoever was moved since stays, and is named.
func TestAnnuler(t *testing.T) {
	x := ouvrir(t, "vide")
	x.geste("placer", fixture.CE1, "", x.lina, x.noe)
	body := x.Get("directeur", x.page("")).Body
	fixture.Shows(t, body, []string{"2\u00a0élèves placés dans la classe CE1 A."}, nil)
	x.geste("retirer", uuid.Nil, "", x.noe)
	mouvement := fixture.Valeur[string](x.Monde, `select id::text from mouvement m where 2 = (select count(*) from mouvement_ligne where mouvement_id = m.id)`)
	if got := x.Post("directeur", "/repartition/mouvements/"+mouvement+"/annuler?annee=2026&scenario="+x.id, nil); got.Code != 303 {
		t.Fatalf("undo: %d\n%s", got.Code, got.Body)
	}
	fixture.Shows(t, x.Get("directeur", x.page("")).Body, []string{"un élève remis où il était. Déplacés depuis, ils restent où ils sont\u00a0: ABADIE Noé."}, nil)
	if got := x.dans(x.id, fixture.CE1); got != "" {
		t.Errorf("still there: %q", got)
	}
	again := x.Post("directeur", "/repartition/mouvements/"+mouvement+"/annuler?annee=2026&scenario="+x.id, nil)
	fixture.Shows(t, again.Body, []string{"Ce déplacement est déjà annulé."}, nil)
}

// Two people move the same pupil: the second is told, keeps his choice, and may insist; another pupil is no quarrel.
func TestDeuxPersonnes(t *testing.T) {
	x := ouvrir(t, "vide")
	x.geste("placer", fixture.CE1, ".0", x.lina)
	if got := x.geste("placer", fixture.CE1, ".0", x.noe); got.Code != 303 {
		t.Errorf("another pupil: %d", got.Code)
	}
	got := x.geste("retirer", uuid.Nil, ".0", x.lina)
	if got.Code != 409 || x.dans(x.id, fixture.CE1) != "Lina Noé" {
		t.Errorf("the same pupil: %d", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"Les deux versions", "ABADIE Lina", `value="` + cle(x.lina.ID) + `.1" checked`}, nil)
	if got := x.geste("placer", fixture.CE1, ".0", x.lina); got.Code != 303 {
		t.Errorf("the same move twice is no quarrel: %d", got.Code)
	}
	if got := x.geste("retirer", uuid.Nil, ".1", x.lina); got.Code != 303 || x.dans(x.id, fixture.CE1) != "Noé" {
		t.Errorf("insisting: %d", got.Code)
	}
}

// Publishing is one act, undone as one, but for whoever was moved since.
func TestPublier(t *testing.T) {
	x := ouvrir(t, "vide")
	x.geste("placer", fixture.CE1, "", x.lina, x.noe)
	fixture.Shows(t, x.Get("directeur", x.page("/publication")).Body, []string{
		"2\u00a0élèves prennent la classe que le scénario leur donne.", "1\u00a0élève, que le scénario ne place pas, garde sa classe.", "1\u00a0élève reste sans classe.",
	}, nil)
	if got := x.Post("directeur", x.page("/publication"), url.Values{"version": {"1"}}); got.Code != 409 {
		t.Errorf("publish what has changed: %d", got.Code)
	}
	if got := x.Post("directeur", x.page("/publication"), url.Values{"version": {"2"}}); got.Code != 303 {
		t.Fatalf("publish: %d\n%s", got.Code, got.Body)
	}
	if got := inClass(x.Monde, fixture.CE1); got != "Lina Max Noé" {
		t.Errorf("in force: %q", got)
	}
	if n := fixture.Valeur[int](x.Monde, `select count(*) from journal where acte = 'publier_repartition'`); n != 1 {
		t.Errorf("%d lines of publication in the journal", n)
	}
	x.annuler("/repartition?annee=2026")
	if got := inClass(x.Monde, fixture.CE1); got != "Max" {
		t.Errorf("undone: %q", got)
	}
}

func TestComparer(t *testing.T) {
	x := ouvrir(t, "vide")
	x.geste("placer", fixture.CE1, "", x.lina)
	for _, tt := range []struct{ avec, dit string }{
		{"vigueur", "2\u00a0élèves diffèrent."},
		{x.creer("Pareil", x.id), "Aucun élève ne diffère"},
	} {
		fixture.Shows(t, x.Get("directeur", x.page("/comparaison")+"&avec="+tt.avec).Body, []string{strings.ReplaceAll(tt.dit, "2\u00a0", "2 ")}, nil)
	}
}

// Rules hold for the year: told on the board, lifted, put back.
func TestRegles(t *testing.T) {
	x := ouvrir(t, "vide")
	if got := x.geste("separes", uuid.Nil, "", x.lina); got.Code != 422 || !strings.Contains(got.Body, "Cochez au moins deux élèves.") {
		t.Errorf("one pupil alone: %d", got.Code)
	}
	x.geste("separes", uuid.Nil, "", x.lina, x.noe)
	if got := x.geste("separes", uuid.Nil, "", x.noe, x.lina); got.Code != 422 {
		t.Errorf("the same rule twice: %d", got.Code)
	}
	x.geste("placer", fixture.CE1, "", x.lina, x.noe)
	fixture.Shows(t, x.Get("directeur", x.page("")).Body, []string{"<strong>Séparés</strong>\u00a0: ABADIE Lina, ABADIE Noé", "non tenue"}, nil)
	got := x.Post("directeur", x.page("/proposition"), nil)
	fixture.Shows(t, got.Body, []string{"Aucune répartition possible", "Lever la règle"}, nil)
	if got.Code != 422 {
		t.Errorf("an impossible proposal: %d", got.Code)
	}
	regle := fixture.Valeur[string](x.Monde, `select id::text from regle`)
	x.Post("directeur", "/repartition/regles/"+regle+"/lever?annee=2026&scenario="+x.id, nil)
	fixture.Shows(t, x.Get("directeur", x.page("")).Body, []string{"La règle est levée."}, []string{"non tenue"})
}

// A proposal places who is free, never moves who was placed by hand, and says why.
func TestProposer(t *testing.T) {
	x := ouvrir(t, "vide")
	if _, err := x.Tx.Exec(t.Context(), `insert into classe_niveau (classe_id, ecole_uai, niveau) values ($1, $2, 'CE1')`, fixture.CE2CM1, fixture.Ecole); err != nil {
		t.Fatal(err)
	}
	x.geste("placer", fixture.CE2CM1, "", x.lina)
	got := x.Post("directeur", x.page("/proposition"), nil)
	if got.Code != 303 {
		t.Fatalf("propose: %d\n%s", got.Code, got.Body)
	}
	if placed := x.dans(x.id, fixture.CE2CM1); !strings.Contains(placed, "Lina") || !strings.Contains(placed, "Zoé") {
		t.Errorf("in the class of Lina: %q", placed)
	}
	if n := fixture.Valeur[int](x.Monde, `select count(*) from scenario_place where scenario_id = $1 and classe_id is not null`, x.id); n != 4 {
		t.Errorf("%d pupils placed, want all four", n)
	}
	fixture.Shows(t, x.Get("directeur", got.Header.Get("Location")).Body, []string{"Répartition proposée", "Équilibre des classes", "ABADIE Zoé"}, nil)
	if got := x.Get("directeur", x.page("/proposition")); strings.Count(got.Body, "<td></td>") > 0 {
		t.Error("a pupil is placed without a reason")
	}
}

// In a year that is prepared, who is expected from the year before can be placed; publishing waits for his scolarité.
func TestAttendusDeLAnneeProchaine(t *testing.T) {
	x := ouvrir(t, "vide")
	if _, err := x.Tx.Exec(t.Context(), `with k as (insert into classe (id, ecole_uai, annee, libelle_court) values ('c1a55e00-0000-4000-8000-00000000aaaa', $1, 2027, 'CE2 A') returning id)
		insert into classe_niveau select id, $1, 'CE2' from k`, fixture.Ecole); err != nil {
		t.Fatal(err)
	}
	got := x.Post("directeur", "/repartition/scenarios?annee=2027", url.Values{"nom": {"Rentrée"}, "depuis": {"vide"}})
	board := got.Header.Get("Location")
	fixture.Shows(t, x.Get("directeur", board).Body, []string{"ABADIE Lina", "ABADIE Max", "CE2 "}, []string{"ABADIE Noé"})
	form := url.Values{"id": {cle(x.lina.ID)}, "classe_id": {"c1a55e00-0000-4000-8000-00000000aaaa"}}
	if got := x.Post("directeur", board, form); got.Code != 303 {
		t.Fatalf("place: %d\n%s", got.Code, got.Body)
	}
	fixture.Shows(t, x.Get("directeur", strings.Replace(board, "/repartition?", "/repartition/publication?", 1)).Body, []string{"Ce scénario ne change rien", "Attendus", "ABADIE Lina"}, nil)
}

// The lists of the classes are taken away in each format, and the journal says so.
func TestExporter(t *testing.T) {
	x := ouvrir(t, "vigueur")
	for _, format := range []string{"csv", "xlsx", "pdf"} {
		if got := x.Get("directeur", x.page("."+format)); got.Code != 200 || got.Body == "" {
			t.Errorf("%s: %d", format, got.Code)
		}
	}
	fixture.Shows(t, x.Get("directeur", x.page(".csv")).Body, []string{"CE1 A;Abadie;;Max;CE1;F;12/04/2019;T2;"}, nil)
	if n := fixture.Valeur[int](x.Monde, `select count(*) from journal where acte = 'exporter' and objet_id = $1`, x.id); n != 4 {
		t.Errorf("%d lines in the journal, want 4", n)
	}
}
