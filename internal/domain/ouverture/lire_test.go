package ouverture_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ouverture"
)

// Whatever the bytes, the reader does not fall over, and each line is either right or said to be wrong.
func FuzzLire(f *testing.F) {
	f.Add([]byte("nom;prenom;role;territoire\nAbadie;Luc;mairie;Tarbes\n"))
	f.Add([]byte("civilite,nom,prenom,identifiant,role,territoire,debut,fin\nMme,A,B,c.d,ien,x,31/02/2027,46000\n,,,,,,,\n"))
	f.Add([]byte("PK\x03\x04"))
	today := date.Du(2026, time.November, 20)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ouverture.Lire(b, today)
		if err != nil {
			return
		}
		wrong := map[int]bool{}
		for _, e := range got.Erreurs {
			if e.Motif == "" || e.Remede == "" {
				t.Errorf("a fault without a sentence: %+v", e)
			}
			wrong[e.Ligne] = true
		}
		if len(got.Lignes)+len(wrong) != got.Lues {
			t.Errorf("%d lines read: %d right, %d wrong", got.Lues, len(got.Lignes), len(wrong))
		}
	})
}
