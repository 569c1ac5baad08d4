package httpx

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
	"base-eleves/web/ui"
)

// Form is what was typed, and what is wrong with it. Only the fields that a page asks for are read.
type Form struct {
	Values   url.Values
	refusals refusal.List
	today    time.Time
}

// ReadForm reads the form sent; today completes years of two digits.
func ReadForm(r *http.Request, today time.Time) (*Form, error) {
	if err := parseForm(r); err != nil {
		return nil, err
	}
	return &Form{Values: r.PostForm, today: today}, nil
}

// AskedForm is what an address asks for, read as a form is: for a page that one composes without recording anything.
func AskedForm(asked url.Values, today time.Time) *Form { return &Form{Values: asked, today: today} }

// NewForm is a form not sent yet, with what is known already.
func NewForm(known map[string]string) *Form {
	f := &Form{Values: url.Values{}}
	for name, v := range known {
		f.Values.Set(name, v)
	}
	return f
}

func parseForm(r *http.Request) error {
	err := r.ParseForm()
	if err == nil && uploads(r) {
		err = r.ParseMultipartForm(maxUpload)
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok && uploads(r) {
		return refusal.Of("", "Le fichier dépasse 8\u00a0Mo\u00a0: partagez-le en plusieurs fichiers.")
	}
	if err != nil {
		return refusal.Of("", "Le formulaire reçu est illisible.")
	}
	return nil
}

// Version is the version of the row that the form was opened on, 0 when it creates one.
func (f *Form) Version() int {
	n, _ := strconv.Atoi(f.Values.Get("version"))
	return n
}

// Text reads a line: NFC, spaces put right, control characters dropped.
func (f *Form) Text(name string) string { return clean(f.Values.Get(name)) }

// Lines reads a text of several lines, each put right as Text does.
func (f *Form) Lines(name string) string {
	lines := strings.Split(strings.ReplaceAll(f.Values.Get(name), "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
	return strings.Join(strings.Fields(s), " ")
}

// Limited reads a line of at most max characters.
func (f *Form) Limited(name string, max int) string {
	s := f.Text(name)
	if len([]rune(s)) > max {
		f.Refuse(name, "Au plus "+strconv.Itoa(max)+" caractères.")
	}
	return s
}

// Required reads a line that must be filled; motif says so in a sentence.
func (f *Form) Required(name string, max int, motif string) string {
	s := f.Limited(name, max)
	if s == "" {
		f.Refuse(name, motif)
	}
	return s
}

// Choice reads one of the options; "" is accepted only if it is one of them.
func (f *Form) Choice(name string, options []string, motif string) string {
	s := f.Values.Get(name)
	if !slices.Contains(options, s) {
		f.Refuse(name, motif)
		return ""
	}
	return s
}

// Date reads a date that must be given.
func (f *Form) Date(name, motif string) time.Time {
	if f.Text(name) == "" {
		f.Refuse(name, motif)
		return time.Time{}
	}
	return f.DateOrNone(name)
}

// DateOrNone reads a date, zero when the field is empty.
func (f *Form) DateOrNone(name string) time.Time {
	s := f.Text(name)
	if s == "" {
		return time.Time{}
	}
	t, err := date.Parse(s, f.today)
	f.Take(refusal.On(name, err))
	return t
}

// Count reads a number of places: 0 when the field is empty, -1 when what is typed counts nothing, for the rule to refuse.
func (f *Form) Count(name string) int {
	s := f.Text(name)
	if s == "" {
		return 0
	}
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return -1
}

// Checked reads a checkbox.
func (f *Form) Checked(name string) bool { return f.Values.Get(name) != "" }

// UUID reads an identifier, uuid.Nil when it is none.
func (f *Form) UUID(name string) uuid.UUID {
	id, _ := uuid.Parse(f.Values.Get(name))
	return id
}

// UUIDs reads the lines selected in a list; motif is said when there is none.
func (f *Form) UUIDs(name, motif string) []uuid.UUID {
	var ids []uuid.UUID
	for _, v := range f.Values[name] {
		if id, err := uuid.Parse(v); err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		f.Refuse(name, motif)
	}
	return ids
}

// Refuse adds a refusal.
func (f *Form) Refuse(field, motif string) { f.refusals.Add(field, motif) }

// Take adds the refusals that err holds; any other error is not for the form and is returned.
func (f *Form) Take(err error) error { return f.refusals.Take(err) }

// Err is everything refused so far.
func (f *Form) Err() error { return f.refusals.Err() }

// Refused tells whether err, returned by an act, is to be shown on the form; it is then added to it.
func (f *Form) Refused(err error) bool {
	for _, r := range refusal.All(err) {
		if r.Kind != refusal.Invalid && r.Kind != refusal.Conflict {
			return false
		}
	}
	if len(refusal.All(err)) == 0 {
		return false
	}
	if len(f.refusals) == 0 {
		_ = f.refusals.Take(err)
	}
	return true
}

// Stale tells whether err says that somebody else has changed the row since the form was opened.
func Stale(err error) bool {
	r, ok := refusal.As(err)
	return ok && r.Kind == refusal.Stale
}

// Errors are the refusals, as the form component shows them.
func (f *Form) Errors() ui.Errors {
	var errs ui.Errors
	for _, r := range f.refusals {
		errs = append(errs, ui.FieldError{Field: r.Field, Message: r.Motif})
	}
	return errs
}

// Field completes a field with what was typed in it and with what is wrong with it.
func (f *Form) Field(field ui.Field) ui.Field {
	field.Value = f.Values.Get(field.Name)
	field.Error = f.Errors().On(field.Name)
	return field
}

// ID reads an identifier in the path. One that is none is unknown, like one that is foreign.
func ID(r *http.Request, name string) (uuid.UUID, error) {
	id, err := uuid.Parse(chi.URLParam(r, name))
	if err != nil {
		return uuid.Nil, refusal.NotFound()
	}
	return id, nil
}
