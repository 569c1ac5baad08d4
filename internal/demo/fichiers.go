package demo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/monde"
)

// fichiersSQL asks for two files, as pages do, in each département: the spreadsheet of all its pupils, which waits for the
// word of a second person, and the fiches of a school, which the server makes as soon as it serves. They go as all others
// do: a request nobody answers after a week, a file after a day.
const fichiersSQL = `
	with demande as (
		select c.id as compte_id, h.id as habilitation_id, h.role, c.departement_code, concat_ws(' ', c.prenom, c.nom) as demandeur, h.ecole_uai,
			row_number() over (partition by c.departement_code, h.role order by c.identifiant) as n
		from compte c join habilitation h on h.compte_id = c.id
		where h.role in ('ia', 'directeur') and c.departement_code is not null)
	insert into travail (id, compte_id, habilitation_id, role, departement_code, demandeur, nature, perimetre, demande, titre, total, etat,
		demande_le, garde_jusqu_au)
	select md5('travail' || d.compte_id)::uuid, d.compte_id, d.habilitation_id, d.role, x.departement_code, d.demandeur, x.nature, x.perimetre,
		x.demande, x.titre, x.total, x.etat, $2::timestamptz - interval '2 hours', $2::timestamptz + interval '7 days'
	from demande d, lateral (
		select d.departement_code, 'extraction' as nature, '' as perimetre, 'format=csv&groupes=identite&groupes=scolarite&motif=enquete' as demande,
			'Extraction : ' || p.nom || ' (Identité, Scolarité)' as titre, 'a_approuver' as etat,
			(select count(*) from scolarite s join ecole e on e.uai = s.ecole_uai
				where e.departement_code = d.departement_code and s.annee = $1 and s.etat = 'admis_definitif') as total
		from departement p where d.role = 'ia' and p.code = d.departement_code
		union all
		select null, 'papier', 'ecole:' || e.uai, 'classe=toute&document=%2Feditions%2Ffiches-urgence', 'Fiches d’urgence' || chr(160) || ': ' || e.nom, 'attente',
			(select count(*) from scolarite s where s.ecole_uai = e.uai and s.annee = $1 and s.etat = 'admis_definitif')
		from ecole e where d.role = 'directeur' and e.uai = d.ecole_uai) x
	where d.n = 1`

// demanderFichiers leaves files to follow and to approve.
func demanderFichiers(ctx context.Context, tx pgx.Tx, p *monde.Plan, o Options) error {
	if _, err := tx.Exec(ctx, fichiersSQL, int(p.Annee()), o.Maintenant); err != nil {
		return fmt.Errorf("demo: ask for files: %w", err)
	}
	return nil
}
