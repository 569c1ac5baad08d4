package parcours_test

import (
	"strings"
	"testing"

	"base-eleves/internal/browser"
)

// visiteur is somebody in front of the application: in a browser, or in plain HTTP.
type visiteur interface {
	Open(path string) int
	// Follow clicks the link or the button that bears the text, and returns the status of the page it leads to.
	Follow(text string) int
	// Enter sends the form that the field of that name belongs to.
	Enter(field string) int
	// Tick ticks the box of the line of a table, or of the item of a list, that bears the text.
	Tick(line string)
	Fill(name, value string)
	Choose(name, value string)
	Text() string
	Path() string
	// Href is the address of the link that bears the text, "" when there is none.
	Href(text string) string
	// Fetch gets an address as a file.
	Fetch(path string) (status int, body string)
	// Judge looks at the page as it stands.
	Judge()
}

// chromium is a visitor with a screen, a keyboard and axe-core.
type chromium struct {
	*browser.Browser
	t   testing.TB
	url string
}

// juges are the titles of the pages that axe has judged, in whichever story: its verdict is dear, and the same.
var juges = map[string]bool{}

func (c chromium) Open(path string) int { c.t.Helper(); return c.Browser.Open(c.url + path) }

func (c chromium) Enter(field string) int {
	c.t.Helper()
	c.Eval(`[...document.querySelectorAll("main [name=" + JSON.stringify(`+quoted(field)+`) + "]")].find((f) => f.checkVisibility()).focus()`, nil)
	return c.PressAndGo("Enter")
}

func (c chromium) Tick(line string) {
	c.t.Helper()
	c.Eval(`[...document.querySelectorAll("main tr, main li:has(input)")].find((e) => e.textContent.includes(`+quoted(line)+`))
		.querySelector("input[type=checkbox]").click()`, nil)
}

func (c chromium) Path() string { c.t.Helper(); return strings.TrimPrefix(c.URL(), c.url) }

func (c chromium) Judge() {
	c.t.Helper()
	if title := c.Title(); !juges[title] {
		juges[title] = true
		c.Accessible()
	}
}

func (c chromium) Href(text string) string {
	c.t.Helper()
	var href string
	c.Eval(`([...document.querySelectorAll("a")].find((a) => a.textContent.replace(/\s+/g, " ").trim() === `+quoted(text)+`)
		?? {getAttribute: () => ""}).getAttribute("href")`, &href)
	return href
}

func (c chromium) Fetch(path string) (int, string) {
	c.t.Helper()
	var got struct {
		Status int
		Body   string
	}
	// Same origin, with the session's cookie; a PDF is read as Latin-1 so that no byte is lost.
	c.Eval(`(() => { const x = new XMLHttpRequest(); x.open("GET", `+quoted(path)+`, false);
		x.overrideMimeType("text/plain; charset=iso-8859-1"); x.send(); return {Status: x.status, Body: x.responseText} })()`, &got)
	raw := make([]byte, 0, len(got.Body))
	for _, r := range got.Body {
		raw = append(raw, windows1252(r))
	}
	return got.Status, string(raw)
}

// windows1252 gives back the byte that a browser read as ISO-8859-1, which it takes for Windows-1252.
func windows1252(r rune) byte {
	if i := strings.IndexRune(haut, r); i >= 0 {
		return byte(0x80 + len([]rune(haut[:i])))
	}
	return byte(r)
}

const haut = "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
	"\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178"
