package passage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Avis is what the IEN thinks of a maintien or of a passage anticipé.
type Avis string

// The opinions.
const (
	SansAvis    Avis = ""
	Favorable   Avis = "favorable"
	Defavorable Avis = "defavorable"
)

// Label is the opinion as its users name it.
func (a Avis) Label() string {
	return map[Avis]string{Favorable: "Favorable", Defavorable: "Défavorable"}[a]
}

// Who records the decision of the commission.
const (
	ParLEcole = "ecole"
	ParLIA    = "ia"
)

// Exceptionnel tells whether the choice is one that an inspector looks at.
func (c Choix) Exceptionnel() bool { return c.Decision == Maintien || c.Decision == Anticipe }

// Aviser records the opinion of the IEN, or takes it back, as long as nothing is decided.
func (p *Passage) Aviser(a Avis, today time.Time) error {
	switch {
	case a != SansAvis && a.Label() == "":
		return refusal.Of("avis", "Choisissez un avis.")
	case !p.Choix().Exceptionnel():
		return refusal.InConflict("Un avis se donne sur un maintien ou sur un passage anticipé.")
	case p.DecideLe != nil:
		return refusal.InConflict("Le conseil des maîtres a déjà décidé\u00a0: l’avis ne change plus.")
	}
	p.Avis, p.AvisLe = a, nil
	if a != SansAvis {
		p.AvisLe = &today
	}
	return nil
}

// Aviser records the opinion of the IEN on the passage of a scolarité; SansAvis takes it back.
func Aviser(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, a Avis) error {
	p, err := lire(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := p.Aviser(a, agent.Aujourdhui()); err != nil {
		return err
	}
	err = ecrire(ctx, tx, `select aviser_passage($1, $2, $3, $4)`, id, p.Version, a, agent.Aujourdhui())
	if err != nil {
		return err
	}
	noter(tx, agent, journal.AviserPassage, p)
	return nil
}

// Trancher records the decision of the commission départementale d'appel, for the IA.
func Trancher(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, c Choix, le time.Time) error {
	p, err := lire(ctx, tx, id, v)
	if err != nil {
		return err
	}
	s, err := territoire.Ligne[ligneVerrou](ctx, tx, situationSQL, id)
	if err != nil {
		return version.Check(err, "scolarite", 0, 0)
	}
	if c, err = s.Situation().Choisir(c); err != nil {
		return err
	}
	before := p.Choix()
	if err := p.Confirmer(c, le, agent.Aujourdhui(), ParLIA); err != nil {
		return err
	}
	return trancher(ctx, tx, agent, p, before)
}

// RevenirTrancher takes back the decision of the commission that the IA has recorded: the appeal is open again.
func RevenirTrancher(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	p, err := lire(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if p.Etat != Confirme {
		return refusal.InConflict("Aucune décision de la commission n’est enregistrée pour cet élève.")
	}
	before := p.Choix()
	p.annulerCommission()
	return trancher(ctx, tx, agent, p, before)
}

func trancher(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, p Passage, before Choix) error {
	err := ecrire(ctx, tx, `select trancher_passage($1, $2, $3, $4, $5, $6, $7, $8, $9)`, p.ScolariteID, p.Version, p.Etat, p.Decision,
		p.NiveauSuivant, p.Quittant, p.AvisIEN, p.ConfirmeLe, append([]Choix{}, p.ChoixPasses...))
	if err != nil {
		return err
	}
	noter(tx, agent, journal.TrancherPassage, p)
	return p.suivre(ctx, tx, before, agent.Aujourdhui())
}

// lire reads a passage for an inspection, which locks nothing: ecrire sees what has changed meanwhile.
func lire(ctx context.Context, tx territoire.Tx, id uuid.UUID, expected int) (Passage, error) {
	p, err := territoire.Ligne[Passage](ctx, tx, passageSQL, id)
	return p, version.Check(err, "passage", expected, p.Version)
}

// ecrire calls a function that says whether the passage was still as it was read.
func ecrire(ctx context.Context, tx territoire.Tx, sql string, args ...any) error {
	var done bool
	if err := tx.QueryRow(ctx, sql, args...).Scan(&done); err != nil {
		return fmt.Errorf("passage: write for an inspection: %w", err)
	}
	if !done {
		return refusal.Outdated()
	}
	return nil
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, p Passage) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "eleve", ID: p.EleveID, Ecole: p.Ecole})
}
