package onde

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// propre puts a text right: composed characters, single spaces, no control character.
func propre(s string) string {
	if ascii(s) {
		return strings.Join(strings.Fields(s), " ")
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " ")) // last: dropping a character may bring two together
}

// ascii tells a text of plain characters, which most cells are, and which needs no more than its spaces put right.
func ascii(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7F || c < ' ' && (c < '\t' || c > '\r') {
			return false
		}
	}
	return true
}

// cle folds a word of the file: no accent, no capital, letters and digits only.
func cle(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(ligatures.Replace(s)))
}

var ligatures = strings.NewReplacer("œ", "oe", "Œ", "OE", "æ", "ae", "Æ", "AE")

var dateShapes = []string{"2006-01-02", "2/1/2006", "2-1-2006", "2.1.2006", "2/1/06", "2.1.06"}

// Date reads a day: ISO as ONDE writes it today, French as it did, or the number that a workbook keeps.
func (f Feuille) Date(s string) (time.Time, bool) {
	day, _, _ := strings.Cut(strings.Replace(s, "T", " ", 1), " ")
	for _, shape := range dateShapes {
		if t, err := time.Parse(shape, day); err == nil {
			return t, true
		}
	}
	if serial, err := strconv.ParseFloat(s, 64); f.tableur && err == nil && serial > 20_000 && serial < 80_000 {
		t, err := excelize.ExcelDateToTime(serial, f.base1904)
		return t.UTC().Truncate(24 * time.Hour), err == nil
	}
	return time.Time{}, false
}

var sexes = map[string]string{
	"f": "F", "m": "M", "h": "M", "g": "M", "fille": "F", "garcon": "M", "feminin": "F", "masculin": "M",
	"mme": "F", "mlle": "F", "mr": "M", "monsieur": "M", "madame": "F", "2": "F", "1": "M",
}

var ouiNon = map[string]string{
	"oui": "Oui", "o": "Oui", "vrai": "Oui", "true": "Oui", "x": "Oui", "1": "Oui", "yes": "Oui",
	"non": "Non", "n": "Non", "faux": "Non", "false": "Non", "0": "Non", "no": "Non",
}

var civilites = map[string]string{
	"m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "mlle": "Mme", "madame": "Mme", "mademoiselle": "Mme",
}

// Liens are the ties to a pupil, by what files call them: nomenclature N3 of domain.md §3.11.
var Liens = map[string]string{
	"mere": "mere", "pere": "pere", "tuteur": "tuteur", "tutrice": "tuteur", "tuteuroututrice": "tuteur",
	"ascendant": "ascendant", "grandparent": "ascendant", "grandmere": "ascendant", "grandpere": "ascendant",
	"fratrie": "fratrie", "frere": "fratrie", "soeur": "fratrie", "frereousoeur": "fratrie",
	"autremembre": "autre_famille", "autremembredelafamille": "autre_famille", "autrefamille": "autre_famille",
	"autremembrefamille": "autre_famille", "oncle": "autre_famille", "tante": "autre_famille",
	"ase": "ase", "aidesocialealenfance": "ase", "aidesocialeenfance": "ase",
	"assistantfamilial": "assistant_familial", "assistantefamiliale": "assistant_familial",
	"educateur": "educateur", "educatrice": "educateur", "gardedenfant": "garde_enfant", "gardeenfant": "garde_enfant",
	"autre": "autre", "autrelien": "autre", "autrecas": "autre",
}

var niveaux = map[string]string{
	"tps": "TPS", "ps": "PS", "ms": "MS", "gs": "GS", "cp": "CP", "ce1": "CE1", "ce2": "CE2", "cm1": "CM1", "cm2": "CM2",
	"toutepetitesection": "TPS", "petitesection": "PS", "moyennesection": "MS", "grandesection": "GS",
	"courspreparatoire": "CP", "courselementaire1": "CE1", "courselementaire2": "CE2", "coursmoyen1": "CM1", "coursmoyen2": "CM2",
	"courselementaire1ereannee": "CE1", "courselementaire2emeannee": "CE2", "coursmoyen1ereannee": "CM1", "coursmoyen2emeannee": "CM2",
	"courselementaire1reannee": "CE1", "courselementaire2eannee": "CE2", "coursmoyen1reannee": "CM1", "coursmoyen2eannee": "CM2",
}

// sansNiveau are words that stand in the column of the level for pupils who have none.
var sansNiveau = map[string]bool{"ulis": true, "ulisecole": true, "clis": true, "upe2a": true}

var chiffres = regexp.MustCompile(`^[0-9]+$`)

// codePostal gives back the zero that a spreadsheet takes away.
func codePostal(s string) string {
	if len(s) == 4 && chiffres.MatchString(s) {
		return "0" + s
	}
	return s
}

// telephone gives back the zero that a spreadsheet takes away.
func telephone(s string) string {
	if len(s) == 9 && chiffres.MatchString(s) {
		return "0" + s
	}
	return s
}
