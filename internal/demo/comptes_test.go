package demo_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Each account of the log-in page opens its territory: identifier, password, code.
func TestComptes(t *testing.T) {
	o := options(t)
	_, url, _ := fill(t, o)
	db, _, err := territoire.Connecter(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Fermer)
	now := o.Maintenant
	list, err := demo.Presents{DB: db, Coffre: o.Coffre, Now: func() time.Time { return now }}.Comptes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gate := compte.NewGate(db, o.Coffre, slog.New(slog.DiscardHandler))
	byRole, territories := map[habilitation.Role]int{}, map[string]bool{}
	plusieurs, aChanger := 0, 0
	for i, c := range list {
		agents, changer := entrer(t, gate, c, fmt.Sprintf("192.0.2.%d", i+1), now)
		byRole[c.Role]++
		territories[string(c.Role)+c.Territoire] = true
		if changer {
			aChanger++
		}
		if len(agents) > 1 {
			plusieurs++
		} else if agents[0].Territoire != c.Territoire || agents[0].Role != c.Role {
			t.Errorf("%s: %s for %s, listed as %s for %s", c.Identifiant, agents[0].Role, agents[0].Territoire, c.Role, c.Territoire)
		}
		if err := compte.JugerMotDePasse(c.MotDePasse, c.Identifiant, c.Territoire); err != nil {
			t.Errorf("%s: %s: %v", c.Identifiant, c.MotDePasse, err)
		}
	}
	for _, role := range habilitation.Roles {
		if byRole[role] < 2 {
			t.Errorf("%d accounts of %s", byRole[role], role)
		}
	}
	if plusieurs != 1 || aChanger != 1 || len(territories) != len(list) {
		t.Errorf("%d with several habilitations, %d with a password to change, %d territories", plusieurs, aChanger, len(territories))
	}
}

func entrer(t *testing.T, gate *compte.Gate, c compte.DemoCompte, address string, now time.Time) (agents []habilitation.Agent, aChanger bool) {
	t.Helper()
	v := compte.Visite{Adresse: address, Maintenant: now}
	id, err := gate.MotDePasse(t.Context(), v, c.Identifiant, c.MotDePasse)
	if err != nil {
		t.Fatalf("%s: %v", c.Identifiant, err)
	}
	aChanger, err = gate.Code(t.Context(), v, id, c.Identifiant, c.Code)
	if err != nil {
		t.Fatalf("%s: %v", c.Identifiant, err)
	}
	agents, err = gate.Agents(t.Context(), id, now)
	if err != nil || len(agents) == 0 {
		t.Fatalf("%s: %v", c.Identifiant, err)
	}
	return agents, aChanger
}
