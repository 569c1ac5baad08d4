package territoire_test

import (
	"context"
	"testing"
)

// personal are the tables a query of which, without any WHERE, returns one's own line and not the neighbour's.
var personal = []string{
	"eleve", "adresse", "responsable", "lien_responsable", "classe", "classe_niveau", "inscription", "scolarite",
	"affectation", "immatriculation", "document", "journal",
}

func TestQueryWithoutWhereReturnsOnesOwn(t *testing.T) {
	for _, role := range []string{"mairie", "directeur", "ien", "ia"} {
		for _, table := range personal {
			t.Run(role+" "+table, func(t *testing.T) {
				v := settle(t)
				n, err := v.count(role, "select count(*) from "+table)
				if denied(err) {
					return // the role may not read the table at all
				}
				if err != nil || n > 1 {
					t.Fatalf("%d lines, %v: want one's own alone", n, err)
				}
				v.strip(t, "alter table "+table+" disable row level security") // control
				if n, _ := v.count(role, "select count(*) from "+table); n < 2 {
					t.Errorf("without row security still %d lines: this test cannot fail", n)
				}
			})
		}
	}
}

// The policies that look at nothing but the row itself must also show what they should.
func TestOnesOwnIsSeen(t *testing.T) {
	for _, tt := range []struct {
		role   string
		tables []string
	}{
		{"mairie", []string{"eleve", "adresse", "responsable", "lien_responsable", "classe", "inscription", "scolarite"}},
		{"directeur", personal},
		{"ien", []string{"eleve", "adresse", "responsable", "lien_responsable", "classe", "scolarite", "affectation"}},
		{"ia", []string{"eleve", "adresse", "responsable", "immatriculation", "journal"}},
	} {
		t.Run(tt.role, func(t *testing.T) {
			v := settle(t)
			for _, table := range tt.tables {
				if n, err := v.count(tt.role, "select count(*) from "+table); n != 1 || err != nil {
					t.Errorf("%s sees %d lines of %s, %v: want 1", tt.role, n, table, err)
				}
			}
		})
	}
}

func TestReadersCannotWrite(t *testing.T) {
	for _, role := range []string{"ien", "ia"} {
		for _, sql := range []string{
			"update eleve set prenom = 'X'", "delete from eleve", "update scolarite set niveau = 'CM1'",
			"update lien_responsable set rang = 2", "insert into adresse (id, commune, pays) values (gen_random_uuid(), 'X', 'Y')",
		} {
			t.Run(role+" "+sql, func(t *testing.T) {
				v := settle(t)
				if err := v.exec(role, sql); !denied(err) {
					t.Fatalf("got %v, want a refusal by PostgreSQL", err)
				}
				v.strip(t, "grant all on all tables in schema public to be_"+role) // control
				if err := v.exec(role, sql); denied(err) && sql[:6] != "insert" {
					t.Errorf("refused even with the grant: this test cannot fail")
				}
			})
		}
	}
}

func TestMairieCannotSelectTheINE(t *testing.T) {
	for _, role := range []string{"mairie", "ien", "service"} {
		t.Run(role, func(t *testing.T) {
			v := settle(t)
			if _, err := v.count(role, "select count(ine) from immatriculation"); !denied(err) {
				t.Errorf("got %v, want a refusal by PostgreSQL", err)
			}
			v.strip(t, "grant select on immatriculation to be_"+role) // control
			if _, err := v.count(role, "select count(ine) from immatriculation"); err != nil {
				t.Errorf("refused even with the grant: this test cannot fail")
			}
		})
	}
}

func TestNeighbourIsOutOfReach(t *testing.T) {
	v := settle(t)
	for _, sql := range []string{
		"update eleve set prenom = 'X' where id = $1",
		"update lien_responsable set rang = 2 where eleve_id = $1",
		"update scolarite set niveau = 'CM1' where eleve_id = $1",
	} {
		if err := v.exec("directeur", sql, noe); err != nil {
			t.Errorf("%s: %v, want nothing touched", sql, err)
		}
	}
	var touched int
	err := v.tx.QueryRow(context.Background(), `select count(*) from eleve e join scolarite s on s.eleve_id = e.id
		where e.id = $1 and (e.prenom = 'X' or s.niveau = 'CM1')`, noe).Scan(&touched)
	if err != nil || touched > 0 {
		t.Errorf("the neighbour was touched (%d, %v)", touched, err)
	}
	if err := v.exec("directeur", "update eleve set ecole_uai = '0329002G' where id = $1", lina); !denied(err) {
		t.Errorf("a pupil was moved to the neighbour's school: %v", err)
	}
	if err := v.exec("directeur", `insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat)
		values (gen_random_uuid(), $1, '0329002G', 2026, '2027-08-31', 'admissible')`, lina); !denied(err) {
		t.Errorf("a scolarité was opened in the neighbour's school: %v", err)
	}
}

func TestMairieNoLongerWritesOnceTheSchoolHoldsThePen(t *testing.T) {
	v := settle(t)
	change := func() (n int) {
		if err := v.exec("mairie", "update eleve set prenom2 = 'Rose' where id = $1", lina); err != nil {
			t.Fatal(err)
		}
		if err := v.tx.QueryRow(context.Background(), "select count(*) from eleve where prenom2 = 'Rose'").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := change(); n != 0 {
		t.Error("the mairie wrote in a file held by the school")
	}
	v.strip(t, "update eleve set tenu_par = 'mairie'") // control
	if n := change(); n != 1 {
		t.Error("the mairie cannot write in its own file")
	}
}

func TestStrictMairieSeesTheEtatCivilOnly(t *testing.T) {
	v := settle(t)
	v.strip(t, "update commune set mairie_stricte = true")
	for _, table := range []string{"responsable", "lien_responsable", "adresse"} {
		if n, err := v.count("mairie", "select count(*) from "+table); n != 0 || err != nil {
			t.Errorf("a strict mairie sees %d lines of %s, %v", n, table, err)
		}
	}
	if n, _ := v.count("mairie", "select count(*) from eleve"); n != 1 {
		t.Errorf("a strict mairie sees %d pupils, want 1", n)
	}
}
