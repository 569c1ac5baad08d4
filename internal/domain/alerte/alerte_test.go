package alerte_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/alerte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// noter writes n lines of the directeur, one minute before le, each about another object where autres says so.
func noter(m *fixture.Monde, acte, objet string, n int, autres bool, le time.Time) {
	m.Helper()
	a := m.Agent("directeur")
	_, err := m.Tx.Exec(context.Background(), `
		insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, requete)
		select $1::timestamptz, $2, $3, 'directeur', $4, $5, case when $7 then gen_random_uuid() else $2 end, case when $7 then gen_random_uuid()::text else 'une' end
		from generate_series(1, $6::int) i`, le.Add(-time.Minute), a.Compte, a.Habilitation, acte, objet, n, autres)
	if err != nil {
		m.Fatal(err)
	}
}

func relever(m *fixture.Monde, le time.Time) int {
	m.Helper()
	n, err := alerte.Relever(context.Background(), m.DB, le)
	if err != nil {
		m.Fatal(err)
	}
	return n
}

// AUD-8: each kind gives one alert at its threshold, none under it, none for the same thing done again and again, none for
// what was done earlier; the same lines are told once, and told anew only after somebody has looked.
func TestChaqueSeuil(t *testing.T) {
	vendredi := fixture.Aujourdhui.Add(9 * time.Hour)
	for _, tt := range []struct {
		genre       alerte.Genre
		acte, objet string
		le          time.Time
	}{
		{alerte.Lecture, "consulter", "eleve", vendredi},
		{alerte.Horaire, "consulter", "eleve", vendredi.Add(12 * time.Hour)},
		{alerte.Horaire, "consulter", "eleve", vendredi.Add(48 * time.Hour)}, // a Sunday morning
		{alerte.Sonde, "sonder", "page", vendredi},
		{alerte.INE, "reveler", "immatriculation", vendredi},
		{alerte.Export, "exporter", "scolarite", vendredi},
		{alerte.Export, "extraire", "extraction", vendredi},
	} {
		t.Run(string(tt.genre)+" "+tt.acte, func(t *testing.T) {
			m, regle := fixture.New(t), alerte.RegleDe(tt.genre)
			noter(m, tt.acte, tt.objet, 3*regle.Seuil, false, tt.le)
			noter(m, tt.acte, tt.objet, 2*regle.Seuil, true, tt.le.Add(-regle.Duree))
			noter(m, tt.acte, tt.objet, regle.Seuil-2, true, tt.le)
			if n := relever(m, tt.le); n != 0 {
				t.Fatalf("%d alerts under the threshold", n)
			}
			noter(m, tt.acte, tt.objet, 1, true, tt.le)
			if n := relever(m, tt.le); n != 1 {
				t.Fatalf("%d alerts at the threshold, want 1", n)
			}
			kind := fixture.Valeur[string](m, `select genre from alerte where nombre = seuil and vue_le is null`)
			if kind != string(tt.genre) {
				t.Errorf("kind %q", kind)
			}
			if n := relever(m, tt.le.Add(alerte.Every)); n != 0 {
				t.Errorf("the same lines are told twice")
			}
			m.Heure = tt.le
			traiter(m, "ia", "normal")
			if n := relever(m, tt.le.Add(time.Second)); n != 0 {
				t.Errorf("what was looked at is told again")
			}
			later := tt.le.Add(2 * time.Minute)
			noter(m, tt.acte, tt.objet, regle.Seuil, true, later)
			if n := relever(m, later); n != 1 {
				t.Errorf("%d alerts about what was done after that, want 1", n)
			}
		})
	}
}

// In the hours of work, twenty files are nothing.
func TestDansLesHeures(t *testing.T) {
	m := fixture.New(t)
	le := fixture.Aujourdhui.Add(9 * time.Hour)
	noter(m, "consulter", "eleve", alerte.RegleDe(alerte.Horaire).Seuil, true, le)
	if n := relever(m, le); n != 0 {
		t.Errorf("%d alerts", n)
	}
}

// The pupils of files are no files opened, nor files more: a list of three hundred is one file (AUD-8).
func TestLesElevesDUnFichier(t *testing.T) {
	m := fixture.New(t)
	le := fixture.Aujourdhui.Add(9 * time.Hour)
	noter(m, "exporter", "eleve", 300, true, le)
	noter(m, "extraire", "eleve", 300, true, le)
	noter(m, "exporter", "scolarite", alerte.RegleDe(alerte.Export).Seuil-1, true, le)
	if n := relever(m, le); n != 0 {
		t.Errorf("%d alerts", n)
	}
	noter(m, "exporter", "scolarite", 1, true, le) // control
	if n := relever(m, le); n != 1 {
		t.Errorf("%d alerts of the tenth file, want 1", n)
	}
}

func traiter(m *fixture.Monde, agent string, s alerte.Suite) {
	m.Helper()
	m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		id := fixture.Valeur[[16]byte](m, `select id from alerte where vue_le is null`)
		return alerte.Traiter(ctx, tx, a, id, s)
	})
}

// An alert grows while nobody looks at it, and is read by the département of the account alone.
func TestAlerteEnCours(t *testing.T) {
	m := fixture.New(t)
	le := fixture.Aujourdhui.Add(9 * time.Hour)
	noter(m, "sonder", "page", 5, true, le)
	relever(m, le)
	noter(m, "sonder", "page", 4, true, le.Add(10*time.Minute))
	relever(m, le.Add(10*time.Minute))
	if n := fixture.Valeur[int](m, `select nombre from alerte`); n != 9 {
		t.Errorf("%d counted, want 9", n)
	}
	for agent, want := range map[string]int{"ia": 1, "service": 1, "ia voisine": 0, "service voisin": 0} {
		var n int
		err := m.DB.Lire(t.Context(), m.Agent(agent).Portee(), func(l *territoire.Lecture) {
			territoire.Valeur(l, &n, `select count(*)::int from alerte`)
		})
		if err != nil || n != want {
			t.Errorf("%s reads %d alerts (%v), want %d", agent, n, err, want)
		}
	}
	err := m.DB.Lire(t.Context(), m.Agent("directeur").Portee(), func(l *territoire.Lecture) { l.Exec(`select from alerte`) })
	if err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("the directeur reads alerts: %v", err)
	}
}
