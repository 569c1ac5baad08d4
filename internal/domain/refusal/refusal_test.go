package refusal_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"base-eleves/internal/domain/refusal"
)

func TestAs(t *testing.T) {
	nom := refusal.Of("nom", "Indiquez le nom.")
	date := refusal.Of("ne_le", "Indiquez la date de naissance.")
	for _, tt := range []struct {
		name string
		err  error
		want []refusal.Refusal
	}{
		{"a refusal", nom, []refusal.Refusal{nom}},
		{"a wrapped refusal", fmt.Errorf("eleve: %w", nom), []refusal.Refusal{nom}},
		{"several at once", refusal.List{nom, date}, []refusal.Refusal{nom, date}},
		{"several, wrapped", fmt.Errorf("eleve: %w", refusal.List{nom, date}), []refusal.Refusal{nom, date}},
		{"a breakdown", fmt.Errorf("eleve: %w", io.ErrUnexpectedEOF), nil},
		{"no error", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := refusal.All(tt.err); !slices.Equal(got, tt.want) {
				t.Errorf("All: got %v, want %v", got, tt.want)
			}
			first, ok := refusal.As(tt.err)
			if ok != (len(tt.want) > 0) || ok && first != tt.want[0] {
				t.Errorf("As: got %v, %v", first, ok)
			}
		})
	}
}

func TestKinds(t *testing.T) {
	for _, tt := range []struct {
		got  refusal.Refusal
		want refusal.Kind
	}{
		{refusal.Of("nom", "x"), refusal.Invalid},
		{refusal.InConflict("x"), refusal.Conflict},
		{refusal.NotFound(), refusal.Unknown},
		{refusal.Forbidden("x"), refusal.Denied},
		{refusal.Busy("x"), refusal.Overload},
	} {
		if tt.got.Kind != tt.want || tt.got.Error() == "" {
			t.Errorf("got %+v, want kind %d and a sentence", tt.got, tt.want)
		}
	}
}

func TestList(t *testing.T) {
	var l refusal.List
	if err := l.Err(); err != nil {
		t.Fatalf("an empty list refuses: %v", err)
	}
	l.Add("nom", "Indiquez le nom.")
	if _, one := errors.AsType[refusal.Refusal](l.Err()); !one {
		t.Errorf("one refusal is not itself: %T", l.Err())
	}
	if err := l.Take(fmt.Errorf("form: %w", refusal.InConflict("Déjà admis."))); err != nil {
		t.Errorf("a refusal is not taken: %v", err)
	}
	if err := l.Take(nil); err != nil || len(l) != 2 {
		t.Errorf("nil changes the list: %v, %v", l, err)
	}
	if err := l.Take(io.EOF); !errors.Is(err, io.EOF) || len(l) != 2 {
		t.Errorf("a breakdown is swallowed: %v, %v", l, err)
	}
	if got := l.Err().Error(); got != "Indiquez le nom.\nDéjà admis." {
		t.Errorf("got %q", got)
	}
}

func TestOn(t *testing.T) {
	placed := refusal.On("naissance_commune", refusal.List{refusal.Of("", "Commune inconnue."), refusal.Of("pays", "Pays inconnu.")})
	want := []refusal.Refusal{refusal.Of("naissance_commune", "Commune inconnue."), refusal.Of("pays", "Pays inconnu.")}
	if got := refusal.All(placed); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if err := refusal.On("nom", io.EOF); err != io.EOF {
		t.Errorf("a breakdown became %v", err)
	}
	if err := refusal.On("nom", nil); err != nil {
		t.Errorf("nil became %v", err)
	}
}
