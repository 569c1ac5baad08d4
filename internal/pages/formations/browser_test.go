package formations_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// The pages of trainings, and those of the communes that come, are judged by axe-core at three widths.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	s := planifier(m, seance())
	m.Post("service", s+"/convoquer", url.Values{"id": {compte(m, "directeur")}})
	regard.Accessibles(t, m, map[string][]string{
		"service": {"/formations", "/formations/nouvelle", s, s + "/emargement", "/raccordements", "/raccordements/" + fixture.Tarbes, "/comptes/import"},
		"ia":      {s, "/raccordements/" + fixture.Tarbes},
	})
}
