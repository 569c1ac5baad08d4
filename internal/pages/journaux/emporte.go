package journaux

import (
	"slices"

	"base-eleves/internal/domain/journal"
	"base-eleves/web/ui"
)

// sansEleves are the objects of lists that name no pupil.
var sansEleves = []string{"cle", "compte", "ecole", "effectif", "resultats_election"}

// emporte is what the list of the pupils seen leaves out: a list that has left the base is one line of the journal, which
// says of which school, and not of whom. "" when none has.
func (r rapport) emporte() string {
	n := 0
	for _, a := range r.actes {
		if (a.Acte == journal.Exporter || a.Acte == journal.Extraire) && !slices.Contains(sansEleves, a.Objet) {
			n += a.Nombre
		}
	}
	if n == 0 {
		return ""
	}
	return "Ce compte a aussi emporté " + ui.Plural(n, "liste d’élèves", "listes d’élèves") +
		"\u00a0: ils ne sont pas tous ci-dessous. Toutes les lignes du journal disent de quelles écoles."
}
