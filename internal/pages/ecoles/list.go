package ecoles

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

const perPage = 50

// ligne is one school of the list.
type ligne struct {
	UAI             string
	Nom             string
	Commune         string
	Type            ecole.Type
	Secteur         ecole.Secteur
	Circonscription string // UAI
	Classes         int
	Niveaux         []string // those of its pupils…
	Nombres         []int    // … and how many of each
	Total           int      // of the list, repeated on each line
}

// nombre is how many pupils of a niveau the school has.
func (l ligne) nombre(n ecole.Niveau) int {
	if i := slices.Index(l.Niveaux, string(n)); i >= 0 {
		return l.Nombres[i]
	}
	return 0
}

func (l ligne) effectif() (total int) {
	for _, n := range l.Nombres {
		total += n
	}
	return total
}

// critere is what the list was asked for.
type critere struct {
	Annee   ecole.Annee
	Etat    scolarite.Etat // the pupils counted
	Type    string
	Secteur string
	Circo   string
	Nom     string
	Tri     string
	Desc    bool
	Page    int
}

// orders are what sorts behind each key; the code of the school makes the order total. To sort by what is in the schools
// one counts in all of them at once, otherwise only in those shown.
var orders = map[string]string{
	"commune":  "cle_nom(k.nom)",
	"nom":      "cle_nom(e.nom)",
	"effectif": parEcole("scolarite where annee = $1 and etat = $2"),
	"classes":  parEcole("classe where annee = $1"),
}

// parEcole counts the lines of each school in one pass, and finds a school's by its key. A join would compare each
// school with each: the planner cannot know how many schools a territory has.
func parEcole(lines string) string {
	return `coalesce(((select jsonb_object_agg(ecole_uai, nombre)
		from (select ecole_uai, count(*) as nombre from ` + lines + ` group by ecole_uai) par_ecole) ->> e.uai)::int, 0)`
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		Annee: httpx.Annee(q, agent), Type: q.Get("type"), Secteur: q.Get("secteur"), Circo: q.Get("circonscription"), Nom: q.Get("q"),
		Tri: q.Get("tri"), Desc: q.Get("sens") == "desc", Page: httpx.PageAsked(q),
	}
	c.Etat = scolarite.Compte(c.Annee, agent.Aujourdhui())
	if orders[c.Tri] == "" {
		c.Tri = "commune"
	}
	return c
}

func (c critere) order() string {
	if c.Desc {
		return "tri desc, cle_commune, cle_ecole, uai"
	}
	return "tri, cle_commune, cle_ecole, uai"
}

// listSQL counts by the index scolarite_par_ecole, school by school. A school that the directory has closed shows only
// with its pupils.
func (c critere) listSQL() string {
	return `
		select e.uai, e.nom, e.commune, e.type, e.secteur, e.circonscription, e.total, n.niveaux, n.nombres,
			(select count(*) from classe where ecole_uai = e.uai and annee = $1)::int as classes
		from (
			select e.uai, e.nom, k.nom as commune, e.type, e.secteur, coalesce(e.circonscription_uai, '') as circonscription,
				` + orders[c.Tri] + ` as tri, cle_nom(k.nom) as cle_commune, cle_nom(e.nom) as cle_ecole, count(*) over ()::int as total
			from ecole e join commune k on k.insee = e.commune_insee
			where e.uai = any (portee_ecoles())
				and (e.ouverte or exists (select from scolarite where ecole_uai = e.uai and annee = $1 and etat = $2))
				and ($3 = '' or e.type = $3) and ($4 = '' or e.secteur = $4) and ($5 = '' or e.circonscription_uai = $5)
				and ($6 = '' or cle_nom(concat_ws(' ', e.nom, k.nom, e.uai)) like '%' || cle_nom($6) || '%')
			order by ` + c.order() + ` limit nullif($7, 0) offset $8
		) e
		cross join lateral (
			select coalesce(array_agg(niveau), '{}') as niveaux, coalesce(array_agg(nombre), '{}') as nombres
			from (
				select niveau, count(*)::int as nombre from scolarite
				where ecole_uai = e.uai and annee = $1 and etat = $2
				group by niveau
			) par_niveau
		) n
		order by ` + c.order()
}

// libelle is a circonscription to choose.
type libelle struct {
	UAI string
	Nom string
}

const circonscriptionsSQL = `
	select uai, nom from circonscription
	where uai in (select distinct circonscription_uai from ecole where uai = any (portee_ecoles()))
	order by nom, uai`

// lecture is all that the list reads.
type lecture struct {
	lignes []ligne
	circos []libelle
}

// circonscription is the name of one.
func (all lecture) circonscription(uai string) string {
	for _, c := range all.circos {
		if c.UAI == uai {
			return c.Nom
		}
	}
	return ""
}

// read reads the list in one round trip. limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &all.lignes, c.listSQL(),
			int(c.Annee), c.Etat, c.Type, c.Secteur, c.Circo, c.Nom, limit, (c.Page-1)*limit)
		if agent.Role != habilitation.IEN {
			territoire.Toutes(l, &all.circos, circonscriptionsSQL)
		}
	})
	return all, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, perPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(agent, c, listProps(r.URL.Query(), agent, c, all)))
}
