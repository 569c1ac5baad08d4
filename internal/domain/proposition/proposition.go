// Package proposition is how a mairie corrects a file once the school holds the pen: it proposes, the directeur decides
// field by field (design.md §2.4; security.md §5, rule 2). What is accepted goes through the very acts by which the
// directeur himself edits the file. A field that changes meanwhile, by whatever way, settles what was proposed for it:
// the base sees to that (migrations/0014_proposition.sql).
package proposition

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/inscription"
)

// Etat is where a proposition stands.
type Etat string

// The states.
const (
	Proposee Etat = "proposee"
	Acceptee Etat = "acceptee"
	Refusee  Etat = "refusee"
	Perimee  Etat = "perimee" // the field has changed since, or the mairie has proposed something else
)

// Label is the state as its users name it.
func (e Etat) Label() string {
	return map[Etat]string{Proposee: "À décider", Acceptee: "Acceptée", Refusee: "Refusée", Perimee: "Dépassée"}[e]
}

// MotifsRefus are why a directeur refuses; the mairie reads it.
var MotifsRefus = []inscription.Valeur{
	{Code: "verifie_exact", Label: "Vérifié auprès de la famille\u00a0: le dossier est exact"},
	{Code: "sans_justificatif", Label: "La famille n’a pas présenté de justificatif"},
	{Code: "famille_dement", Label: "La famille dément ce changement"},
	{Code: "autre_enfant", Label: "La correction concerne un autre enfant"},
}

// Valeurs are columns and their texts.
type Valeurs map[string]string

// Objet is the table that a proposition is about; an adresse is that of who lives there.
type Objet string

// The objects.
const (
	Eleve       Objet = "eleve"
	Adresse     Objet = "adresse"
	Responsable Objet = "responsable"
	Lien        Objet = "lien_responsable"
)

// rubrique is what is decided at once: a field, or several that only make sense together.
type rubrique struct {
	champ    string
	libelle  string
	colonnes []string
	mots     func(Valeurs) string // the value in words; that of the one column when nil
}

var rubriques = map[Objet][]rubrique{
	Eleve: {
		simple("nom_famille", "Nom de famille"), simple("nom_usage", "Nom d’usage"), simple("prenom", "Prénom"),
		simple("prenom2", "Deuxième prénom"), simple("prenom3", "Troisième prénom"),
		{"sexe", "Sexe", []string{"sexe"}, motsSexe},
		{"date_naissance", "Date de naissance", []string{"date_naissance"}, motsDate},
		{"naissance", "Lieu de naissance", []string{"ne_etranger", "commune_naissance_insee"}, motsNaissance},
	},
	Adresse: {
		{"adresse", "Adresse", []string{"complement", "voie", "lieu_dit", "code_postal", "commune_insee", "commune", "pays"}, motsAdresse},
	},
	Responsable: {
		{"organisme", "Organisme", []string{"nature", "organisme"}, func(v Valeurs) string { return v["organisme"] }},
		simple("civilite", "Civilité"), simple("nom_famille", "Nom de famille"), simple("nom_usage", "Nom d’usage"),
		simple("prenom", "Prénom"), simple("fonction", "Fonction"), simple("tel_portable", "Téléphone portable"),
		simple("tel_domicile", "Téléphone du domicile"), simple("tel_travail", "Téléphone du travail"), simple("courriel", "Courriel"),
	},
	Lien: {
		{"lien", "Lien avec l’enfant", []string{"lien"}, func(v Valeurs) string { return eleve.Lien(v["lien"]).Label() }},
		booleen("autorite_parentale", "Autorité parentale"), booleen("heberge", "Héberge l’enfant"),
		booleen("associations", "Coordonnées données aux associations de parents"),
	},
}

func simple(champ, libelle string) rubrique { return rubrique{champ, libelle, []string{champ}, nil} }

func booleen(champ, libelle string) rubrique {
	return rubrique{champ, libelle, []string{champ}, func(v Valeurs) string { return ouiNon(v[champ]) }}
}

func trouver(o Objet, champ string) rubrique {
	all := rubriques[o]
	if i := slices.IndexFunc(all, func(r rubrique) bool { return r.champ == champ }); i >= 0 {
		return all[i]
	}
	return simple(champ, champ)
}

// garder keeps of a row the columns of the rubrique.
func (r rubrique) garder(row Valeurs) Valeurs {
	kept := Valeurs{}
	for _, c := range r.colonnes {
		kept[c] = row[c]
	}
	return kept
}

func (r rubrique) dire(v Valeurs) string {
	if r.mots == nil {
		return v[r.champ]
	}
	return r.mots(v)
}

func motsSexe(v Valeurs) string { return map[string]string{"F": "Fille", "M": "Garçon"}[v["sexe"]] }

func motsDate(v Valeurs) string {
	t, err := time.Parse(time.DateOnly, v["date_naissance"])
	if err != nil {
		return v["date_naissance"]
	}
	return date.Court(t)
}

func motsNaissance(v Valeurs) string {
	if v["ne_etranger"] == "true" {
		return "À l’étranger"
	}
	c, ok := commune.Find(v["commune_naissance_insee"])
	if !ok {
		return v["commune_naissance_insee"]
	}
	return c.Libelle()
}

func motsAdresse(v Valeurs) string {
	pays := v["pays"]
	if pays == eleve.France {
		pays = ""
	}
	var parts []string
	for _, p := range []string{v["complement"], v["voie"], v["lieu_dit"], strings.TrimSpace(v["code_postal"] + " " + v["commune"]), pays} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

func ouiNon(b string) string {
	if b == "true" {
		return "Oui"
	}
	return "Non"
}

// Proposition is one thing proposed.
type Proposition struct {
	ID         uuid.UUID
	Lot        uuid.UUID
	EleveID    uuid.UUID
	Objet      Objet
	ObjetID    uuid.UUID
	Champ      string
	Avant      Valeurs
	Propose    Valeurs
	Etat       Etat
	MotifRefus string
	ProposeLe  time.Time
	DecideLe   *time.Time
}

// Libelle names the field.
func (p Proposition) Libelle() string { return trouver(p.Objet, p.Champ).libelle }

// Dire is a value of the field in words.
func (p Proposition) Dire(v Valeurs) string {
	return cmp.Or(trouver(p.Objet, p.Champ).dire(v), "Rien")
}

// Motif is why it was refused, in words.
func (p Proposition) Motif() string { return inscription.Libelle(MotifsRefus, p.MotifRefus) }

// Rang orders the fields as the form does.
func (p Proposition) Rang() int {
	rang := slices.Index([]Objet{Eleve, Lien, Responsable, Adresse}, p.Objet) * 100
	return rang + slices.IndexFunc(rubriques[p.Objet], func(r rubrique) bool { return r.champ == p.Champ })
}
