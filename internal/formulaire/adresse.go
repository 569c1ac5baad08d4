package formulaire

import (
	"regexp"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/httpx"
)

// Adresse reads an address; prefix stands before the names of its fields. Abroad the commune is free.
func Adresse(f *httpx.Form, prefix string) eleve.Adresse {
	a := eleve.Adresse{
		Complement: f.Limited(prefix+"complement", maxNom),
		Voie:       f.Limited(prefix+"voie", maxNom),
		LieuDit:    f.Limited(prefix+"lieu_dit", maxNom),
		CodePostal: f.Limited(prefix+"code_postal", 10),
		Pays:       f.Limited(prefix+"pays", maxNom),
	}
	if a.Pays == "" {
		a.Pays = eleve.France
	}
	if a.Pays != eleve.France {
		a.Commune = f.Limited(prefix+"commune", maxNom)
		return a
	}
	if f.Text(prefix+"commune") == "" && f.Text(prefix+"commune_insee") == "" {
		f.Values.Set(prefix+"commune", a.CodePostal) // which says the commune, or those among which to choose
	}
	c, ok := Commune(f, prefix+"commune")
	if !ok {
		return a
	}
	// A commune that has merged still has its name on letters, but no mairie: the address belongs to the new one.
	a.Commune, a.CommuneInsee = c.Nom, c.Courante().Insee
	if a.CodePostal == "" {
		a.CodePostal = codePostal(f.Text(prefix+"commune"), c.Postaux())
	}
	return a
}

var codeEcrit = regexp.MustCompile(`\b\d{5}\b`)

// codePostal is the postal code written with the commune, or the only one that she has.
func codePostal(text string, postaux []string) string {
	if code := codeEcrit.FindString(text); code != "" {
		return code
	}
	if len(postaux) == 1 {
		return postaux[0]
	}
	return ""
}

// PoserAdresse writes an address in the form, to be changed.
func PoserAdresse(f *httpx.Form, prefix string, a eleve.Adresse) {
	for name, v := range map[string]string{
		"complement": a.Complement, "voie": a.Voie, "lieu_dit": a.LieuDit, "code_postal": a.CodePostal, "pays": a.Pays,
	} {
		f.Values.Set(prefix+name, v)
	}
	f.Values.Set(prefix+"commune", a.Commune)
	f.Values.Set(prefix+"commune_code", a.CommuneInsee)
}

// etranger tells that the fields of an address abroad are to be seen: it is one, or one was refused.
func etranger(f *httpx.Form, prefix string) bool {
	pays := f.Text(prefix + "pays")
	return pays != "" && pays != eleve.France || f.Errors().On(prefix+"pays") != ""
}
