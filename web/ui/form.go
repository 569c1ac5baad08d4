package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// FormProps describes a form. Only Submit is usually given: the form then posts to the
// address of its page.
type FormProps struct {
	Action  string
	Method  string // "post" when empty; a "get" form carries no token
	Version int    // of the row being edited; above zero it travels as "version"
	Errors  Errors
	Submit  string // label of the main button, a verb: « Admettre l’élève »
	Danger  bool   // the main button destroys something
	Cancel  string // address of the link « Annuler »; none when empty
	Buttons templ.Component
	ID      string
	Upload  bool // multipart, for a file
	// Draft is what the form is kept under while it is typed, from httpx.Form.Brouillon; "" keeps nothing. In a form
	// that is kept, Enter goes to the next field: such a form is long, and never sent by accident.
	Draft string
	// Next is the label of a second button, and of Ctrl+Enter, that sends "suite": « Enregistrer et saisir le suivant ».
	Next string
}

func (p FormProps) method() string {
	if p.Method == "" {
		return "post"
	}
	return p.Method
}

func (p FormProps) posts() bool { return p.method() == "post" }

func (p FormProps) version() string { return strconv.Itoa(p.Version) }

func (p FormProps) submitKind() Kind {
	if p.Danger {
		return Danger
	}
	return Info
}

// FieldError is why one field was refused. An empty Field speaks of the whole form.
type FieldError struct {
	Field   string
	Message string
}

// Errors are the refusals of a form, in the order of its fields.
type Errors []FieldError

// On returns what is wrong with a field, or "".
func (e Errors) On(name string) string {
	for _, err := range e {
		if err.Field == name {
			return err.Message
		}
	}
	return ""
}

// heading counts the errors: « Il y a une erreur », « Il y a 3 erreurs ».
func (e Errors) heading() string {
	if len(e) == 1 {
		return "Il y a une erreur"
	}
	return "Il y a " + Plural(len(e), "erreur", "erreurs")
}

// ConflictProps is the page of two people who changed the same thing.
type ConflictProps struct {
	By   string // who saved first; « Quelqu’un » when empty
	At   string // when, as read: "12/04/2026 à 10 h 32"; left out when empty
	Rows []ConflictRow
}

// ConflictRow is one field that differs: what is recorded now, and what I typed.
type ConflictRow struct {
	Label  string
	Theirs string
	Mine   string
}

func (p ConflictProps) by() string {
	if p.By == "" {
		return "Quelqu’un"
	}
	return p.By
}

func (p ConflictProps) when() string {
	if p.At == "" {
		return "a enregistré des changements pendant votre saisie."
	}
	return "a enregistré des changements pendant votre saisie, le " + p.At + "."
}

// ConfirmProps asks before an act that is hard to take back.
type ConfirmProps struct {
	Consequences []string // what will happen, one full sentence each
	Form         FormProps
}
