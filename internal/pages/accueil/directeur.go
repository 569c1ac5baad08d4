package accueil

import (
	"strconv"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// directeur is the home page of those who admit, place, keep the files and radiate.
type directeur struct {
	Annees   []arrivees
	Registre registre
	Defauts  qualite.Comptes
	Passages passages
}

// arrivees counts the children whom the school expects for a school year.
type arrivees struct {
	Annee       int
	Inscrits    int
	Anciens     int // of them, those who have waited longer than the rule grants
	Admissibles int
	EnRetard    int // accepted, and not admitted although their date has come
	Attendus    int // accepted for a later date
}

const arriveesSQL = `
	select annee, count(*) filter (where etat = 'inscrit') as inscrits,
		count(*) filter (where etat = 'inscrit' and le < $4) as anciens,
		count(*) filter (where etat = 'admissible') as admissibles,
		count(*) filter (where etat = 'admis_accepte' and le <= $3) as en_retard,
		count(*) filter (where etat = 'admis_accepte' and le > $3) as attendus
	from (
		select annee, etat, date_inscription as le from inscription
		where ecole_uai = $1 and annee in ($2, $2 + 1) and etat = 'inscrit'
		union all
		select annee, etat, date_effet from scolarite
		where ecole_uai = $1 and annee in ($2, $2 + 1) and etat in ('admissible', 'admis_accepte')) as arrivee
	group by annee order by annee`

// registre counts the pupils and the classes of the present year.
type registre struct {
	Presents    int
	SansClasse  int
	Radies      int // in the present month
	Classes     int
	Corrections int // that the mairie proposes and that await a decision
	SansIne     int
	Recus       int        // pupils whom another school offers
	Declines    int        // those of this one whom another has declined
	Liberations int        // that other schools ask for
	Echeance    *time.Time // of the one that ends first
	Reponses    int        // to what the school asked, whose pupils are not admitted yet
}

const registreSQL = `
	select count(*) filter (where etat = 'admis_definitif') as presents,
		count(*) filter (where etat = 'admis_definitif' and classe_id is null) as sans_classe,
		count(*) filter (where etat = 'radie' and date_radiation >= $3 and date_radiation < $4) as radies,
		(select count(*) from classe where ecole_uai = $1 and annee = $2) as classes,
		(select count(distinct lot) from proposition where ecole_uai = $1 and etat = 'proposee') as corrections,
		(select count(*) from immatriculation i where ` + immatriculation.Suivie + `) as sans_ine,
		` + transfert.RecusSQL + ` as recus, ` + transfert.DeclinesSQL + ` as declines,
		(select count(*) from liberation where ecole_uai = $1 and etat = 'ouverte') as liberations,
		(select min(echeance) from liberation where ecole_uai = $1 and etat = 'ouverte') as echeance,
		(select count(*) from liberation l join scolarite s on s.inscription_id = l.inscription_id and s.etat = 'admis_accepte'
			where l.demandeur_uai = $1 and l.etat in ('accordee', 'refusee', 'liberee', 'rejetee')) as reponses
	from scolarite where ecole_uai = $1 and annee = $2 and etat in ('admis_definitif', 'radie')`

func (d *directeur) read(l *territoire.Lecture, agent habilitation.Agent) {
	today := agent.Aujourdhui()
	annee := int(ecole.AnneeDe(today))
	month := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	territoire.Toutes(l, &d.Annees, arriveesSQL, agent.Ecole, annee, today, today.AddDate(0, 0, -qualite.Patience))
	territoire.Une(l, &d.Registre, registreSQL, agent.Ecole, annee, month, month.AddDate(0, 1, 0))
	d.Defauts.Queue(l, agent, qualite.Accueil(agent.Role))
	d.Passages.read(l, agent)
}

func (d *directeur) contenu(agent habilitation.Agent) contenu {
	var c contenu
	current := int(ecole.AnneeDe(agent.Aujourdhui()))
	attendus := 0
	for _, a := range d.Annees {
		c.Taches = append(c.Taches, a.taches(current)...)
		attendus += a.Attendus
	}
	c.Taches = append(c.Taches, d.Registre.transferts()...)
	c.Taches = append(c.Taches, ui.Task{
		Title: plural(d.Registre.Corrections, "correction proposée", "corrections proposées") + " par la mairie", Count: d.Registre.Corrections,
		Why:  "Acceptez ou refusez, rubrique par rubrique\u00a0: la mairie attend votre réponse.",
		Href: "/propositions", Action: "Décider",
	}, ui.Task{
		Title: plural(d.Registre.SansClasse, "élève présent", "élèves présents") + " sans classe", Count: d.Registre.SansClasse,
		Why:  "Sans classe, un élève ne figure sur aucune liste d’enseignant.",
		Href: "/repartition", Action: "Répartir",
	})
	c.Taches = append(c.Taches, d.Registre.liberations(agent.Aujourdhui())...)
	c.Taches = append(c.Taches, d.Passages.taches(agent)...)
	c.Taches = append(c.Taches, defauts(d.Defauts.Tous())...)
	c.Chiffres = []ui.Stat{
		{Label: "Élèves présents", Value: ui.Count(d.Registre.Presents), Href: "/eleves?etat=admis_definitif"},
		{Label: "Élèves attendus à une date à venir", Value: ui.Count(attendus), Href: "/admissions"},
		{Label: "Classes", Value: ui.Count(d.Registre.Classes), Href: "/classes"},
		{Label: "Radiations ce mois-ci", Value: ui.Count(d.Registre.Radies), Href: "/radiations"},
		{Label: "Élèves sans INE", Value: ui.Count(d.Registre.SansIne), Href: "/ine"},
	}
	return c
}

// transferts are the pupils who change schools at the rentrée.
func (r registre) transferts() []ui.Task {
	return []ui.Task{
		{
			Title: plural(r.Recus, "élève proposé", "élèves proposés") + " par une autre école", Count: r.Recus,
			Why:  "Leur école vous les confie à la rentrée\u00a0: acceptez-les tous d’un coup.",
			Href: "/transferts", Action: "Répondre",
		},
		{
			Title: plural(r.Declines, "élève décliné", "élèves déclinés") + " par une autre école", Count: r.Declines,
			Why:  "Aucune école ne les attend\u00a0: proposez-les ailleurs.",
			Href: "/transferts", Action: "Voir lesquels",
		},
	}
}

func (a arrivees) taches(current int) []ui.Task {
	suffixe, href := "", "/admissions"
	if a.Annee != current {
		suffixe, href = " pour "+ecole.Annee(a.Annee).Libelle(), "/admissions?annee="+strconv.Itoa(a.Annee)
	}
	due := ""
	if a.Anciens > 0 {
		due = ui.Count(a.Anciens) + " depuis plus de " + strconv.Itoa(qualite.Patience) + "\u00a0jours"
	}
	return []ui.Task{
		{
			Title: plural(a.Inscrits, "enfant inscrit", "enfants inscrits") + " à traiter" + suffixe, Count: a.Inscrits,
			Why: "La mairie a inscrit\u00a0: la famille attend la réponse de l’école.",
			Due: due, Href: href, Action: "Répondre",
		},
		{
			Title: plural(a.Admissibles, "enfant admissible", "enfants admissibles") + suffixe, Count: a.Admissibles,
			Why:  "L’admission a été reportée\u00a0: il reste à l’accepter.",
			Href: href, Action: "Décider",
		},
		{
			Title: plural(a.EnRetard, "enfant attendu et pas encore admis", "enfants attendus et pas encore admis") + suffixe,
			Count: a.EnRetard,
			Why:   "La date d’arrivée est passée\u00a0: admettez, ou dites que l’enfant ne viendra pas.",
			Href:  href, Action: "Admettre",
		},
	}
}
