package repartition_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/repartition"
)

// Each rule decides where Lina goes; without it the classes would be even, and she would be elsewhere or anywhere.
func TestResoudre(t *testing.T) {
	for _, tt := range []struct {
		name    string
		classes []string
		eleves  []string
		regles  []repartition.Regle
		want    string
	}{
		{"son niveau n’est ouvert que là", []string{"CP A 9 CP", "CE A 9 CP CE1"}, []string{"Lina CE1", "Tom CE1", "Ali CE1"}, nil, "CE A"},
		{"placée à la main, elle reste", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP A", "Lina CP = CP A"}, nil, "CP A"},
		{"avec Tom", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP A", "Lina CP"}, []repartition.Regle{ensemble("Lina", "Tom")}, "CP A"},
		{"pas avec Tom", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP B", "Zoé CP = CP B", "Lina CP"}, []repartition.Regle{separes("Lina", "Tom")}, "CP B"},
		{"la classe est pleine", []string{"CP A 2 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP A", "Zoé CP = CP B", "Max CP = CP B", "Luc CP = CP B", "Lina CP"}, nil, "CP B"},
		{"la plus petite classe", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP A", "Zoé CP = CP B", "Lina CP"}, nil, "CP B"},
		{"avec les filles de son niveau, partagées", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Ana CP = CP A", "Tom CP = CP B", "Max CP", "Lina CP"}, nil, "CP B"},
		{"avec Tom, si cela se peut", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP A", "Lina CP"}, []repartition.Regle{souple(ensemble("Lina", "Tom"))}, "CP A"},
		{"pas avec Tom, si cela se peut", []string{"CP A 9 CP", "CP B 9 CP"}, []string{"Tom CP = CP A", "Ali CP = CP B", "Zoé CP = CP B", "Lina CP"}, []repartition.Regle{souple(separes("Lina", "Tom"))}, "CP B"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := repartition.Probleme{Classes: classes(tt.classes...), Eleves: enfants(tt.eleves...), Regles: tt.regles}
			got := resoudre(t, p)
			if at := lieu(p, got.Places, "Lina"); at != tt.want {
				t.Errorf("Lina is in %q, want %q", at, tt.want)
			}
			if len(got.Fautes)+len(got.Souhaits) > 0 || len(got.Places) != len(p.Eleves) {
				t.Errorf("faults %v, wishes %v, %d placed", got.Fautes, got.Souhaits, len(got.Places))
			}
		})
	}
}

func TestFratries(t *testing.T) {
	p := repartition.Probleme{
		Classes: classes("CP A 9 CP CE1", "CP B 9 CP CE1"),
		Eleves:  enfants("Tom CP = CP A", "Ali CP = CP A", "Lina CE1"),
	}
	p.Eleves[0].Fratrie, p.Eleves[2].Fratrie = "abadie", "abadie"
	for _, tt := range []struct {
		name   string
		wish   repartition.Preference
		regles []repartition.Regle
		want   string
	}{
		{"indifférentes\u00a0: la plus petite classe", repartition.FratriesIndifferentes, nil, "CP B"},
		{"ensemble", repartition.FratriesEnsemble, nil, "CP A"},
		{"séparées", repartition.FratriesSeparees, nil, "CP B"},
		{"une règle l’emporte", repartition.FratriesEnsemble, []repartition.Regle{separes("Tom", "Lina")}, "CP B"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p.Fratries, p.Regles = tt.wish, tt.regles
			if at := lieu(p, resoudre(t, p).Places, "Lina"); at != tt.want {
				t.Errorf("Lina is in %q, want %q", at, tt.want)
			}
		})
	}
}

// A pupil who left since the rule was given is passed over, and so is a rule that has nobody left to set him against.
func TestRegleOfSomebodyGone(t *testing.T) {
	p := repartition.Probleme{
		Classes: classes("CP A 9 CP"), Eleves: enfants("Tom CP", "Lina CP"),
		Regles: []repartition.Regle{separes("Tom", "Parti"), ensemble("Lina", "Partie", "Lina")},
	}
	if got := resoudre(t, p); len(got.Places) != 2 {
		t.Errorf("placed %v", got.Places)
	}
}

func TestNumeroterRefusesMistakes(t *testing.T) {
	good := func() repartition.Probleme {
		return repartition.Probleme{Classes: classes("CP A 9 CP"), Eleves: enfants("Tom CP", "Lina CP")}
	}
	for name, spoil := range map[string]func(*repartition.Probleme){
		"":                          func(*repartition.Probleme) {}, // the control
		"a pupil twice":             func(p *repartition.Probleme) { p.Eleves[1].ID = p.Eleves[0].ID },
		"a class that is not there": func(p *repartition.Probleme) { p.Eleves[1].Fixe = uuid.New() },
		"more classes than are thought": func(p *repartition.Probleme) {
			for i := range 64 {
				p.Classes = append(p.Classes, repartition.Classe{ID: id(fmt.Sprint(i)), Niveaux: []ecole.Niveau{ecole.CP}})
			}
		},
	} {
		p := good()
		spoil(&p)
		_, err := repartition.Resoudre(t.Context(), p, repartition.Options{})
		if _, judged := repartition.Juger(p, nil); (err != nil) != (name != "") || (judged != nil) != (name != "") {
			t.Errorf("%q: %v, %v", name, err, judged)
		}
	}
}

// The same seed gives the same proposal, another one may give another; none that nobody asked for is thrown away when
// time is short.
func TestGraine(t *testing.T) {
	var noms []string
	for i := range 40 {
		noms = append(noms, fmt.Sprintf("E%d CP", i))
	}
	p := repartition.Probleme{Classes: classes("CP A 25 CP", "CP B 25 CP"), Eleves: enfants(noms...)}
	first := resoudre(t, p)
	if again := resoudre(t, p); !maps.Equal(first.Places, again.Places) {
		t.Error("the same seed gave two proposals")
	}
	other, err := repartition.Resoudre(t.Context(), p, repartition.Options{Graine: 2})
	if err != nil || maps.Equal(first.Places, other.Places) {
		t.Errorf("two seeds gave one proposal, %v", err)
	}
	if first.Interrompu || first.Essais != 40*2000 {
		t.Errorf("%d moves, cut short %v", first.Essais, first.Interrompu)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := repartition.Resoudre(over, p, repartition.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("without time: %v", err)
	}
}

func TestConseille(t *testing.T) {
	for want, niveaux := range map[int][][]ecole.Niveau{
		24: {{ecole.GS}, {ecole.CP}, {ecole.CE1}, {ecole.CP, ecole.CE1}},
		0:  {nil, {ecole.MS}, {ecole.CE2}, {ecole.MS, ecole.GS}, {ecole.CE1, ecole.CE2}},
	} {
		for _, l := range niveaux {
			if got := repartition.Conseille(l); got != want {
				t.Errorf("%v: %d, want %d", l, got, want)
			}
		}
	}
}

// The advice holds a class back that would otherwise be as large as its neighbour.
func TestConseil(t *testing.T) {
	p := repartition.Probleme{Classes: classes("CE A 9 CP CE2", "CE B 9 CP CE2")}
	for i := range 8 {
		p.Eleves = append(p.Eleves, enfant(fmt.Sprintf("E%d CP", i)))
	}
	if got := resoudre(t, p); got.Cout[repartition.Effectifs] != 0 {
		t.Fatalf("the control is not even: %v", got.Cout)
	}
	p.Classes[0].Conseil = 3
	if got := resoudre(t, p); got.Cout[repartition.Effectifs] == 0 || got.Cout[repartition.Conseils] != 0 {
		t.Errorf("the advice was not followed: %v", got.Cout)
	}
}
