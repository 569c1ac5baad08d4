package aide

import (
	"slices"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/web/ui"
)

// sujet is one page of help. That of a screen bears the screen's address: /aide/admissions explains /admissions.
type sujet struct {
	Code   string
	Titre  string
	Resume string
	corps  templ.Component
	refus  []refus
}

// groupe is the subjects of one chapter of the table of contents.
type groupe struct {
	Titre  string
	Sujets []sujet
}

// groupes is the whole help, in the order in which one reads it.
var groupes = []groupe{
	{"Pour commencer", []sujet{
		{"premiere-connexion", "Première connexion", "Une page à imprimer : ce qu’il vous faut, les étapes, et si quelque chose ne va pas.", nil, nil}, // a page of its own: premiere.go
		{"connexion", "Connexion et clé", "Identifiant, mot de passe, code de la clé, fin de session.", connexion(), refusConnexion},
		{"accueil", "Page d’accueil", "Ce qui vous attend, les chiffres, le calendrier de l’année.", accueil(), nil},
		{"journal", "Journal", "Ce qui est noté, vos propres accès, ce qu’un compte a vu entre deux dates.", leJournal(), refusJournal},
		{"urgence", "Arrêt d’urgence", "Fermer l’accès, passer en consultation seule, faire renouveler les mots de passe.", arretDUrgence(), refusUrgence},
		{"listes-et-formulaires", "Listes et formulaires", "Filtrer, trier, imprimer, saisir vite, corriger une erreur.", listes(), refusFormulaires},
	}},
	{"Les élèves", []sujet{
		{"eleves", "Élèves et dossier", "Chercher un élève, lire et corriger son dossier, les états.", eleves(), refusEleves},
		{"recherche", "Recherche et doublons", "Trouver un enfant malgré l’orthographe, ne jamais le saisir deux fois.", recherche(), refusRecherche},
		{"fusions", "Dossiers fusionnés", "Réunir deux dossiers d’un même enfant, les séparer de nouveau.", fusions(), refusFusions},
		{"rattachements", "Instruits hors de l’école", "CNED, hôpital, établissement spécialisé, instruction en famille.", rattachements(), refusRattachements},
		{"ine", "INE", "Le numéro de l’élève, ceux qui attendent, les numéros bloqués.", ine(), refusINE},
	}},
	{"À la mairie", []sujet{
		{"inscriptions", "Inscriptions", "Inscrire un enfant, liste d’attente, modifier, annuler.", inscriptions(), refusInscriptions},
		{"corrections", "Corrections proposées", "Proposer une correction à l’école, accepter ou refuser celles de la mairie.", corrections(), refusCorrections},
	}},
	{"À l’école", []sujet{
		{"admissions", "Admissions", "Répondre à la mairie, accepter, admettre, «\u00a0ne viendra pas\u00a0».", admissions(), refusAdmissions},
		{"classes", "Classes", "Ouvrir une classe, choisir ses niveaux, la supprimer.", classes(), refusClasses},
		{"groupes", "Groupes", "Réunir des élèves de plusieurs classes, imprimer leur liste.", groupesDEleves(), refusGroupes},
		{"dispositifs", "ULIS et UPE2A", "Ouvrir le dispositif ULIS, dire qui en bénéficie et depuis quand.", dispositifs(), refusDispositifs},
		{"repartition", "Répartition", "Composer les classes, essayer des scénarios, en publier un.", repartition(), refusRepartition},
		{"passages", "Passages", "Proposer, notifier et décider ce que chaque élève fera l’an prochain.", passages(), refusPassages},
		{"transferts", "Transferts", "Confier les élèves qui partent à leur prochaine école, accepter ceux d’une autre.", transferts(), refusTransferts},
		{"sixieme", "Entrée en 6e", "Vérifier les dossiers de CM2, suivre les affectations, radier les élèves partis.", entree6e(), refusSixieme},
		{"radiations", "Radiations", "Radier un élève qui part, revenir sur une radiation.", radiations(), refusRadiations},
		{"registre", "Registre", "Tous les élèves passés par l’école, et leurs certificats.", registre(), nil},
		{"reprise", "Reprise et échanges", "Reprendre l’école depuis un fichier, annuler, exporter au format ONDE.", reprise(), refusReprise},
		{"listes", "Composer une liste", "Choisir les colonnes, filtrer, grouper, garder, partager, imprimer.", composerUneListe(), refusListes},
		{"extractions", "Extractions", "Emporter des données dans un tableur : lesquelles, pourquoi, ce que le journal en garde.", extractions(), refusExtractions},
		{"courriers", "Lettres aux familles", "Écrire une lettre, choisir qui la reçoit, la relire, l’imprimer.", lettresAuxFamilles(), refusCourriers},
		{"elections", "Élection des parents", "Calendrier, liste électorale, candidats, émargement, résultats, procès-verbal.", elections(), refusElections},
		{"editions", "Éditions et certificats", "Tout ce qui s’imprime\u00a0: fiches, étiquettes, certificats.", certificats(), nil},
	}},
	{"Vers le collège", []sujet{
		{"affectations", "Affectation en 6e", "Donner un collège à chaque élève, par la liste ou par un fichier.", affectation6e(), refusAffectations},
		{"entrants", "Entrants en 6e", "Au collège\u00a0: récupérer les fichiers, accuser réception.", entrants6e(), refusEntrants},
		{"colleges", "Collèges et jetons", "Suivre les collèges, donner un jeton à un logiciel, le révoquer.", colleges6e(), nil},
	}},
	{"Comptes et accès", []sujet{
		{"ma-cle", "Clé et mot de passe", "Codes de secours, application sur téléphone, clé d’accès, ce qui est arrivé à son compte.", maCle(), refusMaCle},
		{"comptes", "Comptes", "Ouvrir un compte, faire la lettre d’activation, demander et accorder une habilitation.", comptes(), refusComptes},
		{"raccordements", "Raccordement des communes", "De la lettre du maire à la première connexion.", raccordements(), refusRaccordements},
		{"formations", "Formations", "Planifier, convoquer, faire émarger, noter les présents.", formations(), refusFormations},
		{"delegations", "Délégations et intérim", "Laisser un collègue agir pour l’école, avec son compte et sa clé.", delegations(), refusDelegations},
		{"cles", "Clés sécurisées", "Le stock, attribuer, remettre contre reçu, déclarer perdue, recaler.", clesSecurisees(), refusCles},
	}},
	{"Pour suivre", []sujet{
		{"sans-ecole", "Sans école", "Les enfants de 3 à 16 ans partis d’une école et admis dans aucune autre.", sansEcole(), refusSansEcole},
		{"mutations", "Mutations", "Les arrivées et les départs du mois.", mutations(), nil},
		{"effectifs", "Effectifs", "Combien d’élèves, par niveau, classe, école, âge et commune, n’importe quel jour.", effectifs(), refusEffectifs},
		{"qualite", "Qualité des données", "Ce qui manque, tarde ou se contredit, et comment le réparer.", qualite(), nil},
		{"ecoles", "Écoles", "Les écoles de votre territoire\u00a0; ouvrir, fermer, fusionner, scinder.", ecoles(), refusEcoles},
	}},
}

func find(code string) (sujet, bool) {
	for _, g := range groupes {
		if i := slices.IndexFunc(g.Sujets, func(s sujet) bool { return s.Code == code }); i >= 0 {
			return g.Sujets[i], true
		}
	}
	return sujet{}, false
}

func (s sujet) path() string { return "/aide/" + s.Code }

// etat is one of the states of domain.md §2.2, explained.
type etat struct{ Nom, Sens, Qui, Compte string }

// etats are those that this application has a screen for.
var etats = []etat{
	{inscription.EnAttente.Label(), "La demande est enregistrée, aucune place n’est donnée.", "Mairie", "Non"},
	{inscription.Inscrit.Label(), "La mairie a donné une école. L’école doit répondre.", "Mairie", "Non"},
	{scolarite.Admissible.Label(), "L’école a reporté sa réponse.", "Direction", "Non"},
	{scolarite.AdmisAccepte.Label(), "L’école attend l’enfant, à un niveau et à une date.", "Direction", "Non"},
	{scolarite.AdmisDefinitif.Label(), "L’enfant est venu. Son INE est demandé.", "Direction", "Oui"},
	{scolarite.Radie.Label(), "L’élève est parti. Le certificat de radiation est prêt.", "Direction", "Non"},
}

func etatsTable() ui.TableProps {
	t := ui.TableProps{Caption: "Les états d’un élève", Columns: []ui.Column{
		{Label: "État"}, {Label: "Ce qu’il veut dire"}, {Label: "Décidé par"}, {Label: "Compté dans les effectifs"},
	}}
	for _, e := range etats {
		t.Rows = append(t.Rows, ui.ListRow{Label: e.Nom, Cells: ui.Cells(e.Nom, e.Sens, e.Qui, e.Compte)})
	}
	return t
}

// attentes are why a number waits.
var attentes = []struct {
	etat    immatriculation.Etat
	sens, a string
}{
	{immatriculation.EnAttente, "Le registre n’a pas encore répondu.", "Personne\u00a0: il répond de lui-même"},
	{immatriculation.BloqueDoublon, "Le registre connaît un élève qui lui ressemble.", "Direction"},
	{immatriculation.EnErreur, "Le registre n’accepte pas une donnée de l’identité.", "Direction, qui corrige l’identité"},
	{immatriculation.Litige, "L’école ne sait pas si c’est le même enfant.", "IA"},
	{immatriculation.EnVerification, "L’identité a été corrigée depuis l’attribution.", "Direction, si un élève lui ressemble"},
}

func inesTable() ui.TableProps {
	t := ui.TableProps{Caption: "Pourquoi un numéro attend", Columns: []ui.Column{
		{Label: "État"}, {Label: "Ce qu’il veut dire"}, {Label: "Qui agit"},
	}}
	for _, x := range attentes {
		t.Rows = append(t.Rows, ui.ListRow{Label: x.etat.Label(), Cells: ui.Cells(x.etat.Label(), x.sens, x.a)})
	}
	return t
}

// refus is a message of refusal, as the application writes it, and what one does about it.
type refus struct{ Message, Faire string }

func refusTable(titre string, messages []refus) ui.TableProps {
	t := ui.TableProps{Caption: "Messages de refus\u00a0: " + titre, Columns: []ui.Column{{Label: "Le message"}, {Label: "Que faire"}}}
	for _, m := range messages {
		t.Rows = append(t.Rows, ui.ListRow{Label: m.Message, Cells: ui.Cells(m.Message, m.Faire)})
	}
	return t
}
