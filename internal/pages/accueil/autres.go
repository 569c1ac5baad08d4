package accueil

import (
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// service is the home page of those who look after accounts and keys: how many accounts, and nothing of the pupils.
type service struct {
	Comptes comptes
	Attente attenteService
}

type comptes struct{ Ouverts, AChanger, Suspendus int }

// attenteService is what waits for somebody, or is to be known.
type attenteService struct{ Secours, Sorties, Alertes, Copies, Lettres, Presences int }

func (s *service) read(l *territoire.Lecture, agent habilitation.Agent) {
	territoire.Une(l, &s.Comptes, `select ouverts, a_changer, suspendus from comptes_de_la_portee($1)`, agent.Aujourdhui())
	territoire.Une(l, &s.Attente, `select (select count(distinct compte_id) from avis where nature = 'secours' and le > $1) as secours,
		`+travail.NombreADecider+` as sorties, `+alertesSQL+` as alertes,
		(select count(*)::int from cle where etat = 'suspendue' and motif = 'copie') as copies,
		(select count(*)::int from compte where actif and a_changer and initial_jusqu_au <= cree_le) as lettres,
		(select count(distinct f.id)::int from formation f join formation_inscrit i on i.formation_id = f.id
			where f.jour < $2 and f.annulee_le is null and i.etat = 'convoque') as presences`, agent.Maintenant.Add(-compte.SecoursRecent), agent.Aujourdhui())
}

// alertesSQL counts what an account has read beyond the usual, and nobody has looked at.
const alertesSQL = `(select count(*)::int from alerte where vue_le is null)`

func alertes(n int) ui.Task {
	return ui.Task{
		Title: plural(n, "alerte d’accès", "alertes d’accès") + " à examiner", Count: n,
		Why:  "Un compte a lu plus que son travail ne le demande : appelez la personne, ou fermez l’accès.",
		Href: "/journal/alertes", Action: "Examiner",
	}
}

func copies(n int) ui.Task {
	return ui.Task{
		Title: plural(n, "clé d’accès peut-être copiée", "clés d’accès peut-être copiées"), Count: n,
		Why:  "Deux appareils s’en sont servis\u00a0: elle est suspendue. Appelez son titulaire, puis rétablissez-la ou déclarez-la perdue.",
		Href: "/cles?etat=suspendue&genre=acces", Action: "Voir",
	}
}

// arrivees are what is left to do for those who come.
func (a attenteService) arrivees() []ui.Task {
	return []ui.Task{
		{
			Title: plural(a.Lettres, "lettre d’activation", "lettres d’activation") + " à faire", Count: a.Lettres,
			Why:  "Ces comptes sont ouverts, personne ne peut encore s’y connecter.",
			Href: "/comptes?etat=sans_lettre", Action: "Faire les lettres",
		},
		{
			Title: plural(a.Presences, "formation passée", "formations passées") + " sans présences", Count: a.Presences,
			Why:  "Dites qui est venu : les absents seront convoqués à une autre.",
			Href: "/formations", Action: "Noter",
		},
	}
}

func (s *service) contenu(habilitation.Agent) contenu {
	return contenu{
		Taches: append([]ui.Task{alertes(s.Attente.Alertes), copies(s.Attente.Copies), sortiesAApprouver(s.Attente.Sorties)}, s.Attente.arrivees()...),
		Phrases: []string{
			"Votre rôle ne donne accès à aucune donnée d’élève.",
			"Vous ouvrez les comptes et demandez les habilitations\u00a0: l’inspection académique les accorde.",
		},
		Chiffres: []ui.Stat{
			{Label: "Comptes ouverts dans le département", Value: ui.Count(s.Comptes.Ouverts), Href: "/comptes?etat=actif"},
			{Label: "Dont jamais utilisés", Value: ui.Count(s.Comptes.AChanger)},
			{Label: "Comptes suspendus", Value: ui.Count(s.Comptes.Suspendus), Href: "/comptes?etat=suspendu"},
			{Label: "Entrés par un code de secours depuis sept jours", Value: ui.Count(s.Attente.Secours), Href: "/comptes?etat=secours"},
		},
	}
}

// statistique is the home page of the rectorat and of the ministère: figures about no pupil.
type statistique struct{ Chiffres chiffresStatistique }

type chiffresStatistique struct{ Departements, Circonscriptions, Ecoles, Colleges int }

const chiffresStatistiqueSQL = `
	select (select count(*) from departement) as departements, (select count(*) from circonscription) as circonscriptions,
		(select count(*) from ecole where ouverte) as ecoles, (select count(*) from college where ouvert) as colleges`

func (s *statistique) read(l *territoire.Lecture, _ habilitation.Agent) {
	territoire.Une(l, &s.Chiffres, chiffresStatistiqueSQL)
}

func (s *statistique) contenu(habilitation.Agent) contenu {
	return contenu{
		Phrases: []string{
			"Votre rôle ne donne accès à aucune donnée nominative.",
			"Cette version ne publie pas d’effectifs au-dessus du département\u00a0: vous lisez ici ce que contient l’annuaire.",
		},
		Chiffres: []ui.Stat{
			{Label: "Départements", Value: ui.Count(s.Chiffres.Departements)},
			{Label: "Circonscriptions", Value: ui.Count(s.Chiffres.Circonscriptions)},
			{Label: "Écoles ouvertes", Value: ui.Count(s.Chiffres.Ecoles)},
			{Label: "Collèges ouverts", Value: ui.Count(s.Chiffres.Colleges)},
		},
	}
}
