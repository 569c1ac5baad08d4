package eleve_test

import (
	"testing"

	"base-eleves/internal/domain/eleve"
)

func TestNomPropre(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"DUPONT", "Dupont"},
		{"dupont", "Dupont"},
		{"LE GOFF", "Le Goff"},
		{"le  goff", "Le  Goff"},
		{"JEAN-PIERRE", "Jean-Pierre"},
		{"marie-lou", "Marie-Lou"},
		{"D’ARTAGNAN", "D’Artagnan"},
		{"d'artagnan", "D'Artagnan"},
		{"O'NEILL", "O'Neill"},
		{"ÉLÉONORE", "Éléonore"},
		{"élise", "Élise"},
		{"NGUYỄN", "Nguyễn"},
		{"N\u0303UN\u0303EZ", "N\u0303un\u0303ez"}, // a mark is no end of word
		{"LY", "Ly"},
		{"de la tour", "De La Tour"}, // the head of a name is a capital
		{"MARTIN DE LA FUENTE", "Martin de La Fuente"},
		{"DUPONT D’AUBIGNÉ", "Dupont d’Aubigné"},
		{"ferreira da silva", "Ferreira da Silva"},
		{"DUPUY-DE-LÔME", "Dupuy-de-Lôme"},
		{"LE DU", "Le Du"}, // a last word is no particle
		{"MCDONALD", "McDonald"},
		{"mcgregor", "McGregor"},
		{"MACRON", "Macron"},
		{"de La Tour", "de La Tour"}, // as somebody meant it
		{"MacDonald", "MacDonald"},
		{"McKay", "McKay"},
		{"Y", "Y"},
		{"o", "O"},
		{"李", "李"},
		{"", ""},
		{"-", "-"},
	} {
		got := eleve.NomPropre(tt.typed)
		if got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.typed, got, tt.want)
		}
		if again := eleve.NomPropre(got); again != got {
			t.Errorf("%q becomes %q when it is sent again", got, again)
		}
	}
}
