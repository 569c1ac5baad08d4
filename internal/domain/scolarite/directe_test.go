package scolarite

import (
	"strings"
	"testing"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
)

func TestAdmetDirectement(t *testing.T) {
	for _, tt := range []struct {
		name   string
		saisie string
		sect   ecole.Secteur
		ouvert bool
		refus  string
	}{
		{"l’école d’abord", "ecole", ecole.Public, true, ""},
		{"les deux", "les_deux", ecole.Public, true, ""},
		{"la mairie d’abord", "mairie", ecole.Public, true, "c’est la mairie qui inscrit"},
		{"une école privée ne passe pas par la mairie", "mairie", ecole.PriveAssociation, true, ""},
		{"une école fermée", "ecole", ecole.Public, false, "fermée"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := Lieu{Secteur: tt.sect, Nom: "Tarbes", Saisie: tt.saisie, Ouverte: tt.ouvert}
			sentence(t, l.AdmetDirectement(), tt.refus)
		})
	}
}

func TestDirecteValide(t *testing.T) {
	today := date.Du(2026, 11, 20)
	for _, tt := range []struct {
		name   string
		d      Directe
		ouvert bool
		refus  string
	}{
		{"aujourd’hui", Directe{Niveau: ecole.CE1, Effet: today}, true, ""},
		{"à la prochaine rentrée", Directe{Niveau: ecole.CE1, Effet: date.Du(2027, 9, 1)}, true, ""},
		{"sans date", Directe{Niveau: ecole.CE1}, true, "Indiquez la date d’effet"},
		{"une année terminée", Directe{Niveau: ecole.CE1, Effet: date.Du(2026, 8, 31)}, true, "2025-2026 est terminée"},
		{"sans niveau", Directe{Effet: today}, true, "Choisissez le niveau"},
		{"un niveau que l’école n’a pas", Directe{Niveau: ecole.GS, Effet: today}, true, "n’a pas de Grande section"},
		{"une année qui n’est pas ouverte", Directe{Niveau: ecole.CE1, Effet: date.Du(2030, 9, 2)}, false, "2030-2031 n’est pas ouverte"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sentence(t, tt.d.Valider(Lieu{Type: ecole.Elementaire, AnneeOuverte: tt.ouvert}, today), tt.refus)
		})
	}
}

func TestLibre(t *testing.T) {
	for etat, refus := range map[string]string{
		"inscrit": "", "radie": "", "admis_definitif": "", "admis_accepte": "attend déjà", "admissible": "attend déjà",
	} {
		t.Run(etat, func(t *testing.T) { sentence(t, Libre(eleve.Connu{Etat: etat}), refus) })
	}
}

// sentence checks that err says what is expected, or nothing.
func sentence(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("got %v, want %q", err, want)
	}
}
