package transfert_test

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// essais is how many sequences of offers and answers are drawn.
const essais = 60

// essai is one school whose pupils all leave.
type essai struct {
	*fixture.Monde
	rand   *rand.Rand
	eleves []uuid.UUID // their scolarités
}

// Whoever offers, declines, accepts, inscribes, withdraws or takes back, in whatever order, each pupil is expected once
// at most, and by the school whose acceptance stands; when all is taken back, nothing of it is left.
func TestChacunEstAttenduUneFois(t *testing.T) {
	x := essai{Monde: fixture.New(t), rand: rand.New(rand.NewPCG(3, 4))}
	for _, prenom := range []string{"Lina", "Max", "Noé", "Zoé", "Ugo"} {
		x.eleves = append(x.eleves, x.Present(prenom).Scolarite)
	}
	x.exec(`insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
		select id, ecole_uai, annee, 'decide', 'passage', 'CE2', true, '2026-11-20' from scolarite`)
	x.exec(`update commune set saisie = 'mairie' where insee = '65286'`)
	before := x.photo()
	accepted := 0
	for n := range essais {
		x.exec(`savepoint essai`)
		for range 12 {
			x.agir()
			x.compter()
		}
		accepted += fixture.Valeur[int](x.Monde, `select count(*) from transfert_eleve where etat = 'accepte'`)
		x.toutDefaire()
		if after := x.photo(); !maps.Equal(after, before) {
			t.Errorf("after all was taken back\n%v\nwant\n%v", after, before)
		}
		x.exec(`rollback to savepoint essai`)
		if t.Failed() {
			t.Fatalf("sequence %d", n)
		}
	}
	if accepted < essais/2 { // control: the draws try something
		t.Errorf("only %d acceptances", accepted)
	}
}

var directeurs = []string{"directeur", "directeur du même", "directeur voisin"}

// agir does one act drawn, which may be refused.
func (x essai) agir() {
	who, act := directeurs[x.rand.IntN(3)], []int{0, 0, 1, 1, 1, 2, 3, 4, 5, 5}[x.rand.IntN(10)]
	if act == 5 {
		who = []string{"mairie", "mairie voisine"}[x.rand.IntN(2)]
	}
	vers := []string{fixture.Meme, fixture.Voisine}[x.rand.IntN(2)]
	id := x.unTransfert()
	if act == 1 && x.rand.IntN(4) > 0 && id != fixture.Inconnu { // mostly by the one who may
		who = map[string]string{fixture.Meme: "directeur du même", fixture.Voisine: "directeur voisin"}[fixture.Valeur[string](x.Monde,
			`select vers_uai from transfert where id = $1`, id)]
	}
	some := x.quelques(fixture.Valeur[[]uuid.UUID](x.Monde, `select coalesce(array_agg(scolarite_id), '{}') from transfert_eleve
		where transfert_id = $1 and etat = 'propose'`, id))
	if act == 0 {
		who, some = "directeur", x.quelques(fixture.Valeur[[]uuid.UUID](x.Monde, `select coalesce(array_agg(s.id), '{}') from scolarite s
			where annee = 2026 and not exists (select from transfert_eleve where scolarite_id = s.id and etat in ('propose', 'accepte'))`))
	}
	x.essayer(who, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		switch act {
		case 0:
			_, err = transfert.Proposer(ctx, tx, a, 2026, map[string][]uuid.UUID{vers: some})
		case 1:
			err = transfert.Accepter(ctx, tx, a, id, 0, some)
		case 2:
			err = transfert.Decliner(ctx, tx, a, id, 0, some)
		case 3:
			err = transfert.Retirer(ctx, tx, a, id, 0, some)
		case 4:
			_, err = transfert.Annuler(ctx, tx, a, id, 0)
		default:
			err = transfert.Inscrire(ctx, tx, a, id, some)
		}
		return err
	})
}

// quelques draws two in three of a list.
func (x essai) quelques(list []uuid.UUID) []uuid.UUID {
	slices.SortFunc(list, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return slices.DeleteFunc(list, func(uuid.UUID) bool { return x.rand.IntN(3) == 0 })
}

// unTransfert is one drawn among those opened.
func (x essai) unTransfert() uuid.UUID {
	list := fixture.Valeur[[]uuid.UUID](x.Monde, `select coalesce(array_agg(id order by ecole_uai, vers_uai, id), '{}') from transfert`)
	if len(list) == 0 {
		return fixture.Inconnu
	}
	return list[x.rand.IntN(len(list))]
}

// compter checks the counts.
func (x essai) compter() {
	x.Helper()
	if n := fixture.Valeur[int](x.Monde, `select count(*) from (select from scolarite where annee = 2027 group by eleve_id having count(*) > 1) d`); n > 0 {
		x.Errorf("%d pupils are expected twice", n)
	}
	if n := fixture.Valeur[int](x.Monde, `select count(*) from transfert_eleve l full join (select * from scolarite where annee = 2027) s on s.id = l.suite_id
		where (l.etat = 'accepte' or s.id is not null) and (l.etat = 'accepte' and s.ecole_uai = l.vers_uai and s.eleve_id = l.eleve_id) is not true`); n > 0 {
		x.Errorf("%d acceptances and pupils expected do not match", n)
	}
	if n := fixture.Valeur[int](x.Monde, `select count(*) from scolarite where annee = 2026 and etat = 'admis_definitif'`); n != len(x.eleves) {
		x.Errorf("%d pupils are left in the school, want %d", n, len(x.eleves))
	}
}

// toutDefaire takes every answer back, then what the mairies inscribed.
func (x essai) toutDefaire() {
	for _, id := range fixture.Valeur[[]uuid.UUID](x.Monde, `select coalesce(array_agg(id), '{}') from transfert`) {
		x.essayer("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			_, err := transfert.Annuler(ctx, tx, a, id, 0)
			return err
		})
	}
	x.exec(`delete from inscription where annee = 2027 and saisie_par = 'mairie'`)
}

// essayer does an act that may be refused; what it had begun is given up.
func (x essai) essayer(who string, act func(context.Context, territoire.Tx, habilitation.Agent) error) {
	a := x.Agent(who)
	_ = x.DB.Ecrire(x.Context(), a.Portee(), func(tx territoire.Tx) error { return act(x.Context(), tx, a) })
}

// photo is every passage, scolarité, inscription and pupil, by its key.
func (x essai) photo() map[string]string {
	lines := map[string]string{}
	rows, err := x.Tx.Query(x.Context(), `
		select 's' || id, to_jsonb(s)::text from scolarite s
		union all select 'i' || id, to_jsonb(i)::text from inscription i
		union all select 'e' || id, to_jsonb(e)::text from eleve e
		union all select 'p' || scolarite_id, (to_jsonb(p) - 'version')::text from passage p`)
	if err != nil {
		x.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key, line string
		if err := rows.Scan(&key, &line); err != nil {
			x.Fatal(err)
		}
		lines[key] = line
	}
	return lines
}

func (x essai) exec(sql string) {
	x.Helper()
	if _, err := x.Tx.Exec(x.Context(), sql); err != nil {
		x.Fatal(err)
	}
}
