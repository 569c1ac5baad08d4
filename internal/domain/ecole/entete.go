package ecole

import "strings"

// EnTete is the school as the head of its papers names it.
type EnTete struct {
	UAI        string
	Nom        string
	Commune    string
	Adresse    string
	CodePostal string
	Telephone  string
	Courriel   string
}

// EnTeteColonnes are its columns: of a school e and its commune c.
const EnTeteColonnes = `e.uai, e.nom, c.nom as commune, e.adresse, e.code_postal, e.telephone, e.courriel`

// EnTeteSQL reads it by its UAI.
const EnTeteSQL = `
	select ` + EnTeteColonnes + `
	from ecole e join commune c on c.insee = e.commune_insee where e.uai = $1`

// NomComplet is the name that tells the school from the others.
func (e EnTete) NomComplet() string { return NomComplet(e.Nom, e.Commune) }

// Postale are the lines of an envelope.
func (e EnTete) Postale() []string {
	return connues(e.NomComplet(), e.Adresse, strings.TrimSpace(e.CodePostal+" "+e.Commune))
}

// Lignes are the lines of the head of a letter.
func (e EnTete) Lignes() []string { return append(e.Postale(), connues(e.Telephone, "UAI "+e.UAI)...) }

// connues leaves out the lines that say nothing.
func connues(lines ...string) []string {
	var known []string
	for _, l := range lines {
		if l != "" {
			known = append(known, l)
		}
	}
	return known
}
