// Package groupe is the groups of a school for a year: pupils drawn from several classes, for a choir, an outing, a
// lesson shared between classes (domain.md §3.8). A pupil stays in his class, which alone counts him. The directeur comes
// here to make them and to fill them.
package groupe

import (
	"slices"

	"base-eleves/internal/domain/discret"
	"base-eleves/internal/domain/refusal"
)

// Nature is what a group is for. No nature tells a religion or an origin, though such lessons exist: they are no data of
// the closed list.
type Nature string

// The natures.
const (
	Decloisonnement Nature = "decloisonnement"
	APC             Nature = "apc"
	Arts            Nature = "arts"
	Sport           Nature = "sport"
	Sortie          Nature = "sortie"
	Autre           Nature = "autre"
)

// Natures lists them all.
var Natures = []Nature{Decloisonnement, APC, Arts, Sport, Sortie, Autre}

// Label is the nature as its users name it.
func (n Nature) Label() string {
	return map[Nature]string{
		Decloisonnement: "Décloisonnement", APC: "Activités pédagogiques complémentaires", Arts: "Chorale, arts",
		Sport: "Sport, piscine", Sortie: "Sortie, séjour", Autre: "Autre",
	}[n]
}

// Groupe is a group of a school for a year.
type Groupe struct {
	Libelle     string
	Nature      Nature
	Intervenant string // who leads it: a name, no account
	EffectifMax int    // 0 for none
}

// maxEffectif is the size of the greatest group: a small school goes out all together.
const maxEffectif = 300

// Valider says what is missing or wrong.
func (g Groupe) Valider() error {
	var l refusal.List
	if g.Libelle == "" {
		l.Add("libelle", "Donnez un nom au groupe, par exemple «\u00a0Chorale\u00a0».")
	}
	_ = l.Take(discret.Valider("libelle", g.Libelle))
	if !slices.Contains(Natures, g.Nature) {
		l.Add("nature", "Choisissez à quoi sert le groupe.")
	}
	if g.EffectifMax < 0 || g.EffectifMax > maxEffectif {
		l.Add("effectif_max", "Indiquez un effectif entre 1 et 300, ou rien.")
	}
	return l.Err()
}
