package compte

import (
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
)

func TestMairieDe(t *testing.T) {
	for commune, want := range map[string]string{
		"Tarbes": "Mairie de Tarbes", "Aureilhan": "Mairie d’Aureilhan", "Éauze": "Mairie d’Éauze", "Œuilly": "Mairie d’Œuilly",
		"Le Havre": "Mairie du Havre", "Les Angles": "Mairie des Angles", "La Barthe-de-Neste": "Mairie de La Barthe-de-Neste",
		"L’Isle-en-Dodon": "Mairie de L’Isle-en-Dodon", "Hèches": "Mairie de Hèches", "Lespouey": "Mairie de Lespouey", "": "Mairie de ",
	} {
		if got := MairieDe(commune); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// An agent bears the names that the banner shows and the codes that pages need, whatever his role.
func TestAgents(t *testing.T) {
	for _, tt := range []struct {
		role                             habilitation.Role
		code, territoire, ecole, commune string
	}{
		{habilitation.Mairie, "65440", "Mairie de Tarbes", "", "65440"},
		{habilitation.Mairie, "65047", "Mairie d’Aureilhan", "", "65047"},
		{habilitation.Directeur, "0650001A", "École élémentaire Jean-Jaurès, Tarbes", "0650001A", ""},
		{habilitation.IEN, "0650050A", "Tarbes Ouest", "", ""},
		{habilitation.IA, "65", "Hautes-Pyrénées", "", ""},
		{habilitation.Service, "65", "Hautes-Pyrénées", "", ""},
		{habilitation.College, "0650002B", "Collège Paul-Éluard, Tarbes", "", ""},
		{habilitation.Statistique, "16", "Toulouse", "", ""},
		{habilitation.Statistique, "", "France entière", "", ""},
	} {
		t.Run(string(tt.role)+" "+tt.code, func(t *testing.T) {
			m := newMonde(t)
			id, _ := m.compte("claire.fabre", Mandat{Role: tt.role, Territoire: tt.code, Debut: m.now})
			agents, err := m.gate.Agents(t.Context(), id, m.now)
			if err != nil || len(agents) != 1 {
				t.Fatalf("got %v, %v", agents, err)
			}
			a := agents[0]
			want := habilitation.Agent{
				Compte: id, Habilitation: a.Habilitation, Role: tt.role, Nom: "Claire Fabre", Territoire: tt.territoire,
				Ecole: tt.ecole, Commune: tt.commune, Maintenant: m.now,
			}
			if a != want {
				t.Errorf("got %+v, want %+v", a, want)
			}
		})
	}
}

// A habilitation opens on its first day and closes after its last one.
func TestAgentsOfTheDay(t *testing.T) {
	m := newMonde(t)
	day := func(n int) *time.Time { d := m.now.AddDate(0, 0, n); return &d }
	mandat := func(code string, debut, fin int) Mandat {
		return Mandat{habilitation.Mairie, code, *day(debut), day(fin)}
	}
	id, _ := m.compte("claire.fabre", mandat("65440", -5, -1), mandat("65440", -5, 0), mandat("65047", 0, 5), mandat("65047", 1, 5))
	for n, want := range map[int]int{-6: 0, -5: 2, -1: 2, 0: 2, 1: 2, 5: 2, 6: 0} {
		agents, err := m.gate.Agents(t.Context(), id, *day(n))
		if err != nil || len(agents) != want {
			t.Errorf("day %d: got %d, %v, want %d", n, len(agents), err, want)
		}
		for _, a := range agents {
			if a.Plusieurs != (want > 1) {
				t.Errorf("day %d: Plusieurs is %v", n, a.Plusieurs)
			}
		}
	}
	m.exec(`update compte set actif = false`)
	if agents, err := m.gate.Agents(t.Context(), id, m.now); err != nil || len(agents) != 0 {
		t.Errorf("a suspended account may still act: %v, %v", agents, err)
	}
}

func TestCreerRefusesPublicNumbers(t *testing.T) {
	m := newMonde(t)
	_, err := Creer(t.Context(), m.owner, m.gate.Coffre, Nouveau{Identifiant: "0650001a", Cle: NouvelleCle(), CreeLe: m.now})
	if r, ok := refusal.As(err); !ok || r.Field != "identifiant" {
		t.Errorf("got %v", err)
	}
	// The base refuses by itself what went round the rule.
	for _, identifiant := range []string{"0650001a", "65440", "2a004", "Claire"} {
		_, err := m.owner.Exec(t.Context(), `savepoint s`)
		if err == nil {
			_, err = m.owner.Exec(t.Context(), `insert into compte (id, identifiant, nom, prenom, mot_de_passe, a_changer, cree_le)
				values (gen_random_uuid(), $1, '', '', '', false, now())`, identifiant)
		}
		if err == nil {
			t.Errorf("%q is accepted by the base", identifiant)
		}
		m.exec(`rollback to s`)
	}
}
