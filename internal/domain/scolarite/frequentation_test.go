package scolarite_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/scolarite"
)

func TestAttester(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return date.Du(y, m, d) }
	today := day(2026, 11, 20)
	years := []scolarite.Sejour{{day(2024, 9, 2), day(2025, 9, 1)}, {day(2025, 9, 1), day(2026, 3, 14)}, {day(2026, 9, 1), day(2027, 9, 1)}}
	for _, tt := range []struct {
		name   string
		du, au time.Time
		says   string // "" when it may be attested
	}{
		{"one month", day(2026, 10, 1), day(2026, 10, 31), ""},
		{"up to today", day(2026, 9, 1), today, ""},
		{"over two years that follow", day(2025, 5, 1), day(2025, 12, 31), ""},
		{"the day before he left", day(2026, 1, 5), day(2026, 3, 13), ""},
		{"the day he left", day(2026, 1, 5), day(2026, 3, 14), "n’était pas dans l’école"},
		{"while he was elsewhere", day(2026, 4, 1), day(2026, 5, 1), "du 02/09/2024 au 13/03/2026, puis du 01/09/2026 à aujourd’hui."},
		{"before he came", day(2024, 9, 1), day(2024, 9, 30), "n’était pas dans l’école"},
		{"the wrong way round", day(2026, 10, 2), day(2026, 10, 1), "précède son début"},
		{"tomorrow", day(2026, 10, 1), today.AddDate(0, 0, 1), "n’atteste pas de l’avenir"},
	} {
		err := scolarite.Attester(tt.du, tt.au, today, years)
		if (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.says)
		}
	}
}
