package aide

// The messages about accounts, keys and what they open are those of internal/domain, word for word: a test finds each of them
// in the sources.

var refusConnexion = []refus{
	{"Identifiant ou mot de passe incorrect.", "Vérifiez la touche des majuscules. La réponse est la même pour un compte inconnu."},
	{"Trop d’essais. Réessayez dans …", "Attendez le délai indiqué. Il s’allonge à chaque nouvelle erreur."},
	{"Ce code n’est pas le bon. Recopiez celui que la clé affiche en ce moment.", "Attendez le code suivant, puis recopiez-le sans tarder."},
	{"Ce mot de passe n’est pas le bon.", "La page vous redemande qui vous êtes : tapez le mot de passe de votre compte."},
	{"Ce code a déjà servi. Attendez que la clé en affiche un nouveau.", "Un code ne sert qu’une fois\u00a0: attendez trente secondes."},
	{"Trop de codes faux\u00a0: cette clé est suspendue.", "Quelqu’un connaît peut-être votre mot de passe\u00a0: voyez le service informatique."},
	{"Ce mot de passe n’est plus valable\u00a0: il fallait le changer à temps. Demandez une lettre au service informatique.", "Une lettre dure sept jours. Votre compte n’est pas perdu."},
	{"Choisissez au moins 15 caractères. Une phrase de quelques mots convient.", "Quatre ou cinq mots sans rapport entre eux suffisent."},
	{"Ce formulaire n’est plus valable\u00a0: la session a changé depuis qu’il a été ouvert.", "Revenez en arrière, rechargez la page, puis recommencez."},
}

var refusJournal = []refus{
	{"Dites ce que vous avez constaté.", "Choisissez une des suites proposées. Elle est notée au journal."},
	{"Cette alerte porte sur votre compte\u00a0: une autre personne la traite.", "Prévenez un collègue, ou l’inspection académique."},
	{"Cette alerte est déjà traitée.", "Quelqu’un d’autre l’a examinée avant vous."},
	{"Le dernier jour vient après le premier.", "Choisissez un premier jour plus ancien."},
}

var refusUrgence = []refus{
	{"Choisissez ce qu’il faut arrêter.", "Dans le doute, fermez l’accès\u00a0: l’arrêt se lève d’un clic."},
	{"Choisissez pour qui.", "Du plus large au plus étroit\u00a0: le département, un rôle, une circonscription, une commune."},
	{"Choisissez un motif.", "Il est noté au journal, sans autre détail."},
	{"Cet arrêt est déjà levé.", "Quelqu’un d’autre l’a levé avant vous."},
}

var refusMaCle = []refus{
	{"Une clé vous est attribuée\u00a0: mettez-la d’abord en service, à la connexion suivante.", "Son premier code la met en service. Changez ensuite."},
	{"Cette clé d’accès n’a pas été reconnue. Réessayez, ou recopiez le code de votre clé.", "Elle ne sert qu’au site où elle a été faite, dans les cinq minutes."},
	{"Cette clé d’accès a peut-être été copiée\u00a0: elle est suspendue. Adressez-vous au service informatique.", "Deux appareils s’en sont servis. Le service la rétablit ou l’arrête."},
	{"Votre navigateur n’a pas donné de clé d’accès valable. Réessayez.", "La page a pu rester ouverte plus de cinq minutes."},
	{"Cette clé d’accès est déjà enregistrée.", "Un appareil donne une clé par compte. Une clé retirée ne revient pas."},
	{"Vous avez déjà dix clés d’accès. Retirez celles qui ne servent plus.", "La date du dernier usage aide à choisir."},
	{"C’est votre seule clé\u00a0: sans elle, vous n’entreriez plus. Ajoutez-en une autre d’abord.", "Une application ou une autre clé d’accès suffit."},
	{"Ce code de secours n’est pas le bon, il a déjà servi, ou votre clé est suspendue.", "Essayez le suivant de votre feuille. Chacun ne sert qu’une fois."},
}

var refusRaccordements = []refus{
	{"La lettre du maire n’est pas datée d’un jour à venir.", "Recopiez la date de la lettre."},
	{"La demande est décidée\u00a0: l’inspection académique revient d’abord sur sa décision.", "Demandez-lui de la reprendre, puis corrigez."},
	{"La décision vient après la demande, et pas dans l’avenir.", "Vérifiez l’année des deux dates."},
}

var refusFormations = []refus{
	{"Écrivez l’heure comme 14h ou 9h30.", "Les minutes peuvent manquer."},
	{"Il y a déjà plus de personnes convoquées que de places.", "Décommandez quelques personnes, ou gardez plus de places."},
	{"Il n’y a pas assez de places\u00a0: ajoutez-en, ou planifiez une autre formation.", "Personne n’a été convoqué\u00a0: cochez moins de personnes."},
	{"Cette formation a eu lieu\u00a0: notez plutôt les absents.", "La liste garde ceux qui étaient attendus."},
	{"Cette formation n’a pas encore eu lieu.", "Les présences se notent le jour même, ou après."},
}

var refusComptes = []refus{
	{"Ce fichier a des lignes fausses\u00a0: corrigez-les, puis envoyez-le de nouveau. Rien n’est changé.", "L’aperçu dit chaque faute, et quoi écrire à la place."},
	{"Un de ces comptes est en service ou suspendu\u00a0: sa lettre se refait depuis sa page.", "Une lettre nouvelle ferme l’ancien mot de passe\u00a0: un compte en service se traite un par un."},
	{"Faites les lettres par cinquante au plus.", "Imprimez les premières, puis cochez les suivantes."},
	{"Cet identifiant est déjà pris. Choisissez-en un autre, ou laissez la case vide.", "La case vide propose un identifiant libre."},
	{"Un identifiant n’est ni un code UAI ni un code INSEE\u00a0: ces numéros sont publics.", "Prenez le prénom et le nom, ou un identifiant au hasard."},
	{"Aucun territoire de votre département ne répond à ce nom ou à ce code.", "Tapez le code UAI de l’école, ou le nom de la commune."},
	{"Plusieurs territoires répondent\u00a0: choisissez, ou donnez le code.", "La page propose ceux qui répondent."},
	{"Cette personne a déjà cette habilitation, ou l’attend, à ces dates.", "Voyez la liste sur la page du compte."},
	{"Qui administre les comptes ne lit pas les dossiers. Une personne n’est pas du service informatique et d’ailleurs aux mêmes dates.", "Terminez d’abord l’autre habilitation, ou changez les dates."},
	{"Une autre personne de l’inspection académique décide de ce que vous avez demandé, et de vos propres habilitations.", "Demandez à un collègue de l’inspection."},
	{"Une de ces demandes a été décidée entre-temps.", "La liste à jour s’affiche\u00a0: cochez de nouveau."},
	{"Cette habilitation n’est plus ouverte, ou vous ne pouvez pas la retirer.", "L’inspection académique retire ce qu’elle a accordé. Le service suspend le compte."},
	{"Demandez à un collègue du service\u00a0: nul ne renouvelle son propre mot de passe ici.", "Un collègue du service fait la lettre."},
	{"Ce compte est déjà suspendu, ou c’est le vôtre.", "Nul ne suspend son propre compte."},
}

var refusDelegations = []refus{
	{"Aucun compte ouvert de votre département ne porte cet identifiant. Demandez-le à votre collègue.", "Un collègue sans compte en demande un au service informatique."},
	{"Une délégation ne se donne ni à un agent de mairie, ni à un collège.", "Ils ne lisent pas tout ce que lit l’école."},
	{"Une délégation ne se donne pas au service informatique\u00a0: qui administre les comptes ne lit pas les dossiers.", "Choisissez un collègue de l’école."},
	{"Ce compte n’a pas de clé sécurisée. Votre collègue la demande au service informatique.", "La vôtre ne se prête pas."},
	{"Cette personne peut déjà agir pour cette école à ces dates.", "Révoquez d’abord la délégation en cours."},
	{"Une délégation dure au plus un an.", "Au-delà, l’inspection académique accorde une habilitation."},
	{"Vous agissez vous-même par délégation\u00a0: seule la direction ou l’inspection académique délègue.", "Demandez-la à la direction."},
}

var refusCles = []refus{
	{"Aucun compte de votre département ne porte cet identifiant.", "Cherchez la personne parmi les comptes, puis recopiez son identifiant."},
	{"Une autre clé est déjà attribuée à ce compte. Reprenez-la d’abord.", "Une personne n’attend qu’une clé à la fois."},
	{"Ces deux codes ne se suivent pas, ou la clé est trop décalée\u00a0: remplacez-la.", "Relisez deux codes, l’un juste après l’autre, avant de la remplacer."},
	{"Une application ne revient pas en stock\u00a0: le téléphone de son titulaire en affiche toujours les codes.", "Laissez-la restituée\u00a0: elle n’ouvre plus rien."},
	{"Une clé d’accès ne se remet ni ne se rend\u00a0: son titulaire la retire lui-même.", "Déclarée perdue ou suspendue, elle n’ouvre plus rien."},
	{"Une clé porte déjà ce numéro de série.", "Ce fichier, ou un autre qui contient la même clé, est déjà entré en stock."},
	{"Ce secret n’est écrit ni en hexadécimal ni en base32.", "Le tableur l’a peut-être changé en nombre\u00a0: mettez la colonne au format texte."},
}
