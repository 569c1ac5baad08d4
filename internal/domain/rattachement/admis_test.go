package rattachement_test

import (
	"testing"

	"base-eleves/internal/fixture"
)

// periodeSQL is the period of a child as one reads it: its last day, or « en cours ».
const periodeSQL = `select coalesce(fin::text, 'en cours') from rattachement where eleve_id = $1`

// Who is admitted for good is no longer taught by his family, nor by the CNED; when the admission is taken back he is
// again, as had been announced. A hospital goes on beside the class.
func TestAdmisOuAilleurs(t *testing.T) {
	for _, tt := range []struct{ name, modalite, debut, fin, admis, repris string }{
		{"en famille, sans fin", "famille", "2026-05-01", "", "2026-08-31", "en cours"},
		{"au CNED, pour l’année", "cned", "2026-05-01", "2027-07-01", "2026-08-31", "2027-07-01"},
		{"depuis le jour même", "cned", "2026-09-01", "", "2026-09-01", "en cours"},
		{"fini avant", "famille", "2026-05-01", "2026-06-01", "2026-06-01", "2026-06-01"},
		{"pas commencé", "famille", "2027-01-05", "", "en cours", "en cours"},
		{"à l’hôpital", "hopital", "2026-05-01", "", "en cours", "en cours"},
	} {
		for how, sql := range reprisesSQL {
			t.Run(tt.name+", "+how, func(t *testing.T) {
				m := fixture.New(t)
				e := m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina"))
				if _, err := m.Tx.Exec(t.Context(), `insert into rattachement (id, eleve_id, ecole_uai, modalite, debut, fin)
				values (gen_random_uuid(), $1, $2, $3, $4::date, nullif($5, '')::date)`, e.ID, fixture.Ecole, tt.modalite, tt.debut, tt.fin); err != nil {
					t.Fatal(err)
				}
				e = m.Admettre("directeur", e)
				if got := fixture.Valeur[string](m, periodeSQL, e.ID); got != tt.admis {
					t.Errorf("admitted on 1 September, he is taught elsewhere until %s, want %s", got, tt.admis)
				}
				retirer(m, e, sql)
				if got := fixture.Valeur[string](m, periodeSQL, e.ID); got != tt.repris {
					t.Errorf("not admitted any more, he is taught elsewhere until %s, want %s", got, tt.repris)
				}
			})
		}
	}
}

// A period that somebody has corrected meanwhile stays as it is.
func TestAdmisPuisCorrige(t *testing.T) {
	m := fixture.New(t)
	e := m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina"))
	if _, err := m.Tx.Exec(t.Context(), `insert into rattachement (id, eleve_id, ecole_uai, modalite, debut)
		values (gen_random_uuid(), $1, $2, 'famille', '2026-05-01')`, e.ID, fixture.Ecole); err != nil {
		t.Fatal(err)
	}
	e = m.Admettre("directeur", e)
	if _, err := m.Tx.Exec(t.Context(), `update rattachement set fin = '2026-07-15'`); err != nil {
		t.Fatal(err)
	}
	retirer(m, e, reprisesSQL["reprise"])
	if got := fixture.Valeur[string](m, periodeSQL, e.ID); got != "2026-07-15" {
		t.Errorf("the correction is lost: %s", got)
	}
}

// reprisesSQL are the ways in which an admission is no more: taken back, or struck off as a mistake.
var reprisesSQL = map[string]string{
	"reprise": `update scolarite set etat = 'admis_accepte', date_admission = null where id = $1`,
	"erronée": `update scolarite set etat = 'radie', date_radiation = date_admission, motif_radiation = 'admission_erronee' where id = $1`,
}

func retirer(m *fixture.Monde, e fixture.Enfant, sql string) {
	m.Helper()
	if _, err := m.Tx.Exec(m.Context(), sql, e.Scolarite); err != nil {
		m.Fatal(err)
	}
}
