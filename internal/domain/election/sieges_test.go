package election

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/refusal"
)

func listeNo(n int) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte{byte(n)}) }

// voix are lists that have each enough candidates, with their votes.
func voix(suffrages ...int) []Voix {
	list := make([]Voix, len(suffrages))
	for i, n := range suffrages {
		list[i] = Voix{Liste: listeNo(i), Candidats: 40, Suffrages: n}
	}
	return list
}

func TestRepartir(t *testing.T) {
	for _, tt := range []struct {
		name      string
		sieges    int
		voix      []Voix
		departage []uuid.UUID
		want      []string // titulaires+suppléants of each list
	}{
		// Quotient 100/10: 6 + 3 + 0 by quotient, then the remainder 8 of the second, before 2 and 0.
		{"le plus fort reste", 10, voix(62, 38), nil, []string{"6+6", "4+4"}},
		{"trois listes", 5, voix(50, 30, 20), nil, []string{"3+3", "1+1", "1+1"}},
		{"une liste seule a tous les sièges", 9, voix(120), nil, []string{"9+9"}},
		{"même d’une voix", 9, voix(1), nil, []string{"9+9"}},
		{"restes égaux, plus de suffrages", 3, voix(15, 3), nil, []string{"3+3", "0+0"}},
		{"restes et suffrages égaux, le candidat le plus âgé", 3, voix(10, 10), []uuid.UUID{listeNo(1)}, []string{"1+1", "2+2"}},
		{"de l’autre liste", 3, voix(10, 10), []uuid.UUID{listeNo(0)}, []string{"2+2", "1+1"}},
		{"trois listes à égalité pour deux sièges", 5, voix(7, 7, 7), []uuid.UUID{listeNo(2), listeNo(0)}, []string{"2+2", "1+1", "2+2"}},
		{"aucun suffrage, aucun élu", 3, voix(0, 0), nil, []string{"0+0", "0+0"}},
		{"aucune liste", 3, nil, nil, nil},
		{"un siège", 1, voix(8, 7), nil, []string{"1+1", "0+0"}},
		{"moins de candidats que de sièges", 4, []Voix{{Candidats: 3, Suffrages: 30}}, nil, []string{"3+0"}},
		{"moins de suppléants que de titulaires", 4, []Voix{{Candidats: 6, Suffrages: 30}}, nil, []string{"4+2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parts, err := Repartir(tt.sieges, tt.voix, tt.departage)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range parts {
				got = append(got, fmt.Sprintf("%d+%d", p.Titulaires, p.Suppleants))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// What the votes do not decide is said, with the lists between which the age decides.
func TestEgalite(t *testing.T) {
	for name, departage := range map[string][]uuid.UUID{
		"nobody says": nil, "another list": {listeNo(7)}, "both": {listeNo(0), listeNo(1)},
	} {
		_, err := Repartir(3, voix(10, 10), departage)
		if e, tied := errors.AsType[Egalite](err); !tied || len(e.Listes) != 2 || e.Sieges != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Repartir(4, voix(10, 10), nil); err != nil { // control: four seats leave none to decide
		t.Error(err)
	}
}

// However the votes fall, no more seats are given than there are, and none is lost while there are candidates.
func TestSiegesAreAllGiven(t *testing.T) {
	for sieges := 1; sieges <= 12; sieges++ {
		for a := 0; a <= 20; a++ {
			for b := 0; b <= 20; b++ {
				parts, err := Repartir(sieges, voix(a, b, 5), nil)
				if e, tied := errors.AsType[Egalite](err); tied {
					parts, err = Repartir(sieges, voix(a, b, 5), e.Listes[:e.Sieges])
				}
				if err != nil || Vacants(sieges, parts) != 0 {
					t.Fatalf("%d seats for %d, %d, 5: %d vacant, %v", sieges, a, b, Vacants(sieges, parts), err)
				}
			}
		}
	}
}

func TestDepouillement(t *testing.T) {
	for _, tt := range []struct {
		name  string
		d     Depouillement
		field string
	}{
		{"tout concorde", Depouillement{200, 100, 4, voix(60, 36)}, ""},
		{"personne n’a voté", Depouillement{200, 0, 0, voix(0)}, ""},
		{"sans liste de candidats", Depouillement{200, 0, 0, nil}, ""},
		{"plus de votants que d’inscrits", Depouillement{99, 100, 4, voix(60, 36)}, "votants"},
		{"plus de nuls que de votants", Depouillement{200, 3, 4, nil}, "nuls"},
		{"un suffrage de trop", Depouillement{200, 100, 4, voix(60, 37)}, "votants"},
		{"un de moins", Depouillement{200, 100, 4, voix(60, 35)}, "votants"},
		{"pas de nombre négatif", Depouillement{200, 100, 4, voix(97, -1)}, "suffrages." + listeNo(1).String()},
		{"pas sans votants", Depouillement{200, -1, 4, voix(60)}, "votants"},
		{"pas sans nuls", Depouillement{200, 60, -1, voix(60)}, "nuls"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.d.Valider()
			r, refused := refusal.As(err)
			if refused != (tt.field != "") || r.Field != tt.field {
				t.Errorf("got %v of %q, want %q", err, r.Field, tt.field)
			}
		})
	}
}
