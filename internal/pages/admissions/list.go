package admissions

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// ligne is one child of a column.
type ligne struct {
	ID            uuid.UUID // of the inscription
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Admissible    bool
	Le            time.Time // inscrit, expected or admitted on that day
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

const inscritsSQL = `
	select id, eleve_id, nom_famille, nom_usage, prenom, date_naissance, coalesce(niveau, '') as niveau, admissible,
		date_inscription as le
	from (
		select i.*, false as admissible from inscription i where i.annee = $1 and i.etat = 'inscrit'
		union all
		select i.*, true from scolarite s join inscription i on i.id = s.inscription_id
		where s.annee = $1 and s.etat = 'admissible') a
	order by cle_nom, id`

const acceptesSQL = `
	select inscription_id as id, eleve_id, nom_famille, nom_usage, prenom, date_naissance, niveau, false as admissible,
		date_effet as le
	from scolarite where annee = $1 and etat = 'admis_accepte' and inscription_id is not null
	order by cle_nom, id`

// presentsSQL leaves out those who were here last year: they have not arrived.
const presentsSQL = `
	select inscription_id as id, eleve_id, nom_famille, nom_usage, prenom, date_naissance, niveau, false as admissible,
		date_admission as le
	from scolarite
	where annee = $1 and etat = 'admis_definitif' and inscription_id is not null and date_admission >= $2
	order by date_admission desc, cle_nom, id`

// offre is a cohort that another school offers.
type offre struct {
	ID      uuid.UUID
	Nom     string
	Commune string
	Eleves  int
}

const offresSQL = `
	select t.id, e.nom, c.nom as commune, count(*) as eleves
	from transfert t join transfert_eleve l on l.transfert_id = t.id and l.etat = 'propose'
	join ecole e on e.uai = t.ecole_uai join commune c on c.insee = e.commune_insee
	where t.vers_uai = $1 and t.annee = $2 - 1 group by t.id, e.nom, c.nom order by e.nom, t.id`

// recents is for how many days an arrival stays among the new ones.
const recents = 30

// arrivees is the page: three columns, and what was refused in one of them.
type arrivees struct {
	annee    ecole.Annee
	toutes   bool // all arrivals of the year are shown, not the last ones only
	lieu     lieu
	inscrits []ligne
	acceptes []ligne
	presents []ligne

	today  time.Time
	form   *httpx.Form
	active acte          // of the form that was refused
	jeton  func() string // a token for each of the forms: they are acts apart
}

// lieu is the school, the school years open to work, and the cohorts that other schools offer it.
type lieu struct {
	scolarite.Lieu
	Annees []ecole.Annee
	Offres []offre
}

const lieuSQL = `
	select l.*, array(select code from annee_scolaire where code >= $3 order by code limit 2) as annees,
		coalesce((select json_agg(o) from (` + offresSQL + `) o), '[]') as offres
	from (` + scolarite.LieuSQL + `) l`

// readArrivees reads the three columns, and what besides queues, in one round trip.
func (p Pages) readArrivees(ctx context.Context, agent habilitation.Agent, q url.Values, besides func(*territoire.Lecture)) (*arrivees, error) {
	today := agent.Aujourdhui()
	a := &arrivees{
		annee: httpx.Annee(q, agent), toutes: q.Get("presents") == "annee", today: today,
		form: httpx.NewForm(nil), jeton: func() string { return p.Jeton(ctx) },
	}
	depuis := a.annee.Debut().AddDate(-1, 0, 0)
	if !a.toutes {
		depuis = today.AddDate(0, 0, -recents)
	}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &a.lieu, lieuSQL, agent.Ecole, int(a.annee), int(ecole.AnneeDe(today)))
		territoire.Toutes(l, &a.inscrits, inscritsSQL, int(a.annee))
		territoire.Toutes(l, &a.acceptes, acceptesSQL, int(a.annee))
		territoire.Toutes(l, &a.presents, presentsSQL, int(a.annee), depuis)
		besides(l)
	})
	return a, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	a, err := p.readArrivees(r.Context(), agent, r.URL.Query(), func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	a.prefill()
	return p.Render(w, r, http.StatusOK, listPage(a))
}

// prefill proposes what is almost always answered: the niveau asked for or that of the age, the day of the rentrée or
// today.
func (a *arrivees) prefill() {
	for _, l := range a.inscrits {
		a.form.Values.Set(champNiveau(l.ID), string(niveauPropose(l.Niveau, l.DateNaissance, a.annee, a.lieu.Type)))
	}
	a.form.Values.Set("date_effet", date.Court(effetPropose(a.annee, a.today)))
	a.form.Values.Set("date_admission", date.Court(a.today))
}

// champNiveau is the name of the field of the niveau of one child among many.
func champNiveau(id uuid.UUID) string { return "niveau." + id.String() }

// niveauPropose is the niveau asked for, or that of the child's age where the school has it.
func niveauPropose(demande string, naissance time.Time, a ecole.Annee, t ecole.Type) ecole.Niveau {
	if n := ecole.Niveau(demande); t.Ouvre(n) {
		return n
	}
	if n, ok := ecole.NiveauAttendu(naissance, a); ok && t.Ouvre(n) {
		return n
	}
	return ""
}

// effetPropose is the day of the rentrée, or today once it is past.
func effetPropose(a ecole.Annee, today time.Time) time.Time {
	if today.After(a.Rentree()) {
		return today
	}
	return a.Rentree()
}
