package annuaire

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// Annuaire is what a file says of the premier degré and of its collèges, one row per line of the base, sorted by key.
type Annuaire struct {
	Academies        []Academie
	Departements     []Departement
	Circonscriptions []Circonscription
	Communes         []Commune
	RPI              []RPI
	Colleges         []College
	Ecoles           []Ecole
	Refusees         []Refusee
	Autres           int // lycées, services and others: read over

	nommees  map[string]bool // every UAI of the file, refused lines included
	couverts map[string]bool // the départements of its schools
	sait     sait
}

// sait tells which columns the file has: what an old file does not say is not taken away.
type sait struct{ circonscription, rpi bool }

// Refusee is a line that was left out, and why.
type Refusee struct {
	Ligne           int
	Colonne, Valeur string // "" when the whole line is at fault
	Motif           string
}

// Error returns the reason.
func (r Refusee) Error() string { return r.Motif }

// Read reads a directory. An error says that the file is none; a line at fault is in Refusees.
func Read(r io.Reader) (Annuaire, error) {
	f, err := open(r)
	if err != nil {
		return Annuaire{}, err
	}
	l := newLecture(f)
	for _, line := range f.lines {
		l.add(line)
	}
	return l.annuaire(), nil
}

// lecture gathers the rows of a file, each under its key.
type lecture struct {
	fichier          *fichier
	bureaux          bureaux
	departements     map[string]Departement
	academies        map[string]Academie
	circonscriptions map[string]Circonscription
	communes         map[string]Commune
	rpi              map[string]RPI
	colleges         map[string]College
	ecoles           map[string]Ecole
	nommees          map[string]bool
	couverts         map[string]bool
	refusees         []Refusee
	autres           int
}

func newLecture(f *fichier) *lecture {
	return &lecture{
		fichier:          f,
		bureaux:          bureauxDe(f),
		departements:     map[string]Departement{},
		academies:        map[string]Academie{},
		circonscriptions: map[string]Circonscription{},
		communes:         map[string]Commune{},
		rpi:              map[string]RPI{},
		colleges:         map[string]College{},
		ecoles:           map[string]Ecole{},
		nommees:          map[string]bool{},
		couverts:         map[string]bool{},
		refusees:         f.refused,
	}
}

// add reads a line, or says why it is left out.
func (l *lecture) add(line ligne) {
	var err error
	switch genreDe(line) {
	case estEcole:
		err = l.addEcole(line)
	case estCollege:
		err = l.addCollege(line)
	default:
		l.autres++
	}
	if r, ok := errors.AsType[Refusee](err); ok {
		l.refusees = append(l.refusees, r)
	}
}

// newName refuses a second line of the same school.
func (l *lecture) newName(line ligne) (string, error) {
	uai, err := line.uai("identifiant_de_l_etablissement")
	l.nommees[line.get("identifiant_de_l_etablissement")] = true
	if err != nil {
		return "", err
	}
	_, isEcole := l.ecoles[uai]
	_, isCollege := l.colleges[uai]
	if isEcole || isCollege {
		return "", line.refuse("identifiant_de_l_etablissement", "Cet établissement figure déjà plus haut dans le fichier.")
	}
	return uai, nil
}

// place reads where an établissement stands, and keeps its commune, its département and its académie.
func (l *lecture) place(line ligne) (commune.Commune, commune.Departement, error) {
	d, err := line.departement()
	if err != nil {
		return commune.Commune{}, d, err
	}
	c, err := line.commune()
	if err != nil {
		return c, d, err
	}
	l.addDepartement(d)
	if own, ok := commune.FindDepartement(c.Departement); ok {
		l.addDepartement(own)
	}
	l.communes[c.Insee] = Commune{Insee: c.Insee, Nom: c.Nom, Departement: c.Departement}
	return c, d, nil
}

func (l *lecture) addDepartement(d commune.Departement) {
	l.departements[d.Code] = Departement{Code: d.Code, Nom: d.Nom, Academie: d.Academie.Code}
	l.academies[d.Academie.Code] = Academie{Code: d.Academie.Code, Nom: d.Academie.Nom}
}

func (l *lecture) annuaire() Annuaire {
	slices.SortFunc(l.refusees, func(a, b Refusee) int { return cmp.Compare(a.Ligne, b.Ligne) })
	return Annuaire{
		Academies:        sorted(l.academies),
		Departements:     sorted(l.departements),
		Circonscriptions: sorted(l.circonscriptions),
		Communes:         sorted(l.communes),
		RPI:              sorted(l.rpi),
		Colleges:         sorted(l.colleges),
		Ecoles:           sorted(l.ecoles),
		Refusees:         l.refusees,
		Autres:           l.autres,
		nommees:          l.nommees,
		couverts:         l.couverts,
		sait: sait{
			circonscription: l.fichier.has("code_circonscription"),
			rpi:             l.fichier.has("rpi_disperse"),
		},
	}
}

func sorted[R row](rows map[string]R) []R {
	list := make([]R, 0, len(rows))
	for _, r := range rows {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b R) int { return cmp.Compare(a.cle(), b.cle()) })
	return list
}

// refuse leaves out a line for the sake of one cell.
func (l ligne) refuse(column, motif string) Refusee {
	return Refusee{Ligne: l.numero, Colonne: column, Valeur: l.get(column), Motif: motif}
}

// uai reads a code and checks its key.
func (l ligne) uai(column string) (string, error) {
	uai, err := ecole.ParseUAI(l.get(column))
	if err != nil {
		return "", l.refuse(column, err.Error())
	}
	return string(uai), nil
}

// departement reads '065', as the directory writes 65.
func (l ligne) departement() (commune.Departement, error) {
	const column = "code_departement"
	code := l.get(column)
	if len(code) == 3 && code[0] == '0' {
		code = code[1:]
	}
	d, ok := commune.FindDepartement(code)
	if !ok || d.Academie.Code == "" {
		return d, l.refuse(column, "Ce département n’existe pas.")
	}
	return d, nil
}

// commune reads the code of a commune; that of Paris, Lyon or Marseille for one of their arrondissements.
func (l ligne) commune() (commune.Commune, error) {
	const column = "code_commune"
	c, ok := commune.Find(l.get(column))
	if !ok {
		return c, l.refuse(column, fmt.Sprintf("Aucune commune ne porte ce code (le fichier écrit « %s »).", l.get("nom_commune")))
	}
	return c.Courante(), nil
}
