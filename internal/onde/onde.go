// Package onde reads and writes the files by which schools exchange their pupils and the people responsible for them:
// the two CSV extractions of ONDE and Base élèves, in all the variants met in the wild, and the plain spreadsheets that
// secretaries keep. The take-over of a school comes here to read its old files, the exports to write the ones that other
// programs expect. It knows the shape of files, not the register: whether a pupil may be entered is decided elsewhere.
package onde

import "time"

// Genre is what the lines of a file are about.
type Genre string

// The two kinds of file.
const (
	Eleves       Genre = "eleves"
	Responsables Genre = "responsables"
)

// Adresse is a home as files write it: one line, a postal code, a commune, a country.
type Adresse struct {
	Voie       string
	CodePostal string
	Commune    string
	Insee      string // only some spreadsheets give it
	Pays       string
}

// Vide tells that the file says nothing of this home; a country alone is nothing.
func (a Adresse) Vide() bool {
	return a.Voie == "" && a.CodePostal == "" && a.Commune == "" && a.Insee == ""
}

// Eleve is one line of a file of pupils. An empty text means that the file does not say.
type Eleve struct {
	Ligne            int // in the file, from 1
	NomFamille       string
	NomUsage         string
	Prenom           string
	Prenom2          string
	Prenom3          string
	Naissance        time.Time
	Sexe             string // F or M
	INE              string
	CommuneNaissance string
	InseeNaissance   string
	DeptNaissance    string
	PaysNaissance    string
	Adresse          Adresse
	Adresse2         Adresse
	Cycle            string
	Niveau           string // of the premier degré, "" for ULIS
	Classe           string
	ClasseID         string
	Attestation      string // Oui or Non
	Associations     string // Oui or Non
	Photo            string // Oui or Non
	Passage          string
	Responsables     []Responsable // of a spreadsheet that gives them on the pupil's line
}

// Responsable is one line of a file of responsables, or a part of a pupil's line.
type Responsable struct {
	Ligne         int
	Civilite      string // M. or Mme
	NomFamille    string
	NomUsage      string
	Prenom        string
	Organisme     string
	Adresse       Adresse
	Courriel      string
	TelDomicile   string
	TelTravail    string
	Poste         string
	TelPortable   string
	Lien          string // one of the values of Liens
	Autorite      string // Oui or Non
	Communication string // Oui or Non: the name and address may go to associations of parents
	Enfants       []Enfant
}

// Enfant is a pupil as the line of a responsable names him.
type Enfant struct {
	NomUsage   string
	NomFamille string
	Prenom     string
	Classe     string
	INE        string // of the extended file only
}

// Erreur is what is wrong in a file, where, and what to do about it.
type Erreur struct {
	Ligne   int    // 0 for the file itself
	Colonne string // its heading, as the file writes it
	Valeur  string
	Motif   string // what is wrong, a whole sentence
	Remede  string // what to do, a whole sentence
	Avertit bool   // the value is left out and the line is kept; otherwise the line is refused
}
