package invention

import "strings"

// Family names, by where they are at home. Each list begins with the most common.
var (
	nomsBigorre = words(`
		Abadie Cazenave Dupuy Laffont Lacaze Fourcade Pujol Cazaux Barrère Duclos Sarrat Lafforgue Carrère Dubarry Castéran
		Soubies Peyrou Labat Pomès Lacrampe Bordenave Castet Vergez Nogaro Sempé Lannes Darré Ducasse Sabathié Cassou
		Larrieu Pène Mounic Nogué Abbadie Bégué Dastugue Fontan Gaye Lapeyre Menvielle Péré Rumeau Tapie Verdier Cieutat
		Arberet Bernis Cabarrou Capdevielle Carassus Claverie Comère Courrèges Darrieutort Daubian Dauriac Dazet Despiau
		Doléac Escoubas Estrade Fourtané Garrot Haurine Idrac Junca Ladagnous Lahaille Lamarque Laporte Larré Lassalle
		Latapie Laurens Lavigne Majesté Manautou Marque Mengelle Mieussens Monlezun Navarre Noguès Oustalet Palisse
		Peyramale Picassette Pourtalet Pragnère Puyo Rangole Recurt Ribes Rouède Sajous Sénac Soulé Tarissan Theil Toujas
		Trescazes Vignes Viau Vizcay`)
	nomsFrance = words(`
		Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia David
		Bertrand Roux Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier
		Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez
		Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noël
		Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun Dumas Brunet Schmitt Leroux Colas
		Fernandez Pierre Renard Arnaud Rolland Caron Aubert Giraud Leclerc Vidal Bourgeois Renaud Lemoine Picard Gaillard
		Philippe Leclercq Lacroix Fabre Dupuis Olivier Rodriguez Payet Hubert Deschamps Carpentier Rivière Berger
		Benoît Vasseur Moulin Hoarau Adam Aubry Charpentier Guillot Collin Bailly Paris Marty Poirier Prévost Perrot
		Boucher Cousin Klein Germain Hervé Rémy Royer Bouvier Maillard Guyot Langlois Le-Gall Tessier Huet Besson Lamy
		Lebrun Cordier Bréton Mallet Pichon Le-Roux Chauvin Coulon Baron Weber Tanguy Hamon Briand Le-Goff Kerbrat
		D’Hauteville De-La-Fuente De-Saint-Aubin Du-Pré L’Hostis Saint-Martin Saint-Pé D’Artiguelongue De-Lassus
		Œuvrard Maître-Jean Sainte-Marie`)
)

// words reads a list; a hyphen between two words that is no hyphen of the name is written as in Le-Gall.
func words(s string) []string {
	list := strings.Fields(s)
	for i, w := range list {
		if particule(w) {
			list[i] = strings.ReplaceAll(w, "-", " ")
		}
	}
	return list
}

func particule(w string) bool {
	for _, p := range []string{"Le-", "De-", "Du-", "El-", "Da-", "Dos-", "Van-", "Ben-", "Ó-"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// nomDe returns a family name of a country; tradition is the one its first names come from, nil for the common ones.
func (s Source) nomDe(departement string) (nom string, t *tradition) {
	switch {
	case s.Chance(11):
		t := &traditions[s.IntN(len(traditions))]
		return Common(s, t.noms), t
	case gascon[departement] && s.Chance(62):
		return Common(s, nomsBigorre), nil
	}
	return Common(s, nomsFrance), nil
}

// gascon are the départements where the names of Bigorre are at home.
var gascon = map[string]bool{"65": true, "64": true, "32": true, "31": true, "40": true, "09": true}

// nomDouble joins the names of both parents, as article 311-21 of the Code civil lets them.
func nomDouble(pere, mere string) string { return premier(pere) + " " + premier(mere) }

// premier is the half of a double name that is passed on.
func premier(nom string) string {
	first, rest, double := strings.Cut(nom, " ")
	if double && len(first) <= 3 { // a particle
		return first + " " + rest
	}
	return first
}
