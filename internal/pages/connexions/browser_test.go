package connexions_test

import (
	"flag"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"base-eleves/internal/browser"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
)

// go test ./internal/pages/connexions -run Seen -screens DIR also writes what the pages look like.
var screens = flag.String("screens", "", "folder in which to write screenshots of the pages")

// Every step is seen in a browser, lived through by one who must change his password and has two habilitations.
func TestStepsAreSeen(t *testing.T) {
	m := newMonde(t)
	demo(m)
	m.site.Comptes = demoComptes{list: append(m.site.Comptes.(demoComptes).list, compte.DemoCompte{
		Role: habilitation.Mairie, Identifiant: "mairie-tarbes", MotDePasse: "groseilles-sur-le-pic-du-midi",
		Territoire: "Mairie de Tarbes", Code: "012345",
	})}
	m.exec(`update compte set a_changer = true, initial_jusqu_au = $1`, m.now.Add(time.Hour))
	m.exec(`insert into habilitation (id, compte_id, role, commune_insee, debut)
		values (gen_random_uuid(), $1, 'mairie', '65047', $2)`, m.id, m.now)
	server := httptest.NewServer(m.app)
	t.Cleanup(server.Close)
	b := browser.New(t)

	b.Open(server.URL + "/connexion?raison=inactivite")
	look(b, "connexion")
	b.Fill("identifiant", "claire.fabre")
	b.Fill("mot_de_passe", "les vaches descendent")
	b.PressAndGo("Enter")
	look(b, "connexion-refusee")
	b.Fill("mot_de_passe", bon)
	b.Follow("Continuer")
	look(b, "cle")
	b.Fill("code", m.code())
	b.Follow("Se connecter")
	look(b, "mot-de-passe")
	gauge(t, b)
	b.Fill("mot_de_passe", "court")
	b.Follow("Enregistrer et se connecter")
	look(b, "mot-de-passe-refuse")
	b.Fill("mot_de_passe", "un gypaète barbu plane")
	b.Fill("mot_de_passe_confirmation", "un gypaète barbu plane")
	b.Follow("Enregistrer et se connecter")
	look(b, "habilitation")
	b.Choose("habilitation", m.habilitation("65047"))
	b.Follow("Continuer")
	b.Open(server.URL + "/connexion/habilitation")
	if status := b.Follow("Annuler"); status >= 500 {
		t.Errorf("the way back answers %d", status)
	}

	b = b.Apart()
	b.Open(server.URL + "/amorce")
	look(b, "amorce")
	b.Fill("amorce", m.amorce())
	b.Choose("departement", "65")
	for name, value := range map[string]string{
		"nom": "Abadie", "prenom": "Jean", "identifiant": "jean.abadie", "mot_de_passe": bon, "mot_de_passe_confirmation": bon,
	} {
		b.Fill(name, value)
	}
	b.Follow("Continuer")
	look(b, "amorce-cle")
}

// gauge types in the field of the new password: the words follow, the page does not move, and nothing is sent.
func gauge(t *testing.T, b *browser.Browser) {
	t.Helper()
	const place = `document.querySelector("[name=mot_de_passe_confirmation]").getBoundingClientRect().top`
	var before, after float64
	b.Eval(place, &before)
	for typed, want := range map[string]string{
		"court": "encore 10 caractères", "quatorze lettr": "encore 1 caractère.", "jean-jaures tarbes": "Facile à deviner",
		"Claire Fabre 2026": "Facile à deviner", "abcdefghijklmnopqrs": "Facile à deviner", "gypaete barbu kk": "Convient.", "un gypaète barbu plane": "Fort.",
	} {
		b.Fill("mot_de_passe", typed)
		b.Wait(`document.querySelector(".jauge p").textContent.includes(` + strconv.Quote(want) + `)`)
		if b.Eval(place, &after); after != before {
			t.Errorf("%q moves the page by %v px", typed, after-before)
		}
	}
	look(b, "mot-de-passe-jauge")
}

// look lets axe-core judge a page, and keeps what it looks like when asked to.
func look(b *browser.Browser, name string) {
	b.Accessible()
	if *screens == "" {
		return
	}
	for _, dark := range []bool{false, true} {
		b.Dark(dark)
		suffix := map[bool]string{true: "-sombre"}[dark]
		b.Resize(1280)
		b.Screenshot(filepath.Join(*screens, name+suffix+".png"))
	}
	b.Dark(false)
	b.Resize(360)
	b.Screenshot(filepath.Join(*screens, name+"-360.png"))
	b.Resize(1280)
}
