package scolarite_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/postgres/postgrestest"
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

// The dates say what a pupil is on a day, not the day on which they were typed.
func TestEtatAu(t *testing.T) {
	const admis, parti = "'2026-09-01'", "'2026-11-20'"
	for _, tt := range []struct{ name, etat, admission, radiation, jour, want string }{
		{"la veille de son admission, on l’attend", "admis_definitif", admis, "null", "2026-08-31", "admis_accepte"},
		{"il est là dès ce jour", "admis_definitif", admis, "null", "2026-09-01", "admis_definitif"},
		{"celui qui partira est encore là", "radie", admis, parti, "2026-11-19", "admis_definitif"},
		{"la radiation est le premier jour où il n’y est plus", "radie", admis, parti, "2026-11-20", "radie"},
		{"une radiation datée d’avance compte à sa date, quel que soit l’état écrit", "admis_definitif", admis, parti, "2026-11-20", "radie"},
		{"attendu, il le reste jusqu’à son admission", "admis_accepte", "null", "null", "2027-05-01", "admis_accepte"},
		{"admissible de même", "admissible", "null", "null", "2027-05-01", "admissible"},
		{"qui n’est pas venu n’est compté aucun jour", "annulee", "null", "null", "2026-08-31", "annulee"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got string
			sql := "select " + scolarite.SQLEtatAu("x", "$1::date") + " from (values ('" + tt.etat + "', " + tt.admission + "::date, " +
				tt.radiation + "::date)) as x (etat, date_admission, date_radiation)"
			if err := postgrestest.Tx(t).QueryRow(t.Context(), sql, tt.jour).Scan(&got); err != nil || got != tt.want {
				t.Errorf("on %s: %q, %v, want %q", tt.jour, got, err, tt.want)
			}
		})
	}
}
