package main

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/alerte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// Floors of security.md §2.4 for a journal of a million lines: who opened a file, what an account saw (AUD-9); the whole
// chain verified (AUD-5).
const (
	journalLines    = 1_000_000
	journalPupils   = 2_000
	maxJournalRead  = 2 * time.Second
	maxJournalProof = 30 * time.Second
)

// journalSQL writes the lines of some ten months: a tenth of them are of one account, a hundredth of one pupil.
const journalSQL = `
	with c as (select array_agg(h.compte_id order by h.id) as comptes, array_agg(h.id order by h.id) as droits from habilitation h where role = 'directeur'),
	e as (select array_agg(id order by id) as eleves, array_agg(ecole_uai order by id) as ecoles from eleve)
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai, adresse, requete)
	select $1::timestamptz - ($2 - i) * interval '25 seconds', comptes[n], droits[n], 'directeur', 'consulter', 'eleve', eleves[p], ecoles[p],
		'192.0.2.' || i % 250, substr(md5(i::text), 1, 12)
	from generate_series(1, $2::int) i, c, e,
		lateral (select case when i % 10 = 0 then 1 else 1 + i % cardinality(comptes) end as n,
			case when i % 100 = 0 then 1 else 1 + i % cardinality(eleves) end as p) k`

// journal measures the reading and the proof of a journal of a million lines.
func (b bench) journal(ctx context.Context, _ *decoder) error {
	w, err := b.openBase(ctx, journalPupils)
	if err != nil {
		return err
	}
	defer w.close()
	db, _, err := territoire.Connecter(ctx, w.url)
	if err != nil {
		return err
	}
	defer db.Fermer()
	folder, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	key := journal.Cle(make([]byte, ed25519.SeedSize))
	s := &journal.Scelleur{DB: db, Cle: key, Fichier: filepath.Join(folder, "ancres.jsonl"), Now: func() time.Time { return w.now }}
	if err := w.fillJournal(ctx, s); err != nil {
		return err
	}
	if err := b.proof(ctx, w, s); err != nil {
		return err
	}
	return b.readings(ctx, w, db)
}

// fillJournal writes what the journal lacks of its million lines, and seals it.
func (w *world) fillJournal(ctx context.Context, s *journal.Scelleur) error {
	var have int
	if err := w.owner.QueryRow(ctx, `select count(*) from journal`).Scan(&have); err != nil {
		return err
	}
	if have < journalLines {
		tell(fmt.Sprintf("Writing and sealing %d lines of journal…", journalLines-have))
		if _, err := w.owner.Exec(ctx, journalSQL, w.now, journalLines-have); err != nil {
			return err
		}
	}
	if _, err := s.Sceller(ctx); err != nil {
		return err
	}
	if err := s.Ancrer(ctx); err != nil {
		return err
	}
	_, err := w.owner.Exec(ctx, `vacuum (analyze) journal, journal_maillon`)
	return err
}

// proof verifies the whole chain.
func (b bench) proof(ctx context.Context, w *world, s *journal.Scelleur) error {
	start := time.Now()
	v, err := journal.Verifier(ctx, w.owner, s.Cle.Public().(ed25519.PublicKey), s.Fichier)
	if err != nil {
		return err
	}
	took := time.Since(start)
	fmt.Fprintf(b.out, "chain of %d lines verified: %.1f s (at most %s: %s)\n", v.Lignes, took.Seconds(), maxJournalProof, mark(took <= maxJournalProof))
	return nil
}

// readings are what an IA asks of the journal, and what is counted beside the pages.
func (b bench) readings(ctx context.Context, w *world, db *territoire.DB) error {
	p := territoire.Portee{Role: string(habilitation.IA), Le: w.now}
	var account, pupil uuid.UUID
	err := w.owner.QueryRow(ctx, `select h.id, h.compte_id, j.compte_id, e.objet_id from habilitation h,
		(select compte_id from journal group by 1 order by count(*) desc limit 1) j, (select objet_id from journal group by 1 order by count(*) desc limit 1) e
		where h.role = 'ia' and h.departement_code = (select departement_code from compte where id = j.compte_id) limit 1`).
		Scan(&p.Habilitation, &p.Compte, &account, &pupil)
	if err != nil {
		return err
	}
	for _, asked := range []struct {
		name, sql string
		args      []any
	}{
		{"what an account has seen in ten months", `select count(*) from eleves_vus($1, $2, $3)`, []any{account, w.now.AddDate(-1, 0, 0), w.now}},
		{"what it has done, by act", `select count(*) from resume_du_compte($1, $2, $3)`, []any{account, w.now.AddDate(-1, 0, 0), w.now}},
		{"who opened a file", `select count(*) from ouvertures_du_dossier($1)`, []any{pupil}},
	} {
		var rows int
		took, err := worst(func() error {
			return db.Lire(ctx, p, func(l *territoire.Lecture) { territoire.Valeur(l, &rows, asked.sql, asked.args...) })
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "%s: %.2f s, %d rows (at most %s: %s)\n", asked.name, took.Seconds(), rows, maxJournalRead, mark(took <= maxJournalRead))
	}
	took, err := worst(func() error { _, err := alerte.Relever(ctx, db, w.now); return err })
	fmt.Fprintf(b.out, "the alerts counted once: %.3f s (every %s)\n", took.Seconds(), alerte.Every)
	return err
}

// worst is the longest of three times.
func worst(do func() error) (took time.Duration, err error) {
	for range 3 {
		start := time.Now()
		if err := do(); err != nil {
			return took, err
		}
		took = max(took, time.Since(start))
	}
	return took, nil
}
