package inscriptions_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// The family that has asked gets a receipt, on the waiting list too; a cancelled request has none, nor that of another commune.
func TestRecepisse(t *testing.T) {
	for _, tt := range []struct {
		name, uai, says string
	}{{"une école", fixture.Ecole, "École primaire Jean-Jaurès"}, {"la liste d’attente", "", "Liste d’attente de Tarbes"}} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			page := inscrire(t, m, url.Values{"ecole_uai": {tt.uai}})
			shows(t, m.Get("mairie", page).Body, page+"/recepisse")
			shown, file := m.Get("mairie", page+"/recepisse"), m.Get("mairie", page+"/recepisse.pdf")
			shows(t, fixture.Papier(t, file.Body), "Récépissé de dépôt", "Duprat Zoé", "Demande reçue le 15 novembre 2026", tt.says, "ne vaut pas inscription")
			if onPaper, onPage := fixture.Ecarts(t, shown.Body, file.Body); len(onPaper)+len(onPage) > 0 {
				t.Errorf("on paper only %q, on the page only %q", onPaper, onPage)
			}
			if got := m.Get("mairie voisine", page+"/recepisse"); got.Code != 404 {
				t.Errorf("another mairie: %d", got.Code)
			}
			if _, err := m.Tx.Exec(t.Context(), `update inscription set etat = 'annulee', motif_annulation = 'erreur_saisie'`); err != nil {
				t.Fatal(err)
			}
			if got := m.Get("mairie", page+"/recepisse"); got.Code != 422 {
				t.Errorf("a cancelled request: %d", got.Code)
			}
		})
	}
}
