package dossier

import "base-eleves/internal/domain/ecole"

// Etape is what the file must be complete for (domain.md §3.12).
type Etape string

// The three steps, each needing what the one before needs.
const (
	PourInscription Etape = "l’inscription"
	PourAdmission   Etape = "l’admission définitive"
	PourRentree     Etape = "la rentrée"
)

// Rubrique is the part of the file in which something is missing.
type Rubrique string

// The parts.
const (
	RubriqueAdresse      Rubrique = "adresse"
	RubriqueResponsables Rubrique = "responsables"
	RubriqueResponsable  Rubrique = "responsable" // the one that Manque.Rang names
	RubriqueScolarite    Rubrique = "scolarite"
	RubriqueClasse       Rubrique = "classe"
	RubriqueContacts     Rubrique = "contacts"
	RubriqueAssurance    Rubrique = "assurance"
)

// Manque is one thing missing: what, why it is asked for, and where it is repaired.
type Manque struct {
	Etape    Etape
	Rubrique Rubrique
	Rang     int // place of the responsable in Etat.Responsables
	Quoi     string
	Pourquoi string
}

// Etat is what is known of a file, for the rule of what it lacks.
type Etat struct {
	Adresse      bool
	Responsables []ResponsableConnu
	Niveau       ecole.Niveau
	Classe       bool
	Urgence      bool // somebody to call besides the responsables
	Attestation  bool // of insurance, this year
}

// ResponsableConnu is what is known of one responsable.
type ResponsableConnu struct {
	Nom       string
	Autorite  bool
	Adresse   bool
	Telephone bool
}

// Manques lists what the file lacks up to a step, in the order of the steps.
func (e Etat) Manques(jusqua Etape) []Manque {
	list := e.inscription()
	if jusqua != PourInscription {
		list = append(list, e.admission()...)
	}
	if jusqua == PourRentree {
		list = append(list, e.rentree()...)
	}
	return list
}

// inscription: what the certificate of the mairie says (annex B of domain.md).
func (e Etat) inscription() (list []Manque) {
	miss := func(r Rubrique, rang int, quoi, pourquoi string) {
		list = append(list, Manque{PourInscription, r, rang, quoi, pourquoi})
	}
	if !e.Adresse {
		miss(RubriqueAdresse, 0, "L’adresse de l’élève", "Elle dit dans quelle commune il habite et où écrire.")
	}
	autorite := false
	for i, r := range e.Responsables {
		autorite = autorite || r.Autorite
		if !r.Adresse {
			miss(RubriqueResponsable, i, "L’adresse de "+r.Nom, "Les courriers de l’école vont à chaque responsable.")
		}
	}
	switch {
	case len(e.Responsables) == 0:
		miss(RubriqueResponsables, 0, "Un responsable", "Un enfant est inscrit par la personne qui en a la charge.")
	case !autorite:
		miss(RubriqueResponsables, 0, "Un responsable qui exerce l’autorité parentale", "Il est électeur, et l’école lui demande les autorisations.")
	}
	return list
}

// admission: what the school needs from the first day on.
func (e Etat) admission() (list []Manque) {
	if !e.Niveau.Connu() {
		list = append(list, Manque{PourAdmission, RubriqueScolarite, 0, "Le niveau", "Sans lui, l’élève n’entre dans aucune classe."})
	}
	for _, r := range e.Responsables {
		if r.Telephone {
			return list
		}
	}
	if len(e.Responsables) > 0 {
		list = append(list, Manque{PourAdmission, RubriqueResponsable, 0, "Un téléphone", "L’école doit pouvoir joindre au moins un responsable."})
	}
	return list
}

// rentree: what is asked of families in September. The admission does not wait for it.
func (e Etat) rentree() (list []Manque) {
	miss := func(r Rubrique, quoi, pourquoi string) {
		list = append(list, Manque{PourRentree, r, 0, quoi, pourquoi})
	}
	if !e.Classe {
		miss(RubriqueClasse, "Une classe", "Il manque à la liste de son enseignant.")
	}
	if !e.Urgence {
		miss(RubriqueContacts, "Une personne à prévenir", "Elle est appelée quand aucun responsable ne répond.")
	}
	if !e.Attestation {
		miss(RubriqueAssurance, "L’attestation d’assurance", "Elle est obligatoire pour les sorties facultatives.")
	}
	return list
}
