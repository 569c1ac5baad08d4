package immatriculation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// MotifsDecision are what the IA settles a litige on.
var MotifsDecision = []inscription.Valeur{
	{Code: "acte_naissance", Label: "Acte de naissance ou livret de famille"},
	{Code: "ecoles", Label: "Réponse des deux écoles"},
	{Code: "famille", Label: "Réponse de la famille"},
	{Code: "repertoire", Label: "Répertoire national"},
	{Code: "saisie", Label: "Erreur de saisie reconnue"},
}

// dureeRetour is how long one may come back on an answer (design.md §4).
const dureeRetour = 30 * 24 * time.Hour

// verrouSQL locks the number of a pupil; its row stays invisible outside the territory.
const verrouSQL = `
	select eleve_id, ecole_uai, version, etat, raison, ine is not null as numero from immatriculation
	where eleve_id = $1 for update`

func lock(ctx context.Context, tx territoire.Tx, eleve uuid.UUID, v int) (Immatriculation, error) {
	d, err := territoire.Ligne[dossier](ctx, tx, verrouSQL, eleve)
	return d.immatriculation(), version.Check(err, "immatriculation", v, d.Version)
}

// ressemblance is what a decision must know of a pair.
type ressemblance struct {
	CandidatID uuid.UUID
	Decision   Decision
	DecidePar  string
	DecideLe   *time.Time
	Present    bool
	Ici        bool
	Fusionne   bool
}

func findRessemblance(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve, candidat uuid.UUID) (ressemblance, error) {
	r, err := territoire.Ligne[ressemblance](ctx, tx, `
		select candidat_id, decision, decide_par, decide_le, present, ici, fusionne from voir_ressemblances($1, $2) where candidat_id = $3`,
		eleve, agent.Aujourdhui(), candidat)
	if territoire.Introuvable(err) {
		return r, refusal.NotFound()
	}
	return r, err
}

// Decider records the answer to "is this pupil the same child as that file?". The same: his number is that of the file,
// which no longer bears one. Another: the register looks again without it. motif is the IA's.
func Decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve, candidat uuid.UUID, v int, d Decision, motif string) error {
	i, err := lock(ctx, tx, eleve, v)
	if err != nil {
		return err
	}
	if err := i.Decider(agent.Role, d); err != nil {
		return err
	}
	if agent.Role == habilitation.IA && !inscription.Connu(MotifsDecision, motif) {
		return refusal.Of("motif", "Choisissez ce qui fonde votre décision.")
	}
	if d == DemanderIA {
		i.save(tx, agent.Maintenant)
		i.record(tx, agent, journal.DemanderIA, "")
		return nil
	}
	r, err := findRessemblance(ctx, tx, agent, eleve, candidat)
	if err != nil {
		return err
	}
	if err := r.decidable(agent.Role, d); err != nil {
		return err
	}
	tx.Queue(`update ressemblance set decision = $3, motif = $4, decide_le = $5, decide_par = $6, version = version + 1
		where eleve_id = $1 and candidat_id = $2`, eleve, candidat, d, motif, agent.Maintenant, agent.Role)
	if d == MemeEnfant {
		i.reconnaitre(tx, agent, candidat, motif)
		return nil
	}
	return i.ecarter(ctx, tx, agent, motif)
}

// reconnaitre makes one number of two.
func (i Immatriculation) reconnaitre(tx territoire.Tx, agent habilitation.Agent, candidat uuid.UUID, motif string) {
	Remplacer(tx, agent, i.EleveID, candidat)
	tx.Queue(`update immatriculation set etat = 'attribue', raison = '', depuis = $2, version = version + 1
		where eleve_id = $1 and ine is not null`, i.EleveID, agent.Maintenant)
	i.record(tx, agent, journal.MemeEnfant, motif)
}

// ecarter has the register look again, unless other look-alikes await an answer.
func (i Immatriculation) ecarter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, motif string) error {
	var open bool
	err := tx.QueryRow(ctx, `select exists (select from ressemblance where eleve_id = $1 and decision = '')`, i.EleveID).Scan(&open)
	if err != nil {
		return fmt.Errorf("immatriculation: look for other look-alikes: %w", err)
	}
	if open {
		i.rouvrir(agent.Role, Ressemblance)
	}
	i.save(tx, agent.Maintenant)
	i.record(tx, agent, journal.AutreEnfant, motif)
	return nil
}

// decidable refuses an answer already given, and that a directeur takes the number of a pupil whom another school has:
// that school would have to be heard.
func (r ressemblance) decidable(par habilitation.Role, d Decision) error {
	switch {
	case r.Decision != "":
		return refusal.InConflict("Quelqu’un a déjà répondu pour cet élève ressemblant.")
	case d == MemeEnfant && par == habilitation.Directeur && r.Present && !r.Ici:
		return refusal.Of("decision", "Une autre école a encore cet élève\u00a0: l’inspection académique doit décider.")
	}
	return nil
}

// Revenir undoes one's last answer about a pupil: what was asked of the IA while it has not answered, or whether a
// look-alike is the same child, within thirty days. The question is asked again.
func Revenir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, v int) error {
	i, err := lock(ctx, tx, eleve, v)
	if err != nil {
		return err
	}
	if i.Etat == Litige && agent.Role == habilitation.Directeur {
		err = i.Reprendre(agent.Role)
	} else {
		err = i.revenirSurReponse(ctx, tx, agent)
	}
	if err != nil {
		return err
	}
	i.save(tx, agent.Maintenant)
	i.record(tx, agent, journal.RevenirSurINE, "")
	return nil
}

// derniereSQL is the answer given last, as everything after it would have to be undone first.
const derniereSQL = `
	select candidat_id, decision, decide_par, decide_le, present, ici, fusionne
	from voir_ressemblances($1, $2) where decision <> '' order by decide_le desc limit 1`

func (i *Immatriculation) revenirSurReponse(ctx context.Context, tx territoire.Tx, agent habilitation.Agent) error {
	r, err := territoire.Ligne[ressemblance](ctx, tx, derniereSQL, i.EleveID, agent.Aujourdhui())
	if err != nil && !territoire.Introuvable(err) {
		return err
	}
	switch {
	case err != nil || !Revocable(r.Decision, r.DecidePar, r.DecideLe, agent.Role, agent.Maintenant):
		return refusal.InConflict("On ne peut plus revenir sur cette réponse.")
	case r.Fusionne:
		return refusal.InConflict("Les deux dossiers ont été fusionnés\u00a0: annulez d’abord la fusion.")
	}
	if err := i.RevenirSur(agent.Role, r.Decision); err != nil {
		return err
	}
	if r.Decision == MemeEnfant {
		Retablir(tx, agent, i.EleveID, r.CandidatID)
	}
	tx.Queue(`update ressemblance set decision = '', motif = '', decide_le = null, decide_par = null, version = version + 1
		where eleve_id = $1 and candidat_id = $2`, i.EleveID, r.CandidatID)
	return i.relire(ctx, tx)
}

// relire reads whether a number remains, once that of the other file has gone back to it.
func (i *Immatriculation) relire(ctx context.Context, tx territoire.Tx) error {
	err := tx.QueryRow(ctx, `select ine is not null from immatriculation where eleve_id = $1`, i.EleveID).Scan(&i.Numero)
	if err != nil {
		return fmt.Errorf("immatriculation: read what remains: %w", err)
	}
	if i.Etat == BloqueDoublon || i.Etat == EnVerification {
		i.rouvrir(habilitation.Directeur, Ressemblance)
	}
	return nil
}

// Revocable tells whether a role may come back on an answer: its own, or the register's for a directeur.
func Revocable(d Decision, decidePar string, le *time.Time, par habilitation.Role, now time.Time) bool {
	own := decidePar == string(par) || decidePar == "registre" && par == habilitation.Directeur
	return d != "" && own && le != nil && now.Sub(*le) < dureeRetour
}

// Corriger records the number that the IA has typed; the former one goes on leading to the pupil. The number returned is
// to be looked at when its key is unusual.
func Corriger(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, v int, typed, motif string) (INE, error) {
	var l refusal.List
	ine, err := Parse(typed)
	_ = l.Take(refusal.On("ine", err))
	if !inscription.Connu(MotifsDecision, motif) {
		l.Add("motif", "Choisissez ce qui fonde votre décision.")
	}
	if err := l.Err(); err != nil {
		return "", err
	}
	i, err := lock(ctx, tx, eleve, v)
	if err != nil {
		return "", err
	}
	if err := i.Corriger(); err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `select poser_ine($1, $2, $3)`, eleve, string(ine), agent.Maintenant)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.ConstraintName == "un_ine_un_eleve" {
		return "", refusal.Of("ine", "Ce numéro est celui d’un autre élève.")
	}
	if err != nil {
		return "", fmt.Errorf("immatriculation: record a number typed: %w", err)
	}
	i.record(tx, agent, journal.CorrigerINE, motif)
	return ine, nil
}

func (i Immatriculation) record(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, motif string) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "immatriculation", ID: i.EleveID, Ecole: i.Ecole, Motif: motif})
}
