// Package refusal holds the one error that a user reads: a French sentence, and the field it is about.
// Every package of the domain comes here to say no; any other error is a breakdown, logged and never shown.
package refusal

import (
	"errors"
	"strings"
)

// Kind tells why an act was refused; internal/httpx alone knows which status each one answers.
type Kind int

// The kinds of refusal.
const (
	Invalid  Kind = iota // what was typed cannot be accepted as it is
	Conflict             // the state of the register forbids the act
	Unknown              // does not exist, or lies outside the territory: never told apart
	Denied               // the role does not hold the right
	Overload             // to be tried again later
	Stale                // somebody else has changed it since the form was opened
)

// Refusal is a no with its reason, as the user will read it.
type Refusal struct {
	Kind  Kind
	Field string // column's name of the field at fault, "" when the act as a whole is refused
	Motif string // whole French sentence
}

// Error returns the sentence.
func (r Refusal) Error() string { return r.Motif }

// Of refuses the value of a field.
func Of(field, motif string) Refusal { return Refusal{Kind: Invalid, Field: field, Motif: motif} }

// InConflict refuses an act that the present state does not allow.
func InConflict(motif string) Refusal { return Refusal{Kind: Conflict, Motif: motif} }

// NotFound refuses what does not exist or lies outside the territory; it has one sentence only, so that
// an answer never betrays which of the two it was.
func NotFound() Refusal {
	return Refusal{Kind: Unknown, Motif: "Cette page n’existe pas, ou elle ne relève pas de votre territoire."}
}

// Forbidden refuses an act to a role that does not hold its right.
func Forbidden(motif string) Refusal { return Refusal{Kind: Denied, Motif: motif} }

// Busy refuses an act for the time being.
func Busy(motif string) Refusal { return Refusal{Kind: Overload, Motif: motif} }

// Outdated refuses to overwrite what somebody else has changed since the form was opened; its form shows both versions.
func Outdated() Refusal {
	return Refusal{Kind: Stale, Motif: "Quelqu’un a modifié ces informations depuis que vous avez ouvert la page."}
}

// As returns the refusal that err is or wraps; the first one of a List.
func As(err error) (Refusal, bool) {
	all := All(err)
	if len(all) == 0 {
		return Refusal{}, false
	}
	return all[0], true
}

// All returns every refusal that err holds, in the order they were added; none when err is a breakdown.
func All(err error) []Refusal {
	if list, ok := errors.AsType[List](err); ok {
		return list
	}
	if r, ok := errors.AsType[Refusal](err); ok {
		return []Refusal{r}
	}
	return nil
}

// On gives the refusals of err that have no field the one given: a value knows why it is refused, only
// its form knows where it stood. Any other error is returned unchanged.
func On(field string, err error) error {
	all := All(err)
	if len(all) == 0 {
		return err
	}
	placed := make(List, len(all))
	for i, r := range all {
		if r.Field == "" {
			r.Field = field
		}
		placed[i] = r
	}
	return placed.Err()
}

// List is several refusals at once: a form tells all that is wrong with it, not only the first thing.
type List []Refusal

// Error returns the sentences, one a line.
func (l List) Error() string {
	motifs := make([]string, len(l))
	for i, r := range l {
		motifs[i] = r.Motif
	}
	return strings.Join(motifs, "\n")
}

// Add refuses the value of one more field.
func (l *List) Add(field, motif string) { *l = append(*l, Of(field, motif)) }

// Take adds the refusals that err holds; it returns err itself when that is a breakdown, nil otherwise.
func (l *List) Take(err error) error {
	all := All(err)
	if len(all) == 0 {
		return err
	}
	*l = append(*l, all...)
	return nil
}

// Err returns the list as an error: nil when nothing was refused, the refusal itself when there is one.
func (l List) Err() error {
	switch len(l) {
	case 0:
		return nil
	case 1:
		return l[0]
	}
	return l
}
