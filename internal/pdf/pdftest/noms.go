package pdftest

// What names, addresses and words may hold at worst: forty letters and more, letters of elsewhere, a word without an end.
const (
	NomLong    = "DE LA TOUR D’AUVERGNE-LAURAGUAIS-MONTPENSIER"
	UsageLong  = "VANDERSTRAETEN-MONTMORENCY-ROCHECHOUART"
	PrenomLong = "Marie-Antoinette-Joséphine-Élisabeth-Apolline"

	NomAilleurs    = "NGUYỄN-ĐẶNG-ŻÓŁKIEWSKI-ØVERGÅRD-ÞÓRÐARSON"
	PrenomAilleurs = "Ștefania-Guðrún-Yıldız Ελευθερία Елизавета"

	VoieLongue       = "125 bis chemin de la Vieille-Côte-de-Saint-Étienne"
	ComplementLong   = "Résidence du Général-de-Lattre-de-Tassigny, bâtiment C, escalier 12"
	CommuneLongue    = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
	OrganismeLong    = "Conseil départemental, service de l’aide sociale à l’enfance et à la famille"
	EnseignantLong   = "M. de Bourbon-Siciles-Vintimille et Mme Œuvrard-Le Gouësliers"
	CourrielLong     = "marie-antoinette.vanderstraeten-montmorency-rochechouart@messagerie.exemple.fr"
	EtablissementNom = "École élémentaire d’application publique Général-Marie-Joseph-Pierre-Kœnig"
)
