package eleves

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/territoire"
)

// protegeeSQL is whether the home is protected, and whether a home is not read because of that: a strict commune reads
// none.
const protegeeSQL = `coalesce(a.protegee, false) as protegee, e.adresse_id is not null and a.id is null
		and ` + ouverteSQL + ` as adresse_cachee,
	e.adresse2_id is not null and not exists (select from adresse where id = e.adresse2_id)
		and ` + ouverteSQL + ` as adresse2_cachee, `

const ouverteSQL = `(current_setting('be.role') <> 'mairie' or cardinality(portee_communes_ouvertes()) > 0)`

// portee is the scope in which a file is read: with the protected addresses for the school that holds it, and for the
// IA once it has said why (security.md §5, G5bis). Row security gives them to nobody else.
func (p Pages) portee(ctx context.Context, agent habilitation.Agent, id uuid.UUID) territoire.Portee {
	if agent.Role == habilitation.Directeur || p.revealed(ctx, immatriculation.AdresseProtegee, id) {
		return agent.Portee().AvecProtegees()
	}
	return agent.Portee()
}

const adresseProtegee = "Adresse protégée"

// dite is the address of a responsable as the file says it.
func (r responsable) dite(adresse string) string {
	switch {
	case r.AdresseCachee:
		return adresseProtegee
	case r.Protegee && !r.MemeAdresse:
		return adresse + " (adresse protégée)"
	}
	return adresse
}

// cachee tells that the file holds an address that this role does not read.
func (v vue) cachee() bool {
	for _, r := range v.responsables {
		if r.AdresseCachee {
			return true
		}
	}
	return v.fiche.AdresseCachee || v.fiche.Adresse2Cachee
}

func (p Pages) askAdresse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.ask(w, r, agent, secretAdresse)
}

func (p Pages) revealAdresse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.reveal(w, r, agent, secretAdresse)
}
