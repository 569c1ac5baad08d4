package listes

import (
	"strconv"

	"base-eleves/internal/domain/liste"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// field is a field of the form that composes; none asks for an answer.
func (d *demande) field(name, label string) ui.Field {
	return d.f.Field(ui.Field{Name: name, Label: label, Plain: true})
}

func (d *demande) failed() bool { return len(d.errors()) > 0 }

// errors are what is wrong with the list, or with the name it is given.
func (d *demande) errors() ui.Errors { return append(d.f.Errors(), d.garde.Errors()...) }

// ouverte tells whether one is still composing.
func (d *demande) ouverte() bool {
	return d.failed() || d.prete == "" && (d.gardee == nil || d.change)
}

// colonnePlacee is a column of the list in the form.
type colonnePlacee struct {
	code, titre string
	vide        bool
	largeur     string
}

func (d *demande) places() (list []colonnePlacee) {
	names := codes(d.def)
	for i, c := range d.colonnes() {
		list = append(list, colonnePlacee{names[i], c.Titre, c.Code == liste.Vide, strconv.Itoa(c.largeur)})
	}
	return list
}

func rang(i int) string { return strconv.Itoa(i + 1) }

// filtres are those that the form asks for.
func (d *demande) filtres() formulaire.Filtres {
	return formulaire.Filtres{Form: d.f, Definition: d.def, Role: d.agent.Role, Proposes: d.propose}
}

// encoded is the list in one field of the form that keeps it.
func (d *demande) encoded() string { return adresse(d.def).Encode() }

func (d *demande) version() string { return strconv.Itoa(d.gardee.Version) }

// nouveauNom is the form that keeps a list, its title proposed as its name.
func nouveauNom(d liste.Definition) *httpx.Form {
	return httpx.NewForm(map[string]string{"nom": d.Titre})
}
