package formulaire

import (
	"strconv"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// Responsable reads a responsable; prefix stands before the names of his fields, "" where a page has only one. He is
// an organisation as soon as one is named. An address typed is his, whatever the box « même adresse » still says:
// nothing typed is dropped.
func Responsable(f *httpx.Form, prefix string) eleve.Responsable {
	r := eleve.Responsable{
		Nature:      eleve.Nature(f.Text(prefix + "nature")),
		Civilite:    civilite(f.Text(prefix + "civilite")),
		NomFamille:  f.Limited(prefix+"nom_famille", maxNom),
		NomUsage:    f.Limited(prefix+"nom_usage", maxNom),
		Prenom:      f.Limited(prefix+"prenom", maxNom),
		Organisme:   f.Limited(prefix+"organisme", maxNom),
		Fonction:    f.Limited(prefix+"fonction", maxNom),
		TelPortable: eleve.Telephone(f.Text(prefix + "tel_portable")),
		TelDomicile: eleve.Telephone(f.Text(prefix + "tel_domicile")),
		TelTravail:  eleve.Telephone(f.Text(prefix + "tel_travail")),
		Courriel:    f.Limited(prefix+"courriel", maxNom),
		Lien:        eleve.Lien(f.Text(prefix + "lien")),
		Adresse:     Adresse(f, prefix),

		Heberge: vrai(f, prefix+"heberge"), Associations: vrai(f, prefix+"associations"),
	}
	r.AutoriteParentale = autorite(f, prefix, r.Lien)
	if !r.Adresse.Vide() {
		f.Values.Del(prefix + "meme_adresse") // the address is seen only where the box is not ticked
	}
	r.MemeAdresse = vrai(f, prefix+"meme_adresse")
	if r.Nature != eleve.Organisme && r.Organisme == "" {
		r.Nature = eleve.Personne
	} else {
		r.Nature = eleve.Organisme
	}
	return r
}

// autorite is what was said; where nothing was, a mother and a father exercise it (art. 372 of the Code civil), and of
// anybody else it must be said.
func autorite(f *httpx.Form, prefix string, lien eleve.Lien) bool {
	name := prefix + "autorite_parentale"
	if f.Text(name) != "" {
		return vrai(f, name)
	}
	if lien == "mere" || lien == "pere" {
		f.Values.Set(name, "true")
		return true
	}
	f.Refuse(name, "Dites si cette personne exerce l’autorité parentale.")
	return false
}

// PoserResponsable writes a responsable in the form, to be changed.
func PoserResponsable(f *httpx.Form, prefix string, r eleve.Responsable) {
	for name, v := range map[string]string{
		"civilite": r.Civilite, "nom_famille": r.NomFamille, "nom_usage": r.NomUsage, "prenom": r.Prenom,
		"organisme": r.Organisme, "fonction": r.Fonction, "tel_portable": r.TelPortable, "tel_domicile": r.TelDomicile,
		"tel_travail": r.TelTravail, "courriel": r.Courriel, "lien": string(r.Lien),
		"autorite_parentale": strconv.FormatBool(r.AutoriteParentale), "meme_adresse": strconv.FormatBool(r.MemeAdresse),
		"heberge": strconv.FormatBool(r.Heberge), "associations": strconv.FormatBool(r.Associations),
	} {
		f.Values.Set(prefix+name, v)
	}
	PoserAdresse(f, prefix, r.Adresse)
}

func civilite(s string) string {
	if s == "M." || s == "Mme" {
		return s
	}
	return ""
}

// nouveau writes in the form what goes without saying of a person entered for the first time: capitals, and the civilité
// of a mother or a father.
func nouveau(f *httpx.Form, prefix string) {
	nommer(f, prefix, "nom_famille", "nom_usage", "prenom")
	lien := eleve.Lien(f.Text(prefix + "lien"))
	if f.Text(prefix+"civilite") == "" && lien == "mere" {
		f.Values.Set(prefix+"civilite", "Mme")
	}
	if f.Text(prefix+"civilite") == "" && lien == "pere" {
		f.Values.Set(prefix+"civilite", "M.")
	}
}

var civilites = []ui.Option{{Value: "Mme", Label: "Mme"}, {Value: "M.", Label: "M."}}

var ouiNon = []ui.Option{{Value: "true", Label: "Oui"}, {Value: "false", Label: "Non"}}

func liens() []ui.Option {
	options := make([]ui.Option, len(eleve.Liens))
	for i, l := range eleve.Liens {
		options[i] = ui.Option{Value: string(l.Lien), Label: l.Label}
	}
	return options
}

// titre heads the block of a responsable.
func titre(i int) string { return "Responsable " + strconv.Itoa(i+1) }

// deplie tells that a folded part of the form holds something typed or refused: it must be seen.
func deplie(f *httpx.Form, prefix string, names ...string) bool {
	for _, name := range names {
		if f.Text(prefix+name) != "" || f.Errors().On(prefix+name) != "" {
			return true
		}
	}
	return false
}

// responsableDeplie: the civilité alone, which often goes without saying, unfolds nothing.
func responsableDeplie(f *httpx.Form, prefix string) bool {
	return deplie(f, prefix, "tel_domicile", "tel_travail", "nom_usage", "organisme", "fonction") ||
		vrai(f, prefix+"associations") || f.Text(prefix+"nature") == string(eleve.Organisme)
}
