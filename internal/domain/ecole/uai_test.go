package ecole_test

import (
	"testing"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

// The values are those of public schools, and invented ones in the same range.
func TestParseUAI(t *testing.T) {
	for _, code := range []string{
		"0750654D", "0752524L", "0920131T", "0650119B", "0650120C", "0659999R", "0651042E",
		"0650000X", "0659001F", "0659002G", "0659101P",
	} {
		if got, err := ecole.ParseUAI(code); err != nil || string(got) != code {
			t.Errorf("%s: got %s, %v", code, got, err)
		}
	}
	for typed, want := range map[string]ecole.UAI{"0650119b": "0650119B", " 0650119 B ": "0650119B"} {
		if got, err := ecole.ParseUAI(typed); err != nil || got != want {
			t.Errorf("%q: got %s, %v", typed, got, err)
		}
	}
	for _, code := range []string{"0650119C", "0650119I", "065011B", "06501190", "", "06501199B", "2A00119B", "０650119B"} {
		got, err := ecole.ParseUAI(code)
		if r, ok := refusal.As(err); !ok || r.Motif == "" {
			t.Errorf("%q is accepted as %s", code, got)
		}
	}
}

// One wrong digit always changes the letter: ten is prime to 23.
func TestCle23SeesAnyWrongDigit(t *testing.T) {
	const good = "0650119"
	for i := range good {
		for d := byte('0'); d <= '9'; d++ {
			other := good[:i] + string(d) + good[i+1:]
			if other != good && ecole.Cle23(other) == ecole.Cle23(good) {
				t.Errorf("%s and %s have the same letter", good, other)
			}
		}
	}
	if got := ecole.Cle23("not digits"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestUAIDepartement(t *testing.T) {
	for uai, want := range map[ecole.UAI]string{
		"0650119B": "65", "0010001A": "01", "6200001A": "2A", "7200001A": "2B", "9740001A": "974", "": "",
	} {
		if got := uai.Departement(); got != want {
			t.Errorf("%s: got %s, want %s", uai, got, want)
		}
	}
}
