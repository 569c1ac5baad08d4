// Package invention invents people: names, families, homes, ways to reach them. Nobody here exists: names are put
// together by chance from lists written for this purpose, telephone numbers come from the ranges kept for fiction, mail
// goes to example.org. The same seed always invents the same people. internal/demo comes here to people its schools;
// there is no base and no rule of the register.
package invention

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// Source is where chance comes from.
type Source struct{ *rand.Rand }

// New makes the source of one part of an invented world: a part is the same whatever the others are.
func New(seed uint64, part string) Source {
	h := fnv.New64a()
	_, _ = h.Write([]byte(part)) // never fails
	return Source{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// Chance is true that many times in a hundred.
func (s Source) Chance(percent float64) bool { return s.Float64()*100 < percent }

// Between returns a number from low to high, both possible.
func (s Source) Between(low, high int) int { return low + s.IntN(high-low+1) }

// Day returns a day from one to another, both possible; the first when they are the wrong way round.
func (s Source) Day(from, to time.Time) time.Time {
	days := int(to.Sub(from).Hours() / 24)
	if days <= 0 {
		return from
	}
	return from.AddDate(0, 0, s.IntN(days+1))
}

// UUID returns a random identifier (version 4).
func (s Source) UUID() uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], s.Uint64())
	binary.BigEndian.PutUint64(id[8:], s.Uint64())
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id
}

// Pick returns one of a list, each as likely as the others.
func Pick[T any](s Source, list []T) T { return list[s.IntN(len(list))] }

// Common returns one of a list that begins with the most common.
func Common[T any](s Source, list []T) T {
	x := s.Float64()
	return list[int(x*x*float64(len(list)))]
}
