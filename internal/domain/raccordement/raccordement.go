// Package raccordement is the path by which a commune comes to the register: its mayor asks, the inspection académique
// decides, an account is opened, a key handed over, a training attended, and somebody logs in for the first time. The pages
// of /raccordements come here. The first two steps are acts; the others are read where they happen.
package raccordement

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Etape is a step of the path.
type Etape string

// The steps, in their order.
const (
	Demande   Etape = "demande"
	Decision  Etape = "decision"
	Compte    Etape = "compte"
	Cle       Etape = "cle"
	Formation Etape = "formation"
	Connexion Etape = "connexion"
	Refus     Etape = "refus"   // the path stops
	Service   Etape = "service" // nothing is left to do
)

// Etapes are those of the path, each with its date in Dates.
var Etapes = []Etape{Demande, Decision, Compte, Cle, Formation, Connexion}

// Label is the step as one reads it.
func (e Etape) Label() string {
	return map[Etape]string{
		Demande: "Demande", Decision: "Décision", Compte: "Compte", Cle: "Clé", Formation: "Formation", Connexion: "Première connexion",
	}[e]
}

// Reste is what is left to do, said in the list.
func (e Etape) Reste() string {
	return map[Etape]string{
		Demande: "La mairie n’a rien demandé", Decision: "Décision à prendre", Compte: "Compte à ouvrir", Cle: "Clé à remettre",
		Formation: "Formation à suivre", Connexion: "Première connexion attendue", Refus: "Refusée", Service: "En service",
	}[e]
}

// Accord says what the IA decides.
type Accord string

// The decisions.
const (
	Acceptee Accord = "acceptee"
	Refusee  Accord = "refusee"
)

// Motif is a reason of a refusal.
type Motif struct{ Code, Label string }

// Motifs are the reasons of a refusal.
var Motifs = []Motif{
	{"incomplete", "La demande est incomplète"}, {"materiel", "La mairie n’a ni poste ni connexion qui conviennent"}, {"reportee", "La commune reporte son arrivée"},
}

// Parcours is the path of a commune; nil dates are steps not reached.
type Parcours struct {
	Decide Accord
	Dates  map[Etape]*time.Time
}

// Reste is the first step that is missing. A commune that already logs in is in service, however it came.
func (p Parcours) Reste() Etape {
	switch {
	case p.Decide == Refusee:
		return Refus
	case p.Dates[Connexion] != nil:
		return Service
	}
	for _, e := range Etapes {
		if p.Dates[e] == nil {
			return e
		}
	}
	return Service
}

// Requete is what a mayor asks for.
type Requete struct {
	Insee         string
	Le            time.Time
	Interlocuteur string
	Version       int // 0 for a first request
}

var errAvenir = refusal.Of("demande_le", "La lettre du maire n’est pas datée d’un jour à venir.")

// Demander records the request of a commune that has a school in the département; it is corrected until it is decided.
func Demander(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, q Requete) error {
	if q.Le.After(agent.Aujourdhui()) {
		return errAvenir
	}
	var sql string
	switch held, err := tenir(ctx, tx, q.Insee, q.Version); {
	case errors.Is(err, pgx.ErrNoRows):
		sql = `
			insert into raccordement (commune_insee, departement_code, demande_le, interlocuteur, saisi_par, saisi_le)
			select insee, portee_dsden(), $2, $3, $4, $5 from commune c where insee = $1
				and exists (select from ecole e where e.commune_insee = c.insee and e.departement_code = portee_dsden())`
	case err != nil:
		return err
	case held.decidee():
		return errDecidee
	default:
		sql = `
			update raccordement set demande_le = $2, interlocuteur = $3, saisi_par = $4, saisi_le = $5, version = version + 1 where commune_insee = $1`
	}
	tag, err := tx.Exec(ctx, sql, q.Insee, q.Le, q.Interlocuteur, agent.Compte, agent.Maintenant)
	if err == nil && tag.RowsAffected() == 0 {
		return refusal.NotFound()
	}
	return noter(tx, agent, journal.DemanderRaccordement, q.Insee, err)
}

var errDecidee = refusal.InConflict("La demande est décidée\u00a0: l’inspection académique revient d’abord sur sa décision.")

// Retirer takes an undecided request away.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, insee string, seen int) error {
	held, err := tenir(ctx, tx, insee, seen)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return refusal.NotFound()
	case err != nil:
		return err
	case held.decidee():
		return errDecidee
	}
	_, err = tx.Exec(ctx, `delete from raccordement where commune_insee = $1`, insee)
	return noter(tx, agent, journal.RetirerRaccordement, insee, err)
}

// Verdict is what the IA says of a request.
type Verdict struct {
	Accord  Accord // "" takes a decision back
	Le      time.Time
	Motif   string // of a refusal
	Version int
}

func (v Verdict) juger(held tenue, agent habilitation.Agent) error {
	var refus refusal.List
	if v.Accord == "" {
		return nil
	}
	if v.Le.Before(held.DemandeLe) || v.Le.After(agent.Aujourdhui()) {
		refus.Add("decision_le", "La décision vient après la demande, et pas dans l’avenir.")
	}
	if v.Accord == Refusee && !slices.ContainsFunc(Motifs, func(m Motif) bool { return m.Code == v.Motif }) {
		refus.Add("motif", "Choisissez le motif du refus.")
	}
	if held.SaisiPar == agent.Compte.String() {
		refus.Add("", "Une autre personne décide de ce que vous avez saisi.")
	}
	return refus.Err()
}

// Decider accepts or refuses a request, or takes the decision back.
func Decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, insee string, v Verdict) error {
	held, err := tenir(ctx, tx, insee, v.Version)
	if errors.Is(err, pgx.ErrNoRows) {
		return refusal.NotFound()
	}
	if err == nil {
		err = v.juger(held, agent)
	}
	if err != nil {
		return err
	}
	var le *time.Time
	var par any
	if v.Accord != "" {
		le, par = &v.Le, agent.Compte
	}
	motif := ""
	if v.Accord == Refusee {
		motif = v.Motif
	}
	_, err = tx.Exec(ctx, `update raccordement set decision = nullif($2, ''), decision_le = $3, motif = $4, decide_par = $5, version = version + 1
		where commune_insee = $1`, insee, string(v.Accord), le, motif, par)
	return noter(tx, agent, journal.DeciderRaccordement, insee, err)
}

// tenue is a request, held until the act is done.
type tenue struct {
	DemandeLe time.Time
	Decision  string
	SaisiPar  string
	Version   int
}

func (t tenue) decidee() bool { return t.Decision != "" }

// tenir holds the request of a commune; pgx.ErrNoRows says that there is none, and that the form knew of none.
func tenir(ctx context.Context, tx territoire.Tx, insee string, seen int) (tenue, error) {
	t, err := territoire.Ligne[tenue](ctx, tx, `select demande_le, coalesce(decision, '') as decision, saisi_par::text as saisi_par, version
		from raccordement where commune_insee = $1 for update`, insee)
	switch {
	case errors.Is(err, pgx.ErrNoRows) && seen == 0:
		return t, pgx.ErrNoRows
	case errors.Is(err, pgx.ErrNoRows), err == nil && t.Version != seen:
		return t, refusal.Outdated()
	case err != nil:
		return t, fmt.Errorf("raccordement: read the request: %w", err)
	}
	return t, nil
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, insee string, err error) error {
	if err != nil {
		return fmt.Errorf("raccordement: %s: %w", acte, err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "commune", Motif: insee})
	return nil
}
