package journal

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/territoire"
)

// How the journal is sealed beside the pages: lines soon, anchors every five minutes (security.md AUD-4).
const (
	scellerEvery = 5 * time.Second
	ancrerEvery  = 5 * time.Minute
	parLot       = 5000 // lines of one transaction
)

// Scelleur chains the lines of the journal and signs the head of the chain. Any number of processes have one: they take
// turns.
type Scelleur struct {
	DB      *territoire.DB
	Cle     ed25519.PrivateKey
	Fichier string // where the anchors are copied out of the base, "" for nowhere
	Now     func() time.Time

	begun bool
}

// Veiller seals until ctx ends; what waits then is sealed by the next process that begins.
func (s *Scelleur) Veiller(ctx context.Context, warn func(error)) {
	tick := time.NewTicker(scellerEvery)
	defer tick.Stop()
	var anchored time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := s.Sceller(ctx)
		if now := s.Now(); err == nil && now.Sub(anchored) >= ancrerEvery {
			if err = s.Ancrer(ctx); err == nil {
				anchored = now
			}
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			warn(err)
		}
	}
}

// tourSQL takes the turn, for a transaction: somebody else who has it does the same work.
const tourSQL = `select pg_try_advisory_xact_lock(hashtextextended('journal', 0))`

// Sceller chains the lines that wait, and says how many.
func (s *Scelleur) Sceller(ctx context.Context) (n int, err error) {
	if !s.begun {
		if n, err = s.reprendre(ctx); err != nil || !s.begun {
			return n, err
		}
	}
	more, _, err := s.lots(ctx, recentesSQL, parLot)
	return n + more, err
}

// recentesSQL looks where lines may still come; plageSQL, in a range of ids.
const (
	recentesSQL = `select * from journal_a_sceller(false, $1)`
	plageSQL    = `select * from journal_a_sceller($1, $2, $3)`
)

// plage is how many ids one statement looks at.
const plage = 50_000

// reprendre looks for every line, once in the life of a process: the one before may have left some.
func (s *Scelleur) reprendre(ctx context.Context) (n int, err error) {
	var last int64
	err = s.DB.Connexion(ctx, func(tx territoire.Tx) error {
		return tx.QueryRow(ctx, `select coalesce(pg_sequence_last_value('journal_id_seq'), 0)`).Scan(&last)
	})
	if err != nil {
		return 0, fmt.Errorf("journal: seal: %w", err)
	}
	for from := int64(0); from < last; from += plage {
		done, mine, err := s.lots(ctx, plageSQL, from, from+plage, parLot)
		n += done
		if err != nil || !mine {
			return n, err
		}
	}
	s.begun = true
	return n, nil
}

// lots chains the lines that a query finds, to the last; mine is false when somebody else is at it.
func (s *Scelleur) lots(ctx context.Context, query string, args ...any) (n int, mine bool, err error) {
	for {
		done, mine, err := s.lot(ctx, query, args...)
		n += done
		if err != nil || !mine || done < parLot {
			return n, mine, err
		}
	}
}

// tete is the last link.
type tete struct {
	Rang      int64
	Empreinte []byte
}

const teteSQL = `
	(select rang, empreinte from journal_maillon order by rang desc limit 1)
	union all
	(select rang, empreinte from journal_cloture order by rang desc limit 1)
	order by rang desc limit 1`

func lireTete(ctx context.Context, tx territoire.Tx) (tete, error) {
	t, err := territoire.Ligne[tete](ctx, tx, teteSQL)
	if errors.Is(err, pgx.ErrNoRows) {
		return tete{Empreinte: make([]byte, len(Empreinte{}))}, nil
	}
	return t, err
}

// lot chains as many lines as one transaction does; mine is false when somebody else is at it.
func (s *Scelleur) lot(ctx context.Context, query string, args ...any) (n int, mine bool, err error) {
	err = s.DB.Connexion(ctx, func(tx territoire.Tx) error {
		if mine, err = s.tour(ctx, tx); err != nil || !mine {
			return err
		}
		last, err := lireTete(ctx, tx)
		if err != nil {
			return err
		}
		faits, err := territoire.Lignes[Fait](ctx, tx, query, args...)
		if err != nil || len(faits) == 0 {
			return err
		}
		n = len(faits)
		return enchainer(ctx, tx, last, faits)
	})
	if err != nil {
		return 0, mine, fmt.Errorf("journal: seal: %w", err)
	}
	return n, mine, nil
}

func (s *Scelleur) tour(ctx context.Context, tx territoire.Tx) (mine bool, err error) {
	err = tx.QueryRow(ctx, tourSQL).Scan(&mine)
	return mine, err
}

const enchainerSQL = `insert into journal_maillon (rang, ligne_id, empreinte) select * from unnest($1::bigint[], $2::bigint[], $3::bytea[])`

func enchainer(ctx context.Context, tx territoire.Tx, last tete, faits []Fait) error {
	rangs, lignes, empreintes := make([]int64, len(faits)), make([]int64, len(faits)), make([][]byte, len(faits))
	e := Empreinte(last.Empreinte)
	for i, f := range faits {
		e = f.apres(e)
		rangs[i], lignes[i], empreintes[i] = last.Rang+int64(i)+1, f.ID, append([]byte(nil), e[:]...)
	}
	_, err := tx.Exec(ctx, enchainerSQL, rangs, lignes, empreintes)
	return err
}

const ancrerSQL = `insert into journal_ancre (rang, empreinte, le, signature) values ($1, $2, $3, $4)`

const ancresSQL = `
	select rang, empreinte, le, signature, false as cloture from journal_ancre where rang > $1
	union all
	select rang, empreinte, le, signature, true from journal_cloture where rang > $2
	order by rang, cloture`

// Ancrer signs the head of the chain, if it has grown since the last time, and copies the anchors out of the base.
func (s *Scelleur) Ancrer(ctx context.Context) error {
	kept, err := lireAncres(s.Fichier)
	if err != nil {
		return fmt.Errorf("journal: read the anchors copied: %w", err)
	}
	var from, closed int64
	for _, a := range kept {
		if a.Cloture {
			closed = max(closed, a.Rang)
		} else {
			from = max(from, a.Rang)
		}
	}
	var missing []Ancre
	err = s.DB.Connexion(ctx, func(tx territoire.Tx) error {
		if err := s.signer(ctx, tx); err != nil {
			return err
		}
		missing, err = territoire.Lignes[Ancre](ctx, tx, ancresSQL, from, closed)
		return err
	})
	if err != nil {
		return fmt.Errorf("journal: anchor: %w", err)
	}
	return copier(s.Fichier, missing)
}

func (s *Scelleur) signer(ctx context.Context, tx territoire.Tx) error {
	mine, err := s.tour(ctx, tx)
	if err != nil || !mine {
		return err
	}
	last, err := lireTete(ctx, tx)
	if err != nil || last.Rang == 0 {
		return err
	}
	var signed bool
	if err := tx.QueryRow(ctx, `select exists (select from journal_ancre where rang >= $1)`, last.Rang).Scan(&signed); err != nil || signed {
		return err
	}
	a := signer(s.Cle, last.Rang, Empreinte(last.Empreinte), s.Now())
	_, err = tx.Exec(ctx, ancrerSQL, a.Rang, a.Empreinte, a.Le, a.Signature)
	return err
}
