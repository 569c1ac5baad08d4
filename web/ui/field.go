package ui

import (
	"cmp"
	"strconv"
	"strings"
)

// Width is the size of a field, which hints at the length of the answer.
type Width string

// The widths. The zero value is Large, the width of a line.
const (
	Small  Width = "s" // a date, a postal code
	Medium Width = "m" // a name
	Large  Width = ""
)

// Field is one question of a form. The same struct serves every kind of input.
type Field struct {
	Name         string // the column's name; "responsable.0.nom_famille" in a repeated group
	Label        string
	Hint         string // an example, under the label
	Value        string // as typed, even when it is wrong
	Error        string // the refusal; usually Errors.On(name)
	Required     bool   // otherwise the label says « facultatif »
	Plain        bool   // it does not: the question narrows a list, and none of its kind asks for an answer
	Autocomplete string // "off" when empty: agents type other people's data
	InputMode    string // "numeric", "tel"…
	Width        Width
	MaxLength    int
	Rows         int    // of a Textarea, 4 when zero
	ID           string // only where two fields of a page have the same name
	Autofocus    bool

	format string // of what the script writes when one leaves the field: "date", "tel"
}

// FieldID is the id of the field of that name, to which the error summary links.
func FieldID(name string) string { return "champ-" + name }

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return FieldID(f.Name)
}

func (f Field) hintID() string  { return f.id() + "-aide" }
func (f Field) errorID() string { return f.id() + "-erreur" }

// describedBy lists the ids of the texts that explain the field.
func (f Field) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.hintID())
	}
	if f.Error != "" {
		ids = append(ids, f.errorID())
	}
	return strings.Join(ids, " ")
}

func (f Field) class() string {
	c := "field"
	if f.Width != Large {
		c += " w-" + string(f.Width)
	}
	if f.Error != "" {
		c += " wrong"
	}
	return c
}

func (f Field) rows() string { return strconv.Itoa(cmp.Or(f.Rows, 4)) }

func (f Field) autocomplete() string {
	if f.Autocomplete == "" {
		return "off"
	}
	return f.Autocomplete
}

// checked tells whether the value of a checkbox means yes.
func (f Field) checked() bool {
	yes, err := strconv.ParseBool(f.Value)
	return err == nil && yes || f.Value == "on" || f.Value == "oui"
}

// withHint gives a field the hint of its kind, unless the page has a better one.
func (f Field) withHint(hint string) Field {
	if f.Hint == "" {
		f.Hint = hint
	}
	return f
}

// secret drops the value, which must not come back in a page.
func (f Field) secret() Field {
	f.Value = ""
	if f.Autocomplete == "" {
		f.Autocomplete = "current-password"
	}
	return f
}

// Option is one answer of a Select, of Radios or of Checkboxes.
type Option struct {
	Value    string
	Label    string
	Hint     string // Radios and Checkboxes only
	Group    string // Select only: consecutive options of one group stand under its name
	Disabled bool
	Checked  bool // Checkboxes only; elsewhere Field.Value tells
}

// id of one answer: the first bears the id of the question, so that the summary links to it.
func (o Option) id(f Field, i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(i)
}

// optionGroup is a run of options under one name, or under none.
type optionGroup struct {
	name    string
	options []Option
}

func groupOptions(options []Option) []optionGroup {
	var groups []optionGroup
	for _, o := range options {
		if n := len(groups); n > 0 && groups[n-1].name == o.Group {
			groups[n-1].options = append(groups[n-1].options, o)
			continue
		}
		groups = append(groups, optionGroup{o.Group, []Option{o}})
	}
	return groups
}

// needsBlank tells whether a list must begin with « Choisir »: nothing is chosen in advance
// on behalf of the user.
func needsBlank(f Field, options []Option) bool {
	for _, o := range options {
		if o.Value == "" {
			return false
		}
	}
	return !f.Required || f.Value == ""
}
