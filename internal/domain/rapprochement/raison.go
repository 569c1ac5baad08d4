package rapprochement

// Raison is why two identities may be those of one child, as it is shown.
type Raison string

// The reasons, in the order in which they are told: the date, the names, what was swapped.
const (
	MemeDate          Raison = "même date de naissance"
	JourMoisInverses  Raison = "jour et mois de naissance inversés"
	DateProche        Raison = "date de naissance à un chiffre près"
	MemeNom           Raison = "même nom"
	NomEcritAutrement Raison = "nom écrit autrement"
	NomCompose        Raison = "une partie du nom composé"
	NomMemeSon        Raison = "noms qui se prononcent pareil"
	NomProche         Raison = "nom à une lettre près"
	ParNomUsage       Raison = "nom d’usage"
	MemePrenom        Raison = "même prénom"
	PrenomAutrement   Raison = "prénom écrit autrement"
	PrenomCompose     Raison = "une partie du prénom composé"
	PrenomMemeSon     Raison = "prénoms qui se prononcent pareil"
	PrenomProche      Raison = "prénom à une lettre près"
	ParAutrePrenom    Raison = "autre prénom de l’état civil"
	NomPrenomInverses Raison = "nom et prénom inversés"
)

// mots are the reasons of one kind of name, and the length from which one letter more or less makes the same name:
// Lina and Lila are two first names.
type mots struct {
	pareil, autrement, compose, son, proche Raison
	court                                   int
}

var (
	motsNom      = mots{MemeNom, NomEcritAutrement, NomCompose, NomMemeSon, NomProche, 4}
	motsPrenom   = mots{MemePrenom, PrenomAutrement, PrenomCompose, PrenomMemeSon, PrenomProche, 5}
	motsUsage    = mots{"", NomEcritAutrement, NomCompose, NomMemeSon, NomProche, 4}
	motsInverses = mots{court: 5}
)
