package main

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/domain/ecole"
)

// Floor and goal of design.md §8 for the year of a school opened and taken back.
const (
	maxRentree  = 2 * time.Second
	goalRentree = 500 * time.Millisecond
	rentrants   = 300
)

// ouvrirSQL makes of the greatest school one whose pupils are all decided, as many as the floor is for: those of other
// schools lend it what it lacks.
const ouvrirSQL = `
	with choisis as (
		select id, eleve_id from scolarite where annee = $2 and etat = 'admis_definitif'
		order by ecole_uai <> $1, cle_nom limit $3),
	prete as (
		update scolarite s set ecole_uai = $1, classe_id = null from choisis c where s.id = c.id returning s.id, s.ecole_uai, s.annee, s.niveau),
	tient as (update eleve e set ecole_uai = $1 from choisis c where e.id = c.eleve_id)
	insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le, notifie_le, decide_le)
	select id, ecole_uai, annee, 'decide', 'maintien', niveau, false, $4, $4, $4 from prete
	on conflict (scolarite_id) do nothing`

// defaire is the form that takes a preparation back.
var defaire = regexp.MustCompile(`/rentree/[0-9a-f-]{36}/annuler`)

// rentree opens the next year for as many pupils as the floor is for, and takes it back, three times.
func (b bench) rentree(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	annee := int(ecole.AnneeDe(w.now))
	if _, err := w.owner.Exec(ctx, ouvrirSQL, w.people.great.Territoire, annee, rentrants, w.now); err != nil {
		return fmt.Errorf("decide for the pupils: %w", err)
	}
	for range 3 {
		took, err := w.sendFrom(ctx, "/rentree", func([]byte) string { return fmt.Sprintf("/rentree?annee=%d", annee) })
		if err != nil {
			return err
		}
		var opened int
		if err := w.owner.QueryRow(ctx, `select count(*) from scolarite where ecole_uai = $1 and annee = $2 and etat = 'admis_accepte'`,
			w.people.great.Territoire, annee+1).Scan(&opened); err != nil {
			return err
		}
		undone, err := w.sendFrom(ctx, "/rentree", func(page []byte) string { return defaire.FindString(string(page)) })
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "year opened for %d pupils: %.2f s; taken back: %.2f s (at most %s each: %s; goal %s: %s)\n", opened, took.Seconds(),
			undone.Seconds(), maxRentree, mark(max(took, undone) <= maxRentree), goalRentree, mark(max(took, undone) <= goalRentree))
	}
	return nil
}

// sendFrom sends a form of a page to where action finds it says, and measures the sending alone.
func (w *world) sendFrom(ctx context.Context, path string, action func(page []byte) string) (time.Duration, error) {
	page, err := load.One(ctx, w.server.address, load.Request{Path: path, Cookie: w.people.great.cookie})
	if err != nil {
		return 0, err
	}
	start := time.Now()
	err = w.sendForm(ctx, action(page), page)
	return time.Since(start), err
}
