package passages_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// ecoliers are three pupils of CE1 who are here, one of whom has a class, and one of another school.
type ecoliers struct{ lina, noe, max, lea fixture.Enfant }

func settle(m *fixture.Monde) ecoliers {
	return ecoliers{
		lina: m.Present("Lina"), noe: m.Present("Noé"), max: m.Placer("directeur", m.Present("Max"), fixture.CE1),
		lea: m.PresentAilleurs("Léa"),
	}
}

func path(e fixture.Enfant) string { return "/passages/" + e.Scolarite.String() }

// form is a step, with the day of today unless it says another.
func form(etape string, more ...string) url.Values {
	v := url.Values{"etape": {etape}, "le": {"22/11/2026"}}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

func TestList(t *testing.T) {
	for _, tt := range []struct {
		name, agent, query string
		code               int
		shows, hides       []string
	}{
		{"ce qui serait proposé à chacun", "directeur", "", 200, []string{"ABADIE Lina", "ABADIE Max", "Passage en CE2", "Proposition pour ABADIE Lina"}, []string{"ABADIE Léa"}},
		{"une classe", "directeur", "?classe=" + fixture.CE1.String(), 200, []string{"ABADIE Max"}, []string{"ABADIE Lina"}},
		{"rien n’attend d’être notifié", "directeur", "?etat=a_notifier", 200, []string{"Aucune proposition n’attend d’être notifiée."}, []string{"ABADIE"}},
		{"une autre année", "directeur", "?annee=2025", 200, []string{"Chaque élève a sa proposition."}, []string{"ABADIE"}},
		{"l’école d’à côté voit les siens", "directeur du même", "", 200, nil, []string{"ABADIE Lina"}},
		{"la mairie ne décide pas", "mairie", "", 403, nil, nil},
		{"l’IEN voit ceux que l’on suit", "ien", "", 200, []string{"Aucun passage de votre territoire"}, []string{"ABADIE Lina"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			got := m.Get(tt.agent, "/passages"+tt.query)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, tt.hides)
		})
	}
}

// A whole class goes through the procedure at once, and nobody is decided before the family could answer.
func TestEnsemble(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	tous := url.Values{"id": {e.lina.Scolarite.String(), e.noe.Scolarite.String(), e.max.Scolarite.String()}}
	faire := func(onglet, etape, le string) string {
		t.Helper()
		v := url.Values{"id": tous["id"], "le": {le}}
		got := m.Post("directeur", "/passages?etat="+onglet+"&etape="+etape, v)
		if got.Code == 303 {
			return ""
		}
		if got.Code != 422 {
			t.Fatalf("%s: status %d", etape, got.Code)
		}
		return got.Body
	}
	today := m.Heure.Format("02/01/2006")
	if said := faire("a_proposer", "proposer", ""); said != "" {
		t.Fatalf("proposer: %s", said)
	}
	if said := faire("a_proposer", "proposer", ""); said != "" {
		t.Fatalf("a proposal not yet notified can be made again: %s", said)
	}
	if said := faire("a_decider", "decider", today); !strings.Contains(said, "Notifiez d’abord la proposition à la famille.") {
		t.Errorf("decided before the notification: %s", said)
	}
	if said := faire("a_notifier", "notifier", ""); !strings.Contains(said, "Indiquez la date.") {
		t.Errorf("notified on no day: %s", said)
	}
	if said := faire("a_notifier", "notifier", today); said != "" {
		t.Fatalf("notifier: %s", said)
	}
	if said := faire("a_decider", "decider", today); !strings.Contains(said, "pour répondre à la proposition") {
		t.Errorf("decided before the answer: %s", said)
	}
	if _, err := m.Tx.Exec(t.Context(), `update passage set propose_le = propose_le - 16, notifie_le = notifie_le - 16`); err != nil {
		t.Fatal(err)
	}
	fixture.Shows(t, m.Get("directeur", "/passages?etat=a_decider").Body, []string{"ABADIE Lina", "Sans réponse depuis 15 jours\u00a0: accord"}, nil)
	if said := faire("a_decider", "decider", today); said != "" {
		t.Fatalf("decider: %s", said)
	}
	fixture.Shows(t, m.Get("directeur", "/passages?etat=decides").Body, []string{"ABADIE Lina", "ABADIE Noé", "ABADIE Max", "Décidé le"}, nil)
}

func TestExceptions(t *testing.T) {
	for _, tt := range []struct {
		name  string
		form  url.Values
		code  int
		shows []string
	}{
		{"un maintien", form("proposer", "decision", "maintien"), 303, []string{"Maintien en CE1", "Un maintien est exceptionnel"}},
		{"un passage anticipé", form("proposer", "decision", "passage_anticipe"), 303, []string{"Passage anticipé en CM1"}},
		{"un départ", form("proposer", "decision", "passage", "quittant", "oui"), 303, []string{"Quitte l’école"}},
		{"en sixième depuis le CE1", form("proposer", "decision", "passage_6e"), 422, []string{"Seul un élève de CM2 passe en sixième"}},
		{"sans rien choisir", form("proposer", "decision", ""), 422, []string{"Choisissez ce qui est proposé pour l’élève."}},
		{"décider sans proposer", form("decider", "decision", "passage"), 422, []string{"Notifiez d’abord"}},
		{"une étape inconnue", form("voler"), 422, []string{"Choisissez ce que vous voulez faire."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := settle(m)
			got := m.Post("directeur", path(e.lina), tt.form)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d: %s", got.Code, tt.code, got.Body)
			}
			if got.Code == 303 {
				got = m.Get("directeur", path(e.lina))
			}
			fixture.Shows(t, got.Body, tt.shows, nil)
		})
	}
}

// Two people on the same pupil: the second is told what the first did, and what he typed is kept.
func TestConflit(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	for _, decision := range []string{"passage", "maintien"} {
		if got := m.Post("directeur", path(e.lina), form("proposer", "decision", decision)); got.Code != 303 {
			t.Fatalf("got %d", got.Code)
		}
	}
	got := m.Post("directeur", path(e.lina), form("proposer", "decision", "passage_anticipe", "version", "1"))
	if got.Code != 409 {
		t.Fatalf("got %d, want 409", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"Proposé\u00a0: Maintien en CE1", `<option value="passage_anticipe" selected>`}, nil)
}

// A pupil of another school is not found, by the page nor by a selection.
func TestAilleurs(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	if got := m.Get("directeur", path(e.lea)); got.Code != 404 {
		t.Errorf("the page: %d", got.Code)
	}
	got := m.Post("directeur", "/passages?etat=a_proposer&etape=proposer", url.Values{"id": {e.lina.Scolarite.String(), e.lea.Scolarite.String()}})
	if got.Code != 404 {
		t.Errorf("the selection: %d", got.Code)
	}
	fixture.Shows(t, m.Get("directeur", "/passages").Body, []string{"ABADIE Lina"}, nil) // nothing was done to her either
}
