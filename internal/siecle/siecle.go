// Package siecle writes the files by which a collège takes its pupils of 6e into SIECLE and into the programs that read
// its exports: IMPORT_ELEVES 3.1, the one format that SIECLE itself reads from another program, ElevesSansAdresses.xml
// and ResponsablesAvecAdresses.xml. The pages of the collège come here. It knows the shape of the files, not the
// register: who is sent to which collège is decided elsewhere.
//
// What the closed list of data does not hold is not invented (arrêté of 20 October 2008, art. 3 and 4): no profession, no
// language, no régime, no transport, and the same code of nationality for everybody, since the element is required.
package siecle

import (
	"strings"
	"time"

	"base-eleves/internal/onde"
)

// Envoi is what one collège is sent.
type Envoi struct {
	College string // its UAI: the programs that read the file compare it with their own
	Annee   int    // first calendar year of the school year in 6e
	Rentree time.Time
	Le      time.Time
	Numero  int // of the sending, increasing
	Eleves  []Eleve
}

// Eleve is a pupil who enters the 6e.
type Eleve struct {
	Numero           int // his own among those of the collège, from 1 to 9999
	INE              string
	NomFamille       string
	NomUsage         string
	Prenom           string
	Prenom2          string
	Prenom3          string
	Sexe             string // F or M
	Naissance        time.Time
	NeEtranger       bool
	CommuneNaissance string // INSEE code, "" abroad or unknown
	SEGPA            bool
	Adresse          Adresse
	Ecole            string // UAI of the school that he leaves
	EcoleNom         string
	EcoleInsee       string
	EcoleCommune     string
	Niveau           string // in that school
	Classe           string
	Responsables     []Responsable
}

// Responsable is somebody responsible for a pupil, or an organisation, in the order in which they are called.
type Responsable struct {
	Cle         string // the same for the same person
	Civilite    string // M., Mme or ""
	NomFamille  string
	NomUsage    string
	Prenom      string
	Organisme   string
	Lien        string // nomenclature N3 of domain.md
	Autorite    bool   // holds the autorité parentale
	Heberge     bool
	TelDomicile string
	TelTravail  string
	TelPortable string
	Courriel    string
	Adresse     Adresse
}

// Adresse is a home; its zero value is one that is not handed over.
type Adresse struct {
	Complement string
	Voie       string
	LieuDit    string
	CodePostal string
	Insee      string
	Commune    string
	Pays       string // France, or another one
}

// Vide tells that there is no home to write.
func (a Adresse) Vide() bool { return a.Commune == "" }

// responsablesMax is how many people a pupil has in the files: the number of each is one digit of his key.
const responsablesMax = 9

func (e Eleve) responsables() []Responsable {
	return e.Responsables[:min(len(e.Responsables), responsablesMax)]
}

// Legaux are the first two who hold the autorité parentale: SIECLE knows no more. Without one a pupil is not imported.
func (e Eleve) Legaux() []Responsable {
	var list []Responsable
	for _, r := range e.responsables() {
		if r.Autorite && len(list) < 2 {
			list = append(list, r)
		}
	}
	return list
}

// contacts are the others.
func (e Eleve) contacts() []Responsable {
	var list []Responsable
	legaux := 0
	for _, r := range e.responsables() {
		if r.Autorite && legaux < 2 {
			legaux++
			continue
		}
		list = append(list, r)
	}
	return list
}

// Importables are the pupils whom SIECLE would take: those who have a responsable légal.
func (e Envoi) Importables() []Eleve {
	var list []Eleve
	for _, p := range e.Eleves {
		if len(p.Legaux()) > 0 {
			list = append(list, p)
		}
	}
	return list
}

// personne is a responsable and his key in the files of the sending.
type personne struct {
	cle int
	Responsable
}

// personnes are the responsables of these pupils, each once. The key of one is made of the number of the first of his
// children and of his rank there, so that it stays the same from one sending to the next.
func personnes(eleves []Eleve) (list []personne, cles map[string]int) {
	cles = map[string]int{}
	for _, e := range eleves {
		for i, r := range e.responsables() {
			if _, known := cles[r.Cle]; !known {
				cles[r.Cle] = e.Numero*10 + i + 1
				list = append(list, personne{cles[r.Cle], r})
			}
		}
	}
	return list, cles
}

// ines are the number as the files want it twice: whatever its shape, and under the name of its shape. One of ten digits
// and a letter is older than 2017.
func (e Eleve) ines() (national, bea, rnie string) {
	if len(e.INE) == 11 && e.INE[9] <= '9' {
		return e.INE, e.INE, ""
	}
	return e.INE, "", e.INE
}

// texte is a value of at most max characters that ISO-8859-15 can write.
func texte(s string, max int) string {
	s = strings.TrimSpace(onde.Translitterer(s, enLatin9))
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:min(len(runes), max)]))
}
