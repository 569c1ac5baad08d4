package annuaire_test

import (
	"strings"
	"testing"

	"base-eleves/internal/domain/annuaire"
)

func TestReportString(t *testing.T) {
	r := annuaire.Report{
		Bilans: []annuaire.Bilan{{
			Table: "écoles", Crees: 2, Modifies: 1, Inchanges: 40,
			Changements: []annuaire.Changement{{Cle: "0659001F", Colonne: "ouverte", Avant: "oui", Apres: "non"}},
			Absents:     []annuaire.Absent{{Cle: "0659002G", Nom: "École maternelle, Tarbes"}},
		}},
		Refusees: []annuaire.Refusee{
			{Ligne: 4, Colonne: "code_commune", Valeur: "65999", Motif: "Aucune commune ne porte ce code."},
			{Ligne: 9, Motif: "La ligne n’a pas autant de colonnes que l’en-tête."},
		},
		Autres: 12,
	}
	const want = `                      créés  modifiés  inchangés
écoles                    2         1         40
Lignes refusées : 2. Autres établissements, non repris : 12.

Lignes refusées :
  ligne 4, code_commune « 65999 » : Aucune commune ne porte ce code.
  ligne 9 : La ligne n’a pas autant de colonnes que l’en-tête.

Modifications :
  écoles, 0659001F ouverte : « oui » devient « non »

Absents du fichier, laissés en l’état :
  écoles, 0659002G École maternelle, Tarbes
Rien n’est enregistré : relancez la commande avec --appliquer.
`
	if got := strings.ReplaceAll(r.String(), "\u00a0", " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r.Applique = true
	if got := r.String(); !strings.HasSuffix(got, "Les modifications sont enregistrées.\n") {
		t.Errorf("got\n%s", got)
	}
	r.Bilans = nil
	if got := r.String(); !strings.HasSuffix(got, "La base est déjà à jour.\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestReportStaysReadable(t *testing.T) {
	r := annuaire.Report{Refusees: make([]annuaire.Refusee, 70)}
	if got := r.String(); !strings.Contains(got, "… et 20 autres") || strings.Count(got, "\n") > 60 {
		t.Errorf("got\n%s", got)
	}
}
