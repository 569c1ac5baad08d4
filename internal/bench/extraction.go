package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/domain/habilitation"
)

// extraction measures what leaves a département at once: a spreadsheet of all its pupils in each format, and the annuaire
// of an espace numérique de travail, read again before it is given; with the memory of the server meanwhile, which design.md
// §8 bounds.
func (b bench) extraction(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	all := w.people.all()
	ia := all[slices.IndexFunc(all, func(p *person) bool { return p.Role == habilitation.IA })]
	if err := w.forget(ctx, ia); err != nil {
		return err
	}
	var err error
	if ia.cookie, err = ia.logIn(ctx, w.server.address); err != nil { // a proof of who he is, as fresh as the file wants
		return err
	}
	sheet := url.Values{"groupes": {"identite", "adresse", "scolarite", "responsables"}, "motif": {"enquete"}}
	for _, format := range []string{"csv", "xlsx"} {
		sheet.Set("format", format)
		if err := b.taken(ctx, w, ia, "/extractions/apercu", "/extractions/fichier", format, sheet); err != nil {
			return err
		}
	}
	for _, format := range []string{"aaf", "oneroster"} {
		asked := url.Values{"format": {format}, "destinataire": {"ent"}}
		if err := b.taken(ctx, w, ia, "/extractions/ent", "/extractions/ent/fichier", format, asked); err != nil {
			return err
		}
	}
	return nil
}

// taken measures one file, asked for from the page that says how long it will be.
func (b bench) taken(ctx context.Context, w *world, ia *person, page, path, format string, asked url.Values) error {
	seen, err := load.One(ctx, w.server.address, load.Request{Path: page + "?" + asked.Encode(), Cookie: ia.cookie})
	if err != nil {
		return err
	}
	fields, err := formFields(seen)
	if err != nil {
		return err
	}
	asked.Set("jeton", fields.Get("jeton"))
	stop := make(chan struct{})
	most := make(chan int64)
	go func() { most <- watch(w.server, stop) }()
	start := time.Now()
	file, err := load.One(ctx, w.server.address, load.Request{Method: "POST", Path: path, Cookie: ia.cookie, Form: asked.Encode()})
	took := time.Since(start)
	close(stop)
	memory := <-most
	if err != nil {
		return err
	}
	if bytes.HasPrefix(file, []byte("<!")) {
		return fmt.Errorf("%s: a page instead of a file", format)
	}
	fmt.Fprintf(b.out, "a département as %s: %.1f s, %d kB, the server at most %d MiB\n", format, took.Seconds(), len(file)>>10, memory>>20)
	return nil
}
