package discret

import "testing"

func TestValider(t *testing.T) {
	for _, tt := range []struct {
		libelle string
		refuse  bool
	}{
		{"Chorale", false}, {"Lecture du mardi", false}, {"Piscine CE1-CE2", false}, {"Les papillons", false}, {"Rome antique", false},
		{"ULIS école", false}, {"ULIS", false}, {"Décloisonnement GS", false}, {"Anglais", false},
		{"Religion protestante", true}, {"Catéchisme", true}, {"ULIS TFC", true}, {"ulis tsa", true}, {"Élèves handicapés", true},
		{"Groupe RASED", true}, {"PAI", true}, {"Allophones", true}, {"ÉTRANGERS", true}, {"Dys", true},
	} {
		if refused := Valider("libelle", tt.libelle) != nil; refused != tt.refuse {
			t.Errorf("%s: refused %v", tt.libelle, refused)
		}
	}
}
