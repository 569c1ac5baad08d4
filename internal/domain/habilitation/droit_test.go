package habilitation

import "testing"

// Each right is held by somebody, and nobody holds what is not a right.
func TestMatrixIsComplete(t *testing.T) {
	for _, d := range Droits() {
		if len(matrix[d]) == 0 {
			t.Errorf("right %d is held by nobody", d)
		}
	}
	if len(matrix) != len(Droits()) {
		t.Errorf("the matrix has %d lines for %d rights", len(matrix), len(Droits()))
	}
	for _, r := range Roles {
		if r.Holds(0) {
			t.Errorf("%s holds the zero right", r)
		}
	}
}

// The refusals that the law and the founding documents insist on.
func TestMatrixRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		role  Role
		droit Droit
	}{
		{"la mairie n’admet pas", Mairie, Admettre},
		{"la mairie ne voit pas l’INE", Mairie, RevelerINE},
		{"l’IEN ne voit pas l’INE", IEN, RevelerINE},
		{"l’IEN n’écrit pas dans les dossiers", IEN, ModifierDossier},
		{"l’IA n’écrit pas dans les dossiers", IA, ModifierDossier},
		{"l’IA ne décide pas des passages", IA, DeciderPassages},
		{"l’IEN donne un avis, il ne tranche pas", IEN, TrancherPassages},
		{"la mairie ne voit pas les passages", Mairie, ConsulterPassages},
		{"le service informatique n’ouvre pas de dossier", Service, OuvrirDossier},
		{"le rectorat ne voit aucun élève", Statistique, ConsulterEleves},
		{"le directeur n’inscrit pas pour la mairie", Directeur, Inscrire},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.role.Holds(tt.droit) {
				t.Errorf("%s holds the right %d", tt.role, tt.droit)
			}
		})
	}
	if !Directeur.Holds(Admettre) || !Mairie.Holds(Inscrire) { // control
		t.Error("those who must hold a right do not")
	}
}
