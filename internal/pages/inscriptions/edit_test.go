package inscriptions_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func demande(version string, change url.Values) url.Values {
	v := url.Values{
		"version": {version}, "annee": {"2026"}, "ecole_uai": {fixture.Meme}, "niveau": {"CE2"}, "date_inscription": {"161126"},
	}
	for name, values := range change {
		v[name] = values
	}
	return v
}

func TestModifier(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, url.Values{"ecole_uai": {""}})
	form := m.Get("mairie", page+"/modifier")
	shows(t, form.Body, `value="15/11/2026"`, `value="2026" selected`, `value="CE2" selected`, `name="version" value="1"`)

	if got := m.Post("mairie", page+"/modifier", demande("1", url.Values{"derogation": {"garde"}})); got.Code != 303 || got.Header.Get("Location") != page {
		t.Fatalf("got %d, %s", got.Code, alert(got.Body))
	}
	shows(t, m.Get("mairie", page).Body, "L’inscription est modifiée.", "École élémentaire Arago, Tarbes", "Mode de garde",
		"Demande le 15/11/2026, inscription le 16/11/2026.")
	if got := fixture.Valeur[string](m, `select ecole_uai from eleve`); got != fixture.Meme {
		t.Errorf("the file is at %s", got)
	}
}

// Two agents of the mairie change the same inscription: the second sees both versions, and loses nothing.
func TestModifierADeux(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, nil)
	if got := m.Post("mairie", page+"/modifier", demande("1", nil)); got.Code != 303 {
		t.Fatalf("the first got %d", got.Code)
	}
	mine := demande("1", url.Values{"ecole_uai": {""}, "derogation": {"fratrie"}})
	got := m.Post("mairie", page+"/modifier", mine)
	if got.Code != 409 {
		t.Fatalf("the second got %d", got.Code)
	}
	shows(t, got.Body, `role="alert"`, "Arago (école élémentaire)", "Liste d’attente de la commune", "Frère ou sœur dans l’école",
		`value="fratrie" selected`, `name="version" value="2"`)
	hides(t, got.Body, `<th scope="row">Date d’inscription`, `<th scope="row">Niveau`) // typed otherwise, the same
	mine.Set("version", "2")
	if got := m.Post("mairie", page+"/modifier", mine); got.Code != 303 {
		t.Errorf("sent again, knowingly, got %d", got.Code)
	}
	if got := fixture.Valeur[string](m, `select etat || ' ' || derogation from inscription`); got != "en_attente fratrie" {
		t.Errorf("recorded %s", got)
	}
}

func TestModifierRefuse(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		change      url.Values
		code        int
		says        string
	}{
		{"une école d’une autre commune", "mairie", url.Values{"ecole_uai": {fixture.Voisine}}, 422, "Choisissez une école de la commune."},
		{"une date à venir", "mairie", url.Values{"date_inscription": {"01/12/2026"}}, 422, "dans l’avenir"},
		{"une année finie", "mairie", url.Values{"annee": {"2025"}}, 422, "est terminée"},
		{"la mairie voisine", "mairie voisine", nil, 404, "n’existe pas, ou elle ne relève pas"},
		{"le directeur", "directeur", nil, 403, "rôle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			page := inscrire(t, m, nil)
			got := m.Post(tt.agent, page+"/modifier", demande("1", tt.change))
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d, %q", got.Code, alert(got.Body))
			}
			if got := fixture.Valeur[int](m, `select version from inscription`); got != 1 {
				t.Error("it was changed all the same")
			}
		})
	}
}

func TestAnnuler(t *testing.T) {
	for _, tt := range []struct {
		name, agent, version, motif string
		code                        int
		says, etat                  string
	}{
		{"la famille renonce", "mairie", "1", "famille_renonce", 303, "", "annulee"},
		{"la dérogation est refusée", "mairie", "1", "derogation_refusee", 303, "", "refusee"},
		{"sans motif", "mairie", "1", "", 422, "Choisissez le motif de l’annulation.", "inscrit"},
		{"un motif inventé", "mairie", "1", "caprice", 422, "Choisissez le motif", "inscrit"},
		{"modifiée entre-temps", "mairie", "7", "famille_renonce", 409, "Quelqu’un a modifié", "inscrit"},
		{"la mairie voisine", "mairie voisine", "1", "famille_renonce", 404, "ne relève pas", "inscrit"},
		{"le directeur", "directeur", "1", "famille_renonce", 403, "rôle", "inscrit"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			page := inscrire(t, m, nil)
			form := url.Values{"version": {tt.version}, "motif_annulation": {tt.motif}}
			got := m.Post(tt.agent, page+"/annuler", form)
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d, %q", got.Code, alert(got.Body))
			}
			if got := fixture.Valeur[string](m, `select etat from inscription`); got != tt.etat {
				t.Errorf("the inscription is %s, want %s", got, tt.etat)
			}
		})
	}
}

// What the cancellation entails is said before it is done.
func TestAnnulerDitLesConsequences(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, nil)
	shows(t, m.Get("mairie", page+"/annuler").Body, "Si vous confirmez", "L’école n’attend plus l’enfant",
		"certificat d’inscription déjà remis", "une autre inscription peut être faite", "La famille renonce")
	waiting := inscrire(t, m, url.Values{"prenom": {"Lise"}, "ecole_uai": {""}})
	shows(t, m.Get("mairie", waiting+"/annuler").Body, "L’enfant quitte la liste d’attente")

	if got := m.Post("mairie", page+"/annuler", url.Values{"version": {"1"}, "motif_annulation": {"famille_renonce"}}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	done := m.Get("mairie", page)
	shows(t, done.Body, "L’inscription est annulée.", "La famille renonce")
	hides(t, done.Body, page+"/modifier", page+"/annuler", "certificat-inscription.pdf")
}

// Once the school has answered, the mairie reads; the buttons are not there, and the pages say why.
func TestRienApresLaReponseDeLEcole(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	page := "/inscriptions/" + lina.Inscription.String()
	got := m.Get("mairie", page)
	shows(t, got.Body, "Présent", "admission acceptée à effet le 01/09/2026, admission définitive le 01/09/2026", "L’école tient ce dossier")
	hides(t, got.Body, page+"/modifier", page+"/annuler")
	for _, act := range []string{"/modifier", "/annuler"} {
		if got := m.Get("mairie", page+act); got.Code != 422 || !strings.Contains(got.Body, "L’école a déjà répondu") {
			t.Errorf("%s: %d", act, got.Code)
		}
		if got := m.Post("mairie", page+act, demande("0", url.Values{"motif_annulation": {"famille_renonce"}})); got.Code != 422 {
			t.Errorf("%s posted: %d", act, got.Code)
		}
	}
}

// The neighbouring mairie cannot tell what exists from what does not.
func TestMairieVoisine(t *testing.T) {
	m := fixture.New(t)
	page := inscrire(t, m, nil)
	enfant := fixture.Valeur[string](m, `select id::text from eleve`)
	unknown := fixture.Inconnu.String()
	for foreign, none := range map[string]string{
		page:               "/inscriptions/" + unknown,
		page + "/modifier": "/inscriptions/" + unknown + "/modifier",
		page + "/annuler":  "/inscriptions/" + unknown + "/annuler",
		"/eleves/" + enfant + "/certificat-inscription.pdf": "/eleves/" + unknown + "/certificat-inscription.pdf",
	} {
		a, b := m.Get("mairie voisine", foreign), m.Get("mairie voisine", none)
		if a.Code != 404 || a.Body != b.Body {
			t.Errorf("%s: %d, %d, the same bytes: %v", foreign, a.Code, b.Code, a.Body == b.Body)
		}
		if own := m.Get("mairie", foreign); own.Code != 200 {
			t.Errorf("the control: %s is %d to whom it belongs", foreign, own.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where habilitation_id = (select id from habilitation where commune_insee = '65286')`); n != 0 {
		t.Errorf("%d lines of the journal say that the neighbour has read", n)
	}
}

// The mairie of the place where the child lives reads the inscription made elsewhere, and changes nothing.
func TestEnfantInscritAilleurs(t *testing.T) {
	m := fixture.New(t)
	ines := m.Inscrire("mairie voisine", fixture.Voisine, "Inès") // lives in Tarbes
	page := "/inscriptions/" + ines.Inscription.String()
	got := m.Get("mairie", page)
	shows(t, got.Body, "ABADIE Inès", "École primaire du Lapacca, Lourdes", "inscrit dans une autre", "5 rue des Pyrénées")
	hides(t, got.Body, page+"/modifier", page+"/annuler", "certificat-inscription.pdf")
	for _, act := range []string{"/modifier", "/annuler"} {
		if got := m.Get("mairie", page+act); got.Code != 404 {
			t.Errorf("%s: %d", act, got.Code)
		}
		if got := m.Post("mairie", page+act, demande("0", url.Values{"motif_annulation": {"famille_renonce"}})); got.Code != 404 {
			t.Errorf("%s posted: %d", act, got.Code)
		}
	}
	shows(t, m.Get("mairie", "/inscriptions").Body, "ABADIE Inès", "hors commune")
	if got := m.Get("mairie", "/eleves/"+ines.ID.String()+"/certificat-inscription.pdf"); got.Code != 422 {
		t.Errorf("a certificate of another mairie: %d", got.Code)
	}
}
