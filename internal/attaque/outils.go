package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// tool runs one of the tools of .ci/attaque, and returns what it says; it may end with an error of its own.
func (a attack) tool(ctx context.Context, limit time.Duration, name string, args ...string) (string, error) {
	if _, err := exec.LookPath(name); err != nil {
		return "", fmt.Errorf("%s is not installed: « make attaque » installs it where it may", name)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = a.folder
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return string(out), fmt.Errorf("%s did not end within %s", name, limit)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return string(out), err
	}
	return string(out), nil
}

// injectables are addresses of the directeur that carry words into queries.
var injectables = []string{
	"/eleves?q=aba&tri=nom&niveau=CE1", "/recherche?q=aba", "/effectifs?le=2026-11-01&etat=radie", "/registre?q=aba",
	"/journal?du=01/11/2026&au=20/11/2026", "/editions?annee=2026",
	"/admissions?q=aba&etat=inscrit", "/passages?q=aba&niveau=CE1", "/pointage?q=aba", "/rattachements?q=aba", "/mutations?mois=2026-11", "/sixieme?q=aba",
}

// sql has sqlmap look for injections in the parameters of addresses, at level 3 and risk 2 (security.md WEB-5). Every field of
// every form is tried by TestNoFieldIsReadAsSQL, in internal/app: a form takes a fresh token each time, which sqlmap has not.
func (a attack) sql(ctx context.Context, s site) error {
	holes, stop, err := a.trous(ctx)
	if err != nil {
		return err
	}
	defer stop()
	found, err := a.sqlmap(ctx, holes.URL+"/communes?insee=65440", "x=1")
	if err != nil || !found {
		return fmt.Errorf("sqlmap does not find the hole made for it (%v)", err)
	}
	for _, path := range injectables {
		if found, err = a.sqlmap(ctx, s.url+path, s.cookie); err != nil || found {
			return fmt.Errorf("%s: injectable: %t (%v)", path, found, err)
		}
	}
	a.tell("sqlmap: the hole made for it is found; %d addresses of the application, none", len(injectables))
	return nil
}

func (a attack) sqlmap(ctx context.Context, url, cookie string) (found bool, err error) {
	out, err := a.tool(ctx, 4*time.Minute, "sqlmap", "--batch", "--flush-session", "--disable-coloring", "--dbms=PostgreSQL", "--level=3", "--risk=2", "--param-filter=GET",
		"--technique=BEU", "--threads=2", "--timeout=10", "--ignore-code=422", "--output-dir="+filepath.Join(a.folder, "sqlmap"), "--cookie="+cookie, "-u", url)
	found = strings.Contains(out, "identified the following injection point")
	if err == nil && !found && !strings.Contains(out, "do not appear to be injectable") {
		err = fmt.Errorf("sqlmap could not try:\n%s", out[max(0, len(out)-1500):])
	}
	return found, err
}

// mots are names of what is left open by mistake.
//
//go:embed mots.txt
var mots string

// chemins has ffuf look for what nobody was to see: as a visitor, then as a directeur.
func (a attack) chemins(ctx context.Context, s site) error {
	holes, stop, err := a.trous(ctx)
	if err != nil {
		return err
	}
	defer stop()
	list := filepath.Join(a.folder, "mots.txt")
	if err := os.WriteFile(list, []byte(mots), 0o600); err != nil {
		return err
	}
	if found, err := a.ffuf(ctx, holes.URL, "x=1", list); err != nil || !slices.Contains(found, ".env") {
		return fmt.Errorf("ffuf finds %v where .env lies open (%v)", found, err)
	}
	for _, cookie := range []string{"x=1", s.cookie} {
		if found, err := a.ffuf(ctx, s.url, cookie, list); err != nil || len(found) > 0 {
			return fmt.Errorf("found: %v (%v)", found, err)
		}
	}
	a.tell("ffuf: the file left open for it is found; %d names tried on the application, none", strings.Count(mots, "\n"))
	return nil
}

func (a attack) ffuf(ctx context.Context, base, cookie, list string) ([]string, error) {
	out, err := a.tool(ctx, time.Minute, "ffuf", "-s", "-t", "4", "-u", base+"/FUZZ", "-w", list, "-H", "Cookie: "+cookie, "-mc", "all", "-fc", "404,405,301,307")
	return strings.Fields(out), err
}

// lenteur holds connections open without saying anything to the end: others must be served all the same (REL-9).
func (a attack) lenteur(ctx context.Context, s site) error {
	holes, stop, err := a.trous(ctx)
	if err != nil {
		return err
	}
	defer stop()
	if up, err := a.slow(ctx, holes.URL+"/.env"); err != nil || up {
		return fmt.Errorf("a server of 50 places that waits for ever serves all the same: %t (%v)", up, err)
	}
	if up, err := a.slow(ctx, s.url+"/connexion"); err != nil || !up {
		return fmt.Errorf("200 slow visitors keep the others out: %t (%v)", !up, err)
	}
	a.tell("slowhttptest: 200 connections that say nothing; the server made for it serves nobody else, the application does")
	return nil
}

// slow opens 200 slow connections, and tells whether somebody else is served meanwhile.
func (a attack) slow(ctx context.Context, url string) (up bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := a.tool(ctx, 40*time.Second, "slowhttptest", "-c", "200", "-H", "-r", "200", "-i", "10", "-x", "24", "-p", "3", "-l", "15", "-u", url)
		ended <- err
	}()
	time.Sleep(8 * time.Second) // all of them are open
	c := &http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	_, failed := ask(ctx, c, http.MethodGet, url, nil)
	return failed == nil, <-ended
}
