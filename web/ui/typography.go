package ui

import (
	"strconv"
	"time"
)

// nbsp keeps a number and its unit, or a word and its « : », on the same line.
const nbsp = "\u00a0"

var months = [...]string{
	"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre",
}

// Day writes a date as typed in a form: "12/04/2018". The zero time gives "".
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("02/01/2006")
}

// LongDay writes a date as in a letter: "1er septembre 2026". The zero time gives "".
func LongDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return day + nbsp + months[t.Month()-1] + nbsp + strconv.Itoa(t.Year())
}

// Count writes a whole number the French way: 6 500 000, with no-break spaces.
func Count(n int) string {
	if n < 0 {
		return "−" + Count(-n)
	}
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(n%1000 + 1000)
	return Count(n/1000) + nbsp + rest[1:]
}

// Plural writes a count with its noun: "0 élève", "1 élève", "2 élèves".
func Plural(n int, one, many string) string {
	if n > 1 {
		return Count(n) + nbsp + many
	}
	return Count(n) + nbsp + one
}

// Places is a number of places, nothing where none was set.
func Places(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
