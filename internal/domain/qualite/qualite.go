// Package qualite holds the rules by which the register says that something is missing, late or doubtful (domain.md,
// annex C). The home page counts by them, the list of each rule shows its lines with the way to mend them, an inspection
// reads the figures of its schools. A rule is written once: what is counted is what is listed.
package qualite

import (
	"slices"

	"base-eleves/internal/domain/habilitation"
)

// Anomalie is one rule.
type Anomalie struct {
	Code      string // in the address of its list
	Regle     string // of annex C
	Un        string // what follows a count of one: « élève sans téléphone »
	Plusieurs string // what follows any other
	Court     string // heading of a narrow column
	Pourquoi  string // why it matters and what one does about it, in a sentence
	Action    string // the repair, in a verb

	// Accueil: counted on the home page of a directeur or of a mairie. The others are there already under another name, or
	// cost too much to be counted at each log-in.
	Accueil bool

	cible     cible
	roles     []habilitation.Role
	de        famille
	condition string
}

// Patience is how many days a school has to answer an inscription before somebody is told (A01).
const Patience = 15

var (
	ecoles      = []habilitation.Role{habilitation.Directeur, habilitation.IEN, habilitation.IA}
	avecNumero  = []habilitation.Role{habilitation.Directeur, habilitation.IA}
	direction   = []habilitation.Role{habilitation.Directeur}
	mairieSeule = []habilitation.Role{habilitation.Mairie}
)

// anomalies are in the order in which one mends them: what stops a child first, papers last.
var anomalies = []Anomalie{
	{
		Code: "inscrits-sans-reponse", Regle: "A01", Un: "enfant inscrit depuis plus de quinze jours", Plusieurs: "enfants inscrits depuis plus de quinze jours",
		Court: "Sans réponse", Pourquoi: "La famille attend la réponse de l’école\u00a0: acceptez l’admission, ou reportez-la.", Action: "Répondre",
		de: inscrits, roles: ecoles, cible: versAdmission,
	},
	{
		Code: "attendus-en-retard", Regle: "A02", Un: "enfant attendu dont la date est passée", Plusieurs: "enfants attendus dont la date est passée",
		Court: "En retard", Pourquoi: "L’enfant est là et n’est pas compté, ou il ne viendra pas\u00a0: dites lequel des deux.", Action: "Admettre",
		de: attendus, roles: ecoles, cible: versAdmission,
	},
	{
		Code: "sans-classe", Regle: "A03", Un: "élève présent sans classe", Plusieurs: "élèves présents sans classe",
		Court: "Sans classe", Pourquoi: "Sans classe, un élève ne figure sur aucune liste d’enseignant.", Action: "Répartir",
		de: presents, roles: ecoles, cible: versRepartition, condition: `p.classe_id is null`,
	},
	{
		Code: "autorite-parentale", Regle: "A07", Un: "élève sans titulaire de l’autorité parentale", Plusieurs: "élèves sans titulaire de l’autorité parentale",
		Court: "Sans autorité", Pourquoi: "Personne ne peut signer pour l’enfant\u00a0: complétez ses responsables.", Action: "Compléter",
		de: presents, roles: ecoles, cible: versResponsable, Accueil: true, condition: `not j.autorite`,
	},
	{
		Code: "telephone", Regle: "A08", Un: "élève sans téléphone", Plusieurs: "élèves sans téléphone",
		Court: "Sans tél.", Pourquoi: "Aucun responsable ne peut être appelé si l’enfant est malade.", Action: "Compléter",
		de: presents, roles: ecoles, cible: versResponsable, Accueil: true, condition: `not j.telephone`,
	},
	{
		Code: "adresse", Regle: "A09", Un: "élève sans adresse", Plusieurs: "élèves sans adresse",
		Court: "Sans adresse", Pourquoi: "Aucun courrier n’arrive, et l’entrée en 6e se fait d’après l’adresse.", Action: "Compléter",
		de: presents, roles: ecoles, cible: versAdresse, Accueil: true, condition: sansAdresse,
	},
	{
		Code: "lieu-naissance", Regle: "A04", Un: "élève dont le lieu de naissance manque", Plusieurs: "élèves dont le lieu de naissance manque",
		Court: "Naissance", Pourquoi: "Les fichiers repris le disent rarement, et l’INE s’attribue d’après lui.", Action: "Compléter",
		de: presents, roles: direction, cible: versIdentite, Accueil: true, condition: sansLieuDeNaissance,
	},
	{
		Code: "ine", Regle: "A04", Un: "élève sans INE depuis plus d’une semaine", Plusieurs: "élèves sans INE depuis plus d’une semaine",
		Court: "Sans INE", Pourquoi: "Le registre n’a pas attribué de numéro\u00a0: vérifiez l’identité si l’attente dure.", Action: "Vérifier",
		de: presents, roles: avecNumero, cible: versIdentite, Accueil: true, condition: sansNumero,
	},
	{
		Code: "ine-bloque", Regle: "A05", Un: "élève dont l’INE est bloqué", Plusieurs: "élèves dont l’INE est bloqué",
		Court: "INE bloqué", Pourquoi: "Le registre hésite entre deux enfants, ou refuse l’identité\u00a0: il attend une décision.", Action: "Décider",
		de: presents, roles: avecNumero, cible: versINE, Accueil: true, condition: numeroBloque,
	},
	{
		Code: "age", Regle: "A10", Un: "élève loin de l’âge de son niveau", Plusieurs: "élèves loin de l’âge de leur niveau",
		Court: "Âge", Pourquoi: "Plus de deux ans d’écart\u00a0: la date de naissance ou le niveau est sans doute une erreur de saisie.", Action: "Vérifier",
		de: presents, roles: ecoles, cible: versIdentite, Accueil: true, condition: loinDeLAge,
	},
	{
		Code: "dossiers-en-double", Regle: "A15", Un: "élève qui a peut-être deux dossiers", Plusieurs: "élèves qui ont peut-être deux dossiers",
		Court: "En double", Pourquoi: "Deux élèves de l’école portent le même nom et sont nés le même jour.", Action: "Comparer",
		de: presents, roles: ecoles, cible: versDossier, Accueil: true, condition: enDouble,
	},
	{
		Code: "responsables-en-double", Regle: "A17", Un: "responsable enregistré deux fois", Plusieurs: "responsables enregistrés deux fois",
		Court: "Responsables", Pourquoi: "La même personne a deux fiches\u00a0: une correction sur l’une manque à l’autre.", Action: "Comparer",
		de: doublesResponsables, roles: direction, cible: versResponsable, Accueil: true,
	},
	{
		Code: "classes-sans-enseignant", Regle: "A11", Un: "classe sans enseignant", Plusieurs: "classes sans enseignant",
		Court: "Sans enseignant", Pourquoi: "Le nom de l’enseignant figure sur les listes et les étiquettes de la classe.", Action: "Modifier",
		de: classes, roles: ecoles, cible: versClasse, Accueil: true,
	},
	{
		Code: "radies-sans-certificat", Regle: "A19", Un: "élève radié sans certificat de radiation", Plusieurs: "élèves radiés sans certificat de radiation",
		Court: "Sans certificat", Pourquoi: "La nouvelle école le demande à la famille\u00a0: imprimez-le.", Action: "Imprimer",
		de: radies, roles: ecoles, cible: versCertificat, Accueil: true,
	},
	{
		Code: "sans-passage", Regle: "A13", Un: "élève sans proposition de passage", Plusieurs: "élèves sans proposition de passage",
		Court: "Sans passage", Pourquoi: "Depuis mai, la famille attend de savoir où l’enfant ira à la rentrée.", Action: "Proposer",
		de: presents, roles: ecoles, cible: versPassages, condition: sansPassage,
	},
	{
		Code: "attestation", Regle: "A18", Un: "élève sans attestation d’assurance", Plusieurs: "élèves sans attestation d’assurance",
		Court: "Sans attestation", Pourquoi: "Une sortie facultative la demande\u00a0: réclamez-la avant de partir.", Action: "Compléter",
		de: presents, roles: direction, cible: versAssurance, condition: sansAttestation,
	},
	{
		Code: "ecoles-muettes", Regle: "A01", Un: "inscription sans réponse de l’école", Plusieurs: "inscriptions sans réponse de l’école",
		Pourquoi: "L’école ne s’est pas prononcée depuis plus de quinze jours\u00a0: relancez-la.", Action: "Voir",
		de: inscritsMairie, roles: mairieSeule, cible: versInscription, condition: `i.date_inscription < $2::date - 15`,
	},
	{
		Code: "fiches-sans-telephone", Regle: "A08", Un: "enfant inscrit sans téléphone", Plusieurs: "enfants inscrits sans téléphone",
		Pourquoi: "L’école ne pourra pas joindre la famille\u00a0: complétez la fiche tant que vous la tenez.", Action: "Compléter",
		de: fichesMairie, roles: mairieSeule, cible: versResponsable, Accueil: true, condition: `not j.telephone`,
	},
	{
		Code: "fiches-sans-autorite", Regle: "A07", Un: "enfant inscrit sans titulaire de l’autorité parentale", Plusieurs: "enfants inscrits sans titulaire de l’autorité parentale",
		Pourquoi: "Personne ne peut signer pour l’enfant\u00a0: complétez la fiche tant que vous la tenez.", Action: "Compléter",
		de: fichesMairie, roles: mairieSeule, cible: versResponsable, Accueil: true, condition: `not j.autorite`,
	},
	{
		Code: "modalite-inconnue", Regle: "A16", Un: "enfant de 3 à 16 ans dont on ignore où il est instruit", Plusieurs: "enfants de 3 à 16 ans dont on ignore où ils sont instruits",
		Pourquoi: "Il habite la commune, et aucune école ne l’a inscrit cette année\u00a0: la mairie s’informe (art. L131-6).", Action: "Ouvrir",
		de: residents, roles: mairieSeule, cible: versDossier,
	},
}

// Pour are the rules that a role reads.
func Pour(role habilitation.Role) []Anomalie {
	return slices.DeleteFunc(slices.Clone(anomalies), func(a Anomalie) bool { return !slices.Contains(a.roles, role) })
}

// Accueil are those that a role reads on its home page.
func Accueil(role habilitation.Role) []Anomalie {
	return slices.DeleteFunc(Pour(role), func(a Anomalie) bool { return !a.Accueil })
}

// Trouver is the rule of a code, if the role reads it.
func Trouver(role habilitation.Role, code string) (Anomalie, bool) {
	all := Pour(role)
	i := slices.IndexFunc(all, func(a Anomalie) bool { return a.Code == code })
	if i < 0 {
		return Anomalie{}, false
	}
	return all[i], true
}

// Nom is what follows a count.
func (a Anomalie) Nom(n int) string {
	if n > 1 {
		return a.Plusieurs
	}
	return a.Un
}

// Titre heads the list: the plural, as a sentence begins.
func (a Anomalie) Titre() string { return majuscule(a.Plusieurs) }

// Regulier tells that the rule is about présents: its lines have a niveau and a class.
func (a Anomalie) Regulier() bool { return a.de == presents }
