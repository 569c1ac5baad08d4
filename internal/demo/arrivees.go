package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// agentsSQL finds, for each département, who enters and who decides.
const agentsSQL = `
	create temp table agent_demo on commit drop as
		select departement_code, (array_agg(compte_id order by compte_id) filter (where role = 'service'))[1] as service,
			(array_agg(compte_id order by compte_id) filter (where role = 'ia'))[1] as ia
		from habilitation where role in ('service', 'ia') group by 1 having count(distinct role) = 2`

// arriveesSQL makes the accounts of a demonstration those of people who came one by one: each mairie asked and was accepted
// a year ago, was trained with the directions in spring and has logged in since. One commune has just asked, one direction
// was absent, and those who have never logged in are called to the next training.
var arriveesSQL = []string{`
	update compte set cree_le = $1::timestamptz - interval '400 days', premiere_connexion_le = $1::timestamptz - interval '380 days',
		derniere_connexion_le = $1::timestamptz - interval '1 day' where not a_changer and departement_code is not null`, `
	update cle k set etat_le = $1::timestamptz - interval '390 days' from compte c where c.id = k.compte_id and not c.a_changer and k.etat = 'active'`, `
	insert into raccordement (commune_insee, departement_code, demande_le, interlocuteur, saisi_par, saisi_le, decision, decision_le, decide_par)
		select distinct on (h.commune_insee) h.commune_insee, a.departement_code, $1::date - 430, trim(c.civilite || ' ' || c.prenom || ' ' || c.nom), a.service,
			$1::timestamptz - interval '425 days', 'acceptee', $1::date - 410, a.ia
		from habilitation h join compte c on c.id = h.compte_id join agent_demo a on a.departement_code = c.departement_code
		where h.role = 'mairie' order by h.commune_insee, c.id`, `
	insert into raccordement (commune_insee, departement_code, demande_le, saisi_par, saisi_le)
		select distinct on (a.departement_code) e.commune_insee, a.departement_code, $1::date - 6, a.service, $1::timestamptz - interval '2 days'
		from ecole e join agent_demo a on a.departement_code = e.departement_code
		where e.ouverte and not exists (select from raccordement r where r.commune_insee = e.commune_insee)
		order by a.departement_code, e.commune_insee`, `
	insert into formation (id, departement_code, jour, heure, lieu, public, places, cree_par, cree_le)
		select md5('formation' || n || a.departement_code)::uuid, a.departement_code, $1::date + jours, heure, 'Inspection académique, salle de formation',
			public, 20, a.service, $1::timestamptz - interval '60 days'
		from agent_demo a cross join (values (1, -200, '14h00', 'tous'), (2, 16, '09h30', 'directions')) v (n, jours, heure, public)`, `
	insert into formation_inscrit (formation_id, compte_id, etat)
		select f.id, c.id, case when f.jour > $1::date then 'convoque' when row_number() over (partition by f.id, h.role order by c.identifiant desc) = 1
			and h.role = 'directeur' then 'absent' else 'present' end
		from formation f join compte c on c.departement_code = f.departement_code and c.a_changer = (f.jour > $1::date)
		join lateral (select min(role) as role from habilitation where compte_id = c.id and role in ('directeur', 'mairie')) h on h.role is not null
		where f.public = 'tous' or h.role = 'directeur'`,
}

// arriver gives the accounts of a demonstration a past.
func arriver(ctx context.Context, tx pgx.Tx, now time.Time) error {
	if _, err := tx.Exec(ctx, agentsSQL); err != nil {
		return fmt.Errorf("demo: find who brings people in: %w", err)
	}
	for _, sql := range arriveesSQL {
		if _, err := tx.Exec(ctx, sql, now); err != nil {
			return fmt.Errorf("demo: bring people in: %w", err)
		}
	}
	return nil
}
