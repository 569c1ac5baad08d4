package coffre_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"base-eleves/internal/domain/coffre"
)

var (
	ancienne = bytes.Repeat([]byte("ancienne"), 4)
	actuelle = bytes.Repeat([]byte("actuelle"), 4)
	secret   = []byte("12345678901234567890")
)

func open(t *testing.T, maitresse []byte, anciennes ...[]byte) *coffre.Coffre {
	t.Helper()
	c, err := coffre.New(maitresse, anciennes...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOuvrir(t *testing.T) {
	scelle := open(t, actuelle).Sceller(secret, "CLE-1")
	altered := func(i int) []byte {
		b := bytes.Clone(scelle)
		b[i] ^= 1
		return b
	}
	for _, tt := range []struct {
		name     string
		coffre   *coffre.Coffre
		scelle   []byte
		contexte string
		opens    bool
	}{
		{"what was sealed opens", open(t, actuelle), scelle, "CLE-1", true},
		{"after a change of key it still opens", open(t, ancienne, actuelle), scelle, "CLE-1", true},
		{"not for another key's serial number", open(t, actuelle), scelle, "CLE-2", false},
		{"not under another master key", open(t, ancienne), scelle, "CLE-1", false},
		{"not with another version", open(t, actuelle), altered(0), "CLE-1", false},
		{"not with another fingerprint", open(t, actuelle), altered(1), "CLE-1", false},
		{"not with another nonce", open(t, actuelle), altered(5), "CLE-1", false},
		{"not with another text", open(t, actuelle), altered(20), "CLE-1", false},
		{"not with another tag", open(t, actuelle), altered(len(scelle) - 1), "CLE-1", false},
		{"not cut short", open(t, actuelle), scelle[:8], "CLE-1", false},
		{"not empty", open(t, actuelle), nil, "CLE-1", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.coffre.Ouvrir(tt.scelle, tt.contexte)
			if tt.opens && (err != nil || !bytes.Equal(got, secret)) {
				t.Errorf("got %q, %v", got, err)
			}
			if !tt.opens && !errors.Is(err, coffre.ErrIllisible) {
				t.Errorf("opened %q, %v", got, err)
			}
		})
	}
}

func TestScellerNeverTwiceTheSame(t *testing.T) {
	c := open(t, actuelle)
	if bytes.Equal(c.Sceller(secret, "CLE-1"), c.Sceller(secret, "CLE-1")) {
		t.Error("the same secret sealed twice looks the same")
	}
	if bytes.Contains(c.Sceller(secret, "CLE-1"), secret[:8]) {
		t.Error("the secret can be read in what is sealed")
	}
}

func TestCle(t *testing.T) {
	c := open(t, actuelle)
	if got := c.Cle("formulaires"); len(got) != 32 || !bytes.Equal(got, open(t, actuelle).Cle("formulaires")) {
		t.Error("a usage has not always the same key of 32 bytes")
	}
	if bytes.Equal(c.Cle("formulaires"), c.Cle("appareils")) || bytes.Equal(c.Cle("formulaires"), open(t, ancienne).Cle("formulaires")) {
		t.Error("two usages, or two master keys, give the same key")
	}
}

func TestNewRefusesShortKeys(t *testing.T) {
	for _, key := range [][]byte{nil, actuelle[:16], append(bytes.Clone(actuelle), 0)} {
		if _, err := coffre.New(key); err == nil {
			t.Errorf("a master key of %d bytes is accepted", len(key))
		}
	}
	if _, err := coffre.New(actuelle, ancienne[:31]); err == nil {
		t.Error("a short former key is accepted")
	}
}

func TestKeysAreNeverPrinted(t *testing.T) {
	var b strings.Builder
	c := open(t, actuelle)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "coffre", c)
	fmt.Fprintf(&b, "%v %+v %#v %s", c, c, c, c)
	for _, shown := range []string{"actuelle", "97 99 116", "0x61"} {
		if strings.Contains(b.String(), shown) {
			t.Errorf("the master key shows in %s", b.String())
		}
	}
}

// A key that seals is replaced: what was sealed before still opens, what is sealed after opens for who has learnt the new
// one and for nobody else, and the usages keep their keys.
func TestSous(t *testing.T) {
	avant := open(t, ancienne)
	apres, err := avant.Sous(actuelle)
	if err != nil {
		t.Fatal(err)
	}
	lecteur, err := avant.Lisant(actuelle)
	if err != nil {
		t.Fatal(err)
	}
	vieux, neuf := avant.Sceller(secret, "CLE-1"), apres.Sceller(secret, "CLE-1")
	for name, tt := range map[string]struct {
		coffre *coffre.Coffre
		scelle []byte
		opens  bool
	}{
		"the next one opens what was sealed":      {apres, vieux, true},
		"the next one opens what it seals":        {apres, neuf, true},
		"who has learnt it opens what it seals":   {lecteur, neuf, true},
		"who has not learnt it does not":          {avant, neuf, false},
		"who has learnt it seals as before":       {avant, lecteur.Sceller(secret, "CLE-1"), true},
		"the new key alone does not open the old": {open(t, actuelle), vieux, false},
	} {
		got, err := tt.coffre.Ouvrir(tt.scelle, "CLE-1")
		if tt.opens != (err == nil && bytes.Equal(got, secret)) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if !bytes.HasPrefix(neuf, apres.Entete()) || bytes.HasPrefix(vieux, apres.Entete()) {
		t.Error("what is sealed under the new key cannot be told from the rest")
	}
	if !bytes.Equal(avant.Cle("formulaires"), apres.Cle("formulaires")) {
		t.Error("the keys of the usages have changed")
	}
	for _, c := range []func() (*coffre.Coffre, error){
		func() (*coffre.Coffre, error) { return avant.Sous(actuelle[:16]) },
		func() (*coffre.Coffre, error) { return avant.Lisant(actuelle[:16]) },
	} {
		if _, err := c(); err == nil {
			t.Error("a short key is accepted")
		}
	}
}
