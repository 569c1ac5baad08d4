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
// §8 bounds. The IA asks, the service informatique agrees, the server makes the file beside the pages.
func (b bench) extraction(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	var two [2]*person
	for i, role := range []habilitation.Role{habilitation.IA, habilitation.Service} {
		all := w.people.all()
		p := all[slices.IndexFunc(all, func(p *person) bool { return p.Role == role })]
		if err := w.forget(ctx, p); err != nil {
			return err
		}
		var err error
		if p.cookie, err = p.logIn(ctx, w.server.address); err != nil { // a proof of who he is, as fresh as the file wants
			return err
		}
		two[i] = p
	}
	ia, service := two[0], two[1]
	sheet := url.Values{"groupes": {"identite", "adresse", "scolarite", "responsables"}, "motif": {"enquete"}}
	for _, format := range []string{"csv", "xlsx"} {
		sheet.Set("format", format)
		if err := b.taken(ctx, w, ia, service, "/extractions/apercu", "/extractions/fichier", format, sheet); err != nil {
			return err
		}
	}
	for _, format := range []string{"aaf", "oneroster"} {
		asked := url.Values{"format": {format}, "destinataire": {"ent"}}
		if err := b.taken(ctx, w, ia, service, "/extractions/ent", "/extractions/ent/fichier", format, asked); err != nil {
			return err
		}
	}
	return nil
}

// taken measures one file, from the word of the second person to the last byte.
func (b bench) taken(ctx context.Context, w *world, ia, service *person, page, path, format string, asked url.Values) error {
	answer, err := w.post(ctx, ia, page+"?"+asked.Encode(), path, asked)
	if err != nil {
		return err
	}
	file := answer.Header.Get("Location")
	stop := make(chan struct{})
	most := make(chan int64)
	go func() { most <- watch(w.server, stop) }()
	start := time.Now()
	size, err := w.obtain(ctx, ia, service, file)
	took := time.Since(start)
	close(stop)
	memory := <-most
	if err != nil {
		return fmt.Errorf("%s: %w", format, err)
	}
	fmt.Fprintf(b.out, "a département as %s: %.1f s, %d kB, the server at most %d MiB\n", format, took.Seconds(), size>>10, memory>>20)
	return nil
}

// obtain has the second person agree, waits for the file as its page does, and reads it.
func (w *world) obtain(ctx context.Context, ia, service *person, file string) (size int64, err error) {
	if _, err := w.post(ctx, service, "/fichiers", file+"/decision", url.Values{"accord": {"oui"}}); err != nil {
		return 0, err
	}
	for {
		body, err := load.One(ctx, w.server.address, load.Request{Path: file + "/etat", Cookie: ia.cookie})
		if err != nil {
			return 0, err
		}
		if bytes.Contains(body, []byte(`"fini":true`)) {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	answer, err := w.send(ctx, ia, http.MethodGet, file+"/contenu", nil)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		return 0, fmt.Errorf("%d: a page instead of a file", answer.StatusCode)
	}
	return io.Copy(io.Discard, answer.Body)
}

// post sends a form with a token of the page that shows it; it is sent to another page.
func (w *world) post(ctx context.Context, p *person, page, path string, form url.Values) (*http.Response, error) {
	seen, err := load.One(ctx, w.server.address, load.Request{Path: page, Cookie: p.cookie})
	if err != nil {
		return nil, err
	}
	fields, err := formFields(seen)
	if err != nil {
		return nil, err
	}
	form.Set("jeton", fields.Get("jeton"))
	answer, err := w.send(ctx, p, http.MethodPost, path, form)
	if err != nil {
		return nil, err
	}
	_ = answer.Body.Close() // only where it leads is of use
	if answer.StatusCode != http.StatusSeeOther {
		return nil, fmt.Errorf("%s answers %d", path, answer.StatusCode)
	}
	return answer, nil
}

// send asks for an address however long it takes, and goes no further.
func (w *world) send(ctx context.Context, p *person, method, path string, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+w.server.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", p.cookie)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return client.Do(req)
}
