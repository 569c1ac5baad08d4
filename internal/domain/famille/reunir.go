package famille

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// ChampsReunis are the columns chosen one by one when two records of a person become one.
var ChampsReunis = []string{
	"civilite", "nom_famille", "nom_usage", "prenom", "organisme", "fonction", "tel_portable", "tel_domicile", "tel_travail",
	"courriel", "adresse_id",
}

// Reunion makes one of two records of a person: Garde stays, with the columns Pris of Retire.
type Reunion struct {
	Garde, Retire               uuid.UUID
	VersionGarde, VersionRetire int
	Pris                        []string
}

// unirSQL takes what was chosen of the other record.
var unirSQL = func() string {
	var set strings.Builder
	for _, c := range ChampsReunis {
		fmt.Fprintf(&set, "%[1]s = case when '%[1]s' = any ($3) then r.%[1]s else g.%[1]s end, ", c)
	}
	return `update responsable g set ` + set.String() + `version = g.version + 1 from responsable r where g.id = $1 and r.id = $2`
}()

const (
	uniteSQL = `
	select g.nature = r.nature as meme_nature, responsable_ailleurs(g.id) or responsable_ailleurs(r.id) as ailleurs,
		exists (select from lien_responsable where eleve_id = $3 and responsable_id = g.id) as lie,
		array(select distinct eleve_id from lien_responsable where responsable_id in ($1, $2)) as enfants,
		array(select eleve_id from lien_responsable where responsable_id = $2
			except select eleve_id from lien_responsable where responsable_id = $1) as a_relier
	from responsable g, responsable r where g.id = $1 and r.id = $2`
	// Authority said of either record is the person's.
	unirLiensSQL = `
	update lien_responsable g set autorite_parentale = g.autorite_parentale or r.autorite_parentale,
		heberge = g.heberge or r.heberge, version = g.version + 1
	from lien_responsable r where g.responsable_id = $1 and r.responsable_id = $2 and r.eleve_id = g.eleve_id`
	delierSQL = `delete from lien_responsable where responsable_id = $1`
)

// unite is what must be known of two records before they are one.
type unite struct {
	MemeNature bool
	Ailleurs   bool // somebody whom the agent does not see is concerned
	Lie        bool // the child of the file has the record kept
	Enfants    []uuid.UUID
	ARelier    []uuid.UUID
}

// permise says why they stay two.
func (u unite) permise() error {
	switch {
	case !u.Lie:
		return refusal.NotFound()
	case !u.MemeNature:
		return refusal.InConflict("Une personne et un organisme ne se réunissent pas.")
	case u.Ailleurs:
		return refusal.InConflict("Une autre école ou une autre commune suit aussi des enfants de cette personne\u00a0: les deux fiches restent séparées.")
	}
	return nil
}

// Reunir makes one record of two that were opened for the same person. All the children of both have it; the history
// keeps what the other one said. Whoever was wrong makes two again by correcting for one child alone.
func Reunir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, r Reunion) error {
	if r.Garde == r.Retire {
		return refusal.NotFound()
	}
	if _, err := eleve.LockEcriture(ctx, tx, agent, enfant, 0); err != nil {
		return err
	}
	if err := r.lock(ctx, tx); err != nil {
		return err
	}
	u, err := territoire.Ligne[unite](ctx, tx, uniteSQL, r.Garde, r.Retire, enfant)
	if err != nil {
		return fmt.Errorf("famille: read the two records: %w", err)
	}
	if err := u.permise(); err != nil {
		return err
	}
	tx.Queue(unirSQL, r.Garde, r.Retire, append([]string{}, r.Pris...))
	tx.Queue(unirLiensSQL, r.Garde, r.Retire)
	relier(tx, u.ARelier, r.Retire, r.Garde)
	tx.Queue(delierSQL, r.Retire)
	tx.Queue(`select retirer_responsable_reuni($1, $2)`, r.Garde, r.Retire)
	for _, e := range u.Enfants {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Fusionner, Objet: "responsable", ID: e, Ecole: agent.Ecole})
	}
	return nil
}

// lock takes both records in one order, whichever is kept: of two who unite them at once, one waits and is told.
func (r Reunion) lock(ctx context.Context, tx territoire.Tx) error {
	one, other := r.Garde, r.Retire
	v, w := r.VersionGarde, r.VersionRetire
	if one.String() > other.String() {
		one, other, v, w = other, one, w, v
	}
	if err := version.Lock(ctx, tx, "responsable", one, v); err != nil {
		return err
	}
	return version.Lock(ctx, tx, "responsable", other, w)
}
