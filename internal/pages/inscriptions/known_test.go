package inscriptions_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// connu is the short form of a child whom the register knows.
func connu(id, nom, prenom, naissance string) url.Values {
	v := recherche(nom, prenom, naissance)
	for name, value := range map[string]string{
		"eleve_id": id, "annee": "2026", "ecole_uai": fixture.Voisine, "niveau": "CE1", "date_inscription": "151126",
	} {
		v.Set(name, value)
	}
	return v
}

func TestInscrireUnEnfantConnu(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	short := m.Post("mairie voisine", "/inscriptions/enfant-connu", connu(lina.ID.String(), "abadie", "lina", "120419"))
	shows(t, short.Body, "ABADIE Lina, née le 12/04/2019", "Présent, École primaire Jean-Jaurès (Tarbes)", `name="eleve_id"`, `name="annee"`)
	hides(t, short.Body, `name="sexe"`, "rue des Pyrénées", "Anne")

	got := m.Post("mairie voisine", "/inscriptions/nouvelle", connu(lina.ID.String(), "abadie", "lina", "120419"))
	if got.Code != 303 {
		t.Fatalf("got %d, %s", got.Code, alert(got.Body))
	}
	if n := count(m, "eleve"); n != 1 {
		t.Errorf("%d pupils", n)
	}
	if held := fixture.Valeur[string](m, `select ecole_uai from eleve`); held != fixture.Ecole {
		t.Errorf("the file went to %s before that school accepted", held)
	}
	page := m.Get("mairie voisine", got.Header.Get("Location"))
	shows(t, page.Body, "ABADIE Lina", "tenu dans un autre territoire")
	hides(t, page.Body, "rue des Pyrénées", "Anne", "/eleves/"+lina.ID.String()+`"`)
}

func TestInscrireUnEnfantConnuRefuse(t *testing.T) {
	for _, tt := range []struct {
		name, agent            string
		nom, prenom, naissance string
		change                 map[string]string
		code                   int
		says                   string
	}{
		{"un identifiant sans le nom", "mairie voisine", "", "", "", nil, 404, ""},
		{"un identifiant avec un autre nom", "mairie voisine", "Abadie", "Line", "120419", nil, 404, ""},
		{"sans date d’inscription", "mairie voisine", "Abadie", "Lina", "120419", map[string]string{"date_inscription": ""}, 422, "Indiquez la date d’inscription."},
		{"déjà inscrit cette année", "mairie", "", "", "", map[string]string{"ecole_uai": fixture.Ecole}, 422, "déjà une inscription en cours"},
		{"un directeur", "directeur", "Abadie", "Lina", "120419", nil, 403, "rôle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.Inscrire("mairie", fixture.Ecole, "Lina")
			form := connu(lina.ID.String(), tt.nom, tt.prenom, tt.naissance)
			for name, v := range tt.change {
				form.Set(name, v)
			}
			got := m.Post(tt.agent, "/inscriptions/nouvelle", form)
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d, %q", got.Code, alert(got.Body))
			}
			if n := count(m, "inscription"); n != 1 {
				t.Errorf("%d inscriptions", n)
			}
		})
	}
}

// One's own child needs no name, only the line chosen in the list found.
func TestInscrireUnEnfantDuTerritoire(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	form := connu(lina.ID.String(), "Abadi", "Lina", "120419")
	form.Set("annee", "2027")
	form.Set("ecole_uai", fixture.Meme)
	got := m.Post("mairie", "/inscriptions/nouvelle", form)
	if got.Code != 303 {
		t.Fatalf("got %d, %s", got.Code, alert(got.Body))
	}
	shows(t, m.Get("mairie", got.Header.Get("Location")).Body, "2027-2028", "École élémentaire Arago, Tarbes", "L’école tient ce dossier")
}
