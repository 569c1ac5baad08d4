package ui

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
)

// Frame is what surrounds every page: who acts, for whom, where he may go. It is the only
// thing that components take from the context; the data of a page are its arguments.
type Frame struct {
	Nonce       string        // of the Content-Security-Policy, carried by each <script>
	Jeton       func() string // a fresh form token: anti-forgery and idempotency key at once
	Agent       string        // "Claire Fabre"; empty when nobody is logged in
	Role        string        // "Directrice"
	Territoire  string        // "École élémentaire Jean-Jaurès, Tarbes"
	Delegation  string        // "par délégation de Claire Fabre"; empty for who acts in his own name
	ReadOnly    bool          // the emergency stop lets one only read
	CanSwitch   bool          // several habilitations: the banner offers « Changer »
	Menu        []MenuItem    // main menu
	Rubrique    Rubrique      // the parts of its present entry
	CanSearch   bool          // shows the search of pupils in the header
	Suggestions string        // address answering the type-ahead of that search; "" for none
	Demo        bool          // shows « Base de démonstration »
	Flash       *Flash        // what the previous act has done
	Now         time.Time     // printed on paper; zero prints no date
	SessionEnds time.Time     // zero for no warning
	KeepAlive   string        // address that prolongs the session; "" offers no button
	Version     string        // shown in the footer
}

// MenuItem is one entry of the main menu. A count above zero is shown beside the label.
type MenuItem struct {
	Label   string
	Href    string
	Current bool
	Count   int
}

// Rubrique is the entry of the menu that one is in, and its parts. It has none where the entry is one page.
type Rubrique struct {
	Label string
	Items []MenuItem
}

// Flash is a message shown once, after a redirection. UndoAction, when set, is the address
// to which the button « Annuler » posts.
type Flash struct {
	Message    string
	Kind       Kind
	UndoAction string
}

// presentIn says of the entry of the menu that it is the page itself, or that the page is one of its parts.
func presentIn(r Rubrique) string {
	if len(r.Items) > 0 {
		return "true"
	}
	return "page"
}

type frameKey struct{}

// WithFrame returns a context whose pages are surrounded by f.
func WithFrame(ctx context.Context, f Frame) context.Context {
	return context.WithValue(templ.WithNonce(ctx, f.Nonce), frameKey{}, &f)
}

// frameOf never returns nil: a page rendered without a frame is a public one.
func frameOf(ctx context.Context) *Frame {
	if f, ok := ctx.Value(frameKey{}).(*Frame); ok {
		return f
	}
	return &Frame{}
}

// sessionLeft is the number of seconds before the session ends, "" when nothing watches it.
// The clock of the server counts: that of an old computer may be wrong.
func (f *Frame) sessionLeft() string {
	if f.SessionEnds.IsZero() || f.Now.IsZero() {
		return ""
	}
	return strconv.Itoa(int(f.SessionEnds.Sub(f.Now).Seconds()))
}

// paper is the line printed on top of every sheet.
func (f *Frame) paper() string {
	var parts []string
	for _, s := range []string{f.Territoire, "Confidentiel"} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if !f.Now.IsZero() {
		parts = append(parts, "Édité le "+LongDay(f.Now))
	}
	return strings.Join(parts, " – ")
}

// jeton returns a token for one form.
func jeton(ctx context.Context) string {
	if f := frameOf(ctx); f.Jeton != nil {
		return f.Jeton()
	}
	return ""
}
