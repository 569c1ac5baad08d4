package dossier

import (
	"strings"
	"time"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
)

// Regard is what a role may read of the past as of the present: security.md §5, G5 and G5bis.
type Regard struct {
	Coordonnees bool // phones and mail of the responsables
	Protegees   bool // protected addresses
}

// masque stands for what is there and may not be read.
const masque = "masqué"

// adresseProtegee stands for a protected address.
const adresseProtegee = "Adresse protégée"

// Rubriques is a block of a file in the past: its heading and its facts.
type Rubriques struct {
	Titre string
	Faits []Fait
}

// Fait is a fact and its name.
type Fait struct{ Nom, Valeur string }

// Photo is the file as it was on the evening of a day: identity and homes, responsables, contacts; none where there was
// no file yet.
func (p Passe) Photo(jour time.Time, regard Regard) []Rubriques {
	t := jour.AddDate(0, 0, 1)
	e, exists := p.Au(Objet{Table: "eleve", ID: p.eleve}, t)
	// cree_le is an instant written by the base, "2026-06-01T…": its day compares as text.
	if !exists || e["cree_le"] >= t.Format(time.DateOnly) {
		return nil
	}
	blocks := []Rubriques{{"Identité", identite(e)}, {"Domiciles", p.domiciles(e, t, regard)}}
	for _, o := range p.objets("lien_responsable", t) {
		l, _ := p.Au(o, t)
		r := p.responsable(o.ID, t)
		blocks = append(blocks, Rubriques{eleve.Lien(l["lien"]).Label(), p.facts(l, r, t, regard)})
	}
	for _, o := range p.objets("personne_autorisee", t) {
		c, _ := p.Au(o, t)
		blocks = append(blocks, Rubriques{"Personne à prévenir ou autorisée", contactFacts(c)})
	}
	return blocks
}

func identite(e Ligne) []Fait {
	lieu := "à l’étranger"
	if e["ne_etranger"] != "true" {
		lieu = nomCommune(e["commune_naissance_insee"])
	}
	return []Fait{
		{"Nom de famille", e["nom_famille"]}, {"Nom d’usage", e["nom_usage"]},
		{"Prénoms", join(" ", e["prenom"], e["prenom2"], e["prenom3"])}, {"Sexe", sexes[e["sexe"]]},
		{"Naissance", jourEcrit(e["date_naissance"]) + ", " + lieu},
	}
}

func (p Passe) domiciles(e Ligne, t time.Time, regard Regard) []Fait {
	facts := []Fait{{"Domicile", p.adresseEcrite(e["adresse_id"], t, regard)}}
	if e["adresse2_id"] != "" {
		facts = append(facts, Fait{"Second domicile", p.adresseEcrite(e["adresse2_id"], t, regard)})
	}
	return facts
}

func (p Passe) facts(l, r Ligne, t time.Time, regard Regard) []Fait {
	tel, courriel := join(" · ", r["tel_portable"], r["tel_domicile"], r["tel_travail"]), r["courriel"]
	if !regard.Coordonnees {
		tel, courriel = masquer(tel), masquer(courriel)
	}
	return []Fait{
		{"Nom", nomDe(r)}, {"Autorité parentale", ouiNon[l["autorite_parentale"]]},
		{"Adresse", p.adresseEcrite(r["adresse_id"], t, regard)}, {"Téléphone", tel}, {"Courriel", courriel},
	}
}

func contactFacts(c Ligne) []Fait {
	return []Fait{
		{"Nom", join(" ", c["nom_famille"], c["prenom"])}, {"Lien", LienContact(c["lien"]).Label()},
		{"Téléphone", join(" · ", c["tel_portable"], c["tel_domicile"], c["tel_travail"])},
		{"À prévenir", ouiNon[c["urgence"]]}, {"Autorisée à venir chercher l’enfant", ouiNon[c["autorisee"]]},
	}
}

// adresseEcrite is a home on one line, unless it is, or was then, protected from who reads.
func (p Passe) adresseEcrite(id string, t time.Time, regard Regard) string {
	a, exists := p.adresse(id, t)
	if !exists {
		return ""
	}
	if !regard.Protegees && p.protegee(id, t) {
		return adresseProtegee
	}
	return join(", ", a["complement"], a["voie"], a["lieu_dit"], join(" ", a["code_postal"], a["commune"]), etranger(a["pays"]))
}

// protegee tells whether a home was protected at t or is now: protecting it today hides where it was yesterday.
func (p Passe) protegee(id string, t time.Time) bool {
	then, _ := p.adresse(id, t)
	now, _ := p.adresse(id, demain(p))
	return then["protegee"] == "true" || now["protegee"] == "true"
}

// demain is after all that happened.
func demain(p Passe) time.Time {
	if len(p.changements) == 0 {
		return time.Time{}
	}
	return p.changements[0].Le.Add(time.Nanosecond)
}

func etranger(pays string) string {
	if pays == eleve.France {
		return ""
	}
	return pays
}

// nomDe is a responsable as he is called.
func nomDe(r Ligne) string {
	return eleve.Responsable{
		Nature: eleve.Nature(r["nature"]), Civilite: r["civilite"], NomFamille: r["nom_famille"], NomUsage: r["nom_usage"],
		Prenom: r["prenom"], Organisme: r["organisme"],
	}.NomComplet()
}

func nomCommune(insee string) string {
	if c, ok := commune.Find(insee); ok {
		return c.Libelle()
	}
	return insee
}

// jourEcrit writes a day of the base as a page does.
func jourEcrit(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return date.Court(t)
	}
	return s
}

func masquer(s string) string {
	if s == "" {
		return ""
	}
	return masque
}

// join puts together what is not empty.
func join(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
