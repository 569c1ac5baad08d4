package courriers

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// envoi is a letter being addressed: to whom, how, and what comes of it. All of it is in the address of the page, so that
// nothing is kept of whom the school has written to.
type envoi struct {
	agent    habilitation.Agent
	lettre   choisie
	f        *httpx.Form
	def      liste.Definition
	seuls    []uuid.UUID // the only pupils, if any
	retires  []uuid.UUID // those taken out
	page     int
	proposes []formulaire.Propose
	eleves   []lettre.Destine
	gens     map[uuid.UUID][]foyer.Personne
	plis     []lettre.Pli
	omis     []lettre.Omis
	ecrits   []ecrit
}

// choisie is the letter, and the school that writes it.
type choisie struct {
	redigee
	ecole.EnTete
}

const choisieSQL = `
	select l.id, l.version, l.titre, l.objet, l.corps, ` + ecole.EnTeteColonnes + `
	from lettre_type l join ecole e on e.uai = l.ecole_uai join commune c on c.insee = e.commune_insee
	where l.id = $1 and l.supprimee_le is null`

// The ways in which a letter is addressed.
const (
	parFoyer    = ""
	parPersonne = "personne"
)

// demande reads what the address asks for.
func demande(q url.Values, agent habilitation.Agent) *envoi {
	e := &envoi{agent: agent, page: httpx.PageAsked(q), f: httpx.AskedForm(q, agent.Aujourdhui())}
	e.seuls, e.retires = identifiants(q["seul"]), identifiants(q["retire"])
	switch ticked := identifiants(q["eleve"]); {
	case len(ticked) == 0:
	case q.Get("qui") == "seuls":
		e.seuls, e.retires = ticked, nil
	case q.Get("qui") == "retires":
		e.retires = append(e.retires, ticked...)
	}
	e.def = liste.Definition{
		Grain: liste.Eleves, Annee: e.f.Text("annee"), Filtres: formulaire.LireFiltres(e.f, liste.Eleves, agent.Role), Groupe: "classe",
	}
	for _, code := range []string{"nom_famille", "nom_usage", "prenom", "naissance", "sexe", "niveau", "classe", "enseignant"} {
		e.def.Colonnes = append(e.def.Colonnes, liste.Choix{Code: code})
	}
	e.def = e.def.Pour(agent.Role)
	return e
}

func identifiants(typed []string) (ids []uuid.UUID) {
	for _, t := range typed {
		if id, err := uuid.Parse(t); err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// query is the address of the sending, without what only one page of it is asked for.
func (e *envoi) query() url.Values {
	q := url.Values{}
	for name, values := range e.f.Values {
		if !slices.Contains([]string{"qui", "eleve", "seul", "retire", "page"}, name) && !slices.Equal(values, []string{""}) {
			q[name] = values
		}
	}
	for name, ids := range map[string][]uuid.UUID{"seul": e.seuls, "retire": e.retires} {
		for _, id := range ids {
			q.Add(name, id.String())
		}
	}
	return q
}

// destine is a pupil of the list as the base gives him: his cells in the order of the columns.
type destine struct {
	ID       uuid.UUID
	Cellules []string
	Ailleurs bool
	foyer.Domicile
}

// destinesSQL reads the pupils of a list with where they live, those alone that are asked for.
func destinesSQL(list string, n int) string {
	return `select q.id::uuid as id, q.cellules, e.id is null as ailleurs, ` + foyer.DomicileSQL("e") + `
	from (` + list + `) q left join eleve e on e.id = q.id::uuid left join adresse a on a.id = e.adresse_id
	where $` + strconv.Itoa(n) + `::uuid[] is null or q.id::uuid = any ($` + strconv.Itoa(n) + `) order by q.rang limit ` + strconv.Itoa(lettre.Maximum+1)
}

// gensSQL goes from these pupils to those responsible for them, one by one: offset 0 keeps the planner from reading those
// of the whole country first.
func gensSQL(list string, n int) string {
	return `select ` + foyer.PersonneSQL + `, ` + foyer.DomicileSQL("r") + `
	from (select distinct q.id::uuid as id from (` + list + `) q where $` + strconv.Itoa(n) + `::uuid[] is null or q.id::uuid = any ($` + strconv.Itoa(n) + `)) q
	cross join lateral (select * from lien_responsable where eleve_id = q.id offset 0) l
	cross join lateral (select * from responsable where id = l.responsable_id offset 0) r
	left join adresse a on a.id = r.adresse_id order by l.eleve_id, l.rang, r.id`
}

// envoi reads a letter and to whom it goes, and does besides what its page wants, in one round trip.
func (p Pages) envoi(r *http.Request, agent habilitation.Agent, besides func(*envoi, *territoire.Lecture)) (*envoi, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return nil, err
	}
	e := demande(r.URL.Query(), agent)
	return e, e.read(r.Context(), p.DB, id, besides)
}

// proposer reads what the filters offer.
func (e *envoi) proposer(l *territoire.Lecture) {
	propose, args := formulaire.ProposerSQL(e.def, e.agent)
	territoire.Toutes(l, &e.proposes, propose, args...)
}

// relire notes in the journal that the letters are read on a page, with the names and the addresses that they bear.
func (e *envoi) relire(id uuid.UUID, l *territoire.Lecture) {
	journal.Queue(l, e.agent, journal.Ligne{Acte: journal.Consulter, Objet: "lettre_type", ID: id, Ecole: e.agent.Ecole})
}

func (e *envoi) read(ctx context.Context, db *territoire.DB, id uuid.UUID, besides func(*envoi, *territoire.Lecture)) error {
	list, args := e.def.Requete(e.agent, liste.Page{})
	args = append(args, e.seuls)
	var rows []destine
	var gens []foyer.Personne
	err := db.Lire(ctx, e.agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &e.lettre, choisieSQL, id)
		besides(e, l)
		territoire.Toutes(l, &rows, destinesSQL(list, len(args)), args...)
		territoire.Toutes(l, &gens, gensSQL(list, len(args)), args...)
	})
	if err != nil {
		return fmt.Errorf("courriers: read whom to write to: %w", err)
	}
	e.eleves = e.destines(rows)
	e.gens = map[uuid.UUID][]foyer.Personne{}
	for _, g := range gens {
		e.gens[g.EleveID] = append(e.gens[g.EleveID], g)
	}
	if !e.trop() {
		e.plis, e.omis = lettre.Plis(e.eleves, e.gens, lettre.Choix{
			ParPersonne: e.f.Text("adresser") == parPersonne, ParFoyer: !e.lettre.Personnelle(),
		})
		e.ecrits = e.ecrire()
	}
	return nil
}

// destines are the pupils of the list, each once though he may have come back in the year.
func (e *envoi) destines(rows []destine) (list []lettre.Destine) {
	seen := map[uuid.UUID]bool{}
	for _, r := range rows {
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		c := r.Cellules
		born, _ := time.Parse(time.DateOnly, c[3]) // a date of the base
		list = append(list, lettre.Destine{
			Enfant:        foyer.Enfant{ID: r.ID, NomFamille: c[0], NomUsage: c[1], Prenom: c[2], Classe: c[6], Domicile: r.Domicile},
			DateNaissance: born, Sexe: eleve.Sexe(c[4]), Niveau: ecole.Niveau(c[5]), Enseignant: c[7],
			Ailleurs: r.Ailleurs, Ecarte: slices.Contains(e.retires, r.ID),
		})
	}
	return list
}

// trop tells that there are more pupils than one sends letters for at once.
func (e *envoi) trop() bool { return len(e.eleves) > lettre.Maximum }

// le is the date of the letters, today unless said otherwise.
func (e *envoi) le() time.Time {
	if le, err := date.Parse(e.f.Text("le"), e.agent.Aujourdhui()); err == nil {
		return le
	}
	return e.agent.Aujourdhui()
}

// signataire is who signs them, the agent unless said otherwise.
func (e *envoi) signataire() string {
	if name := e.f.Text("signataire"); name != "" {
		return name
	}
	return e.agent.Nom
}

// fonction is the title above that name.
func (e *envoi) fonction() string {
	if name := e.signataire(); name != e.agent.Nom {
		return habilitation.Direction(name)
	}
	return e.agent.Direction()
}

// reponses are what was typed in the blanks of the letter.
func (e *envoi) reponses() map[string]string {
	said := map[string]string{}
	for i, q := range e.lettre.Questions() {
		said[q] = e.f.Text(question(i))
	}
	return said
}

func question(i int) string { return "blanc." + strconv.Itoa(i) }

// faits is what all the letters say alike.
func (e *envoi) faits() lettre.Faits {
	s := e.lettre.EnTete
	return lettre.Faits{
		Ecole: lettre.Ecole{Nom: s.NomComplet(), Commune: s.Commune, Telephone: s.Telephone, Courriel: s.Courriel},
		Annee: e.def.AnneeLe(e.agent.Aujourdhui()), Le: e.le(), Signataire: e.signataire(),
	}
}
