package eleves_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// The head of the file says what is missing to whom may repair it, and leads there.
func TestCompletude(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	got := m.Get("directeur", file)
	shows(t, got, 200, "Dossier à compléter pour la rentrée", "Une classe", "Une personne à prévenir", "L’attestation d’assurance",
		`href="`+file+`/contacts/nouveau"`, `href="`+file+`/assurance?annee=2026"`, `href="/repartition"`)
	hides(t, got, "Dossier complet", "Un téléphone")
	for _, agent := range []string{"mairie", "ien", "ia"} {
		hides(t, m.Get(agent, file), "Dossier à compléter", "Dossier complet")
	}
	m.Placer("directeur", e, fixture.CE1)
	contacts(t, m, e)
	shows(t, m.Post("directeur", file+"/assurance", url.Values{"responsabilite_civile": {"true"}, "attestation_fournie": {"true"}}), 303)
	shows(t, m.Get("directeur", file), 200, "Dossier complet")
	if _, err := m.Tx.Exec(t.Context(), `update responsable set tel_portable = ''`); err != nil {
		t.Fatal(err)
	}
	shows(t, m.Get("directeur", file), 200, "Dossier à compléter pour l’admission définitive", "Un téléphone")
}

// The mairie completes what its inscription needs, no more.
func TestCompletudeForTheMairie(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Lina")
	file := "/eleves/" + e.ID.String()
	shows(t, m.Get("mairie", file), 200, "Dossier complet", "l’inscription")
	if _, err := m.Tx.Exec(t.Context(), `update lien_responsable set autorite_parentale = false`); err != nil {
		t.Fatal(err)
	}
	shows(t, m.Get("mairie", file), 200, "Dossier à compléter pour l’inscription", "autorité parentale")
}

// Of one who has left nothing is asked.
func TestCompletudeOfOneWhoLeft(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	if _, err := m.Tx.Exec(t.Context(), `update scolarite set etat = 'radie', date_radiation = '2026-11-01', motif_radiation = 'demenagement'
		where eleve_id = $1`, e.ID); err != nil {
		t.Fatal(err)
	}
	hides(t, m.Get("directeur", "/eleves/"+e.ID.String()), "Dossier à compléter", "Dossier complet")
}
