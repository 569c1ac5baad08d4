package election

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Resultats are what the bureau counted.
type Resultats struct {
	Votants     int
	Nuls        int
	Suffrages   map[uuid.UUID]int // by list of candidates
	ProclameeLe time.Time
	Departage   []uuid.UUID // lists whose candidate is the oldest, where the votes do not decide
}

// VoixSQL are the lists of an election ($1) with the number of their candidates, in the order in which they were handed in.
const VoixSQL = `
	select l.id as liste, (select count(*) from candidat c where c.liste_id = l.id)::int as candidats, coalesce(l.suffrages, 0) as suffrages
	from liste_candidats l where l.election_id = $1 order by l.deposee_le, l.nom, l.id`

// Proclamer records the results and shares the seats.
func Proclamer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, r Resultats) error {
	e, err := enCours(ctx, tx, id, v)
	if err != nil {
		return err
	}
	d := Depouillement{Inscrits: e.Inscrits, Votants: r.Votants, Nuls: r.Nuls}
	if d.Voix, err = territoire.Lignes[Voix](ctx, tx, VoixSQL, id); err != nil {
		return fmt.Errorf("election: read the lists: %w", err)
	}
	for i, list := range d.Voix {
		d.Voix[i].Suffrages = r.suffrages(list.Liste)
	}
	var l refusal.List
	validerJour(&l, "proclamee_le", r.ProclameeLe, e.ScrutinLe, agent.Aujourdhui())
	if err := l.Take(d.Valider()); err != nil {
		return err
	}
	if err := l.Err(); err != nil {
		return err
	}
	parts, err := Repartir(e.Sieges, d.Voix, r.Departage)
	if tie, tied := errors.AsType[Egalite](err); tied {
		return refusal.Of("departage", tie.Error())
	}
	if err != nil {
		return err
	}
	r.ecrire(tx, id, parts)
	noter(tx, agent, journal.ProclamerElection, id)
	return nil
}

// suffrages are the votes of a list, -1 when nothing was said of it.
func (r Resultats) suffrages(liste uuid.UUID) int {
	if n, said := r.Suffrages[liste]; said {
		return n
	}
	return -1
}

// ecrire records the results and who is elected: the first of each list, then as many alternates.
func (r Resultats) ecrire(tx territoire.Tx, id uuid.UUID, parts []Part) {
	departage := r.Departage
	if departage == nil {
		departage = []uuid.UUID{}
	}
	tx.Queue(`update election set votants = $2, nuls = $3, proclamee_le = $4, departage = $5, version = version + 1 where id = $1`,
		id, r.Votants, r.Nuls, r.ProclameeLe, departage)
	for _, p := range parts {
		tx.Queue(`update liste_candidats set suffrages = $2, titulaires = $3, suppleants = $4, version = version + 1 where id = $1`,
			p.Liste, p.Suffrages, p.Titulaires, p.Suppleants)
		tx.Queue(`update candidat set elu = case when rang <= $2 then 'titulaire' when rang <= $3 then 'suppleant' else '' end where liste_id = $1`,
			p.Liste, p.Titulaires, p.Titulaires+p.Suppleants)
	}
}

// Reprendre takes proclaimed results back, to correct them.
func Reprendre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	e, err := verrouiller(ctx, tx, id, 0)
	switch {
	case err != nil:
		return err
	case e.ProclameeLe == nil:
		return refusal.InConflict("Les résultats ne sont pas proclamés.")
	case e.AnnuleeLe != nil:
		return errAnnulee
	}
	tx.Queue(`update election set votants = null, nuls = null, proclamee_le = null, departage = '{}', version = version + 1 where id = $1`, id)
	tx.Queue(`update liste_candidats set suffrages = null, titulaires = null, suppleants = null, version = version + 1 where election_id = $1`, id)
	tx.Queue(`update candidat set elu = '' where liste_id in (select id from liste_candidats where election_id = $1)`, id)
	noter(tx, agent, journal.ReprendreResultats, id)
	return nil
}
