package proposition

import (
	"strconv"
	"time"

	"base-eleves/internal/domain/eleve"
)

// deIdentite writes a civil status as the base would.
func deIdentite(i eleve.Identite) Valeurs {
	return Valeurs{
		"nom_famille": i.NomFamille, "nom_usage": i.NomUsage, "prenom": i.Prenom, "prenom2": i.Prenom2, "prenom3": i.Prenom3,
		"sexe": string(i.Sexe), "date_naissance": i.DateNaissance.Format(time.DateOnly),
		"ne_etranger": strconv.FormatBool(i.NeEtranger), "commune_naissance_insee": i.CommuneNaissance,
	}
}

// Identite reads one.
func (v Valeurs) Identite() eleve.Identite {
	naissance, _ := time.Parse(time.DateOnly, v["date_naissance"]) // a date column: never anything else
	return eleve.Identite{
		NomFamille: v["nom_famille"], NomUsage: v["nom_usage"], Prenom: v["prenom"], Prenom2: v["prenom2"], Prenom3: v["prenom3"],
		Sexe: eleve.Sexe(v["sexe"]), DateNaissance: naissance, NeEtranger: v["ne_etranger"] == "true",
		CommuneNaissance: v["commune_naissance_insee"],
	}
}

func deAdresse(a eleve.Adresse) Valeurs {
	return Valeurs{
		"complement": a.Complement, "voie": a.Voie, "lieu_dit": a.LieuDit, "code_postal": a.CodePostal,
		"commune_insee": a.CommuneInsee, "commune": a.Commune, "pays": a.Pays,
	}
}

// Adresse reads one.
func (v Valeurs) Adresse() eleve.Adresse {
	return eleve.Adresse{
		Complement: v["complement"], Voie: v["voie"], LieuDit: v["lieu_dit"], CodePostal: v["code_postal"],
		CommuneInsee: v["commune_insee"], Commune: v["commune"], Pays: v["pays"],
	}
}

func deResponsable(r eleve.Responsable) Valeurs {
	return Valeurs{
		"nature": string(r.Nature), "civilite": r.Civilite, "nom_famille": r.NomFamille, "nom_usage": r.NomUsage,
		"prenom": r.Prenom, "organisme": r.Organisme, "fonction": r.Fonction, "tel_portable": r.TelPortable,
		"tel_domicile": r.TelDomicile, "tel_travail": r.TelTravail, "courriel": r.Courriel,
	}
}

func deLien(r eleve.Responsable) Valeurs {
	return Valeurs{
		"lien": string(r.Lien), "autorite_parentale": strconv.FormatBool(r.AutoriteParentale),
		"heberge": strconv.FormatBool(r.Heberge || r.MemeAdresse), "associations": strconv.FormatBool(r.Associations),
	}
}

// responsable reads one, with the link to the pupil; where he lives is for the caller to say.
func (v Valeurs) responsable(lien Valeurs) eleve.Responsable {
	return eleve.Responsable{
		Nature: eleve.Nature(v["nature"]), Civilite: v["civilite"], NomFamille: v["nom_famille"], NomUsage: v["nom_usage"],
		Prenom: v["prenom"], Organisme: v["organisme"], Fonction: v["fonction"], TelPortable: v["tel_portable"],
		TelDomicile: v["tel_domicile"], TelTravail: v["tel_travail"], Courriel: v["courriel"],
		Lien: eleve.Lien(lien["lien"]), AutoriteParentale: lien["autorite_parentale"] == "true",
		Heberge: lien["heberge"] == "true", Associations: lien["associations"] == "true",
	}
}
