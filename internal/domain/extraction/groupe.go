// Package extraction is the nominative file that leaves the base: which groups of fields a role may take, over which part
// of its territory, on which day, and why. The page of the extractions and the command line come here; what a column says
// and how a protected address is kept out is that of the lists.
package extraction

import (
	"slices"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/liste"
)

// Groupe is the fields that one takes together.
type Groupe struct {
	Code     string
	Titre    string
	Contenu  string // what is in it, in a few words
	colonnes []string
	roles    []habilitation.Role
}

// Numero is the group of the INE: it asks for a motive, and for one school at a time (design.md §2.3).
const Numero = "ine"

// Who takes what (security.md §5): G1, G2, G4 and G8 to all who read pupils by name, the telephones to the mairie and to
// the school, périscolaire likewise, authorisations and people to call to the school alone, the INE to the school and to
// the IA, who reveal it for a reason.
var (
	tous       = []habilitation.Role{habilitation.Mairie, habilitation.Directeur, habilitation.IEN, habilitation.IA}
	proches    = []habilitation.Role{habilitation.Mairie, habilitation.Directeur}
	ecoleSeule = []habilitation.Role{habilitation.Directeur}
	numerique  = []habilitation.Role{habilitation.Directeur, habilitation.IA}
)

var groupes = []Groupe{
	{"identite", "Identité", "noms, prénoms, sexe, date et lieu de naissance",
		[]string{"nom_famille", "nom_usage", "prenom", "prenoms", "sexe", "naissance", "lieu_naissance"}, tous},
	{"adresse", "Adresse", "voie, code postal, commune", []string{"voie", "code_postal", "commune"}, tous},
	{"scolarite", "Scolarité", "niveau, cycle, classe, état, dates", []string{"niveau", "cycle", "classe", "etat", "effet", "admission"}, tous},
	{"responsables", "Responsables", "nom et lien des deux premiers", []string{"resp1", "resp1_lien", "resp2", "resp2_lien"}, tous},
	{"coordonnees", "Coordonnées des responsables", "téléphones et courriels", []string{"resp1_tel", "resp1_courriel", "resp2_tel", "resp2_courriel"}, proches},
	{"periscolaire", "Périscolaire", "garderie, restaurant, étude, transport",
		[]string{"garderie_matin", "restaurant", "etude", "garderie_soir", "transport"}, proches},
	{"autorisations", "Assurance et autorisations", "attestation, photo, rentre seul",
		[]string{"attestation", "assureur", "responsabilite", "individuelle", "photo", "rentre_seul"}, ecoleSeule},
	{"contacts", "Personnes à prévenir", "à prévenir, autorisées à venir chercher", []string{"urgence", "autorises"}, ecoleSeule},
	{Numero, "INE", "le numéro entier, une école à la fois, avec un motif", nil, numerique},
}

// Groupes are those that a role may take.
func Groupes(role habilitation.Role) []Groupe {
	return slices.DeleteFunc(slices.Clone(groupes), func(g Groupe) bool { return !slices.Contains(g.roles, role) })
}

// Usuels are the groups with which one begins.
var Usuels = []string{"identite", "scolarite"}

// Motifs are the reasons for which names leave the base.
var Motifs = []inscription.Valeur{
	{Code: "rentree", Label: "Préparer la rentrée ou les classes"},
	{Code: "verifier", Label: "Vérifier les dossiers"},
	{Code: "familles", Label: "Écrire aux familles ou les joindre"},
	{Code: "outil", Label: "Alimenter un outil de l’école"},
	{Code: "obligation", Label: "Contrôler l’obligation d’instruction"},
	{Code: "enquete", Label: "Répondre à une enquête de l’administration"},
}

// colonnes are the columns of the groups taken, in the order of the groups, that the role may read.
func (d Demande) colonnes(role habilitation.Role) (list []liste.Colonne) {
	for _, g := range Groupes(role) {
		if !slices.Contains(d.Groupes, g.Code) {
			continue
		}
		for _, code := range g.colonnes {
			if c, known := liste.ColonneDe(liste.Eleves, code, role); known {
				list = append(list, c)
			}
		}
	}
	return list
}

// Titres are the titles of the columns of the file.
func (d Demande) Titres(role habilitation.Role) []string {
	titles := []string{"UAI", "École", "Commune de l’école"}
	for _, c := range d.colonnes(role) {
		titles = append(titles, c.Titre)
	}
	if d.prend(Numero) {
		titles = append(titles, "INE")
	}
	return titles
}
