package liste

import (
	"slices"

	"base-eleves/internal/domain/habilitation"
)

// Prete is a list made ready for all.
type Prete struct {
	Code    string
	Famille string
	Usage   string
	Definition

	roles []habilitation.Role // who would have a use for it, among those who may read its columns
}

// c names plain columns.
func c(codes ...string) (columns []Choix) {
	for _, code := range codes {
		columns = append(columns, Choix{Code: code})
	}
	return columns
}

// v is a column left blank.
func v(titre string, largeur int) Choix { return Choix{Code: Vide, Titre: titre, Largeur: largeur} }

func f(code string, values ...string) map[string][]string { return map[string][]string{code: values} }

// avec adds blank columns.
func avec(columns []Choix, blanks ...Choix) []Choix { return append(columns, blanks...) }

// identifiees are the columns with which one finds a pupil on paper.
var identifiees = []string{"nom", "naissance", "sexe", "niveau", "classe"}

// Les familles of ready lists are those of domain.md §5.10, in its order.
var pretes = []Prete{
	{"alphabetique", "Élèves", "Tous les élèves, dans l’ordre des noms.", Definition{Titre: "Liste alphabétique", Colonnes: c(identifiees...)}, tous},
	{"classes", "Élèves", "Une feuille par classe.", Definition{Titre: "Élèves par classe", Colonnes: c("nom", "naissance", "sexe", "niveau"), Groupe: "classe", Saut: true}, scolaire},
	{"niveaux", "Élèves", "Groupés par niveau.", Definition{Titre: "Élèves par niveau", Colonnes: c("nom", "naissance", "sexe", "classe", "ecole"), Groupe: "niveau"}, tous},
	{"cycles", "Élèves", "Groupés par cycle.", Definition{Titre: "Élèves par cycle", Colonnes: c("nom", "naissance", "niveau", "classe", "ecole"), Groupe: "cycle"}, tous},
	{"groupes", "Élèves", "Chacun avec les groupes dont il est.", Definition{Titre: "Élèves et groupes", Colonnes: c("nom", "niveau", "classe", "groupes")}, ecoleSeule},
	{"naissances", "Élèves", "Groupés par année de naissance.", Definition{Titre: "Élèves par date de naissance", Colonnes: c("naissance", "nom", "sexe", "niveau", "classe"), Groupe: "annee_naissance", Tri: "naissance"}, tous},
	{"anniversaires", "Élèves", "Mois par mois, dans l’ordre des jours.", Definition{Titre: "Anniversaires", Colonnes: c("nom", "naissance", "age", "classe"), Groupe: "mois", Tri: "anniversaire"}, scolaire},

	{"communes", "Domicile", "Groupés par commune de résidence.", Definition{Titre: "Élèves par commune", Colonnes: c("nom", "naissance", "niveau", "classe", "voie"), Groupe: "commune"}, tous},
	{"hors_commune", "Domicile", "Ceux qui habitent une autre commune que celle de l’école.", Definition{Titre: "Élèves hors commune", Colonnes: c("nom", "naissance", "niveau", "commune", "ecole"), Groupe: "commune", Filtres: f("hors_commune", "oui")}, tous},
	{"rues", "Domicile", "Rue par rue, pour un circuit ou un secteur.", Definition{Titre: "Élèves par rue", Colonnes: c("voie", "code_postal", "commune", "nom", "niveau"), Groupe: "commune", Tri: "rue"}, tous},
	{"transport", "Domicile", "Les élèves qui prennent le transport scolaire.", Definition{Titre: "Transport scolaire", Colonnes: c("nom", "niveau", "classe", "adresse", "telephones"), Groupe: "commune", Filtres: f("service", "transport")}, coordonnees},

	{"fratries", "Familles", "Les frères et sœurs présents dans l’école.", Definition{Titre: "Fratries", Grain: Familles, Colonnes: c("noms", "enfants", "classes", "responsables"), Filtres: f("fratrie", "oui")}, tous},
	{"familles", "Familles", "Une ligne par famille.", Definition{Titre: "Familles", Grain: Familles, Colonnes: c("noms", "enfants", "responsables", "adresse")}, tous},

	{"inscrits", "Arrivées et départs", "Inscrits par la mairie, sans réponse de l’école.", Definition{Titre: "Enfants inscrits", Colonnes: c("nom", "naissance", "niveau", "ecole", "inscrit_le", "responsables"), Filtres: f(EtatFiltre, Inscrits)}, coordonnees},
	{"attente", "Arrivées et départs", "Les enfants sans place décidée.", Definition{Titre: "Liste d’attente", Colonnes: c("nom", "naissance", "niveau", "commune", "responsables"), Filtres: f(EtatFiltre, EnAttente)}, []habilitation.Role{habilitation.Mairie}},
	{"admissibles", "Arrivées et départs", "L’école a remis sa réponse à plus tard.", Definition{Titre: "Élèves admissibles", Colonnes: c("nom", "naissance", "niveau", "ecole", "inscrit_le"), Filtres: f(EtatFiltre, "admissible")}, tous},
	{"acceptes", "Arrivées et départs", "Attendus, pas encore présents.", Definition{Titre: "Admissions acceptées", Colonnes: c("nom", "naissance", "niveau", "classe", "ecole", "effet"), Filtres: f(EtatFiltre, "admis_accepte")}, tous},
	{"presents", "Arrivées et départs", "Ceux que l’école compte aujourd’hui.", Definition{Titre: "Élèves présents", Colonnes: c("nom", "naissance", "sexe", "niveau", "classe", "ecole", "admission"), Filtres: f(EtatFiltre, "admis_definitif")}, tous},
	{"non_repartis", "Arrivées et départs", "Ceux qui attendent une classe.", Definition{Titre: "Élèves sans classe", Colonnes: c("nom", "naissance", "niveau", "etat", "ecole"), Filtres: f("non_reparti", "oui")}, scolaire},
	{"radies", "Arrivées et départs", "Partis dans l’année\u00a0: choisissez la période.", Definition{Titre: "Élèves radiés", Colonnes: c("nom", "naissance", "niveau", "classe", "radiation", "motif_radiation", "destination"), Filtres: f(EtatFiltre, "radie"), Tri: "depart"}, tous},
	{"prochaine_annee", "Arrivées et départs", "Ceux de l’année suivante, dès qu’elle est préparée.", Definition{Titre: "Élèves de la prochaine rentrée", Annee: Suivante, Colonnes: c("nom", "naissance", "sexe", "niveau", "classe"), Groupe: "niveau"}, scolaire},

	{"sans_decision", "Passages", "Ceux dont le passage n’est pas décidé.", Definition{Titre: "Passages sans décision", Colonnes: c("nom", "niveau", "classe", "ecole"), Groupe: "niveau", Filtres: f("passage", "sans")}, scolaire},
	{"decisions", "Passages", "Ce qui a été proposé ou décidé.", Definition{Titre: "Décisions de passage", Colonnes: c("nom", "niveau", "passage", "niveau_suivant", "etat_passage"), Groupe: "classe"}, scolaire},
	{"maintiens", "Passages", "Ceux qui resteraient dans leur niveau.", Definition{Titre: "Maintiens", Colonnes: c("nom", "naissance", "niveau", "classe", "ecole", "etat_passage"), Filtres: f("passage", "maintien")}, scolaire},
	{"quittants", "Passages", "Ceux dont la prochaine école est une autre.", Definition{Titre: "Élèves qui quittent l’école", Colonnes: c("nom", "naissance", "niveau", "passage", "ecole"), Filtres: f("passage", "quittant")}, scolaire},

	{"cm2", "Vers l’école suivante", "Les CM2, avec ce que le collège demande.", Definition{Titre: "Élèves de CM2", Colonnes: c("nom", "naissance", "sexe", "classe", "adresse", "responsables"), Filtres: f("niveau", "CM2")}, scolaire},
	{"gs", "Vers l’école suivante", "Les grandes sections, pour l’élémentaire.", Definition{Titre: "Élèves de grande section", Colonnes: c("nom", "naissance", "sexe", "classe", "adresse", "responsables"), Filtres: f("niveau", "GS")}, tous},

	{"responsables", "Responsables et contacts", "Une ligne par responsable, avec ses enfants.", Definition{Titre: "Responsables", Grain: Responsables, Colonnes: c("nom", "enfants", "telephones", "courriel", "adresse")}, coordonnees},
	{"telephones", "Responsables et contacts", "Les téléphones, classe par classe.", Definition{Titre: "Téléphones", Colonnes: c("nom", "resp1", "resp1_tel", "resp2", "resp2_tel"), Groupe: "classe", Saut: true}, coordonnees},
	{"urgence", "Responsables et contacts", "Qui prévenir, classe par classe.", Definition{Titre: "Personnes à prévenir", Colonnes: c("nom", "telephones", "urgence"), Groupe: "classe", Saut: true}, ecoleSeule},
	{"autorises", "Responsables et contacts", "Qui peut venir chercher chaque enfant.", Definition{Titre: "Personnes autorisées", Colonnes: c("nom", "responsables", "autorises", "rentre_seul"), Groupe: "classe", Saut: true}, ecoleSeule},
	{"associations", "Responsables et contacts", "Ceux qui acceptent que leurs coordonnées soient données.", Definition{Titre: "Accords pour les associations de parents", Grain: Responsables, Colonnes: c("nom", "enfants", "courriel", "adresse"), Filtres: f("associations", "oui")}, ecoleSeule},

	{"photos", "Assurance et autorisations", "L’autorisation de chacun, par classe.", Definition{Titre: "Autorisations de photo", Colonnes: c("nom", "photo", "rentre_seul"), Groupe: "classe", Saut: true}, ecoleSeule},
	{"attestations", "Assurance et autorisations", "Ceux dont l’attestation manque.", Definition{Titre: "Attestations d’assurance manquantes", Colonnes: avec(c("nom", "classe", "assureur", "telephones"), v("Reçue le", 25)), Filtres: f("sans_attestation", "oui")}, ecoleSeule},
	{"sans_telephone", "Assurance et autorisations", "Les élèves sans aucun téléphone de responsable.", Definition{Titre: "Élèves sans téléphone", Colonnes: avec(c("nom", "classe", "responsables"), v("Téléphone", 45)), Filtres: f("sans_telephone", "oui")}, coordonnees},

	{"periscolaire", "Périscolaire", "Tous les services de chacun.", Definition{Titre: "Périscolaire", Colonnes: c("nom", "niveau", "classe", "ecole", "services", "telephones"), Groupe: "ecole", Filtres: f("service", "un")}, coordonnees},
	{"restaurant", "Périscolaire", "Le restaurant, avec une case par jour.", Definition{Titre: "Restaurant scolaire", Colonnes: avec(c("nom", "niveau", "classe"), v("Lun.", 14), v("Mar.", 14), v("Mer.", 14), v("Jeu.", 14), v("Ven.", 14)), Groupe: "ecole", Filtres: f("service", "restaurant")}, coordonnees},
	{"garderie", "Périscolaire", "La garderie du soir, avec l’heure de départ.", Definition{Titre: "Garderie du soir", Colonnes: avec(c("nom", "niveau", "telephones"), v("Heure", 20), v("Signature", 40)), Groupe: "ecole", Filtres: f("service", "garderie_soir")}, coordonnees},

	{"dispositifs", "Dispositifs", "Les élèves de l’ULIS.", Definition{Titre: "Élèves de l’ULIS", Colonnes: c("nom", "naissance", "niveau", "classe", "ecole"), Filtres: f("dispositif", "ulis")}, scolaire},

	{"emargement", "Présence", "Une feuille par classe, avec une case pour signer.", Definition{Titre: "Feuille de présence de la rentrée", Colonnes: avec(c("nom", "naissance", "niveau"), v("Présent", 20), v("Remarque", 50)), Groupe: "classe", Saut: true}, ecoleSeule},
	{"evacuation", "Présence", "Une feuille par classe, pour compter au point de rassemblement.", Definition{Titre: "Liste d’évacuation", Colonnes: avec(c("nom", "sexe"), v("Compté", 22), v("Absent", 22)), Groupe: "classe", Saut: true}, ecoleSeule},

	{"sans_ine", "Suivi", "Ceux qui n’ont pas encore leur numéro.", Definition{Titre: "Élèves sans INE", Colonnes: c("nom", "naissance", "niveau", "classe", "ecole", "etat_ine"), Filtres: f("sans_ine", "oui")}, numerique},
	{"pmi", "Suivi", "Les enfants de 4\u00a0ans dans l’année, pour la PMI.", Definition{Titre: "Bilan de santé en école maternelle", Colonnes: c("nom", "naissance", "sexe", "classe", "ecole", "adresse", "responsables"), Filtres: f("ages", "4")}, scolaire},
	{"medecine_scolaire", "Suivi", "Les enfants de 6\u00a0ans dans l’année, pour la santé scolaire.", Definition{Titre: "Visite médicale de la sixième année", Colonnes: c("nom", "naissance", "sexe", "classe", "ecole", "adresse", "responsables"), Filtres: f("ages", "6")}, scolaire},
}

// Pretes are the ready lists of a role, each with the columns that it may read. One whose filters or grouping it may not
// use would be another list: it is left out.
func Pretes(role habilitation.Role) (list []Prete) {
	for _, p := range pretes {
		mine := p.Definition.Pour(role)
		if slices.Contains(p.roles, role) && len(mine.Filtres) == len(p.Filtres) {
			p.Definition = mine
			list = append(list, p)
		}
	}
	return list
}

// PreteDe is a ready list by its code, if the role has it.
func PreteDe(code string, role habilitation.Role) (Prete, bool) {
	for _, p := range Pretes(role) {
		if p.Code == code {
			return p, true
		}
	}
	return Prete{}, false
}
