package editions

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

// document is a paper or a list: what it is, what it is for, where one makes it, who may.
type document struct {
	titre string
	usage string
	href  string
	droit habilitation.Droit
}

// chapitre is the documents that serve one purpose.
type chapitre struct {
	titre     string
	documents []document
}

// chapitres is all that is printed. A new document is one line here, below its own page.
var chapitres = []chapitre{
	{"Listes", []document{
		{"Toutes les listes", "Les listes prêtes pour chaque usage, et celles que vous gardez.", "/listes", habilitation.FaireListes},
		{"Extractions", "Les données des élèves, groupe par groupe, dans un tableur.", "/extractions", habilitation.Extraire},
		{"Fichiers pour un ENT", "Les élèves présents, pour un espace numérique de travail (AAF, OneRoster).", "/extractions/ent", habilitation.AlimenterENT},
		{"Nouvelle liste", "Choisissez les colonnes, les filtres, l’ordre et la feuille.", "/listes/composer", habilitation.FaireListes},
		{"Liste alphabétique", "Tous les élèves, dans l’ordre des noms.", "/listes/composer?prete=alphabetique", habilitation.FaireListes},
		{"Une feuille par classe", "Les élèves de chaque classe, à afficher.", "/listes/composer?prete=classes", habilitation.ConsulterClasses},
		{"Familles et fratries", "Une ligne par famille, avec les enfants et les responsables.", "/listes/composer?prete=familles", habilitation.FaireListes},
		{"Téléphones", "Les responsables et leurs numéros.", "/listes/composer?prete=telephones", habilitation.ModifierPeriscolaire},
		{"Élèves de l’école", "Tous les élèves, filtrés par classe, niveau ou état.", "/eleves", habilitation.ConsulterEleves},
		{"Liste d’une classe", "La feuille à afficher dans la classe ou à remettre au maître.", "/classes", habilitation.ConsulterClasses},
		{"Liste d’un groupe", "Les élèves réunis pour une activité ou une sortie.", "/groupes", habilitation.GererClasses},
		{"Inscriptions", "Les enfants inscrits par la mairie et la liste d’attente.", "/inscriptions", habilitation.ConsulterInscriptions},
		{"Élèves sans INE", "Ceux qui attendent leur numéro ou dont le numéro est bloqué.", "/ine", habilitation.SuivreINE},
		{"Arrivées et départs du mois", "L’état des mutations que l’école doit au maire.", "/mutations", habilitation.ConsulterMutations},
		{"Élèves radiés", "Ceux qui ont quitté l’école dans l’année.", "/radiations", habilitation.Radier},
		{"Enfants sans école", "Ceux qui sont partis d’une école et ne sont admis dans aucune autre.", "/sans-ecole", habilitation.ConsulterSansEcole},
	}},
	{"Certificats et attestations", []document{
		{"Certificat d’inscription", "À remettre à la famille, depuis son inscription.", "/inscriptions", habilitation.EditerInscription},
		{"Certificats de scolarité", "Pour une classe, ou pour ceux que vous cochez dans la liste des élèves.", "/eleves/certificats-scolarite", habilitation.EditerCertificats},
		{"Certificats d’une fratrie", "Les frères et sœurs ensemble\u00a0: depuis le dossier de l’un d’eux.", "/eleves?etat=admis_definitif", habilitation.EditerCertificats},
		{"Attestation de fréquentation", "Pour une période\u00a0: depuis le dossier de l’élève.", "/eleves?etat=admis_definitif", habilitation.EditerCertificats},
		{"Certificats de radiation", "Pour les élèves partis\u00a0: cochez les lignes.", "/radiations", habilitation.EditerCertificats},
		{"Certificat d’un ancien élève", "Depuis le registre, quelle que soit l’année.", "/registre", habilitation.EditerCertificats},
	}},
	{"Fiches à remplir par les familles", []document{
		{"Fiches de renseignements", "Une par foyer, remplies de ce que l’école sait, à corriger et à signer.", "/editions/fiches-renseignements", habilitation.EditerPapiers},
		{"Fiche de renseignements vierge", "Pour une famille que l’école ne connaît pas encore.", "/editions/fiche-vierge", habilitation.EditerPapiers},
		{"Fiches d’urgence", "Qui prévenir ; la santé est écrite à la main et reste sur le papier.", "/editions/fiches-urgence", habilitation.EditerPapiers},
	}},
	{"Lettres aux familles", []document{
		{"Lettres de l’école", "Réunion, rendez-vous, sortie\u00a0: vos textes, adressés à chaque foyer.", "/courriers", habilitation.EditerPapiers},
		{"Lettres de pièces manquantes", "Aux familles dont le dossier est incomplet.", "/editions/pieces-manquantes", habilitation.EditerPapiers},
	}},
	{"Récépissés", []document{
		{"Récépissés de remise", "Les pièces reçues d’une famille, ou les documents qui lui sont rendus.", "/editions/recepisses", habilitation.EditerPapiers},
		{"Récépissés de demande d’accès", "Au parent qui veut consulter ou corriger les données de son enfant.", "/editions/recepisses-droits", habilitation.EditerPapiers},
		{"Récépissé de dépôt", "À la famille qui dépose une demande d’inscription\u00a0: depuis son inscription.", "/inscriptions", habilitation.EditerInscription},
	}},
	{"Dans la classe", []document{
		{"Feuilles d’appel", "Un mois, deux demi-journées par jour.", "/editions/feuilles-appel", habilitation.EditerPapiers},
		{"Fiches de sécurité", "Qui appeler pour chaque élève.", "/editions/fiches-securite", habilitation.EditerPapiers},
		{"Listes de sortie", "Qui peut venir chercher chaque enfant.", "/editions/listes-sortie", habilitation.EditerPapiers},
		{"Listes d’évacuation", "Les noms à cocher au point de rassemblement.", "/editions/listes-evacuation", habilitation.EditerPapiers},
		{"Bilan de santé de 3 à 4 ans", "La liste pour la PMI, par date de naissance.", "/editions/liste-pmi", habilitation.EditerPapiers},
		{"Visite médicale de la sixième année", "La liste pour la médecine scolaire.", "/editions/liste-medecine-scolaire", habilitation.EditerPapiers},
		{"Trombinoscope", "Un cadre vide et un nom par élève.", "/editions/trombinoscope", habilitation.EditerPapiers},
	}},
	{"Étiquettes et enveloppes", []document{
		{"Étiquettes", "Élèves ou familles, sur les planches du commerce.", "/editions/etiquettes", habilitation.EditerPapiers},
		{"Enveloppes", "Une par foyer.", "/editions/enveloppes", habilitation.EditerPapiers},
	}},
	{"Passages et entrée en 6e", []document{
		{"Décisions de passage", "Ce qui est proposé ou décidé pour chaque élève, et les lettres aux familles.", "/passages", habilitation.DeciderPassages},
		{"Préparation de la rentrée", "Ce qui attend chaque élève l’année prochaine.", "/rentree", habilitation.DeciderPassages},
		{"Élèves de CM2", "Les dossiers à vérifier avant l’affectation au collège.", "/sixieme", habilitation.ConsulterSixieme},
	}},
	{"Élection des parents", []document{
		{"Élection au conseil d’école", "Le calendrier, la liste électorale, l’émargement, les enveloppes, le procès-verbal.", "/elections", habilitation.ConsulterElections},
	}},
	{"Registre et effectifs", []document{
		{"Fiche de l’école", "Qui, où, et combien d’élèves dans chaque classe.", "/editions/fiche-ecole", habilitation.EditerPapiers},
		{"Registre des élèves inscrits", "Toutes les entrées et sorties de l’école, numérotées.", "/registre", habilitation.ConsulterRegistre},
		{"Registre d’une année", "À dater, à signer et à garder\u00a0: entrées, sorties, présents.", "/registre/annee", habilitation.ConsulterRegistre},
		{"Effectifs", "Par niveau, classe, école, âge et commune.", "/effectifs", habilitation.ConsulterEffectifs},
		{"Fichiers d’échange", "Les élèves de l’école au format ONDE.", "/reprise", habilitation.Reprendre},
	}},
}

// chapitresPour keeps the documents that the agent may make.
func chapitresPour(agent habilitation.Agent) []ui.Chapter {
	var mine []ui.Chapter
	for _, c := range chapitres {
		kept := ui.Chapter{Title: c.titre}
		for _, d := range c.documents {
			if agent.Can(d.droit) {
				kept.Links = append(kept.Links, ui.ChapterLink{Label: d.titre, Href: d.href, Use: d.usage})
			}
		}
		if len(kept.Links) > 0 {
			mine = append(mine, kept)
		}
	}
	return mine
}
