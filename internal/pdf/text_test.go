package pdf

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "base-eleves/internal/fixture/graine"
)

func TestCleanKeepsWhatANameHolds(t *testing.T) {
	for _, name := range []string{
		"Œuvrard", "L’Hermitte", "Nguyễn Thị Ngọc", "Łódź", "Yıldız Şahin", "Ștefan Ionuț",
		"Žižková", "Þórdís Ásgeirsdóttir", "Ελευθερία", "Щербакова", "Ɔ̀kánlà", "ẞ ß", "1ᵉʳ",
		"a\u00a0b\u202fc", "« – … ‐ »", "€ № → ←",
	} {
		if got := clean(name); got != name {
			t.Errorf("clean(%q) = %q, want it unchanged", name, got)
		}
	}
}

func TestCleanMarksWhatCannotBeDrawn(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{"letter and accent are composed", "e\u0301le\u0300ve", "élève"},
		{"an emoji leaves one mark", "Zoé 😀", "Zoé □"},
		{"a family of emojis leaves one mark", "👩\u200d👩\u200d👧\u200d👦!", "□!"},
		{"a flag leaves one mark", "🇫🇷", "□"},
		{"a heart and its variation leave one mark", "❤\ufe0f.", "□."},
		{"a script the font lacks leaves one mark per word", "محمد علي", "□ □"},
		{"Hebrew would come out backwards", "דוד", "□"},
		{"invalid bytes leave a mark", "Jos\xe9", "Jos□"},
		{"half a character leaves a mark", "Jos\xc3", "Jos□"},
		{"a surrogate leaves a mark", "a\xed\xa0\x80b", "a□b"},
		{"controls leave nothing", "a\x00b\x07c\u200bd\ufeffe\u00adf", "abcdef"},
		{"direction marks leave nothing", "\u202eabc\u202c", "abc"},
		{"a tabulation is a space", "a\tb", "a b"},
		{"every line end is a line feed", "a\r\nb\u2028c", "a\nb\nc"},
		{"a ligature is spelt out", "o\ufb03ce", "office"},
		{"a mathematical letter is a letter", "𝐀", "A"},
		{"a no-break hyphen is a hyphen", "n\u2011b", "n‐b"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("%s: clean(%q) = %q, want %q", c.what, c.in, got, c.want)
		}
	}
}

func TestCleanGivesOnlyLettersOfTheFonts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyText().Draw(t, "text")
		for _, r := range clean(in) {
			if r != '\n' && (!covered(r) || bold.widths()[r] == absent) {
				t.Fatalf("clean(%q) holds %U, which no font draws", in, r)
			}
		}
	})
}

func TestOneLine(t *testing.T) {
	if got := oneLine("Certificat\nde scolarité 😀"); got != "Certificat de scolarité □" {
		t.Errorf("oneLine = %q", got)
	}
}

// anyText draws names, text of all scripts, and bytes that are no text at all.
func anyText() *rapid.Generator[string] {
	names := rapid.SampledFrom([]string{
		"Marie-Antoinette-Joséphine", "de La Tour d’Auvergne", "Nguyễn", "q\u0303", "\u0301", "a\u00a0b",
		strings.Repeat("x", 90), strings.Repeat("\u00a0", 40), "\n", " ", "", "👩\u200d👧", "Щ", "12/04/2018",
	})
	bytes := rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) })
	word := rapid.OneOf(names, names, rapid.StringN(0, 12, -1), bytes)
	return rapid.Map(rapid.SliceOfN(word, 0, 8), func(words []string) string { return strings.Join(words, " ") })
}
