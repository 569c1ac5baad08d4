package demo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/monde"
)

// alertesSQL: yesterday, in each département, a school took out more files than is usual.
const alertesSQL = `
	insert into alerte (id, genre, compte_id, departement_code, nombre, seuil, premiere, derniere)
	select md5('alerte' || id)::uuid, 'export', id, departement_code, 14, 10, $1::date - 1 + time '11:05', $1::date - 1 + time '11:50'
	from (select c.*, row_number() over (partition by c.departement_code order by c.identifiant) as n
		from compte c join habilitation h on h.compte_id = c.id and h.role = 'directeur'
		where c.departement_code is not null) c
	where n = 1`

// alerter leaves one alert to look at.
func alerter(ctx context.Context, tx pgx.Tx, p *monde.Plan) error {
	if _, err := tx.Exec(ctx, alertesSQL, p.Aujourdhui); err != nil {
		return fmt.Errorf("demo: leave an alert: %w", err)
	}
	return nil
}
