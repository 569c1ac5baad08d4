package territoire_test

import (
	"context"
	"errors"
	"testing"

	"base-eleves/internal/territoire"
)

func TestScopeMustBeOpen(t *testing.T) {
	v := settle(t)
	ended := portee("directeur")
	ended.Le = rentree.AddDate(-1, 0, 0)
	notHeld := portee("directeur")
	notHeld.Role = "ia"
	for name, p := range map[string]territoire.Portee{"ended": ended, "of another role": notHeld} {
		err := v.db.Lire(context.Background(), p, func(*territoire.Lecture) {})
		if !errors.Is(err, territoire.ErrPorteeClose) {
			t.Errorf("a habilitation %s opens: %v", name, err)
		}
		err = v.db.Ecrire(context.Background(), p, func(territoire.Tx) error { return nil })
		if !errors.Is(err, territoire.ErrPorteeClose) {
			t.Errorf("a habilitation %s opens for writing: %v", name, err)
		}
	}
	// Without a scope at all a query fails, it does not return nothing.
	_, err := v.tx.Exec(context.Background(), "savepoint s; set local role be_directeur; select count(*) from scolarite")
	if err == nil {
		t.Error("a query without a scope answered")
	}
}

func TestNothingOfTheScopeStays(t *testing.T) {
	v := settle(t)
	if _, err := v.count("directeur", "select count(*) from eleve"); err != nil {
		t.Fatal(err)
	}
	var left string
	if err := v.tx.QueryRow(context.Background(), "select current_setting('be.ecoles', true)").Scan(&left); err != nil || left != "" {
		t.Errorf("the scope left %q behind, %v", left, err)
	}
}
