package restructuration_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// essais is how many schools are drawn, merged or split, worked upon, and put back.
const essais = 40

// essai is the world with pupils in every state.
type essai struct {
	*fixture.Monde
	rand *rand.Rand
}

func nouvelEssai(t *testing.T) essai {
	x := essai{Monde: fixture.New(t), rand: rand.New(rand.NewPCG(5, 6))}
	for uai, who := range map[string][2]string{
		fixture.Ecole: {"mairie", "directeur"}, fixture.Meme: {"mairie", "directeur du même"}, fixture.Voisine: {"mairie voisine", "directeur voisin"},
	} {
		for _, prenom := range []string{"Lina", "Max", "Noé", "Zoé"} {
			x.Admettre(who[1], x.Accepter(who[1], x.Inscrire(who[0], uai, prenom)))
		}
		x.Accepter(who[1], x.Inscrire(who[0], uai, "Ugo"))
		x.Inscrire(who[0], uai, "Léa")
	}
	return x
}

// As many pupils after as before, each once a year; and the undo gives back the state before, row for row, but for those
// worked on since, who are as their school left them.
func TestUnChangementSeCompteEtSeDefait(t *testing.T) {
	x := nouvelEssai(t)
	moved, kept := 0, 0
	for n := range essais {
		x.exec(`savepoint essai`)
		m, k := x.essayer()
		moved, kept = moved+m, kept+k
		x.exec(`rollback to savepoint essai`)
		if t.Failed() {
			t.Fatalf("draw %d", n)
		}
	}
	if moved < essais || kept < essais/10 { // control: the draws try something
		t.Errorf("only %d pupils moved, %d kept", moved, kept)
	}
}

func (x essai) essayer() (moved, kept int) {
	x.peupler()
	before, comptes := x.photo(), x.comptes()
	var id uuid.UUID
	err := x.agir(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		if id, err = restructuration.Annoncer(ctx, tx, a, x.demande()); err == nil {
			moved, err = restructuration.Executer(ctx, tx, a, id, 0)
		}
		return err
	})
	if len(refusal.All(err)) > 0 {
		return 0, 0
	}
	if err != nil {
		x.Fatal(err)
	}
	x.verifier(comptes)
	worked := x.travailler(id)
	want := maps.Clone(before)
	for key, line := range x.photo() {
		if worked[line.eleve] {
			want[key] = line
		}
	}
	err = x.agir(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		kept, err = restructuration.Annuler(ctx, tx, a, id, 0)
		return err
	})
	if err != nil {
		x.Fatal(err)
	}
	x.comparer(want, x.photo(), len(worked) > 0)
	return moved, kept
}

// comparer leaves out, where a pupil stays, what stays for him: classes and a school.
func (x essai) comparer(want, got map[string]ligne, kept bool) {
	x.Helper()
	for key, line := range got {
		if was, ok := want[key]; !ok && !(kept && (key[:6] == "classe" || key[:5] == "ecole")) {
			x.Errorf("is left: %s %s", key, line.texte)
		} else if ok && was.texte != line.texte && !(kept && key[:5] == "ecole") {
			x.Errorf("%s\n%s\nwant\n%s", key, line.texte, was.texte)
		}
	}
	for key := range want {
		if _, ok := got[key]; !ok {
			x.Errorf("is lost: %s", key)
		}
	}
}

// peupler draws classes, decisions and next years for the pupils.
func (x essai) peupler() {
	x.exec(`update scolarite s set classe_id = k.id from classe k join classe_niveau n on n.classe_id = k.id and n.niveau = 'CE1'
		where k.ecole_uai = s.ecole_uai and k.annee = s.annee and s.etat in ('admis_accepte', 'admis_definitif') and hashtext(s.id::text || $1) % 2 = 0`, x.sel())
	x.exec(`insert into affectation (scolarite_id, ecole_uai, classe_id, debut)
		select id, ecole_uai, classe_id, '2026-09-01' from scolarite where classe_id is not null`)
	x.exec(`insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
		select id, ecole_uai, annee, case when hashtext(id::text || $1) % 5 = 0 then 'propose' else 'decide' end, 'passage', 'CE2', hashtext(id::text || $1) % 3 = 0, '2026-11-20'
		from scolarite where etat = 'admis_definitif' and $2`, x.sel(), x.rand.IntN(2) == 0)
	x.exec(`update passage set etat = 'confirme', confirme_le = '2026-11-20', confirme_par = 'ia', avis = 'favorable', avis_ien = true, avis_le = '2026-11-20'
		where etat = 'decide' and hashtext(scolarite_id::text || $1) % 4 = 0`, x.sel())
	x.exec(`with suite as (
			insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet)
			select gen_random_uuid(), s.eleve_id, s.ecole_uai, 2027, '2028-08-31', 'admis_accepte', 'CE2', '2027-09-01'
			from scolarite s join passage p on p.scolarite_id = s.id and p.etat in ('decide', 'confirme') where hashtext(s.id::text || $1) % 2 = 0 returning id, eleve_id)
		update passage p set suite_id = suite.id, suivie_le = now() from suite join scolarite s on s.eleve_id = suite.eleve_id where p.scolarite_id = s.id`, x.sel())
}

func (x essai) sel() string { return string(rune('a' + x.rand.IntN(26))) }

// demande draws a merger, into one of the schools or a new one, or a split.
func (x essai) demande() restructuration.Demande {
	ecoles := []string{fixture.Ecole, fixture.Meme, fixture.Voisine}
	x.rand.Shuffle(3, func(i, j int) { ecoles[i], ecoles[j] = ecoles[j], ecoles[i] })
	jours := []time.Time{fixture.Aujourdhui, fixture.Aujourdhui.AddDate(0, 0, -10), ecole.Annee(2026).Debut(), ecole.Annee(2027).Debut()}
	d := restructuration.Demande{Genre: restructuration.Fusion, Le: jours[x.rand.IntN(4)], Ecoles: ecoles[:2+x.rand.IntN(2)], Cible: ecoles[0]}
	if x.rand.IntN(2) == 0 {
		d.Genre, d.Ecoles, d.Cible = restructuration.Scission, ecoles[:1], ecoles[1]
		if x.rand.IntN(2) == 0 {
			d.Niveaux = []ecole.Niveau{ecole.CP, ecole.CE1}
		} else {
			d.Classes = fixture.Valeur[[]uuid.UUID](x.Monde, `select coalesce(array_agg(id), '{}') from classe where ecole_uai = $1 and annee = 2026 and libelle_court like 'CE1%'`, ecoles[0])
		}
	}
	if x.rand.IntN(2) == 0 {
		d.Nouvelle = &restructuration.Nouvelle{UAI: "0650119B", Nom: "École primaire des Pyrénées", Secteur: ecole.Public, CommuneInsee: fixture.Tarbes, Commune: "Tarbes"}
	}
	return d
}

// comptes is how many pupils the three schools have and expect, by year.
func (x essai) comptes() map[string]int {
	list := map[string]int{}
	rows, err := x.Tx.Query(x.Context(), `select annee || ' ' || etat || ' ' || coalesce(niveau, ''), count(*)::int from scolarite where etat in ('admissible', 'admis_accepte', 'admis_definitif') group by 1`)
	if err != nil {
		x.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			x.Fatal(err)
		}
		list[key] = n
	}
	return list
}

// verifier compares the counts: the year that comes may have more, for those whom nobody expected yet.
func (x essai) verifier(before map[string]int) {
	x.Helper()
	after := x.comptes()
	opened := fixture.Valeur[int](x.Monde, `select count(*) from restructuration_eleve where acte = 'ouvrir'`)
	after["2027 admis_accepte CE2"] -= opened
	maps.DeleteFunc(after, func(_ string, n int) bool { return n == 0 })
	if !maps.Equal(before, after) {
		x.Errorf("before %v\nafter %v, %d opened", before, after, opened)
	}
	if n := fixture.Valeur[int](x.Monde, `select count(*) from (select from scolarite where etat in ('admissible', 'admis_accepte', 'admis_definitif')
		group by eleve_id, annee having count(*) > 1) d`); n > 0 {
		x.Errorf("%d pupils are twice", n)
	}
}

// travailler does a later act to some of those moved, and tells to whom.
func (x essai) travailler(id uuid.UUID) map[string]bool {
	worked := map[string]bool{}
	type suite struct {
		Scolarite uuid.UUID
		Eleve     string
	}
	rows, err := x.Tx.Query(x.Context(), `select coalesce(suite_id, scolarite_id) as scolarite, eleve_id::text from restructuration_eleve
		where restructuration_id = $1 and acte <> 'inscrire' order by 2, annee`, id)
	if err != nil {
		x.Fatal(err)
	}
	var list []suite
	for rows.Next() {
		var s suite
		if err := rows.Scan(&s.Scolarite, &s.Eleve); err != nil {
			x.Fatal(err)
		}
		list = append(list, s)
	}
	for _, s := range slices.Compact(list) {
		if x.rand.IntN(4) == 0 {
			worked[s.Eleve] = true
			x.exec(`update scolarite set niveau = niveau, version = version + 1 where id = $1`, s.Scolarite)
		}
	}
	return worked
}

// ligne is a row, and the pupil whose it is.
type ligne struct{ eleve, texte string }

// photo is every row that a restructuration may touch, by its key.
func (x essai) photo() map[string]ligne {
	lines := map[string]ligne{}
	rows, err := x.Tx.Query(x.Context(), `
		select 'scolarite' || id, eleve_id::text, (to_jsonb(s) - 'version')::text from scolarite s
		union all select 'inscription' || id, eleve_id::text, (to_jsonb(i) - 'version')::text from inscription i
		union all select 'affectation' || a.id, eleve_id::text, to_jsonb(a)::text from affectation a join scolarite s on s.id = a.scolarite_id
		union all select 'passage' || scolarite_id, eleve_id::text, (to_jsonb(p) - 'version')::text from passage p join scolarite s on s.id = p.scolarite_id
		union all select 'eleve' || id, id::text, (to_jsonb(e) - 'version')::text from eleve e
		union all select 'lien' || eleve_id || responsable_id, eleve_id::text, (to_jsonb(l) - 'version')::text from lien_responsable l
		union all select 'classe' || id, '', to_jsonb(k)::text from classe k
		union all select 'classe_niveau' || classe_id || niveau, '', to_jsonb(n)::text from classe_niveau n
		union all select 'ecole' || uai, '', (to_jsonb(c) - 'version')::text from ecole c`)
	if err != nil {
		x.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var l ligne
		if err := rows.Scan(&key, &l.eleve, &l.texte); err != nil {
			x.Fatal(err)
		}
		lines[key] = l
	}
	return lines
}

func (x essai) exec(sql string, args ...any) {
	x.Helper()
	if _, err := x.Tx.Exec(x.Context(), sql, args...); err != nil {
		x.Fatal(err)
	}
}

// agir does an act of the IA; a refusal gives it up.
func (x essai) agir(act func(context.Context, territoire.Tx, habilitation.Agent) error) error {
	a := x.Agent("ia")
	err := x.DB.Ecrire(x.Context(), a.Portee(), func(tx territoire.Tx) error { return act(x.Context(), tx, a) })
	if errors.Is(err, context.DeadlineExceeded) {
		x.Fatal(err)
	}
	return err
}
