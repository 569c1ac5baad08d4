package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"base-eleves/internal/domain/coffre"
)

// A key of the box that is none is refused before anything starts, by one sentence that names its variable and never shows it.
func TestBadSealingKeys(t *testing.T) {
	key := func(n int) string { return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{9}, n)) }
	whole := key(coffre.Taille)
	for _, tt := range []struct{ name, variable, value string }{
		{"too short", "COFFRE_CLE", key(16)},
		{"too long", "COFFRE_CLE", key(33)},
		{"not base64", "COFFRE_CLE", strings.Repeat("é", 22)},
		{"hexadecimal", "COFFRE_CLE", strings.Repeat("09", 32)},
		{"two of them", "COFFRE_CLE", whole + "," + whole},
		{"one of several", "COFFRE_LISIBLES", whole + "," + key(16)},
		{"not base64, readable", "COFFRE_LISIBLES", "secret"},
	} {
		get := func(name string) string { return map[string]string{tt.variable: tt.value}[name] }
		_, err := readEnvironment(get)
		if err == nil {
			t.Errorf("%s: taken", tt.name)
			continue
		}
		said := err.Error()
		if !strings.HasPrefix(said, tt.variable+" doit être 32 octets écrits en base64") || strings.Contains(said, "\n") || strings.Contains(said, tt.value) {
			t.Errorf("%s: %q", tt.name, said)
		}
	}
	env, err := readEnvironment(func(name string) string {
		return map[string]string{"COFFRE_CLE": whole, "COFFRE_LISIBLES": whole + ", " + whole}[name]
	})
	if err != nil || len(env.sealing) != coffre.Taille || len(env.readable) != 2 {
		t.Errorf("control: %v, %d readable", err, len(env.readable))
	}
}
