package eleves_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// Lina has been in the school since the rentrée of 2026; today is 20 November.
func TestAttestationFrequentation(t *testing.T) {
	for _, tt := range []struct {
		agent, du, au string
		code          int
		says          string
	}{
		{"directeur", "01/10/2026", "31/10/2026", 200, "a fréquenté cette école du 1er\u00a0octobre\u00a02026"},
		{"directeur", "01/10/2026", "", 422, "Indiquez le dernier jour de la période."},
		{"directeur", "31/10/2026", "01/10/2026", 422, "précède son début"},
		{"directeur", "01/10/2026", "31/12/2026", 422, "n’atteste pas de l’avenir"},
		{"directeur", "01/10/2025", "31/10/2025", 422, "n’était pas dans l’école toute cette période"},
		{"directeur voisin", "01/10/2026", "31/10/2026", 404, ""},
		{"mairie", "01/10/2026", "31/10/2026", 403, ""},
	} {
		t.Run(tt.agent+" "+tt.du+" "+tt.au, func(t *testing.T) {
			m := fixture.New(t)
			path := "/eleves/" + m.Present("Lina").ID.String() + "/attestation-frequentation"
			got := m.Get(tt.agent, path+"?"+url.Values{"du": {tt.du}, "au": {tt.au}}.Encode())
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d and %q\n%.2000s", got.Code, tt.code, tt.says, got.Body)
			}
			if tt.code == 422 && !strings.Contains(got.Body, tt.du) {
				t.Error("what was typed is lost")
			}
		})
	}
}

func TestAttestationIsNumberedByPeriod(t *testing.T) {
	m := fixture.New(t)
	path := "/eleves/" + m.Present("Lina").ID.String() + "/attestation-frequentation"
	if form := m.Get("directeur", path); form.Code != 200 || !strings.Contains(form.Body, `value="20/11/2026"`) {
		t.Errorf("the form proposes up to today: %d", form.Code)
	}
	if got := m.Get("directeur", path+".pdf"); got.Code != 200 || !strings.Contains(got.Body, `name="du"`) {
		t.Errorf("without a period: %d", got.Code)
	}
	october, november := path+".pdf?du=01/10/2026&au=31/10/2026", path+".pdf?du=01/11/2026&au=15/11/2026"
	for _, p := range []string{october, november, october} {
		m.Get("directeur", p)
	}
	if n := fixture.Valeur[int](m, `select count(*) from document where type = 'attestation_frequentation'`); n != 2 {
		t.Errorf("%d papers, want one for each period", n)
	}
	paper := fixture.Papier(t, m.Get("directeur", october).Body)
	if !strings.Contains(paper, "a fréquenté cette école du 1er octobre 2026 au 31 octobre 2026") || !strings.Contains(paper, "0659001F-2026-0001") {
		t.Errorf("the paper says:\n%s", paper)
	}
	state := fixture.Valeur[string](m, `select etat from etat_du_document('0659001F-2026-0001', now())`)
	if state != "en_vigueur" {
		t.Errorf("the first attestation is %q once there is another, of another period", state)
	}
}

func TestCertificatsDeLaFratrie(t *testing.T) {
	m := fixture.New(t)
	lina, ugo := fratrie(m, false)
	m.Present("Noé") // of another family
	got := m.Get("directeur", "/eleves/"+lina.ID.String()+"/certificats-fratrie.pdf")
	paper := fixture.Papier(t, got.Body)
	if got.Code != 200 || !strings.Contains(paper, "Lina") || !strings.Contains(paper, "Ugo") || strings.Contains(paper, "Noé") {
		t.Errorf("%d, the papers say:\n%s", got.Code, paper)
	}
	if got := m.Get("directeur voisin", "/eleves/"+ugo.ID.String()+"/certificats-fratrie.pdf"); got.Code != 404 {
		t.Errorf("another school gets %d", got.Code)
	}
}
