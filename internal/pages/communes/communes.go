// Package communes answers the fields that ask for a commune while one types: whoever fills a form with an address or
// a place of birth comes here, by the script of the page. Without it the server reads what was typed. The IA comes here
// too, to decide what each mairie knows of the pupils of its schools, and who enters them first.
package communes

import (
	"encoding/json"
	"net/http"
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /communes.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/communes", habilitation.ChercherCommune, p.search)
	rt.Get(pathReglages, habilitation.ReglerCommunes, p.reglages)
	rt.Get(pathReglages+"/{insee}", habilitation.ReglerCommunes, p.askReglage)
	rt.Post(pathReglages+"/{insee}", habilitation.ReglerCommunes, p.regler)
}

// proposees is how many communes one reads at a glance.
const proposees = 8

// proposition is a commune as the script of ui.Commune reads it.
type proposition struct {
	Code string `json:"code"`
	Nom  string `json:"nom"`
	CP   string `json:"cp"`
	Dep  string `json:"dep"`
}

// search answers the communes whose name or postal code begins with q.
func (p Pages) search(w http.ResponseWriter, r *http.Request, _ habilitation.Agent) error {
	q := r.URL.Query().Get("q")
	found := commune.Search(q, proposees)
	list := make([]proposition, len(found))
	for i, c := range found {
		list[i] = proposition{Code: c.Insee, Nom: c.Nom, CP: codeOf(c, q), Dep: c.Departement}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(list)
}

// codeOf is the code written after the name, which commune.Parse reads back: the postal code that was typed when the
// commune has several; the département of a commune that has none, which only a birth certificate still names.
func codeOf(c commune.Commune, q string) string {
	postaux := c.Postaux()
	if len(postaux) == 0 {
		return c.Departement
	}
	for _, code := range postaux {
		if q = strings.TrimSpace(q); q != "" && strings.HasPrefix(code, q) {
			return code
		}
	}
	return postaux[0]
}
