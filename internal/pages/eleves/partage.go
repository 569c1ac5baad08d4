package eleves

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// besoin is the column of the file that says who shares what a section changes; none for most.
type besoin struct {
	sql    string
	arg    *uuid.UUID // $2, where the query has one
	saisie bool       // what the agent has begun to type on the pages of this file
}

func (b besoin) avecSaisie() besoin {
	b.saisie = true
	return b
}

func (b besoin) column() string {
	commencees, partage := `null::json`, `null::json`
	if b.saisie {
		commencees = httpx.BrouillonsColonne(`'/eleves/' || $1::uuid::text || '/'`)
	}
	if b.sql != "" {
		partage = `(` + b.sql + `)`
	}
	return partage + ` as partage, ` + commencees + ` as brouillons, `
}

func (b besoin) args(id uuid.UUID) []any {
	if b.arg == nil {
		return []any{id}
	}
	return []any{id, *b.arg}
}

// lire is who shares, out of the file.
func (b besoin) lire(d dossierLu, agent habilitation.Agent) (famille.Partage, error) {
	if b.sql == "" {
		return famille.Partage{}, nil
	}
	return famille.Lire(d.fiche.Partage, agent, d.fiche.ID)
}

// readChoix reads for whom a change is meant.
func readChoix(f *httpx.Form) famille.Choix {
	c := famille.Choix{Etendue: famille.Etendue(f.Text(famille.ChampEtendue)), Ailleurs: f.Checked(famille.ChampAilleurs)}
	for _, v := range f.Values[famille.ChampConcernes] {
		if id, err := uuid.Parse(v); err == nil {
			c.Coches = append(c.Coches, id)
		}
	}
	return c
}

// champVersionAdresse bears the version of the home, which the file of a brother may have changed meanwhile.
const champVersionAdresse = "adresse_version"

func versionAdresse(f *httpx.Form) int {
	n, _ := strconv.Atoi(f.Values.Get(champVersionAdresse))
	return n
}

// proposer answers the question as it is likely, where it has not been answered.
func proposer(v vue, f *httpx.Form) *httpx.Form {
	if f.Values.Get(famille.ChampEtendue) == "" {
		f.Values.Set(famille.ChampEtendue, string(v.partage.Evidente()))
	}
	return f
}

// autres are those who share with the child, to be ticked: all of them, until one has unticked some.
func autres(v vue, f *httpx.Form) []ui.Option {
	typed := f.Values.Has("jeton")
	coches := readChoix(f).Coches
	var options []ui.Option
	for _, x := range v.partage.Concernes {
		if x.ID == v.fiche.ID {
			continue
		}
		o := ui.Option{Value: x.ID.String(), Label: x.Nom, Checked: !typed && !x.Tenu || slices.Contains(coches, x.ID), Disabled: x.Tenu}
		if x.Tenu {
			o.Hint = "l’école tient son dossier"
		}
		options = append(options, o)
	}
	return options
}

// foyer names those of the family who live there with the child.
func foyer(v vue) string {
	return famille.Noms(slices.DeleteFunc(slices.Clone(v.partage.Concernes), func(x famille.Concerne) bool {
		return !x.Famille && x.ID != v.fiche.ID
	}))
}

func etenduesAdresse(v vue) []ui.Option {
	return []ui.Option{
		{Value: string(famille.Seul), Label: "Cet enfant seulement", Hint: v.fiche.nom()},
		{Value: string(famille.Foyer), Label: "Ce foyer", Hint: foyer(v)},
		{Value: string(famille.Tous), Label: "Tous ceux qui partagent cette adresse", Hint: "ceux qui sont cochés ci-dessous"},
	}
}

func etenduesResponsable(v vue) []ui.Option {
	return []ui.Option{
		{Value: string(famille.Tous), Label: "Les enfants cochés", Hint: "avec " + v.fiche.nom()},
		{Value: string(famille.Seul), Label: "Cet enfant seulement", Hint: "ce responsable aura une fiche distincte pour " + v.fiche.nom()},
	}
}
