package immatriculations_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/fixture"
)

func TestDirecteurSeesBoth(t *testing.T) {
	m := fixture.New(t)
	elle, _ := bloquee(m)
	r := m.Get("directeur", page(elle))
	says(t, r, "INE de ABADIE Lina", "Bloqué : élève ressemblant", "Jour et mois de naissance inversés",
		"Date de naissance 12 avril 2019 4 décembre 2019 Différent", "École primaire du Lapacca, Lourdes", "Est-ce le même enfant ?",
		"C’est le même enfant", "C’est un autre enfant", "demander à l’inspection académique", "Corriger l’identité")
	for _, secret := range []string{"rue des Pyrénées", "06 00 00 00 01", "anne.abadie", "Anne"} {
		if strings.Contains(r.Body, secret) {
			t.Errorf("shows %q", secret)
		}
	}
	if n := fixture.Valeur[int](m, `select count(distinct ecole_uai) from journal where acte = 'comparer_ine'`); n != 2 {
		t.Errorf("the reading is noted for %d schools, want both", n)
	}
}

// The school of a child whose home is protected would tell where he is.
func TestProtectedHomeHidesTheSchool(t *testing.T) {
	m := fixture.New(t)
	elle, autre := bloquee(m)
	behind(m, `update adresse set protegee = true where id = (select adresse_id from eleve where id = $1)`, autre.ID)
	r := m.Get("directeur", page(elle))
	says(t, r, "école non communiquée")
	if strings.Contains(r.Body, "Lapacca") {
		t.Error("the school is told")
	}
}

func TestAnswers(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		world       func(m *fixture.Monde) (elle, autre fixture.Enfant)
		decision    string
		motif       string
		elle, autre string // once the register has answered
		again       string // once undone
	}{
		{"le même enfant, dit l’école", "directeur", bloquee, "meme", "", "attribue avec numéro", "remplace", "bloque_doublon ressemblance"},
		{"un autre enfant, dit l’école", "directeur", bloquee, "autre", "", "attribue avec numéro", "attribue avec numéro", "en_verification ressemblance avec numéro"},
		{"l’école ne sait pas", "directeur", bloquee, "ia", "", "litige ressemblance", "attribue avec numéro", "bloque_doublon ressemblance"},
		{"le même enfant, dit l’IA", "ia", enLitige, "meme", "acte_naissance", "attribue avec numéro", "remplace", "litige ressemblance"},
		{"un autre enfant, dit l’IA", "ia", enLitige, "autre", "ecoles", "attribue avec numéro", "attribue avec numéro", "litige ressemblance avec numéro"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			elle, autre := tt.world(m)
			before := numero(m, autre.ID)
			reponse(m, tt.agent, elle, autre, tt.decision, tt.motif)
			registre(m)
			if got := etat(m, elle.ID); got != tt.elle {
				t.Errorf("she: %s", got)
			}
			if got := etat(m, autre.ID); got != tt.autre {
				t.Errorf("the other: %s", got)
			}
			if tt.decision == "meme" && numero(m, elle.ID) != before {
				t.Error("the number did not follow")
			}
			if r := m.Post(tt.agent, page(elle)+"/revenir", nil); r.Code != http.StatusSeeOther {
				t.Fatalf("undo: %d %s", r.Code, text(r))
			}
			if got := etat(m, elle.ID); got != tt.again {
				t.Errorf("undone: %s", got)
			}
			if got := numero(m, autre.ID); got != before {
				t.Error("the other has not his number again")
			}
			registre(m)
			if got := etat(m, elle.ID); got != tt.again {
				t.Errorf("the question is not asked again: %s", got)
			}
		})
	}
}

func TestAnswersRefused(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		world       func(m *fixture.Monde) (elle, autre fixture.Enfant)
		decision    string
		code        int
		says        string
	}{
		{"sans réponse", "directeur", bloquee, "", 422, "Dites si c’est le même enfant."},
		{"l’école, d’un litige", "directeur", enLitige, "autre", 422, "L’inspection académique traite ce litige"},
		{"l’IA, de ce que l’école n’a pas transmis", "ia", bloquee, "autre", 422, "L’école décide elle-même"},
		{"l’IA, sans motif", "ia", enLitige, "autre", 422, "Choisissez ce qui fonde votre décision."},
		{"la mairie", "mairie", bloquee, "meme", 403, ""},
		{"l’IEN", "ien", bloquee, "meme", 403, ""},
		{"la voisine, dont c’est l’ancienne élève", "directeur voisin", bloquee, "meme", 404, ""},
		{"l’IA d’à côté", "ia voisine", enLitige, "meme", 404, ""},
		{"le même enfant, qu’une école a encore", "directeur", func(m *fixture.Monde) (elle, autre fixture.Enfant) {
			autre = m.PresentAilleurs("Lina")
			registre(m)
			elle = m.Present("Lina")
			registre(m)
			return elle, autre
		}, "meme", 422, "l’inspection académique doit décider"},
		{"rien n’est demandé", "directeur", func(m *fixture.Monde) (elle, autre fixture.Enfant) {
			return m.Present("Lina"), connue(m, "Gaspard", sonJour)
		}, "autre", 422, "Il n’y a rien à décider"},
		{"un élève qui ne ressemble pas", "directeur", func(m *fixture.Monde) (elle, autre fixture.Enfant) {
			elle, _ = bloquee(m)
			return elle, connue(m, "Gaspard", sonJour)
		}, "meme", 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			elle, autre := tt.world(m)
			before := etat(m, elle.ID)
			r := repondre(m, tt.agent, elle, autre, tt.decision, "")
			if r.Code != tt.code {
				t.Fatalf("answered %d: %s", r.Code, text(r))
			}
			says(t, r, tt.says)
			if tt.code == 422 && !strings.Contains(r.Body, `role="alert"`) {
				t.Error("without an alert")
			}
			if got := etat(m, elle.ID); got != before {
				t.Errorf("changed all the same: %s", got)
			}
		})
	}
}

// Two who answer at once: the second sees what the first has done.
func TestSecondAnswerIsToldOfTheFirst(t *testing.T) {
	m := fixture.New(t)
	elle, autre := bloquee(m)
	reponse(m, "directeur", elle, autre, "ia", "")
	form := url.Values{"candidat": {autre.ID.String()}, "decision": {"meme"}, "version": {"1"}}
	r := m.Post("directeur", page(elle), form)
	if r.Code != http.StatusConflict {
		t.Fatalf("answered %d", r.Code)
	}
	says(t, r, "Quelqu’un a agi sur ce numéro", "En litige")
}

// The same form sent twice acts once.
func TestAnswerSentTwice(t *testing.T) {
	m := fixture.New(t)
	elle, autre := bloquee(m)
	form := url.Values{"jeton": {m.Jeton("directeur")}, "candidat": {autre.ID.String()}, "decision": {"autre"}}
	for range 2 {
		if r := m.PostAs("directeur", page(elle), form); r.Code != http.StatusSeeOther {
			t.Fatalf("answered %d", r.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'ine_autre_enfant'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
}

// An answer about one look-alike leaves the question about the other.
func TestTwoLookAlikes(t *testing.T) {
	m := fixture.New(t)
	premiere := connue(m, "Lina", inverse)
	seconde := connue(m, "Lyna", sonJour) // who looks like the first one too
	behind(m, `update immatriculation set etat = 'attribue', raison = '', ine = '990099999AA' where eleve_id = $1`, seconde.ID)
	elle := m.Present("Lina")
	registre(m)
	says(t, m.Get("directeur", page(elle)), "1 autre élève lui ressemble")
	reponse(m, "directeur", elle, premiere, "autre", "")
	if got := etat(m, elle.ID); got != "bloque_doublon ressemblance" {
		t.Errorf("after the first: %s", got)
	}
	reponse(m, "directeur", elle, seconde, "autre", "")
	registre(m)
	if got := etat(m, elle.ID); got != "attribue avec numéro" {
		t.Errorf("after both: %s", got)
	}
	says(t, m.Get("directeur", page(elle)), "un autre enfant, selon l’école, le 20/11/2026")
}

func TestTooLateToComeBack(t *testing.T) {
	m := fixture.New(t)
	elle, autre := bloquee(m)
	reponse(m, "directeur", elle, autre, "autre", "")
	registre(m)
	behind(m, `update ressemblance set decide_le = decide_le - interval '31 days'`)
	r := m.Post("directeur", page(elle)+"/revenir", nil)
	says(t, r, "On ne peut plus revenir sur cette réponse.")
	if got := etat(m, elle.ID); got != "attribue avec numéro" {
		t.Errorf("changed all the same: %s", got)
	}
	if strings.Contains(m.Get("directeur", page(elle)).Body, "Lapacca") {
		t.Error("the other file is still shown")
	}
}

// Of a child whom no school holds the IA is asked at once: no directeur would be.
func TestWhomNoSchoolHolds(t *testing.T) {
	m := fixture.New(t)
	r := m.Post("ia", "/rattachements/enfant", url.Values{
		"nom_famille": {"Cazenave"}, "prenom": {"Ilan"}, "sexe": {"M"}, "date_naissance": {"120419"}, "commune_naissance_insee": {fixture.Tarbes},
		"commune_naissance": {"Tarbes"}, "voie": {"3 rue Massey"}, "code_postal": {"65000"}, "commune": {"Tarbes"}, "commune_insee": {fixture.Tarbes},
		"pays": {"France"}, "responsable.0.nature": {"personne"}, "responsable.0.nom_famille": {"Cazenave"}, "responsable.0.prenom": {"Luc"},
		"responsable.0.lien": {"pere"}, "responsable.0.autorite_parentale": {"true"}, "responsable.0.meme_adresse": {"true"},
		"modalite": {"famille"}, "debut": {"01/09/2026"},
	})
	if r.Code != http.StatusSeeOther {
		t.Fatalf("got %d %s", r.Code, text(r))
	}
	elle := fixture.Enfant{ID: fixture.Valeur[uuid.UUID](m, `select id from eleve`)}
	autre := connue(m, "Ilan", inverse)
	behind(m, `update eleve set nom_famille = 'Cazenave', sexe = 'M' where id = $1`, autre.ID)
	behind(m, `update immatriculation set etat = 'en_attente', ine = null, attribue_le = null where eleve_id = $1`, elle.ID)
	registre(m)
	if got := etat(m, elle.ID); got != "litige ressemblance" {
		t.Fatalf("she: %s", got)
	}
	says(t, m.Get("ia", "/ine"), "CAZENAVE Ilan", "Rattaché au département")
	for _, agent := range []string{"directeur", "ia voisine"} {
		if got := m.Get(agent, page(elle)); got.Code != http.StatusNotFound { // the control
			t.Errorf("%s reads %d", agent, got.Code)
		}
	}
	before := numero(m, autre.ID)
	reponse(m, "ia", elle, autre, "meme", "acte_naissance")
	registre(m)
	if etat(m, elle.ID) != "attribue avec numéro" || numero(m, elle.ID) != before {
		t.Errorf("she: %s", etat(m, elle.ID))
	}
}
