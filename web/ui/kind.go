package ui

// Kind is the tone of a message, a tag or a button. It never carries a meaning alone: the
// words do, the colour helps.
type Kind string

// The tones. The zero value is neutral.
const (
	Neutral Kind = ""
	Info    Kind = "info"
	Success Kind = "success"
	Warning Kind = "warning"
	Danger  Kind = "danger"
)

// class returns the CSS classes of a component in this tone.
func (k Kind) class(base string) string {
	if k == Neutral {
		return base
	}
	return base + " " + string(k)
}

// word says the tone to those who do not see colours.
func (k Kind) word() string {
	switch k {
	case Success:
		return "Fait"
	case Warning:
		return "Attention"
	case Danger:
		return "Erreur"
	default:
		return "Information"
	}
}
