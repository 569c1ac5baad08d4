package elections

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// listeVue is the page of the list of voters.
type listeVue struct {
	registre
	query url.Values
	f     *httpx.Form // that fixes the list
}

func (p Pages) showListe(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"arretee_le": date.Court(agent.Aujourdhui())})
	return p.renderListe(w, r, agent, id, f, http.StatusOK)
}

func (p Pages) renderListe(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form, status int) error {
	v, err := p.readListe(r.Context(), agent, id, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, listePage(listeVue{registre: v, query: r.URL.Query(), f: f}))
}

// parListe is how many voters a page shows.
const parListe = 50

// filtres are what one may look for in the list.
var filtres = []struct {
	code, label string
	garde       func(electeur) bool
}{
	{"personnel", "Personnel de l’école", func(e electeur) bool { return e.Personnel }},
	{"tiers", "Tiers exerçant l’autorité parentale", func(e electeur) bool { return e.Tiers }},
	{"homonymes", "Homonymes", func(e electeur) bool { return e.homonyme }},
	{"changes", "Ajoutés ou retirés", func(e electeur) bool { return e.AjouteLe != nil || e.RetireLe != nil }},
}

func (v listeVue) filtre() ui.Filter {
	f := ui.Filter{Name: "voir", Label: "Voir", All: "Tous les électeurs"}
	for _, x := range filtres {
		f.Options = append(f.Options, ui.Option{Value: x.code, Label: x.label})
	}
	return f
}

// retenus are the voters that the page was asked for.
func (v listeVue) retenus() []electeur {
	i := slices.IndexFunc(filtres, func(f struct {
		code, label string
		garde       func(electeur) bool
	}) bool {
		return f.code == v.query.Get("voir")
	})
	var list []electeur
	for _, e := range v.electeurs {
		if (i < 0 || filtres[i].garde(e)) && e.repond(v.query.Get("q")) {
			list = append(list, e)
		}
	}
	return list
}

// repond tells whether each word asked for begins or is within the name.
func (e electeur) repond(q string) bool {
	names := strings.ToLower(e.Complet() + " " + e.NomFamille)
	for _, word := range strings.Fields(strings.ToLower(q)) {
		if !strings.Contains(names, word) {
			return false
		}
	}
	return true
}

func (v listeVue) props() ui.ListProps {
	list := v.retenus()
	page := httpx.PageAsked(v.query)
	props := ui.ListProps{
		Caption: "Liste électorale", Path: v.fiche.path() + "/liste", Query: v.query, Search: "Nom", Filters: []ui.Filter{v.filtre()},
		Pager: ui.Pager{Page: page, PerPage: parListe, Total: len(list)}, Empty: v.vide(),
		Columns: []ui.Column{{Label: "Nom"}, {Label: "Prénom"}, {Label: "Nom de naissance"}, {Label: "N°", Number: true}, {Label: "Mention"}},
	}
	if v.fiche.arretee() {
		props.Exports = tableau.Formats
		props.Bulk = []ui.BulkAction{
			{Label: "Noter «\u00a0personnel de l’école\u00a0»", Action: v.fiche.path() + "/personnel"},
			{Label: "Retirer cette mention", Action: v.fiche.path() + "/parents"},
		}
	}
	from := min((page-1)*parListe, len(list))
	for _, e := range list[from:min(from+parListe, len(list))] {
		props.Rows = append(props.Rows, ui.ListRow{ID: e.ID.String(), Label: e.Complet(), Cells: ui.Cells(
			e.Nom(), e.Prenom, e.Naissance(), ui.Count(e.Numero), e.mention())})
	}
	return props
}

func (v listeVue) vide() ui.EmptyProps {
	if len(v.electeurs) > 0 {
		return ui.EmptyProps{Sentence: "Aucun électeur ne répond à ces critères."}
	}
	return ui.EmptyProps{Sentence: "Aucun responsable n’exerce l’autorité parentale sur un élève présent.", Href: "/eleves", Action: "Voir les élèves"}
}

func (v listeVue) stats() []ui.Stat {
	return []ui.Stat{
		{Label: "Électeurs", Value: ui.Count(len(v.inscrits()))},
		{Label: "Éligibles", Value: ui.Count(v.compte(electeur.eligible))},
	}
}

// alertes are what the bureau des élections looks at before it fixes the list.
func (v listeVue) alertes() []string {
	var said []string
	if n := v.compte(func(e electeur) bool { return e.Tiers }); n > 0 {
		said = append(said, ui.Plural(n, "tiers vote", "tiers votent")+" à la place de parents\u00a0: vérifiez l’autorité parentale dans les dossiers.")
	}
	if n := v.compte(func(e electeur) bool { return e.homonyme }); n > 0 {
		said = append(said, ui.Plural(n, "électeur porte", "électeurs portent")+
			" le nom d’un autre\u00a0: si c’est la même personne, réunissez ses fiches dans le dossier.")
	}
	return said
}

// arreter fixes the list.
func (p Pages) arreter(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		le := f.DateOrNone("arretee_le")
		if err := f.Err(); err != nil {
			return "", err
		}
		n, err := election.Arreter(ctx, tx, agent, id, f.Version(), le)
		p.Flash(ctx, "La liste électorale est arrêtée\u00a0: "+ui.Plural(n, "électeur", "électeurs")+".", path(id)+"/rouvrir")
		return path(id) + "/liste", err
	})
	if status == 0 {
		return err
	}
	if status == http.StatusConflict {
		f.Refuse("", "Les dates de l’élection ont changé depuis que vous avez ouvert la page\u00a0: relisez-les.")
	}
	return p.renderListe(w, r, agent, id, f, status)
}

// rouvrir takes back a list that was fixed by mistake.
func (p Pages) rouvrir(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, "La liste électorale est rouverte.", "")
		return path(id) + "/liste", election.Rouvrir(ctx, tx, agent, id)
	})
}

func (p Pages) personnel(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.eligibilite(w, r, agent, true)
}

func (p Pages) parents(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.eligibilite(w, r, agent, false)
}

// eligibilite says of the voters ticked whether they belong to the staff.
func (p Pages) eligibilite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, personnel bool) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		ids := f.UUIDs("id", "Cochez au moins un électeur.")
		if err := f.Err(); err != nil {
			return "", err
		}
		n, err := election.Personnel(ctx, tx, agent, id, ids, personnel)
		p.Flash(ctx, ui.Plural(n, "électeur modifié", "électeurs modifiés")+".", "")
		return path(id) + "/liste", err
	})
	if status == 0 {
		return err
	}
	return p.renderListe(w, r, agent, id, f, status)
}

func (p Pages) exportListe(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readListe(r.Context(), agent, id, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "liste_electorale", ID: id, Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	inscrits := v.inscrits()
	t := tableau.Table{
		Title: "Liste électorale " + v.fiche.annee().Libelle(), Details: []string{v.fiche.lead(), v.etat(), ui.Plural(len(inscrits), "électeur", "électeurs")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Portrait: true, Empty: v.fiche.ecole(),
		Columns: []tableau.Column{{Title: "N°", Number: true}, {Title: "Nom"}, {Title: "Prénom"}, {Title: "Nom de naissance"}, {Title: "Mention"}},
	}
	for _, e := range inscrits {
		t.Rows = append(t.Rows, []any{e.Numero, e.Nom(), e.Prenom, e.Naissance(), e.mention()})
	}
	return httpx.Export(w, r, "liste-electorale-"+v.fiche.annee().Libelle(), t)
}

// etat says since when the list stands, or that it is not fixed.
func (v registre) etat() string {
	if !v.fiche.arretee() {
		return "Projet de liste, non arrêté"
	}
	return "Liste arrêtée le " + date.Long(*v.fiche.ArreteeLe)
}
