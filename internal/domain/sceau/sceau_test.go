package sceau_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base32"
	"errors"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/sceau"
)

var (
	graine = bytes.Repeat([]byte{7}, ed25519.SeedSize)
	autre  = bytes.Repeat([]byte{8}, ed25519.SeedSize)
	papier = sceau.Papier{
		Type: document.CertificatRadiation, Numero: "0659001F-2026-0042", Nom: "MARTÍNEZ-D’ARGOUGES Zoë", Emetteur: "École Jules-Ferry, Tarbes",
		EditeLe: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), NeLe: time.Date(2017, 4, 12, 0, 0, 0, 0, time.UTC),
		Fait: "Radiation à compter du 3 décembre 2026",
	}
)

func sceller(t *testing.T, cles *sceau.Trousseau, p sceau.Papier) string {
	t.Helper()
	s, err := cles.Sceller(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASealSaysWhatWasSealed(t *testing.T) {
	cles := sceau.New(graine)
	got, err := cles.Verifier(sceller(t, cles, papier))
	if err != nil || got != papier {
		t.Errorf("got %+v, %v; want %+v", got, err, papier)
	}
	if s := sceller(t, cles, papier); s != sceller(t, cles, papier) {
		t.Error("the same paper has two seals")
	}
}

// TestOneChangedByteIsRefused changes each byte of a seal in turn, in its three ways that differ most.
func TestOneChangedByteIsRefused(t *testing.T) {
	cles, lettres := sceau.New(graine), base32.StdEncoding.WithPadding(base32.NoPadding)
	whole := sceller(t, cles, papier)
	brut, _ := lettres.DecodeString(whole)
	for i := range brut {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			brut[i] ^= flip
			if p, err := cles.Verifier(lettres.EncodeToString(brut)); !errors.Is(err, sceau.ErrFaux) {
				t.Fatalf("byte %d changed by %#x is believed: %+v", i, flip, p)
			}
			brut[i] ^= flip
		}
	}
	for i := range whole {
		changed := []byte(whole)
		if changed[i]++; changed[i] == '8' || changed[i] == '[' {
			changed[i] = 'B'
		}
		if _, err := cles.Verifier(string(changed)); !errors.Is(err, sceau.ErrFaux) {
			t.Fatalf("letter %d changed is believed", i)
		}
	}
	if _, err := cles.Verifier(strings.ToLower(whole)); err != nil {
		t.Errorf("control: the same seal in small letters is refused: %v", err)
	}
}

func TestWhatIsNoSealIsRefused(t *testing.T) {
	cles := sceau.New(graine)
	whole := sceller(t, cles, papier)
	for _, s := range []string{"", "A", "BONJOUR", whole[:len(whole)-1], whole + "A", whole + whole, strings.Repeat("A", 400), "é" + whole, "1" + whole[1:]} {
		if _, err := cles.Verifier(s); !errors.Is(err, sceau.ErrFaux) {
			t.Errorf("%q is believed: %v", s, err)
		}
	}
}

// TestKeysAreRotated: what the former key sealed is believed as long as it is kept among those admitted.
func TestKeysAreRotated(t *testing.T) {
	former := sceau.New(graine)
	paper := sceller(t, former, papier)
	if _, err := sceau.New(autre, former.Publique()).Verifier(paper); err != nil {
		t.Errorf("the former key's seal is refused: %v", err)
	}
	if _, err := sceau.New(autre).Verifier(paper); !errors.Is(err, sceau.ErrFaux) {
		t.Errorf("a key that is not ours is believed: %v", err)
	}
	if now := sceau.New(autre, former.Publique()); bytes.Equal(now.Publique(), former.Publique()) {
		t.Error("the former key still signs")
	}
}

// TestTheLongestSealIsShort: forty letters in each name, all of two bytes, and the seal holds in a small code.
func TestTheLongestSealIsShort(t *testing.T) {
	long := papier
	long.Nom, long.Emetteur, long.Fait = strings.Repeat("É", 81), strings.Repeat("ç", 90), strings.Repeat("€", 60)
	cles := sceau.New(graine)
	seal := sceller(t, cles, long)
	if n := len(seal) * 5 / 8; n > sceau.Max {
		t.Errorf("%d bytes, above %d", n, sceau.Max)
	}
	got, err := cles.Verifier(seal)
	if err != nil || !strings.HasSuffix(got.Nom, "ÉÉ…") || !strings.HasSuffix(got.Fait, "€€…") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAnUnknownTypeIsNotSealed(t *testing.T) {
	p := papier
	p.Type = "lettre"
	if _, err := sceau.New(graine).Sceller(p); err == nil {
		t.Error("a paper that no seal can name was sealed")
	}
}

func FuzzVerifier(f *testing.F) {
	cles := sceau.New(graine)
	whole, err := cles.Sceller(papier)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add("AE")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := cles.Verifier(s); err == nil && strings.ToUpper(s) != whole {
			t.Errorf("%q is believed: %+v", s, p)
		}
	})
}

func BenchmarkVerifier(b *testing.B) {
	cles := sceau.New(graine)
	seal, _ := cles.Sceller(papier)
	for b.Loop() {
		if _, err := cles.Verifier(seal); err != nil {
			b.Fatal(err)
		}
	}
}
