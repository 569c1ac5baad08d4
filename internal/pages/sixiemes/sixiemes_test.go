package sixiemes_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// Each thing that the collège needs and the file lacks is named, with the form that mends it.
func TestManques(t *testing.T) {
	for _, tt := range []struct{ name, wrong, mot, form string }{
		{"responsable légal", `update lien_responsable set autorite_parentale = false`, "Sans autorité", "/responsables/"},
		{"téléphone", `update responsable set tel_portable = ''`, "Sans tél.", "/responsables/"},
		{"adresse", `update adresse set voie = ''`, "Sans adresse", "/adresse"},
		{"lieu de naissance", `update eleve set commune_naissance_insee = null`, "Naissance", "/identite"},
		{"INE", `update immatriculation set demande_le = '2026-11-12'`, "Sans INE", "/identite"},
		{"INE bloqué", `update immatriculation set etat = 'bloque_doublon'`, "INE bloqué", "/ine/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			m.EnCM2("Lina")
			if body := m.Get("directeur", "/sixieme?etat=a_completer").Body; strings.Contains(body, "ABADIE Lina") {
				t.Fatal("a sound file lacks something")
			}
			if _, err := m.Tx.Exec(t.Context(), tt.wrong); err != nil {
				t.Fatal(err)
			}
			body := m.Get("directeur", "/sixieme?etat=a_completer").Body
			if !strings.Contains(body, "ABADIE Lina") || !strings.Contains(body, ">"+tt.mot+"</a>") || !strings.Contains(body, tt.form) {
				t.Errorf("%q is not named: %s", tt.mot, body)
			}
			if got := m.Get("directeur", "/sixieme.csv"); !strings.Contains(got.Body, tt.mot) {
				t.Error("nor in the export")
			}
		})
	}
}

// An inspection reads its own schools, without the numbers for an IEN, and mends nothing.
func TestInspections(t *testing.T) {
	m := fixture.New(t)
	m.EnCM2("Lina")
	m.PasserEnCM2("directeur voisin", m.PresentAilleurs("Noé"))
	m.Affecter6e("ia", fixture.College, m.EnCM2("Zoé"))
	ien, ia := m.Get("ien", "/sixieme").Body, m.Get("ia", "/sixieme").Body
	if !strings.Contains(ien, "Jean-Jaurès") || strings.Contains(ien, "Lapacca") || strings.Contains(ien, "Sans INE") || strings.Contains(ien, "/affectations") {
		t.Error("the IEN does not read his schools, or reads more")
	}
	if !strings.Contains(ia, "Lapacca") || !strings.Contains(ia, "Sans INE") || strings.Contains(ia, "Rouget") || strings.Contains(ia, "ABADIE") {
		t.Error("the IA does not read the figures of its schools, or reads more")
	}
	one := m.Get("ien", "/sixieme?ecole="+fixture.Ecole).Body
	if !strings.Contains(one, "ABADIE Lina") || strings.Contains(one, "/responsables/") {
		t.Error("the IEN does not read a school, or is led to a form")
	}
	if strings.Contains(m.Get("ien", "/sixieme?ecole="+fixture.Voisine).Body, "ABADIE Noé") {
		t.Error("the IEN reads a school of another circonscription")
	}
	for _, path := range []string{"/sixieme.csv", "/sixieme.pdf", "/sixieme.xlsx?ecole=" + fixture.Ecole} {
		if got := m.Get("ia", path); got.Code != http.StatusOK {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
}

// Who goes where, and who is received, on the directeur's page.
func TestSuivi(t *testing.T) {
	m := fixture.New(t)
	m.EnCM2("Noé")
	m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
	for etat, want := range map[string]string{"": "Lina Noé", "sans_college": "Noé", "affectes": "Lina", "recus": ""} {
		body := m.Get("directeur", "/sixieme?etat="+etat).Body
		for _, prenom := range []string{"Lina", "Noé"} {
			if strings.Contains(body, "ABADIE "+prenom) != strings.Contains(want, prenom) {
				t.Errorf("%s: %s", etat, prenom)
			}
		}
	}
	if !strings.Contains(m.Get("directeur", "/sixieme").Body, "Collège Massey, Tarbes") {
		t.Error("the collège is not named")
	}
}

// Once the collège has acknowledged, one act strikes the leavers off, with the motive and the destination.
func TestRadier(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.EnCM2("Lina"), m.EnCM2("Noé")
	m.Affecter6e("ia", fixture.College, lina, noe)
	m.OuvrirSaison("ia")
	form := url.Values{"id": {lina.Scolarite.String(), noe.Scolarite.String()}, "date_radiation": {"201126"}}
	if got := m.Post("directeur", "/sixieme/radier", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "n’a pas encore reçu cet élève") {
		t.Errorf("before the acknowledgement: %d", got.Code)
	}
	if got := m.Post("college", "/entrants/accuse", url.Values{"annee": {"2027"}, "jusqua": {"2"}}); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	for name, bad := range map[string]url.Values{"personne": {"date_radiation": {"201126"}}, "sans date": {"id": form["id"]}, "trop tôt": {"id": form["id"], "date_radiation": {"010126"}}} {
		if got := m.Post("directeur", "/sixieme/radier", bad); got.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	if got := m.Post("directeur voisin", "/sixieme/radier", form); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("another school: %d", got.Code)
	}
	if got := m.Post("directeur", "/sixieme/radier", form); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	n := fixture.Valeur[int](m, `select count(*) from scolarite where etat = 'radie' and motif_radiation = 'entree_6e' and destination = 'Collège Massey, Tarbes'`)
	if n != 2 {
		t.Errorf("%d struck off", n)
	}
	if body := m.Get("directeur", "/radiations").Body; !strings.Contains(body, "ABADIE Lina") || !strings.Contains(body, "Entrée en sixième") {
		t.Error("they are not among the radiés")
	}
	id := fixture.Valeur[string](m, `select id::text from depart`)
	if got := m.Post("directeur", "/radiations/departs/"+id+"/annuler", nil); got.Code != http.StatusSeeOther {
		t.Fatalf("the act is not taken back as one: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from scolarite where etat = 'radie'`); n != 0 {
		t.Errorf("%d are still struck off", n)
	}
}
