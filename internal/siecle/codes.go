package siecle

import "strings"

// Codes of the national nomenclatures.
const (
	mefSixieme = "10010012110"
	mefSEGPA   = "16410002110"
	statut     = "ST" // scolaire
	provenance = "1"
	regime     = "0"  // externe, until the family chooses at the collège
	sansPCS    = "99" // profession not given
	france     = "100"
	autrePays  = "990"  // « autres pays »: the register keeps that a child was born abroad, not where
	division   = "6EME" // pupils without a division are left out by the programs that read the export
)

// mefEcole are the codes of the levels of the primary school that one leaves for the collège.
var mefEcole = map[string]string{"CM1": "00310002210", "CM2": "00310002220"}

// parentes is CODE_PARENTE for each lien, of two characters always.
var parentes = map[string]string{
	"mere": "10", "pere": "20", "fratrie": "37", "ascendant": "38", "autre_famille": "39", "educateur": "41",
	"assistant_familial": "42", "tuteur": "50", "ase": "51",
}

func parente(lien string) string {
	if code, ok := parentes[lien]; ok {
		return code
	}
	return "90"
}

// civilite is CODE_CIVILITE, which is required: where the file does not say, the lien does; an organisation has the first.
func (r Responsable) civilite() string {
	if r.Civilite == "Mme" || r.Civilite == "" && r.Lien == "mere" {
		return "2"
	}
	return "1"
}

// civiliteTexte is the short and the long word of it.
func (r Responsable) civiliteTexte() (court, long string) {
	if r.civilite() == "2" {
		return "MME", "Madame"
	}
	return "M.", "Monsieur"
}

// noms are the names of the person; an organisation has its name, and a dash where a first name is required.
func (r Responsable) noms() (famille, usage, prenom string) {
	if r.Organisme != "" {
		return r.Organisme, "", "-"
	}
	return r.NomFamille, r.NomUsage, r.Prenom
}

func sexe(s string) string {
	if s == "F" {
		return "2"
	}
	return "1"
}

// mef is the code of the class that the pupil enters.
func (e Eleve) mef() string {
	if e.SEGPA {
		return mefSEGPA
	}
	return mefSixieme
}

// classe is that of last year in eight characters, its level when it has no name.
func (e Eleve) classe() string {
	if e.Classe == "" {
		return e.Niveau
	}
	return texte(e.Classe, 8)
}

// paysNaissance is France, unless the child was born abroad.
func (e Eleve) paysNaissance() string {
	if e.NeEtranger {
		return autrePays
	}
	return france
}

// villeNaissance stands where there is no commune to name.
func (e Eleve) villeNaissance() string {
	switch {
	case e.CommuneNaissance != "":
		return ""
	case e.NeEtranger:
		return "ETRANGER"
	}
	return "NON RENSEIGNEE"
}

// departement is that of an INSEE code, in three characters: 065, 02A, 974.
func departement(insee string) string {
	switch {
	case len(insee) < 5:
		return ""
	case strings.HasPrefix(insee, "97") || strings.HasPrefix(insee, "98"):
		return insee[:3]
	}
	return "0" + insee[:2]
}

// telephone is a number without its spaces.
func telephone(s string) string { return texte(strings.Join(strings.Fields(s), ""), 20) }
