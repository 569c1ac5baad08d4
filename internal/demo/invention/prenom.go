package invention

// vague is a time of births and the first names that were given then, the most given first.
type vague struct {
	until   int // last year of birth
	garcons []string
	filles  []string
}

var vagues = []vague{
	{
		until: 1966,
		garcons: words(`Jean Michel Alain Bernard Gérard Daniel Jacques Christian Claude Pierre Patrick André Jean-Pierre
			Serge Francis Roland Guy Yves Robert René`),
		filles: words(`Monique Françoise Martine Nicole Jacqueline Danielle Annie Chantal Michèle Jeannine Christiane
			Marie-Claude Josette Colette Ginette Yvette Brigitte Odette Mireille Arlette`),
	},
	{
		until: 1979,
		garcons: words(`Philippe Christophe Stéphane Laurent Olivier Frédéric Éric Thierry David Pascal Sébastien Bruno Franck
			Jérôme Fabrice Cédric Ludovic Vincent Jean-Marc Gilles Xavier Arnaud`),
		filles: words(`Nathalie Sandrine Isabelle Valérie Stéphanie Sophie Christelle Karine Céline Catherine Delphine
			Laurence Véronique Virginie Sylvie Carole Séverine Anne Corinne Marie-Laure Béatrice Hélène`),
	},
	{
		until: 1989,
		garcons: words(`Nicolas Julien Guillaume Alexandre Sébastien Thomas Mickaël Romain Maxime Jérémy Benjamin Cédric
			Mathieu Damien Anthony Pierre Vincent Rémi Fabien Aurélien Yoann Grégory Clément`),
		filles: words(`Aurélie Émilie Julie Élodie Laetitia Céline Amandine Mélanie Marion Camille Virginie Audrey Claire
			Charlotte Pauline Mathilde Anaïs Jennifer Marie Caroline Estelle Lucie Anne-Sophie Noémie`),
	},
	{
		until: 2009,
		garcons: words(`Kévin Thomas Alexandre Maxime Quentin Valentin Jordan Lucas Florian Antoine Corentin Dylan Hugo
			Clément Théo Bastien Mathis Loïc Adrien Steven`),
		filles: words(`Laura Marine Manon Océane Léa Marion Mathilde Chloé Justine Morgane Camille Sarah Pauline Lucie
			Margaux Coralie Solène Maëva Clara Alizée`),
	},
	{
		until: 2017,
		garcons: words(`Lucas Gabriel Jules Louis Raphaël Hugo Léo Ethan Arthur Nathan Adam Paul Tom Nolan Enzo Sacha Noah
			Théo Timéo Mathis Maël Maxime Axel Mathéo Aaron Antoine Rayan Robin Clément Gabin Victor Evan Eliott Baptiste
			Martin Samuel Simon Titouan Lenny Côme Kylian Noé Valentin Thibault Loris Jean-Baptiste Célestin Basile`),
		filles: words(`Emma Louise Jade Alice Chloé Lina Léa Manon Mila Lola Camille Anna Rose Inès Zoé Juliette Léna Sarah
			Ambre Lucie Julia Eva Romane Agathe Jeanne Louna Nina Clara Charlotte Lou Maëlys Éléna Romy Léonie Margaux
			Capucine Olivia Victoria Élise Noémie Anaïs Lilou Apolline Marie-Lou Clémence Soline Maëlle Héloïse Océane`),
	},
	{
		until: 9999,
		garcons: words(`Gabriel Léo Raphaël Maël Louis Noah Jules Adam Arthur Isaac Liam Sacha Lucas Hugo Gabin Malo Paul Noé
			Naël Aaron Eden Ayden Nino Léon Marius Milo Tom Côme Theo Victor Martin Robin Mathis Soan Charly Ernest Lyam
			Octave Rafael Sohan Marceau Augustin Oscar Livio Valentin Andréa Ézio Célian Timothée Jean-Loup`),
		filles: words(`Jade Louise Ambre Alba Emma Alma Romy Rose Alice Anna Lina Mia Lou Léna Agathe Iris Julia Inaya Léa
			Mila Nina Jeanne Charlie Eva Victoire Inès Zoé Olivia Giulia Luna Margaux Charlotte Romane Juliette Louna
			Adèle Lyana Apolline Maya Victoria Élia Capucine Thaïs Billie Suzanne Mya Céleste Joy Éléonore Mathilde`),
	},
}

// prenom returns a first name given in the year of a birth, to a child of a tradition or of none.
func (s Source) prenom(sexe string, year int, t *tradition) string {
	if t != nil && !s.Chance(t.moderate) {
		return Common(s, t.prenoms(sexe, year))
	}
	for _, v := range vagues {
		if year <= v.until {
			if sexe == "F" {
				return Common(s, v.filles)
			}
			return Common(s, v.garcons)
		}
	}
	return ""
}

// prenoms of a tradition, of children or of adults.
func (t *tradition) prenoms(sexe string, year int) []string {
	child := year > 2005
	switch {
	case sexe == "F" && child:
		return t.filles
	case sexe == "F":
		return t.femmes
	case child:
		return t.garcons
	}
	return t.hommes
}
