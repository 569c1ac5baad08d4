package onde

import (
	"slices"
	"strings"
)

// Champ is what a column holds; "" is a column left aside.
type Champ string

// Rubrique is a Champ as a person chooses it, and the headings by which files are known to call it.
type Rubrique struct {
	Champ   Champ
	Libelle string
	Groupe  string // heading of the choice: « Élève », « Responsable 1 »
	titres  []string
}

// rubriquesEleve are the columns of a file of pupils. The headings are folded by cle.
var rubriquesEleve = []Rubrique{
	{"nom_famille", "Nom de famille", "Élève", mots("nomeleve nomdefamilleeleve nomdeleleve nom nomdefamille nomfamille nomenfant nomdenaissance nomdelenfant")},
	{"nom_usage", "Nom d’usage", "Élève", mots("nomdusageeleve nomusage nomdusage nomusageeleve")},
	{"prenom", "Prénom", "Élève", mots("prenomeleve prenomdeleleve prenom prenom1 premierprenom prenomenfant prenomdelenfant")},
	{"prenom2", "Deuxième prénom", "Élève", mots("deuxiemeprenom prenom2 2eprenom 2emeprenom")},
	{"prenom3", "Troisième prénom", "Élève", mots("troisiemeprenom prenom3 3eprenom 3emeprenom")},
	{"date_naissance", "Date de naissance", "Élève", mots("datenaissance datedenaissance datedenaissanceeleve datedenaissancedeleleve neele nele neelele neeele datenaiss ddn naissance")},
	{"sexe", "Sexe", "Élève", mots("sexe sexeeleve genre civilite")},
	{"ine", "INE", "Élève", mots("ine nine ineeleve numeroine noine identifiantnationaleleve idnational")},
	{"commune_naissance", "Commune de naissance", "Élève", mots("communenaissance communedenaissance lieudenaissance lieunaissance villedenaissance")},
	{"insee_naissance", "Code INSEE de la commune de naissance", "Élève", mots("codeinseenaissance inseenaissance communenaissanceinsee")},
	{"dept_naissance", "Département de naissance", "Élève", mots("deptnaissance departementnaissance departementdenaissance")},
	{"pays_naissance", "Pays de naissance", "Élève", mots("paysnaissance paysdenaissance")},
	{"adresse", "Adresse", "Adresse", mots("adresse1 adresse voie rue adresseeleve adressedeleleve")},
	{"complement", "Complément d’adresse", "Adresse", mots("complement complementadresse complementdadresse")},
	{"code_postal", "Code postal", "Adresse", mots("cp1 codepostal cp codepostal1")},
	{"commune", "Commune", "Adresse", mots("commune1 commune ville cpville cpcommune codepostalville codepostalcommune cpetville codepostaletville codepostaletcommune")},
	{"insee", "Code INSEE de la commune", "Adresse", mots("codeinsee communeinsee insee")},
	{"pays", "Pays", "Adresse", mots("pays1 pays")},
	{"adresse2", "Seconde adresse", "Seconde adresse", mots("adresse2 secondeadresse")},
	{"code_postal2", "Code postal", "Seconde adresse", mots("cp2 codepostal2")},
	{"commune2", "Commune", "Seconde adresse", mots("commune2")},
	{"pays2", "Pays", "Seconde adresse", mots("pays2")},
	{"cycle", "Cycle", "Scolarité", mots("cycle")},
	{"niveau", "Niveau", "Scolarité", mots("niveau niveaueleve section niveauscolaire")},
	{"classe", "Classe", "Scolarité", mots("libelleclasse classe classeseleves classesdeleleve classeouregroupement classeeleve classeseleve libellecourtclasse")},
	{"classe_id", "Identifiant de la classe", "Scolarité", mots("identifiantclasse idclasse")},
	{"attestation", "Attestation d’assurance fournie", "Autorisations", mots("attestationfournie attestation attestationassurance")},
	{"associations", "Autorisation associations", "Autorisations", mots("autorisationassociations autorisationsassociations autorisationassociation")},
	{"photo", "Autorisation photo", "Autorisations", mots("autorisationphoto autorisationsphotos autorisationsphoto autorisationphotos droitalimage")},
	{"passage", "Décision de passage", "Scolarité", mots("decisiondepassage decisionpassage")},
}

// rubriquesResponsable are the columns of a file of responsables; the headings are those that the file has for him.
var rubriquesResponsable = []Rubrique{
	{"civilite", "Civilité", "Responsable", mots("civiliteresponsable civilite")},
	{"nom_famille", "Nom de famille", "Responsable", mots("nomresponsable nomdefamilleresponsable nomduresponsable nomfamilleresponsable")},
	{"nom_usage", "Nom d’usage", "Responsable", mots("nomusageresponsable nomdusageresponsable")},
	{"prenom", "Prénom", "Responsable", mots("prenomresponsable prenomduresponsable")},
	{"organisme", "Organisme", "Responsable", mots("organisme organismeresponsable")},
	{"lien", "Lien avec l’élève", "Responsable", mots("lien liendeparente lienresponsable lienaveceleve lienavecleleve lienparente")},
	{"autorite", "Autorité parentale", "Responsable", mots("autoriteparentale autorite responsablelegal")},
	{"adresse", "Adresse", "Responsable", mots("adresseresponsable adresse")},
	{"code_postal", "Code postal", "Responsable", mots("cpresponsable codepostalresponsable cp codepostal")},
	{"commune", "Commune", "Responsable", mots("communeresponsable villeresponsable commune ville")},
	{"pays", "Pays", "Responsable", mots("pays paysresponsable")},
	{"courriel", "Courriel", "Responsable", mots("courriel courrielresponsable email mail mel adressemail")},
	{"tel_domicile", "Téléphone du domicile", "Responsable", mots("telephonedomicile teldomicile telephone tel")},
	{"tel_travail", "Téléphone du travail", "Responsable", mots("telephonetravail teltravail telephoneprofessionnel")},
	{"poste", "Numéro de poste", "Responsable", mots("numerodeposte poste")},
	{"tel_portable", "Téléphone portable", "Responsable", mots("telephoneportable telportable portable mobile")},
	{"communication", "Communication de l’adresse aux associations", "Responsable", mots("communicationadresses communicationadresse")},
	{"enfant_nom_usage", "Nom d’usage de l’enfant", "Enfant", mots("nomdusageenfant nomdusageeleve nomusageenfant nomdusagedeleleve")},
	{"enfant_nom", "Nom de famille de l’enfant", "Enfant", mots("nomdefamilleenfant nomdefamilleeleve nomdeleleve nomeleve nomenfant nomdelenfant")},
	{"enfant_prenom", "Prénom de l’enfant", "Enfant", mots("prenomenfant prenomeleve prenomdeleleve prenomdelenfant")},
	{"enfant_classe", "Classe de l’enfant", "Enfant", mots("classesenfants classeseleves classesdeleleve classeenfant classesenfant classeouregroupement")},
	{"enfant_ine", "INE de l’enfant", "Enfant", mots("ineenfant ineeleve ine")},
}

func mots(s string) []string { return strings.Fields(s) }

// rubriques are those of each kind of file; a pupil's line may give responsables too.
var rubriques = map[Genre][]Rubrique{
	Eleves:       slices.Concat(rubriquesEleve, parLigne[0].rubriques(), parLigne[1].rubriques(), parLigne[2].rubriques(), parLigne[3].rubriques()),
	Responsables: rubriquesResponsable,
}

// Rubriques lists what the columns of a kind of file may hold, in the order in which one chooses.
func Rubriques(g Genre) []Rubrique { return rubriques[g] }
