// Package migrations holds the schema of the base, one thought per file, forward only.
// internal/postgres applies them in order, under an advisory lock.
package migrations

import "embed"

// FS holds the numbered SQL files, in tern's format.
//
//go:embed *.sql
var FS embed.FS
