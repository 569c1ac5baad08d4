package accueil

import (
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// inspection is the home page of an IEN and of an IA: the schools to remind, and how many pupils there are.
type inspection struct {
	Retards  []retard
	Chiffres chiffresInspection
	Arbitrer int // requests of a school that another has not answered in time, or has refused
	Passages passages
	Attente  attenteIA
}

// attenteIA is what waits for the IA; an IEN reads none of it.
type attenteIA struct {
	Litiges   int // numbers
	Decisions int // on schools, announced and not done within two weeks of their date
	Sorties   int // exports of many names, asked by somebody else
	Alertes   int // about accounts, that nobody has looked at
	Mandats   int // habilitations that another person asks for
	Communes  int // that ask to join
}

// retard is a school that keeps families waiting. The last three fields count schools, the same on every line.
type retard struct {
	UAI           string
	Nom           string
	Commune       string
	SansReponse   int
	NonAdmis      int
	EcolesMuettes int
	EcolesTardes  int
	Ecoles        int
}

// maxRetards is how many schools the page names, those where most children wait.
const maxRetards = 20

// Row security alone bounds what an inspection counts: a second bound on the same column would make the index try each
// school with each.
const retardsSQL = `
	select e.uai, e.nom, c.nom as commune, r.sans_reponse, r.non_admis, r.ecoles_muettes, r.ecoles_tardes, r.ecoles
	from (
		select ecole_uai, count(inscrit) as sans_reponse, count(accepte) as non_admis,
			sum((count(inscrit) > 0)::int) over () as ecoles_muettes,
			sum((count(accepte) > 0)::int) over () as ecoles_tardes, count(*) over () as ecoles
		from (
			select ecole_uai, 1 as inscrit, null::int as accepte from inscription
			where annee in ($1, $1 + 1) and etat = 'inscrit' and date_inscription < $2
			union all
			select ecole_uai, null, 1 from scolarite
			where annee in ($1, $1 + 1) and etat = 'admis_accepte' and date_effet < $2) as ligne
		group by ecole_uai
		order by count(*) desc, ecole_uai limit $3) as r
	join ecole e on e.uai = r.ecole_uai join commune c on c.insee = e.commune_insee
	order by r.sans_reponse + r.non_admis desc, c.nom, e.nom`

type chiffresInspection struct {
	Ecoles   int
	Presents int
	Attendus int
	Inscrits int
}

const chiffresInspectionSQL = `
	select (select count(*) from ecole where uai = any ((select portee_ecoles())::text[]) and ouverte) as ecoles,
		(select count(*) from scolarite where annee = $1 and etat = 'admis_definitif') as presents,
		(select count(*) from scolarite where annee in ($1, $1 + 1) and etat = 'admis_accepte') as attendus,
		(select count(*) from inscription where annee in ($1, $1 + 1) and etat = 'inscrit') as inscrits`

const arbitrerSQL = `
	select count(*) from liberation
	where ecole_uai = any (portee_ecoles()) and (etat = 'refusee' or etat = 'ouverte' and echeance < $1)`

func (i *inspection) read(l *territoire.Lecture, agent habilitation.Agent) {
	today := agent.Aujourdhui()
	annee := int(ecole.AnneeDe(today))
	territoire.Toutes(l, &i.Retards, retardsSQL, annee, today.AddDate(0, 0, -qualite.Patience), maxRetards)
	territoire.Une(l, &i.Chiffres, chiffresInspectionSQL, annee)
	territoire.Valeur(l, &i.Arbitrer, arbitrerSQL, today)
	if agent.Can(habilitation.SuivreINE) {
		territoire.Une(l, &i.Attente, `select (select count(*) from immatriculation i where `+immatriculation.Suivie+` and i.etat = 'litige') as litiges,
			(select count(*) from restructuration where faite_le is null and annulee_le is null and date_effet <= $1) as decisions,
			`+travail.NombreADecider+` as sorties, `+alertesSQL+` as alertes,
			(select count(*)::int from habilitation where etat = 'demandee' and demandee_par <> $2 and compte_id <> $2) as mandats,
			(select count(*)::int from raccordement where decision is null) as communes`, today.AddDate(0, 0, 14), agent.Compte)
	}
	i.Passages.read(l, agent)
}

func (i *inspection) contenu(agent habilitation.Agent) contenu {
	c := contenu{Retards: i.Retards}
	if len(i.Retards) > 0 {
		c.Taches = i.Retards[0].taches()
	}
	c.Taches = append(c.Taches, ui.Task{
		Title: plural(i.Arbitrer, "demande de libération", "demandes de libération") + " à décider", Count: i.Arbitrer,
		Why:  "L’école n’a pas répondu en trois jours ouvrés, ou a refusé\u00a0: un enfant attend son admission.",
		Href: "/liberations", Action: "Décider",
	}, ui.Task{
		Title: plural(i.Attente.Litiges, "litige d’INE", "litiges d’INE"), Count: i.Attente.Litiges,
		Why:  "Une école ne sait pas si deux élèves sont le même enfant\u00a0: elle attend votre décision.",
		Href: "/ine", Action: "Décider",
	}, ui.Task{
		Title: plural(i.Attente.Decisions, "décision", "décisions") + " à exécuter sur les écoles", Count: i.Attente.Decisions,
		Why:  "Leur date d’effet arrive ou est passée\u00a0: relisez l’aperçu, puis exécutez.",
		Href: "/ecoles/decisions", Action: "Voir",
	}, sortiesAApprouver(i.Attente.Sorties), alertes(i.Attente.Alertes))
	c.Taches = append(c.Taches, i.Attente.comptes()...)
	c.Taches = append(c.Taches, i.Passages.taches(agent)...)
	c.Chiffres = []ui.Stat{
		{Label: "Écoles ouvertes", Value: ui.Count(i.Chiffres.Ecoles), Href: "/ecoles"},
		{Label: "Élèves présents", Value: ui.Count(i.Chiffres.Presents), Href: "/effectifs"},
		{Label: "Admissions acceptées, arrivée à confirmer", Value: ui.Count(i.Chiffres.Attendus)},
		{Label: "Inscriptions que les écoles traitent", Value: ui.Count(i.Chiffres.Inscrits)},
	}
	if agent.Can(habilitation.SuivreINE) {
		c.Chiffres = append(c.Chiffres, ui.Stat{Label: "Litiges d’INE", Value: ui.Count(i.Attente.Litiges), Href: "/ine"})
	}
	return c
}

// comptes are the decisions about who comes in.
func (a attenteIA) comptes() []ui.Task {
	return []ui.Task{
		{
			Title: plural(a.Mandats, "habilitation", "habilitations") + " à accorder", Count: a.Mandats,
			Why:  "Le service informatique les demande : ces comptes n’ouvrent rien avant votre accord.",
			Href: "/comptes/habilitations", Action: "Décider",
		},
		{
			Title: plural(a.Communes, "commune demande", "communes demandent") + " à rejoindre Base élèves", Count: a.Communes,
			Why:  "Le maire a écrit : le compte et la clé attendent votre décision.",
			Href: "/raccordements?reste=decision", Action: "Décider",
		},
	}
}

// taches are those of the whole territory.
func (r retard) taches() []ui.Task {
	return []ui.Task{
		{
			Title: plural(r.EcolesMuettes, "école n’a pas répondu", "écoles n’ont pas répondu") + " à des inscriptions",
			Count: r.EcolesMuettes,
			Why:   "Des familles attendent depuis plus de quinze jours la réponse de l’école.",
			Href:  "#ecoles", Action: "Voir lesquelles",
		},
		{
			Title: plural(r.EcolesTardes, "école n’a pas confirmé", "écoles n’ont pas confirmé") + " des arrivées",
			Count: r.EcolesTardes,
			Why:   "La date d’effet d’une admission acceptée est passée depuis plus de quinze jours.",
			Href:  "#ecoles", Action: "Voir lesquelles",
		},
	}
}

// nom is the school as a list names it.
func (r retard) nom() string { return ecole.NomComplet(r.Nom, r.Commune) }

// coupe says that the table is not whole; "" when it is.
func coupe(retards []retard) string {
	if all := retards[0].Ecoles; all > len(retards) {
		return "Les " + ui.Count(len(retards)) + "\u00a0écoles où le plus d’enfants attendent, sur " + ui.Count(all) + "."
	}
	return ""
}

func retardsTable(retards []retard) ui.TableProps {
	t := ui.TableProps{
		Caption: "Écoles à relancer",
		Columns: []ui.Column{
			{Label: "École"},
			{Label: "Inscriptions sans réponse", NarrowLabel: "Inscr.", Number: true},
			{Label: "Arrivées non confirmées", NarrowLabel: "Arriv.", Number: true},
		},
	}
	for _, r := range retards {
		t.Rows = append(t.Rows, ui.ListRow{
			ID: r.UAI, Href: "/ecoles/" + r.UAI, Label: r.nom(), Cells: ui.Cells(r.nom(), ui.Count(r.SansReponse), ui.Count(r.NonAdmis)),
		})
	}
	return t
}

// sortiesAApprouver is what waits for the second person of an export.
func sortiesAApprouver(n int) ui.Task {
	return ui.Task{
		Title: plural(n, "sortie de données", "sorties de données") + " à approuver", Count: n,
		Why:  "Quelqu’un demande les élèves de plusieurs communes : rien ne sort sans l’accord d’une autre personne.",
		Href: "/fichiers", Action: "Décider",
	}
}
