package repartition_test

import (
	"slices"
	"testing"

	"base-eleves/internal/domain/repartition"
)

// Each pupil is told why he is where he is, and each class what it is made of.
func TestExpliquer(t *testing.T) {
	p := repartition.Probleme{
		Classes: classes("CP A 3 CP", "CP B 9 CP CE1", "CE A 9 CE1 CE2"),
		Eleves: enfants("Lina CP = CP A", "Tom CP", "Ali CP", "Zoé CP", "Max CE1", "Eva CE1", "Luc CE1", "Ida CE2", "Léa CP = CP A",
			"Noa CP = CP B", "Guy CE1 = CP B"),
		Regles:   []repartition.Regle{ensemble("Tom", "Lina"), separes("Max", "Eva"), souple(ensemble("Luc", "Ida")), souple(separes("Noa", "Guy"))},
		Fratries: repartition.FratriesEnsemble, Poids: repartition.PoidsUsuels,
	}
	p.Poids[repartition.Souhaits] = 40
	for e, family := range map[int]string{2: "x", 3: "x", 4: "y", 5: "y", 7: "z", 9: "z", 0: "w", 10: "w"} {
		p.Eleves[e].Fratrie = family
	}
	places := repartition.Places{
		id("Lina"): id("CP A"), id("Tom"): id("CP A"), id("Léa"): id("CP A"), id("Ali"): id("CP B"), id("Zoé"): id("CP B"), id("Noa"): id("CP B"),
		id("Max"): id("CP B"), id("Eva"): id("CE A"), id("Luc"): id("CE A"), id("Ida"): id("CE A"), id("Guy"): id("CP B"),
	}
	b, err := repartition.Juger(p, places)
	if err != nil || len(b.Fautes) > 0 {
		t.Fatal(err, b.Fautes)
	}
	for nom, want := range map[string][]string{
		"Lina": {"Placée à la main en CP A\u00a0: la proposition ne déplace personne de là."},
		"Tom":  {"Avec Lina."},
		"Ali":  {"Avec son frère Zoé.", "CP A\u00a0: la classe est pleine, 3 élèves."},
		"Max":  {"Pas avec Eva (CE A).", "CE A\u00a0: Eva y est."},
		"Luc":  {"Avec Ida, comme vous le souhaitez.", "CP B\u00a0: il n’y serait pas avec Ida."},
		"Ida":  {"CE A est la seule classe qui ouvre son niveau, CE2."},
	} {
		if got := b.Eleves[id(nom)]; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", nom, got, want)
		}
	}
	want := []string{"Noa et Guy sont ensemble en CP B.", "Lina (CP A) et Guy (CP B), de la même famille, ne sont pas ensemble."}
	if !slices.Equal(b.Souhaits, want) {
		t.Errorf("wishes: %q", b.Souhaits)
	}
	want = []string{"5 élèves pour 9 places.", "3 CP et 2 CE1.", "1 fille et 4 garçons\u00a0; un partage égal donnerait 2 filles.", "Naissances par trimestre\u00a0: 5, 0, 0, 0."}
	if got := b.Classes[id("CP B")]; !slices.Equal(got, want) {
		t.Errorf("CP B: %q", got)
	}
}

// What weighs most against another class is said, one criterion at a time; the control is the even school, where nothing
// weighs more than the size.
func TestExpliquerWeighs(t *testing.T) {
	for _, tt := range []struct {
		name string
		zero []repartition.Critere // that weigh nothing
		want string
	}{
		{"l’effectif", nil, "CP B\u00a0: il y aurait 3 élèves, contre 1 ici."},
		{"les filles", []repartition.Critere{repartition.Effectifs}, "CP B\u00a0: il y aurait 2 filles et 1 garçon."},
		{"les dispositifs", []repartition.Critere{repartition.Effectifs, repartition.Sexes}, "CP B\u00a0: les élèves ULIS seraient moins bien répartis."},
		{"les naissances", []repartition.Critere{repartition.Effectifs, repartition.Sexes, repartition.Dispositifs}, "CP B\u00a0: les naissances seraient moins bien étalées sur l’année."},
		{"les anciennes classes", []repartition.Critere{repartition.Effectifs, repartition.Sexes, repartition.Dispositifs, repartition.Trimestres}, "CP B\u00a0: l’ancienne classe GS A serait moins bien répartie."},
		{"rien", []repartition.Critere{repartition.Effectifs, repartition.Sexes, repartition.Dispositifs, repartition.Trimestres, repartition.Origines}, "CP B\u00a0: l’équilibre serait le même."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := repartition.Probleme{Classes: classes("CP A 9 CP", "CP B 9 CP"), Eleves: enfants("Lina CP", "Tom CP", "Eva CP", "Max CP"), Poids: repartition.PoidsUsuels}
			for i, e := range []string{"", "GS B", "", "GS B"} {
				p.Eleves[i].Origine = e
			}
			p.Eleves[0].Origine, p.Eleves[2].Origine = "GS A", "GS A"
			p.Eleves[0].Dispositif, p.Eleves[2].Dispositif = "ULIS", "ULIS"
			p.Eleves[1].Naissance = p.Eleves[1].Naissance.AddDate(0, 6, 0)
			p.Eleves[3].Naissance = p.Eleves[1].Naissance
			for _, c := range tt.zero {
				p.Poids[c] = 0
			}
			b, err := repartition.Juger(p, repartition.Places{id("Lina"): id("CP A"), id("Tom"): id("CP A"), id("Eva"): id("CP B"), id("Max"): id("CP B")})
			if got := b.Eleves[id("Lina")]; err != nil || !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// A composition made by hand is told where it could be bettered, and what is left to place costs nothing yet.
func TestJugerByHand(t *testing.T) {
	p := repartition.Probleme{Classes: classes("CP A 9 CP", "CP B 9 CP"), Eleves: enfants("Lina CP", "Tom CP", "Eva CP", "Max CP")}
	places := repartition.Places{id("Lina"): id("CP A"), id("Tom"): id("CP A")}
	b, err := repartition.Juger(p, places)
	if want := []string{"CP B\u00a0: l’équilibre y gagnerait."}; err != nil || !slices.Equal(b.Eleves[id("Lina")], want) || len(b.Eleves) != 2 {
		t.Errorf("%v, %v", b.Eleves, err)
	}
	if want := []string{"Aucun élève."}; !slices.Equal(b.Classes[id("CP B")], want) {
		t.Errorf("CP B: %q", b.Classes[id("CP B")])
	}
	for _, c := range repartition.Criteres() {
		if c.Libelle() == "" {
			t.Errorf("criterion %d has no name", c)
		}
	}
}
