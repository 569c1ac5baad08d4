package liste

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
)

// Who reads what (security.md §5): the columns that a role must never be offered, and one that it must.
func TestColonnesDuRole(t *testing.T) {
	for _, tt := range []struct {
		role   habilitation.Role
		a      string
		jamais []string
	}{
		{habilitation.Directeur, "photo", nil},
		{habilitation.Mairie, "resp1_tel", []string{"ine", "etat_ine", "classe", "enseignant", "passage", "dispositif", "motif_radiation", "photo", "assureur", "urgence", "autorises", "groupes"}},
		{habilitation.IEN, "classe", []string{"ine", "etat_ine", "resp1_tel", "telephones", "resp1_courriel", "photo", "urgence", "services", "restaurant", "groupes"}},
		{habilitation.IA, "ine", []string{"resp1_tel", "telephones", "resp1_courriel", "photo", "urgence", "services", "groupes"}},
	} {
		t.Run(string(tt.role), func(t *testing.T) {
			if _, ok := ColonneDe(Eleves, tt.a, tt.role); !ok {
				t.Errorf("%s is not offered", tt.a)
			}
			for _, code := range tt.jamais {
				if _, ok := ColonneDe(Eleves, code, tt.role); ok {
					t.Errorf("%s is offered", code)
				}
			}
		})
	}
	for _, role := range []habilitation.Role{habilitation.Service, habilitation.College, habilitation.Statistique} {
		if n := len(Colonnes(Eleves, role)); n > 0 {
			t.Errorf("%s reads %d columns of pupils", role, n)
		}
	}
}

// A code is one column, a title too: nobody takes one for another.
func TestCatalogue(t *testing.T) {
	for g, columns := range catalogue {
		codes, titles := map[string]bool{}, map[string]bool{}
		for _, c := range columns {
			if codes[c.Code] || titles[c.Titre] {
				t.Errorf("%s: %s is there twice", g, c.Code)
			}
			codes[c.Code], titles[c.Titre] = true, true
			if c.largeur == 0 || len(c.roles) == 0 || !slices.Contains(Themes, c.Theme) {
				t.Errorf("%s: %s has no width, no reader or no theme", g, c.Code)
			}
		}
	}
	joints := map[string]bool{}
	for _, j := range jointures {
		joints[j.code] = true
	}
	for _, c := range slices.Concat(colonnesEleve, colonnesResponsable, colonnesFamille) {
		for _, b := range c.besoins {
			if !joints[b] {
				t.Errorf("%s needs %s, which nothing joins", c.Code, b)
			}
		}
	}
}

// What a role may not read, or does not go with the lines, is as if it had not been asked for.
func TestPour(t *testing.T) {
	d := Definition{
		Colonnes: []Choix{{Code: "nom"}, {Code: "ine"}, {Code: "classe"}, {Code: Vide, Titre: "Visa"}, {Code: "mot_de_passe"}, {Code: "1); drop table eleve"}},
		Filtres:  map[string][]string{"classe": {"x"}, "niveau": {"CP"}, "fratrie": {"oui"}, "inconnu": {"1"}, "sexe": {""}},
		Groupe:   "classe", Saut: true, Tri: "decision", Desc: true,
	}
	got := d.Pour(habilitation.Mairie)
	want := Definition{Grain: Eleves, Colonnes: []Choix{{Code: "nom"}, {Code: Vide, Titre: "Visa"}}, Filtres: map[string][]string{"niveau": {"CP"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := d.Pour(habilitation.Directeur); got.Groupe != "classe" || !got.Saut || got.Tri != "decision" || len(got.Colonnes) != 4 {
		t.Errorf("the directeur loses what is his: %+v", got)
	}
	if len(d.Filtres) != 5 {
		t.Error("the definition asked for was changed")
	}
}

// Every value is bound: whatever is asked for, the statement holds no word of it.
func TestRequeteLiesItsValues(t *testing.T) {
	const poison = "x') or true --"
	agent := habilitation.Agent{Role: habilitation.Directeur, Ecole: "0650001A", Maintenant: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}
	for _, g := range Grains {
		d := Definition{Grain: g, Annee: poison, Au: poison, Groupe: poison, Tri: poison, Colonnes: append(Usuelles(g), Choix{Code: poison}, Choix{Code: Vide, Titre: poison}), Filtres: map[string][]string{poison: {poison}}}
		for _, f := range Filtres(g, agent.Role) {
			d.Filtres[f.Code] = []string{poison}
		}
		sql, args := d.Requete(agent, Page{Limite: 50})
		if strings.Contains(sql, "true --") {
			t.Errorf("%s: a value is in the statement:\n%s", g, sql)
		}
		if highest := placeholders(sql); highest != len(args) {
			t.Errorf("%s: %d values for $%d", g, len(args), highest)
		}
	}
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// placeholders is the highest placeholder of a statement.
func placeholders(sql string) (highest int) {
	for _, m := range placeholder.FindAllStringSubmatch(sql, -1) {
		n := 0
		for _, digit := range m[1] {
			n = 10*n + int(digit-'0')
		}
		highest = max(highest, n)
	}
	return highest
}

func TestAnneeLe(t *testing.T) {
	novembre := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		d    Definition
		want ecole.Annee
	}{
		{"en cours", Definition{}, 2026},
		{"la suivante", Definition{Annee: Suivante}, 2027},
		{"la précédente", Definition{Annee: Precedente}, 2025},
		{"toujours la même", Definition{Annee: "2024"}, 2024},
		{"celle du jour demandé", Definition{Annee: Suivante, Au: "2025-06-30"}, 2024},
		{"ce qui n’est pas une année", Definition{Annee: "jamais", Au: "hier"}, 2026},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.d.AnneeLe(novembre); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

// A definition that is kept is read back the same; one of a later format is refused.
func TestStored(t *testing.T) {
	for _, p := range pretes {
		kept, err := p.Definition.Ecrire()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := LireDefinition(kept); err != nil || !reflect.DeepEqual(got, p.Definition) {
			t.Errorf("%s: got %+v, %v", p.Code, got, err)
		}
	}
	for _, kept := range []string{`{"format": 2, "titre": "Demain"}`, `{"titre": "Sans format"}`, `[`} {
		if _, err := LireDefinition([]byte(kept)); err == nil {
			t.Errorf("%s is read", kept)
		}
	}
}

// Ready lists ask only for what exists, and each is somebody's.
func TestPretes(t *testing.T) {
	seen := map[string]bool{}
	for _, role := range tous {
		for _, p := range Pretes(role) {
			seen[p.Code] = true
			if len(p.Colonnes) == 0 || p.Definition.Valider() != nil {
				t.Errorf("%s, %s: not a list", role, p.Code)
			}
		}
	}
	for _, p := range pretes {
		all := 0
		for _, role := range tous {
			all = max(all, len(p.Definition.Pour(role).Colonnes))
		}
		if !seen[p.Code] || len(p.Colonnes)-all > 1 { // no role reads both the school and the class
			t.Errorf("%s is nobody’s, or has columns that nobody reads", p.Code)
		}
	}
}

func TestEnPaysage(t *testing.T) {
	if (Definition{Grain: Eleves, Colonnes: Usuelles(Eleves)}).EnPaysage() {
		t.Error("four narrow columns lie on their long side")
	}
	wide := Definition{Grain: Eleves, Colonnes: c("nom", "adresse", "responsables", "telephones")}
	if !wide.EnPaysage() {
		t.Error("four wide columns stand upright")
	}
	wide.Feuille = Portrait
	if wide.EnPaysage() {
		t.Error("the choice is not kept")
	}
}
