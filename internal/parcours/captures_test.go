package parcours_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"base-eleves/internal/browser"
)

// captures is where `make captures` keeps the pictures of the README.
var captures = flag.String("captures", "", "folder in which the pictures of the main pages are kept")

// TestCaptures takes the pictures of the README: the pages that a directrice opens on a Monday.
func TestCaptures(t *testing.T) {
	d := start(t)
	v := chromium{browser.New(t), t, d.url}
	h := histoire{d, t, func() visiteur { return v }}
	h.connecter("direction-jean-jaures")
	dir := *captures
	if dir == "" {
		dir = t.TempDir()
	}
	for _, p := range []struct{ name, path, follow string }{
		{"accueil", "/", ""}, {"eleves", "/eleves?niveau=CE1", ""}, {"dossier", "/eleves?niveau=CM1", "ABADIE MARQUE Alice"},
		{"admissions", "/admissions", ""}, {"repartition", "/repartition", ""}, {"effectifs", "/effectifs", ""},
	} {
		h.ouvre(v.Open(p.path), v)
		if p.follow != "" {
			h.ouvre(v.Follow(p.follow), v)
		}
		file := filepath.Join(dir, p.name+".png")
		v.Screenshot(file)
		if info, err := os.Stat(file); err != nil || info.Size() == 0 {
			t.Errorf("%s: no picture (%v)", p.name, err)
		}
	}
}
