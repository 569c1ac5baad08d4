package dossier

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rattachement"
)

// Recit is a change told: about what, before, after.
type Recit struct {
	ID       int64
	Rubrique string
	Avant    string
	Apres    string
}

// rubrique names a column and says how its values read.
type rubrique struct {
	nom string
	dit func(string) string // nil for a text
}

var (
	ouiNon = map[string]string{"true": "Oui", "false": "Non"}
	sexes  = map[string]string{"F": "Fille", "M": "Garçon"}
)

func mot(words map[string]string) func(string) string {
	return func(v string) string { return words[v] }
}

var (
	bool2    = mot(ouiNon)
	telPart  = map[string]rubrique{"tel_portable": {"Portable", nil}, "tel_domicile": {"Téléphone du domicile", nil}, "tel_travail": {"Téléphone du travail", nil}}
	personne = map[string]rubrique{"civilite": {"Civilité", nil}, "nom_famille": {"Nom", nil}, "nom_usage": {"Nom d’usage", nil}, "prenom": {"Prénom", nil}}
)

// rubriques are the columns that the history tells; the others are of no concern to who reads it.
var rubriques = map[string]map[string]rubrique{
	"eleve": {
		"nom_famille": {"Nom de famille", nil}, "nom_usage": {"Nom d’usage", nil}, "prenom": {"Prénom", nil},
		"prenom2": {"Deuxième prénom", nil}, "prenom3": {"Troisième prénom", nil}, "sexe": {"Sexe", mot(sexes)},
		"date_naissance": {"Date de naissance", jourEcrit}, "ne_etranger": {"Né à l’étranger", bool2},
		"commune_naissance_insee": {"Commune de naissance", nomCommune},
		"adresse_id":              {"Domicile", nil}, "adresse2_id": {"Second domicile", nil},
	},
	"adresse": {
		"complement": {"complément", nil}, "voie": {"voie", nil}, "lieu_dit": {"lieu-dit", nil}, "code_postal": {"code postal", nil},
		"commune": {"commune", nil}, "pays": {"pays", nil}, "protegee": {"adresse protégée", bool2},
	},
	"responsable": merge(telPart, personne, map[string]rubrique{
		"organisme": {"Organisme", nil}, "fonction": {"Fonction", nil}, "courriel": {"Courriel", nil}, "adresse_id": {"Adresse", nil},
	}),
	"lien_responsable": {
		"lien": {"Lien", func(v string) string { return eleve.Lien(v).Label() }}, "autorite_parentale": {"Autorité parentale", bool2},
		"heberge": {"Héberge l’enfant", bool2}, "associations": {"Associations de parents", bool2}, "rang": {"Ordre", nil},
	},
	"personne_autorisee": merge(telPart, personne, map[string]rubrique{
		"lien":    {"Lien", func(v string) string { return LienContact(v).Label() }},
		"urgence": {"À prévenir en cas d’urgence", bool2}, "autorisee": {"Autorisée à venir chercher l’enfant", bool2}, "rang": {"Ordre", nil},
	}),
	"periscolaire": {
		"garderie_matin": {"Garderie du matin", bool2}, "garderie_soir": {"Garderie du soir", bool2}, "etude": {"Étude surveillée", bool2},
		"restaurant": {"Restaurant scolaire", bool2}, "transport": {"Transport scolaire", bool2},
	},
	"autorisation": {
		"assureur": {"Compagnie d’assurance", nil}, "num_contrat": {"Numéro de contrat", nil},
		"responsabilite_civile": {"Responsabilité civile", bool2}, "individuelle_accident": {"Individuelle accident", bool2},
		"attestation_fournie": {"Attestation fournie", bool2}, "photo": {"Peut être pris en photo", bool2}, "rentre_seul": {"Rentre seul(e)", bool2},
	},
	"opposition": {"levee_le": {"Opposition levée le", jourEcrit}, "reference": {"Référence de la levée", nil}},
	"beneficiaire": {
		"dispositif": {"Dispositif", func(v string) string { return dispositif.Dispositif(v).Sens() }},
		"debut":      {"Dispositif depuis", jourEcrit}, "fin": {"Dispositif jusqu’au", jourEcrit},
	},
	"rattachement": {
		"modalite": {"Instruit hors de l’école", func(v string) string { return rattachement.Modalite(v).Label() }},
		"debut":    {"Instruit hors de l’école depuis", jourEcrit}, "fin": {"Instruit hors de l’école jusqu’au", jourEcrit},
	},
}

// objets are what is added or taken away as a whole.
var objets = map[string]string{
	"lien_responsable": "Responsable", "personne_autorisee": "Personne à prévenir ou autorisée", "periscolaire": "Périscolaire",
	"autorisation": "Assurance et autorisations", "opposition": "Opposition à la radiation",
	"rattachement": "Instruction hors de l’école", "beneficiaire": "Dispositif",
}

func merge(parts ...map[string]rubrique) map[string]rubrique {
	all := map[string]rubrique{}
	for _, p := range parts {
		for k, v := range p {
			all[k] = v
		}
	}
	return all
}

// Recits tells the changes, the latest first. A home or a person shared with others counts while it was this file's.
func (p Passe) Recits(regard Regard) []Recit {
	var list []Recit
	told := map[Objet]time.Time{} // what was taken away, told once and not column by column
	for _, c := range p.changements {
		r, ok := p.recit(c, regard)
		if last, again := told[c.objet()]; !ok || c.Operation == retrait && again && last.Equal(c.Le) {
			continue
		}
		if c.Operation == retrait {
			told[c.objet()] = c.Le
		}
		list = append(list, r)
	}
	return list
}

func (p Passe) recit(c Changement, regard Regard) (Recit, bool) {
	switch sujet, ok := p.sujet(c); {
	case !ok:
		return Recit{}, false
	case c.Operation == ajout && (sujet == "" || c.Precision != ""):
		return Recit{c.ID, or(sujet, objets[c.Objet]), "", "renseigné"}, true
	case c.Operation == ajout:
		return Recit{c.ID, objets[c.Objet], "", sujet}, true
	case c.Operation == retrait:
		return Recit{c.ID, objets[c.Objet], sujet, "retiré"}, true
	default:
		return p.modification(c, sujet, regard)
	}
}

func (p Passe) modification(c Changement, sujet string, regard Regard) (Recit, bool) {
	col, ok := rubriques[c.Objet][c.Champ]
	if !ok {
		return Recit{}, false
	}
	r := Recit{ID: c.ID, Rubrique: join(" : ", sujet, col.nom), Avant: p.dit(c, col, c.Avant, c.Le, regard),
		Apres: p.dit(c, col, c.Apres, c.Le.Add(time.Nanosecond), regard)}
	return r, r.Avant != r.Apres || r.Avant == masque || r.Avant == adresseProtegee
}

// dit is a value in words, or hidden from who may not read it. t is when it was so.
func (p Passe) dit(c Changement, col rubrique, v *string, t time.Time, regard Regard) string {
	switch {
	case v == nil:
		return ""
	case strings.HasPrefix(c.Champ, "adresse"):
		return p.adresseEcrite(*v, t, regard)
	case c.Objet == "adresse" && c.Champ != "protegee" && !regard.Protegees && p.protegee(c.ObjetID.String(), c.Le):
		return adresseProtegee
	case !regard.Coordonnees && c.Objet == "responsable" && (strings.HasPrefix(c.Champ, "tel_") || c.Champ == "courriel"):
		return masquer(*v)
	case col.dit != nil:
		return col.dit(*v)
	}
	return *v
}

// sujet is whom or what a change is about, "" for the pupil; false when it was not this file's at that time.
func (p Passe) sujet(c Changement) (string, bool) {
	before, after := c.Le, c.Le.Add(time.Nanosecond)
	switch c.Objet {
	case "responsable", "lien_responsable":
		return or(nomDe(p.responsable(c.ObjetID, after)), nomDe(p.responsable(c.ObjetID, before))), p.lie(c.ObjetID, before) || p.lie(c.ObjetID, after)
	case "adresse":
		sujet := or(p.habitant(c.ObjetID, before), p.habitant(c.ObjetID, after))
		return sujet, sujet != ""
	case "personne_autorisee":
		l, exists := p.Au(c.objet(), after)
		if !exists {
			l, _ = p.Au(c.objet(), before)
		}
		return join(" ", l["nom_famille"], l["prenom"]), true
	case "periscolaire", "autorisation":
		a, err := ecole.ParseAnnee(c.Precision)
		return objets[c.Objet] + " " + a.Libelle(), err == nil
	}
	return "", true
}

// lie tells whether a responsable was the pupil's just before t.
func (p Passe) lie(id uuid.UUID, t time.Time) bool {
	_, exists := p.Au(Objet{Table: "lien_responsable", ID: id}, t)
	return exists
}

// habitant is who of the file lived at a home just before t; "" for nobody.
func (p Passe) habitant(id uuid.UUID, t time.Time) string {
	e, _ := p.Au(Objet{Table: "eleve", ID: p.eleve}, t)
	switch id.String() {
	case e["adresse_id"]:
		return "Domicile"
	case e["adresse2_id"]:
		return "Second domicile"
	}
	for _, o := range p.objets("lien_responsable", t) {
		if r := p.responsable(o.ID, t); r["adresse_id"] == id.String() {
			return "Adresse de " + nomDe(r)
		}
	}
	return ""
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
