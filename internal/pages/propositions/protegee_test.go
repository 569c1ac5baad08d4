package propositions_test

import (
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

const proteger = `update adresse set protegee = $1`

// A protected address is neither read nor replaced by a proposal; what had been proposed of it is forgotten.
func TestProtectedAddress(t *testing.T) {
	for name, protegee := range map[string]bool{"protected": true, "control": false} {
		t.Run(name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.Present("Lina")
			lot := propose(t, m, proposer(lina, "/adresse"), adresse("voie", "9 rue du Loup"))
			if _, err := m.Tx.Exec(t.Context(), proteger, protegee); err != nil {
				t.Fatal(err)
			}
			for _, agent := range []string{"mairie", "directeur"} {
				if got := m.Get(agent, lot); (got.Code == 404) != protegee || strings.Contains(got.Body, "9 rue du Loup") == protegee {
					t.Errorf("%s: %d", agent, got.Code)
				}
			}
			for part, form := range map[string]map[string][]string{
				"/adresse":          adresse("voie", "9 rue du Loup"),
				chez(m, lina):       anne("meme_adresse", "", "voie", "9 rue du Loup", "code_postal", "65000", "commune", "Tarbes", "commune_code", fixture.Tarbes, "pays", "France"),
				chez(m, lina) + "#": anne("tel_portable", "06 00 00 00 02"),
			} {
				got := m.Post("mairie", proposer(lina, strings.TrimSuffix(part, "#")), form)
				if refused := got.Code != 303; refused != (protegee && !strings.HasSuffix(part, "#")) {
					t.Errorf("%s is answered %d: %s", part, got.Code, alert(got.Body))
				}
			}
		})
	}
}
