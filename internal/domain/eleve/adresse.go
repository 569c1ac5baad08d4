package eleve

import (
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Adresse is where a pupil or a responsable lives.
type Adresse struct {
	Complement   string
	Voie         string
	LieuDit      string
	CodePostal   string
	CommuneInsee string // "" abroad
	Commune      string
	Pays         string
}

// France is the country of an address that has an INSEE code.
const France = "France"

// Vide tells that nothing was typed.
func (a Adresse) Vide() bool {
	return a.Voie == "" && a.LieuDit == "" && a.Complement == "" && a.CodePostal == "" && a.Commune == ""
}

// Valider says what is missing. prefix stands before the names of the fields.
func (a Adresse) Valider(prefix string) error {
	var l refusal.List
	if a.Voie == "" && a.LieuDit == "" {
		l.Add(prefix+"voie", "Indiquez le numéro et la voie, ou le lieu-dit.")
	}
	if a.Commune == "" {
		l.Add(prefix+"commune", "Indiquez la commune.")
	}
	return l.Err()
}

const creerAdresseSQL = `
	insert into adresse (id, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays)
	values ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8)`

// creerAdresse records an address. It cannot be read back before somebody lives there.
func creerAdresse(tx territoire.Tx, a Adresse) uuid.UUID {
	id := uuid.New()
	tx.Queue(creerAdresseSQL, id, a.Complement, a.Voie, a.LieuDit, a.CodePostal, a.CommuneInsee, a.Commune, a.Pays)
	return id
}

const modifierAdresseSQL = `
	update adresse set complement = $2, voie = $3, lieu_dit = $4, code_postal = $5, commune_insee = nullif($6, ''),
		commune = $7, pays = $8, version = version + 1
	where id = $1`

func modifierAdresse(tx territoire.Tx, id uuid.UUID, a Adresse) {
	tx.Queue(modifierAdresseSQL, id, a.Complement, a.Voie, a.LieuDit, a.CodePostal, a.CommuneInsee, a.Commune, a.Pays)
}

// Lignes writes an address as on an envelope; nothing of one that is not known.
func Lignes(complement, voie, lieuDit, codePostal, commune, pays string) []string {
	var lines []string
	for _, l := range []string{complement, voie, lieuDit} {
		if l != "" {
			lines = append(lines, l)
		}
	}
	if commune != "" {
		if codePostal != "" {
			commune = codePostal + " " + commune
		}
		lines = append(lines, commune)
	}
	if pays != "" && pays != France {
		lines = append(lines, strings.ToUpper(pays)) // as the posts want it
	}
	return lines
}
