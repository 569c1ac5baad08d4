package invention

import (
	"fmt"
	"strconv"

	"base-eleves/internal/domain/commune"
)

// Adresse is a home, in France or just over the border.
type Adresse struct {
	Complement, Voie, LieuDit string
	CodePostal, Insee         string
	Commune, Pays             string
}

var (
	voies = words(`rue rue rue rue rue avenue chemin impasse allée place boulevard`)
	noms  = []string{
		"des Gaves", "du Pic-du-Midi", "de la République", "des Pyrénées", "du Moulin", "de l’Église", "des Écoles",
		"de l’Adour", "du 8-Mai-1945", "des Lilas", "du Cagire", "de Gavarnie", "des Acacias", "du Lavoir", "de la Paix",
		"du Château", "de Bigorre", "des Tilleuls", "de la Fontaine", "Victor-Hugo", "Jean-Jaurès", "des Chênes",
		"du Néouvielle", "des Cerisiers", "de la Gare", "du Vignemale", "Georges-Clemenceau", "des Noisetiers", "de Pau",
		"du Stade", "du Bois", "de la Mairie", "des Frênes", "Louis-Pasteur", "du Balaïtous", "de la Liberté", "du Marché",
		"Marie-Curie", "de l’Arros", "du Tourmalet", "des Bergeronnettes", "de la Poste", "des Hirondelles", "Voltaire",
		"du Chemin-Vieux", "de l’Échez", "Émile-Zola", "du Cabaliros", "des Hortensias", "de la Forge", "du Pont-Neuf",
	}
	lieuxDits = []string{
		"Quartier du Bédat", "Lieu-dit Peyrouse", "Quartier d’En-Haut", "Lieu-dit Couret", "Hameau de Sarrat",
		"Lieu-dit Las Arribes", "Quartier de l’Oustau", "Ferme Cazalas", "Lieu-dit Le Cap du Bosc", "Hameau de Palisse",
	}
	complements = []string{
		"Appartement 12", "Bâtiment B", "Résidence des Pics, escalier 2", "3e étage", "Chez M. et Mme Labat",
		"Résidence Le Parc, appartement 41", "Villa Beau-Site",
	}
)

// adresseA invents a home in a commune: scattered in a village, numbered in a town.
func (s Source) adresseA(c commune.Commune) Adresse {
	a := Adresse{Insee: c.Insee, Commune: c.Nom, CodePostal: s.codePostal(c), Pays: "France"}
	if c.Population < 1500 && s.Chance(35) {
		a.LieuDit = Pick(s, lieuxDits)
		return a
	}
	a.Voie = s.numero() + " " + Pick(s, voies) + " " + Pick(s, noms)
	if c.Population > 5000 && s.Chance(22) {
		a.Complement = Pick(s, complements)
	}
	return a
}

func (s Source) numero() string {
	n := strconv.Itoa(s.Between(1, 140))
	switch {
	case s.Chance(4):
		return n + " bis"
	case s.Chance(1):
		return n + " ter"
	}
	return n
}

func (s Source) codePostal(c commune.Commune) string {
	if codes := c.Postaux(); len(codes) > 0 {
		return Pick(s, codes)
	}
	return ""
}

// enEspagne is the home of a parent who lives over the border.
func (s Source) enEspagne() Adresse {
	return Adresse{
		Voie: "Calle Mayor " + s.numero(), CodePostal: fmt.Sprintf("22%03d", s.Between(1, 800)),
		Commune: Pick(s, []string{"Huesca", "Jaca", "Barbastro", "Sabiñánigo"}), Pays: "Espagne",
	}
}
