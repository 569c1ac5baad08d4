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
		select now(), gen_random_uuid(), gen_random_uuid(), 'directeur', 'consulter', 'eleve', id, ecole_uai from eleve;
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
