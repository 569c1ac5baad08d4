package otp_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"base-eleves/internal/domain/otp"
	_ "base-eleves/internal/fixture/graine"
)

// jeton is a key in a pocket: its clock is some seconds away from ours and runs fast or slow, its button is pressed.
type jeton struct {
	otp.Cle
	ecart time.Duration
	n     int64 // next counter
}

func (j *jeton) lire(t *rapid.T, now time.Time) string {
	t.Helper()
	pas := j.n
	j.n++
	if j.Type != otp.HOTP {
		pas = j.Pas(now.Add(j.ecart))
	}
	code, err := j.CodeDe(pas)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func dessiner(t *rapid.T, kind string) jeton {
	var c otp.Cle
	c.Secret = rapid.SliceOfN(rapid.Byte(), 20, 64).Draw(t, "secret")
	c.Type = kind
	c.Algorithme = rapid.SampledFrom([]string{otp.SHA1, otp.SHA256, otp.SHA512}).Draw(t, "algorithme")
	c.Chiffres = rapid.SampledFrom([]int{6, 8}).Draw(t, "chiffres")
	c.Periode = rapid.SampledFrom([]int{30, 60}).Draw(t, "periode")
	return jeton{Cle: c}
}

// A key whose clock is wrong by up to fifteen steps either way is brought back by two successive codes, and then
// opens; one that is more than one step away did not before (security.md AUT-12).
func TestCleQuiRetarde(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := dessiner(t, otp.TOTP)
		steps := rapid.IntRange(-15, 15).Draw(t, "écart")
		j.ecart = time.Duration(steps*j.Periode) * time.Second
		now := midi
		_, v, err := j.Juger(j.lire(t, now), otp.Marche{}, now)
		if near := steps >= -1 && steps <= 1; err != nil || near != (v == otp.Juste) {
			t.Fatalf("%d steps away: %v (%v)", steps, v, err)
		}
		premier := j.lire(t, now)
		now = now.Add(time.Duration(j.Periode) * time.Second)
		second := j.lire(t, now)
		m, ok, err := j.Recaler(premier, second, otp.Marche{}, now)
		if !ok || err != nil || m.Recale != steps {
			t.Fatalf("%d steps away: brought back %v to %d (%v)", steps, ok, m.Recale, err)
		}
		if _, ok, _ := j.Recaler(premier, second, m, now); ok {
			t.Fatal("the same two codes bring it back twice")
		}
		now = now.Add(time.Duration(j.Periode) * time.Second)
		if _, v, err := j.Juger(j.lire(t, now), m, now); v != otp.Juste || err != nil {
			t.Fatalf("brought back, its code is %v (%v)", v, err)
		}
	})
}

// A clock that runs away slowly is followed, one step at a time, ten at most; each code opens once.
func TestDeriveApprise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := dessiner(t, otp.TOTP)
		sens := time.Duration(rapid.SampledFrom([]int{-1, 1}).Draw(t, "sens"))
		now, m := midi, otp.Marche{}
		for n := 1; n <= 15; n++ { // one step further each week
			now = now.Add(7 * 24 * time.Hour)
			j.ecart += sens * time.Duration(j.Periode) * time.Second
			code := j.lire(t, now)
			next, v, err := j.Juger(code, m, now)
			if err != nil || (v == otp.Juste) != (n <= 10) {
				t.Fatalf("week %d: %v (%v)", n, v, err)
			}
			if v != otp.Juste {
				return
			}
			if _, again, _ := j.Juger(code, next, now); again != otp.DejaServi {
				t.Fatalf("week %d: the same code again is %v", n, again)
			}
			m = next
		}
	})
}

// Whatever is pressed in a pocket, the counter of an HOTP never goes back, and the desk finds it up to a hundred
// presses on (security.md AUT-13).
func TestCompteurNeReculeJamais(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := dessiner(t, otp.HOTP)
		m := j.Neuve()
		for range rapid.IntRange(1, 30).Draw(t, "connexions") {
			perdues := rapid.IntRange(0, 98).Draw(t, "perdues")
			j.n += int64(perdues)
			code := j.lire(t, midi)
			next, v, err := j.Juger(code, m, midi)
			if err != nil || (v == otp.Juste) != (perdues < 10) {
				t.Fatalf("%d presses lost: %v (%v)", perdues, v, err)
			}
			if v != otp.Juste {
				var ok bool
				if next, ok, err = j.Recaler(code, j.lire(t, midi), m, midi); !ok || err != nil {
					t.Fatalf("%d presses lost: not brought back (%v)", perdues, err)
				}
			}
			if next.Dernier <= m.Dernier || next.Dernier != j.n-1 {
				t.Fatalf("the counter has gone from %d to %d, the key is at %d", m.Dernier, next.Dernier, j.n)
			}
			m = next
		}
	})
}

// Beyond what the desk may bring back, or by codes that do not follow, a key stays where it was.
func TestRecalerRefuse(t *testing.T) {
	totp := otp.Cle{Secret: graine(20), Type: otp.TOTP, Algorithme: otp.SHA1, Chiffres: 6, Periode: 30}
	hotp := totp
	hotp.Type = otp.HOTP
	ici := totp.Pas(midi)
	for _, tt := range []struct {
		name           string
		cle            otp.Cle
		marche         otp.Marche
		premier, autre int64
		want           bool
	}{
		{"twenty steps late", totp, otp.Marche{}, ici - 21, ici - 20, true},
		{"twenty-one steps late", totp, otp.Marche{}, ici - 22, ici - 21, false},
		{"twenty steps early", totp, otp.Marche{}, ici + 19, ici + 20, true},
		{"twenty-one steps early", totp, otp.Marche{}, ici + 20, ici + 21, false},
		{"two codes that do not follow", totp, otp.Marche{}, ici - 3, ici - 1, false},
		{"the same code twice", totp, otp.Marche{}, ici, ici, false},
		{"in the wrong order", totp, otp.Marche{}, ici + 1, ici, false},
		{"a code that has served", totp, otp.Marche{Dernier: ici - 1}, ici - 1, ici, false},
		{"a hundred presses on", hotp, hotp.Neuve(), 98, 99, true},
		{"a hundred and one presses on", hotp, hotp.Neuve(), 99, 100, false},
		{"presses before the counter", hotp, otp.Marche{Dernier: 50}, 20, 21, false},
	} {
		premier, _ := tt.cle.CodeDe(tt.premier)
		autre, _ := tt.cle.CodeDe(tt.autre)
		m, ok, err := tt.cle.Recaler(premier, autre, tt.marche, midi)
		if ok != tt.want || err != nil {
			t.Errorf("%s: %v, want %v (%v)", tt.name, ok, tt.want, err)
		}
		if !ok && m != tt.marche {
			t.Errorf("%s: the key has gone from %v to %v", tt.name, tt.marche, m)
		}
	}
}
