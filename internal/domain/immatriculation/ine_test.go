package immatriculation_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/postgres/postgrestest"
)

// Every number here is invented.
func TestParse(t *testing.T) {
	for _, tt := range []struct {
		ine string
		cle bool
	}{
		{"000000001KG", true}, {"123456789FJ", true}, {"990000001EB", true}, {"990000002EA", true},
		{"990000003DK", true}, {"999999999GE", true}, {"000000097KH", true},
		{"1234567890V", true}, {"0650000001R", true}, {"9900000001S", true}, {"0000000000A", true},
		{"990000001EA", false}, {"1234567890A", false}, // an unusual key is a warning, not a refusal
	} {
		got, err := immatriculation.Parse(tt.ine)
		if err != nil || string(got) != tt.ine || got.CleHabituelle() != tt.cle {
			t.Errorf("%s: got %s, %v, usual key %v", tt.ine, string(got), err, got.CleHabituelle())
		}
	}
	if got, err := immatriculation.Parse(" 990 000 001 eb "); err != nil || string(got) != "990000001EB" {
		t.Errorf("got %s, %v", string(got), err)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, typed := range []string{
		"", "990000001E", "990000001EBC", "99000000EBC", "12345678901", "99000000àEB", "0650A12345B",
	} {
		got, err := immatriculation.Parse(typed)
		if refusal.All(err) == nil {
			t.Errorf("%q is accepted as %s", typed, string(got))
		}
		if err != nil && typed != "" && strings.Contains(err.Error(), typed) {
			t.Errorf("the refusal repeats %q", typed)
		}
		if immatriculation.INE(typed).CleHabituelle() {
			t.Errorf("%q has a usual key", typed)
		}
	}
}

func TestNewRNIE(t *testing.T) {
	for serie, want := range map[int]string{1: "990000001EB", 2: "990000002EA", 3: "990000003DK", 9_999_999: "999999999GE"} {
		if got, err := immatriculation.NewRNIE(serie); err != nil || string(got) != want {
			t.Errorf("%d: got %s, %v, want %s", serie, string(got), err, want)
		}
	}
	for _, serie := range []int{0, -1, 10_000_000} {
		if got, err := immatriculation.NewRNIE(serie); err == nil {
			t.Errorf("%d gives %s", serie, string(got))
		}
	}
	for serie := 1; serie < 1000; serie++ {
		ine, err := immatriculation.NewRNIE(serie)
		if read, errRead := immatriculation.Parse(string(ine)); err != nil || errRead != nil || !read.CleHabituelle() {
			t.Errorf("%d: %s is not read back: %v, %v", serie, string(ine), err, errRead)
		}
	}
}

func TestNothingPrintsANumber(t *testing.T) {
	const numero = "990000001EB"
	ine := immatriculation.INE(numero)
	var journal bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&journal, nil))
	logger.Info("attribution", "ine", ine)
	logger.Info(fmt.Sprintf("%s %v %+v %#v %q %x %d", ine, ine, ine, ine, ine, ine, ine))
	logger.Info(fmt.Sprint(struct{ N immatriculation.INE }{ine}))
	if strings.Contains(journal.String(), "990000") || strings.Contains(journal.String(), fmt.Sprintf("%x", numero)) {
		t.Errorf("a number was written: %s", journal.String())
	}
	if got := ine.Masque(); got != "••••••••1EB" || strings.Count(journal.String(), got) != 9 {
		t.Errorf("the mask is %q, and the log says %s", got, journal.String())
	}
	if got := immatriculation.INE("1EB").Masque(); got != "•••" {
		t.Errorf("a short text is shown: %q", got)
	}
	if !strings.Contains(string(ine), numero) {
		t.Error("the number itself is lost")
	}
}

// The mask must not reach the base: pgx takes the string, not what the type prints.
func TestTheBaseHoldsTheNumber(t *testing.T) {
	tx := postgrestest.Tx(t)
	var long int
	var back immatriculation.INE
	err := tx.QueryRow(t.Context(), `select length($1::text), $1::text`, immatriculation.INE("990000001EB")).Scan(&long, &back)
	if err != nil || long != 11 || string(back) != "990000001EB" {
		t.Errorf("got %d characters, %s, %v", long, string(back), err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("990000001EB")
	f.Add(" 1234567890v ")
	f.Fuzz(func(t *testing.T, typed string) {
		ine, err := immatriculation.Parse(typed)
		if err != nil && len(refusal.All(err)) != 1 {
			t.Errorf("%q: %v", typed, err)
		}
		if again, errAgain := immatriculation.Parse(string(ine)); err == nil && (errAgain != nil || again != ine) {
			t.Errorf("%q gives %s, which is not read back", typed, string(ine))
		}
	})
}
