package siecle_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// The checker below restates the formats from their documents (schema 3.1 of the import, « Exportations XML » of SIECLE),
// not from the code that writes them: which elements, in which order, how many times, in which shape.

// element is what an element may hold: in this order, at least min times, at most max, a value of that shape.
type element struct {
	nom      string
	min, max int
	forme    string
	choix    string // the elements of one choice: exactly one of them stands
	dedans   []element
}

const illimite = 1 << 20

func un(nom, forme string) element         { return element{nom: nom, min: 1, max: 1, forme: forme} }
func facultatif(nom, forme string) element { return element{nom: nom, max: 1, forme: forme} }
func ouBien(choix, nom, forme string) element {
	return element{nom: nom, max: 1, forme: forme, choix: choix}
}
func bloc(nom string, dedans ...element) element {
	return element{nom: nom, min: 1, max: 1, dedans: dedans}
}

func fois(min, max int, e element) element {
	e.min, e.max = min, max
	return e
}

// Shapes of values.
const (
	uai       = `\d{7}[A-Z]`
	an        = `20\d\d`
	cinq      = `\d{1,5}`
	jour      = `\d\d/\d\d/\d{4}`
	iso       = `\d{4}-\d\d-\d\d`
	nom       = `[^\n]{1,100}`
	ligne     = `[^\n]{1,38}`
	ville     = `[^\n]{1,32}`
	ine       = `\w{11}`
	pays      = `\d{3}`
	insee     = `[0-9AB]{5}`
	telephone = `[0-9+]{1,20}`
	courriel  = `\S{1,254}`
	oui       = `true|false`
	bit       = `0|1`
	mef       = `\d{11}`
	parente   = `10|20|37|38|39|41|42|50|51|70|90`
)

// schema31 is IMPORT_ELEVES 3.1, with the correction that CODE_PARENTE has two characters.
var schema31 = bloc("IMPORT_ELEVES",
	bloc("PARAMETRES", un("UAJ", uai), un("ANNEE_SCOLAIRE", an), un("DATE_IMPORT", jour), un("NUM_ENVOI", cinq), un("LOGICIEL", `\w{1,10}`)),
	bloc("DONNEES",
		bloc("PERSONNES", fois(1, illimite, bloc("PERSONNE",
			un("ID_PRV_PER", cinq), un("CODE_CIVILITE", `[123]`), un("NOM_DE_FAMILLE", nom), facultatif("NOM_USAGE", nom), un("PRENOM", nom),
			fois(0, 1, adresse31), facultatif("COMMUNICATION_ADRESSE", oui), un("CODE_PROFESSION", `\d{2}`),
			facultatif("TEL_PERSONNEL", telephone), facultatif("TEL_PROFESSIONNEL", telephone), facultatif("TEL_PORTABLE", telephone),
			facultatif("ACCEPTE_SMS", oui), facultatif("EMAIL", courriel), facultatif("ENFANT_A_CHARGE", `\d{1,3}`)))),
		bloc("ELEVES", fois(1, illimite, bloc("ELEVE",
			un("ID_PRV_ELE", cinq), facultatif("ID_NATIONAL", ine), facultatif("INE_BEA", ine), facultatif("INE_RNIE", ine),
			un("NOM_DE_FAMILLE", nom), facultatif("NOM_USAGE", nom), un("PRENOM", nom), facultatif("PRENOM2", nom), facultatif("PRENOM3", nom),
			un("CODE_PAYS_NAT", pays), un("DATE_NAISS", iso), un("CODE_SEXE", `[12]`), un("CODE_PAYS", pays),
			ouBien("naissance", "CODE_COMMUNE_INSEE_NAISS", insee), ouBien("naissance", "VILLE_NAISS", ville),
			facultatif("DATE_ENTREE", iso), fois(0, 1, adresse31), facultatif("TEL_PERSONNEL", telephone),
			facultatif("TEL_PROFESSIONNEL", telephone), facultatif("TEL_PORTABLE", telephone), facultatif("ACCEPTE_SMS", oui),
			facultatif("EMAIL", courriel), un("ADHESION_TRANSPORT", oui), un("CODE_REGIME", `\w{1,2}`), un("DOUBLEMENT", oui),
			bloc("RESPONSABLES_ELEVE",
				fois(1, 2, bloc("LEGAL", un("ID_PRV_PER", cinq), un("CODE_PARENTE", parente), facultatif("PAIE_FRAIS_SCOLAIRES", oui),
					un("HEBERGE_ELEVE", oui), facultatif("PERCOIT_LES_AIDES", oui), facultatif("A_CONTACTER_EN_PRIORITE", oui))),
				fois(0, illimite, bloc("CONTACT", un("ID_PRV_PER", cinq), un("CODE_PARENTE", parente)))),
			bloc("SCOLARITE_ACTIVE", un("CODE_MEF", mef), facultatif("CODE_DIVISION", `[^\n]{1,8}`), un("CODE_STATUT", `\w{1,2}`),
				un("DATE_DEB_SCO", iso), facultatif("DATE_FIN_SCO", iso), bloc("OPTIONS")),
			bloc("ETABLISSEMENT_AN_DERNIER", un("CODE_RNE", uai), un("CODE_PROVENANCE", `\w`), facultatif("CODE_MEF", mef),
				facultatif("TYPE_MEF", `\w`), facultatif("CODE_DIVISION", `[^\n]{1,8}`), bloc("OPTIONS_AN_DERNIER")))))))

var adresse31 = bloc("ADRESSE",
	facultatif("LIGNE1_ADRESSE", ligne), facultatif("LIGNE2_ADRESSE", ligne), facultatif("LIGNE3_ADRESSE", ligne), facultatif("LIGNE4_ADRESSE", ligne),
	ouBien("commune", "CODE_POSTAL", `\d{5}`), facultatif("LL_POSTAL", ville), ouBien("commune", "COMMUNE_ETRANGERE", ville), un("CODE_PAYS", pays))

var parametres = bloc("PARAMETRES", un("UAJ", uai), un("ANNEE_SCOLAIRE", an), un("DATE_EXPORT", jour), un("HORODATAGE", jour+` \d\d:\d\d:\d\d`))

var elevesSansAdresses = bloc("BEE_ELEVES", parametres, bloc("DONNEES",
	bloc("ELEVES", fois(0, illimite, bloc("ELEVE",
		facultatif("ID_NATIONAL", ine), facultatif("INE_BEA", ine), facultatif("INE_RNIE", ine), un("ELENOET", cinq),
		un("NOM_DE_FAMILLE", nom), facultatif("NOM_USAGE", nom), un("PRENOM", nom), facultatif("PRENOM2", nom), facultatif("PRENOM3", nom),
		un("DATE_NAISS", jour), un("DOUBLEMENT", bit), facultatif("CODE_PAYS", pays), un("CODE_REGIME", `\d`), facultatif("DATE_ENTREE", jour),
		facultatif("VILLE_NAISS", ville), facultatif("ADRESSE_ID", cinq), facultatif("CODE_SEXE", `[12]`), facultatif("CODE_STATUT", `ST`),
		facultatif("CODE_MEF", mef), facultatif("CODE_DEPARTEMENT_NAISS", `[0-9AB]{3}`), facultatif("CODE_COMMUNE_INSEE_NAISS", insee),
		un("ADHESION_TRANSPORT", bit), facultatif("CODE_PROVENANCE", `\w`),
		bloc("SCOLARITE_AN_DERNIER", facultatif("CODE_MEF", mef), facultatif("CODE_STRUCTURE", `[^\n]{1,8}`), un("CODE_RNE", uai),
			facultatif("DENOM_PRINC", `[^\n]{1,30}`), facultatif("CODE_COMMUNE_INSEE", insee), facultatif("LL_COMMUNE_INSEE", nom))))),
	bloc("STRUCTURES", fois(0, illimite, bloc("STRUCTURES_ELEVE", bloc("STRUCTURE", un("CODE_STRUCTURE", `[^\n]{1,8}`), un("TYPE_STRUCTURE", `D|G`))))),
	bloc("BOURSES")))

var responsablesAvecAdresses = bloc("BEE_RESPONSABLES", parametres, bloc("DONNEES",
	bloc("PERSONNES", fois(0, illimite, bloc("PERSONNE", un("LC_CIVILITE", `M\.|MME`), un("LL_CIVILITE", `Monsieur|Madame`),
		un("NOM_DE_FAMILLE", nom), facultatif("NOM_USAGE", nom), un("PRENOM", nom), facultatif("TEL_PERSONNEL", telephone),
		facultatif("TEL_PROFESSIONNEL", telephone), facultatif("TEL_PORTABLE", telephone), facultatif("MEL", courriel),
		facultatif("ADRESSE_ID", cinq), un("CODE_PROFESSION", `\d{2}`)))),
	bloc("RESPONSABLES", fois(0, illimite, bloc("RESPONSABLE_ELEVE", un("ELEVE_ID", cinq), un("PERSONNE_ID", cinq), un("RESP_LEGAL", `0|1|2`),
		un("CODE_PARENTE", parente), facultatif("PERS_CONTACT", bit), facultatif("HEBERGE_ELEVE", bit)))),
	bloc("ADRESSES", fois(0, illimite, bloc("ADRESSE",
		facultatif("LIGNE1_ADRESSE", ligne), facultatif("LIGNE2_ADRESSE", ligne), facultatif("LIGNE3_ADRESSE", ligne), facultatif("LIGNE4_ADRESSE", ligne),
		ouBien("commune", "COMMUNE_ETRANGERE", ville), ouBien("commune", "CODE_POSTAL", `\d{5}`), un("CODE_PAYS", pays),
		facultatif("CODE_COMMUNE_INSEE", insee), facultatif("LL_PAYS", nom), facultatif("CODE_DEPARTEMENT", `[0-9AB]{3}`),
		facultatif("LIBELLE_POSTAL", ville))))))

// noeud is an element of a file as it was read.
type noeud struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Texte   string     `xml:",chardata"`
	Dedans  []noeud    `xml:",any"`
}

func (n noeud) attr(nom string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == nom {
			return a.Value
		}
	}
	return ""
}

// tous are the values of the elements at the end of a path, below n.
func (n noeud) tous(chemin ...string) (list []noeud) {
	if len(chemin) == 0 {
		return []noeud{n}
	}
	for _, d := range n.Dedans {
		if d.XMLName.Local == chemin[0] {
			list = append(list, d.tous(chemin[1:]...)...)
		}
	}
	return list
}

// lire reads a file in the encoding that its first line names.
func lire(b []byte) (n noeud, err error) {
	d := xml.NewDecoder(strings.NewReader(string(b)))
	d.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		if charset != "ISO-8859-15" {
			return nil, fmt.Errorf("unexpected encoding %s", charset)
		}
		return charmap.ISO8859_15.NewDecoder().Reader(input), nil
	}
	return n, d.Decode(&n)
}

// fautes are the ways in which a file departs from its format.
func fautes(n noeud, e element) (list []string) {
	if n.XMLName.Local != e.nom {
		return []string{"the root is " + n.XMLName.Local}
	}
	return e.fautes(n, e.nom)
}

func (e element) fautes(n noeud, chemin string) (list []string) {
	if e.dedans == nil {
		if len(n.Dedans) > 0 {
			list = append(list, chemin+" holds elements")
		}
		if e.forme != "" && !regexp.MustCompile(`^(?:`+e.forme+`)$`).MatchString(n.Texte) {
			list = append(list, fmt.Sprintf("%s: %q", chemin, n.Texte))
		}
		return list
	}
	rest := n.Dedans
	choisis := map[string]int{}
	for _, d := range e.dedans {
		times := 0
		for len(rest) > 0 && rest[0].XMLName.Local == d.nom && times < d.max {
			list = append(list, d.fautes(rest[0], chemin+"/"+d.nom)...)
			rest, times = rest[1:], times+1
		}
		if times < d.min {
			list = append(list, fmt.Sprintf("%s: %d %s", chemin, times, d.nom))
		}
		if d.choix != "" {
			choisis[d.choix] += times
		}
	}
	for choix, times := range choisis {
		if times != 1 {
			list = append(list, fmt.Sprintf("%s: %d of the choice %s", chemin, times, choix))
		}
	}
	if len(rest) > 0 {
		list = append(list, chemin+": "+rest[0].XMLName.Local+" is not in its place")
	}
	return list
}
