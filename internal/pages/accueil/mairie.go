package accueil

import (
	"net/url"
	"strconv"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/domain/sansecole"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// mairie is the home page of those who inscribe.
type mairie struct {
	Annees   []inscrites
	Chiffres chiffresMairie
	Perdus   int // children who have left a school and whom nobody has found
	Defauts  qualite.Comptes
}

// inscrites counts the open inscriptions of the commune for a school year.
type inscrites struct {
	Annee       int
	EnAttente   int
	Inscrits    int
	SansReponse int
}

// Two years: inscriptions for the next one begin in winter. An equality on each column keeps to the index.
const inscritesSQL = `
	select annee, count(*) filter (where etat = 'en_attente') as en_attente,
		count(*) filter (where etat = 'inscrit') as inscrits,
		count(*) filter (where etat = 'inscrit' and date_inscription < $3) as sans_reponse
	from inscription
	where commune_insee = $1 and annee in ($2, $2 + 1) and etat in ('en_attente', 'inscrit')
	group by annee order by annee`

type chiffresMairie struct {
	Ecoles    int
	Presents  int
	Residents int
	Ailleurs  int
	Attente   int // corrections proposed, that the schools have not decided
	Reponses  int // those decided within a month
	Ainscrire int // pupils offered to the schools of the commune
}

const chiffresMairieSQL = `
	select (select count(*) from ecole where uai = any ((select portee_ecoles())::text[]) and ouverte) as ecoles,
		(select count(*) from scolarite where ecole_uai = any ((select portee_ecoles())::text[])
			and annee = $2 and etat = 'admis_definitif') as presents,
		(select count(distinct lot) from proposition where commune_insee = $1 and etat = 'proposee') as attente,
		(select count(distinct lot) from proposition where commune_insee = $1 and etat in ('acceptee', 'refusee', 'perimee')
			and decide_le >= $3::date - 30) as reponses,
		` + transfert.AInscrireSQL + ` as ainscrire,
		count(*) as residents,
		count(*) filter (where ecole_uai not in (select unnest(portee_ecoles()))) as ailleurs -- hashed: Paris has 1,455
	from scolarite where residence_insee = $1 and annee = $2 and etat = 'admis_definitif'`

// Those whom a school, abroad or the family already answer for are not to be looked for.
const perdusSQL = `
	select count(*) from sans_ecole($1, $2, $3)
	where constat <> 'retrouve' and not attendu and motif <> all ($4)`

func (m *mairie) read(l *territoire.Lecture, agent habilitation.Agent) {
	today := agent.Aujourdhui()
	annee := int(ecole.AnneeDe(today))
	territoire.Toutes(l, &m.Annees, inscritesSQL, agent.Commune, annee, today.AddDate(0, 0, -qualite.Patience))
	territoire.Une(l, &m.Chiffres, chiffresMairieSQL, agent.Commune, annee, today)
	du, au := sansecole.Bornes(today)
	territoire.Valeur(l, &m.Perdus, perdusSQL, du, au, today, sansecole.Ailleurs)
	m.Defauts.Queue(l, agent, qualite.Accueil(agent.Role))
}

func (m *mairie) contenu(agent habilitation.Agent) contenu {
	var c contenu
	current := int(ecole.AnneeDe(agent.Aujourdhui()))
	inscrits := 0
	for _, a := range m.Annees {
		c.Taches = append(c.Taches, a.taches(current)...)
		inscrits += a.Inscrits
	}
	c.Taches = append(c.Taches, ui.Task{
		Title: plural(m.Chiffres.Ainscrire, "enfant", "enfants") + " à inscrire, " + plural(m.Chiffres.Ainscrire, "proposé", "proposés") + " par leur école",
		Count: m.Chiffres.Ainscrire,
		Why:   "Ils changent d’école à la rentrée\u00a0: inscrivez-les tous d’un coup.",
		Href:  "/transferts", Action: "Inscrire",
	})
	c.Taches = append(c.Taches, ui.Task{
		Title: plural(m.Perdus, "enfant parti", "enfants partis") + " d’une école et admis dans aucune autre", Count: m.Perdus,
		Why:  "L’instruction est obligatoire de 3 à 16 ans\u00a0: cherchez où il est, ou signalez-le.",
		Href: "/sans-ecole", Action: "Chercher",
	})
	c.Taches = append(c.Taches, defauts(m.Defauts.Tous())...)
	c.Chiffres = []ui.Stat{
		{Label: "Inscriptions en cours", Value: ui.Count(inscrits), Href: "/inscriptions?etat=inscrit"},
		{Label: "Élèves présents dans vos écoles", Value: ui.Count(m.Chiffres.Presents), Href: "/effectifs"},
		{Label: "Écoles ouvertes", Value: ui.Count(m.Chiffres.Ecoles), Href: "/ecoles"},
		{Label: "Élèves qui habitent la commune", Value: ui.Count(m.Chiffres.Residents)},
		{Label: "Dont scolarisés ailleurs", Value: ui.Count(m.Chiffres.Ailleurs)},
		{Label: "Corrections que l’école doit décider", Value: ui.Count(m.Chiffres.Attente), Href: "/propositions?etat=a-decider"},
		{Label: "Corrections décidées depuis un mois", Value: ui.Count(m.Chiffres.Reponses), Href: "/propositions"},
	}
	return c
}

func (a inscrites) taches(current int) []ui.Task {
	suffixe := ""
	if a.Annee != current {
		suffixe = " pour " + ecole.Annee(a.Annee).Libelle()
	}
	return []ui.Task{
		{
			Title: plural(a.EnAttente, "enfant", "enfants") + " sur la liste d’attente" + suffixe, Count: a.EnAttente,
			Why:  "La famille attend une place\u00a0: choisissez l’école.",
			Href: a.href("en_attente", "nom"), Action: "Inscrire",
		},
		{
			Title: plural(a.SansReponse, "inscription", "inscriptions") + " sans réponse de l’école" + suffixe, Count: a.SansReponse,
			Why:  "L’école ne s’est pas prononcée depuis plus de quinze jours\u00a0: relancez-la.",
			Href: a.href("inscrit", "date"), Action: "Voir",
		},
	}
}

// href is the list of the inscriptions of the commune in a state.
func (a inscrites) href(etat, tri string) string {
	q := url.Values{"annee": {strconv.Itoa(a.Annee)}, "etat": {etat}, "lieu": {"commune"}, "tri": {tri}}
	return "/inscriptions?" + q.Encode()
}

// plural is the noun that follows a count written beside it.
func plural(n int, one, many string) string {
	if n > 1 {
		return many
	}
	return one
}
