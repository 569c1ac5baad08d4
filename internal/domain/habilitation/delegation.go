package habilitation

import "slices"

// Delegation is how far a colleague may go in the place of a directeur; "" is nobody's place but one's own.
type Delegation string

// The delegations, the narrowest first.
const (
	// Consultation reads.
	Consultation Delegation = "consultation"
	// Gestion does the work of each day: neither departures, nor files that leave the base, nor what cannot be undone.
	Gestion Delegation = "gestion"
	// Interim does all that a directeur does, but delegate.
	Interim Delegation = "interim"
)

// Delegations lists them.
var Delegations = []Delegation{Consultation, Gestion, Interim}

// Label is the delegation as one reads it.
func (d Delegation) Label() string {
	return map[Delegation]string{Consultation: "Consultation", Gestion: "Gestion courante", Interim: "Intérim"}[d]
}

// Portee says what it lets one do.
func (d Delegation) Portee() string {
	return map[Delegation]string{
		Consultation: "lire les dossiers, les classes et les listes, sans rien changer",
		Gestion:      "le travail de chaque jour, sans radier, transférer, réunir des dossiers, ni sortir de fichier",
		Interim:      "tout ce que fait la direction, sauf déléguer",
	}[d]
}

// consultations are the rights of one who reads. A right that is not named here or below is not delegated: a new one is
// refused until somebody has thought of it.
var consultations = []Droit{
	Accueil, ConsulterEleves, OuvrirDossier, ConsulterHistorique, ConsulterQualite, ConsulterPropositions, ConsulterArrivees,
	ConsulterClasses, ConsulterPassages, ConsulterTransferts, ConsulterLiberations, ConsulterRegistre, ConsulterMutations,
	ConsulterEditions, ConsulterEffectifs, ConsulterRattachements, ConsulterSixieme, ConsulterElections,
}

// gestions are the rights that the work of each day adds.
var gestions = []Droit{
	ModifierDossier, ModifierContacts, ModifierPeriscolaire, ModifierAutorisations, DeciderProposition, Admettre, GererClasses, Repartir,
	DeciderPassages, FaireListes, EditerCertificats, EditerPapiers, ChercherCommune, ChercherDoublons, GarderBrouillon, ProtegerAdresse,
	GererRattachements, GererElections, SuivreINE,
}

// laisse tells whether who acts by delegation keeps a right of the role.
func (d Delegation) laisse(droit Droit) bool {
	switch d {
	case "":
		return true
	case Consultation:
		return slices.Contains(consultations, droit)
	case Gestion:
		return slices.Contains(consultations, droit) || slices.Contains(gestions, droit)
	case Interim:
		return droit != Deleguer
	}
	return false
}
