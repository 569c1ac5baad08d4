// Package discret refuses the words by which a label would record what the closed list of data leaves out: the name of a
// group says nothing of the religion, the origin or the health of those who are in it (arrêté of 20 October 2008, art. 3
// and 4; Conseil d'État, 19 July 2010, on the categories of specialised classes). Who names a group comes here.
package discret

import (
	"slices"
	"strings"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/refusal"
)

// mots are the words that are refused as they are: short ones begin harmless ones too. The first ones are the
// categories of an ULIS.
var mots = []string{
	"tfc", "tfa", "tfv", "tfm", "tsa", "tsla", "teda", "pai", "rased", "mdph", "elco", "dys", "rom", "roms", "juif", "juifs", "juive", "juives",
}

// debuts are the beginnings of the words that are refused.
var debuts = []string{
	"relig", "catech", "cathol", "protestan", "musulman", "islam", "coran", "judai", "handicap", "autis", "dyslex", "dysprax",
	"dysphas", "dyscalc", "psych", "nationalit", "migrant", "allophon", "primoarriv", "gitan", "refugi", "etranger",
}

// Valider refuses a label that would say what may not be recorded.
func Valider(champ, libelle string) error {
	for _, mot := range strings.Fields(commune.Plier(libelle)) {
		if slices.Contains(mots, mot) || slices.ContainsFunc(debuts, func(d string) bool { return strings.HasPrefix(mot, d) }) {
			return refusal.Of(champ, "Ce nom dirait la religion, l’origine ou la santé des élèves\u00a0: choisissez-en un autre.")
		}
	}
	return nil
}
