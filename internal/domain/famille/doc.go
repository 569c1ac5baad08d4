// Package famille is what the children of a family have in common: a home, people responsible for them. A home and a
// person are one row that several files refer to (domain.md §3.3), so that whoever corrects one corrects it for all; the
// acts of this package therefore ask for whom a change is meant, name those it concerns, and refuse to change what the
// agent does not hold the pen of. Two records of one person are made one here, and a home is protected here.
package famille
