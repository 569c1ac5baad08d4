package eleves

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// annee is the school year that the file is about: that of the school where the pupil is, or today's.
func (v vue) annee() ecole.Annee {
	if e := v.present(); e != nil {
		return ecole.Annee(e.Annee)
	}
	return ecole.AnneeDe(v.agent.Aujourdhui())
}

// annees are the years shown, the latest first: the year of the file, those of what was recorded.
func (v vue) annees(recorded []ecole.Annee) []ecole.Annee {
	list := append([]ecole.Annee{v.annee()}, recorded...)
	for _, e := range v.cursus {
		if !e.Reuni && ecole.Annee(e.Annee) > v.annee() && (e.Etat != "" || e.Inscription != "") {
			list = append(list, ecole.Annee(e.Annee))
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	slices.Reverse(list)
	return list
}

// anneeAsked is the year that a section is asked for; today's where none is named.
func anneeAsked(r *http.Request, agent habilitation.Agent) ecole.Annee {
	if a, err := ecole.ParseAnnee(r.URL.Query().Get("annee")); err == nil {
		return a
	}
	return ecole.AnneeDe(agent.Aujourdhui())
}

func atAnnee(path string, a ecole.Annee) string { return path + "?annee=" + strconv.Itoa(int(a)) }

// showsPeriscolaire: the school's and the mairie's of its commune (security.md §5, G9).
func (v vue) showsPeriscolaire() bool {
	return directeurSeul(v) || v.agent.Role == habilitation.Mairie && v.fiche.MairieInsee == v.agent.Commune
}

// box is a question answered by yes or no.
type box struct{ name, label string }

var servicesPeriscolaires = []box{
	{"transport", "Transport scolaire"}, {"garderie_matin", "Garderie du matin"}, {"restaurant", "Restaurant scolaire"},
	{"etude", "Étude surveillée"}, {"garderie_soir", "Garderie du soir"},
}

func champsOf(boxes []box) []champ {
	list := make([]champ, len(boxes))
	for i, b := range boxes {
		list[i] = champ{b.name, b.label, motsOuiNon}
	}
	return list
}

func ticked(f *httpx.Form, name string) bool { return f.Text(name) == "true" }

func tick(f *httpx.Form, boxes map[string]bool) {
	for name, yes := range boxes {
		f.Values.Set(name, strconv.FormatBool(yes))
	}
}

func readPeriscolaire(f *httpx.Form) dossier.Periscolaire {
	return dossier.Periscolaire{
		GarderieMatin: ticked(f, "garderie_matin"), GarderieSoir: ticked(f, "garderie_soir"), Etude: ticked(f, "etude"),
		Restaurant: ticked(f, "restaurant"), Transport: ticked(f, "transport"),
	}
}

func fillPeriscolaire(f *httpx.Form, p dossier.Periscolaire) {
	tick(f, map[string]bool{
		"garderie_matin": p.GarderieMatin, "garderie_soir": p.GarderieSoir, "etude": p.Etude,
		"restaurant": p.Restaurant, "transport": p.Transport,
	})
}

// sectionPeriscolaire edits the périscolaire of a year.
func sectionPeriscolaire(annee ecole.Annee) section {
	return section{
		titre: "Périscolaire " + annee.Libelle(), submit: "Enregistrer le périscolaire", champs: champsOf(servicesPeriscolaires),
		fields: func(_ vue, f *httpx.Form) templ.Component { return periscolaireFields(f) },
		writes: vue.showsPeriscolaire,
		load: func(f *httpx.Form, d dossierLu) (int, error) {
			for _, p := range d.fiche.Complements.Periscolaire {
				if p.Annee == annee {
					fillPeriscolaire(f, p.domain())
					return p.Version, nil
				}
			}
			return 0, nil
		},
		normal: func(f *httpx.Form) *httpx.Form {
			n := httpx.NewForm(nil)
			fillPeriscolaire(n, readPeriscolaire(f))
			return n
		},
		save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
			return dossier.NoterPeriscolaire(ctx, tx, agent, id, annee, f.Version(), readPeriscolaire(f))
		},
	}
}

// periscolaire tells, year by year, what the pupil comes to.
func (v vue) periscolaire() []ui.SummaryRow {
	var recorded []ecole.Annee
	said := map[ecole.Annee]string{}
	for _, p := range v.fiche.Complements.Periscolaire {
		recorded = append(recorded, p.Annee)
		said[p.Annee] = capital(strings.Join(p.domain().Services(), ", "))
		if said[p.Annee] == "" {
			said[p.Annee] = "Aucun service"
		}
		if p.Fin != "" {
			said[p.Annee] += ", jusqu’au départ de l’école le " + p.Fin
		}
	}
	var rows []ui.SummaryRow
	for _, a := range v.annees(recorded) {
		text, ok := said[a]
		if !ok {
			text = "Pas encore renseigné"
		}
		row := ui.SummaryRow{Label: a.Libelle(), Value: text}
		if !v.clos() {
			row.Href, row.Action = atAnnee(v.path+"/periscolaire", a), "Modifier"
		}
		rows = append(rows, row)
	}
	return rows
}

func (p Pages) editPeriscolaire(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionPeriscolaire(anneeAsked(r, agent)))
}

func (p Pages) submitPeriscolaire(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionPeriscolaire(anneeAsked(r, agent)))
}

func ouiNon(b bool) string {
	if b {
		return "Oui"
	}
	return "Non"
}

// capital begins a list with a capital.
func capital(s string) string {
	if s == "" {
		return ""
	}
	runes := []rune(s)
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}
