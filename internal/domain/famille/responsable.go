package famille

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Correction is a responsable as he is to be recorded, and for which of his children. What he is to the child of the
// file, his lien, his authority, concerns this child alone.
type Correction struct {
	Version     int
	Responsable eleve.Responsable
	Choix       Choix
}

const modifierLienSQL = `
	update lien_responsable set lien = $3, autorite_parentale = $4, heberge = $5, associations = $6, version = version + 1
	where eleve_id = $1 and responsable_id = $2`

// Corriger changes a responsable, for the children whom the correction concerns. When it does not concern all of them,
// he becomes another person for those whom it does: what was recorded as one was two.
func Corriger(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant, id uuid.UUID, c Correction) error {
	if err := c.Responsable.Valider(""); err != nil {
		return err
	}
	tx.OuvrirProtegees()
	domicile, err := eleve.LockEcriture(ctx, tx, agent, enfant, 0)
	if err != nil {
		return err
	}
	if err := version.Lock(ctx, tx, "responsable", id, c.Version); err != nil {
		return err
	}
	r := c.Responsable
	tag, err := tx.Exec(ctx, modifierLienSQL, enfant, id, r.Lien, r.AutoriteParentale, r.Heberge || r.MemeAdresse, r.Associations)
	if err != nil {
		return fmt.Errorf("famille: change the link: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.NotFound()
	}
	return c.ecrire(ctx, tx, agent, enfant, id, domicile)
}

func (c Correction) ecrire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant, id uuid.UUID, domicile *uuid.UUID) error {
	p, err := lire(ctx, tx, agent, enfant, EnfantsSQL, enfant, id)
	if err != nil {
		return err
	}
	l, err := logement(ctx, tx, id)
	if err != nil {
		return err
	}
	if l.identique(c.Responsable, domicile) { // nothing of the person changes, whoever shares him
		return nil
	}
	concernes, restants, err := p.Repartir(c.Choix)
	if err != nil {
		return err
	}
	if agent.Role == habilitation.Mairie && p.Ailleurs && p.surPlace(c.Choix, restants) {
		return refusal.Of(ChampEtendue, "Une autre commune ou une école suit des enfants de cette personne\u00a0: demandez-lui la correction.")
	}
	if c.Choix.Etendue == Tous && c.Choix.Ailleurs && p.Ailleurs && len(restants) > 0 {
		return refusal.Of(ChampAilleurs, "La correction vaut pour tous ou pour ceux que vous nommez\u00a0: décochez les enfants d’ailleurs, ou cochez chacun.")
	}
	adresse := l.adresse(tx, agent, c.Responsable, domicile, len(restants) == 0 && !p.Ailleurs)
	if p.surPlace(c.Choix, restants) {
		eleve.EcrireResponsable(tx, id, c.Responsable, adresse)
	} else {
		relier(tx, ids(concernes, true), id, eleve.CreerResponsable(tx, c.Responsable, adresse))
	}
	for _, e := range ids(concernes, true) {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "responsable", ID: e, Ecole: agent.Ecole})
	}
	return nil
}

// relierSQL takes the links away before it makes them anew: that is what says who sees each of the two.
const relierSQL = `
	with avant as (delete from lien_responsable where eleve_id = any ($1) and responsable_id = $2
		returning eleve_id, lien, autorite_parentale, heberge, associations, rang)
	insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, heberge, associations, rang)
	select eleve_id, $3, lien, autorite_parentale, heberge, associations, rang from avant`

func relier(tx territoire.Tx, eleves []uuid.UUID, de, a uuid.UUID) {
	tx.Queue(relierSQL, eleves, de, a)
}

// loge is a responsable as recorded, and his home.
type loge struct {
	AdresseID  *uuid.UUID
	Cachee     bool // protected, and not for the agent to read
	Seul       bool // nobody else's main home
	Nature     eleve.Nature
	Civilite   string
	NomFamille string
	NomUsage   string
	Prenom     string
	Organisme  string
	Fonction   string
	Domicile   string
	Travail    string
	Portable   string
	Courriel   string

	Complement   string
	Voie         string
	LieuDit      string
	CodePostal   string
	CommuneInsee string
	Commune      string
	Pays         string
}

const logeSQL = `
	select r.adresse_id, r.adresse_id is not null and a.id is null as cachee,
		r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.fonction,
		r.tel_domicile as domicile, r.tel_travail as travail, r.tel_portable as portable, r.courriel,
		not exists (select from eleve e where e.adresse_id = r.adresse_id)
			and not exists (select from responsable x where x.adresse_id = r.adresse_id and x.id <> r.id)
			and not coalesce(adresse_ailleurs(r.adresse_id), false) as seul,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune_insee, '') as commune_insee,
		coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays
	from responsable r left join adresse a on a.id = r.adresse_id where r.id = $1`

func logement(ctx context.Context, tx territoire.Tx, id uuid.UUID) (loge, error) {
	l, err := territoire.Ligne[loge](ctx, tx, logeSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, refusal.NotFound()
	}
	if err != nil {
		return l, fmt.Errorf("famille: read the responsable: %w", err)
	}
	return l, nil
}

func (l loge) habite() eleve.Adresse {
	return eleve.Adresse{
		Complement: l.Complement, Voie: l.Voie, LieuDit: l.LieuDit, CodePostal: l.CodePostal,
		CommuneInsee: l.CommuneInsee, Commune: l.Commune, Pays: l.Pays,
	}
}

// reste tells that he lives where he did. Whoever does not read a protected address leaves it as it is.
func (l loge) reste(r eleve.Responsable, domicile *uuid.UUID) bool {
	switch {
	case r.MemeAdresse:
		return l.AdresseID != nil && domicile != nil && *l.AdresseID == *domicile
	case r.Adresse.Vide():
		return l.AdresseID == nil || l.Cachee
	}
	return l.AdresseID != nil && r.Adresse == l.habite()
}

// identique tells that the person is already recorded so.
func (l loge) identique(r eleve.Responsable, domicile *uuid.UUID) bool {
	recorded := eleve.Responsable{
		Nature: l.Nature, Civilite: l.Civilite, NomFamille: l.NomFamille, NomUsage: l.NomUsage, Prenom: l.Prenom,
		Organisme: l.Organisme, Fonction: l.Fonction, TelDomicile: l.Domicile, TelTravail: l.Travail, TelPortable: l.Portable, Courriel: l.Courriel,
		Lien: r.Lien, AutoriteParentale: r.AutoriteParentale, Heberge: r.Heberge, Associations: r.Associations,
		MemeAdresse: r.MemeAdresse, Adresse: r.Adresse,
	}
	return recorded == r && l.reste(r, domicile)
}

// adresse is where he lives from now on: with the child, where he did, there with its address corrected when it is his
// alone, or elsewhere, protected if the home he leaves is.
func (l loge) adresse(tx territoire.Tx, agent habilitation.Agent, r eleve.Responsable, domicile *uuid.UUID, pourTous bool) *uuid.UUID {
	switch {
	case l.reste(r, domicile):
		return l.AdresseID
	case r.MemeAdresse:
		return domicile
	case r.Adresse.Vide():
		return nil
	case l.AdresseID == nil:
		id := eleve.CreerAdresse(tx, r.Adresse)
		return &id
	case l.Seul && pourTous && !l.Cachee:
		eleve.EcrireAdresse(tx, *l.AdresseID, r.Adresse)
		return l.AdresseID
	case l.Cachee:
		id := eleve.CreerAdresse(tx, r.Adresse)
		return &id
	}
	id := uuid.New()
	tx.Queue(ailleursSQL(agent), id, *l.AdresseID, r.Adresse.Complement, r.Adresse.Voie, r.Adresse.LieuDit,
		r.Adresse.CodePostal, r.Adresse.CommuneInsee, r.Adresse.Commune, r.Adresse.Pays)
	return &id
}

// ailleursSQL is a new address, as protected as the one it replaces.
func ailleursSQL(agent habilitation.Agent) string {
	return fmt.Sprintf(`insert into adresse (id, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays%[1]s)
		select $1, $3, $4, $5, $6, nullif($7, ''), $8, $9%[1]s from adresse where id = $2`, colonneProtegee(agent))
}
