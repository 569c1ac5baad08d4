package elections

import (
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/inscription"
	"base-eleves/web/ui"
)

// fiche is an election. Until its list is fixed, its seats are those that the classes of the day would give.
type fiche struct {
	ID        uuid.UUID
	Version   int
	EcoleUAI  string
	Ecole     string
	Commune   string
	Annee     int
	ScrutinLe time.Time
	Report    string
	Mode      election.Mode
	OuvreA    election.Heure
	FermeA    election.Heure
	ReunionLe *time.Time
	ArreteeLe *time.Time
	Sieges    int
	Inscrits  int
	Votants   int
	Nuls      int

	ProclameeLe *time.Time
	DeposeeLe   *time.Time // the first list of candidates
	Departage   []uuid.UUID
	AnnuleeLe   *time.Time
	Annulation  string // why
}

const ficheColumns = `
	select x.id, x.version, x.ecole_uai, e.nom as ecole, c.nom as commune, x.annee, x.scrutin_le, x.report, x.mode,
		coalesce(x.ouvre_a, -1) as ouvre_a, coalesce(x.ferme_a, -1) as ferme_a, x.reunion_le, x.arretee_le,
		coalesce(x.sieges, (select count(*) from classe k where k.ecole_uai = x.ecole_uai and k.annee = x.annee))::int as sieges,
		coalesce(x.inscrits, 0) as inscrits, coalesce(x.votants, 0) as votants, coalesce(x.nuls, 0) as nuls, x.proclamee_le, x.departage,
		x.annulee_le, x.annulation,
		(select min(deposee_le) from liste_candidats l where l.election_id = x.id) as deposee_le
	from election x join ecole e on e.uai = x.ecole_uai join commune c on c.insee = e.commune_insee`

const ficheSQL = ficheColumns + ` where x.id = $1`

func (x fiche) path() string { return path(x.ID) }

func (x fiche) annee() ecole.Annee { return ecole.Annee(x.Annee) }

func (x fiche) ecole() string { return ecole.NomComplet(x.Ecole, x.Commune) }

func (x fiche) calendrier() election.Calendrier {
	return election.Calendrier{Annee: x.annee(), Scrutin: x.ScrutinLe}
}

func (x fiche) arretee() bool { return x.ArreteeLe != nil }

func (x fiche) proclamee() bool { return x.ProclameeLe != nil }

// onglets lead from one step of the election to the others; current is the last word of its address.
func (x fiche) onglets(current string) []ui.Tab {
	var tabs []ui.Tab
	for _, t := range []struct{ label, mot string }{
		{"Calendrier", ""}, {"Liste électorale", "/liste"}, {"Demandes", "/demandes"}, {"Candidats", "/candidats"},
		{"Courriers", "/courriers"}, {"Résultats", "/resultats"},
	} {
		tabs = append(tabs, ui.Tab{Label: t.label, Href: x.path() + t.mot, Current: t.mot == current})
	}
	return tabs
}

// titre names the election of a year.
func titre(annee ecole.Annee) string { return "Élection des parents " + annee.Libelle() }

func (x fiche) crumbs() ui.PageOption {
	return ui.Crumbs(ui.Crumb{Label: "Élections", Href: "/elections"}, ui.Crumb{Label: titre(x.annee()), Href: x.path()})
}

// lead says when and how one votes.
func (x fiche) lead() string {
	said := "Vote le " + date.Long(x.ScrutinLe) + x.heures() + " – " + x.Mode.Label()
	if x.annulee() {
		said += " – Annulée le " + date.Long(*x.AnnuleeLe)
	}
	return said
}

// heures are those of the polling station: « , de 8 h à 12 h 30 ».
func (x fiche) heures() string {
	if x.OuvreA < 0 {
		return ""
	}
	return ", de " + x.OuvreA.String() + " à " + x.FermeA.String()
}

func (x fiche) stats() []ui.Stat {
	stats := []ui.Stat{{Label: "Sièges", Value: ui.Count(x.Sieges)}}
	if x.arretee() {
		stats = append(stats, ui.Stat{Label: "Électeurs", Value: ui.Count(x.Inscrits)})
	}
	if x.proclamee() {
		stats = append(stats, ui.Stat{Label: "Votants", Value: ui.Count(x.Votants)}, ui.Stat{Label: "Participation", Value: pourcent(x.Votants, x.Inscrits)})
	}
	return stats
}

// suite is what the election that follows an annulment is prepared with.
func (x fiche) suite() string {
	return url.Values{"annee": {strconv.Itoa(x.Annee)}, "report": {"annulation"}}.Encode()
}

// report says why one votes after the seventh week.
func (x fiche) report() string { return inscription.Libelle(election.Reports, x.Report) }

// etape is one line of the calendar.
type etape struct {
	titre    string
	echeance time.Time
	texte    string // what is due, after the date
	fait     *time.Time
	href     string
	seule    bool // a date that nothing is noted about
}

// etat says where a step is, in a word.
func (s etape) etat(today time.Time) (string, ui.Kind) {
	switch {
	case s.fait != nil:
		return "Fait le " + date.Court(*s.fait), ui.Success
	case s.seule && today.After(s.echeance):
		return "Passé", ui.Neutral
	case today.After(s.echeance):
		return "En retard", ui.Danger
	case s.seule || today.AddDate(0, 0, 14).Before(s.echeance):
		return "À venir", ui.Neutral
	}
	return "À faire", ui.Warning
}

// etapes are the calendar of the election.
func (x fiche) etapes() []etape {
	c := x.calendrier()
	return []etape{
		{titre: "Réunion préalable", echeance: c.Reunion(), texte: "dans les quinze jours de la rentrée", fait: x.ReunionLe, href: x.path() + "/dates"},
		{titre: "Liste électorale", echeance: c.Liste(), texte: "vingt jours francs avant le vote", fait: x.ArreteeLe, href: x.path() + "/liste"},
		{titre: "Listes de candidats", echeance: c.Candidatures(), texte: "dix jours francs avant le vote", fait: x.DeposeeLe, href: x.path() + "/candidats"},
		{titre: "Candidats remplacés", echeance: c.Remplacement(), texte: "huit jours francs avant le vote", seule: true},
		{titre: "Bulletins remis aux électeurs", echeance: c.Materiel(), texte: "six jours francs avant le vote", seule: true},
		{titre: "Vote", echeance: x.ScrutinLe, texte: x.delaiVote(), seule: true},
		{titre: "Résultats", echeance: x.ScrutinLe, texte: "proclamés après le dépouillement", fait: x.ProclameeLe, href: x.path() + "/resultats"},
		{titre: "Contestations", echeance: c.Contestation(), texte: "cinq jours après les résultats", seule: true},
	}
}

// delaiVote is within what the vote takes place.
func (x fiche) delaiVote() string {
	if x.Report != "" {
		return "reporté après la septième semaine"
	}
	return "avant le " + date.Long(election.Limite(x.annee()).AddDate(0, 0, 1))
}

// calendar is the calendar as a table; whoever only reads goes nowhere from it.
func (x fiche) calendar(today time.Time, gere bool) ui.TableProps {
	t := ui.TableProps{Caption: "Calendrier de l’élection", Columns: []ui.Column{
		{Label: "Étape"}, {Label: "Au plus tard"}, {Label: "Délai"}, {Label: "État"},
	}}
	for _, s := range x.etapes() {
		mot, sorte := s.etat(today)
		row := ui.ListRow{Label: s.titre, Cells: append(ui.Cells(s.titre, date.Court(s.echeance), s.texte), ui.Tag(mot, sorte))}
		if gere {
			row.Href = s.href
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// pourcent is a part of a whole, to the tenth: « 43,2 % ».
func pourcent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	dixiemes := (part*1000 + whole/2) / whole
	return strconv.Itoa(dixiemes/10) + "," + strconv.Itoa(dixiemes%10) + "\u00a0%"
}
