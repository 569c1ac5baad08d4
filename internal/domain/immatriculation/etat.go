package immatriculation

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Etat is where the attribution of a pupil's number stands: domain.md §4.3. "" is that of one never admitted.
type Etat string

// The states.
const (
	EnAttente      Etat = "en_attente"
	BloqueDoublon  Etat = "bloque_doublon"
	EnErreur       Etat = "en_erreur"
	Litige         Etat = "litige"
	Attribue       Etat = "attribue"
	EnVerification Etat = "en_verification"
	Remplace       Etat = "remplace"
)

// Etats are those of a pupil whom somebody still has to look at, in the order in which one looks at them.
var Etats = []Etat{BloqueDoublon, EnErreur, Litige, EnVerification, EnAttente}

// Label is the state as shown to the directeur.
func (e Etat) Label() string {
	return map[Etat]string{
		"": "Sans objet", EnAttente: "En attente d’INE", BloqueDoublon: "Bloqué\u00a0: élève ressemblant",
		EnErreur: "En erreur", Litige: "En litige", Attribue: "Attribué",
		EnVerification: "En vérification", Remplace: "Remplacé",
	}[e]
}

// Raison is why a number waits for somebody; "" while it waits for the register. Beside the two resemblances it is the
// field of the identity that the register cannot accept.
type Raison string

// The two resemblances: a file that looks alike, or one of exactly the same identity whose number is in use.
const (
	Ressemblance   Raison = "ressemblance"
	IdentiteConnue Raison = "identite_connue"
)

// Ressemblante tells whether somebody must say if two files are one child; any other reason is a fault of the identity.
func (r Raison) Ressemblante() bool { return r == Ressemblance || r == IdentiteConnue }

// Label is the reason as a whole sentence.
func (r Raison) Label() string {
	return map[Raison]string{
		"":                  "Le registre n’a pas encore répondu.",
		Ressemblance:        "Le registre connaît un élève qui lui ressemble.",
		IdentiteConnue:      "Le registre connaît un élève de même identité, dont le numéro sert déjà.",
		"nom_famille":       "Le registre n’accepte pas le nom de famille.",
		"prenom":            "Le registre n’accepte pas le prénom.",
		"sexe":              "Le registre n’accepte pas le sexe.",
		"date_naissance":    "Le registre n’accepte pas la date de naissance.",
		"commune_naissance": "Le registre n’accepte pas le lieu de naissance.",
	}[r]
}

// Immatriculation is where one pupil's number stands. Its methods are the transitions of domain.md §4.3; each refuses
// what the present state does not allow.
type Immatriculation struct {
	EleveID uuid.UUID
	Ecole   string
	Version int
	Etat    Etat
	Raison  Raison
	Numero  bool // it has a number, which it keeps while it is verified
}

// Attribuer is the register's answer when nobody resembles the pupil: a new number, or his own verified.
func (i *Immatriculation) Attribuer() error {
	if i.Etat != EnAttente && i.Etat != EnVerification {
		return refusal.InConflict("Ce numéro n’est pas demandé.")
	}
	i.Etat, i.Raison, i.Numero = Attribue, "", true
	return nil
}

// Bloquer is its answer when somebody must decide, or correct the identity. A number being verified stays the pupil's. Of a
// child whom no school holds the IA is asked at once.
func (i *Immatriculation) Bloquer(raison Raison) error {
	switch {
	case i.Etat != EnAttente && i.Etat != EnVerification:
		return refusal.InConflict("Ce numéro n’est pas demandé.")
	case i.Ecole == "" && raison.Ressemblante():
		i.Etat = Litige
	case i.Etat == EnVerification:
	case raison.Ressemblante():
		i.Etat = BloqueDoublon
	default:
		i.Etat = EnErreur
	}
	i.Raison = raison
	return nil
}

// Decision is the answer to "are these two files one child?".
type Decision string

// The answers; only a directeur does not know, and asks the IA.
const (
	MemeEnfant  Decision = "meme"
	AutreEnfant Decision = "autre"
	DemanderIA  Decision = "ia"
)

// Decider takes the answer of a directeur, or of the IA to whom he has turned.
func (i *Immatriculation) Decider(par habilitation.Role, d Decision) error {
	if err := i.decidable(par); err != nil {
		return err
	}
	switch {
	case d == MemeEnfant:
		i.Etat, i.Raison, i.Numero = Attribue, "", true
	case d == AutreEnfant:
		i.demander()
	case d == DemanderIA && par == habilitation.Directeur:
		i.Etat = Litige
	default:
		return refusal.Of("decision", "Dites si c’est le même enfant.")
	}
	return nil
}

// decidable refuses the answer that is not asked, or not of this person.
func (i *Immatriculation) decidable(par habilitation.Role) error {
	question := i.Etat == BloqueDoublon || i.Etat == EnVerification && i.Raison.Ressemblante()
	switch {
	case i.Etat == Litige && par == habilitation.IA, question && par == habilitation.Directeur:
		return nil
	case i.Etat == Litige:
		return refusal.InConflict("L’inspection académique traite ce litige\u00a0: vous lirez ici sa réponse.")
	case question:
		return refusal.InConflict("L’école décide elle-même, ou vous transmet le cas.")
	}
	return refusal.InConflict("Il n’y a rien à décider\u00a0: aucun élève ressemblant n’est signalé.")
}

// demander has the register look again: for a number, or at the identity of one that is attributed.
func (i *Immatriculation) demander() {
	i.Etat, i.Raison = EnAttente, ""
	if i.Numero {
		i.Etat = EnVerification
	}
}

// rouvrir asks the question again, to the one who had answered it.
func (i *Immatriculation) rouvrir(par habilitation.Role, raison Raison) {
	switch {
	case par == habilitation.IA:
		i.Etat = Litige
	case i.Numero:
		i.Etat = EnVerification
	default:
		i.Etat = BloqueDoublon
	}
	i.Raison = raison
}

// Reprendre is a directeur who no longer needs the IA, while it has not answered.
func (i *Immatriculation) Reprendre(par habilitation.Role) error {
	if i.Etat != Litige || par != habilitation.Directeur {
		return refusal.InConflict("Ce numéro n’est pas en litige.")
	}
	i.rouvrir(par, i.Raison)
	return nil
}

// RevenirSur is somebody who no longer believes in his answer. A number given meanwhile stays: it is verified.
func (i *Immatriculation) RevenirSur(par habilitation.Role, d Decision) error {
	switch {
	case i.Etat == Remplace, i.Etat == EnErreur, i.Etat == Litige, d == MemeEnfant && i.Etat != Attribue && i.Etat != EnVerification:
		return refusal.InConflict("On ne peut plus revenir sur cette réponse.")
	}
	i.rouvrir(par, Ressemblance)
	return nil
}

// Corriger is the IA that types the number itself, whatever was being asked.
func (i *Immatriculation) Corriger() error {
	if i.Etat == Remplace {
		return refusal.InConflict("Ce dossier est remplacé\u00a0: corrigez le numéro de celui qui le remplace.")
	}
	i.Etat, i.Raison, i.Numero = Attribue, "", true
	return nil
}

// save writes the state of a row locked before.
func (i Immatriculation) save(tx territoire.Tx, le time.Time) {
	tx.Queue(`update immatriculation set etat = $2, raison = $3, depuis = $4, version = version + 1 where eleve_id = $1`,
		i.EleveID, i.Etat, i.Raison, le)
}

// Patience is how many days without a number are no anomaly (domain.md, annex C, A04).
const Patience = 7

// Suivie is the condition, on immatriculation i, for a number that somebody has to look at; the register's own looking
// at a corrected identity is nobody's business.
const Suivie = `i.etat not in ('attribue', 'remplace') and (i.etat <> 'en_verification' or i.raison <> '')`
