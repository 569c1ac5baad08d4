package ui

import "github.com/a-h/templ"

// ButtonProps is a button of a form. Kind Info is the main action, Danger destroys,
// Neutral is anything else.
type ButtonProps struct {
	Label  string
	Kind   Kind
	Name   string
	Value  string
	Action string // formaction: posts the form elsewhere; of PostButton, where it posts
	About  string // what it is about, read aloud after the label: on a line of a list, the line
}

// SummaryRow is one line of a SummaryList: a text, or a component when the text is empty.
type SummaryRow struct {
	Label   string
	Value   string
	Content templ.Component
	Href    string // of the action at the end of the line
	Action  string // « Modifier »; the label follows for screen readers
}

// Task is one thing to do: how many, why, and the way to it.
type Task struct {
	Title  string // « élèves à admettre »
	Count  int
	Why    string
	Due    string // « avant le 15 septembre »
	Href   string
	Action string // « Admettre »
}

// Tab is one link of a SectionNav.
type Tab struct {
	Label   string
	Href    string
	Current bool
	Count   int
}

// Stat is one figure with its name.
type Stat struct {
	Label string
	Value string
	Href  string
}

// EmptyProps says that there is nothing, and what one may do about it.
type EmptyProps struct {
	Sentence string
	Href     string
	Action   string
}

// UndoProps is an act that can still be undone.
type UndoProps struct {
	Message string // « 12 élèves placés en CM1 A. »
	Action  string // address to which « Annuler » posts
	Label   string // « Annuler » when empty
}

// ProgressProps is a work that goes on by itself.
type ProgressProps struct {
	Text   string
	Done   int
	Total  int
	Source string // address answering {"texte", "fait", "fini"} while it goes on; finished, the page is asked again
}

// MaskedProps is a value shown in part: the INE.
type MaskedProps struct {
	Value  string // already masked: « ••••••••045 K »
	Href   string // of the page that asks for a reason and reveals; none when empty
	Action string // « Afficher l’INE »
}

func (p ButtonProps) class() string { return buttonClass(p.Kind) }

// buttonClass keeps the default look for neutral buttons.
func buttonClass(k Kind) string {
	switch k {
	case Info, Success:
		return "button main"
	case Danger, Warning:
		return "button danger"
	default:
		return "button"
	}
}

func bulkClass(b BulkAction) string {
	if b.Danger {
		return buttonClass(Danger)
	}
	return buttonClass(Neutral)
}

func (p UndoProps) label() string {
	if p.Label == "" {
		return "Annuler"
	}
	return p.Label
}

// pending leaves out the things of which there are none.
func pending(tasks []Task) []Task {
	var todo []Task
	for _, t := range tasks {
		if t.Count > 0 {
			todo = append(todo, t)
		}
	}
	return todo
}

// Chapter is what serves one purpose.
type Chapter struct {
	Title string
	Links []ChapterLink
}

// ChapterLink leads somewhere and says what for.
type ChapterLink struct{ Label, Href, Use string }
