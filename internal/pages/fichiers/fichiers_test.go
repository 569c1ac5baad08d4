package fichiers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/app"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// departement is an export of the names of the whole of it.
var departement = url.Values{"groupes": {"identite"}, "format": {"csv"}, "motif": {"enquete"}}

func monde(t testing.TB) *fixture.Monde {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	return m
}

// demander asks for the names of the département and returns where they are followed.
func demander(m *fixture.Monde) string {
	m.Helper()
	got := m.Post("ia", "/extractions/fichier", departement)
	if got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header.Get("Location"), "/fichiers/") {
		m.Fatalf("%d, %q\n%.400s", got.Code, got.Header.Get("Location"), got.Body)
	}
	return got.Header.Get("Location")
}

func accorder(m *fixture.Monde, agent, file, accord string) fixture.Reponse {
	m.Helper()
	return m.Post(agent, file+"/decision", url.Values{"accord": {accord}})
}

func etat(m *fixture.Monde) string {
	m.Helper()
	return fixture.Valeur[string](m, `select string_agg(etat, ' ') from travail`)
}

func actes(m *fixture.Monde) string {
	m.Helper()
	return fixture.Valeur[string](m, `select coalesce(string_agg(role || ' ' || acte, ', ' order by id), '') from journal where objet in ('travail', 'extraction')
		and acte <> 'consulter'`)
}

// The names of a département leave when a second person of its services has agreed, never before; the journal has both
// (security.md ACL-11). Nobody else may be the second person: not the asker, not another département, no school.
func TestTwoPersons(t *testing.T) {
	m := monde(t)
	file := demander(m)
	m.Fabriquer()
	if got := m.Get("ia", file+"/contenu"); got.Code != http.StatusUnprocessableEntity || etat(m) != "a_approuver" {
		t.Errorf("before: %d, %s", got.Code, etat(m))
	}
	for agent, code := range map[string]int{
		"ia": http.StatusUnprocessableEntity, "ia voisine": http.StatusNotFound, "service voisin": http.StatusNotFound,
		"directeur": http.StatusForbidden, "mairie": http.StatusForbidden, "ien": http.StatusForbidden,
	} {
		if got := accorder(m, agent, file, "oui"); got.Code != code || etat(m) != "a_approuver" {
			t.Errorf("%s decides: %d, want %d; %s", agent, got.Code, code, etat(m))
		}
	}
	if list := m.Get("service", "/fichiers").Body; !strings.Contains(list, "Hautes-Pyrénées (Identité)") || !strings.Contains(list, "Approuver") {
		t.Errorf("the service is not asked:\n%s", list)
	}
	if list := m.Get("ia", "/fichiers").Body; strings.Contains(list, ">Approuver<") {
		t.Error("the asker is offered to approve")
	}
	if got := accorder(m, "service", file, "oui"); got.Code != http.StatusSeeOther {
		t.Fatalf("the service agrees: %d", got.Code)
	}
	m.Fabriquer()
	for agent, code := range map[string]int{"service": http.StatusForbidden, "ia voisine": http.StatusNotFound, "directeur": http.StatusNotFound} {
		if got := m.Get(agent, file+"/contenu"); got.Code != code {
			t.Errorf("%s takes the file: %d, want %d", agent, got.Code, code)
		}
	}
	if got := m.Get("ia", file+"/contenu"); got.Code != http.StatusOK || !strings.Contains(got.Body, "Lina") {
		t.Errorf("after: %d", got.Code)
	}
	if got := accorder(m, "service", file, "non"); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("decided twice: %d", got.Code)
	}
	if got := actes(m); got != "ia demander_fichier, service approuver_sortie, ia extraire, ia telecharger_fichier" {
		t.Errorf("journal: %s", got)
	}
}

// What is refused is never made, and says by whom.
func TestRefused(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "non")
	m.Fabriquer()
	if page := m.Get("ia", file); !strings.Contains(page.Body, "Nadia Castex a refusé cette demande.") || etat(m) != "refuse" {
		t.Errorf("%s\n%s", etat(m), page.Body)
	}
	if got := actes(m); got != "ia demander_fichier, service refuser_sortie" {
		t.Errorf("journal: %s", got)
	}
}

// The base has the last word: no server begins what waits for a second person, and nobody agrees by himself.
func TestTheBaseWantsTwoPersons(t *testing.T) {
	m := monde(t)
	demander(m)
	for _, sql := range []string{
		`update travail set etat = 'attente'`, `update travail set etat = 'pret'`,
		`update travail set decide_par = compte_id`, `select 1 / (decider_travail(id, true, 'x', now(), now()))::int from travail`,
	} {
		err := m.DB.Ecrire(t.Context(), m.Agent("ia").Portee(), func(tx territoire.Tx) error {
			_, err := tx.Exec(t.Context(), sql)
			return err
		})
		if err == nil || etat(m) != "a_approuver" {
			t.Errorf("%s: %v, %s", sql, err, etat(m))
		}
	}
	for _, tt := range []struct {
		nature    travail.Nature
		perimetre string
	}{
		{travail.Extraction, ""}, {travail.Extraction, "circonscription:0651044G"}, {travail.Extraction, "commune:65440"},
		{travail.Extraction, "ecole:0650001A"}, {travail.ENT, ""}, {travail.ENT, "ecole:0650001A"}, {travail.Papier, ""},
	} {
		for _, agent := range []string{"ia", "ien", "mairie", "directeur"} {
			m.Essayer(func() {
				m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
					_, err := travail.Demander(ctx, tx, a, travail.Demande{Nature: tt.nature, Perimetre: tt.perimetre, Titre: "Essai"})
					return err
				})
				base := fixture.Valeur[bool](m, `select a_deux from travail where titre = 'Essai'`)
				if said := travail.ADeux(m.Agent(agent).Role, tt.nature, tt.perimetre); said != base {
					t.Errorf("%s %v: the program says %v, the base %v", agent, tt, said, base)
				}
			})
		}
	}
}

// The page follows the file with a script and without; one may leave, come back, give it up. A form sent twice asks once.
func TestFollow(t *testing.T) {
	m := monde(t)
	twice := url.Values{"jeton": {m.Jeton("ia")}}
	for name, v := range departement {
		twice[name] = v
	}
	first, second := m.PostAs("ia", "/extractions/fichier", twice), m.PostAs("ia", "/extractions/fichier", twice)
	file := first.Header.Get("Location")
	if file != second.Header.Get("Location") || etat(m) != "a_approuver" {
		t.Fatalf("the same form twice: %s, then %s; %s", file, second.Header.Get("Location"), etat(m))
	}
	accorder(m, "service", file, "oui")
	const refresh = `<noscript><meta http-equiv="refresh"`
	if page := m.Get("ia", file).Body; !strings.Contains(page, refresh) || !strings.Contains(page, "Le fichier attend son tour.") {
		t.Errorf("waiting:\n%s", page)
	}
	if page := m.Get("ia", file+"?fixe=1").Body; strings.Contains(page, refresh) {
		t.Error("the page cannot be held still")
	}
	if got := m.Get("ia", file+"/etat"); got.Body != `{"texte":"Le fichier attend son tour.","fait":0,"fini":false}` {
		t.Errorf("for the script: %s", got.Body)
	}
	m.Fabriquer()
	if got := m.Get("ia", file+"/etat"); !strings.Contains(got.Body, `"fini":true`) {
		t.Errorf("finished, for the script: %s", got.Body)
	}
	if page := m.Get("ia", file).Body; strings.Contains(page, refresh) || !strings.Contains(page, "Télécharger le fichier") {
		t.Errorf("finished:\n%s", page)
	}
	if list := m.Get("ia", "/fichiers").Body; !strings.Contains(list, file) || !strings.Contains(list, "Prêt") {
		t.Errorf("among the files:\n%s", list)
	}
	m.Post("ia", file+"/abandonner", nil)
	if n := fixture.Valeur[int](m, `select count(*) from travail_morceau`); n != 0 || etat(m) != "abandonne" {
		t.Errorf("given up: %s, %d pieces kept", etat(m), n)
	}
}

// The file is sealed where it lies: no name can be read in the base, and a piece that was changed or moved is not given.
// It leaves after a fresh proof only.
func TestSealed(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "oui")
	m.Fabriquer()
	exec := func(sql string) {
		t.Helper()
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if fixture.Valeur[bool](m, `select bool_or(position('Lina'::bytea in contenu) > 0) from travail_morceau`) {
		t.Error("a name can be read in the base")
	}
	m.Essayer(func() {
		exec(`update travail_morceau set contenu = set_byte(contenu, 40, get_byte(contenu, 40) # 1)`)
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("a file that was changed is given as if it were whole")
			}
		}()
		m.Get("ia", file+"/contenu")
	})
	m.Get("ia", file)
	m.Attendre(httpx.DelaiExport + time.Second)
	if got := m.Get("ia", file+"/contenu"); !strings.Contains(got.Body, "preuve_code") || strings.Contains(got.Body, "Lina") {
		t.Errorf("an old proof: %d", got.Code)
	}
}

// After a day the file is erased, after a week more its trace.
func TestErased(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "oui")
	m.Fabriquer()
	for _, tt := range []struct {
		after  time.Duration
		pieces int
		trace  string
	}{{time.Hour, 1, "pret"}, {25 * time.Hour, 0, "expire"}, {9 * 24 * time.Hour, 0, ""}} {
		if err := m.DB.Connexion(t.Context(), func(tx territoire.Tx) error { travail.Purger(tx, m.Heure.Add(tt.after)); return nil }); err != nil {
			t.Fatal(err)
		}
		pieces := fixture.Valeur[int](m, `select count(*) from travail_morceau`)
		trace := fixture.Valeur[string](m, `select coalesce(string_agg(etat, ' '), '') from travail`)
		if pieces != tt.pieces || trace != tt.trace {
			t.Errorf("after %v: %d pieces, %q; want %d, %q", tt.after, pieces, trace, tt.pieces, tt.trace)
		}
		if got := m.Get("ia", file+"/contenu"); tt.pieces == 0 && (got.Code == http.StatusOK || strings.Contains(got.Body, "Lina")) {
			t.Errorf("after %v it is still given: %d", tt.after, got.Code)
		}
	}
}

// A server that died leaves its work to another, a third that dies too leaves it failed; one whose access was closed
// meanwhile is told why.
func TestServerThatDies(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "oui")
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := m.Tx.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	begun := `update travail set etat = 'en_cours', prise = 1, battement = $1`
	exec(begun, m.Heure.Add(-time.Minute))
	if m.Fabriquer(); etat(m) != "en_cours" {
		t.Errorf("a living server loses its work: %s", etat(m))
	}
	exec(begun, m.Heure.Add(-3*time.Minute))
	m.Essayer(func() {
		if m.Fabriquer(); etat(m) != "pret" {
			t.Errorf("nobody takes over: %s", etat(m))
		}
	})
	m.Essayer(func() {
		exec(`update habilitation set fin = $1::date - 1 where role = 'ia'`, m.Heure)
		if m.Fabriquer(); etat(m) != "echec" || !strings.Contains(fixture.Valeur[string](m, `select raison from travail`), "Votre accès était fermé") {
			t.Errorf("the access was closed: %s", etat(m))
		}
	})
	for prise, want := range map[int]string{1: "attente", 2: "echec"} { // the next is the second, then the third
		m.Essayer(func() {
			exec(`update travail set prise = $1`, prise)
			broken := app.Atelier(m.Site)
			broken.Metiers = nil
			if _, err := broken.Suivant(t.Context()); err == nil || etat(m) != want {
				t.Errorf("begun %d times, broken again: %s, want %s (%v)", prise, etat(m), want, err)
			}
		})
	}
}

// The paper of a whole school is made likewise; no second person, no proof for it.
func TestPaperOfASchool(t *testing.T) {
	m := monde(t)
	got := m.Post("directeur", "/editions/preparer", url.Values{"document": {"/editions/fiches-urgence"}, "requete": {"classe=toute"}})
	file := got.Header.Get("Location")
	m.Fabriquer()
	m.Attendre(httpx.DelaiExport + time.Second)
	if paper := m.Get("directeur", file+"/contenu"); paper.Code != http.StatusOK || !strings.Contains(fixture.Papier(t, paper.Body), "Lina") {
		t.Errorf("%d then %d", got.Code, paper.Code)
	}
	if got := m.Post("directeur", "/editions/preparer", url.Values{"document": {"/extractions"}}); got.Code != http.StatusNotFound {
		t.Errorf("what is no document: %d", got.Code)
	}
	if got := m.Get("directeur du même", file); got.Code != http.StatusNotFound {
		t.Errorf("another school: %d", got.Code)
	}
}

// Two servers do not make the same file: each skips what the other has taken.
func TestTwoServers(t *testing.T) {
	m, dsn := fixture.NewClone(t)
	m.Present("Lina")
	const asked = 4
	for range asked {
		m.Post("directeur", "/editions/preparer", url.Values{"document": {"/editions/fiches-urgence"}, "requete": {"classe=toute"}})
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for fait := true; fait; {
				var err error
				if fait, err = app.Atelier(m.Site).Suivant(context.Background()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var ready, takes int
	if err := conn.QueryRow(t.Context(), `select count(*) filter (where etat = 'pret'), sum(prise) from travail`).Scan(&ready, &takes); err != nil {
		t.Fatal(err)
	}
	if ready != asked || takes != asked {
		t.Errorf("%d files ready of %d, begun %d times", ready, asked, takes)
	}
}
