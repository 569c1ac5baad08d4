package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// logIn opens a session for everybody, by the front door.
func (p people) logIn(ctx context.Context, w *world) error {
	for _, one := range p.all() {
		var err error
		if one.cookie, err = one.logIn(ctx, w.server.address); err != nil {
			return err
		}
	}
	return nil
}

// logIn gives identifier, password and code, and returns the cookie of the session.
func (p *person) logIn(ctx context.Context, address string) (cookie string, err error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	v := visitor{base: "http://" + address, client: &http.Client{Jar: jar, CheckRedirect: stay}}
	if err := v.submit(ctx, "/connexion", url.Values{"identifiant": {p.identifiant()}, "mot_de_passe": {motDePasse}}); err != nil {
		return "", fmt.Errorf("log in %s: %w", p.identifiant(), err)
	}
	code, err := p.cle().Code(time.Now())
	if err != nil {
		return "", err
	}
	if err := v.submit(ctx, "/connexion/cle", url.Values{"code": {code}}); err != nil {
		return "", fmt.Errorf("log in %s: %w", p.identifiant(), err)
	}
	u, err := url.Parse(v.base)
	if err != nil {
		return "", err
	}
	for _, c := range jar.Cookies(u) {
		if c.Name == "session" {
			return c.Name + "=" + c.Value, nil
		}
	}
	return "", fmt.Errorf("log in %s: no session", p.identifiant())
}

// alert is what a page says went wrong.
var alert = regexp.MustCompile(`(?s)role="alert".{0,300}`)

// visitor fills forms as a browser does.
type visitor struct {
	base   string
	client *http.Client
}

// stay follows no redirection: a session is wanted, not the home page behind it.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// submit opens a page, fills its form and sends it.
func (v visitor) submit(ctx context.Context, path string, values url.Values) error {
	page, err := v.do(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	fields, err := formFields(page)
	if err != nil {
		return err
	}
	values.Set("jeton", fields.Get("jeton"))
	answer, err := v.do(ctx, http.MethodPost, path, values)
	if err == nil && bytes.Contains(answer, []byte(`role="alert"`)) && bytes.Contains(answer, []byte("data-errors")) {
		return errors.New("the form was refused")
	}
	return err
}

func (v visitor) do(ctx context.Context, method, path string, form url.Values) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := v.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, alert.Find(body))
	}
	return body, err
}
