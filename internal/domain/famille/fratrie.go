package famille

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Famille is what a child of the register shares with a brother or a sister who is entered after him.
type Famille struct {
	Aine     Aine
	Membres  []Membre
	Contacts []Contact // the school's alone
}

// Aine is the child through whom the family is known, and his home.
type Aine struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	EcoleUAI      string
	Foyer         *uuid.UUID
	FoyerCache    bool // protected: shared without being read
	Foyer2        bool // he has a second home
	eleve.Adresse
}

// Nom is how he is named.
func (a Aine) Nom() string { return eleve.NomListe(a.NomFamille, a.NomUsage, a.Prenom) }

// Membre is a responsable of the family, as he is recorded.
type Membre struct {
	ID                uuid.UUID
	Version           int
	Nature            eleve.Nature
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	Fonction          string
	TelDomicile       string
	TelTravail        string
	TelPortable       string
	Courriel          string
	Lien              eleve.Lien
	AutoriteParentale bool
	Heberge           bool
	Associations      bool
	Foyer             *uuid.UUID
	Enfants           string // of whom he is responsible already
	eleve.Adresse
}

// Responsable is the person for a child who lives at a home.
func (m Membre) Responsable(foyer *uuid.UUID) eleve.Responsable {
	r := eleve.Responsable{
		Nature: m.Nature, Civilite: m.Civilite, NomFamille: m.NomFamille, NomUsage: m.NomUsage, Prenom: m.Prenom,
		Organisme: m.Organisme, Fonction: m.Fonction, TelDomicile: m.TelDomicile, TelTravail: m.TelTravail,
		TelPortable: m.TelPortable, Courriel: m.Courriel, Lien: m.Lien, AutoriteParentale: m.AutoriteParentale,
		Heberge: m.Heberge, Associations: m.Associations,
	}
	if r.MemeAdresse = m.Foyer != nil && foyer != nil && *m.Foyer == *foyer; !r.MemeAdresse {
		r.Adresse = m.Adresse
	}
	return r
}

// Contact is somebody to warn, or who may fetch the child.
type Contact struct {
	ID         uuid.UUID
	NomFamille string
	Prenom     string
	Lien       string
}

// aineSQL finds nobody whose telephones the mairie may not read: a resident schooled elsewhere (art. R131-3).
const (
	aineSQL = `
	select e.id, e.nom_famille, e.nom_usage, e.prenom, e.date_naissance, coalesce(e.ecole_uai, '') as ecole_uai,
		e.adresse_id as foyer, e.adresse_id is not null and a.id is null as foyer_cache, e.adresse2_id is not null as foyer2,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune_insee, '') as commune_insee,
		coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays
	from eleve e left join adresse a on a.id = e.adresse_id
	where e.id = $1 and ($2 = '' or e.mairie_insee = $2) and e.etat not in ('fusionne', 'errone')`
	membresSQL = `
	select r.id, r.version, r.nature, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme, r.fonction,
		r.tel_domicile, r.tel_travail, r.tel_portable, r.courriel, l.lien, l.autorite_parentale, l.heberge, l.associations,
		r.adresse_id as foyer,
		(select string_agg(f.prenom, ', ' order by f.date_naissance, f.id) from lien_responsable x join eleve f on f.id = x.eleve_id
			where x.responsable_id = r.id) as enfants,
		coalesce(a.complement, '') as complement, coalesce(a.voie, '') as voie, coalesce(a.lieu_dit, '') as lieu_dit,
		coalesce(a.code_postal, '') as code_postal, coalesce(a.commune_insee, '') as commune_insee,
		coalesce(a.commune, '') as commune, coalesce(a.pays, '') as pays
	from eleve e join lien_responsable l on l.eleve_id = e.id join responsable r on r.id = l.responsable_id
	left join adresse a on a.id = r.adresse_id
	where e.id = $1 and ($2 = '' or e.mairie_insee = $2) order by l.rang`
	contactsSQL = `select id, nom_famille, prenom, lien from personne_autorisee where eleve_id = $1 order by rang, id`
)

// communeDe is the commune whose children alone an agent takes a family from; "" for a school, which has its own only.
func communeDe(agent habilitation.Agent) string {
	if agent.Role == habilitation.Mairie {
		return agent.Commune
	}
	return ""
}

// QueueFamille reads the family of a child whom the agent sees. A protected home is read if the portée opens it.
func QueueFamille(l *territoire.Lecture, agent habilitation.Agent, f *Famille, aine uuid.UUID) {
	territoire.Une(l, &f.Aine, aineSQL, aine, communeDe(agent))
	territoire.Toutes(l, &f.Membres, membresSQL, aine, communeDe(agent))
	if agent.Role == habilitation.Directeur {
		territoire.Toutes(l, &f.Contacts, contactsSQL, aine)
	}
}

func lireFamille(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, aine uuid.UUID) (f Famille, err error) {
	if f.Aine, err = territoire.Ligne[Aine](ctx, tx, aineSQL, aine, communeDe(agent)); err == nil {
		f.Membres, err = territoire.Lignes[Membre](ctx, tx, membresSQL, aine, communeDe(agent))
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return f, refusal.NotFound()
	}
	if err != nil {
		return f, fmt.Errorf("famille: read the family: %w", err)
	}
	return f, nil
}

// membre is the responsable of that identifier, nil when the family has none.
func (f Famille) membre(id uuid.UUID) *Membre {
	for i := range f.Membres {
		if f.Membres[i].ID == id {
			return &f.Membres[i]
		}
	}
	return nil
}

// Membre is the responsable of that identifier.
func (f Famille) Membre(id uuid.UUID) (Membre, bool) {
	if m := f.membre(id); m != nil {
		return *m, true
	}
	return Membre{}, false
}
