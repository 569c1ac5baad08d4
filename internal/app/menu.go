package app

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// menu is the main menu: some ten entries, which stay where they are. An entry that has parts opens on the first that the
// agent may read, and shows them all on each of its pages.
var menu = []httpx.MenuEntry{
	{Label: "Accueil", Href: "/", Droit: habilitation.Accueil, Aide: "accueil"},
	{Label: "Élèves", Sous: []httpx.MenuEntry{
		{Label: "Élèves", Href: "/eleves", Droit: habilitation.ConsulterEleves},
		{Label: "Hors de l’école", Href: "/rattachements", Droit: habilitation.ConsulterRattachements},
		{Label: "Sans INE", Href: "/ine", Droit: habilitation.SuivreINE},
		{Label: "Corrections", Href: "/propositions", Droit: habilitation.ConsulterPropositions, Aide: "corrections"},
		{Label: "Dossiers réunis", Href: "/fusions", Droit: habilitation.Fusionner},
		{Label: "Reprise", Href: "/reprise", Droit: habilitation.Reprendre},
	}},
	{Label: "Inscriptions", Href: "/inscriptions", Droit: habilitation.ConsulterInscriptions},
	{Label: "Admissions", Sous: []httpx.MenuEntry{
		{Label: "Admissions", Href: "/admissions", Droit: habilitation.ConsulterArrivees},
		{Label: "Pointage", Href: "/pointage", Droit: habilitation.Admettre, Aide: "admissions"},
	}},
	{Label: "Classes", Sous: []httpx.MenuEntry{
		{Label: "Classes", Href: "/classes", Droit: habilitation.ConsulterClasses, Annee: true},
		{Label: "Groupes", Href: "/groupes", Droit: habilitation.GererClasses, Annee: true},
		{Label: "ULIS et UPE2A", Href: "/dispositifs", Droit: habilitation.ConsulterClasses, Annee: true},
		{Label: "Répartition", Href: "/repartition", Droit: habilitation.Repartir, Annee: true},
	}},
	{Label: "Passages et 6e", Sous: []httpx.MenuEntry{
		{Label: "Passages", Href: "/passages", Droit: habilitation.ConsulterPassages},
		{Label: "Rentrée", Href: "/rentree", Droit: habilitation.DeciderPassages, Aide: "passages"},
		{Label: "Entrée en 6e", Href: "/sixieme", Droit: habilitation.ConsulterSixieme},
		{Label: "Affectations", Href: "/affectations", Droit: habilitation.AffecterSixieme},
		{Label: "Collèges", Href: "/colleges", Droit: habilitation.GererJetons},
		{Label: "Entrants en 6e", Href: "/entrants", Droit: habilitation.RecevoirEntrants},
	}},
	{Label: "Mouvements", Sous: []httpx.MenuEntry{
		{Label: "Radiations", Href: "/radiations", Droit: habilitation.Radier},
		{Label: "Libérations", Href: "/liberations", Droit: habilitation.ConsulterLiberations, Aide: "radiations"},
		{Label: "Transferts", Href: "/transferts", Droit: habilitation.ConsulterTransferts},
		{Label: "Mutations", Href: "/mutations", Droit: habilitation.ConsulterMutations},
		{Label: "Sans école", Href: "/sans-ecole", Droit: habilitation.ConsulterSansEcole},
		{Label: "Registre", Href: "/registre", Droit: habilitation.ConsulterRegistre},
	}},
	{Label: "Éditions", Sous: []httpx.MenuEntry{
		{Label: "Éditions", Href: "/editions", Droit: habilitation.ConsulterEditions, Avec: []string{"/eleves/certificats-scolarite"}},
		{Label: "Listes", Href: "/listes", Droit: habilitation.FaireListes},
		{Label: "Extractions", Href: "/extractions", Droit: habilitation.Extraire},
		{Label: "Fichiers préparés", Href: "/fichiers", Droit: habilitation.SuivreFichiers, Aide: "extractions"},
		{Label: "Lettres", Href: "/courriers", Droit: habilitation.EditerPapiers},
		{Label: "Élection des parents", Href: "/elections", Droit: habilitation.ConsulterElections},
	}},
	{Label: "Effectifs", Href: "/effectifs", Droit: habilitation.ConsulterEffectifs},
	{Label: "Écoles", Sous: []httpx.MenuEntry{
		{Label: "Écoles", Href: "/ecoles", Droit: habilitation.ConsulterEcoles},
		{Label: "Ouvertures et fusions", Href: "/ecoles/decisions", Droit: habilitation.Restructurer, Aide: "ecoles"},
	}},
	{Label: "Comptes", Sous: []httpx.MenuEntry{
		{Label: "Comptes", Href: "/comptes", Droit: habilitation.ConsulterComptes},
		{Label: "À accorder", Href: "/comptes/habilitations", Droit: habilitation.AccorderHabilitations, Aide: "comptes"},
		{Label: "Communes", Href: "/raccordements", Droit: habilitation.ConsulterComptes},
		{Label: "Formations", Href: "/formations", Droit: habilitation.ConsulterComptes},
		{Label: "Délégations", Href: "/delegations", Droit: habilitation.Deleguer},
		{Label: "Clés", Href: "/cles", Droit: habilitation.GererCles},
	}},
	{Label: "Mon compte", Compte: true, Sous: []httpx.MenuEntry{
		{Label: "Mes sessions", Href: "/sessions", Droit: habilitation.Accueil, Aide: "connexion"},
		{Label: "Clé et mot de passe", Href: "/ma-cle", Droit: habilitation.Accueil},
		{Label: "Mes accès", Href: "/journal", Droit: habilitation.Accueil},
	}},
	{Label: "Journal", Sous: []httpx.MenuEntry{
		{Label: "Alertes", Href: "/journal/alertes", Droit: habilitation.TraiterAlertes, Aide: "journal"},
		{Label: "Par compte", Href: "/journal/comptes", Droit: habilitation.ConsulterJournal, Aide: "journal"},
		{Label: "Technique", Href: "/journal/technique", Droit: habilitation.ConsulterJournalTechnique, Aide: "journal"},
	}},
	{Label: "Urgence", Href: "/urgence", Droit: habilitation.ArreterAcces},
	{Label: "Qualité", Href: "/qualite", Droit: habilitation.ConsulterQualite},
}
