package reprise

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// delai is how long an operation can be undone (design.md §4).
const delai = 30 * 24 * time.Hour

// Annulable tells whether an operation can still be undone.
func Annulable(faite time.Time, annulee *time.Time, now time.Time) bool {
	return annulee == nil && now.Sub(faite) < delai
}

// Annuler takes an operation back. What somebody has changed since is kept as he left it, and can be listed.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, op uuid.UUID, v int) error {
	if err := version.Lock(ctx, tx, "operation", op, v); err != nil {
		return err
	}
	var faite time.Time
	var annulee *time.Time
	if err := tx.QueryRow(ctx, `select faite_le, annulee_le from operation where id = $1`, op).Scan(&faite, &annulee); err != nil {
		return fmt.Errorf("reprise: read the operation: %w", err)
	}
	switch {
	case annulee != nil:
		return refusal.InConflict("Cette reprise est déjà annulée.")
	case !Annulable(faite, annulee, agent.Maintenant):
		return refusal.InConflict("Une reprise ne peut plus être annulée au-delà de 30 jours.")
	}
	conserver(tx, op)
	for _, sql := range reprises {
		tx.Queue(sql, op)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerImport, Objet: "operation", ID: op, Ecole: agent.Ecole})
	_, err := tx.Exec(ctx, `update operation set annulee_le = $2, version = version + 1 where id = $1`, op, agent.Maintenant)
	if err != nil {
		return fmt.Errorf("reprise: undo: %w", err)
	}
	return nil
}

// touchesSQL are the pupils of the operation $1 whom somebody has touched since: their file, their scolarité, their
// papers, a home or a responsable that the operation has given them.
const touchesSQL = `
	select e.eleve_id from (select distinct eleve_id from operation_ligne where operation_id = $1 and eleve_id is not null) e
	where exists (select from historique h, operation o where o.id = $1 and h.eleve_id = e.eleve_id and h.le > o.faite_le)
		or exists (select from document d, operation o where o.id = $1 and d.eleve_id = e.eleve_id and d.edite_le > o.faite_le)
	union
	select l.eleve_id from operation_ligne l join scolarite s on s.id = l.objet_id
	where l.operation_id = $1 and l.objet = 'scolarite' and l.operation = 'ajout'
		and (s.version > 1 or exists (select from passage p where p.scolarite_id = s.id))
	union
	select e.id from operation_ligne l join operation o on o.id = l.operation_id
		join historique h on h.objet_id = l.objet_id and h.le > o.faite_le
		join lateral (select id from eleve where adresse_id = l.objet_id
			union all select id from eleve where adresse2_id = l.objet_id) e on true
	where l.operation_id = $1 and l.objet = 'adresse' and l.operation = 'ajout'
	union
	select k.eleve_id from operation_ligne l join operation o on o.id = l.operation_id
		join historique h on h.objet_id = l.objet_id and h.le > o.faite_le
		join lien_responsable k on k.responsable_id = l.objet_id
	where l.operation_id = $1 and l.objet = 'responsable' and l.operation = 'ajout'`

// conserverSQL keeps whole what the operation has added about them.
const conserverSQL = `
	update operation_ligne u set conserves = '{tout}' from (` + touchesSQL + `) t
	where u.operation_id = $1 and u.operation = 'ajout' and u.eleve_id = t.eleve_id`

// conserver notes what is kept: whole pupils first, then the columns changed since.
func conserver(tx territoire.Tx, op uuid.UUID) {
	for _, t := range tables {
		if len(t.modifiables) > 0 {
			tx.Queue(t.conservation(), op)
		}
	}
	tx.Queue(conserverSQL, op)
}

// lignesDe selects, of the operation $1, the rows of a table that it added and that go.
func lignesDe(objet string) string {
	return ` operation_ligne l where l.operation_id = $1 and l.objet = '` + objet + `' and l.operation = 'ajout' and l.conserves = '{}'`
}

// reprises take the operation $1 back, in the order opposite to its own. A pupil entered by mistake stays as such, out of
// every list; his line of the register is annulled.
var reprises = append(retraits(), restaurations()...)

func retraits() []string {
	return []string{
		`delete from lien_responsable c using` + lignesDe("lien_responsable") + ` and c.eleve_id = l.eleve_id and c.responsable_id = l.objet_id`,
		`update autorisation c set attestation_fournie = false, photo = false, version = c.version + 1 from` + lignesDe("autorisation") +
			` and c.eleve_id = l.objet_id and c.annee = (l.apres ->> 'annee')::integer`,
		`delete from affectation c using` + lignesDe("affectation") + ` and c.id = l.objet_id`,
		`update scolarite c set etat = 'annulee', motif_annulation = 'erreur_saisie', classe_id = null, date_admission = null,
			version = c.version + 1 from` + lignesDe("scolarite") + ` and c.id = l.objet_id`,
		`update eleve c set etat = 'errone', version = c.version + 1 from` + lignesDe("eleve") + ` and c.id = l.objet_id`,
		`select rendre_ine(l.objet_id, '') from` + lignesDe("eleve"),
		`select rendre_ine(l.objet_id, l.apres ->> 'ine') from` + lignesDe("immatriculation"),
	}
}

// restaurations write back what was changed, then close the classes and the levels that nobody is in.
func restaurations() []string {
	var list []string
	for _, t := range tables {
		if len(t.modifiables) > 0 {
			list = append(list, t.restauration())
		}
	}
	return append(list,
		`delete from classe_niveau c using`+lignesDe("classe_niveau")+` and c.classe_id = l.objet_id and c.niveau = l.apres ->> 'niveau'
			and not exists (select from scolarite s where s.classe_id = c.classe_id and s.niveau = c.niveau)`,
		`delete from classe c using`+lignesDe("classe")+` and c.id = l.objet_id
			and not exists (select from scolarite s where s.classe_id = c.id)
			and not exists (select from affectation f where f.classe_id = c.id)`)
}
