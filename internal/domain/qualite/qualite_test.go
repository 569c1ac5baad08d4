package qualite_test

import (
	"context"
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// nombre counts a rule as an agent, and checks that its list has as many lines.
func nombre(t *testing.T, m *fixture.Monde, name, code string) int {
	t.Helper()
	agent := m.Agent(name)
	a, ok := qualite.Trouver(agent.Role, code)
	if !ok {
		t.Fatalf("%s does not read %s", name, code)
	}
	var c qualite.Comptes
	var lignes []qualite.Ligne
	err := m.DB.Lire(context.Background(), agent.Portee(), func(l *territoire.Lecture) {
		c.Queue(l, agent, []qualite.Anomalie{a})
		qualite.QueueLignes(l, agent, &lignes, a, fixture.Ecole, 50, 0)
	})
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	n := c.Tous()[0].Nombre
	if n != len(lignes) || n > 0 && lignes[0].Total != n {
		t.Errorf("%s: %d counted, %d listed", code, n, len(lignes))
	}
	for _, l := range lignes {
		if l.Nom() == "" || a.Reparation(l) == "" || a.Objet(l) == "" {
			t.Errorf("%s: a line without a name or a way: %+v", code, l)
		}
	}
	return n
}

// behind changes what is recorded, as no page would.
func behind(_ *fixture.Monde, sql ...string) func(*fixture.Monde) {
	return func(m *fixture.Monde) {
		m.Helper()
		for _, s := range sql {
			if _, err := m.Tx.Exec(context.Background(), s); err != nil {
				m.Fatalf("%s: %v", s, err)
			}
		}
	}
}

func present(m *fixture.Monde)  { m.Present("Lina") }
func inscrit(m *fixture.Monde)  { m.Inscrire("mairie", fixture.Ecole, "Lina") }
func accepte(m *fixture.Monde)  { m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina")) }
func radie(m *fixture.Monde)    { m.Present("Lina"); behind(m, radieSQL)(m) }
func deux(m *fixture.Monde)     { m.Present("Lina"); m.Present("Noé") }
func deuxFois(m *fixture.Monde) { m.Present("Lina"); m.Present("Lina") }

const radieSQL = `update scolarite set etat = 'radie', date_radiation = '2026-11-03', motif_radiation = 'demenagement'`

// Each rule sees its anomaly, and sees none in the same world without it.
func TestRegles(t *testing.T) {
	for _, tt := range []struct {
		code, agent string
		world       func(*fixture.Monde)
		wrong       string // what makes the anomaly
		want        int
	}{
		{"inscrits-sans-reponse", "directeur", inscrit, `update inscription set date_demande = '2026-11-01', date_inscription = '2026-11-04'`, 1},
		{"attendus-en-retard", "directeur", accepte, `update scolarite set date_effet = '2026-11-20'`, 1},
		{"sans-classe", "directeur", present, `update scolarite set classe_id = null`, 1},
		{"autorite-parentale", "directeur", present, `update lien_responsable set autorite_parentale = false`, 1},
		{"autorite-parentale", "directeur", present, `delete from lien_responsable`, 1},
		{"telephone", "directeur", present, `update responsable set tel_portable = ''`, 1},
		{"adresse", "directeur", present, `update adresse set voie = ''`, 1},
		{"adresse", "directeur", present, `update eleve set adresse_id = null`, 1},
		{"adresse", "directeur", present, `update adresse set voie = '', protegee = true`, 0},
		{"lieu-naissance", "directeur", present, `update eleve set commune_naissance_insee = null`, 1},
		{"lieu-naissance", "directeur", present, `update eleve set commune_naissance_insee = null, ne_etranger = true`, 0},
		{"attestation", "directeur", present, `update autorisation set attestation_fournie = false`, 1},
		{"ine", "directeur", present, `update immatriculation set demande_le = '2026-11-12'`, 1},
		{"ine", "directeur", present, `delete from immatriculation`, 1},
		{"ine-bloque", "directeur", present, `update immatriculation set etat = 'bloque_doublon'`, 1},
		{"age", "directeur", present, `update eleve set date_naissance = '2016-04-12'`, 1},
		{"age", "directeur", present, `update eleve set date_naissance = '2022-12-31'`, 1},
		{"dossiers-en-double", "directeur", deux, `update eleve set prenom = 'Lina', date_naissance = '2018-01-01'`, 2},
		{"responsables-en-double", "directeur", deux, `update responsable set courriel = 'anne@exemple.fr', tel_portable = '', prenom = 'ANNE'`, 2},
		{"classes-sans-enseignant", "directeur", present, `update classe set enseignant = ''`, 2},
		{"radies-sans-certificat", "directeur", radie, `delete from document`, 1},
		{"ecoles-muettes", "mairie", inscrit, `update inscription set date_demande = '2026-11-01', date_inscription = '2026-11-04'`, 1},
		{"fiches-sans-telephone", "mairie", inscrit, `update responsable set tel_portable = ''`, 1},
		{"fiches-sans-autorite", "mairie", inscrit, `update lien_responsable set autorite_parentale = false`, 1},
		{"modalite-inconnue", "mairie", radie, `update scolarite set motif_radiation = 'demenagement'`, 1},
	} {
		t.Run(tt.code+" "+tt.wrong, func(t *testing.T) {
			m := fixture.New(t)
			tt.world(m)
			behind(m, sain...)(m)
			if n := nombre(t, m, tt.agent, tt.code); n != 0 {
				t.Errorf("%d in a sound world", n)
			}
			behind(m, tt.wrong)(m)
			if n := nombre(t, m, tt.agent, tt.code); n != tt.want {
				t.Errorf("got %d, want %d", n, tt.want)
			}
		})
	}
}

// sain mends all that the worlds above have wrong.
var sain = []string{
	`update inscription set date_inscription = '2026-11-05'`,
	`update scolarite set date_effet = '2026-11-21' where etat = 'admis_accepte'`,
	`update scolarite set classe_id = 'c1a55e00-0000-4000-8000-000000000001' where etat = 'admis_definitif'`,
	`update immatriculation set demande_le = '2026-11-13'`,
	`update eleve set date_naissance = '2017-12-31' where prenom = 'Lina'`,
	`update responsable r set tel_portable = '06 00 00 00 0' || n.rang, courriel = gen_random_uuid() || '@exemple.fr'
		from (select id, row_number() over () as rang from responsable) n where n.id = r.id`,
	`update scolarite set motif_radiation = 'instruction_famille' where etat = 'radie'`,
	`insert into autorisation (eleve_id, annee, attestation_fournie) select id, 2026, true from eleve`,
	`insert into document (id, emetteur, annee, numero, type, eleve_id, ecole_uai, empreinte, edite_le, compte_id)
		select gen_random_uuid(), ecole_uai, 2026, 1, 'certificat_radiation', eleve_id, ecole_uai, '', now(), gen_random_uuid()
		from scolarite where etat = 'radie'`,
}

// From May on, and no sooner, a pupil waits for a passage.
func TestPassageFromMay(t *testing.T) {
	for day, want := range map[string]int{"2027-04-30": 0, "2027-05-01": 1} {
		t.Run(day, func(t *testing.T) {
			m := fixture.New(t)
			present(m)
			at, err := time.ParseInLocation("2006-01-02 15", day+" 10", time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			m.Heure = at
			if n := nombre(t, m, "directeur", "sans-passage"); n != want {
				t.Errorf("%d, want %d", n, want)
			}
			behind(m, `insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
				select id, ecole_uai, annee, 'propose', 'passage', 'CE2', false, '2027-04-02' from scolarite`)(m)
			if n := nombre(t, m, "directeur", "sans-passage"); n != 0 {
				t.Errorf("%d although one is proposed", n)
			}
		})
	}
}

// The mairie of a strict commune is not told that families have no telephone: it may not know.
func TestCommuneStricteNeSaitPas(t *testing.T) {
	m := fixture.New(t)
	inscrit(m)
	behind(m, `update responsable set tel_portable = ''`)(m)
	if n := nombre(t, m, "mairie", "fiches-sans-telephone"); n != 1 { // control
		t.Fatalf("%d in an open commune", n)
	}
	behind(m, `update commune set mairie_stricte = true`)(m)
	if n := nombre(t, m, "mairie", "fiches-sans-telephone"); n != 0 {
		t.Errorf("%d in a strict one", n)
	}
}

// Every rule of every role is counted and listed without fault, and the neighbour's anomalies are not one's own.
func TestVoisins(t *testing.T) {
	m := fixture.New(t)
	deuxFois(m)
	for _, name := range []string{"directeur voisin", "mairie voisine", "directeur du même"} {
		for _, a := range qualite.Pour(m.Agent(name).Role) {
			if n := nombre(t, m, name, a.Code); n != 0 && a.Code != "classes-sans-enseignant" {
				t.Errorf("%s reads %d of %s", name, n, a.Code)
			}
		}
	}
	if n := nombre(t, m, "directeur", "dossiers-en-double"); n != 2 { // control
		t.Errorf("the directeur reads %d", n)
	}
}

// An inspection reads the same counts school by school, and those of its territory only.
func TestEcoles(t *testing.T) {
	for agent, want := range map[string]int{"ien": 2, "ien voisin": 0, "ia": 2, "ia voisine": 0} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			deux(m)
			a := m.Agent(agent)
			var list []qualite.Ecole
			err := m.DB.Lire(t.Context(), a.Portee(), func(l *territoire.Lecture) { qualite.QueueEcoles(l, a, &list, "", 50, 0) })
			if err != nil {
				t.Fatal(err)
			}
			got := 0
			for _, e := range list {
				for i, n := range e.Nombres(a.Role) {
					if qualite.Pour(a.Role)[i].Code == "sans-classe" {
						got += n
					}
				}
			}
			if got != want || len(list) == 0 {
				t.Errorf("%d without a class in %d schools, want %d", got, len(list), want)
			}
		})
	}
}

// The IEN has no right at all on the INE: no rule of his reads it.
func TestIENSansINE(t *testing.T) {
	for _, code := range []string{"ine", "ine-bloque"} {
		if _, ok := qualite.Trouver(habilitation.IEN, code); ok {
			t.Errorf("the IEN reads %s", code)
		}
		if _, ok := qualite.Trouver(habilitation.IA, code); !ok { // control
			t.Errorf("the IA does not read %s", code)
		}
	}
}
