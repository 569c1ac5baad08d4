package otp

import "time"

const (
	// tolerance is how many steps a TOTP may be early or late beside what is known of its clock: RFC 6238 §5.2
	// recommends one.
	tolerance = 1
	// deriveMax is how far what is learnt of a clock, one success after another, may go (RFC 6238 §6).
	deriveMax = 10
	// recalageMax is how far a clock may be brought back at the desk.
	recalageMax = 20
	// avance is how many presses of an HOTP may be lost between two log-ins (RFC 4226 §7.2, the parameter s).
	avance = 10
	// avanceMax is how many may be lost before the desk cannot bring it back.
	avanceMax = 100
)

// Marche is where a key stands: the last step or counter accepted, and for a TOTP how its clock runs.
type Marche struct {
	Dernier int64
	Recale  int // steps of its clock from ours, as the desk last measured them
	Derive  int // steps that it has gone since
}

// Neuve is where a key stands that was never used: the first counter of an HOTP is 0.
func (c Cle) Neuve() Marche {
	if c.Type == HOTP {
		return Marche{Dernier: -1}
	}
	return Marche{}
}

// Verdict is what becomes of a code.
type Verdict int

// The verdicts. A code that has served is told from a wrong one only to somebody who knows the password.
const (
	Faux Verdict = iota
	DejaServi
	Juste
)

// Juger tells whether the code is one that the key may show now, and where the key then stands. Every candidate is
// compared, whichever is right.
func (c Cle) Juger(code string, m Marche, now time.Time) (Marche, Verdict, error) {
	if c.Type == HOTP {
		return c.jugerCompteur(code, m)
	}
	ici := c.Pas(now) + int64(m.Recale)
	verdict, suivante := Faux, m
	for d := m.Derive - tolerance; d <= m.Derive+tolerance; d++ {
		if d < -deriveMax || d > deriveMax {
			continue
		}
		juste, err := c.est(code, ici+int64(d))
		switch {
		case err != nil:
			return m, Faux, err
		case !juste:
		case ici+int64(d) <= m.Dernier:
			verdict = max(verdict, DejaServi)
		default:
			verdict, suivante = Juste, Marche{Dernier: ici + int64(d), Recale: m.Recale, Derive: d}
		}
	}
	return suivante, verdict, nil
}

// jugerCompteur looks ahead of the counter, never back. The last code accepted is known again, to say so.
func (c Cle) jugerCompteur(code string, m Marche) (Marche, Verdict, error) {
	verdict, suivante := Faux, m
	for n := max(m.Dernier, 0); n <= m.Dernier+avance; n++ {
		juste, err := c.est(code, n)
		switch {
		case err != nil:
			return m, Faux, err
		case !juste:
		case n <= m.Dernier:
			verdict = max(verdict, DejaServi)
		case verdict != Juste: // the nearest, should two counters give the same code
			verdict, suivante = Juste, Marche{Dernier: n}
		}
	}
	return suivante, verdict, nil
}

// Recaler finds where a key stands by two codes that it shows one after the other, the second one now.
func (c Cle) Recaler(premier, second string, m Marche, now time.Time) (Marche, bool, error) {
	de, a := m.Dernier+1, m.Dernier+avanceMax-1
	if c.Type != HOTP {
		ici := c.Pas(now)
		de, a = max(de, ici-recalageMax-1), ici+recalageMax-1
	}
	for n := de; n <= a; n++ {
		ok, err := c.suite(premier, second, n)
		if err != nil {
			return m, false, err
		}
		if !ok {
			continue
		}
		trouvee := Marche{Dernier: n + 1}
		if c.Type != HOTP {
			trouvee.Recale = int(n + 1 - c.Pas(now))
		}
		return trouvee, true, nil
	}
	return m, false, nil
}

func (c Cle) suite(premier, second string, n int64) (bool, error) {
	un, err := c.est(premier, n)
	if err != nil {
		return false, err
	}
	deux, err := c.est(second, n+1)
	return un && deux, err
}
