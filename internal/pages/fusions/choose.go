package fusions

import (
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// enfant is a pupil as one looks for him.
type enfant struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Etat          string
}

func (e enfant) nom() string  { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }
func (e enfant) path() string { return "/eleves/" + e.ID.String() }

const enfantSQL = `select id, nom_famille, nom_usage, prenom, date_naissance, etat from eleve e where id = $1`

// ressemblantsSQL are the files that one may have opened twice: same birth date, or same name; or those that bear the
// words typed.
const ressemblantsSQL = `
	select a.id, a.nom_famille, a.nom_usage, a.prenom, a.date_naissance, a.etat
	from eleve e join eleve a on a.id <> e.id and a.etat = 'actif'
	where e.id = $1 and case when $2 = '' then a.date_naissance = e.date_naissance or a.cle_nom = e.cle_nom
		else ' ' || a.cle_nom like all (array(
			select '% ' || mot || '%' from unnest(string_to_array(cle_nom($2), ' ')) as mot)) end
	order by a.cle_nom, a.id limit 50`

// recherche is the page that looks for the other file.
type recherche struct {
	garde enfant
	mots  string
	liste []enfant
}

func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c := recherche{mots: strings.TrimSpace(r.URL.Query().Get("q"))}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c.garde, enfantSQL, id)
		territoire.Toutes(l, &c.liste, ressemblantsSQL, id, c.mots)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, choosePage(c))
}

func (c recherche) props() ui.ListProps {
	props := ui.ListProps{
		Caption: "Autres dossiers", Path: c.garde.path() + "/fusion", Query: map[string][]string{"q": {c.mots}},
		Search: "Nom ou prénom de l’autre dossier", Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}},
		Pager: ui.Pager{Page: 1, PerPage: len(c.liste), Total: len(c.liste)},
		Scope: "Dossiers de votre école qui ont la même date de naissance ou le même nom.",
		Empty: ui.EmptyProps{Sentence: "Aucun autre dossier de votre école n’y ressemble\u00a0: cherchez-le par son nom."},
	}
	if c.mots != "" {
		props.Scope = "Dossiers de votre école qui portent ces mots."
		props.Empty.Sentence = "Aucun autre dossier de votre école ne porte ce nom."
	}
	for _, e := range c.liste {
		props.Rows = append(props.Rows, ui.ListRow{
			Href: c.garde.path() + "/fusion/" + e.ID.String(), Label: e.nom(), Cells: ui.Cells(e.nom(), date.Court(e.DateNaissance)),
		})
	}
	return props
}
