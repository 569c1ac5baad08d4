package otp_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/otp"
)

// graine is the secret of the vectors, as long as the hash (RFC 6238, appendix B, as corrected).
func graine(n int) []byte { return []byte(strings.Repeat("1234567890", 7)[:n]) }

// The vectors of RFC 6238.
func TestTOTPVecteursRFC6238(t *testing.T) {
	cles := []otp.Cle{
		{Secret: graine(20), Algorithme: otp.SHA1, Chiffres: 8, Periode: 30},
		{Secret: graine(32), Algorithme: otp.SHA256, Chiffres: 8, Periode: 30},
		{Secret: graine(64), Algorithme: otp.SHA512, Chiffres: 8, Periode: 30},
	}
	for _, tt := range []struct {
		secondes int64
		codes    [3]string
	}{
		{59, [3]string{"94287082", "46119246", "90693936"}},
		{1111111109, [3]string{"07081804", "68084774", "25091201"}},
		{1111111111, [3]string{"14050471", "67062674", "99943326"}},
		{1234567890, [3]string{"89005924", "91819424", "93441116"}},
		{2000000000, [3]string{"69279037", "90698825", "38618901"}},
		{20000000000, [3]string{"65353130", "77737706", "47863826"}},
	} {
		for i, c := range cles {
			now := time.Unix(tt.secondes, 0)
			code, err := c.Code(now)
			if err != nil || code != tt.codes[i] {
				t.Errorf("%s at %d: %s, want %s (%v)", c.Algorithme, tt.secondes, code, tt.codes[i], err)
			}
			if _, v, err := c.Juger(code, otp.Marche{}, now); v != otp.Juste || err != nil {
				t.Errorf("%s at %d: its code is refused (%v)", c.Algorithme, tt.secondes, err)
			}
			c.Chiffres = 6 // the six last of the same eight
			if six, err := c.Code(now); err != nil || six != tt.codes[i][2:] {
				t.Errorf("%s at %d, six digits: %s, want %s (%v)", c.Algorithme, tt.secondes, six, tt.codes[i][2:], err)
			}
		}
	}
}

// The vectors of RFC 4226, appendix D, each accepted in its turn.
func TestHOTPVecteursRFC4226(t *testing.T) {
	c := otp.Cle{Secret: graine(20), Type: otp.HOTP, Algorithme: otp.SHA1, Chiffres: 6}
	m := c.Neuve()
	for n, want := range strings.Fields("755224 287082 359152 969429 338314 254676 287922 162583 399871 520489") {
		code, err := c.CodeDe(int64(n))
		if err != nil || code != want {
			t.Errorf("counter %d: %s, want %s (%v)", n, code, want, err)
		}
		var v otp.Verdict
		if m, v, err = c.Juger(want, m, time.Time{}); v != otp.Juste || m.Dernier != int64(n) || err != nil {
			t.Errorf("counter %d: %v, then at %d (%v)", n, v, m.Dernier, err)
		}
		if _, v, _ := c.Juger(want, m, time.Time{}); v != otp.DejaServi {
			t.Errorf("counter %d: a code that has served is %v", n, v)
		}
	}
}

var midi = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// At the limits: what a key may have drifted, and not one step more.
func TestLimites(t *testing.T) {
	totp := otp.Cle{Secret: graine(20), Type: otp.TOTP, Algorithme: otp.SHA1, Chiffres: 6, Periode: 30}
	hotp := totp
	hotp.Type = otp.HOTP
	ici := totp.Pas(midi)
	for _, tt := range []struct {
		name   string
		cle    otp.Cle
		marche otp.Marche
		pas    int64
		want   otp.Verdict
	}{
		{"on time", totp, otp.Marche{}, ici, otp.Juste},
		{"one step late", totp, otp.Marche{}, ici - 1, otp.Juste},
		{"one step early", totp, otp.Marche{}, ici + 1, otp.Juste},
		{"two steps late", totp, otp.Marche{}, ici - 2, otp.Faux},
		{"two steps early", totp, otp.Marche{}, ici + 2, otp.Faux},
		{"two steps early, one of them known", totp, otp.Marche{Derive: 1}, ici + 2, otp.Juste},
		{"on time, of a clock known to be fast", totp, otp.Marche{Derive: 2}, ici, otp.Faux},
		{"at the end of what may be learnt", totp, otp.Marche{Derive: 10}, ici + 10, otp.Juste},
		{"beyond what may be learnt", totp, otp.Marche{Derive: 10}, ici + 11, otp.Faux},
		{"beyond it, the other way", totp, otp.Marche{Derive: -10}, ici - 11, otp.Faux},
		{"as the desk has set it", totp, otp.Marche{Recale: 15}, ici + 15, otp.Juste},
		{"already accepted", totp, otp.Marche{Dernier: ici}, ici, otp.DejaServi},
		{"before one accepted", totp, otp.Marche{Dernier: ici}, ici - 1, otp.DejaServi},
		{"after one accepted", totp, otp.Marche{Dernier: ici}, ici + 1, otp.Juste},

		{"first press", hotp, hotp.Neuve(), 0, otp.Juste},
		{"next press", hotp, otp.Marche{Dernier: 41}, 42, otp.Juste},
		{"ten presses on", hotp, otp.Marche{Dernier: 41}, 51, otp.Juste},
		{"eleven presses on", hotp, otp.Marche{Dernier: 41}, 52, otp.Faux},
		{"the same press", hotp, otp.Marche{Dernier: 41}, 41, otp.DejaServi},
		{"a former press", hotp, otp.Marche{Dernier: 41}, 40, otp.Faux},
	} {
		code, err := tt.cle.CodeDe(tt.pas)
		if err != nil {
			t.Fatal(err)
		}
		m, got, err := tt.cle.Juger(code, tt.marche, midi)
		if got != tt.want || err != nil {
			t.Errorf("%s: %v, want %v (%v)", tt.name, got, tt.want, err)
		}
		if got != otp.Juste && m != tt.marche {
			t.Errorf("%s: refused, and the key has gone from %v to %v", tt.name, tt.marche, m)
		}
	}
}

func TestNouvelle(t *testing.T) {
	a, b := otp.Nouvelle(), otp.Nouvelle()
	if len(a.Secret)*8 < 160 || bytes.Equal(a.Secret, b.Secret) || a.Serie == b.Serie {
		t.Errorf("%d bits, or the same twice", len(a.Secret)*8)
	}
	url, err := otp.Cle{Secret: []byte("12345678901234567890"), Algorithme: "SHA1", Chiffres: 6, Periode: 30}.URL("claire.fabre")
	const want = "otpauth://totp/Base%20%C3%A9l%C3%A8ves:claire.fabre?algorithm=SHA1&digits=6" +
		"&issuer=Base%20%C3%A9l%C3%A8ves&period=30&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	if err != nil || url != want {
		t.Errorf("got %s, %v", url, err)
	}
}
