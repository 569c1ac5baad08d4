package modele

import "pgregory.net/rapid"

// transition is one of those of domain.md §2.3: its rule in the model, and the act of the application.
type transition struct {
	nom  string
	agir func(x *essai, t *rapid.T, nom string)
}

// transitions are drawn the more often the nearer they are to the head of the list: what comes late in the year first.
var transitions = []transition{
	{"suivre un passage", (*essai).suivrePassage},
	{"le temps passe", (*essai).passer},
	{"proposer un passage", (*essai).proposer},
	{"préparer la rentrée", (*essai).preparer},
	{"radier", (*essai).radier},
	{"rétablir", (*essai).retablir},
	{"affecter", (*essai).affecter},
	{"reprendre un dossier", (*essai).reprendre},
	{"pointer présent", (*essai).pointerPresent},
	{"demander une libération", (*essai).demanderLiberation},
	{"décider d’une libération", (*essai).deciderLiberation},
	{"proposer un transfert", (*essai).proposerTransfert},
	{"accepter un transfert", (*essai).accepterTransfert},
	{"annuler un transfert", (*essai).annulerTransfert},
	{"décliner ou retirer un transfert", (*essai).cloreTransfert},
	{"affecter en sixième", (*essai).affecterSixieme},
	{"recevoir en sixième", (*essai).recevoir},
	{"radier qui entre en sixième", (*essai).radierSixieme},
	{"composer une répartition", (*essai).composer},
	{"publier une répartition", (*essai).publier},
	{"radier plusieurs", (*essai).radierPlusieurs},
	{"annuler un départ", (*essai).annulerDepart},
	{"annuler une publication", (*essai).annulerPublication},
	{"annuler une affectation en sixième", (*essai).annulerSixieme},
	{"rouvrir une remise", (*essai).rouvrirSixieme},
	{"répondre à une libération", (*essai).repondreLiberation},
	{"annuler une préparation", (*essai).annulerPreparation},
	{"instruire hors de l’école", (*essai).attacher},
	{"restructurer puis annuler", (*essai).restructurer},
	{"inscrire un enfant connu", (*essai).inscrireConnu},
	{"accepter", (*essai).accepter},
	{"admettre", (*essai).admettre},
	{"inscrire un nouvel enfant", (*essai).inscrireNouveau},
	{"admettre directement", (*essai).admettreNouveau},
	{"mettre en admissibilité", (*essai).reporter},
	{"modifier une inscription", (*essai).modifier},
	{"annuler une inscription", (*essai).annulerInscription},
	{"retirer une acceptation", (*essai).retirer},
	{"ne viendra pas", (*essai).abandonner},
	{"pointer non venu", (*essai).pointerNonVenu},
	{"pointer renonce", (*essai).pointerRenonce},
	{"dépointer", (*essai).depointer},
	{"revenir sur un passage", (*essai).revenir},
	{"donner l’avis de l’IEN", (*essai).aviser},
	{"trancher un recours", (*essai).trancher},
	{"rouvrir un recours", (*essai).revenirTrancher},
	{"retirer une libération", (*essai).retirerLiberation},
	{"finir une instruction hors de l’école", (*essai).finirPeriode},
	{"corriger une instruction hors de l’école", (*essai).corrigerPeriode},
	{"supprimer une instruction hors de l’école", (*essai).retirerPeriode},
}
