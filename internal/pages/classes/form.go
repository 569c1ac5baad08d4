package classes

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Longest texts: the short name heads the columns of printed lists.
const (
	maxCourt = 20
	maxLong  = 60
	maxSalle = 30
)

// saisie is the form of a class.
type saisie struct {
	f       *httpx.Form
	typ     ecole.Type
	annees  []httpx.AnneeOuverte
	fiche   fiche // of the class being changed, as it is recorded
	occupee bool  // pupils have been placed in it: it can no longer be taken away
	conflit []ui.ConflictRow
}

const typeSQL = `select type from ecole where uai = $1`

// showNew shows the form of a new class.
func (p Pages) showNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f := httpx.NewForm(map[string]string{"annee": anneeCode(httpx.Annee(r.URL.Query(), agent))})
	return p.renderNew(w, r, agent, f, http.StatusOK)
}

func (p Pages) renderNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	s := saisie{f: f}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &s.typ, typeSQL, agent.Ecole)
		territoire.Toutes(l, &s.annees, httpx.AnneesOuvertesSQL, agent.Aujourdhui())
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, newPage(s))
}

func (p Pages) submitNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	annee, err := ecole.ParseAnnee(f.Text("annee"))
	if err != nil {
		f.Refuse("annee", "Choisissez l’année scolaire.")
	}
	c := readClasse(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, err := classe.Creer(ctx, tx, agent, annee, c)
			if err == nil {
				p.Flash(ctx, "La classe «\u00a0"+c.LibelleCourt+"\u00a0» est créée.", "")
			}
			return "/classes/" + id.String(), err
		})
	}
	if f.Refused(err) {
		return p.renderNew(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}

// readClasse reads what was typed.
func readClasse(f *httpx.Form) classe.Classe {
	c := classe.Classe{
		LibelleCourt: f.Limited("libelle_court", maxCourt), LibelleLong: f.Limited("libelle_long", maxLong),
		Enseignant: f.Limited("enseignant", maxLong), Salle: f.Limited("salle", maxSalle),
		Niveaux: niveauxOf(f), EffectifMax: f.Count("effectif_max"), Autres: autresOf(f),
	}
	return c
}

// autresOf are the other teachers of the class, in the order of their lines; an empty line is none.
func autresOf(f *httpx.Form) (autres []classe.Autre) {
	for n := 1; n <= classe.MaxAutres; n++ {
		a := classe.Autre{
			Nom: f.Limited(classe.ChampAutre(n, "nom"), maxLong), Jours: f.Limited(classe.ChampAutre(n, "jours"), maxSalle),
			Service: classe.Service(f.Text(classe.ChampAutre(n, "service"))),
		}
		if a != (classe.Autre{}) {
			autres = append(autres, a)
		}
	}
	return autres
}

// niveauxOf are the niveaux ticked, from the youngest.
func niveauxOf(f *httpx.Form) []ecole.Niveau {
	var ticked []ecole.Niveau
	for _, n := range ecole.Niveaux() {
		if slices.Contains(f.Values["niveau"], string(n)) {
			ticked = append(ticked, n)
		}
	}
	return ticked
}

// pose writes in the form what is recorded.
func (c fiche) pose(f *httpx.Form) {
	for name, v := range map[string]string{
		"libelle_court": c.LibelleCourt, "libelle_long": c.LibelleLong, "enseignant": c.Enseignant, "salle": c.Salle,
		"effectif_max": ui.Places(c.EffectifMax),
	} {
		f.Values.Set(name, v)
	}
	for i, a := range c.Autres {
		f.Values.Set(classe.ChampAutre(i+1, "nom"), a.Nom)
		f.Values.Set(classe.ChampAutre(i+1, "service"), string(a.Service))
		f.Values.Set(classe.ChampAutre(i+1, "jours"), a.Jours)
	}
	f.Values["niveau"] = c.Niveaux
}

// champAutres is said of the lines of the other teachers together.
const champAutres = "autres"

// champs are the fields of the form and their labels.
var champs = []struct{ name, label string }{
	{"libelle_court", "Nom court"}, {"libelle_long", "Nom complet"}, {"niveau", "Niveaux"}, {"enseignant", "Enseignant"}, {champAutres, "Autres enseignants"},
	{"salle", "Salle"}, {"effectif_max", "Effectif maximum"},
}

// differences are the fields that somebody else has recorded otherwise than they are typed.
func differences(recorded fiche, typed *httpx.Form) []ui.ConflictRow {
	theirs := httpx.NewForm(nil)
	recorded.pose(theirs)
	var rows []ui.ConflictRow
	for _, c := range champs {
		if a, b := said(theirs, c.name), said(typed, c.name); a != b {
			rows = append(rows, ui.ConflictRow{Label: c.label, Theirs: a, Mine: b})
		}
	}
	return rows
}

func said(f *httpx.Form, name string) string {
	switch name {
	case "niveau":
		return strings.Join(f.Values[name], ", ")
	case champAutres:
		return classe.Enseignants("", autresOf(f))
	}
	return f.Text(name)
}

// niveauOptions are the niveaux that the type of school opens.
func (s saisie) niveauOptions() []ui.Option {
	var options []ui.Option
	for _, n := range s.typ.Niveaux() {
		options = append(options, ui.Option{Value: string(n), Label: string(n), Checked: slices.Contains(s.f.Values["niveau"], string(n))})
	}
	return options
}

// autres are the lines of the form for the other teachers.
func (s saisie) autres() []int {
	lines := make([]int, classe.MaxAutres)
	for i := range lines {
		lines[i] = i + 1
	}
	return lines
}

func services() []ui.Option {
	options := make([]ui.Option, len(classe.Services))
	for i, v := range classe.Services {
		options[i] = ui.Option{Value: string(v), Label: v.Label()}
	}
	return options
}

// failed tells whether the page answers a form that was not accepted.
func (s saisie) failed() ui.PageOption {
	return ui.Failed(len(s.f.Errors()) > 0 || len(s.conflit) > 0)
}
