package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"time"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/onde"
)

// Floor and goal of design.md §8 for the dry run of an import, which issue 3 asks of the whole of it.
const (
	reprisLines = 10_000
	maxReprise  = 6 * time.Second
)

// reprise measures the dry run of an import: the file sent, its columns as they are proposed, the whole report. A line in
// a hundred is faulty, and the last ones are pupils that the school has. Then the last is applied, and undone.
func (b bench) reprise(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	present, err := w.exported(ctx)
	if err != nil {
		return err
	}
	file := reprisFile(present)
	var path string
	var report []byte
	for range 3 {
		start := time.Now()
		path, err = w.deposit(ctx, file)
		if err != nil {
			return err
		}
		sent := time.Since(start)
		report, err = w.preview(ctx, path)
		if err != nil {
			return err
		}
		took := time.Since(start)
		fmt.Fprintf(b.out, "dry run of %d lines, %d kB: %.2f s, of which the file %.2f s (at most %s: %s)\n\t%s\n", reprisLines,
			len(file)>>10, took.Seconds(), sent.Seconds(), maxReprise, mark(took <= maxReprise), counts(report))
	}
	return b.applied(ctx, path, report)
}

// exported is the school's own file. What was measured before may have lasted longer than a proof of who asks is good for:
// the directeur then logs in again.
func (w *world) exported(ctx context.Context) ([]byte, error) {
	ask := func() ([]byte, error) {
		return load.One(ctx, w.server.address, load.Request{Path: "/reprise/onde-eleves.csv?encodage=utf-8", Cookie: w.people.great.cookie})
	}
	file, err := ask()
	if err != nil || bytes.HasPrefix(file, []byte("\ufeff")) {
		return file, err
	}
	if err := w.forget(ctx, w.people.great); err != nil {
		return nil, err
	}
	if w.people.great.cookie, err = w.people.great.logIn(ctx, w.server.address); err != nil {
		return nil, err
	}
	return ask()
}

// applied measures the import that a report announces, and the way back.
func (b bench) applied(ctx context.Context, path string, report []byte) error {
	w, start := b.worlds[0], time.Now()
	if err := w.sendForm(ctx, path+"/appliquer", report); err != nil {
		return err
	}
	took := time.Since(start)
	list, err := load.One(ctx, w.server.address, load.Request{Path: "/reprise", Cookie: w.people.great.cookie})
	if err != nil {
		return err
	}
	last := operation.FindString(string(list))
	page, err := load.One(ctx, w.server.address, load.Request{Path: last, Cookie: w.people.great.cookie})
	if err != nil {
		return err
	}
	start = time.Now()
	if err := w.sendForm(ctx, last+"/annuler", page); err != nil {
		return err
	}
	fmt.Fprintf(b.out, "the same applied: %.2f s (at most %s: %s); undone: %.2f s\n", took.Seconds(), maxReprise, mark(took <= maxReprise),
		time.Since(start).Seconds())
	return nil
}

// reprisFile is a file of as many lines as the dry run has: children invented, then those of the school.
func reprisFile(present []byte) []byte {
	known := strings.SplitAfter(string(present), "\r\n")
	known = known[1 : len(known)-1]
	list := make([]onde.Eleve, reprisLines-len(known))
	for i := range list {
		list[i] = onde.Eleve{
			NomFamille: "F" + letters(i/3), Prenom: "P" + letters(i), Naissance: time.Date(2019, 1, 1+i%330, 0, 0, 0, 0, time.UTC), Sexe: "F",
			Adresse: onde.Adresse{Voie: fmt.Sprintf("%d rue %s", i%90+1, letters(i/3)), CodePostal: "65000", Commune: "TARBES", Pays: "FRANCE"},
			Niveau:  "CE1", Classe: "CE1 " + letters(i%26), ClasseID: fmt.Sprint(900_000 + i%26), Attestation: "Oui", Photo: "Non",
		}
		if i%100 == 0 {
			list[i].Naissance = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
		}
	}
	content, _ := onde.EcrireEleves(list, onde.UTF8)
	return append(content, strings.Join(known, "")...)
}

// letters writes a number without digits, which names have none of.
func letters(n int) string {
	s := string(rune('a' + n%26))
	for n /= 26; n > 0; n /= 26 {
		s = string(rune('a'+n%26)) + s
	}
	return s
}

// deposit sends the file as a browser does, and returns the page of its columns.
func (w *world) deposit(ctx context.Context, file []byte) (path string, err error) {
	token, err := w.site.tokens(ctx, w.people.great)
	if err != nil {
		return "", err
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("jeton", token()); err != nil {
		return "", err
	}
	part, err := form.CreateFormFile("fichier", "CSVExtraction.csv")
	if err != nil {
		return "", err
	}
	if _, err := part.Write(file); err != nil {
		return "", err
	}
	if err := form.Close(); err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+w.server.address+"/reprise", &body)
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Cookie", w.people.great.cookie)
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("the file was answered %d: %s", answer.StatusCode, said)
	}
	return answer.Header.Get("Location"), err
}

// preview sends the columns as they are proposed, and reads the report.
func (w *world) preview(ctx context.Context, path string) ([]byte, error) {
	cookie := w.people.great.cookie
	page, err := load.One(ctx, w.server.address, load.Request{Path: path, Cookie: cookie})
	if err != nil {
		return nil, err
	}
	if err := w.sendForm(ctx, path, page); err != nil {
		return nil, err
	}
	return load.One(ctx, w.server.address, load.Request{Path: path + "/apercu", Cookie: cookie})
}

// sendForm sends the form of a page as it came.
func (w *world) sendForm(ctx context.Context, path string, page []byte) error {
	fields, err := formFields(page)
	if err != nil {
		return err
	}
	_, err = load.One(ctx, w.server.address, load.Request{Method: "POST", Path: path, Cookie: w.people.great.cookie, Form: fields.Encode(), Want: 303})
	return err
}

// operation is the address of a take-over that was made; the last comes first.
var operation = regexp.MustCompile(`/reprise/operations/[0-9a-f-]{36}`)

var stat = regexp.MustCompile(`(?s)<dt>([^<]+)</dt>\s*<dd>\s*<a[^>]*>([^<]+)</a>`)

// counts are the figures of a report.
func counts(report []byte) string {
	var said []string
	for _, m := range stat.FindAllSubmatch(report, -1) {
		said = append(said, string(m[1])+" "+string(m[2]))
	}
	return strings.Join(said, ", ")
}
