package parcours_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// papier is a visitor without any script: it reads the page that comes, fills its forms and sends them.
type papier struct {
	t      testing.TB
	client *http.Client
	at     *url.URL
	page   *html.Node
}

func newPapier(t testing.TB, base string) *papier {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	return &papier{t: t, client: &http.Client{Jar: jar}, at: at}
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always has a JSON form
	return string(b)
}

func (p *papier) Open(path string) int {
	p.t.Helper()
	return p.send(http.MethodGet, p.resolve(path), nil)
}

func (p *papier) resolve(href string) string {
	p.t.Helper()
	to, err := p.at.Parse(href)
	if err != nil {
		p.t.Fatalf("%s: %v", href, err)
	}
	return to.String()
}

func (p *papier) send(method, to string, form url.Values) int {
	p.t.Helper()
	r, err := http.NewRequest(method, to, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	if p.page, err = html.Parse(answer.Body); err != nil {
		p.t.Fatal(err)
	}
	p.at = answer.Request.URL
	return answer.StatusCode
}

func (p *papier) Fetch(path string) (int, string) {
	p.t.Helper()
	answer, err := p.client.Get(p.resolve(path))
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func (p *papier) Path() string { return p.at.RequestURI() }

func (p *papier) Judge() {}

func (p *papier) Text() string {
	body := first(p.page, func(n *html.Node) bool { return n.Data == "body" })
	return textOf(body)
}

// Follow clicks: a link is followed, a button sends its form.
func (p *papier) Follow(text string) int {
	p.t.Helper()
	n := p.clickable(text)
	if n == nil {
		p.t.Fatalf("%s: nothing to click bears %q:\n%s", p.at.Path, text, p.Text())
	}
	if n.Data == "a" {
		return p.Open(attr(n, "href"))
	}
	return p.submit(n)
}

func (p *papier) Href(text string) string {
	n := first(p.page, func(n *html.Node) bool { return n.Data == "a" && textOf(n) == text })
	return attr(n, "href")
}

// clickable prefers the exact text to one that begins so, as the browser of the tests does.
func (p *papier) clickable(text string) *html.Node {
	kind := func(n *html.Node) bool { return n.Data == "a" || n.Data == "button" }
	if n := first(p.page, func(n *html.Node) bool { return kind(n) && textOf(n) == text }); n != nil {
		return n
	}
	return first(p.page, func(n *html.Node) bool { return kind(n) && strings.HasPrefix(textOf(n), text) })
}

// submit sends the form of a button: its own, or the one it names.
func (p *papier) submit(button *html.Node) int {
	p.t.Helper()
	form := owner(p.page, button)
	if form == nil {
		p.t.Fatalf("%s: the button %q has no form", p.at.Path, textOf(button))
	}
	values := p.values(form)
	if name := attr(button, "name"); name != "" {
		values.Add(name, attr(button, "value"))
	}
	action := attr(button, "formaction")
	if action == "" {
		action = attr(form, "action")
	}
	if action == "" {
		action = p.at.RequestURI()
	}
	if strings.EqualFold(attr(form, "method"), "post") {
		return p.send(http.MethodPost, p.resolve(action), values)
	}
	return p.send(http.MethodGet, p.resolve(strings.SplitN(action, "?", 2)[0]+"?"+values.Encode()), nil)
}

func (p *papier) Enter(field string) int {
	p.t.Helper()
	form := owner(p.page, p.field(func(n *html.Node) bool { return attr(n, "name") == field && attr(n, "type") != "hidden" }))
	return p.submit(first(form, func(n *html.Node) bool { return n.Data == "button" }))
}

func (p *papier) Tick(line string) {
	p.t.Helper()
	ticks := func(n *html.Node) bool { return n.Data == "input" && attr(n, "type") == "checkbox" }
	row := first(p.page, func(n *html.Node) bool {
		return (n.Data == "tr" || n.Data == "li" && first(n, ticks) != nil) && strings.Contains(textOf(n), line)
	})
	box := first(row, ticks)
	if box == nil {
		p.t.Fatalf("%s: no line bears %q", p.at.Path, line)
	}
	set(box, "checked", "")
}

// values are what the form would send.
func (p *papier) values(form *html.Node) url.Values {
	values := url.Values{}
	walk(p.page, func(n *html.Node) {
		name := attr(n, "name")
		if name == "" || has(n, "disabled") || owner(p.page, n) != form {
			return
		}
		switch n.Data {
		case "input":
			kind := attr(n, "type")
			if kind == "submit" || (kind == "checkbox" || kind == "radio") && !has(n, "checked") {
				return
			}
			values.Add(name, valueOf(n))
		case "textarea":
			values.Add(name, textOf(n))
		case "select":
			values.Add(name, selected(n))
		}
	})
	return values
}

// Fill types in the field of that name, in the main part of the page.
func (p *papier) Fill(name, value string) {
	p.t.Helper()
	n := p.field(func(n *html.Node) bool { return attr(n, "name") == name && attr(n, "type") != "hidden" })
	if n == nil {
		p.t.Fatalf("%s: no field %s", p.at.Path, name)
	}
	set(n, "value", value)
}

// Choose picks an option of a list, a radio or a box.
func (p *papier) Choose(name, value string) {
	p.t.Helper()
	list := p.field(func(n *html.Node) bool { return n.Data == "select" && attr(n, "name") == name })
	if list != nil {
		p.pick(list, value)
		return
	}
	n := p.field(func(n *html.Node) bool {
		return attr(n, "name") == name && attr(n, "value") == value && attr(n, "type") != "hidden"
	})
	if n == nil {
		p.t.Fatalf("%s: no choice %s = %s", p.at.Path, name, value)
	}
	if attr(n, "type") == "radio" {
		walk(p.page, func(o *html.Node) {
			if attr(o, "name") == name {
				unset(o, "checked")
			}
		})
	}
	set(n, "checked", "")
}

func (p *papier) pick(list *html.Node, value string) {
	p.t.Helper()
	found := false
	walk(list, func(o *html.Node) {
		if o.Data == "option" {
			unset(o, "selected")
			if valueOf(o) == value {
				set(o, "selected", "")
				found = true
			}
		}
	})
	if !found {
		p.t.Fatalf("%s: no option %s in %s", p.at.Path, value, attr(list, "name"))
	}
}

func (p *papier) field(match func(*html.Node) bool) *html.Node {
	content := first(p.page, func(n *html.Node) bool { return n.Data == "main" })
	return first(content, func(n *html.Node) bool {
		return slices.Contains([]string{"input", "textarea", "select"}, n.Data) && match(n)
	})
}
