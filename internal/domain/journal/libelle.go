package journal

import "strings"

// libelles are the acts as one reads them.
var libelles = map[Acte]string{
	Consulter: "Dossier ouvert", Reveler: "Donnée masquée affichée", ChercherAilleurs: "Recherche hors du territoire", Creer: "Création",
	Modifier: "Modification", Supprimer: "Suppression", Inscrire: "Inscription", MettreEnAttente: "Mise en attente",
	AnnulerInscription: "Inscription annulée", MettreEnAdmissible: "Retour en admissibilité", AccepterAdmission: "Admission acceptée",
	AnnulerAdmission: "Admission annulée", Admettre: "Admission définitive", Affecter: "Placement en classe",
	DeciderPassage: "Décision de passage", AviserPassage: "Avis sur un passage", TrancherPassage: "Recours tranché",
	ReglerCampagne: "Calendrier des passages", NoterNonVenu: "Élève non venu", PreparerRentree: "Rentrée préparée",
	AnnulerRentree: "Rentrée annulée", ProposerTransfert: "Transfert proposé", RepondreTransfert: "Réponse à un transfert",
	AnnulerTransfert: "Transfert annulé", Restructurer: "Décision sur une école", Radier: "Radiation", AnnulerRadiation: "Radiation annulée",
	AnnoncerDepart: "Départ annoncé", DemanderLiberation: "Libération demandée", RetirerLiberation: "Demande retirée",
	RefuserLiberation: "Libération refusée", Liberer: "Élève libéré", RejeterLiberation: "Demande rejetée",
	NoterSansEcole: "Constat sans école", RetirerConstat: "Constat retiré", Editer: "Document édité", Exporter: "Liste exportée",
	ComparerINE: "Dossiers comparés", MemeEnfant: "Même enfant", AutreEnfant: "Autre enfant", DemanderIA: "Question à l’inspection",
	RevenirSurINE: "Retour sur une réponse", CorrigerINE: "INE corrigé", Distinguer: "Enfants distingués", Importer: "Reprise d’un fichier",
	AnnulerImport: "Reprise annulée", Proposer: "Correction proposée", DeciderProposition: "Correction décidée",
	ReglerCommune: "Réglage d’une commune", Completer: "Dossier complété", Fusionner: "Dossiers réunis", DefaireFusion: "Dossiers séparés",
	PublierRepartition: "Répartition publiée", ProposerRepartition: "Répartition proposée", AnnulerRepartition: "Répartition annulée",
	EnregistrerOpposition: "Opposition enregistrée", LeverOpposition: "Opposition levée", ProtegerAdresse: "Adresse protégée",
	ExecuterRestructuration: "Décision exécutée", AnnulerRestructuration: "Décision annulée", Attacher: "Rattachement", Detacher: "Fin de rattachement",
	ReglerSixieme: "Campagne de 6e", AffecterSixieme: "Affectation en 6e", AnnulerSixieme: "Affectation annulée",
	RecevoirSixieme: "Fichiers du collège", AccuserSixieme: "Réception confirmée", RouvrirSixieme: "Envoi rouvert", CreerJeton: "Jeton créé",
	RevoquerJeton: "Jeton révoqué", PreparerElection: "Élection préparée", ArreterListe: "Liste électorale arrêtée",
	RouvrirListe: "Liste électorale rouverte", Reclamer: "Réclamation", Statuer: "Réclamation jugée", DeposerListe: "Liste déposée",
	RetirerListe: "Liste retirée", Extraire: "Extraction", Prouver: "Identité prouvée de nouveau", RefuserPreuve: "Preuve refusée",
	SeConnecter: "Connexion", RefuserConnexion: "Connexion refusée", TerminerSession: "Session terminée", PoserArret: "Arrêt d’urgence",
	LeverArret: "Arrêt levé", RenouvelerSecrets: "Mots de passe à renouveler", ProclamerElection: "Élection proclamée",
	ReprendreResultats: "Résultats repris", AnnulerElection: "Élection annulée", RetablirElection: "Annulation retirée", LireJournal: "Journal lu", Sonder: "Adresse inconnue ou hors du territoire",
	CreerCompte: "Compte créé", RenouvelerActivation: "Lettre d’activation refaite", SuspendreCompte: "Compte suspendu",
	ReactiverCompte: "Compte réactivé", DemanderHabilitation: "Habilitation demandée", AccorderHabilitation: "Habilitation accordée",
	RefuserHabilitation: "Habilitation refusée", RetirerHabilitation: "Habilitation retirée", Deleguer: "Délégation donnée",
	TraiterAlerte:     "Alerte traitée",
	RetirerDelegation: "Délégation révoquée", RefaireSecours: "Codes de secours refaits", ServirSecours: "Code de secours utilisé",
	LireAvis: "Avis lus à la connexion", EnrolerCle: "Application de codes mise en service",
	ChangerMotDePasse: "Mot de passe changé", AjouterAcces: "Clé d’accès ajoutée", RetirerAcces: "Clé d’accès retirée",
	DemanderFichier: "Fichier demandé", TelechargerFichier: "Fichier téléchargé", AbandonnerFichier: "Fichier abandonné",
	ApprouverSortie: "Sortie approuvée", RefuserSortie: "Sortie refusée",
	DemanderRaccordement: "Raccordement demandé", RetirerRaccordement: "Demande de raccordement retirée", DeciderRaccordement: "Raccordement décidé",
	PlanifierFormation: "Formation planifiée", AnnulerFormation: "Formation annulée", ConvoquerFormation: "Convocation à une formation",
	NoterPresence: "Présence notée",
}

// Libelle is the act as one reads it.
func (a Acte) Libelle() string {
	if s := libelles[a]; s != "" {
		return s
	}
	return strings.ReplaceAll(string(a), "_", " ")
}

// objets are the objects that the journal names, as one reads them.
var objets = map[string]string{
	"eleve": "Élève", "scolarite": "Scolarité", "scenario": "Scénario", "inscription": "Inscription", "classe": "Classe",
	"transfert": "Transfert", "responsable": "Responsable", "passage": "Passage", "groupe": "Groupe", "election": "Élection",
	"affectation_6e": "Affectation en 6e", "adresse": "Adresse", "rentree": "Rentrée", "registre": "Registre", "operation": "Reprise",
	"liste": "Liste", "lien_responsable": "Responsable", "jeton_6e": "Jeton", "immatriculation": "INE", "compte": "Compte",
	"arret": "Arrêt d’urgence", "session": "Session", "sans_ecole": "Sans école", "rattachement": "Rattachement", "fusion": "Fusion",
	"extraction": "Extraction", "ent": "Fichier ENT", "effectif": "Effectif", "ecole": "École", "commune": "Commune",
	"departement": "Département", "depart": "Départ", "habilitation": "Habilitation", "cle": "Clé", "document": "Document",
	"alerte": "Alerte", "page": "Page", "formation": "Formation",
	"travail": "Fichier préparé",
}

// Objet is an object as one reads it.
func Objet(objet string) string {
	if s := objets[objet]; s != "" {
		return s
	}
	return strings.ReplaceAll(objet, "_", " ")
}

// motifs are those of the refusals of the log-in.
var motifs = map[string]string{
	"mot_de_passe": "mot de passe inexact", "code": "code inexact", "secours": "code de secours inexact", "rejeu": "code déjà utilisé", "acces": "clé d’accès refusée", "copie": "clé d’accès peut-être copiée", "intrusion": "intrusion ou tentative",
	"exercice": "exercice", "comptes": "comptes compromis", "donnees": "données fausses ou perdues", "autre": "autre",
	"normal": "usage normal", "explique": "expliqué", "arrete": "accès arrêté", "violation": "violation de données",
}

// Motif is a motive as one reads it: a code that nobody names stays as it is.
func Motif(code string) string {
	if s := motifs[code]; s != "" {
		return s
	}
	return strings.ReplaceAll(code, "_", " ")
}
