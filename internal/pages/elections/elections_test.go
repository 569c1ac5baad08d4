package elections_test

import (
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func TestPreparer(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		form        []string
		code        int
		shows       string
	}{
		{"le directeur choisit les dates", "directeur", nil, 303, ""},
		{"par correspondance, sans heures", "directeur", []string{"mode", "correspondance", "ouvre_a", "", "ferme_a", ""}, 303, ""},
		{"pas après la septième semaine", "directeur", []string{"scrutin_le", "191026"}, 422, "au plus tard le 18\u00a0octobre\u00a02026"},
		{"sauf à dire pourquoi", "directeur", []string{"scrutin_le", "041226", "report", "annulation"}, 303, ""},
		{"pas moins de quatre heures", "directeur", []string{"ferme_a", "12h"}, 422, "au moins quatre heures de suite"},
		{"ce qui est illisible reste tapé", "directeur", []string{"ouvre_a", "midi"}, 422, `value="midi"`},
		{"pas d’une année fermée", "directeur", []string{"annee", "2031", "scrutin_le", "10/10/2031"}, 422, "n’est pas encore ouverte"},
		{"l’IEN lit", "ien", nil, 403, ""},
		{"l’IA aussi", "ia", nil, 403, ""},
		{"la mairie n’en voit rien", "mairie", nil, 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := septembre(t)
			got := m.Post(tt.agent, "/elections/nouvelle", dates(tt.form...))
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if n := fixture.Valeur[int](m, `select count(*) from election`); (n == 1) != (tt.code == 303) {
				t.Errorf("%d elections", n)
			}
		})
	}
	t.Run("une élection par école et par an", func(t *testing.T) {
		m := septembre(t)
		preparer(m, "directeur")
		if got := m.Post("directeur", "/elections/nouvelle", dates()); got.Code != 422 || !strings.Contains(got.Body, "déjà préparée") {
			t.Errorf("a second one: %d", got.Code)
		}
	})
}

// The calendar tells what is due, what is done, what is late.
func TestCalendrier(t *testing.T) {
	m := septembre(t)
	if empty := m.Get("directeur", "/elections").Body; !strings.Contains(empty, "n’est pas encore préparée") || !strings.Contains(empty, "2\u00a0classes") {
		t.Error("an election that is not prepared does not say so")
	}
	id := preparer(m, "directeur")
	shown := m.Get("directeur", "/elections").Body
	for _, want := range []string{"Vote le 9\u00a0octobre\u00a02026, de 8\u00a0h à 12\u00a0h", "<td>18/09/2026</td>", "<td>28/09/2026</td>", "À faire", "En retard", "<dd>2</dd>"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the calendar does not show %q\n%s", want, shown)
		}
	}
	if got := m.Post("directeur", "/elections/"+id.String()+"/dates", dates("version", "1", "reunion_le", "140926")); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	if shown := m.Get("directeur", "/elections/"+id.String()).Body; !strings.Contains(shown, "Fait le 14/09/2026") {
		t.Error("the meeting is not shown as done")
	}
	conflict := m.Post("directeur", "/elections/"+id.String()+"/dates", dates("version", "1", "scrutin_le", "081026"))
	if conflict.Code != 409 || !strings.Contains(conflict.Body, "Les deux versions") || !strings.Contains(conflict.Body, `value="081026"`) {
		t.Errorf("after another: %d\n%s", conflict.Code, conflict.Body)
	}
}

// An inspection reads the dates and the figures of its schools, and no name of a parent.
func TestInspections(t *testing.T) {
	m := septembre(t)
	m.Present("Lina")
	id := preparer(m, "directeur")
	arreter(m, "directeur", id)
	for _, agent := range []string{"ien", "ia"} {
		list := m.Get(agent, "/elections").Body
		for _, want := range []string{"Jean-Jaurès", "09/10/2026", "18/09/2026", "École élémentaire Arago", "Non préparé"} {
			if !strings.Contains(list, want) {
				t.Errorf("%s does not read %q", agent, want)
			}
		}
		if csv := m.Get(agent, "/elections.csv").Body; !strings.Contains(csv, "Tarbes;09/10/2026;18/09/2026;2;1") || strings.Contains(csv, "Anne") {
			t.Errorf("%s: the file: %q", agent, csv)
		}
		one := m.Get(agent, "/elections/"+id.String())
		if one.Code != 200 || strings.Contains(one.Body, "Abadie") || strings.Contains(one.Body, "/dates") {
			t.Errorf("%s: %d on the election", agent, one.Code)
		}
		if got := m.Get(agent, "/elections/"+id.String()+"/liste"); got.Code != 403 {
			t.Errorf("%s: %d on the list of voters", agent, got.Code)
		}
	}
	if none := m.Get("ien", "/elections?etat=sans").Body; strings.Contains(none, "Jean-Jaurès") || !strings.Contains(none, "Arago") {
		t.Error("the schools that have prepared nothing are not told apart")
	}
	if foreign := m.Get("ien voisin", "/elections/"+id.String()); foreign.Code != 404 {
		t.Errorf("the inspection next door: %d", foreign.Code)
	}
}
