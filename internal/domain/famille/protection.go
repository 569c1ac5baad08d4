package famille

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Domicile is an address of a file, known by who lives there: a protected one is never written where it need not be.
type Domicile struct {
	ID       uuid.UUID
	Version  int
	Protegee bool
	Eleve    bool   // the pupil lives there, or also does
	Noms     string // of his responsables who live there
}

// DomicilesSQL lists the addresses of the pupil $1 and of his responsables, his own first.
const DomicilesSQL = `
	with lieux as (
		select adresse_id as id, true as eleve, '' as nom from eleve where id = $1
		union all select adresse2_id, true, '' from eleve where id = $1
		union all select r.adresse_id, false, case r.nature when 'organisme' then r.organisme else
			trim(r.civilite || ' ' || coalesce(nullif(r.nom_usage, ''), r.nom_famille) || ' ' || r.prenom) end
		from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = $1)
	select a.id, a.version, a.protegee, bool_or(t.eleve) as eleve,
		coalesce(string_agg(t.nom, ', ' order by t.nom) filter (where t.nom <> ''), '') as noms
	from lieux t join adresse a on a.id = t.id group by a.id, a.version, a.protegee
	order by bool_or(t.eleve) desc, noms, a.id`

// protegerSQL moves the row on: whoever has it open learns of it.
const protegerSQL = `update adresse set protegee = $2, version = version + 1 where id = $1 and protegee <> $2`

// Proteger makes the addresses chosen of a pupil's file protected, and the others ordinary: a protected one is printed
// nowhere and shown to the school alone (security.md §5, G5bis).
func Proteger(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, v int, protegees []uuid.UUID) error {
	tx.OuvrirProtegees()
	if _, err := eleve.LockEcriture(ctx, tx, agent, enfant, v); err != nil {
		return err
	}
	list, err := territoire.Lignes[Domicile](ctx, tx, DomicilesSQL, enfant)
	if err != nil {
		return fmt.Errorf("famille: read the homes: %w", err)
	}
	wanted := map[uuid.UUID]bool{}
	for _, id := range protegees {
		wanted[id] = true
	}
	for _, d := range list {
		tx.Queue(protegerSQL, d.ID, wanted[d.ID])
		delete(wanted, d.ID)
	}
	if len(wanted) > 0 {
		return refusal.NotFound()
	}
	tx.Queue(`update eleve set version = version + 1 where id = $1`, enfant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ProtegerAdresse, Objet: "eleve", ID: enfant, Ecole: agent.Ecole})
	return nil
}
