package compte

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// mandatOuvert is a habilitation with the names of its territory.
type mandatOuvert struct {
	ID           uuid.UUID
	Role         string
	Prenom, Nom  string
	Civilite     string
	CommuneInsee string
	EcoleUAI     string
	Arret        string // 'ferme' when the emergency stop closes it
	Lieu         string // name of the territory itself
	Commune      string // name of its commune, for a school and a collège
	Delegation   string
	Delegant     string // who gave the delegation
}

const ouvertsSQL = `
	select h.id, h.role, c.prenom, c.nom, c.civilite,
		coalesce(h.arret, '') as arret,
		coalesce(h.commune_insee, '') as commune_insee, coalesce(h.ecole_uai, '') as ecole_uai,
		coalesce(co.nom, e.nom, ci.nom, d.nom, cl.nom, a.nom, '') as lieu, coalesce(ce.nom, '') as commune,
		coalesce(h.delegation, '') as delegation, coalesce(trim(p.prenom || ' ' || p.nom), '') as delegant
	from habilitation h
	join compte c on c.id = h.compte_id
	left join compte p on p.id = h.delegue_par
	left join commune co on co.insee = h.commune_insee
	left join ecole e on e.uai = h.ecole_uai
	left join circonscription ci on ci.uai = h.circonscription_uai
	left join departement d on d.code = h.departement_code
	left join college cl on cl.uai = h.college_uai
	left join academie a on a.code = h.academie_code
	left join commune ce on ce.insee = coalesce(e.commune_insee, cl.commune_insee)
	where h.compte_id = $1 and c.actif and h.etat = 'accordee' and h.debut <= $2 and (h.fin is null or $2 <= h.fin)
	order by h.role, lieu, h.id`

// ErrArret means that the emergency stop has closed all that an account might open.
var ErrArret = errors.New("compte: the access is stopped")

// Agents are the agents that an account may be today, one for each open habilitation.
func (g *Gate) Agents(ctx context.Context, compte uuid.UUID, now time.Time) ([]habilitation.Agent, error) {
	var ouverts []mandatOuvert
	err := g.DB.Connexion(ctx, func(tx territoire.Tx) (err error) {
		ouverts, err = territoire.Lignes[mandatOuvert](ctx, tx, ouvertsSQL, compte, now.Format(time.DateOnly))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("compte: list habilitations: %w", err)
	}
	tous := len(ouverts)
	if ouverts = slices.DeleteFunc(ouverts, func(m mandatOuvert) bool { return m.Arret == "ferme" }); len(ouverts) == 0 && tous > 0 {
		return nil, ErrArret
	}
	agents := make([]habilitation.Agent, len(ouverts))
	for i, m := range ouverts {
		agents[i] = m.agent(compte, now)
		agents[i].Plusieurs = len(ouverts) > 1
	}
	return agents, nil
}

func (m mandatOuvert) agent(compte uuid.UUID, now time.Time) habilitation.Agent {
	return habilitation.Agent{
		Compte: compte, Habilitation: m.ID, Role: habilitation.Role(m.Role),
		Civilite: m.Civilite, Nom: strings.TrimSpace(m.Prenom + " " + m.Nom), Territoire: m.territoire(),
		Ecole: m.EcoleUAI, Commune: m.CommuneInsee, Maintenant: now,
		Delegation: habilitation.Delegation(m.Delegation), Delegant: m.Delegant,
	}
}

// territoire is whom one acts for, as the banner of each page says it.
func (m mandatOuvert) territoire() string {
	switch role := habilitation.Role(m.Role); {
	case role == habilitation.Mairie:
		return MairieDe(m.Lieu)
	case m.Commune != "":
		return ecole.NomComplet(m.Lieu, m.Commune)
	case m.Lieu == "":
		return "France entière"
	}
	return m.Lieu
}

// MairieDe names the mairie of a commune: Mairie de Tarbes, d’Aureilhan, du Havre, des Angles.
func MairieDe(nom string) string { return "Mairie " + commune.De(nom) }
