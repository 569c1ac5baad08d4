package historiques_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// shows checks what a page answers.
func shows(t *testing.T, got fixture.Reponse, code int, texts ...string) {
	t.Helper()
	if got.Code != code {
		t.Errorf("got %d, want %d", got.Code, code)
	}
	for _, s := range texts {
		if !strings.Contains(got.Body, s) {
			t.Errorf("does not show %q", s)
		}
	}
}

// hides checks what a page does not tell.
func hides(t *testing.T, got fixture.Reponse, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(got.Body, s) {
			t.Errorf("shows %q", s)
		}
	}
}

func identite(prenom2 string) url.Values {
	return url.Values{
		"nom_famille": {"Abadie"}, "prenom": {"Lina"}, "prenom2": {prenom2}, "sexe": {"F"}, "date_naissance": {"12/04/2019"},
		"commune_naissance": {"Tarbes (65)"},
	}
}

// moved is Lina, whose file changed on the day of the tests: a second first name, a new street, a phone, a contact.
func moved(t *testing.T) (*fixture.Monde, string) {
	t.Helper()
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	var responsable string
	if err := m.Tx.QueryRow(t.Context(), `select responsable_id::text from lien_responsable where eleve_id = $1`, e.ID).Scan(&responsable); err != nil {
		t.Fatal(err)
	}
	m.Heure = m.Heure.AddDate(0, 0, 1)
	shows(t, m.Post("directeur", file+"/identite", identite("Rose")), 303)
	shows(t, m.Post("directeur", file+"/adresse", url.Values{"voie": {"8 rue Brauhauban"}, "commune": {"Tarbes"}, "code_postal": {"65000"}}), 303)
	shows(t, m.Post("directeur", file+"/responsables/"+responsable, url.Values{"lien": {"mere"}, "civilite": {"Mme"}, "nom_famille": {"Abadie"}, "prenom": {"Anne"},
		"autorite_parentale": {"true"}, "tel_portable": {"06 00 00 00 02"}, "meme_adresse": {"true"}}), 303)
	shows(t, m.Post("directeur", file+"/contacts/nouveau", url.Values{"nom_famille": {"Daveu"}, "autorisee": {"true"}}), 303)
	return m, file
}

func TestHistorique(t *testing.T) {
	m, file := moved(t)
	got := m.Get("directeur", file+"/historique")
	shows(t, got, 200, "Deuxième prénom", "Rose", "8 rue Brauhauban", "5 rue des Pyrénées", "06 00 00 00 01", "06 00 00 00 02", "Vous", "Daveu")
	got = m.Get("ia", file+"/historique")
	shows(t, got, 200, "Rose", "8 rue Brauhauban", "masqué", "Direction d’école, École primaire Jean-Jaurès")
	hides(t, got, "06 00 00 00", "Daveu", "Claire Fabre", "anne.abadie@")
	for agent, code := range map[string]int{"mairie": 403, "ien": 403, "service": 403, "directeur du même": 404, "ia voisine": 404} {
		shows(t, m.Get(agent, file+"/historique"), code)
		shows(t, m.Get(agent, file+"/consultations"), code)
	}
}

func TestTelQuIlEtait(t *testing.T) {
	m, file := moved(t)
	got := m.Get("directeur", file+"/historique?le=20/11/2026")
	shows(t, got, 200, "Le dossier au soir du 20\u00a0novembre\u00a02026", "5 rue des Pyrénées", "06 00 00 00 01")
	before, _, _ := strings.Cut(got.Body, "Ce qui a changé")
	for _, s := range []string{"Brauhauban", "Rose", "06 00 00 00 02", "Daveu"} {
		if strings.Contains(before, s) {
			t.Errorf("the file of yesterday says %q", s)
		}
	}
	today, _, _ := strings.Cut(m.Get("directeur", file+"/historique?le=211126").Body, "Ce qui a changé")
	for _, s := range []string{"8 rue Brauhauban", "Lina Rose", "06 00 00 00 02", "Daveu"} { // control
		if !strings.Contains(today, s) {
			t.Errorf("the file of today does not say %q", s)
		}
	}
	got = m.Get("ia", file+"/historique?le=21/11/2026")
	shows(t, got, 200, "masqué")
	hides(t, got, "06 00 00 00", "Daveu")
	shows(t, m.Get("directeur", file+"/historique?le=01/01/2020"), 200, "Ce dossier n’existait pas encore.")
	shows(t, m.Get("directeur", file+"/historique?le=31/02/2026"), 422, "Cette date n’existe pas.", `value="31/02/2026"`)
	shows(t, m.Get("directeur", file+"/historique?le=01/01/2027"), 422, "Choisissez un jour passé")
}

// The taint of a protected address: no trace of where it is or was, for whom is not of the school.
func TestHistoriqueHidesAProtectedAddress(t *testing.T) {
	m, file := moved(t)
	shows(t, m.Get("ia", file+"/historique?le=20/11/2026"), 200, "5 rue des Pyrénées", "8 rue Brauhauban") // control
	if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = true where voie = '8 rue Brauhauban'`); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"", "?le=20/11/2026", "?le=21/11/2026"} {
		got := m.Get("ia", file+"/historique"+page)
		shows(t, got, 200, "Adresse protégée")
		hides(t, got, "rue des Pyrénées", "Brauhauban")
	}
	shows(t, m.Get("directeur", file+"/historique"), 200, "8 rue Brauhauban")
}

func TestConsultations(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	m.Get("mairie", file)
	m.Heure = m.Heure.Add(time.Hour)
	m.Get("ien", file)
	m.Get("ien", file)
	shows(t, m.Post("ia", file+"/coordonnees", url.Values{"motif": {"famille"}}), 303)
	got := m.Get("directeur", file+"/consultations")
	shows(t, got, 200, "Mairie de Tarbes", "Inspection de circonscription, Tarbes Centre", "2\u00a0fois", "Vous",
		"Inspection académique, Hautes-Pyrénées", "A affiché les coordonnées\u00a0: Répondre à la famille", "20/11/2026 à 12\u00a0h\u00a000")
	hides(t, got, "Lafforgue", "Dupuy", "Pène", "/journal/eleves/")
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'consulter' and objet_id = $1`, e.ID); n != 4 {
		t.Errorf("%d lines in the journal, want four", n)
	}
	shows(t, m.Get("ia", file+"/consultations"), 200, "/journal/eleves/") // where they have their names
}
