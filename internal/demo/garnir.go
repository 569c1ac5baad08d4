package demo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/monde"
)

// garnitures are what a département of demonstration shows beside the pupils in their classes: drawn from those who are
// there, by an order that the seed alone decides. Nobody did it, so no history tells it.
var garnitures = []struct{ table, sql string }{
	// Those who left for their family: two in three are taught there, the others follow the CNED. One school in four has a
	// pupil in hospital, who keeps his place in class.
	{"rattachement", `
		insert into rattachement (id, eleve_id, ecole_uai, departement_code, modalite, debut)
		select md5('rattachement' || s.id)::uuid, s.eleve_id, case when n % 3 = 0 then s.ecole_uai end, e.departement_code,
			case when n % 3 = 0 then 'cned' else 'famille' end, s.date_radiation
		from (select *, row_number() over (order by id) as n from scolarite where motif_radiation = 'instruction_famille') s
		join ecole e on e.uai = s.ecole_uai
		where not exists (select from scolarite p where p.eleve_id = s.eleve_id and p.etat = 'admis_definitif' and p.fin_annee > s.date_radiation)
		union all
		select md5('rattachement' || s.id)::uuid, s.eleve_id, s.ecole_uai, null, 'hopital', s.date_admission + 30
		from (select *, row_number() over (partition by ecole_uai order by id) as n from scolarite
			where etat = 'admis_definitif' and annee = $1 and date_admission < $2::date - 40) s
		where s.n = 1 and left(md5(s.ecole_uai), 1) < '4'`},
}

// garnir adds them to the world just written.
func garnir(ctx context.Context, tx pgx.Tx, p *monde.Plan) error {
	for _, g := range garnitures {
		if _, err := tx.Exec(ctx, `alter table `+g.table+` disable trigger historier`); err != nil {
			return fmt.Errorf("demo: %s: %w", g.table, err)
		}
		if _, err := tx.Exec(ctx, g.sql, int(p.Annee()), p.Aujourdhui); err != nil {
			return fmt.Errorf("demo: %s: %w", g.table, err)
		}
		if _, err := tx.Exec(ctx, `alter table `+g.table+` enable trigger historier`); err != nil {
			return fmt.Errorf("demo: %s: %w", g.table, err)
		}
	}
	return nil
}
