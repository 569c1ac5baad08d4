package affectations_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// college is the collège of a pupil, "" when he has none.
func college(m *fixture.Monde, e fixture.Enfant) string {
	return fixture.Valeur[string](m, `select coalesce((select college_uai from affectation_6e where eleve_id = $1 and etat in ('affecte', 'recu')), '')`, e.ID)
}

func affecter(uai string, list ...fixture.Enfant) url.Values {
	form := url.Values{"college_uai": {uai}}
	for _, e := range list {
		form.Add("id", e.ID.String())
	}
	return form
}

func TestAffecter(t *testing.T) {
	for _, tt := range []struct {
		name, agent, college string
		code                 int
		said                 string
	}{
		{"l’IA affecte", "ia", fixture.College, http.StatusSeeOther, ""},
		{"à un collège d’un autre département", "ia", fixture.CollegeDuGers, http.StatusSeeOther, ""},
		{"sans collège", "ia", "", http.StatusUnprocessableEntity, "Choisissez un collège."},
		{"à un collège qui n’existe pas", "ia", "0650000X", http.StatusUnprocessableEntity, "Choisissez un collège ouvert."},
		{"l’IA voisine ne voit pas l’élève", "ia voisine", fixture.CollegeDuGers, http.StatusUnprocessableEntity, "n’est plus à affecter"},
		{"le directeur n’affecte pas", "directeur", fixture.College, http.StatusForbidden, ""},
		{"l’IEN n’affecte pas", "ien", fixture.College, http.StatusForbidden, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.EnCM2("Lina")
			got := m.Post(tt.agent, "/affectations", affecter(tt.college, lina))
			if got.Code != tt.code || !strings.Contains(got.Body, tt.said) {
				t.Errorf("%d, want %d with %q", got.Code, tt.code, tt.said)
			}
			if want := map[bool]string{true: tt.college}[got.Code == http.StatusSeeOther]; college(m, lina) != want {
				t.Errorf("the pupil goes to %q, want %q", college(m, lina), want)
			}
		})
	}
}

// Who does not enter the 6e is not assigned: a pupil of CE1, one of CM2 who stays.
func TestWhoEnters(t *testing.T) {
	m := fixture.New(t)
	ce1, reste := m.Present("Alba"), m.EnCM2("Basile")
	if _, err := m.Tx.Exec(t.Context(), `insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
		values ($1, $2, 2026, 'decide', 'maintien', 'CM2', false, '2026-11-01')`, reste.Scolarite, fixture.Ecole); err != nil {
		t.Fatal(err)
	}
	for _, e := range []fixture.Enfant{ce1, reste} {
		if got := m.Post("ia", "/affectations", affecter(fixture.College, e)); got.Code != http.StatusUnprocessableEntity {
			t.Errorf("%d", got.Code)
		}
	}
	if got := m.Get("ia", "/affectations"); strings.Contains(got.Body, "ABADIE") {
		t.Error("they are on the list")
	}
}

// A pupil named twice is assigned once; named for two collèges, to none.
func TestNamedTwice(t *testing.T) {
	m := fixture.New(t)
	lina := m.EnCM2("Lina")
	a := m.Agent("ia")
	err := m.DB.Ecrire(t.Context(), a.Portee(), func(tx territoire.Tx) error {
		_, _, err := sixieme.Affecter(t.Context(), tx, a, 2027, []sixieme.Choix{
			{Eleve: lina.ID, College: fixture.College}, {Eleve: lina.ID, College: fixture.CollegeVoisin}}, "")
		return err
	})
	if list := refusal.All(err); len(list) != 1 || !strings.HasPrefix(list[0].Motif, "Un même élève est demandé dans deux collèges") {
		t.Errorf("two collèges: %v", err)
	}
	if got := m.Post("ia", "/affectations", affecter(fixture.College, lina, lina)); got.Code != http.StatusSeeOther || college(m, lina) != fixture.College {
		t.Errorf("twice the same: %d, he goes to %q", got.Code, college(m, lina))
	}
}

var annuler = regexp.MustCompile(`/affectations/lots/[0-9a-f-]{36}/annuler`)

// An act is undone as one: each pupil has the collège that he had before, but for whom the collège has received since.
func TestUndo(t *testing.T) {
	m := fixture.New(t)
	lina, noe, zoe := m.EnCM2("Lina"), m.EnCM2("Noé"), m.EnCM2("Zoé")
	m.Post("ia", "/affectations", affecter(fixture.CollegeVoisin, lina))
	m.Post("ia", "/affectations", affecter(fixture.College, lina, noe, zoe))
	if college(m, lina) != fixture.College || college(m, noe) != fixture.College {
		t.Fatal("not assigned")
	}
	if _, err := m.Tx.Exec(t.Context(), `update affectation_6e set etat = 'recu', recu_le = now(), recu_par = gen_random_uuid() where eleve_id = $1`, zoe.ID); err != nil {
		t.Fatal(err)
	}
	// Behind the curtain: the two acts are of the same instant here, the button of the flash is that of the last.
	undo := annuler.FindString(m.Get("ia", "/affectations").Body)
	if got := m.Post("ia voisine", undo, url.Values{}); got.Code != http.StatusNotFound {
		t.Errorf("another IA: %d", got.Code)
	}
	if got := m.Post("ia", undo, url.Values{}); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := m.Get("ia", "/affectations"); !strings.Contains(got.Body, "1\u00a0élève, reçu ou affecté autrement depuis, la garde.") {
		t.Error("who keeps his collège is not told")
	}
	if college(m, lina) != fixture.CollegeVoisin || college(m, noe) != "" || college(m, zoe) != fixture.College {
		t.Errorf("after the undo: %q, %q, %q", college(m, lina), college(m, noe), college(m, zoe))
	}
	if got := m.Post("ia", undo, url.Values{}); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "déjà annulées") {
		t.Errorf("twice: %d", got.Code)
	}
}

func TestUndoEnds(t *testing.T) {
	m := fixture.New(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
	undo := annuler.FindString(m.Get("ia", "/affectations").Body)
	if _, err := m.Tx.Exec(t.Context(), `update lot_6e set fait_le = fait_le - interval '31 days'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Post("ia", undo, url.Values{}); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "30 jours") {
		t.Errorf("%d", got.Code)
	}
	if undo == "" || annuler.MatchString(m.Get("ia", "/affectations").Body) {
		t.Error("the button is not there before, or still after")
	}
}

// The list narrows by state, by collège, by school; a school's pupils come ticked.
func TestList(t *testing.T) {
	m := fixture.New(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
	m.EnCM2("Noé")
	m.PasserEnCM2("directeur voisin", m.PresentAilleurs("Zoé"))
	for query, want := range map[string]string{
		"": "Lina Noé Zoé", "?etat=a_affecter": "Noé Zoé", "?etat=affecte": "Lina", "?college=" + fixture.College: "Lina", "?q=lapacca": "Zoé",
		"?ecole=" + fixture.Ecole: "Lina Noé", "?etat=recu": "",
	} {
		body := m.Get("ia", "/affectations"+query).Body
		for _, prenom := range []string{"Lina", "Noé", "Zoé"} {
			if strings.Contains(body, "ABADIE "+prenom) != strings.Contains(want, prenom) {
				t.Errorf("%s: %s", query, prenom)
			}
		}
	}
	if n := strings.Count(m.Get("ia", "/affectations?ecole="+fixture.Ecole).Body, " checked"); n != 1 {
		t.Errorf("%d ticked in the school: want the one who waits", n)
	}
	if got := m.Get("ia", "/affectations.csv"); !strings.Contains(got.Body, "Massey") {
		t.Error("the collège is not in the export")
	}
}

func TestSaison(t *testing.T) {
	set := func(version, debut, fin string) url.Values {
		return url.Values{"version": {version}, "debut": {debut}, "fin": {fin}}
	}
	m := fixture.New(t)
	if got := m.Get("ia", "/affectations/saison"); !strings.Contains(got.Body, "01/06/2027") || !strings.Contains(got.Body, "30/09/2027") {
		t.Error("the default dates are not offered")
	}
	for _, tt := range []struct {
		name string
		form url.Values
		code int
		said string
	}{
		{"la fin avant le début", set("0", "01/07/2027", "01/06/2027"), http.StatusUnprocessableEntity, "se termine après"},
		{"sans date", set("0", "", "01/06/2027"), http.StatusUnprocessableEntity, "Indiquez le premier jour."},
		{"trop tôt", set("0", "01/06/2026", "01/06/2027"), http.StatusUnprocessableEntity, "au plus tôt"},
		{"trop tard", set("0", "01/06/2027", "01/06/2028"), http.StatusUnprocessableEntity, "au plus tard"},
		{"des dates", set("0", "15/06/2027", "15/07/2027"), http.StatusSeeOther, ""},
		{"d’une page ancienne", set("0", "01/06/2027", "15/07/2027"), http.StatusConflict, "15/06/2027"},
		{"d’autres dates", set("1", "01/06/2027", "15/07/2027"), http.StatusSeeOther, ""},
	} {
		if got := m.Post("ia", "/affectations/saison", tt.form); got.Code != tt.code || !strings.Contains(got.Body, tt.said) {
			t.Errorf("%s: %d, want %d with %q", tt.name, got.Code, tt.code, tt.said)
		}
	}
}
