package territoire_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

var rentree = time.Date(2026, time.September, 1, 8, 0, 0, 0, time.UTC)

// village lays two neighbouring schools, each with one pupil, his mother, his INE, and one habilitation per role.
type village struct {
	tx pgx.Tx
	db *territoire.DB
}

const villageSQL = `
	insert into academie values ('16', 'Toulouse');
	insert into departement values ('65', 'Hautes-Pyrénées', '16'), ('32', 'Gers', '16');
	insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65'), ('32013', 'Auch', '32');
	insert into circonscription values ('0651044G', 'Tarbes', '65'), ('0320000A', 'Auch', '32');
	insert into ecole (uai, nom, type, secteur, commune_insee, circonscription_uai, departement_code) values
		('0659001F', 'École Jean-Jaurès', 'primaire', 'public', '65440', '0651044G', '65'),
		('0329002G', 'École d’Auch', 'primaire', 'public', '32013', '0320000A', '32');
	insert into annee_scolaire values (2026, '2026-09-01', '2027-08-31');
	insert into adresse (id, voie, code_postal, commune_insee, commune) values
		('00000000-0000-4000-a000-000000000001', '1 rue A', '65000', '65440', 'Tarbes'),
		('00000000-0000-4000-a000-000000000002', '2 rue B', '32000', '32013', 'Auch');
	insert into eleve (id, ecole_uai, tenu_par, nom_famille, prenom, sexe, date_naissance, ne_etranger,
		commune_naissance_insee, adresse_id, cree_le) values
		('00000000-0000-4000-b000-000000000001', '0659001F', 'ecole', 'Abadie', 'Lina', 'F', '2018-04-12', false, '65440',
			'00000000-0000-4000-a000-000000000001', now()),
		('00000000-0000-4000-b000-000000000002', '0329002G', 'ecole', 'Dupuy', 'Noé', 'M', '2018-05-13', false, '32013',
			'00000000-0000-4000-a000-000000000002', now());
	insert into responsable (id, nature, civilite, nom_famille, prenom) values
		('00000000-0000-4000-c000-000000000001', 'personne', 'Mme', 'Abadie', 'Anne'),
		('00000000-0000-4000-c000-000000000002', 'personne', 'Mme', 'Dupuy', 'Zoé');
	insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang)
		select replace(id::text, '-c000-', '-b000-')::uuid, id, 'mere', true, 1 from responsable;
	insert into classe (id, ecole_uai, annee, libelle_court) values
		('00000000-0000-4000-d000-000000000001', '0659001F', 2026, 'CE2'), ('00000000-0000-4000-d000-000000000002', '0329002G', 2026, 'CE2');
	insert into classe_niveau select id, ecole_uai, 'CE2' from classe;
	insert into inscription (id, eleve_id, annee, commune_insee, ecole_uai, etat, date_demande, date_inscription, saisie_par)
		select gen_random_uuid(), id, 2026, mairie_insee, ecole_uai, 'transformee', '2026-05-01', '2026-05-01', 'mairie' from eleve;
	insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet, date_admission)
		select gen_random_uuid(), id, ecole_uai, 2026, '2027-08-31', 'admis_definitif', 'CE2', '2026-09-01', '2026-09-01' from eleve;
	update scolarite s set classe_id = c.id from classe c where c.ecole_uai = s.ecole_uai;
	insert into affectation (scolarite_id, ecole_uai, classe_id, debut)
		select id, ecole_uai, classe_id, '2026-09-01' from scolarite;
	insert into immatriculation (eleve_id, ecole_uai, etat, ine, demande_le)
		select id, ecole_uai, 'attribue', case ecole_uai when '0659001F' then '990000001EB' else '990000002EA' end, now() from eleve;
	insert into compte (id, identifiant, nom, prenom, mot_de_passe, a_changer, cree_le)
		values ('00000000-0000-4000-e000-000000000001', 'claire.fabre', 'Fabre', 'Claire', 'x', false, now());
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
		select now(), '00000000-0000-4000-e000-000000000001', gen_random_uuid(), 'directeur', 'consulter', 'eleve', id, ecole_uai from eleve;
	insert into document (id, emetteur, annee, numero, type, eleve_id, ecole_uai, empreinte, edite_le, compte_id)
		select gen_random_uuid(), ecole_uai, 2026, 1, 'certificat_scolarite', id, ecole_uai, '\x00', now(),
			'00000000-0000-4000-e000-000000000001' from eleve;
	insert into habilitation (id, compte_id, role, debut, commune_insee, ecole_uai, circonscription_uai, departement_code)
	select h.id::uuid, '00000000-0000-4000-e000-000000000001', h.role, '2026-01-01', h.c, h.e, h.i, h.d from (values
		('00000000-0000-4000-f000-000000000001', 'mairie', '65440', null, null, null),
		('00000000-0000-4000-f000-000000000002', 'directeur', null, '0659001F', null, null),
		('00000000-0000-4000-f000-000000000003', 'ien', null, null, '0651044G', null),
		('00000000-0000-4000-f000-000000000004', 'ia', null, null, null, '65'),
		('00000000-0000-4000-f000-000000000005', 'service', null, null, null, '65')) h (id, role, c, e, i, d)`

var habilitations = map[string]string{
	"mairie": "00000000-0000-4000-f000-000000000001", "directeur": "00000000-0000-4000-f000-000000000002",
	"ien": "00000000-0000-4000-f000-000000000003", "ia": "00000000-0000-4000-f000-000000000004",
	"service": "00000000-0000-4000-f000-000000000005",
}

const (
	lina = "00000000-0000-4000-b000-000000000001"
	noe  = "00000000-0000-4000-b000-000000000002"
)

func settle(t *testing.T) village {
	t.Helper()
	tx := postgrestest.Tx(t)
	if _, err := tx.Exec(context.Background(), villageSQL); err != nil {
		t.Fatal(err)
	}
	return village{tx, territoire.Dans(tx)}
}

func portee(role string) territoire.Portee {
	return territoire.Portee{
		Role: role, Habilitation: uuid.MustParse(habilitations[role]),
		Compte: uuid.MustParse("00000000-0000-4000-e000-000000000001"), Le: rentree,
	}
}

// count runs a count in the scope of a role.
func (v village) count(role, sql string, args ...any) (n int, err error) {
	err = v.db.Lire(context.Background(), portee(role), func(l *territoire.Lecture) { territoire.Valeur(l, &n, sql, args...) })
	return n, err
}

func (v village) exec(role, sql string, args ...any) error {
	return v.db.Ecrire(context.Background(), portee(role), func(tx territoire.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
}

// strip takes a protection away, for the controls.
func (v village) strip(t *testing.T, sql string) {
	t.Helper()
	if _, err := v.tx.Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}

func denied(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42501"
}

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

func TestScopeMustBeOpen(t *testing.T) {
	v := settle(t)
	ended := portee("directeur")
	ended.Le = rentree.AddDate(-1, 0, 0)
	notHeld := portee("directeur")
	notHeld.Role = "ia"
	for name, p := range map[string]territoire.Portee{"ended": ended, "of another role": notHeld} {
		err := v.db.Lire(context.Background(), p, func(*territoire.Lecture) {})
		if !errors.Is(err, territoire.ErrPorteeClose) {
			t.Errorf("a habilitation %s opens: %v", name, err)
		}
		err = v.db.Ecrire(context.Background(), p, func(territoire.Tx) error { return nil })
		if !errors.Is(err, territoire.ErrPorteeClose) {
			t.Errorf("a habilitation %s opens for writing: %v", name, err)
		}
	}
	// Without a scope at all a query fails, it does not return nothing.
	_, err := v.tx.Exec(context.Background(), "savepoint s; set local role be_directeur; select count(*) from scolarite")
	if err == nil {
		t.Error("a query without a scope answered")
	}
}

func TestNothingOfTheScopeStays(t *testing.T) {
	v := settle(t)
	if _, err := v.count("directeur", "select count(*) from eleve"); err != nil {
		t.Fatal(err)
	}
	var left string
	if err := v.tx.QueryRow(context.Background(), "select current_setting('be.ecoles', true)").Scan(&left); err != nil || left != "" {
		t.Errorf("the scope left %q behind, %v", left, err)
	}
}
