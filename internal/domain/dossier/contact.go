package dossier

import (
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/refusal"
)

// Contact is somebody to call in an emergency, or who may fetch the child, or both: one entity, two boxes
// (domain.md §3.3).
type Contact struct {
	NomFamille  string
	Prenom      string
	Lien        LienContact
	TelPortable string
	TelDomicile string
	TelTravail  string
	Urgence     bool
	Autorisee   bool
}

// LienContact is what a contact is to the child; "" when nobody has said.
type LienContact string

// LiensContact lists the values with their words, in the order of the form. A closed list: what a family says of a
// neighbour has no place in the register.
var LiensContact = []struct {
	Lien  LienContact
	Label string
}{
	{"ascendant", "Grand-parent"}, {"fratrie", "Frère ou sœur"}, {"autre_famille", "Autre membre de la famille"},
	{"beau_parent", "Beau-parent"}, {"parent", "Parent"}, {"ami", "Ami de la famille"}, {"voisin", "Voisin"},
	{"garde_enfant", "Garde d’enfant"}, {"autre", "Autre lien"},
}

// Label is the lien as shown.
func (l LienContact) Label() string {
	for _, v := range LiensContact {
		if v.Lien == l {
			return v.Label
		}
	}
	return ""
}

// Nom is the contact on a list.
func (c Contact) Nom() string { return eleve.NomListe(c.NomFamille, "", c.Prenom) }

// Telephones are his numbers, the one he carries first.
func (c Contact) Telephones() []string {
	return slices.DeleteFunc([]string{c.TelPortable, c.TelDomicile, c.TelTravail}, func(t string) bool { return t == "" })
}

// Valider says what is missing or wrong.
func (c Contact) Valider() error {
	var l refusal.List
	if c.NomFamille == "" {
		l.Add("nom_famille", "Indiquez le nom de cette personne.")
	}
	if c.Lien != "" && c.Lien.Label() == "" {
		l.Add("lien", "Choisissez le lien dans la liste.")
	}
	if !c.Urgence && !c.Autorisee {
		l.Add("urgence", "Cochez au moins une case\u00a0: à prévenir en cas d’urgence, ou autorisée à venir chercher l’enfant.")
	}
	for _, t := range []struct{ field, value string }{
		{"tel_portable", c.TelPortable}, {"tel_domicile", c.TelDomicile}, {"tel_travail", c.TelTravail},
	} {
		if !eleve.TelephoneEcrit(t.value) {
			l.Add(t.field, "Écrivez le téléphone comme 05 62 12 34 56 ou +34 612 345 678.")
		}
	}
	if c.Urgence && len(c.Telephones()) == 0 {
		l.Add("tel_portable", "Indiquez un téléphone\u00a0: il faut pouvoir prévenir cette personne.")
	}
	return l.Err()
}

// Avancer puts one of a list before the one that precedes him; the first one stays where he is.
func Avancer(ordre []uuid.UUID, id uuid.UUID) []uuid.UUID {
	ordre = slices.Clone(ordre)
	if i := slices.Index(ordre, id); i > 0 {
		ordre[i-1], ordre[i] = ordre[i], ordre[i-1]
	}
	return ordre
}
