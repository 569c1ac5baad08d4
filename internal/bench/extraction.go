package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
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
	file, err := w.fetch(ctx, ia, path, asked) // longer than a page may take
	took := time.Since(start)
	close(stop)
	memory := <-most
	if err != nil {
		return err
	}
	if bytes.HasPrefix(bytes.ToLower(file[:min(len(file), 9)]), []byte("<!doctype")) {
		return fmt.Errorf("%s: a page instead of a file", format)
	}
	fmt.Fprintf(b.out, "a département as %s: %.1f s, %d kB, the server at most %d MiB\n", format, took.Seconds(), len(file)>>10, memory>>20)
	return nil
}

// fetch posts a form and reads the file that answers it, however long it takes.
func (w *world) fetch(ctx context.Context, p *person, path string, form url.Values) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+w.server.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", p.cookie)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}
