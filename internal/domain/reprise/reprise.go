// Package reprise takes a school over from its old files. A directeur comes here with an extraction of ONDE or with a
// spreadsheet; he learns what each line would change before anything is, has it all done as one operation, and may have
// it all undone. The plan is worked out from values only: what the file says, what the base has. A line is a pupil by
// his identity, never by his number alone; what a file does not say is left as it is, and nobody leaves the school
// because no line names him.
//
// It writes rows of several tables, which have each their own writer for single acts: an import lasts one transaction
// of a few statements, and what can be undone must be written the way it is recorded.
package reprise

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/onde"
)

// Sort is what becomes of a line of the file.
type Sort string

// What becomes of a line.
const (
	Cree     Sort = "cree"
	Modifie  Sort = "modifie"
	Inchange Sort = "inchange"
	Refuse   Sort = "refuse"
)

// Sorts lists them in the order of the report.
var Sorts = []Sort{Cree, Modifie, Inchange, Refuse}

// Label is what becomes of several lines.
func (s Sort) Label() string {
	return map[Sort]string{Cree: "Créés", Modifie: "Modifiés", Inchange: "Inchangés", Refuse: "Refusés"}[s]
}

// Deduction is where the tie of a responsable comes from when the file does not say it.
type Deduction string

// The two ways.
const (
	ParCivilite Deduction = "civilite"  // Mme is the mother, M. the father; both hold parental authority
	ACompleter  Deduction = "completer" // another tie, no parental authority: each is to be completed
)

// Fichier is what was read of a file.
type Fichier struct {
	Genre        onde.Genre
	Eleves       []onde.Eleve
	Responsables []onde.Responsable
	Erreurs      []onde.Erreur
	Liens        Deduction
}

// Base is what the register has of the school, and what the plan depends on besides.
type Base struct {
	Ecole        string
	Type         ecole.Type
	Annee        ecole.Annee
	Aujourdhui   time.Time
	Eleves       []Eleve
	Classes      []Classe
	Responsables []Responsable
	Ailleurs     []Ailleurs
}

// Eleve is a pupil of the school.
type Eleve struct {
	ID                    uuid.UUID
	TenuPar               string
	NomFamille            string
	NomUsage              string
	Prenom                string
	Prenom2               string
	Prenom3               string
	Sexe                  string
	DateNaissance         time.Time
	NeEtranger            bool
	CommuneNaissanceInsee string
	AdresseID             *uuid.UUID
	Adresse               string // written on one line, as files do
	CodePostal            string
	Commune               string
	Pays                  string
	Protegee              bool
	Adresse2ID            *uuid.UUID
	Adresse2              string
	CodePostal2           string
	Commune2              string
	Pays2                 string
	Protegee2             bool
	ScolariteID           *uuid.UUID // of the year, the one that is open or else the last
	Etat                  string
	Niveau                string
	ClasseID              *uuid.UUID
	AffectationID         *uuid.UUID // the period in the class, open
	AffectationDebut      *time.Time
	Autorisation          bool // a line of the year exists
	AttestationFournie    bool
	Photo                 bool
	Associations          bool
	INE                   string
}

// Classe is a class of the year.
type Classe struct {
	ID           uuid.UUID
	LibelleCourt string
	LibelleLong  string
	Numero       int
	Niveaux      []string
}

// Responsable is one link of a responsable to a pupil of the school.
type Responsable struct {
	ID                uuid.UUID
	EleveID           uuid.UUID
	Nature            string
	Civilite          string
	NomFamille        string
	NomUsage          string
	Prenom            string
	Organisme         string
	AdresseID         *uuid.UUID
	Adresse           string
	CodePostal        string
	Commune           string
	Pays              string
	Protegee          bool
	TelDomicile       string
	TelTravail        string
	TelPortable       string
	Courriel          string
	Lien              string
	AutoriteParentale bool
	Associations      bool
	Rang              int
}

// Ailleurs is a child of the file whom the register has outside the territory.
type Ailleurs struct {
	Ligne   int
	Ecole   string
	Commune string
	Etat    string
}

// Plan is what a file would change.
type Plan struct {
	Genre       onde.Genre
	Lignes      []Ligne
	Erreurs     []onde.Erreur
	Changements []Changement
}

// Ligne is what becomes of one line.
type Ligne struct {
	No     int
	Nom    string
	Sort   Sort
	Eleve  uuid.UUID // of a pupil that the base has
	Champs []Champ
}

// Champ is a value that changes, as it is shown.
type Champ struct {
	Libelle string
	Avant   string
	Apres   string
}

// Changement is a row of the base that is added, or some columns of one that change.
type Changement struct {
	Ligne int
	Objet string // its table
	ID    uuid.UUID
	Eleve uuid.UUID // whom it is about, if it is about one
	Ajout bool
	Avant map[string]any
	Apres map[string]any
}

// Compte is how many lines have each fate.
func (p Plan) Compte() map[Sort]int {
	n := map[Sort]int{}
	for _, l := range p.Lignes {
		n[l.Sort]++
	}
	return n
}

// Empreinte tells whether two plans say the same to the one who reads them.
func (p Plan) Empreinte() string {
	h := sha256.New()
	for _, l := range p.Lignes {
		fmt.Fprintln(h, l.No, l.Sort, l.Eleve, l.Champs)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Groupe is the lines that have one fault in one column.
type Groupe struct {
	Colonne string
	Motif   string
	Remede  string
	Avertit bool
	Erreurs []onde.Erreur
}

// Groupes gathers the faults of the plan, in the order in which they are first met.
func (p Plan) Groupes() []Groupe {
	type key struct{ colonne, motif string }
	at := map[key]int{}
	var groups []Groupe
	for _, e := range p.Erreurs {
		k := key{e.Colonne, e.Motif}
		i, known := at[k]
		if !known {
			i = len(groups)
			at[k] = i
			groups = append(groups, Groupe{Colonne: e.Colonne, Motif: e.Motif, Remede: e.Remede, Avertit: e.Avertit})
		}
		groups[i].Erreurs = append(groups[i].Erreurs, e)
	}
	return groups
}
