package dispositifs

import (
	"context"
	"net/http"
	"strconv"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const maxLibelle = 40

// values are the ULIS as it is typed; that of a school that has none yet is proposed.
func (u *unite) values() map[string]string {
	if u == nil {
		return map[string]string{"libelle": "ULIS école", "effectif_max": strconv.Itoa(dispositif.Usuel)}
	}
	return map[string]string{"libelle": u.Libelle, "enseignant": u.Enseignant, "salle": u.Salle, "effectif_max": ui.Places(u.EffectifMax)}
}

func (v *view) version() int {
	if v.unite == nil {
		return 0
	}
	return v.unite.Version
}

// readUnite reads the ULIS of the year.
func (p Pages) readUnite(ctx context.Context, agent habilitation.Agent, c critere) (*view, error) {
	v := &view{agent: agent, c: c}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Peut(l, &v.unite, uniteSQL, agent.Ecole, int(c.annee))
	})
	return v, err
}

func (p Pages) showUnite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readUnite(r.Context(), agent, readCritere(r.URL.Query(), agent))
	if err != nil {
		return err
	}
	v.form = httpx.NewForm(v.unite.values())
	return p.Render(w, r, http.StatusOK, unitePage(v))
}

// submitUnite opens or changes the ULIS of the year.
func (p Pages) submitUnite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.changeUnite(w, r, agent, func(ctx context.Context, tx territoire.Tx, c critere, f *httpx.Form) error {
		u := dispositif.Unite{
			Libelle: f.Limited("libelle", maxLibelle), Enseignant: f.Limited("enseignant", 60), Salle: f.Limited("salle", 30),
			EffectifMax: f.Count("effectif_max"),
		}
		if err := f.Err(); err != nil {
			return err
		}
		p.Flash(ctx, "Le dispositif ULIS est enregistré.", "")
		return dispositif.Ouvrir(ctx, tx, agent, c.annee, f.Version(), u)
	})
}

// closeUnite takes the ULIS of the year away.
func (p Pages) closeUnite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.changeUnite(w, r, agent, func(ctx context.Context, tx territoire.Tx, c critere, f *httpx.Form) error {
		p.Flash(ctx, "Le dispositif ULIS de "+c.annee.Libelle()+" est supprimé.", "")
		return dispositif.Fermer(ctx, tx, agent, c.annee, f.Version())
	})
}

// changeUnite does an act on the ULIS; refused, its form comes back with what was typed, and after a conflict with both
// versions.
func (p Pages) changeUnite(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	act func(context.Context, territoire.Tx, critere, *httpx.Form) error,
) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return c.href("/dispositifs"), act(ctx, tx, c, f)
	})
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	v, err := p.readUnite(r.Context(), agent, c)
	if err != nil {
		return err
	}
	v.form = f
	recorded := v.unite.values()
	if !f.Values.Has("libelle") { // the form that only takes away
		for name, value := range recorded {
			f.Values.Set(name, value)
		}
	}
	if !stale {
		return p.Render(w, r, http.StatusUnprocessableEntity, unitePage(v))
	}
	for _, champ := range []struct{ name, label string }{
		{"libelle", "Nom"}, {"enseignant", "Enseignant"}, {"salle", "Salle"}, {"effectif_max", "Effectif maximum"},
	} {
		v.conflict = append(v.conflict, ui.ConflictRow{Label: champ.label, Theirs: recorded[champ.name], Mine: f.Text(champ.name)})
	}
	return p.Render(w, r, http.StatusConflict, unitePage(v))
}
