package groupes

import (
	"context"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/groupe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Longest texts.
const maxLibelle = 40

// saisie is the form of a group.
type saisie struct {
	f       *httpx.Form
	annees  []httpx.AnneeOuverte
	fiche   fiche // of the group being changed, as it is recorded
	conflit []ui.ConflictRow
}

func (p Pages) showNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	annee := strconv.Itoa(int(httpx.Annee(r.URL.Query(), agent)))
	return p.renderNew(w, r, agent, httpx.NewForm(map[string]string{"annee": annee}), http.StatusOK)
}

func (p Pages) renderNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	s := saisie{f: f}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
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
	g := readGroupe(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, err := groupe.Creer(ctx, tx, agent, annee, g)
			if err == nil {
				p.Flash(ctx, "Le groupe «\u00a0"+g.Libelle+"\u00a0» est créé. Choisissez ses élèves.", "")
			}
			return path(id) + "/eleves", err
		})
	}
	if f.Refused(err) {
		return p.renderNew(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}

// readGroupe reads what was typed.
func readGroupe(f *httpx.Form) groupe.Groupe {
	return groupe.Groupe{
		Libelle: f.Limited("libelle", maxLibelle), Nature: groupe.Nature(f.Text("nature")),
		Intervenant: f.Limited("intervenant", 60), EffectifMax: f.Count("effectif_max"),
	}
}

func (p Pages) readSaisie(ctx context.Context, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) (saisie, error) {
	s := saisie{f: f}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Une(l, &s.fiche, ficheSQL, id) })
	return s, err
}

// values are what is recorded, as it is typed.
func (g fiche) values() map[string]string {
	return map[string]string{
		"libelle": g.Libelle, "nature": string(g.Nature), "intervenant": g.Intervenant, "effectif_max": ui.Places(g.EffectifMax),
	}
}

func (p Pages) showEdit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	s, err := p.readSaisie(r.Context(), agent, id, nil)
	if err != nil {
		return err
	}
	s.f = httpx.NewForm(s.fiche.values())
	return p.Render(w, r, http.StatusOK, editPage(s))
}

func (p Pages) submitEdit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.change(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		g := readGroupe(f)
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "Le groupe «\u00a0"+g.Libelle+"\u00a0» est modifié.", "")
		return path(id), groupe.Modifier(ctx, tx, agent, id, f.Version(), g)
	})
}

// submitDelete takes a group away; its pupils stay in their classes.
func (p Pages) submitDelete(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.change(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		p.Flash(ctx, "Le groupe est supprimé.", "")
		return "/groupes", groupe.Supprimer(ctx, tx, agent, id, f.Version())
	})
}

// change does an act on the group; refused, its form comes back with what was typed, and after a conflict with both
// versions.
func (p Pages) change(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	act func(context.Context, territoire.Tx, uuid.UUID, *httpx.Form) (string, error),
) error {
	id, f, status, err := p.ActOn(w, r, agent, act)
	if status == 0 {
		return err
	}
	s, err := p.readSaisie(r.Context(), agent, id, f)
	if err != nil {
		return err
	}
	if status == http.StatusUnprocessableEntity {
		s.fiche.Version = f.Version()
		return p.Render(w, r, status, editPage(s))
	}
	recorded := s.fiche.values()
	if !f.Values.Has("libelle") { // the form that only takes away
		s.f = httpx.NewForm(recorded)
	}
	for _, c := range champs {
		s.conflit = append(s.conflit, ui.ConflictRow{Label: c.label, Theirs: recorded[c.name], Mine: s.f.Text(c.name)})
	}
	return p.Render(w, r, status, editPage(s))
}

// champs are the fields of the form and their labels.
var champs = []struct{ name, label string }{
	{"libelle", "Nom"}, {"nature", "Nature"}, {"intervenant", "Intervenant"}, {"effectif_max", "Effectif maximum"},
}

func natures() []ui.Option {
	options := make([]ui.Option, len(groupe.Natures))
	for i, n := range groupe.Natures {
		options[i] = ui.Option{Value: string(n), Label: n.Label()}
	}
	return options
}

func (s saisie) failed() ui.PageOption { return ui.Failed(len(s.f.Errors()) > 0 || len(s.conflit) > 0) }
