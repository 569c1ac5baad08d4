package eleves

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
)

// critere is what the list was asked for.
type critere struct {
	Annee  ecole.Annee
	Ecole  string
	Classe *uuid.UUID
	Niveau string
	Etats  []string
	Nom    string
	Mots   bool // looks for each word anywhere in the name: in a school, not in a département
	Tri    string
	Desc   bool
	Page   int
}

// ouvre tells whether the list has bounds enough to be read: an inspection asks for a school or for a name, it does
// not leaf through a département.
func (c critere) ouvre(role habilitation.Role) bool {
	inspection := role == habilitation.IEN || role == habilitation.IA
	return !inspection || c.Ecole != "" || c.Classe != nil || len([]rune(c.Nom)) >= 2
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		Annee: httpx.Annee(q, agent), Page: httpx.PageAsked(q), Ecole: q.Get("ecole"), Niveau: q.Get("niveau"),
		Etats: etatsDe(q.Get("etat")), Nom: q.Get("q"), Tri: q.Get("tri"), Desc: q.Get("sens") == "desc",
		Mots: agent.Role == habilitation.Directeur || agent.Role == habilitation.Mairie,
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.Classe = &id
	}
	return c
}

// etatsDe are the states that a choice of the filter covers; by default those who are, or will be, in the school.
func etatsDe(choice string) []string {
	for _, e := range scolarite.Etats {
		if choice == string(e) {
			return []string{choice}
		}
	}
	if choice == "tous" {
		return []string{"admissible", "admis_accepte", "admis_definitif", "radie"}
	}
	return []string{"admis_definitif", "admis_accepte"}
}

// order is the end of the query; the last key makes it total.
func (c critere) order() string {
	sens := ""
	if c.Desc {
		sens = " desc"
	}
	switch c.Tri {
	case "naissance":
		return " order by s.date_naissance" + sens + ", s.cle_nom, s.id"
	case "niveau":
		return " order by array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], s.niveau)" + sens + ", s.cle_nom, s.id"
	default:
		return " order by s.cle_nom" + sens + ", s.id" + sens
	}
}

const listSQL = `
	select s.eleve_id as id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance, coalesce(s.niveau, '') as niveau,
		s.classe_id, s.ecole_uai, s.etat, count(*) over () as total
	from scolarite s
	where s.annee = $1 and s.etat = any ($2)`

// where adds the bounds given, and their values.
func (c critere) where() (string, []any) {
	sql, args := "", []any{int(c.Annee), c.Etats}
	add := func(condition string, value any) {
		args = append(args, value)
		sql += strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(args)))
	}
	if c.Ecole != "" {
		add(" and s.ecole_uai = ?", c.Ecole)
	}
	if c.Classe != nil {
		add(" and s.classe_id = ?", *c.Classe)
	}
	if c.Niveau != "" {
		add(" and s.niveau = ?", c.Niveau)
	}
	switch {
	case c.Nom == "":
	case c.Mots:
		add(` and ' ' || s.cle_nom like all (array(
			select '% ' || mot || '%' from unnest(string_to_array(cle_nom(?), ' ')) as mot))`, c.Nom)
	default:
		// Comparisons, not LIKE: row security lets only leakproof operators use the index.
		add(` and s.cle_nom >= cle_nom(?) and s.cle_nom < cle_nom(?) || U&'\FFFF'`, c.Nom)
	}
	return sql, args
}

func (c critere) sorted() string {
	if c.Tri == "" {
		return "nom"
	}
	return c.Tri
}
