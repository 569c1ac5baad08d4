package transferts

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// cohorte is those who go to one niveau.
type cohorte struct {
	niveau ecole.Niveau
	eleves []transfert.Quittant
}

// vueNouveau is the form: each cohort, ticked, with the school it usually goes to.
type vueNouveau struct {
	annee     ecole.Annee // that ends
	quittants []transfert.Quittant
	proches   []transfert.Proche
	form      *httpx.Form
}

func (p Pages) readNouveau(r *http.Request, agent habilitation.Agent) (v vueNouveau, err error) {
	v = vueNouveau{annee: httpx.Annee(r.URL.Query(), agent), form: httpx.NewForm(nil)}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.quittants, transfert.QuittantsSQL, int(v.annee))
		territoire.Toutes(l, &v.proches, transfert.ProchesSQL, int(v.annee)+1)
	})
	return v, err
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readNouveau(r, agent)
	if err != nil {
		return err
	}
	for _, c := range v.cohortes() {
		v.form.Values.Set(champVers(c.niveau), transfert.Pressentie(c.niveau, v.proches))
		for _, e := range c.eleves {
			v.form.Values.Add("id", e.ID.String())
		}
	}
	return p.Render(w, r, http.StatusOK, nouveauPage(v))
}

// cohortes are those who may still be offered, by niveau.
func (v vueNouveau) cohortes() []cohorte {
	var list []cohorte
	for _, q := range v.quittants {
		switch {
		case !q.Libre():
		case len(list) > 0 && list[len(list)-1].niveau == q.Niveau:
			last := &list[len(list)-1]
			last.eleves = append(last.eleves, q)
		default:
			list = append(list, cohorte{q.Niveau, []transfert.Quittant{q}})
		}
	}
	return list
}

// pris are those who are offered or expected already.
func (v vueNouveau) pris() int {
	n := len(v.quittants)
	for _, c := range v.cohortes() {
		n -= len(c.eleves)
	}
	return n
}

func (p Pages) proposer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readNouveau(r, agent)
	if err != nil {
		return err
	}
	if v.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
		return err
	}
	offres := v.offres()
	if err = v.form.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			ids, err := transfert.Proposer(ctx, tx, agent, v.annee, offres)
			if err != nil {
				return "", err
			}
			undo := ""
			if len(ids) == 1 {
				undo = path(ids[0]) + "/" + string(retirer)
			}
			p.Flash(ctx, "La proposition est envoyée.", undo)
			return "/transferts", nil
		})
	}
	var refuses lot.Refuses
	if !errors.As(err, &refuses) && !v.form.Refused(err) {
		return err
	}
	for _, refus := range refuses {
		v.form.Refuse("", v.nom(refus.ID)+"\u00a0: "+refus.Motif)
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, nouveauPage(v))
}

// offres are the pupils ticked, under the school that is chosen for their niveau.
func (v vueNouveau) offres() map[string][]uuid.UUID {
	offres := map[string][]uuid.UUID{}
	ids := v.form.UUIDs("id", "Cochez au moins un élève.")
	for _, c := range v.cohortes() {
		var chosen []uuid.UUID
		for _, e := range c.eleves {
			if slices.Contains(ids, e.ID) {
				chosen = append(chosen, e.ID)
			}
		}
		if len(chosen) == 0 {
			continue
		}
		if vers := v.vers(c.niveau); vers != "" {
			offres[vers] = append(offres[vers], chosen...)
		}
	}
	if len(offres) == 0 && v.form.Err() == nil {
		v.form.Refuse("", "Ces élèves ne sont plus à proposer\u00a0: relisez la liste.")
	}
	return offres
}

// vers is the school chosen for a niveau: that of the list, or the one whose code is typed.
func (v vueNouveau) vers(n ecole.Niveau) string {
	if typed := v.form.Text(champCode(n)); typed != "" {
		code, err := ecole.ParseUAI(typed)
		_ = v.form.Take(refusal.On(champCode(n), err)) // a refusal
		return string(code)
	}
	uai := v.form.Text(champVers(n))
	if uai == "" {
		v.form.Refuse(champVers(n), "Choisissez l’école des élèves de "+string(n)+", ou décochez-les.")
	}
	return uai
}

func (v vueNouveau) nom(id uuid.UUID) string {
	for _, q := range v.quittants {
		if q.ID == id {
			return q.Nom()
		}
	}
	return ""
}

func champVers(n ecole.Niveau) string { return "vers_uai." + string(n) }
func champCode(n ecole.Niveau) string { return "code_uai." + string(n) }

// options are the pupils of a cohort, each a box.
func (v vueNouveau) options(c cohorte) []ui.Option {
	options := make([]ui.Option, len(c.eleves))
	for i, e := range c.eleves {
		id := e.ID.String()
		options[i] = ui.Option{Value: id, Label: e.Nom(), Hint: detail(e), Checked: slices.Contains(v.form.Values["id"], id)}
	}
	return options
}

// ecoles are the schools that open a niveau, those of the regroupement first.
func (v vueNouveau) ecoles(n ecole.Niveau) []ui.Option {
	options := []ui.Option{{Label: "Choisir"}}
	for _, e := range v.proches {
		if !e.Type.Ouvre(n) {
			continue
		}
		o := ui.Option{Value: e.UAI, Label: ecole.NomComplet(e.Nom, e.Commune), Group: "Dans la circonscription"}
		switch {
		case e.Regroupement:
			o.Group = "Dans le regroupement pédagogique"
		case e.MemeCommune:
			o.Group = "Dans la commune"
		}
		options = append(options, o)
	}
	return options
}

func detail(q transfert.Quittant) string {
	said := "né(e) le " + date.Court(q.DateNaissance)
	if q.Classe != "" {
		said += ", " + q.Classe
	}
	if q.Inscrit != "" {
		said += ", inscrit par la mairie"
	}
	return said
}
