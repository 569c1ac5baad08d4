package date_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
)

func TestParse(t *testing.T) {
	today := date.Du(2026, time.November, 21)
	for _, tt := range []struct{ typed, want string }{
		{"12/04/2018", "2018-04-12"},
		{" 12/4/18 ", "2018-04-12"},
		{"120418", "2018-04-12"},
		{"12042018", "2018-04-12"},
		{"12.04.2018", "2018-04-12"},
		{"12-04-2018", "2018-04-12"},
		{"2018-04-12", "2018-04-12"},
		{"12 avril 2018", "2018-04-12"},
		{"1 Février 2020", "2020-02-01"},
		{"1er avril 2018", "2018-04-01"},
		{"29/02/2020", "2020-02-29"},
		{"01/09/28", "2028-09-01"},
		{"14/07/85", "1985-07-14"},
		{"29/02/2019", ""},
		{"31/04/2018", ""},
		{"12/13/2018", ""},
		{"12/04/18000", ""},
		{"1204", ""},
		{"hier", ""},
		{"", ""},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			got, err := date.Parse(tt.typed, today)
			switch {
			case tt.want == "" && err == nil:
				t.Errorf("accepted as %s", got.Format(time.DateOnly))
			case tt.want != "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.want != "" && got.Format(time.DateOnly) != tt.want:
				t.Errorf("got %s, want %s", got.Format(time.DateOnly), tt.want)
			}
		})
	}
}

func TestLong(t *testing.T) {
	if got := date.Long(date.Du(2026, time.September, 1)); got != "1er\u00a0septembre\u00a02026" {
		t.Errorf("got %q", got)
	}
}

// The hour is that of Paris, in winter and in summer, whatever the clock of the server.
func TestHeure(t *testing.T) {
	for _, tt := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, time.November, 22, 4, 8, 0, 0, time.UTC), "22/11/2026 à 05\u00a0h\u00a008"},
		{time.Date(2026, time.June, 30, 22, 30, 0, 0, time.UTC), "01/07/2026 à 00\u00a0h\u00a030"},
	} {
		if got := date.Heure(tt.at); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.at, got, tt.want)
		}
	}
}
