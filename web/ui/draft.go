package ui

// Draft is a form begun and not recorded, as the page offers it again.
type Draft struct {
	Key    string // posted as "page" to Erase
	Since  string // "20/11/2026 à 10 h 05"
	About  string // whom it is about, when one had got so far
	Resume string // address that shows the form as it was left
	Erase  string // address that forgets it
}
