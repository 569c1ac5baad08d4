package ui

// PasskeyProps is what the script acces needs to ask the browser for a passkey.
type PasskeyProps struct {
	Options string // what the browser is asked, as JSON
	New     bool   // to make a key, not to prove that it holds one
	Field   string // the name of the answer in the form
	After   string // field that must be filled in before, "" for none
}

func (p PasskeyProps) act() string {
	if p.New {
		return "create"
	}
	return "get"
}
