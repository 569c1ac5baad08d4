package date_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
)

// Whatever is typed, the reader does not fall over, and a date read is read again as it is written.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"12/04/2018", "120418", "12 avril 2018", "1er mai 26", "2018-04-12", "31.02.2018", "٣/٤/2018"} {
		f.Add(s)
	}
	today := date.Du(2026, time.November, 20)
	f.Fuzz(func(t *testing.T, s string) {
		day, err := date.Parse(s, today)
		if err != nil {
			return
		}
		if again, err := date.Parse(date.Court(day), today); err != nil || !again.Equal(day) {
			t.Errorf("%q is %v, then %v (%v)", s, day, again, err)
		}
	})
}
