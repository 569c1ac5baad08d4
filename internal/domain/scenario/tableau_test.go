package scenario

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/refusal"
)

// The rules of the board, on pupils named for what happens to them.

var (
	ce1 = Classe{ID: uuid.UUID{1}, Libelle: "CE1", Niveaux: []ecole.Niveau{ecole.CE1}}
	ce2 = Classe{ID: uuid.UUID{2}, Libelle: "CE2", Niveaux: []ecole.Niveau{ecole.CE2}}
	bis = Classe{ID: uuid.UUID{3}, Libelle: "CE1 bis", Niveaux: []ecole.Niveau{ecole.CE1}}
)

// pupil is in CE1; place is where the board has him, vigueur where the register does.
func pupil(n byte, prenom string, place, vigueur *Classe) Eleve {
	line := uuid.UUID{200, n}
	e := Eleve{ID: uuid.UUID{100, n}, ScolariteID: &line, NomFamille: "Abadie", Prenom: prenom, Niveau: ecole.CE1, Sexe: eleve.Feminin}
	if place != nil {
		e.ClasseID = &place.ID
	}
	if vigueur != nil {
		e.Vigueur = &vigueur.ID
	}
	return e
}

func tableau(list ...Eleve) *Tableau { return &Tableau{Eleves: list, Classes: []Classe{ce1, ce2, bis}} }

func prenoms(list []Eleve) string {
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = e.Prenom
	}
	return strings.Join(names, " ")
}

// Publishing moves whom the scenario places elsewhere than the register, and takes nobody out of his class.
func TestApercu(t *testing.T) {
	expected := pupil(6, "Attendue", &ce1, nil)
	expected.ScolariteID = nil
	a := tableau(
		pupil(1, "Change", &bis, &ce1), pupil(2, "Arrive", &ce1, nil), pupil(3, "Reste", &ce1, &ce1), pupil(4, "Garde", nil, &ce1),
		pupil(5, "Seule", nil, nil), expected, pupil(7, "Impossible", &ce2, &ce1), pupil(8, "Disparue", &Classe{ID: uuid.UUID{9}}, &ce1),
	).Apercu()
	for _, tt := range []struct{ name, got, want string }{
		{"changent", prenoms(a.Changent), "Change Arrive"}, {"gardent leur classe", prenoms(a.Gardent), "Garde Disparue"},
		{"sans classe", prenoms(a.SansClasse), "Seule"}, {"attendus", prenoms(a.Attendus), "Attendue"}, {"impossibles", prenoms(a.Impossibles), "Impossible"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	if a.Inchanges != 1 {
		t.Errorf("%d unchanged", a.Inchanges)
	}
}

// Undone, each goes back to the class he had, unless somebody has moved him since or that class does not take him now.
func TestTrier(t *testing.T) {
	grown := pupil(4, "Grandie", &bis, &bis)
	grown.Niveau = ecole.CE2
	board := tableau(pupil(1, "Revient", &bis, &bis), pupil(2, "Déplacée", &ce2, &ce2), pupil(3, "Sort", &bis, &bis), grown)
	line := func(n byte, avant *uuid.UUID) ligne {
		return ligne{EleveID: uuid.UUID{100, n}, Avant: avant, Apres: &bis.ID}
	}
	var a Annulation
	poses := a.trier(*board, []ligne{line(1, &ce1.ID), line(2, &ce1.ID), line(3, nil), line(4, &ce1.ID), line(99, &ce1.ID)})
	if len(poses) != 2 || a.Rendus != 2 || *poses[0].classe != ce1.ID || poses[1].classe != nil {
		t.Errorf("given back: %v", poses)
	}
	if len(a.Gardes) != 2 || !strings.Contains(a.Gardes[0], "Déplacée") || !strings.Contains(a.Gardes[1], "Grandie") {
		t.Errorf("kept: %v", a.Gardes)
	}
}

// A class refuses, by name, whoever is of a niveau that it does not open; no class refuses nobody.
func TestRefuser(t *testing.T) {
	list := []Eleve{pupil(1, "Lina", nil, nil)}
	if err := ce1.refuser(list); err != nil {
		t.Errorf("its own niveau: %v", err)
	}
	var none *Classe
	if err := none.refuser(list); err != nil {
		t.Errorf("out of the classes: %v", err)
	}
	if all := refusal.All(ce2.refuser(list)); len(all) != 1 || all[0].Motif != "ABADIE Lina\u00a0: La classe CE2 n’accueille pas de CE1." {
		t.Errorf("another niveau: %v", all)
	}
}

// Two boards differ in whom they place otherwise, wherever he is known.
func TestComparer(t *testing.T) {
	a := tableau(pupil(1, "Même", &ce1, nil), pupil(2, "Autre", &ce1, nil), pupil(3, "Sans", nil, nil))
	b := tableau(pupil(1, "Même", &ce1, nil), pupil(2, "Autre", &bis, nil), pupil(3, "Sans", &ce1, nil), pupil(4, "Venue", &ce1, nil))
	b.Classes = a.Classes
	var names []string
	for _, d := range Comparer(a, b) {
		names = append(names, d.Eleve.Prenom)
	}
	if want := []string{"Autre", "Sans", "Venue"}; !slices.Equal(names, want) {
		t.Errorf("differ: %v, want %v", names, want)
	}
	if same := Comparer(a, a); len(same) != 0 { // control
		t.Errorf("a board differs from itself: %v", same)
	}
}

// Families are numbered by what links their children, through a third one too; an only child has no number.
func TestJoindreFratries(t *testing.T) {
	pere, mere, foyer := uuid.UUID{50}, uuid.UUID{51}, uuid.UUID{52}
	list := []Eleve{{Proches: []uuid.UUID{pere}}, {Proches: []uuid.UUID{pere, mere}}, {Proches: []uuid.UUID{mere}}, {Proches: []uuid.UUID{foyer}}, {}}
	joindreFratries(list)
	var got []int
	for _, e := range list {
		got = append(got, e.Fratrie())
	}
	if want := []int{1, 1, 1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Who leaves is not on the board of next year, and whom nothing is decided for goes on as nearly all do.
func TestAttendus(t *testing.T) {
	before := func(prenom, decided string, quits bool, n ecole.Niveau) Eleve {
		return Eleve{Prenom: prenom, Passage: decided, Quittant: quits, Niveau: n, Type: ecole.Primaire}
	}
	list := attendus([]Eleve{before("Décidée", "maintien", false, ecole.CE1), before("Indécise", "", false, ecole.CE1), before("Quitte", "passage", true, ecole.CE2),
		before("Sort", "", false, ecole.CM2)})
	if prenoms(list) != "Décidée Indécise" || list[0].Niveau != ecole.CE1 || list[1].Niveau != ecole.CE2 {
		t.Errorf("%s: %v", prenoms(list), list)
	}
}
