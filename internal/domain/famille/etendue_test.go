package famille_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/famille"
)

// Lina, her brother, their mother, and a cousin whom the family lodges.
var (
	lina   = famille.Concerne{ID: uuid.New(), Eleve: true, Nom: "Lina", Famille: true}
	frere  = famille.Concerne{ID: uuid.New(), Eleve: true, Nom: "Ugo", Famille: true}
	mere   = famille.Concerne{ID: uuid.New(), Nom: "Anne", Famille: true}
	cousin = famille.Concerne{ID: uuid.New(), Eleve: true, Nom: "Noé"}
)

func tenu(c famille.Concerne) famille.Concerne { c.Tenu = true; return c }

func TestRepartir(t *testing.T) {
	tous := []famille.Concerne{lina, frere, mere, cousin}
	for _, tt := range []struct {
		name    string
		gens    []famille.Concerne
		choix   famille.Choix
		partent string
		restent string
		refuse  string
	}{
		{"seule, on ne demande rien", []famille.Concerne{lina}, famille.Choix{}, "Lina", "", ""},
		{"avec sa seule mère, le foyer va de soi", []famille.Concerne{lina, mere}, famille.Choix{}, "Lina, Anne", "", ""},
		{"avec un frère, il faut le dire", []famille.Concerne{lina, frere, mere}, famille.Choix{}, "", "", "Dites qui est concerné"},
		{"une réponse inventée", tous, famille.Choix{Etendue: "ville"}, "", "", "Dites qui est concerné"},
		{"elle seule", tous, famille.Choix{Etendue: famille.Seul}, "Lina", "Ugo, Anne, Noé", ""},
		{"le foyer, sans le cousin", tous, famille.Choix{Etendue: famille.Foyer}, "Lina, Ugo, Anne", "Noé", ""},
		{"ceux qui sont cochés", tous, famille.Choix{Etendue: famille.Tous, Coches: []uuid.UUID{cousin.ID}}, "Lina, Noé", "Ugo, Anne", ""},
		{"un dossier que tient l’école", []famille.Concerne{lina, tenu(frere), mere}, famille.Choix{Etendue: famille.Foyer}, "", "", "L’école tient le dossier qui concerne Ugo"},
		{"qu’on laisse où il est", []famille.Concerne{lina, tenu(frere), mere}, famille.Choix{Etendue: famille.Tous, Coches: []uuid.UUID{mere.ID}}, "Lina, Anne", "Ugo", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			partent, restent, err := famille.Partage{Enfant: lina.ID, Concernes: tt.gens}.Repartir(tt.choix)
			if tt.refuse != "" {
				if err == nil || !strings.Contains(err.Error(), tt.refuse) {
					t.Errorf("refused with %v, want %q", err, tt.refuse)
				}
				return
			}
			if err != nil || famille.Noms(partent) != tt.partent || famille.Noms(restent) != tt.restent {
				t.Errorf("%s move, %s stay, %v; want %s and %s", famille.Noms(partent), famille.Noms(restent), err, tt.partent, tt.restent)
			}
		})
	}
}

// Somebody whom one does not see is somebody: the question is asked.
func TestQuestionOfThoseElsewhere(t *testing.T) {
	p := famille.Partage{Enfant: lina.ID, Concernes: []famille.Concerne{lina}, Ailleurs: true}
	if _, _, err := p.Repartir(famille.Choix{}); err == nil {
		t.Error("nothing was asked")
	}
	if concernes, _, err := p.Repartir(famille.Choix{Etendue: famille.Seul}); err != nil || !slices.Equal(concernes, p.Concernes) {
		t.Errorf("%v, %v", concernes, err)
	}
}
