package eleves_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// What was being corrected is offered by its own page alone, shown again as it was left, and forgotten once recorded. A
// correction that somebody else has recorded meanwhile is not overwritten.
func TestReprendreUneCorrection(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	version := func() string { return fixture.Valeur[string](m, `select version::text from eleve`) }
	const id = "0b000000-0000-4000-8000-000000000001"
	typed := url.Values{"brouillon": {id}, "version": {version()}, "nom_famille": {"Abadie"}, "prenom": {"Inès"}, "sexe": {"F"},
		"date_naissance": {"12/04/2019"}, "commune_naissance": {"Tarbes"}}
	shows(t, m.Post("directeur", "/brouillons?page="+file+"/identite", typed), 204)

	shows(t, m.Get("directeur", file+"/identite"), 200, "Vous aviez commencé cette saisie", "Inès Abadie")
	if got := m.Get("directeur", file+"/adresse").Body; strings.Contains(got, "Vous aviez commencé") {
		t.Error("another section offers it")
	}
	shows(t, m.Get("directeur", file+"/identite?brouillon="+id), 200, `value="Inès"`, `value="`+id+`"`, `name="version" value="`+version()+`"`)

	if _, err := m.Tx.Exec(t.Context(), `update eleve set version = version + 1`); err != nil {
		t.Fatal(err)
	}
	shows(t, m.Post("directeur", file+"/identite", typed), 409, "Rien n’est perdu", `value="Inès"`)
	shows(t, m.Get("directeur", file+"/identite"), 200, "Vous aviez commencé") // control: nothing was recorded
	typed.Set("version", version())
	typed.Set("jeton", m.Jeton("directeur"))
	shows(t, m.PostAs("directeur", file+"/identite", typed), 303)
	shows(t, m.PostAs("directeur", "/brouillons?page="+file+"/identite", typed), 204) // the script's last word comes too late
	if n := fixture.Valeur[int](m, `select count(*) from brouillon`); n != 0 {
		t.Errorf("%d drafts outlive the act", n)
	}
}
