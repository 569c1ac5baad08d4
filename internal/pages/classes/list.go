package classes

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// perPage is how many classes a page shows: no school has as many.
const perPage = 50

// ligne is one class of the list.
type ligne struct {
	ID           uuid.UUID
	LibelleCourt string
	LibelleLong  string
	Ecole        string
	Commune      string
	Niveaux      []string
	Enseignant   string
	Autres       []classe.Autre
	Salle        string
	EffectifMax  int
	Presents     int
	Attendus     int
	Total        int // of the list, repeated on each line
}

// critere is what the list was asked for.
type critere struct {
	Annee  ecole.Annee
	Ecole  string // UAI, "" for all those of the territory
	Niveau string
	Nom    string
	Tri    string
	Desc   bool
	Page   int
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{
		Annee: httpx.Annee(q, agent), Ecole: q.Get("ecole"), Niveau: q.Get("niveau"), Nom: q.Get("q"),
		Tri: q.Get("tri"), Desc: q.Get("sens") == "desc", Page: httpx.PageAsked(q),
	}
	if orders[c.Tri] == "" {
		c.Tri = triNiveau
		if agent.Ecole == "" {
			c.Tri = triEcole
		}
	}
	return c
}

// narrowed tells whether something else than the year was asked for.
func (c critere) narrowed() bool { return c.Ecole != "" || c.Niveau != "" || c.Nom != "" }

// The keys of the columns that sort.
const (
	triNiveau     = "niveau"
	triEcole      = "ecole"
	triLibelle    = "libelle"
	triEnseignant = "enseignant"
)

// orders are the columns behind each key; the id makes them total.
var orders = map[string]string{
	triNiveau:     "rang, libelle_court, id",
	triEcole:      "cle_commune, cle_ecole, ecole_uai, rang, libelle_court, id",
	triLibelle:    "libelle_court, id",
	triEnseignant: "enseignant, id",
}

func (c critere) order() string {
	columns := orders[c.Tri]
	if c.Desc {
		columns = strings.Replace(columns, ",", " desc,", 1)
	}
	return columns
}

// ouvre tells whether the list has bounds enough to be read: an IA asks for a school or searches, it does not leaf
// through the thousands of classes of a département.
func (c critere) ouvre(agent habilitation.Agent) bool {
	return agent.Role != habilitation.IA || c.Ecole != "" || len([]rune(c.Nom)) >= 2
}

// listSQL counts the pupils of the classes shown, not of all. A school outside the territory has no class here.
func (c critere) listSQL() string {
	return `
		select c.id, c.libelle_court, c.libelle_long, c.ecole, c.commune, c.enseignant, c.salle,
			coalesce(c.effectif_max, 0) as effectif_max, c.total, p.presents, p.attendus,
			` + classe.AutresSQL + ` as autres,
			array(select niveau from classe_niveau where classe_id = c.id order by array_position($5::text[], niveau)) as niveaux
		from (
			select c.*, e.nom as ecole, k.nom as commune, cle_nom(k.nom) as cle_commune, cle_nom(e.nom) as cle_ecole,
				(select min(array_position($5::text[], niveau)) from classe_niveau where classe_id = c.id) as rang,
				count(*) over () as total
			from classe c join ecole e on e.uai = c.ecole_uai join commune k on k.insee = e.commune_insee
			where c.annee = $1 and ($2 = '' or c.ecole_uai = $2)
				and ($3 = '' or exists (select from classe_niveau where classe_id = c.id and niveau = $3))
				and ($4 = '' or cle_nom(concat_ws(' ', c.libelle_court, c.libelle_long, c.enseignant, e.nom, k.nom))
					like '%' || cle_nom($4) || '%')
			order by ` + c.order() + `
			limit nullif($6, 0) offset $7
		) c
		cross join lateral (
			select count(*) filter (where etat = 'admis_definitif') as presents,
				count(*) filter (where etat = 'admis_accepte') as attendus
			from scolarite where classe_id = c.id
		) p
		order by ` + c.order()
}

// sansClasseSQL counts the pupils that no list of a class names.
const sansClasseSQL = `
	select count(*) from scolarite
	where annee = $1 and etat in ('admis_accepte', 'admis_definitif') and classe_id is null`

// lecture is all that the list reads.
type lecture struct {
	lignes     []ligne
	sansClasse int
	aReprendre classe.Structure // what the year before has and this year does not
	ecoles     []libelle
}

// libelle is a school by its UAI.
type libelle struct {
	UAI     string
	Nom     string
	Commune string
}

// ecolesSQL names the schools among which one chooses: not those of a whole département, found from /ecoles instead.
const ecolesSQL = `
	select e.uai, e.nom, k.nom as commune from ecole e join commune k on k.insee = e.commune_insee
	where e.uai = any (portee_ecoles()) and ($2 or e.uai = $1) order by cle_nom(k.nom), cle_nom(e.nom), e.uai`

// read reads the list in one round trip. limit 0 reads all of it.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, limit int) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		if c.ouvre(agent) {
			territoire.Toutes(l, &all.lignes, c.listSQL(), int(c.Annee), c.Ecole, c.Niveau, c.Nom, ecole.Niveaux(), limit, (c.Page-1)*limit)
		}
		if agent.Can(habilitation.Repartir) {
			territoire.Valeur(l, &all.sansClasse, sansClasseSQL, int(c.Annee))
			territoire.Une(l, &all.aReprendre, classe.RepriseSQL, int(c.Annee))
		}
		if agent.Ecole == "" {
			territoire.Toutes(l, &all.ecoles, ecolesSQL, c.Ecole, agent.Role == habilitation.IEN)
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
	return p.Render(w, r, http.StatusOK, listPage(listView(r.URL.Query(), agent, c, all)))
}

// newHref is where a class of the year is made.
func newHref(annee ecole.Annee) string { return "/classes/nouvelle?annee=" + strconv.Itoa(int(annee)) }
