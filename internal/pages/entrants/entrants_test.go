package entrants_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

var fichiers = []string{"/entrants/import-eleves.zip", "/entrants/ElevesSansAdresses.xml", "/entrants/ResponsablesAvecAdresses.xml"}

// saison is a world in which two pupils are assigned to the collège of Tarbes, in an open season.
func saison(t *testing.T) (*fixture.Monde, fixture.Enfant) {
	m := fixture.New(t)
	lina := m.EnCM2("Lina")
	m.Affecter6e("ia", fixture.College, lina, m.EnCM2("Noé"))
	m.OuvrirSaison("ia")
	return m, lina
}

func TestListe(t *testing.T) {
	m, _ := saison(t)
	got := m.Get("college", "/entrants")
	for _, want := range []string{"ABADIE Lina", "ABADIE Noé", "École primaire Jean-Jaurès", "Accuser réception"} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("%q is not on the list", want)
		}
	}
	ine := fixture.Valeur[string](m, `select coalesce(max(ine), '?') from immatriculation`)
	if strings.Contains(got.Body, ine) && ine != "?" || strings.Contains(got.Body, "5 rue des Pyrénées") {
		t.Error("the screen shows what only the files carry")
	}
	if got := m.Get("college", "/entrants?q=noé"); strings.Contains(got.Body, "ABADIE Lina") || !strings.Contains(got.Body, "ABADIE Noé") {
		t.Error("the search does not narrow")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where role = 'college' and acte = 'consulter' and objet = 'eleve_6e'`); n != 2 {
		t.Errorf("%d lines in the journal", n)
	}
}

// Another collège, or this one out of season, has no file and names nobody.
func TestWhoReceives(t *testing.T) {
	m, _ := saison(t)
	m.OuvrirSaison("ia voisine")
	for _, path := range append(fichiers, "/entrants.csv") {
		if got := m.Get("college", path); got.Code != http.StatusOK || !strings.Contains(contenu(t, got), "badie") { // control
			t.Errorf("%s: %d to the collège itself", path, got.Code)
		}
		for _, other := range []string{"college voisin", "college lointain"} {
			if got := m.Get(other, path); got.Code != http.StatusUnprocessableEntity || strings.Contains(got.Body, "Lina") {
				t.Errorf("%s: %d to %s", path, got.Code, other)
			}
		}
		for _, other := range []string{"directeur", "ia", "mairie", "service"} {
			if got := m.Get(other, path); got.Code != http.StatusForbidden {
				t.Errorf("%s: %d to %s", path, got.Code, other)
			}
		}
	}
}

func TestOutOfSeason(t *testing.T) {
	m := fixture.New(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
	got := m.Get("college", "/entrants")
	if strings.Contains(got.Body, "Lina") || !strings.Contains(got.Body, "1er\u00a0juin\u00a02027") {
		t.Errorf("out of season: %s", got.Body)
	}
	for _, path := range fichiers {
		if got := m.Get("college", path); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "La saison n’est pas ouverte") {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from remise_6e`); n != 0 {
		t.Errorf("%d sendings noted", n)
	}
	m.OuvrirSaison("ia") // control
	if got := m.Get("college", fichiers[0]); got.Code != http.StatusOK {
		t.Errorf("in the season: %d", got.Code)
	}
}

// contenu is what an answer says; that of an archive is the file in it.
func contenu(t *testing.T, got fixture.Reponse) string {
	t.Helper()
	if !strings.HasPrefix(got.Body, "PK") {
		return got.Body
	}
	z, err := zip.NewReader(strings.NewReader(got.Body), int64(len(got.Body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Each sending has the next number, and leaves a line for each pupil.
func TestSendingsAreNumberedAndNoted(t *testing.T) {
	m, lina := saison(t)
	for i, want := range []string{"<NUM_ENVOI>1<", "<NUM_ENVOI>2<"} {
		got := m.Get("college", fichiers[0])
		if !strings.Contains(contenu(t, got), want) || got.Header.Get("Repr-Digest") == "" {
			t.Errorf("sending %d: %v", i+1, got.Header)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'recevoir_sixieme' and motif = 'import_eleves' and objet_id = $1`, lina.ID); n != 2 {
		t.Errorf("%d lines about the pupil", n)
	}
}

// The numbers that the file of SIECLE carries are those of the register, and nothing of the people whom it leaves out.
func TestFileSaysTheDossier(t *testing.T) {
	m, lina := saison(t)
	if _, err := m.Tx.Exec(t.Context(), `update immatriculation set etat = 'attribue', ine = '990000001EB', attribue_le = now() where eleve_id = $1`, lina.ID); err != nil {
		t.Fatal(err)
	}
	body := contenu(t, m.Get("college", fichiers[0]))
	for _, want := range []string{
		"<UAJ>" + fixture.College + "</UAJ>", "<ANNEE_SCOLAIRE>2027<", "<ID_NATIONAL>990000001EB<", "<PRENOM>Anne<", "<CODE_PARENTE>10<",
		"<LIGNE1_ADRESSE>5 rue des Pyrénées<", "<CODE_RNE>" + fixture.Ecole + "<", "<CODE_MEF>00310002220<",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is not in the file\n%s", want, body)
		}
	}
	if bytes.Contains([]byte(body), []byte("restaurant")) {
		t.Error("something else of the file is there")
	}
}

// Once acknowledged, the pupils are the collège's: nothing more is read of them here, and the school knows.
func TestAccuser(t *testing.T) {
	m, lina := saison(t)
	form := url.Values{"annee": {"2027"}, "jusqua": {"2"}}
	if got := m.Get("college", "/entrants/accuse"); !strings.Contains(got.Body, "2\u00a0élèves") || !strings.Contains(got.Body, "Aucun fichier n’a encore été récupéré") {
		t.Errorf("the question: %s", got.Body)
	}
	if got := m.Post("college voisin", "/entrants/accuse", form); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("another collège: %d", got.Code)
	}
	if got := m.Post("college", "/entrants/accuse", url.Values{"annee": {"x"}}); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a number: %d", got.Code)
	}
	if got := m.Post("college", "/entrants/accuse", form); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if got := m.Get("college", "/entrants"); strings.Contains(got.Body, "ABADIE") || !strings.Contains(got.Body, "2\u00a0élèves sont reçus") {
		t.Errorf("the list afterwards: %s", got.Body)
	}
	if got := m.Get("college", fichiers[0]); got.Code != http.StatusUnprocessableEntity || strings.Contains(got.Body, "Lina") {
		t.Errorf("the file afterwards: %d", got.Code)
	}
	if got := m.Post("college", "/entrants/accuse", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "déjà reçus") {
		t.Errorf("twice: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'accuser_sixieme' and objet_id = $1`, lina.ID); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
	if got := m.Get("directeur", "/sixieme?etat=recus"); !strings.Contains(got.Body, "ABADIE Lina") {
		t.Error("the school does not learn it")
	}
}

// A pupil assigned after the page was shown is not acknowledged by it.
func TestAcknowledgesWhatWasShown(t *testing.T) {
	m, _ := saison(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Zoé"))
	if got := m.Post("college", "/entrants/accuse", url.Values{"annee": {"2027"}, "jusqua": {"2"}}); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := m.Get("college", "/entrants"); !strings.Contains(got.Body, "ABADIE Zoé") || strings.Contains(got.Body, "ABADIE Lina") {
		t.Error("the wrong pupils remain")
	}
}

// Who has no responsable légal is not in the file for SIECLE, and the page says so.
func TestWithoutResponsableLegal(t *testing.T) {
	m, _ := saison(t)
	if _, err := m.Tx.Exec(t.Context(), `update lien_responsable set autorite_parentale = false`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("college", fichiers[0]); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "responsable légal") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := m.Get("college", "/entrants"); !strings.Contains(got.Body, "2\u00a0élèves n’ont pas") {
		t.Error("the page does not say so")
	}
	if got := m.Get("college", fichiers[1]); got.Code != http.StatusOK {
		t.Errorf("the other file: %d", got.Code)
	}
}
