package recherche

import (
	"encoding/json"
	"net/http"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// semblable is a child who may be the one being typed, as the script reads him.
type semblable struct {
	ID     string `json:"id"`
	Nom    string `json:"nom"`
	Detail string `json:"detail"`
}

// doublons answers, while a new child is typed, with those of the register who may be the same: the form asks about
// them at once, and does not wait to be sent. It is a POST, for a name is never in an address.
func (p Pages) doublons(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	list := []semblable{}
	i := eleve.Identite{
		NomFamille: f.Text("nom_famille"), NomUsage: f.Text("nom_usage"), Prenom: f.Text("prenom"), Prenom2: f.Text("prenom2"),
		Sexe: eleve.Sexe(f.Text("sexe")), DateNaissance: f.DateOrNone("date_naissance"),
	}
	if i.NomFamille != "" && i.Prenom != "" && !i.DateNaissance.IsZero() {
		found, err := eleve.Chercher(r.Context(), p.DB, agent, i, func(*territoire.Lecture) {})
		if err != nil {
			return err
		}
		for _, c := range found {
			list = append(list, semblable{c.EleveID.String(), formulaire.Nomme(c), formulaire.Situe(c)})
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(list)
}
