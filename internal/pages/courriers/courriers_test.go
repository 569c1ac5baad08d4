package courriers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// ecrire keeps a letter and returns its address.
func ecrire(m *fixture.Monde, corps string) string {
	m.Helper()
	got := m.Post("directeur", "/courriers/nouveau", url.Values{"titre": {"Sortie"}, "objet": {"Sortie de la classe"}, "corps": {corps}})
	if got.Code != http.StatusSeeOther {
		m.Fatalf("%d\n%s", got.Code, got.Body)
	}
	return strings.TrimSuffix(got.Header.Get("Location"), "/envoyer")
}

// separer gives a pupil a mother whose address is protected, a father elsewhere, and an aunt without authority.
func separer(m *fixture.Monde, e fixture.Enfant) {
	m.Helper()
	for _, sql := range []string{
		`delete from lien_responsable where eleve_id = $1`,
		`insert into adresse (id, voie, code_postal, commune, pays, protegee) values
			('0ad00000-0000-4000-8000-000000000001', '3 rue des Lilas', '65000', 'Pau', 'Espagne', true),
			('0ad00000-0000-4000-8000-000000000002', '9 quai du Gave', '64000', 'Pau', 'Espagne', false)`,
		`update eleve set adresse_id = '0ad00000-0000-4000-8000-000000000001' where id = $1`,
		`insert into responsable (id, nature, civilite, nom_famille, prenom, adresse_id) values
			('0be00000-0000-4000-8000-000000000001', 'personne', 'Mme', 'Abadie', 'Chloé', '0ad00000-0000-4000-8000-000000000001'),
			('0be00000-0000-4000-8000-000000000002', 'personne', 'M.', 'Carrère', 'Luc', '0ad00000-0000-4000-8000-000000000002'),
			('0be00000-0000-4000-8000-000000000003', 'personne', 'Mme', 'Carrère', 'Rose', null)`,
		`insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang) values
			($1, '0be00000-0000-4000-8000-000000000001', 'mere', true, 1), ($1, '0be00000-0000-4000-8000-000000000002', 'pere', true, 2),
			($1, '0be00000-0000-4000-8000-000000000003', 'autre', false, 3)`,
	} {
		args := []any{e.ID}
		if !strings.Contains(sql, "$1") {
			args = nil
		}
		if _, err := m.Tx.Exec(m.TB.Context(), sql, args...); err != nil {
			m.Fatal(err)
		}
	}
}

func contains(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("without %q:\n%s", w, text)
		}
	}
}

func hides(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			t.Errorf("with %q:\n%s", w, text)
		}
	}
}

var sheets = regexp.MustCompile(`(?s)<article class="papier">.*?</article>`)

func TestWriting(t *testing.T) {
	m := fixture.New(t)
	contains(t, m.Get("directeur", "/courriers").Body, "L’école n’a encore aucune lettre", "Réunion de rentrée")
	contains(t, m.Get("directeur", "/courriers/nouveau?modele=sortie").Body, "[destination]", "{madame_monsieur}", `data-inserts="`)
	got := m.Post("directeur", "/courriers/nouveau", url.Values{"titre": {"Sortie"}, "objet": {"Sortie"}, "corps": {"Bonjour {prénon}"}})
	if got.Code != 422 {
		t.Errorf("an unknown field: %d", got.Code)
	}
	contains(t, got.Body, "Le champ {prénon} n’existe pas. Vouliez-vous écrire {prenom}", "Bonjour {prénon}", `role="alert"`)

	letter := ecrire(m, "Bonjour {Prénom}.")
	contains(t, m.Get("directeur", "/courriers").Body, letter+"/envoyer", "Sortie de la classe")
	if got := m.Post("directeur", letter, url.Values{"version": {"1"}, "titre": {"Fête"}, "objet": {"Fête"}, "corps": {"Bonjour."}}); got.Code != 303 {
		t.Fatalf("%d\n%s", got.Code, got.Body)
	}
	got = m.Post("directeur", letter, url.Values{"version": {"1"}, "titre": {"Bal"}, "objet": {"Fête"}, "corps": {"Bonjour."}})
	if got.Code != 409 {
		t.Errorf("an outdated version: %d", got.Code)
	}
	contains(t, got.Body, "Bal", `name="version" value="2"`)
	if got := m.Get("directeur voisin", letter); got.Code != 404 {
		t.Errorf("another school reads it: %d", got.Code)
	}
	m.Post("directeur", letter+"/supprimer", url.Values{})
	contains(t, m.Get("directeur", "/courriers").Body, "La lettre est supprimée", letter+"/retablir")
	if got := m.Get("directeur", letter); got.Code != 404 {
		t.Errorf("once put aside: %d", got.Code)
	}
	m.Post("directeur", letter+"/retablir", url.Values{})
	if got := m.Get("directeur", letter); got.Code != 200 {
		t.Errorf("taken back: %d", got.Code)
	}
}

// Each parent reads his own letter, and nothing of the other; who has no parental authority is named among those left out.
func TestRecipients(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	separer(m, e)
	letter := ecrire(m, "{madame_monsieur}, {prenom} ira à [lieu] avec {enseignant}.\n---\nÀ rendre\n{destinataires}")
	page := m.Get("directeur", letter+"/envoyer").Body
	contains(t, page, "2\u00a0lettres pour 1\u00a0élève, dont 1 à remettre en main propre", "Mme Chloé Abadie", "adresse protégée", "9 quai du Gave",
		"Mme Rose Carrère", "sans autorité parentale", "À écrire à la main\u00a0: enseignant de la classe")
	hides(t, page, "rue des Lilas")

	leafed := m.Get("directeur", letter+"/lettres?blanc.0=Lourdes").Body
	mother := sheets.FindAllString(leafed, -1)
	father := sheets.FindAllString(m.Get("directeur", letter+"/lettres?blanc.0=Lourdes&page=2").Body, -1)
	if len(mother) != 1 || len(father) != 1 {
		t.Fatalf("%d and %d letters on a page", len(mother), len(father))
	}
	contains(t, mother[0], "Madame, Lina ira à Lourdes avec …", "À remettre en main propre", "Mme Chloé Abadie")
	hides(t, mother[0], "Carrère", "quai du Gave", "rue des Lilas")
	contains(t, father[0], "Monsieur, Lina ira à Lourdes", "9 quai du Gave", "M. Luc Carrère")
	hides(t, father[0], "Chloé", "rue des Lilas")

	got := m.Get("directeur", letter+"/lettres.pdf?blanc.0=Lourdes")
	paper := fixture.Papier(t, got.Body)
	contains(t, paper, "Madame, Lina ira à Lourdes avec", "Monsieur, Lina ira à Lourdes avec", "9 quai du Gave")
	hides(t, paper, "rue des Lilas", "Page 1/1")
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'lettre_type' and motif = '2'`); n != 1 {
		t.Errorf("%d lines about the sending", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and objet_id = $1`, e.ID); n != 2 {
		t.Errorf("%d lines about the pupil, one for each letter", n)
	}
}

// Who is ticked is taken out, or is alone; a letter that names no pupil goes once to each home.
func TestChoosing(t *testing.T) {
	m := fixture.New(t)
	lina, zoe := m.Present("Lina"), m.Present("Zoé")
	letter := ecrire(m, "Bonjour {prenom}.")
	for _, tt := range []struct {
		query, has, not string
	}{
		{"", "ABADIE Zoé", "Vous l’avez retiré"},
		{"?qui=retires&eleve=" + zoe.ID.String(), "Vous l’avez retiré de l’envoi.", "2\u00a0lettres"},
		{"?qui=seuls&eleve=" + lina.ID.String(), "1\u00a0lettre pour 1\u00a0élève", "ABADIE Zoé"},
		{"?seul=" + lina.ID.String(), "1\u00a0lettre pour 1\u00a0élève", "ABADIE Zoé"},
		{"?niveau=CM2", "Personne ne répond à ces choix", "ABADIE"},
	} {
		got := m.Get("directeur", letter+"/envoyer"+tt.query).Body
		contains(t, got, tt.has)
		hides(t, got, tt.not)
	}
	if got := m.Get("directeur", letter+"/lettres.pdf?niveau=CM2"); got.Code != 422 && got.Code != 409 {
		t.Errorf("nobody: %d", got.Code)
	}
	got := m.Post("directeur", "/courriers/pour", url.Values{"id": {lina.ID.String(), zoe.ID.String()}})
	if to := got.Header.Get("Location"); got.Code != 303 || !strings.Contains(m.Get("directeur", to).Body, "Aux familles de 2\u00a0élèves choisis") {
		t.Errorf("from the list of the pupils: %d %s", got.Code, to)
	}
	if got := m.Post("directeur", "/courriers/pour", url.Values{}); got.Code != 422 {
		t.Errorf("nobody ticked: %d", got.Code)
	}
}

func TestOneLetterForAHome(t *testing.T) {
	m := fixture.New(t)
	lina, zoe := m.Present("Lina"), m.Present("Zoé")
	if _, err := m.Tx.Exec(t.Context(), `update lien_responsable set responsable_id = (select responsable_id from lien_responsable where eleve_id = $1)
		where eleve_id = $2`, lina.ID, zoe.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Tx.Exec(t.Context(), `update eleve set adresse_id = (select adresse_id from eleve where id = $1) where id = $2`, lina.ID, zoe.ID); err != nil {
		t.Fatal(err)
	}
	for corps, want := range map[string]string{
		"L’école sera fermée.":       "1\u00a0lettre pour 2\u00a0élèves",
		"{prenom} restera chez vous": "2\u00a0lettres pour 2\u00a0élèves",
	} {
		contains(t, m.Get("directeur", ecrire(m, corps)+"/envoyer").Body, want)
	}
}

// Who reads the letters on a page has seen names and addresses: the journal says so, before anything is printed.
func TestPreviewIsNoted(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	id := fixture.Valeur[string](m, `insert into lettre_type (id, ecole_uai, titre, objet, corps, modifiee_le)
		values (gen_random_uuid(), '`+fixture.Ecole+`', 'Réunion', 'Réunion', 'Bonjour {prenom}', now()) returning id::text`)
	for range 2 {
		if got := m.Get("directeur", "/courriers/"+id+"/lettres"); got.Code != 200 {
			t.Fatal(got.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'consulter' and objet = 'lettre_type' and objet_id = '`+id+`'`); n != 2 {
		t.Errorf("%d lines in the journal", n)
	}
}
