package scolarite_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/scolarite"
)

func TestCompte(t *testing.T) {
	for _, tt := range []struct {
		name string
		jour time.Time
		want scolarite.Etat
	}{
		{"avant la rentrée, ceux que l’on attend", date.Du(2026, time.August, 31), scolarite.AdmisAccepte},
		{"dès le 1er septembre, ceux qui sont là", date.Du(2026, time.September, 1), scolarite.AdmisDefinitif},
		{"l’année passée, ceux qui étaient là", date.Du(2027, time.October, 1), scolarite.AdmisDefinitif},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := scolarite.Compte(2026, tt.jour); got != tt.want {
				t.Errorf("counts %s, want %s", got, tt.want)
			}
		})
	}
}
