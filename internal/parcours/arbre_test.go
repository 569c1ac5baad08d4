package parcours_test

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// walk visits the elements below n, in the order of the page.
func walk(n *html.Node, visit func(*html.Node)) {
	if n == nil {
		return
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			visit(d)
		}
	}
}

// first is the first element below n that matches.
func first(n *html.Node, match func(*html.Node) bool) (found *html.Node) {
	walk(n, func(e *html.Node) {
		if found == nil && match(e) {
			found = e
		}
	})
	return found
}

func attr(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func set(n *html.Node, name, value string) {
	unset(n, name)
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

func unset(n *html.Node, name string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// textOf is the text below n, its spaces put right.
func textOf(n *html.Node) string {
	var b strings.Builder
	if n != nil {
		for d := range n.Descendants() {
			if d.Type == html.TextNode && (d.Parent == nil || d.Parent.Data != "script") {
				b.WriteString(d.Data)
				b.WriteString(" ")
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// owner is the form that an element belongs to: the one it names, or the one around it.
func owner(page, n *html.Node) *html.Node {
	if id := attr(n, "form"); id != "" {
		return first(page, func(e *html.Node) bool { return e.Data == "form" && attr(e, "id") == id })
	}
	for a := n.Parent; a != nil; a = a.Parent {
		if a.Data == "form" {
			return a
		}
	}
	return nil
}

// valueOf is the value that an element sends: an option or a box without one sends its text, or "on".
func valueOf(n *html.Node) string {
	if has(n, "value") {
		return attr(n, "value")
	}
	if n.Data == "option" {
		return textOf(n)
	}
	if t := attr(n, "type"); t == "checkbox" || t == "radio" {
		return "on"
	}
	return ""
}

func selected(list *html.Node) string {
	if o := first(list, func(n *html.Node) bool { return n.Data == "option" && has(n, "selected") }); o != nil {
		return valueOf(o)
	}
	if o := first(list, func(n *html.Node) bool { return n.Data == "option" }); o != nil {
		return valueOf(o)
	}
	return ""
}
