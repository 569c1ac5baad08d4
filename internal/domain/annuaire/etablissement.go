package annuaire

import (
	"cmp"
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// genre tells what an établissement is for us.
type genre int

const (
	autre genre = iota
	estEcole
	estCollege
	estCirconscription
)

// natureCirconscription is the nature of the office of an IEN in the national nomenclature.
const natureCirconscription = "809"

func genreDe(l ligne) genre {
	if l.get("code_nature") == natureCirconscription {
		return estCirconscription
	}
	switch commune.Plier(l.get("type_etablissement")) {
	case "ecole":
		return estEcole
	case "college":
		return estCollege
	}
	return autre
}

// bureaux are the offices of IEN that a file lists among the schools: an old file names the circonscription of a
// school without its code, a new one may give the code without the name.
type bureaux struct {
	uai map[string]string // under the folded name
	nom map[string]string // under the code
}

func bureauxDe(f *fichier) bureaux {
	b := bureaux{uai: map[string]string{}, nom: map[string]string{}}
	for _, l := range f.lines {
		uai, err := l.uai("identifiant_de_l_etablissement")
		if genreDe(l) == estCirconscription && err == nil {
			b.uai[commune.Plier(l.get("nom_etablissement"))] = uai
			b.nom[uai] = l.nom()
		}
	}
	return b
}

func (l *lecture) addEcole(line ligne) error {
	uai, err := l.newName(line)
	if err != nil {
		return err
	}
	typ, err := line.typeEcole()
	if err != nil {
		return err
	}
	secteur, err := line.secteur()
	if err != nil {
		return err
	}
	circonscription, err := l.circonscription(line)
	if err != nil {
		return err
	}
	c, d, err := l.place(line)
	if err != nil {
		return err
	}
	l.couverts[d.Code] = true
	l.ecoles[uai] = Ecole{
		UAI: uai, Nom: line.nom(), Type: string(typ), Secteur: string(secteur),
		Adresse: line.adresse(), CodePostal: line.get("code_postal"), Commune: c.Insee,
		Circonscription: l.keepCirconscription(circonscription, d), Departement: d.Code, RPI: l.keepRPI(line, d),
		Telephone: line.telephone(), Courriel: line.get("mail"), Ouverte: line.ouvert(),
	}
	return nil
}

func (l *lecture) addCollege(line ligne) error {
	uai, err := l.newName(line)
	if err != nil {
		return err
	}
	c, _, err := l.place(line)
	if err != nil {
		return err
	}
	secteur := "prive"
	if line.public() {
		secteur = "public"
	}
	l.colleges[uai] = College{
		UAI: uai, Nom: line.nom(), Secteur: secteur, Commune: c.Insee,
		Adresse: line.adresse(), CodePostal: line.get("code_postal"),
		Telephone: line.telephone(), Courriel: line.get("mail"), Ouvert: line.ouvert(),
	}
	return nil
}

// circonscription reads the one that a school belongs to. Its code is "" when the school has none.
func (l *lecture) circonscription(line ligne) (Circonscription, error) {
	nom := line.get("nom_circonscription")
	if line.get("code_circonscription") == "" {
		return Circonscription{UAI: l.bureaux.uai[commune.Plier(nom)], Nom: ecole.Denomination(nom)}, nil
	}
	uai, err := line.uai("code_circonscription")
	return Circonscription{UAI: uai, Nom: cmp.Or(ecole.Denomination(nom), l.bureaux.nom[uai], uai)}, err
}

// keepCirconscription keeps a circonscription that has a school, under the first name that the file gives it, and
// returns its code.
func (l *lecture) keepCirconscription(c Circonscription, d commune.Departement) string {
	if c.UAI == "" {
		return ""
	}
	if _, known := l.circonscriptions[c.UAI]; known {
		return c.UAI
	}
	c.Departement = d.Code
	if own, ok := commune.FindDepartement(ecole.UAI(c.UAI).Departement()); ok {
		c.Departement = own.Code
		l.addDepartement(own)
	}
	l.circonscriptions[c.UAI] = c
	return c.UAI
}

// keepRPI keeps the RPI dispersé that a school takes part in, and returns its code. An RPI concentré is one school,
// and has no code of its own.
func (l *lecture) keepRPI(line ligne, d commune.Departement) string {
	code := line.get("rpi_disperse")
	if code == "" {
		return ""
	}
	if _, known := l.rpi[code]; !known {
		l.rpi[code] = RPI{Code: code, Forme: "disperse", Departement: d.Code}
	}
	return code
}

// nom returns the name of an établissement as French writes it.
func (l ligne) nom() string { return ecole.Denomination(l.get("nom_etablissement")) }

// adresse joins the lines of an address but the last one, which repeats the postal code and the commune.
func (l ligne) adresse() string {
	first, second := l.get("adresse_1"), l.get("adresse_2")
	if second == "" || second == first {
		return first
	}
	return strings.TrimPrefix(first+", "+second, ", ")
}

// telephone writes ten digits two by two.
func (l ligne) telephone() string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, l.get("telephone"))
	if len(digits) != 10 {
		return l.get("telephone")
	}
	return strings.Join([]string{digits[:2], digits[2:4], digits[4:6], digits[6:8], digits[8:]}, " ")
}

// ouvert tells an établissement that is open, is about to open or is about to close, from a closed one.
func (l ligne) ouvert() bool { return !strings.HasPrefix(strings.ToUpper(l.get("etat")), "FERM") }

func (l ligne) public() bool { return commune.Plier(l.get("statut_public_prive")) == "public" }

// typeEcole reads the flags of the directory; without them, the nature of the school.
func (l ligne) typeEcole() (ecole.Type, error) {
	maternelle, elementaire := l.oui("ecole_maternelle"), l.oui("ecole_elementaire")
	nature := commune.Plier(l.get("libelle_nature"))
	switch {
	case strings.Contains(nature, "specialisee"):
		return ecole.Specialisee, nil
	case maternelle && elementaire:
		return ecole.Primaire, nil
	case maternelle || !elementaire && strings.Contains(nature, "maternelle"):
		return ecole.Maternelle, nil
	case elementaire || strings.Contains(nature, "elementaire"):
		return ecole.Elementaire, nil
	}
	return "", l.refuse("ecole_maternelle", "Le fichier ne dit pas si cette école est maternelle ou élémentaire.")
}

// secteur reads the contract of a private school, by its label: codes have been added over the years.
func (l ligne) secteur() (ecole.Secteur, error) {
	if l.public() {
		return ecole.Public, nil
	}
	contrat := commune.Plier(l.get("type_contrat_prive"))
	switch {
	case strings.Contains(contrat, "association"):
		return ecole.PriveAssociation, nil
	case strings.Contains(contrat, "simple"):
		return ecole.PriveSimple, nil
	case strings.Contains(contrat, "hors contrat"):
		return ecole.PriveHorsContrat, nil
	}
	return "", l.refuse("type_contrat_prive", "Le fichier ne dit pas quel contrat lie cette école privée à l’État.")
}
