package commune

import "testing"

func TestPreposition(t *testing.T) {
	for _, tt := range []struct{ nom, de, a string }{
		{"Tarbes", "de Tarbes", "à Tarbes"},
		{"Auch", "d’Auch", "à Auch"},
		{"Évreux", "d’Évreux", "à Évreux"},
		{"Hèches", "de Hèches", "à Hèches"},
		{"Œting", "d’Œting", "à Œting"},
		{"Le Houga", "du Houga", "au Houga"},
		{"Les Angles", "des Angles", "aux Angles"},
		{"La Barthe-de-Neste", "de La Barthe-de-Neste", "à La Barthe-de-Neste"},
		{"L’Isle-Jourdain", "de L’Isle-Jourdain", "à L’Isle-Jourdain"},
		{"Lescar", "de Lescar", "à Lescar"},
	} {
		if got := De(tt.nom); got != tt.de {
			t.Errorf("De(%q) = %q, want %q", tt.nom, got, tt.de)
		}
		if got := A(tt.nom); got != tt.a {
			t.Errorf("A(%q) = %q, want %q", tt.nom, got, tt.a)
		}
	}
}
