package rapprochement

import "strings"

// suite is what must follow a spelling for it to have its sound.
type suite int

const (
	partout suite = iota
	nasale        // no vowel, no other n or m: the vowel goes through the nose
	douce         // e, i or y
	aou           // a, o or u
	finale        // the end of the word
)

// regle says how a spelling sounds in a French name. Digits stand for sounds that no letter writes: 1 an, 2 in, 3 on,
// 4 oi, 5 ou, 6 eu, 8 ch.
type regle struct {
	ecrit string
	suite suite
	son   string
}

// regles by their first letter, the longest first. Sounds that are heard as one in some province are one.
var regles = parLettre([]regle{
	{"ault", finale, "o"}, {"auld", finale, "o"}, {"eaux", finale, "o"}, {"eault", finale, "o"}, {"eau", partout, "o"}, {"au", partout, "o"},
	{"ain", nasale, "2"}, {"aim", nasale, "2"}, {"ein", nasale, "2"}, {"oin", nasale, "v2"}, {"ean", nasale, "1"}, {"aen", nasale, "1"},
	{"ien", nasale, "i2"}, {"yen", nasale, "i2"}, {"an", nasale, "1"}, {"am", nasale, "1"}, {"en", nasale, "1"}, {"em", nasale, "1"},
	{"in", nasale, "2"}, {"im", nasale, "2"}, {"yn", nasale, "2"}, {"ym", nasale, "2"}, {"un", nasale, "2"}, {"um", nasale, "2"},
	{"on", nasale, "3"}, {"om", nasale, "3"},
	{"oeu", partout, "6"}, {"eu", partout, "6"}, {"oe", partout, "e"}, {"ae", partout, "e"}, {"ou", partout, "5"}, {"oi", partout, "4"}, {"oy", partout, "4"},
	{"aill", partout, "ay"}, {"eill", partout, "ey"}, {"ill", douce, "iy"}, {"ai", partout, "e"}, {"ay", partout, "e"}, {"ei", partout, "e"}, {"ey", partout, "e"},
	{"er", finale, "e"}, {"ez", finale, "e"}, {"et", finale, "e"}, {"ed", finale, "e"}, {"es", finale, "e"},
	{"y", partout, "i"}, {"h", partout, ""},
	{"chr", partout, "kr"}, {"chl", partout, "kl"}, {"sch", partout, "8"}, {"ch", partout, "8"}, {"sh", partout, "8"},
	{"ck", partout, "k"}, {"sc", douce, "s"}, {"c", douce, "s"}, {"c", partout, "k"}, {"qu", partout, "k"}, {"q", partout, "k"},
	{"gn", partout, "ni"}, {"gu", douce, "g"}, {"ge", aou, "j"}, {"g", douce, "j"},
	{"ph", partout, "f"}, {"th", partout, "t"}, {"dt", partout, "t"}, {"bv", partout, "v"}, {"ville", partout, "vil"}, {"w", partout, "v"}, {"x", partout, "s"}, {"z", partout, "s"},
})

func parLettre(all []regle) map[byte][]regle {
	m := map[byte][]regle{}
	for _, r := range all {
		m[r.ecrit[0]] = append(m[r.ecrit[0]], r)
	}
	return m
}

// Phonetique writes how a French name sounds: two spellings of one sound have one key, Lefèvre and Lefebvre, Renaud and
// Renault. A letter of another alphabet stands for itself.
func Phonetique(s string) string {
	mot := strings.ReplaceAll(Plier(strings.NewReplacer("ç", "ss", "Ç", "ss").Replace(s)), " ", "")
	var b []byte
	for i := 0; i < len(mot); {
		r := regleDe(mot, i)
		for j := range len(r.son) {
			if n := len(b); n == 0 || b[n-1] != r.son[j] { // a double letter sounds once
				b = append(b, r.son[j])
			}
		}
		i += len(r.ecrit)
	}
	return muettes(string(b))
}

// regleDe is the rule that reads the word from i on; by default the letter itself.
func regleDe(mot string, i int) regle {
	for _, r := range regles[mot[i]] {
		if strings.HasPrefix(mot[i:], r.ecrit) && r.suite.suit(mot[i+len(r.ecrit):]) {
			return r
		}
	}
	return regle{mot[i : i+1], partout, mot[i : i+1]}
}

func (s suite) suit(reste string) bool {
	switch {
	case s == partout:
		return true
	case reste == "":
		return s == nasale || s == finale
	case s == nasale:
		return !strings.Contains("aeiouynm", reste[:1])
	case s == douce:
		return strings.Contains("eiy", reste[:1])
	case s == aou:
		return strings.Contains("aou", reste[:1])
	}
	return false
}

// muettes drops the last letters that are not heard, but never all of a short name.
func muettes(son string) string {
	if short := strings.TrimRight(son, "dtspe"); len(short) >= 2 {
		return short
	}
	return son
}
