package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// aria returns the attributes that tie an input to its texts and say its state.
func aria(f Field) templ.OrderedAttributes {
	var a templ.OrderedAttributes
	if d := f.describedBy(); d != "" {
		a = append(a, attr("aria-describedby", d))
	}
	if f.Error != "" {
		a = append(a, attr("aria-invalid", "true"))
	}
	if f.Required {
		a = append(a, attr("required", true))
	}
	if f.Autofocus {
		a = append(a, attr("autofocus", true))
	}
	return a
}

// radioAria is aria for the group of radios, whose buttons cannot say these states.
func radioAria(f Field) templ.OrderedAttributes {
	a := append(groupAria(f), attr("role", "radiogroup"))
	if f.Required {
		a = append(a, attr("aria-required", "true"))
	}
	if f.Error != "" {
		a = append(a, attr("aria-invalid", "true"))
	}
	return a
}

// groupAria is aria for a plain group.
func groupAria(f Field) templ.OrderedAttributes {
	if d := f.describedBy(); d != "" {
		return templ.OrderedAttributes{attr("aria-describedby", d)}
	}
	return nil
}

// inputAttributes returns all the attributes of an <input> but its type.
func inputAttributes(f Field) templ.OrderedAttributes {
	a := templ.OrderedAttributes{
		attr("id", f.id()), attr("name", f.Name), attr("value", f.Value),
		attr("autocomplete", f.autocomplete()), attr("spellcheck", "false"),
	}
	if f.InputMode != "" {
		a = append(a, attr("inputmode", f.InputMode))
	}
	if f.MaxLength > 0 {
		a = append(a, attr("maxlength", strconv.Itoa(f.MaxLength)))
	}
	if f.format != "" {
		a = append(a, attr("data-format", f.format))
	}
	return append(a, aria(f)...)
}

func attr(name string, value any) templ.KeyValue[string, any] {
	return templ.KeyValue[string, any]{Key: name, Value: value}
}

// orDash writes an absent value as a dash, which a screen reader skips.
func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
