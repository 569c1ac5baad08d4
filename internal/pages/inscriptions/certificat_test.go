package inscriptions_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

func certificatOf(m *fixture.Monde) string {
	return "/eleves/" + fixture.Valeur[string](m, `select eleve_id::text from inscription limit 1`) + "/certificat-inscription.pdf"
}

func TestCertificat(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, url.Values{"prenom2": {"Rose"}, "derogation": {"sante"}})
	path := certificatOf(m)
	shows(t, m.Get("mairie", page).Body, path+"?annee=2026")
	got := m.Get("mairie", path)
	if got.Code != 200 || got.Header.Get("Content-Type") != "application/pdf" {
		t.Fatalf("got %d, %s", got.Code, got.Header.Get("Content-Type"))
	}
	text := fixture.Papier(t, got.Body)
	shows(t, text, "Mairie de Tarbes", "Hautes-Pyrénées", "N° 65440-2026-0001", "Certificat d’inscription Année scolaire 2026-2027",
		"désignée ci-dessous a été inscrite", "Duprat Zoé Rose", "Née le 12 avril 2018 à Tarbes (65)", "Domicile 3 rue des Fossés, 65000 Tarbes",
		"Père M. Duprat Jean", "École École primaire Jean-Jaurès, Tarbes", "Niveau demandé Cours élémentaire 2e année",
		"Date d’inscription 15 novembre 2026", "Dérogation Inscription accordée par dérogation", "Fait à Tarbes, le 20 novembre 2026",
		"Le maire", "Cachet de la mairie", "Page 1/1")
	hides(t, text, "INE", "médicale", "06 00")
	if name := got.Header.Get("Content-Disposition"); strings.Contains(name, "Duprat") || !strings.Contains(name, "certificat-inscription-65440-2026-0001.pdf") {
		t.Errorf("the file is named %s", name)
	}
}

// The same paper asked for again is the same, a week later and after the admission; changed, it bears another number.
func TestCertificatEncore(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, nil)
	path := certificatOf(m)
	first := m.Get("mairie", path).Body
	m.Heure = m.Heure.Add(10 * time.Minute)
	if m.Get("mairie", path).Body != first {
		t.Error("the same certificate has other bytes")
	}
	if got := m.Post("mairie", page+"/modifier", demande("1", nil)); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	shows(t, fixture.Papier(t, m.Get("mairie", path).Body), "65440-2026-0002", "Arago")
	issued := fixture.Valeur[int](m, `select count(*) from document`)
	edited := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer'`)
	if issued != 2 || edited != 3 {
		t.Errorf("%d papers, %d lines in the journal, want 2 and 3", issued, edited)
	}
}

func TestCertificatRefuse(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		prepare     func(t *testing.T, m *fixture.Monde)
		query       string
		code        int
		says        string
	}{
		{"inscrit", "mairie", func(t *testing.T, m *fixture.Monde) { inscrire(t, m, nil) }, "", 200, ""},
		{"admis depuis", "mairie", func(_ *testing.T, m *fixture.Monde) { m.Present("Lina") }, "", 200, ""},
		{"sur la liste d’attente", "mairie", func(t *testing.T, m *fixture.Monde) { inscrire(t, m, url.Values{"ecole_uai": {""}}) }, "", 422, "n’est pas inscrit dans une école de la commune"},
		{"une autre année", "mairie", func(t *testing.T, m *fixture.Monde) { inscrire(t, m, nil) }, "?annee=2027", 422, "n’est pas inscrit"},
		{"annulée", "mairie", func(t *testing.T, m *fixture.Monde) {
			m.Post("mairie", inscrire(t, m, nil)+"/annuler", url.Values{"motif_annulation": {"famille_renonce"}})
		}, "", 422, "n’est pas inscrit"},
		{"radié depuis", "mairie", func(t *testing.T, m *fixture.Monde) {
			m.Present("Lina")
			if _, err := m.Tx.Exec(t.Context(), `update scolarite set etat = 'radie', date_radiation = '2026-11-01', motif_radiation = 'demenagement'`); err != nil {
				t.Fatal(err)
			}
		}, "", 422, "a été radié"},
		{"le directeur", "directeur", func(t *testing.T, m *fixture.Monde) { inscrire(t, m, nil) }, "", 403, "rôle"},
		{"la mairie voisine", "mairie voisine", func(t *testing.T, m *fixture.Monde) { inscrire(t, m, nil) }, "", 404, "ne relève pas"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			tt.prepare(t, m)
			got := m.Get(tt.agent, certificatOf(m)+tt.query)
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d, %q, want %d with %q", got.Code, alert(got.Body), tt.code, tt.says)
			}
			if n := count(m, "document"); (n == 1) != (tt.code == 200) {
				t.Errorf("%d papers numbered", n)
			}
		})
	}
}

// The page says what the paper says, and issues nothing.
func TestCertificatOnAPage(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, nil)
	before := m.Get("mairie", page+"/certificat").Body
	shows(t, before, "désignée ci-dessous a été inscrite", "3 rue des Fossés", "Cachet de la mairie", certificatOf(m)+"?annee=2026")
	hides(t, before, "Vérifier ce document")
	if n := fixture.Valeur[int](m, `select count(*) from document`); n != 0 {
		t.Errorf("reading it has issued %d papers", n)
	}
	if got := m.Get("mairie voisine", page+"/certificat"); got.Code != 404 {
		t.Errorf("another mairie: %d", got.Code)
	}
}
