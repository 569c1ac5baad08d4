package territoire_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/territoire"
)

// collegesSQL assigns Lina to a collège of Tarbes for the rentrée of 2027, and lays a second collège beside it.
const collegesSQL = `
	insert into annee_scolaire values (2027, '2027-09-01', '2028-08-31');
	insert into college (uai, nom, secteur, commune_insee) values
		('0650027C', 'Collège Massey', 'public', '65440'), ('0650028D', 'Collège Voltaire', 'public', '65440');
	insert into habilitation (id, compte_id, role, debut, college_uai) values
		('00000000-0000-4000-f000-000000000011', '00000000-0000-4000-e000-000000000001', 'college', '2026-01-01', '0650027C'),
		('00000000-0000-4000-f000-000000000012', '00000000-0000-4000-e000-000000000001', 'college', '2026-01-01', '0650028D');
	insert into lot_6e (id, departement_code, annee, eleves, fait_le, compte_id)
		values ('00000000-0000-4000-9000-000000000001', '65', 2027, 1, now(), gen_random_uuid());
	insert into affectation_6e (id, eleve_id, ecole_uai, annee, college_uai, numero, affecte_le, lot_id)
		select '00000000-0000-4000-9000-000000000002', id, ecole_uai, 2027, '0650027C', 1, now(), '00000000-0000-4000-9000-000000000001'
		from eleve where prenom = 'Lina';
	update scolarite set niveau = 'CM2', classe_id = null;
	update responsable r set adresse_id = e.adresse_id, tel_portable = '06 00 00 00 01' from lien_responsable l join eleve e on e.id = l.eleve_id
		where l.responsable_id = r.id`

func collegien(habilitation, day string) territoire.Portee {
	le, _ := time.Parse(time.DateOnly, day)
	return territoire.Portee{
		Role: "college", Habilitation: uuid.MustParse("00000000-0000-4000-f000-0000000000" + habilitation),
		Compte: uuid.MustParse("00000000-0000-4000-e000-000000000001"), Le: le.Add(10 * time.Hour),
	}
}

// asCollege counts what a collège reads on a day.
func (v village) asCollege(t *testing.T, habilitation, day, sql string) (n int) {
	t.Helper()
	err := v.db.Lire(context.Background(), collegien(habilitation, day), func(l *territoire.Lecture) { territoire.Valeur(l, &n, sql) })
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// A collège reads its pupils, in the season, until it has acknowledged them; nobody else's, at no other time
// (security.md §5, rule 4).
func TestCollegeReadsItsPupilsInTheSeason(t *testing.T) {
	const massey, voltaire = "11", "12"
	for _, tt := range []struct {
		name, college, day, before string
		want                       int
	}{
		{"in the season", massey, "2027-06-15", "", 1},
		{"on its first day", massey, "2027-06-01", "", 1},
		{"on its last day", massey, "2027-09-30", "", 1},
		{"the day before", massey, "2027-05-31", "", 0},
		{"the day after", massey, "2027-10-01", "", 0},
		{"a year too early", massey, "2026-06-15", "", 0},
		{"another collège", voltaire, "2027-06-15", "", 0},
		{"when the IA opens sooner", massey, "2027-05-31", `insert into campagne_6e (departement_code, annee, debut, fin) values ('65', 2027, '2027-05-15', '2027-07-15')`, 1},
		{"when the IA closes sooner", massey, "2027-07-16", `insert into campagne_6e (departement_code, annee, debut, fin) values ('65', 2027, '2027-05-15', '2027-07-15')`, 0},
		{"when another département opens sooner", massey, "2027-05-31", `insert into campagne_6e (departement_code, annee, debut, fin) values ('32', 2027, '2027-05-15', '2027-07-15')`, 0},
		{"once acknowledged", massey, "2027-06-15", `update affectation_6e set etat = 'recu', recu_le = now(), recu_par = gen_random_uuid()`, 0},
		{"taken back", massey, "2027-06-15", `update affectation_6e set etat = 'annule'`, 0},
		{"in a file that went into another", massey, "2027-06-15", `update eleve set etat = 'fusionne'`, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := settle(t)
			v.strip(t, collegesSQL)
			if tt.before != "" {
				v.strip(t, tt.before)
			}
			if n := v.asCollege(t, tt.college, tt.day, "select count(*) from eleve_6e"); n != tt.want {
				t.Errorf("%d pupils, want %d", n, tt.want)
			}
			if n := v.asCollege(t, tt.college, tt.day, "select count(*) from responsable_6e"); n != tt.want && tt.name != "in a file that went into another" {
				t.Errorf("%d responsables, want %d", n, tt.want)
			}
		})
	}
}

// The tables themselves stay closed to a collège…
func TestCollegeReadsNoTableOfTheRegister(t *testing.T) {
	for _, table := range []string{
		"eleve", "adresse", "responsable", "lien_responsable", "immatriculation", "scolarite", "inscription", "passage", "periscolaire",
		"autorisation", "personne_autorisee", "lot_6e", "depot_6e", "jeton_6e",
	} {
		t.Run(table, func(t *testing.T) {
			v := settle(t)
			v.strip(t, collegesSQL)
			var n int
			err := v.db.Lire(context.Background(), collegien("11", "2027-06-15"), func(l *territoire.Lecture) {
				territoire.Valeur(l, &n, "select count(*) from "+table)
			})
			if !denied(err) {
				t.Errorf("%d lines, %v", n, err)
			}
		})
	}
}

// … but the bare lines of its own assignments.
func TestCollegeReadsTheLinesOfItsAssignments(t *testing.T) {
	v := settle(t)
	v.strip(t, collegesSQL)
	if n := v.asCollege(t, "11", "2027-06-15", "select count(*) from affectation_6e"); n != 1 {
		t.Errorf("%d of its own assignments", n)
	}
	if n := v.asCollege(t, "12", "2027-06-15", "select count(*) from affectation_6e"); n != 0 {
		t.Errorf("%d of another's", n)
	}
	v.strip(t, "alter table affectation_6e disable row level security") // control
	if n := v.asCollege(t, "12", "2027-06-15", "select count(*) from affectation_6e"); n != 1 {
		t.Error("nothing more without row security: this test cannot fail")
	}
}

// A protected home is handed over by no file, whosever it is; that there is one is told.
func TestCollegeReadsNoProtectedAddress(t *testing.T) {
	const homes = `select (select count(*) from eleve_6e where voie <> '' or commune <> '' or adresse_id is not null)
		+ (select count(*) from responsable_6e where voie <> '' or commune <> '' or adresse_id is not null)`
	v := settle(t)
	v.strip(t, collegesSQL)
	if n := v.asCollege(t, "11", "2027-06-15", homes); n != 2 { // control
		t.Fatalf("%d ordinary homes", n)
	}
	v.strip(t, "update adresse set protegee = true")
	if n := v.asCollege(t, "11", "2027-06-15", homes); n != 0 {
		t.Errorf("%d protected homes", n)
	}
	if n := v.asCollege(t, "11", "2027-06-15", "select count(*) from eleve_6e where adresse_protegee"); n != 1 {
		t.Error("the collège does not learn that the home is protected")
	}
}

// What a collège writes is the acknowledgement of its own, and nothing else.
func TestCollegeAcknowledgesItsOwn(t *testing.T) {
	const accuse = `update affectation_6e set etat = 'recu', recu_le = now(), recu_par = portee_compte()`
	for _, tt := range []struct {
		name, college, day, sql string
		recus                   int
		refused                 bool
	}{
		{"its own", "11", "2027-06-15", accuse, 1, false},
		{"another's", "12", "2027-06-15", accuse, 0, false},
		{"out of season", "11", "2027-05-31", accuse, 0, false},
		{"in somebody else's name", "11", "2027-06-15", `update affectation_6e set etat = 'recu', recu_le = now(), recu_par = gen_random_uuid()`, 0, true},
		{"takes one back", "11", "2027-06-15", `update affectation_6e set etat = 'annule'`, 0, true},
		{"moves one to itself", "12", "2027-06-15", `update affectation_6e set college_uai = '0650028D'`, 0, true},
		{"adds one", "12", "2027-06-15", `insert into affectation_6e select * from affectation_6e`, 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := settle(t)
			v.strip(t, collegesSQL)
			err := v.db.Ecrire(context.Background(), collegien(tt.college, tt.day), func(tx territoire.Tx) error {
				_, err := tx.Exec(context.Background(), tt.sql)
				return err
			})
			if denied(err) != tt.refused {
				t.Fatalf("got %v", err)
			}
			var n int
			if err := v.tx.QueryRow(context.Background(), `select count(*) from affectation_6e where etat = 'recu'`).Scan(&n); err != nil || n != tt.recus {
				t.Errorf("%d acknowledged, %v: want %d", n, err, tt.recus)
			}
		})
	}
}
