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

// reprend tells that a search has typed the first name already: one goes on with the second.
func reprend(f *httpx.Form) bool {
	return f.Text("prenom") != "" && f.Text("sexe") == "" && f.Text(marque) == "" && len(f.Errors()) == 0
}
