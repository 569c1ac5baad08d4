package eleves

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// sectionDomicile2 edits the second home. It is one with the file: a change of the first outdates its form.
var sectionDomicile2 = section{
	titre: "Second domicile", submit: "Enregistrer le second domicile",
	champs: append([]champ{{"chez", "Chez", nil}}, champsAdresse...),
	fields: func(v vue, f *httpx.Form) templ.Component { return domicile2Fields(v, f) },
	writes: func(v vue) bool { return v.writes && v.showsDomicile2() },
	retrait: &retrait{
		path: "/adresse2/retirer", label: "Retirer le second domicile",
		consequence: "L’enfant n’a plus qu’un domicile. L’adresse de son responsable ne change pas.",
		possible:    func(v vue) bool { return v.fiche.Complements.Domicile2 != nil },
	},
	load: func(f *httpx.Form, d dossierLu) (int, error) {
		if a := d.fiche.Complements.Domicile2; a != nil && a.Chez != nil {
			f.Values.Set("chez", a.Chez.String())
		} else if a != nil {
			formulaire.PoserAdresse(f, "", a.domain())
		}
		return d.fiche.Version, nil
	},
	normal: func(f *httpx.Form) *httpx.Form {
		n := httpx.NewForm(map[string]string{"chez": f.Text("chez")})
		if s := readDomicile2(f); s.Chez == uuid.Nil {
			formulaire.PoserAdresse(n, "", s.Adresse)
		}
		return n
	},
	save: func(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
		s := readDomicile2(f)
		formulaire.Refuser(f, s.Valider())
		if err := f.Err(); err != nil {
			return err
		}
		return eleve.ModifierSecondDomicile(ctx, tx, agent, id, f.Version(), s)
	},
}

// readDomicile2 reads the form.
func readDomicile2(f *httpx.Form) eleve.SecondDomicile {
	return eleve.SecondDomicile{Chez: f.UUID("chez"), Adresse: formulaire.Adresse(f, "")}
}

// showsDomicile2: a protected address is for the school alone; row security gives it to no other role.
func (v vue) showsDomicile2() bool { return !v.fiche.Adresse2Cachee }

// domicile2 is the line of the second home.
func (v vue) domicile2() ui.SummaryRow {
	row := ui.SummaryRow{Label: "Second domicile"}
	a := v.fiche.Complements.Domicile2
	switch {
	case !v.showsDomicile2():
		row.Value = adresseProtegee
	case a == nil:
		row.Value, row.Action = "Aucun", "Ajouter"
	default:
		row.Value, row.Action = strings.Join(eleve.Lignes(a.Complement, a.Voie, a.LieuDit, a.CodePostal, a.Commune, a.Pays), ", "), "Modifier"
		if a.Chez != nil {
			row.Value += v.chez(*a.Chez)
		}
	}
	if v.writes && row.Action != "" {
		row.Href = v.path + "/adresse2"
	}
	return row
}

// chez names the responsable who lives at the second home.
func (v vue) chez(id uuid.UUID) string {
	for _, r := range v.responsables {
		if r.ID == id {
			return " (chez " + r.nom() + ")"
		}
	}
	return ""
}

// hotes are the responsables who live elsewhere than the pupil.
func (v vue) hotes() []ui.Option {
	options := []ui.Option{{Value: "", Label: "Une autre adresse, écrite ci-dessous"}}
	for _, r := range v.responsables {
		if !r.MemeAdresse && len(r.adresse()) > 0 {
			options = append(options, ui.Option{Value: r.ID.String(), Label: r.nom() + ", " + strings.Join(r.adresse(), ", ")})
		}
	}
	return options
}

func (p Pages) editDomicile2(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.edit(w, r, agent, sectionDomicile2)
}

func (p Pages) submitDomicile2(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.submit(w, r, agent, sectionDomicile2)
}

func (p Pages) removeDomicile2(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return "/eleves/" + id.String(), eleve.RetirerSecondDomicile(ctx, tx, agent, id)
	})
}
