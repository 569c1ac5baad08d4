package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// site is the application served on a base of its own, and somebody logged in.
type site struct {
	url    string
	cookie string // of a directeur
}

// command is the program, in the folder of the run: its private base is there.
func (a attack) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, a.program, args...)
	cmd.Dir = a.folder
	cmd.Env = append(os.Environ(), "DATABASE_URL=")
	cmd.Stderr = io.Discard
	return cmd
}

// serve serves a base of demonstration until stop.
func (a attack) serve(ctx context.Context) (s site, stop func() error, err error) {
	if err := a.lendBinaries(); err != nil {
		return s, nil, err
	}
	cmd := a.command(ctx, "serve", "--demo", "--adresse", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return s, nil, err
	}
	if err := cmd.Start(); err != nil {
		return s, nil, err
	}
	stop = func() error {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		return cmd.Wait()
	}
	for lines := bufio.NewScanner(out); lines.Scan() && s.url == ""; {
		s.url = address.FindString(lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if s.url == "" {
		return s, nil, errors.Join(errors.New("the program says no address"), stop())
	}
	if s.cookie, err = a.logIn(ctx, s.url); err != nil {
		return s, nil, errors.Join(err, stop())
	}
	return s, stop, nil
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// lendBinaries lets the private server find what `make test` may have installed.
func (a attack) lendBinaries() error {
	installed, err := filepath.Abs(filepath.Join("var", "npm"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(a.folder, "var"), 0o700); err != nil {
		return err
	}
	err = os.Symlink(installed, filepath.Join(a.folder, "var", "npm"))
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	return err
}

var jeton = regexp.MustCompile(`name="jeton" value="([^"]+)"`)

// logIn logs a directeur in, as a browser does, and returns his cookie.
func (a attack) logIn(ctx context.Context, base string) (string, error) {
	accounts, err := a.command(ctx, "demo", "comptes").Output()
	if err != nil {
		return "", fmt.Errorf("demo comptes: %w", err)
	}
	_, line, _ := strings.Cut(string(accounts), "\ndirecteur;")
	account := strings.Split(line, ";")
	if len(account) < 2 {
		return "", errors.New("the demonstration has no directeur")
	}
	jar, _ := cookiejar.New(nil) // never fails
	c := &http.Client{Jar: jar}
	if err := send(ctx, c, base+"/connexion", url.Values{"identifiant": {account[0]}, "mot_de_passe": {account[1]}}); err != nil {
		return "", err
	}
	code, err := a.command(ctx, "demo", "code", account[0]).Output()
	if err != nil {
		return "", fmt.Errorf("demo code: %w", err)
	}
	if err := send(ctx, c, base+"/connexion/cle", url.Values{"code": {string(bytes.TrimSpace(code))}}); err != nil {
		return "", err
	}
	at, err := url.Parse(base)
	if err != nil {
		return "", err
	}
	for _, cookie := range jar.Cookies(at) {
		if cookie.Name == "session" {
			return cookie.Name + "=" + cookie.Value, nil
		}
	}
	return "", errors.New("no session")
}

// send fills in the form of a page.
func send(ctx context.Context, c *http.Client, page string, form url.Values) error {
	shown, err := ask(ctx, c, http.MethodGet, page, nil)
	if err != nil {
		return err
	}
	token := jeton.FindSubmatch(shown)
	if token == nil {
		return fmt.Errorf("%s: no form", page)
	}
	form.Set("jeton", string(token[1]))
	_, err = ask(ctx, c, http.MethodPost, page, form)
	return err
}

func ask(ctx context.Context, c *http.Client, method, page string, form url.Values) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, page, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", page, resp.Status)
	}
	return body, err
}
