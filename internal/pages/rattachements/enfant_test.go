package rattachements_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// enfant is a child as the reference school types him.
func enfant(pairs ...string) url.Values {
	v := url.Values{
		"nom_famille": {"Cazenave"}, "prenom": {"Ilan"}, "sexe": {"M"}, "date_naissance": {"120318"},
		"commune_naissance": {"Tarbes"}, "commune_naissance_insee": {fixture.Tarbes},
		"voie": {"3 rue Massey"}, "code_postal": {"65000"}, "commune": {"Tarbes"}, "commune_insee": {fixture.Tarbes}, "pays": {"France"},
		"responsable.0.nature": {"personne"}, "responsable.0.nom_famille": {"Cazenave"}, "responsable.0.prenom": {"Luc"},
		"responsable.0.lien": {"pere"}, "responsable.0.autorite_parentale": {"true"}, "responsable.0.meme_adresse": {"true"},
		"modalite": {"esms"}, "debut": {"01/09/2026"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestOuvrirUnDossier(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		form        url.Values
		code        int
		shows       string
	}{
		{"l’école de référence ouvre le dossier", "directeur", enfant(), 303, ""},
		{"pas sans modalité", "directeur", enfant("modalite", ""), 422, "Choisissez comment l’enfant est instruit."},
		{"pas sans nom", "directeur", enfant("nom_famille", ""), 422, `value="Ilan"`},
		{"la mairie n’en ouvre pas ici", "mairie", enfant(), 403, ""},
		{"l’IA l’ouvre, avec une école de référence", "ia", enfant("ecole_uai", fixture.Ecole), 303, ""},
		{"ou rattaché au département", "ia", enfant(), 303, ""},
		{"pas dans une école d’un autre département", "ia", enfant("ecole_uai", fixture.Lointaine), 422, "Aucune école de votre département ne porte ce code."},
		{"ni dans une commune d’un autre", "ia voisine", enfant(), 422, "l’enfant habite une commune de votre département"},
		{"ni sans premier jour", "ia", enfant("debut", ""), 422, "Indiquez le premier jour"},
		{"l’IEN n’en ouvre pas", "ien", enfant(), 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post(tt.agent, "/rattachements/enfant", tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			files := fixture.Valeur[int](m, `select count(*) from eleve e join rattachement r on r.eleve_id = e.id`)
			if (files == 1) != (tt.code == 303) || fixture.Valeur[int](m, `select count(*) from eleve`) != files {
				t.Errorf("%d files opened", files)
			}
			if n := fixture.Valeur[int](m, `select count(*) from scolarite`); n != 0 {
				t.Errorf("%d scolarités: the child is counted by the school", n)
			}
		})
	}
}

// A child who looks like another is shown before a second file is opened.
func TestPasDeSecondDossier(t *testing.T) {
	m := fixture.New(t)
	m.Post("directeur", "/rattachements/enfant", enfant())
	got := m.Post("directeur", "/rattachements/enfant", enfant())
	if got.Code != 422 || !strings.Contains(got.Body, "connaît déjà un enfant qui lui ressemble") {
		t.Fatalf("got %d", got.Code)
	}
	id := fixture.Valeur[string](m, `select id::text from eleve`)
	same := m.Post("directeur", "/rattachements/enfant", enfant("doublon."+id, "meme"))
	if to := same.Header.Get("Location"); to != "/rattachements/nouveau?eleve="+id {
		t.Errorf("the same child leads to %q", to)
	}
	if got := m.Get("directeur", "/rattachements/nouveau?eleve="+id); got.Code != 200 || !strings.Contains(got.Body, date.Court(fixture.Aujourdhui)) {
		t.Errorf("his form: %d", got.Code)
	}
}

// The file that the IA opens is held where the child is attached, asks for his number, and is the IA's to correct.
func TestDossierOuvertParLIA(t *testing.T) {
	for _, tt := range []struct{ ecole, tenu, lit, nelitpas string }{
		{fixture.Ecole, "ecole", "directeur", "directeur voisin"},
		{"", "mairie", "mairie", "directeur"},
	} {
		t.Run(tt.tenu, func(t *testing.T) {
			m := fixture.New(t)
			list := m.Post("ia", "/rattachements/enfant", enfant("ecole_uai", tt.ecole)).Header.Get("Location")
			id := fixture.Valeur[string](m, `select id::text from eleve where tenu_par = $1 and residence_insee = $2
				and coalesce(ecole_uai, '') = $3`, tt.tenu, fixture.Tarbes, tt.ecole)
			if n := fixture.Valeur[int](m, `select count(*) from immatriculation i join lien_responsable l using (eleve_id)
				join responsable r on r.id = l.responsable_id join adresse a on a.id = r.adresse_id
				where i.etat = 'en_attente' and l.rang = 1 and r.nom_famille = 'Cazenave' and a.voie = '3 rue Massey'`); n != 1 {
				t.Errorf("%d files that ask for a number", n)
			}
			if got := m.Get(tt.lit, "/eleves/"+id); got.Code != 200 {
				t.Errorf("%s reads %d", tt.lit, got.Code)
			}
			for _, page := range []string{"/eleves/" + id, "/ine/" + id, "/eleves/" + id + "/historique"} {
				if got := m.Get("ia", page); got.Code != 200 || !strings.Contains(got.Body, "Cazenave") && !strings.Contains(got.Body, "CAZENAVE") {
					t.Errorf("the IA reads %d of %s", got.Code, page)
				}
			}
			if got := m.Get("ia", "/eleves/"+id); !strings.Contains(got.Body, "3 rue Massey") || !strings.Contains(got.Body, "Luc") {
				t.Error("the IA does not read the home, or who is responsible")
			}
			for _, other := range []string{tt.nelitpas, "ia voisine"} {
				if got := m.Get(other, "/eleves/"+id); got.Code != 404 { // the control
					t.Errorf("%s reads %d", other, got.Code)
				}
			}
			end := url.Values{"modalite": {"famille"}, "debut": {"01/09/2026"}, "fin": {"30/06/2027"}, "version": {"1"}, "ecole_uai": {tt.ecole}}
			if got := m.Post("ia", list, end); got.Code != 303 {
				t.Errorf("corrected: %d", got.Code)
			}
			again := url.Values{"eleve_id": {id}, "modalite": {"cned"}, "debut": {"01/09/2027"}, "ecole_uai": {tt.ecole}}
			if got := m.Post("ia", "/rattachements/nouveau", again); got.Code != 303 {
				t.Errorf("attached again: %d %s", got.Code, got.Body)
			}
			if got := m.Post("ia voisine", "/rattachements/nouveau", again); got.Code != 422 && got.Code != 404 {
				t.Errorf("attached by another IA: %d", got.Code)
			}
		})
	}
}

// The child whom the register knows in another territory is not entered twice, nor attached from afar; a homonym is.
func TestLIAChercheDabordPartout(t *testing.T) {
	m := fixture.New(t)
	m.Post("ia voisine", "/rattachements/enfant", enfant("ecole_uai", fixture.Lointaine))
	id := fixture.Valeur[string](m, `select id::text from eleve`)
	for _, tt := range []struct {
		answer string
		code   int
		shows  string
	}{
		{"", 422, "connaît déjà un enfant qui lui ressemble"},
		{"meme", 422, "hors de votre territoire"},
		{"jamais", 303, ""},
	} {
		if got := m.Post("ia", "/rattachements/enfant", enfant("doublon."+id, tt.answer)); got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
			t.Errorf("%q: %d", tt.answer, got.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from distinction`); n != 1 {
		t.Errorf("%d pairs that nobody is asked about again", n)
	}
}

// The function looks at the territory itself, whoever calls it.
func TestOuvrirHorsDuTerritoire(t *testing.T) {
	for agent, done := range map[string]bool{"ia": true, "ia voisine": false} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			a := m.Agent(agent)
			err := m.DB.Ecrire(t.Context(), a.Portee(), func(tx territoire.Tx) error {
				_, rows, err := eleve.Nouveau{Identite: fixture.Lina("Ilan").Identite, Adresse: fixture.Lina("Ilan").Adresse,
					Responsables: fixture.Lina("Ilan").Responsables, Ecole: fixture.Ecole}.Rangees(a)
				if err != nil {
					return err
				}
				b, err := json.Marshal(map[string]any{"eleve": rows.Eleve, "adresses": rows.Adresses, "responsables": rows.Responsables, "liens": rows.Liens,
					"rattachement": map[string]string{"id": uuid.NewString(), "modalite": "famille", "debut": "2026-09-01"}})
				if err == nil {
					_, err = tx.Exec(t.Context(), `select ouvrir_dossier_ia($1, '{}')`, b)
				}
				return err
			})
			if (err == nil) != done {
				t.Errorf("got %v", err)
			}
		})
	}
}
