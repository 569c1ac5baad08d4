package aide

// The messages about pupils and schools are those of internal/domain, word for word: a test finds each of them
// in the sources.

var refusFormulaires = []refus{
	{"Quelqu’un a modifié ces informations depuis que vous avez ouvert la page.", "Comparez les deux versions affichées. Envoyez à nouveau pour garder la vôtre."},
	{"Ce formulaire a déjà été enregistré, avec d’autres réponses.", "Ouvrez le dossier pour voir ce qui est enregistré."},
	{"Écrivez la date comme 12/04/2018 ou 120418.", "Le jour vient d’abord, puis le mois et l’année."},
	{"Cette date n’existe pas.", "Vérifiez le jour et le mois\u00a0: avril n’a que trente jours."},
	{"Cette page n’existe pas, ou elle ne relève pas de votre territoire.", "Vérifiez pour qui vous agissez, dans le bandeau."},
	{"Votre rôle ne donne pas accès à cette page.", "L’aide dit quel rôle fait cet acte."},
	{"La base de données ne répond pas.", "Gardez la page ouverte. Envoyez à nouveau dans un instant."},
}

var refusEleves = []refus{
	{"L’école tient maintenant ce dossier\u00a0: demandez-lui la correction.", "La mairie écrit tant que l’école n’a pas accepté l’admission."},
	{"Un élève garde au moins un responsable\u00a0: ajoutez-en un autre avant de retirer celui-ci.", "Ajoutez d’abord le nouveau responsable."},
	{"Indiquez la commune de naissance, ou cochez «\u00a0né à l’étranger\u00a0».", "Le pays de naissance n’est pas enregistré."},
	{"L’école accueille les enfants de 2 à 14 ans\u00a0: vérifiez l’année de naissance.", "Une année à deux chiffres a pu être mal comprise."},
	{"Écrivez le téléphone comme 05 62 12 34 56 ou +34 612 345 678.", "Un numéro de l’étranger commence par +."},
}

var refusEffectifs = []refus{
	{"Cette liste est trop longue pour un fichier\u00a0: choisissez une école ou un niveau.", "Un fichier de noms contient au plus 5\u00a0000 élèves."},
}

var refusExtractions = []refus{
	{"Cochez au moins un groupe de données.", "Commencez par « Identité »."},
	{"Dites pourquoi : l’INE, ou les élèves de plusieurs écoles, ne sortent pas sans motif.", "Choisissez un motif de la liste. Il est noté au journal."},
	{"L’INE ne sort que pour une école à la fois.", "Choisissez une école dans le périmètre, ou retirez l’INE."},
	{"Le fichier ne tient pas les règles de son format\u00a0: il n’est pas donné.", "Corrigez les dossiers de la liste, puis refaites le fichier."},
	{"Cette demande n’attend plus votre accord\u00a0: elle a été décidée, abandonnée, ou vient de vous.", "Rechargez «\u00a0Fichiers préparés\u00a0» pour voir où elle en est."},
	{"Cinq fichiers sont déjà en préparation\u00a0: attendez, ou abandonnez-en un.", "Ouvrez «\u00a0Fichiers préparés\u00a0»."},
	{"Ce fichier n’est plus disponible\u00a0: demandez-le à nouveau.", "Un fichier est effacé un jour après avoir été préparé."},
	{"Votre rôle ne peut pas emporter ces données.", "La page ne propose que les groupes de votre rôle."},
}

var refusRecherche = []refus{
	{"Tapez au moins deux lettres d’un nom, une date de naissance ou un téléphone.", "Une seule lettre désigne trop d’enfants."},
	{"Une année seule désigne trop d’enfants\u00a0: ajoutez un nom.", "Dans une école, l’année seule suffit."},
	{"Vous avez cherché trente enfants hors de votre territoire en dix minutes …", "Attendez quelques minutes. Vos saisies sont enregistrées sans attendre."},
	{"Indiquez la date de naissance, par exemple 12/04/2018.", "Hors de votre territoire, il faut le nom, le prénom et la date."},
}

var refusFusions = []refus{
	{"Ce dossier a été réuni à un autre\u00a0: corrigez celui qui le remplace.", "La page mène au dossier qui le remplace."},
	{"L’un de ces dossiers a déjà été fusionné.", "Ouvrez les dossiers fusionnés pour le retrouver."},
	{"Cette fusion a déjà été défaite.", "Les deux dossiers sont déjà séparés."},
}

var refusINE = []refus{
	{"Une autre école a encore cet élève\u00a0: l’inspection académique doit décider.", "Répondez «\u00a0Je ne sais pas\u00a0»\u00a0: elle tranchera."},
	{"L’inspection académique traite ce litige\u00a0: vous lirez ici sa réponse.", "Attendez, ou reprenez le cas."},
	{"Quelqu’un a déjà répondu pour cet élève ressemblant.", "La réponse donnée est au bas de la page."},
	{"On ne peut plus revenir sur cette réponse.", "Trente jours ont passé, ou un autre en a décidé depuis."},
}

var refusInscriptions = []refus{
	{"Cet enfant a déjà une inscription en cours pour cette année scolaire.", "Modifiez cette inscription, ou annulez-la d’abord."},
	{"Choisissez une école de la commune.", "On inscrit dans les écoles de sa commune seulement."},
	{"Cette école n’a pas de …", "Choisissez une école qui ouvre ce niveau."},
	{"L’école a déjà répondu à cette inscription\u00a0: demandez-lui la correction.", "Après la réponse de l’école, la mairie ne modifie plus l’inscription."},
	{"Cette inscription est annulée.", "Faites une nouvelle inscription."},
	{"Le registre connaît déjà un enfant qui lui ressemble. Est-ce le même\u00a0?", "Répondez pour chacun\u00a0: le même, un autre enfant, ou un autre enfant dont on ne reparlera plus."},
	{"Cet enfant n’est pas inscrit dans une école de la commune\u00a0: il n’y a rien à certifier.", "Le certificat attend qu’une école soit choisie."},
	{"Indiquez au moins un responsable.", "Une personne, ou un organisme comme l’aide sociale à l’enfance."},
}

var refusAdmissions = []refus{
	{"Acceptez d’abord l’admission\u00a0: le niveau et la date d’effet sont nécessaires.", "Acceptez l’admission, puis admettez l’élève."},
	{"On admet un élève présent\u00a0: cette date est dans l’avenir.", "Attendez le jour de sa venue, ou corrigez la date."},
	{"La date d’admission précède la date d’effet.", "Choisissez la date d’effet ou une date suivante."},
	{"Cet élève est encore présent dans une autre école\u00a0: elle doit d’abord le radier.", "Appelez l’autre école. L’admission passera après sa radiation."},
	{"Cet enfant est sur la liste d’attente de la mairie\u00a0: elle doit d’abord l’inscrire dans l’école.", "Prévenez la mairie."},
	{"Le registre connaît déjà un enfant qui lui ressemble. Est-ce le même\u00a0?", "Comparez la commune et l’école. Si c’est le même, vous reprendrez son dossier."},
	{"Cet élève est venu\u00a0: s’il est parti, radiez-le.", "«\u00a0Ne viendra pas\u00a0» est pour un enfant jamais venu."},
	{"Cet élève n’est plus attendu.", "Quelqu’un a noté entre-temps qu’il ne viendra pas, ou son départ."},
}

var refusClasses = []refus{
	{"Une autre classe porte déjà ce nom cette année.", "Choisissez un autre nom court."},
	{"Des élèves de ce niveau sont placés dans la classe\u00a0: déplacez-les d’abord.", "Ouvrez la répartition et changez-les de classe."},
	{"Des élèves ont été placés dans cette classe\u00a0: elle ne peut plus être supprimée.", "Renommez-la, ou laissez-la vide."},
	{"Nommez cet enseignant, ou videz la ligne.", "Un service ou des jours ont été saisis sans nom."},
	{"Ce qui a été repris est modifié ou reçoit des élèves\u00a0: supprimez-le ligne à ligne.", "Une copie ne s’annule que si personne n’y a travaillé."},
}

var refusPassages = []refus{
	{"Notifiez d’abord la proposition à la famille.", "Notez le jour où elle a été prévenue."},
	{"Seul un élève de CM2 passe en sixième\u00a0; au CM1, choisissez le passage anticipé.", "Choisissez le passage, ou le passage anticipé."},
	{"Un seul maintien ou passage anticipé dans la scolarité primaire (code de l’éducation, art. D. 321-6)\u00a0: un second demande l’avis de l’inspecteur.", "Attendez l’avis de l’IEN, ou cochez «\u00a0L’inspecteur a donné son avis\u00a0»."},
	{"L’élève est déjà admis dans l’année que cette décision a ouverte\u00a0: annulez d’abord cette admission, ou radiez-le pour admission erronée.", "Le jour même, «\u00a0Annuler\u00a0» au pointage suffit."},
	{"Une autre école attend cet élève l’an prochain\u00a0: la décision change une fois qu’elle y a renoncé.", "Demandez-lui d’annuler son acceptation, puis corrigez la décision."},
	{"L’inspection académique a enregistré la décision de la commission\u00a0: elle seule la modifie.", "Écrivez à l’inspection académique."},
	{"Dites pourquoi la décision est corrigée.", "Écrivez quelques mots\u00a0: la correction et sa raison restent dans l’historique."},
}

var refusRepartition = []refus{
	{"Seul un élève dont l’admission est acceptée peut être placé dans une classe.", "Acceptez d’abord son admission."},
	{"La classe …", "Choisissez une classe de son niveau, ou ajoutez le niveau à la classe."},
	{"Cochez au moins deux élèves.", "Une règle «\u00a0ensemble\u00a0» ou «\u00a0séparés\u00a0» porte sur plusieurs élèves."},
	{"Un élève choisi n’est plus à répartir\u00a0: il est parti, ou ne viendra pas.", "Rechargez la page, puis recommencez sans lui."},
	{"Ce scénario ne change rien à la répartition en vigueur.", "Il n’y a rien à publier."},
	{"Un déplacement ne peut plus être annulé au-delà de 30 jours.", "Déplacez les élèves à nouveau."},
	{"Une année garde douze scénarios au plus\u00a0: supprimez-en un.", "Un scénario supprimé se rétablit pendant 30 jours."},
}

var refusEcoles = []refus{
	{"Des élèves restent dans l’école qui ferme\u00a0: transférez-les ou fusionnez-la d’abord.", "L’aperçu de la décision les compte."},
	{"En cours d’année, cette décision s’exécute le jour venu.", "À l’avance, on n’exécute que pour une rentrée, au 1er septembre."},
	{"Une école porte déjà ce code UAI.", "Vérifiez le code, ou choisissez cette école."},
	{"Cette commune ou cette circonscription n’est pas du département.", "L’école dépend d’une autre inspection académique."},
	{"D’autres actes ont suivi\u00a0: annulez-les d’abord.", "Quelqu’un travaille déjà dans la nouvelle école."},
}

var refusTransferts = []refus{
	{"L’école choisie est fermée.", "Choisissez l’école qui la remplace."},
	{"Il est déjà proposé à une école.", "Retirez d’abord cette proposition."},
	{"Une autre école l’attend déjà.", "Si elle se trompe, elle annule d’abord son admission."},
	{"La mairie l’a inscrit dans une autre école.", "Voyez avec la mairie et la famille quelle école est la bonne."},
	{"Il est sur la liste d’attente de la mairie, qui doit d’abord l’inscrire.", "Prévenez la mairie\u00a0: elle lit le transfert sur sa page d’accueil."},
	{"Cet élève n’est plus proposé.", "Son école l’a retiré, ou une réponse est déjà donnée\u00a0: rechargez la page."},
	{"La libération d’un de ces élèves a été demandée\u00a0: sur sa page d’admission, dites d’abord qu’il ne viendra pas.", "Les autres réponses s’annulent ensuite."},
	{"Un de ces élèves est de nouveau inscrit pour cette rentrée\u00a0: la mairie annule d’abord cette inscription.", "Voyez avec la mairie quelle inscription est la bonne."},
}

var refusRadiations = []refus{
	{"L’école peut encore répondre\u00a0: vous déciderez après le délai de trois jours ouvrés.", "La demande viendra sur votre accueil quand ce sera à vous."},
	{"L’autre école a déjà annoncé son départ\u00a0: vous pourrez l’admettre ce jour-là.", "Attendez ce jour, puis admettez l’enfant."},
	{"À cette date, l’élève n’était pas encore dans l’autre école.", "Vérifiez la date d’arrivée avec la famille."},
	{"Seul un élève présent peut être radié\u00a0; un élève attendu «\u00a0ne viendra pas\u00a0».", "Ouvrez les admissions et choisissez «\u00a0Ne viendra pas\u00a0»."},
	{"La date de radiation précède l’admission.", "Vérifiez la date d’admission dans le dossier."},
	{"Cette date est trop lointaine\u00a0: au plus tard le …", "L’année suivante se prépare par les passages."},
	{"Le départ de cet élève est annoncé\u00a0: annulez-le d’abord.", "Il reste présent jusqu’au jour de son départ."},
	{"Plusieurs écoles répondent\u00a0: choisissez dans cette liste.", "Ouvrez la liste «\u00a0École où il va\u00a0»."},
	{"Aucune école ne répond à ces mots\u00a0: écrivez son numéro, ou son nom et sa commune.", "Sinon, écrivez la destination en toutes lettres."},
	{"La fin de cycle ne vaut que pour la GS et le CM2\u00a0: choisissez un autre motif pour le …", "Décochez cet élève, ou choisissez un autre motif."},
	{"Un départ de plusieurs élèves ne s’annule plus au-delà de 30 jours\u00a0: annulez la radiation de chacun.", "Ouvrez chaque élève dans la liste des radiations."},
	{"L’élève est radié de cette école\u00a0: choisissez-en une autre.", "L’école de destination est celle où il va."},
}

var refusSixieme = []refus{
	{"Le collège n’a pas encore reçu cet élève.", "Attendez son accusé de réception, ou radiez l’élève depuis «\u00a0Radiations\u00a0»."},
}

var refusAffectations = []refus{
	{"Un même élève est demandé dans deux collèges\u00a0: gardez-en un.", "Le registre n’affecte un élève qu’à un seul collège."},
	{"Un de ces élèves n’est plus à affecter\u00a0: il a quitté son école, ou n’entre pas en sixième.", "Rechargez la liste\u00a0: elle ne montre que les élèves à affecter."},
	{"Ces élèves sont déjà affectés à ce collège.", "Il n’y a rien à changer."},
	{"Ce fichier a des lignes fausses\u00a0: corrigez-les, puis envoyez-le de nouveau. Rien n’est changé.", "Chaque ligne fausse est montrée avec son remède."},
	{"Des affectations ont changé depuis cet aperçu\u00a0: relisez-le, puis appliquez.", "L’aperçu affiché est à jour."},
	{"Des affectations ne peuvent plus être annulées au-delà de 30 jours.", "Affectez de nouveau les élèves à leur ancien collège."},
}

var refusEntrants = []refus{
	{"La saison n’est pas ouverte\u00a0: les dates sont sur la page des entrants.", "L’inspection académique règle ces dates."},
	{"Aucun de ces élèves n’a de responsable légal\u00a0: SIECLE refuserait le fichier.", "Prévenez les écoles\u00a0: elles complètent les dossiers."},
	{"Ces élèves sont déjà reçus, ou la saison n’est plus ouverte.", "Si un fichier manque, demandez à l’inspection académique de rouvrir la remise."},
}

var refusCorrections = []refus{
	{"Rien ne diffère de ce qui est enregistré\u00a0: il n’y a rien à proposer.", "Changez au moins une rubrique du formulaire."},
	{"Vous tenez encore ce dossier\u00a0: corrigez-le directement.", "L’école n’a pas encore accepté l’admission."},
	{"Cette adresse n’est pas communiquée à votre service\u00a0: vous ne pouvez pas la corriger.", "Dites-le à l’école\u00a0: elle seule la voit."},
	{"Choisissez le motif du refus.", "La mairie le lit avec votre réponse."},
}

var refusReprise = []refus{
	{"Ce fichier n’est ni un fichier CSV ni un classeur XLSX.", "Enregistrez-le dans l’un de ces formats, sans mot de passe."},
	{"Cet enfant a déjà un dossier hors de votre école.", "Admettez-le depuis «\u00a0Admissions\u00a0», une fois radié de son ancienne école."},
	{"Cet enfant attend la réponse de l’école.", "Répondez d’abord à la mairie."},
	{"Des dossiers de l’école ont changé depuis cet aperçu.", "Relisez le nouvel aperçu, puis appliquez."},
	{"Vous avez relu vingt fois un fichier depuis une heure\u00a0: attendez un peu avant de recommencer.", "Corrigez toutes les lignes avant de renvoyer le fichier."},
}

var refusRattachements = []refus{
	{"Cet élève est présent dans une école\u00a0: radiez-le d’abord, avec ce motif.", "Seuls l’hôpital et l’établissement spécialisé se partagent avec une classe."},
	{"Cet enfant est déjà instruit hors de l’école à ces dates.", "Mettez fin à la première période, ou corrigez ses dates."},
	{"Aucune école de votre département ne porte ce code.", "Laissez vide pour rattacher l’enfant au département."},
	{"Sans école de référence, l’enfant habite une commune de votre département.", "Corrigez l’adresse, ou donnez le code d’une école de référence."},
	{"Cet enfant a un dossier hors de votre territoire\u00a0: c’est à qui le tient de noter l’instruction hors de l’école.", "Demandez-le à l’école qui tient le dossier, ou à l’IA de son département."},
}

var refusGroupes = []refus{
	{"Un autre groupe porte déjà ce nom cette année.", "Choisissez un autre nom."},
	{"Ce nom dirait la religion, l’origine ou la santé des élèves\u00a0: choisissez-en un autre.", "La loi exclut ces informations du registre, même dans un nom."},
	{"Un des élèves cochés n’est plus dans l’école cette année\u00a0: rechargez la liste.", "Il a été radié, ou son admission annulée."},
}

var refusDispositifs = []refus{
	{"L’école n’a pas de dispositif ULIS cette année-là\u00a0: ouvrez-le d’abord.", "Choisissez l’année, puis «\u00a0Ouvrir le dispositif ULIS\u00a0»."},
	{"Cet élève bénéficie déjà de ce dispositif à ces dates.", "Corrigez les dates de la première période."},
	{"Cet élève n’est pas dans l’école à cette date.", "Choisissez un jour de l’année où il est inscrit."},
	{"Des élèves bénéficient de ce dispositif cette année\u00a0: mettez d’abord fin à chaque période.", "Cochez-les et choisissez «\u00a0Mettre fin\u00a0»."},
}

var refusListes = []refus{
	{"Choisissez au moins une colonne.", "Ouvrez «\u00a0Ajouter des colonnes\u00a0», puis cochez ce que la liste doit montrer."},
	{"Donnez un nom à la liste.", "Vous la retrouverez sous ce nom dans la page Listes."},
	{"Cette liste est trop longue pour un fichier\u00a0: choisissez une école ou un niveau.", "Un PDF contient 3\u00a0000 lignes au plus, un tableur 20\u00a0000."},
	{"Une autre personne a fait cette liste\u00a0: elle seule peut cesser de la partager.", "Composez la vôtre et gardez-la sous un autre nom."},
}

var refusCourriers = []refus{
	{"Donnez un titre à la lettre.", "Vous la retrouverez sous ce titre dans la page Lettres."},
	{"Indiquez l’objet de la lettre.", "Une ligne qui dit de quoi parle la lettre, par exemple\u00a0: Sortie au musée."},
	{"Écrivez le texte de la lettre.", "Partez d’une lettre à recopier si vous ne savez pas comment commencer."},
	{"Une accolade ou un crochet n’est pas fermé\u00a0: écrivez par exemple {prenom} ou [date].", "Fermez chaque { par } et chaque [ par ], sur la même ligne."},
	{"Aucune lettre à imprimer\u00a0: choisissez d’autres destinataires.", "Retirez un filtre, ou revenez à tous les élèves."},
	{"Plus de 500\u00a0élèves répondent à ces choix\u00a0: prenez une classe ou un niveau.", "Imprimez classe par classe."},
}

var refusSansEcole = []refus{
	{"Choisissez où l’enfant a été retrouvé.", "Un enfant retrouvé l’est quelque part\u00a0: choisissez dans la liste."},
	{"Un lieu ne se dit que d’un enfant retrouvé.", "Choisissez «\u00a0Retrouvé\u00a0», ou videz le lieu."},
}

var refusElections = []refus{
	{"On vote avant la fin de la septième semaine, au plus tard le …", "Choisissez une autre date, ou le motif d’un vote plus tardif."},
	{"Le bureau de vote reste ouvert au moins quatre heures de suite", "Ces heures comprennent l’entrée ou la sortie des élèves."},
	{"La liste s’arrête vingt jours francs avant le vote, au plus tard le …", "Reportez le vote, puis arrêtez la liste."},
	{"La liste électorale a été arrêtée trop tard pour cette date\u00a0: rouvrez-la d’abord.", "Rouvrez-la, ou choisissez une date plus lointaine."},
	{"L’école n’a aucune classe cette année, donc aucun siège\u00a0: ouvrez d’abord ses classes.", "Il y a autant de sièges que de classes."},
	{"Des demandes ou des candidatures s’appuient sur cette liste\u00a0: elle ne se rouvre plus.", "Notez une demande d’ajout ou de retrait."},
	{"Une liste se dépose dix jours francs avant le vote, au plus tard le …", "Reportez le vote, si le bureau des élections le décide."},
	{"Un candidat se remplace huit jours francs avant le vote, au plus tard le …", "Retirez celui qui renonce\u00a0: la liste reste valable avec deux candidats."},
	{"Une liste compte au moins deux candidats", "Ajoutez un candidat éligible."},
	{"Les votants sont les bulletins blancs ou nuls et les suffrages des listes, ensemble\u00a0: recomptez.", "Reprenez le dépouillement, liste par liste."},
	{"Les résultats sont proclamés\u00a0: rien ne change plus.", "Reprenez d’abord les résultats, sur leur page."},
	{"Cette élection est annulée\u00a0: rien ne change plus.", "Retirez l’annulation si elle est une erreur, ou préparez une nouvelle élection."},
	{"Les résultats ne sont pas proclamés\u00a0: il n’y a rien à annuler.", "Une annulation porte sur des résultats proclamés."},
	{"L’élection de cette année est déjà préparée\u00a0: ouvrez-la.", "Une annulation ne se retire plus quand la nouvelle élection est préparée."},
	{"Arrêtez d’abord la liste électorale\u00a0: on n’émarge que sur une liste arrêtée.", "Le projet de liste se lit à l’écran."},
}
