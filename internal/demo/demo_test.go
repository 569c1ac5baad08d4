package demo_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

func options(t *testing.T) demo.Options {
	t.Helper()
	box, err := coffre.New(make([]byte, coffre.Taille))
	if err != nil {
		t.Fatal(err)
	}
	return demo.Options{
		Graine: demo.Graine, AnneePrecedente: true, Coffre: box,
		Maintenant: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC),
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// fill fills a base of the test's own.
func fill(t *testing.T, o demo.Options) (*pgx.Conn, string, demo.Bilan) {
	t.Helper()
	url := postgrestest.Clone(t)
	bilan, err := demo.Remplir(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	return connect(t, url), url, bilan
}

// never is what no base may hold, as the rule it breaks and the rows that break it. What constraints of the schema
// refuse is not repeated here.
var never = map[string]string{
	"une date après aujourd’hui": `select from scolarite where greatest(date_admission, date_radiation) > '2026-11-21'`,
	"inscrit avant l’admission": `select from scolarite s join inscription i on i.id = s.inscription_id
		where i.date_inscription > s.date_effet or i.eleve_id <> s.eleve_id or i.etat <> 'transformee'`,
	"une classe d’une autre année": `select from scolarite s join classe c on c.id = s.classe_id
		where (c.ecole_uai, c.annee) <> (s.ecole_uai, s.annee)`,
	"un niveau que l’école n’a pas": `select from scolarite s join ecole e on e.uai = s.ecole_uai
		where e.type <> 'primaire' and (e.type = 'maternelle') <> (s.niveau in ('TPS', 'PS', 'MS', 'GS'))`,
	"une affectation qui n’est pas celle de la scolarité": `select from scolarite s full join affectation a on a.scolarite_id = s.id
		where s.classe_id is distinct from a.classe_id or s.classe_id is not null and (a.fin is null) <> (s.etat <> 'radie')`,
	"une scolarité qui ne copie pas l’élève": `select from scolarite s join eleve e on e.id = s.eleve_id
		where (s.residence_insee, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance)
			is distinct from (e.residence_insee, e.nom_famille, e.nom_usage, e.prenom, e.sexe, e.date_naissance)`,
	"une inscription qui ne copie pas l’élève": `select from inscription i join eleve e on e.id = i.eleve_id
		where (i.residence_insee, i.nom_famille, i.nom_usage, i.prenom, i.sexe, i.date_naissance)
			is distinct from (e.residence_insee, e.nom_famille, e.nom_usage, e.prenom, e.sexe, e.date_naissance)`,
	"un lien qui ne copie pas l’élève": `select from lien_responsable l join eleve e on e.id = l.eleve_id
		where (l.ecole_uai, l.mairie_insee, l.residence_insee) is distinct from (e.ecole_uai, e.mairie_insee, e.residence_insee)`,
	"un élève qui n’est pas là où il habite": `select from eleve e join adresse a on a.id = e.adresse_id
		where e.residence_insee is distinct from a.commune_insee`,
	"un élève hors de la commune de son école": `select from eleve e join ecole c on c.uai = e.ecole_uai
		where e.mairie_insee <> c.commune_insee`,
	"un présent dans une école qui n’a pas son dossier": `select from scolarite s join eleve e on e.id = s.eleve_id
		where s.etat = 'admis_definitif' and s.annee = 2026 and (e.ecole_uai, e.tenu_par) is distinct from (s.ecole_uai, 'ecole')`,
	"un admis sans demande d’INE": `select from scolarite s left join immatriculation i using (eleve_id)
		where s.date_admission is not null and i.ecole_uai is distinct from (select ecole_uai from eleve where id = s.eleve_id)`,
	"un INE hors de la plage inventée":      `select from immatriculation where ine !~ '^99'`,
	"un INE que le registre donnera encore": `select from immatriculation, ine_serie where substr(ine, 3, 7)::int > last_value`,
	"un élève sans responsable qui ait l’autorité": `select from eleve e
		where not exists (select from lien_responsable l where l.eleve_id = e.id and l.autorite_parentale)`,
	"un responsable de personne": `select from responsable r
		where not exists (select from lien_responsable l where l.responsable_id = r.id)`,
	"un déclencheur resté éteint": `select from pg_trigger where tgenabled = 'D'`,
}

func TestInvariants(t *testing.T) {
	small, big := options(t), options(t)
	big.Eleves = 6_000 // enough for the way by streams
	nation := options(t)
	nation.Eleves, nation.AnneePrecedente, nation.Graine = 3000, false, 7
	for name, o := range map[string]demo.Options{"démonstration": small, "petite nation": nation, "par flux": big} {
		t.Run(name, func(t *testing.T) {
			conn, _, bilan := fill(t, o)
			for rule, sql := range never {
				var n int
				if err := conn.QueryRow(t.Context(), `select count(*) from (`+sql+`) x`).Scan(&n); err != nil || n != 0 {
					t.Errorf("%s: %d rows, %v", rule, n, err)
				}
			}
			var eleves, sortis, ecoles int
			if err := conn.QueryRow(t.Context(), `select count(*) filter (where etat = 'actif'), count(*) filter (where etat = 'sorti_1d'),
				(select count(*) from ecole) from eleve`).Scan(&eleves, &sortis, &ecoles); err != nil {
				t.Fatal(err)
			}
			if bilan.Eleves != eleves || bilan.Dossiers != int64(eleves+sortis) || bilan.Ecoles != ecoles || eleves != max(o.Eleves, 1500) {
				t.Errorf("announced %+v, there are %d pupils, %d left, %d schools", bilan, eleves, sortis, ecoles)
			}
			if o.Eleves == 0 {
				checkRulesFindFaults(t, conn)
			}
		})
	}
}

// checkRulesFindFaults is the control of never: each rule finds what breaks it.
func checkRulesFindFaults(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for rule, breaking := range map[string]string{
		"une date après aujourd’hui":                          `update scolarite set date_admission = '2026-11-30' where etat = 'admis_definitif' and annee = 2026`,
		"inscrit avant l’admission":                           `update inscription set etat = 'annulee', motif_annulation = 'erreur_saisie' where etat = 'transformee'`,
		"un niveau que l’école n’a pas":                       `update ecole set type = 'maternelle'`,
		"une affectation qui n’est pas celle de la scolarité": `delete from affectation where fin is not null`,
		"une scolarité qui ne copie pas l’élève":              `update scolarite set prenom = 'X' where annee = 2025`,
		"une inscription qui ne copie pas l’élève":            `update inscription set sexe = 'X'`,
		"un lien qui ne copie pas l’élève":                    `update lien_responsable set mairie_insee = 'X'`,
		"un élève qui n’est pas là où il habite":              `update eleve set residence_insee = 'X'`,
		"un élève hors de la commune de son école":            `update eleve set mairie_insee = '32233'`,
		"un présent dans une école qui n’a pas son dossier":   `update eleve set tenu_par = 'mairie'`,
		"un admis sans demande d’INE":                         `delete from immatriculation`,
		"un INE hors de la plage inventée":                    `update immatriculation set ine = '00' || substr(ine, 3)`,
		"un INE que le registre donnera encore":               `select setval('ine_serie', 1)`,
		"un élève sans responsable qui ait l’autorité":        `update lien_responsable set autorite_parentale = false`,
		"un responsable de personne":                          `delete from lien_responsable`,
		"un déclencheur resté éteint":                         `alter table eleve disable trigger user`,
	} {
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var n int
		_, err = tx.Exec(t.Context(), `alter table eleve disable trigger user; alter table scolarite disable trigger user; `+breaking)
		if err == nil {
			err = tx.QueryRow(t.Context(), `select count(*) from (`+never[rule]+`) x`).Scan(&n)
		}
		if err != nil || n == 0 {
			t.Errorf("%s: nothing found, %v", rule, err)
		}
		_ = tx.Rollback(t.Context())
	}
}

// contentSQL sums up all that is invented, whatever the order of the rows; accounts have a salt, numbers an order.
const contentSQL = `
	select md5(string_agg(md5(x.r), '' order by x.r)) from (
		select e::text as r from eleve e union all select s::text from scolarite s union all select i::text from inscription i
		union all select r::text from responsable r union all select l::text from lien_responsable l
		union all select a::text from adresse a union all select c::text from classe c union all select e::text from ecole e
		union all select m::text from immatriculation m union all select f::text from affectation f
	) x`

func content(t *testing.T, conn *pgx.Conn) (hash string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), contentSQL).Scan(&hash); err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestSameSeedSameBase(t *testing.T) {
	o := options(t)
	first, url, _ := fill(t, o)
	want := content(t, first)
	if _, err := first.Exec(t.Context(), `delete from immatriculation; insert into annee_scolaire values (2040, '2040-09-01', '2041-08-31')`); err != nil {
		t.Fatal(err)
	}
	if content(t, first) == want { // control
		t.Error("the sum does not see a change")
	}
	if _, err := demo.Remplir(t.Context(), url, o); err != nil {
		t.Fatal(err)
	}
	if content(t, first) != want {
		t.Error("filled again, the base is another")
	}
	o.Graine++
	other, _, _ := fill(t, o)
	if content(t, other) == want {
		t.Error("another seed gives the same base")
	}
}

func TestEtat(t *testing.T) {
	ctx := t.Context()
	url := postgrestest.Clone(t)
	conn := connect(t, url)
	is := func(want demo.Etat) {
		t.Helper()
		if got, err := demo.Lire(ctx, conn); err != nil || got != want {
			t.Errorf("state %v, %v, want %v", got, err, want)
		}
	}
	is(demo.Vide)
	if _, err := conn.Exec(ctx, `insert into academie values ('16', 'Toulouse'); insert into departement values ('65', 'x', '16');
		insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65');
		insert into ecole (uai, nom, type, secteur, commune_insee, departement_code)
		values ('0650119B', 'x', 'primaire', 'public', '65440', '65')`); err != nil {
		t.Fatal(err)
	}
	is(demo.Reelle)
	if _, err := demo.Remplir(ctx, url, options(t)); !errors.Is(err, demo.ErrPasVide) {
		t.Errorf("a real base is filled: %v", err)
	}
	is(demo.Reelle)
	if _, err := conn.Exec(ctx, `delete from ecole; delete from commune`); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Remplir(ctx, url, options(t)); err != nil {
		t.Fatal(err)
	}
	is(demo.Demo)
	if _, err := conn.Exec(ctx, `update demo.monde set acheve = false`); err != nil {
		t.Fatal(err)
	}
	is(demo.Inachevee)
	if _, err := demo.Remplir(ctx, url, options(t)); !errors.Is(err, demo.ErrInachevee) {
		t.Errorf("an unfinished base is filled: %v", err)
	}
}

// An interrupted filling leaves nothing, or a base that says so.
func TestInterrupted(t *testing.T) {
	for eleves, want := range map[int]demo.Etat{0: demo.Vide, 6_000: demo.Inachevee} {
		url := postgrestest.Clone(t)
		ctx, cancel := context.WithCancel(t.Context())
		o := options(t)
		o.Eleves = eleves
		o.Progres = func(_ string, done, total int) {
			if 2*done > total {
				cancel()
			}
		}
		if _, err := demo.Remplir(ctx, url, o); err == nil {
			t.Error("no error")
		}
		if got, err := demo.Lire(t.Context(), connect(t, url)); err != nil || got != want {
			t.Errorf("%d pupils: state %v, %v, want %v", eleves, got, err, want)
		}
	}
}

// Each account of the log-in page opens its territory: identifier, password, code.
func TestComptes(t *testing.T) {
	o := options(t)
	_, url, _ := fill(t, o)
	db, _, err := territoire.Connecter(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Fermer)
	now := o.Maintenant
	list, err := demo.Presents{DB: db, Coffre: o.Coffre, Now: func() time.Time { return now }}.Comptes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gate := compte.NewGate(db, o.Coffre, slog.New(slog.DiscardHandler))
	byRole, territories := map[habilitation.Role]int{}, map[string]bool{}
	plusieurs, aChanger := 0, 0
	for i, c := range list {
		agents, changer := entrer(t, gate, c, fmt.Sprintf("192.0.2.%d", i+1), now)
		byRole[c.Role]++
		territories[string(c.Role)+c.Territoire] = true
		if changer {
			aChanger++
		}
		if len(agents) > 1 {
			plusieurs++
		} else if agents[0].Territoire != c.Territoire || agents[0].Role != c.Role {
			t.Errorf("%s: %s for %s, listed as %s for %s", c.Identifiant, agents[0].Role, agents[0].Territoire, c.Role, c.Territoire)
		}
		if err := compte.JugerMotDePasse(c.MotDePasse, c.Identifiant, c.Territoire); err != nil {
			t.Errorf("%s: %s: %v", c.Identifiant, c.MotDePasse, err)
		}
	}
	for _, role := range habilitation.Roles {
		if byRole[role] < 2 {
			t.Errorf("%d accounts of %s", byRole[role], role)
		}
	}
	if plusieurs != 1 || aChanger != 1 || len(territories) != len(list) {
		t.Errorf("%d with several habilitations, %d with a password to change, %d territories", plusieurs, aChanger, len(territories))
	}
}

func entrer(t *testing.T, gate *compte.Gate, c compte.DemoCompte, address string, now time.Time) (agents []habilitation.Agent, aChanger bool) {
	t.Helper()
	v := compte.Visite{Adresse: address, Maintenant: now}
	id, err := gate.MotDePasse(t.Context(), v, c.Identifiant, c.MotDePasse)
	if err != nil {
		t.Fatalf("%s: %v", c.Identifiant, err)
	}
	aChanger, err = gate.Code(t.Context(), v, id, c.Identifiant, c.Code)
	if err != nil {
		t.Fatalf("%s: %v", c.Identifiant, err)
	}
	agents, err = gate.Agents(t.Context(), id, now)
	if err != nil || len(agents) == 0 {
		t.Fatalf("%s: %v", c.Identifiant, err)
	}
	return agents, aChanger
}
