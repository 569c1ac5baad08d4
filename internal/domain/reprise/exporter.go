package reprise

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/onde"
)

// Emportes are the pupils whom ExporterEleves names.
func (b Base) Emportes() (ids []uuid.UUID) {
	for _, e := range b.Eleves {
		if e.present() {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// Rattaches are those whom ExporterResponsables names: somebody answers for them.
func (b Base) Rattaches() (ids []uuid.UUID) {
	present := b.Emportes()
	for _, r := range b.Responsables {
		if slices.Contains(present, r.EleveID) {
			ids = append(ids, r.EleveID)
		}
	}
	return ids
}

// ExporterEleves are the pupils of the school for the extraction of ONDE: those who are, or will be, in the school. A
// protected address is never written.
func ExporterEleves(b Base) []onde.Eleve {
	classes := map[string]Classe{}
	for _, c := range b.Classes {
		classes[c.ID.String()] = c
	}
	var list []onde.Eleve
	for _, e := range b.Eleves {
		if !e.present() {
			continue
		}
		o := onde.Eleve{
			NomFamille: strings.ToUpper(e.NomFamille), NomUsage: strings.ToUpper(e.NomUsage), Prenom: e.Prenom, Naissance: e.DateNaissance,
			Sexe: e.Sexe, INE: e.INE, Niveau: e.Niveau, Cycle: ecole.Niveau(e.Niveau).CycleONDE(), Attestation: mot(e.AttestationFournie),
			Associations: mot(e.Associations), Photo: mot(e.Photo),
			Adresse:  exporterAdresse(e.Adresse, e.CodePostal, e.Commune, e.Pays, e.Protegee),
			Adresse2: exporterAdresse(e.Adresse2, e.CodePostal2, e.Commune2, e.Pays2, e.Protegee2),
		}
		if e.ClasseID != nil {
			c := classes[e.ClasseID.String()]
			o.Classe, o.ClasseID = c.LibelleCourt, strconv.Itoa(c.Numero)
		}
		list = append(list, o)
	}
	return list
}

func (e *Eleve) present() bool {
	etat := scolarite.Etat(e.Etat)
	return etat == scolarite.AdmisDefinitif || etat == scolarite.AdmisAccepte
}

func exporterAdresse(voie, codePostal, commune, pays string, protegee bool) onde.Adresse {
	if protegee || commune == "" {
		return onde.Adresse{}
	}
	return onde.Adresse{Voie: voie, CodePostal: codePostal, Commune: commune, Pays: strings.ToUpper(pays)}
}

// ExporterResponsables are the responsables of these pupils, one line each with his children.
func ExporterResponsables(b Base) []onde.Responsable {
	enfants := map[string]onde.Enfant{}
	classes := newClasses(b)
	for i := range b.Eleves {
		if e := &b.Eleves[i]; e.present() {
			enfants[e.ID.String()] = onde.Enfant{
				NomUsage: strings.ToUpper(e.NomUsage), NomFamille: strings.ToUpper(e.NomFamille), Prenom: e.Prenom,
				Classe: classes.nom(e.ClasseID), INE: e.INE,
			}
		}
	}
	var list []onde.Responsable
	at := map[string]int{}
	for _, r := range b.Responsables {
		enfant, present := enfants[r.EleveID.String()]
		if !present {
			continue
		}
		i, known := at[r.ID.String()]
		if !known {
			i = len(list)
			at[r.ID.String()] = i
			list = append(list, exporterResponsable(r))
		}
		list[i].Enfants = append(list[i].Enfants, enfant)
	}
	return list
}

func exporterResponsable(r Responsable) onde.Responsable {
	digits := strings.NewReplacer(" ", "")
	return onde.Responsable{
		Civilite: r.Civilite, NomUsage: strings.ToUpper(r.NomUsage), NomFamille: strings.ToUpper(r.NomFamille), Prenom: r.Prenom,
		Organisme: r.Organisme, Courriel: r.Courriel, TelDomicile: digits.Replace(r.TelDomicile), TelTravail: digits.Replace(r.TelTravail),
		TelPortable: digits.Replace(r.TelPortable), Adresse: exporterAdresse(r.Adresse, r.CodePostal, r.Commune, r.Pays, r.Protegee),
	}
}
