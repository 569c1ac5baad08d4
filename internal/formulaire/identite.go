package formulaire

import (
	"strconv"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// maxNom is the longest name of the civil status that the register takes (domain.md §3.1).
const maxNom = 100

// Identite reads the civil status of a child.
func Identite(f *httpx.Form) eleve.Identite {
	i := eleve.Identite{
		NomFamille:    f.Limited("nom_famille", maxNom),
		NomUsage:      f.Limited("nom_usage", maxNom),
		Prenom:        f.Limited("prenom", maxNom),
		Prenom2:       f.Limited("prenom2", maxNom),
		Prenom3:       f.Limited("prenom3", maxNom),
		Sexe:          eleve.Sexe(f.Text("sexe")),
		DateNaissance: f.DateOrNone("date_naissance"),
		NeEtranger:    vrai(f, "ne_etranger"),
	}
	if !i.NeEtranger {
		c, _ := Commune(f, "commune_naissance")
		i.CommuneNaissance = c.Insee
	}
	return i
}

// NouvelleIdentite is Identite for a child entered for the first time.
func NouvelleIdentite(f *httpx.Form) eleve.Identite {
	nommer(f, "", "nom_famille", "nom_usage", "prenom", "prenom2", "prenom3")
	return Identite(f)
}

// nommer writes the names of a new person as papers bear them. What the form shows again is what is recorded; the names
// of somebody whom the register knows are left as they are.
func nommer(f *httpx.Form, prefix string, names ...string) {
	for _, name := range names {
		if typed := f.Text(prefix + name); typed != "" {
			f.Values.Set(prefix+name, eleve.NomPropre(typed))
		}
	}
}

// PoserIdentite writes a civil status in the form, to be changed.
func PoserIdentite(f *httpx.Form, i eleve.Identite) {
	for name, v := range map[string]string{
		"nom_famille": i.NomFamille, "nom_usage": i.NomUsage, "prenom": i.Prenom, "prenom2": i.Prenom2,
		"prenom3": i.Prenom3, "sexe": string(i.Sexe), "date_naissance": date.Court(i.DateNaissance),
		"ne_etranger": strconv.FormatBool(i.NeEtranger),
	} {
		f.Values.Set(name, v)
	}
	poserCommune(f, "commune_naissance", i.CommuneNaissance, "")
}

// vrai reads a yes; a program may write it in several ways, a box that is not ticked sends nothing.
func vrai(f *httpx.Form, name string) bool {
	switch f.Text(name) {
	case "true", "on", "oui", "1":
		return true
	}
	return false
}

var sexes = []ui.Option{
	{Value: string(eleve.Feminin), Label: "Fille"},
	{Value: string(eleve.Masculin), Label: "Garçon"},
}

// identiteDepliee: where no commune was given one may have to say that there is none.
func identiteDepliee(f *httpx.Form) bool {
	return deplie(f, "", "prenom2", "prenom3", "nom_usage") || vrai(f, "ne_etranger") || f.Errors().On("commune_naissance") != ""
}

// reprend tells that a search has typed the name already: one goes on with the next question.
func reprend(f *httpx.Form) bool {
	return f.Text("prenom") != "" && f.Text("sexe") == "" && f.Text(marque) == "" && !f.Checked(enAttente) && len(f.Errors()) == 0
}
