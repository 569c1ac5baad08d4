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
	Circonscription string
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

// orders are what sorts behind each key, and what then makes the order total.
var orders = map[string][2]string{
	"commune":  {"cle_nom(k.nom)", "cle_nom(e.nom), e.uai"},
	"nom":      {"cle_nom(e.nom)", "cle_nom(k.nom), e.uai"},
	"effectif": {"coalesce(n.effectif, 0)", "cle_nom(k.nom), cle_nom(e.nom), e.uai"},
	"classes":  {"classes", "cle_nom(k.nom), cle_nom(e.nom), e.uai"},
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		Annee: httpx.Annee(q, agent), Type: q.Get("type"), Secteur: q.Get("secteur"), Circo: q.Get("circonscription"), Nom: q.Get("q"),
		Tri: q.Get("tri"), Desc: q.Get("sens") == "desc", Page: httpx.PageAsked(q),
	}
	c.Etat = scolarite.Compte(c.Annee, agent.Aujourdhui())
	if _, ok := orders[c.Tri]; !ok {
		c.Tri = "commune"
	}
	return c
}

func (c critere) order() string {
	o := orders[c.Tri]
	if c.Desc {
		return o[0] + " desc, " + o[1]
	}
	return o[0] + ", " + o[1]
}

// listSQL counts by the index scolarite_par_ecole. The schools that the directory has closed show only with their pupils.
func (c critere) listSQL() string {
	return `
		select e.uai, e.nom, k.nom as commune, e.type, e.secteur, coalesce(c.nom, '') as circonscription,
			(select count(*) from classe where ecole_uai = e.uai and annee = $1)::int as classes,
			coalesce(n.niveaux, '{}') as niveaux, coalesce(n.nombres, '{}') as nombres, count(*) over ()::int as total
		from ecole e
		join commune k on k.insee = e.commune_insee
		left join circonscription c on c.uai = e.circonscription_uai
		left join (
			select ecole_uai, array_agg(niveau) as niveaux, array_agg(nombre) as nombres, sum(nombre) as effectif
			from (
				select ecole_uai, niveau, count(*)::int as nombre from scolarite
				where annee = $1 and etat = $2 and ecole_uai = any ((select portee_ecoles())::text[])
				group by ecole_uai, niveau
			) par_niveau
			group by ecole_uai
		) n on n.ecole_uai = e.uai
		where e.uai = any ((select portee_ecoles())::text[]) and (e.ouverte or n.effectif > 0)
			and ($3 = '' or e.type = $3) and ($4 = '' or e.secteur = $4) and ($5 = '' or e.circonscription_uai = $5)
			and ($6 = '' or cle_nom(concat_ws(' ', e.nom, k.nom, e.uai)) like '%' || cle_nom($6) || '%')
		order by ` + c.order() + ` limit nullif($7, 0) offset $8`
}

// libelle is a circonscription to choose.
type libelle struct {
	UAI string
	Nom string
}

const circonscriptionsSQL = `
	select uai, nom from circonscription
	where uai in (select circonscription_uai from ecole where uai = any (portee_ecoles()))
	order by nom, uai`

// lecture is all that the list reads.
type lecture struct {
	lignes []ligne
	circos []libelle
}

// read reads the list in one round trip. limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &all.lignes, c.listSQL(),
			int(c.Annee), c.Etat, c.Type, c.Secteur, c.Circo, c.Nom, limit, (c.Page-1)*limit)
		if agent.Role == habilitation.IA {
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
	return p.Render(w, r, http.StatusOK, listPage(c, listProps(r.URL.Query(), agent, c, all)))
}
