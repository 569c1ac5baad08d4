package ui

import "github.com/a-h/templ"

// PageOption adapts a page: see Heading, Crumbs, Lead, Actions, Failed, With and Script.
type PageOption func(*page)

type page struct {
	title   string
	heading string
	lead    string
	crumbs  []Crumb
	actions templ.Component
	failed  bool
	with    string
	script  string
	refresh bool
}

// Heading replaces the text of the <h1>, which is otherwise the title.
func Heading(h string) PageOption { return func(p *page) { p.heading = h } }

// Lead adds one sentence under the heading.
func Lead(sentence string) PageOption { return func(p *page) { p.lead = sentence } }

// Crumbs shows where the page stands; the page itself is not one of the crumbs.
func Crumbs(crumbs ...Crumb) PageOption { return func(p *page) { p.crumbs = crumbs } }

// Actions puts buttons beside the heading.
func Actions(c templ.Component) PageOption { return func(p *page) { p.actions = c } }

// Failed says that the page answers a refused form: its <title> begins with « Erreur : ».
func Failed(failed bool) PageOption { return func(p *page) { p.failed = failed } }

// With loads the stylesheet and the script of that name besides those of every page.
func With(name string) PageOption { return func(p *page) { p.with = name } }

// Script loads the script of that name besides that of every page, if on.
func Script(name string, on bool) PageOption {
	return func(p *page) {
		if on {
			p.script = name
		}
	}
}

// Refresh has a browser without scripts ask for the page again every few seconds: what it shows goes on by itself. The
// page must offer a way to stop that.
func Refresh(on bool) PageOption { return func(p *page) { p.refresh = on } }

func newPage(title string, options []PageOption) page {
	p := page{title: title, heading: title}
	for _, o := range options {
		o(&p)
	}
	return p
}

// fullTitle is the text of the <title>, most particular words first.
func (p page) fullTitle() string {
	t := p.title + " – Base élèves"
	if p.failed {
		return "Erreur" + nbsp + ": " + t
	}
	return t
}

// Crumb is one step of the way back.
type Crumb struct {
	Label string
	Href  string
}
