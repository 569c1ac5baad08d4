package cle_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"base-eleves/internal/domain/cle"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
)

const (
	enHexa   = "3132333435363738393031323334353637383930"
	enBase32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
)

var enClair = []byte("12345678901234567890")

// A vendor's file as vendors write it: what is empty is what hardware is by default.
func TestLire(t *testing.T) {
	const titres = "Serial Number;Type;Digits;Time step;Secret;Algorithm;Counter\n"
	for _, tt := range []struct {
		name, ligne string
		want        otp.Cle
		dernier     int64
	}{
		{"in hexadecimal", "hp-1;;;;" + enHexa + ";;", otp.Cle{Serie: "HP-1", Type: "TOTP", Algorithme: "SHA1", Chiffres: 6, Periode: 30}, 0},
		{"in base32", "HP-1;TOTP;8;60;" + enBase32 + ";SHA-256;", otp.Cle{Serie: "HP-1", Type: "TOTP", Algorithme: "SHA256", Chiffres: 8, Periode: 60}, 0},
		{"in groups", "HP-1;totp;6;30;gezd gnbv gy3t qojq gezd gnbv gy3t qojq;hmac-sha512;", otp.Cle{Serie: "HP-1", Type: "TOTP", Algorithme: "SHA512", Chiffres: 6, Periode: 30}, 0},
		{"a button never pressed", "HP-1;HOTP;;;" + enHexa + ";;", otp.Cle{Serie: "HP-1", Type: "HOTP", Algorithme: "SHA1", Chiffres: 6, Periode: 30}, -1},
		{"a button already pressed", "HP-1;HOTP;;;" + enHexa + ";;42", otp.Cle{Serie: "HP-1", Type: "HOTP", Algorithme: "SHA1", Chiffres: 6, Periode: 30}, 41},
	} {
		got, err := cle.Lire([]byte(titres + tt.ligne + "\n"))
		if err != nil || len(got.Erreurs) > 0 || len(got.Cles) != 1 {
			t.Errorf("%s: %+v (%v)", tt.name, got.Erreurs, err)
			continue
		}
		k := got.Cles[0]
		if !bytes.Equal(k.Secret, enClair) {
			t.Errorf("%s: the secret is %x", tt.name, k.Secret)
		}
		k.Secret = nil
		if fmt.Sprint(k.Cle) != fmt.Sprint(tt.want) || k.Dernier != tt.dernier {
			t.Errorf("%s: %+v at %d, want %+v at %d", tt.name, k.Cle, k.Dernier, tt.want, tt.dernier)
		}
	}
}

// What is wrong is said with its line, its column, its remedy; no secret is ever said, wherever it stands.
func TestLireDitLesErreurs(t *testing.T) {
	court := enHexa[:38]
	for _, tt := range []struct{ name, ligne, colonne, valeur, motif string }{
		{"no number", ";;;;" + enHexa, "numero_serie", "", "Le numéro de série manque."},
		{"a number of one of ours", "L-ABC;;;;" + enHexa, "numero_serie", "L-ABC", "Ce numéro de série n’a pas la bonne forme."},
		{"the secret in the place of the number", enHexa + ";;;;" + enHexa, "numero_serie", "(masquée)", "Ce numéro de série n’a pas la bonne forme."},
		{"an unknown kind", "HP-1;OCRA;;;" + enHexa, "type", "OCRA", "Cette valeur n’est pas connue."},
		{"seven digits", "HP-1;;7;;" + enHexa, "chiffres", "7", "Cette valeur n’est pas possible."},
		{"a step of an hour", "HP-1;;;3600;" + enHexa, "pas", "3600", "Cette valeur n’est pas possible."},
		{"no secret", "HP-1;;;;", "secret", "", "Le secret manque."},
		{"a secret too short", "HP-1;;;;" + court, "secret", "(masquée)", "Ce secret n’a pas la bonne longueur."},
		{"what a spreadsheet makes of it", "HP-1;;;;3,13233E+39", "secret", "(masquée)", "Ce secret n’est écrit ni en hexadécimal ni en base32."},
		{"what may be read both ways", "HP-1;;;;" + strings.Repeat("A2", 20), "secret", "(masquée)", "Ce secret peut se lire de deux façons."},
	} {
		got, err := cle.Lire([]byte("numero_serie;type;chiffres;pas;secret\n" + tt.ligne + "\n"))
		if err != nil || len(got.Erreurs) != 1 || len(got.Cles) != 0 {
			t.Errorf("%s: %+v (%v)", tt.name, got, err)
			continue
		}
		e := got.Erreurs[0]
		if e.Ligne != 2 || e.Colonne != tt.colonne || e.Valeur != tt.valeur || e.Motif != tt.motif || e.Remede == "" {
			t.Errorf("%s: %+v", tt.name, e)
		}
	}
	twice, err := cle.Lire([]byte("serie;secret\nHP-1;" + enHexa + "\nhp-1;" + enHexa + "\n"))
	if err != nil || len(twice.Erreurs) != 1 || twice.Erreurs[0].Ligne != 3 || len(twice.Cles) != 1 {
		t.Errorf("the same number twice: %+v (%v)", twice, err)
	}
}

func TestLireRefuse(t *testing.T) {
	for name, contenu := range map[string]string{
		"not a table":  "\x00\x01\x02",
		"no secrets":   "serie;type\nHP-1;TOTP\n",
		"no lines":     "serie;secret\n",
		"empty":        "",
		"only secrets": "secret\n" + enHexa + "\n",
	} {
		_, err := cle.Lire([]byte(contenu))
		if r, ok := refusal.As(err); !ok || r.Field != "fichier" || strings.Contains(r.Motif, enHexa) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever the bytes, the reader does not fall over, and what it says holds no secret that it could read.
func FuzzLire(f *testing.F) {
	f.Add([]byte("serie;secret\nHP-1;" + enHexa + "\n"))
	f.Add([]byte("serie;secret;type;compteur\nHP-1;" + enBase32 + ";HOTP;4\n" + enHexa + ";x;y;-1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := cle.Lire(b)
		if err != nil {
			return
		}
		for _, k := range got.Cles {
			for _, e := range got.Erreurs {
				if strings.Contains(fmt.Sprint(e), hex.EncodeToString(k.Secret)) {
					t.Errorf("a secret is said in %+v", e)
				}
			}
		}
	})
}
