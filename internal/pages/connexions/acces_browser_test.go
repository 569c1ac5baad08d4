package connexions_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/browser"
)

// With Chromium's own device: Claire adds a passkey, logs out, logs in by it, proves again who she is by it, and removes it only
// once another key remains, which it does. Without JavaScript, or without a device, the code goes on as before.
func TestPasskeyInABrowser(t *testing.T) {
	m := newMonde(t)
	server := httptest.NewServer(m.app)
	t.Cleanup(server.Close)
	base := strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // browsers make no passkey for a number
	b := browser.New(t)
	b.Passkeys(false)
	login := func(b *browser.Browser) {
		b.Open(base + "/connexion")
		b.Fill("identifiant", "claire.fabre")
		b.Fill("mot_de_passe", bon)
		b.Follow("Continuer")
	}
	login(b)
	b.Fill("code", m.code())
	b.Follow("Se connecter")
	b.Open(base + "/ma-cle")
	look(b, "ma-cle-vide")
	b.Follow("Ajouter une clé d’accès")
	look(b, "acces")
	b.Click("Créer la clé d’accès") // without a name nothing is made
	if !strings.HasSuffix(b.URL(), "/ma-cle/acces") {
		t.Fatal("a passkey without a name")
	}
	b.Fill("nom", "Ordinateur du bureau")
	b.Follow("Créer la clé d’accès")
	if text := b.Text(); !strings.Contains(text, "est en service") || !strings.Contains(text, "Ordinateur du bureau") {
		t.Fatalf("the passkey is not there:\n%s", text)
	}
	look(b, "ma-cle-une")

	b.Open(base + "/ma-cle/acces")
	b.Fill("nom", "Le même")
	b.Click("Créer la clé d’accès")
	b.Wait(`document.body.innerText.includes("Cet appareil a déjà une clé d’accès")`)

	b.Open(base + "/ma-cle")
	b.Follow("Se déconnecter")
	m.now = m.now.Add(time.Minute)
	login(b)
	look(b, "cle-acces")
	if status := b.Follow("Utiliser ma clé d’accès"); status != 200 {
		t.Fatalf("%d\n%s", status, b.Text())
	}
	if b.Open(base + "/ma-cle"); !strings.Contains(b.Text(), "Votre clé sécurisée") {
		t.Fatalf("the passkey does not log in: %s\n%s", b.URL(), b.Text())
	}
	m.now = m.now.Add(10 * time.Minute)
	b.Open(base + "/ma-cle/application")
	look(b, "preuve-acces")
	b.Fill("preuve_mot_de_passe", bon)
	b.Follow("Utiliser ma clé d’accès à la place du code")
	if !strings.HasSuffix(b.URL(), "/ma-cle/application") || !strings.Contains(b.Text(), "Enregistrez la clé") {
		t.Fatalf("the passkey does not prove: %s", b.URL())
	}
	if said := b.Console(); len(said) > 0 {
		t.Errorf("the console says %q", said)
	}

	other := b.Apart() // without the device
	other.Passkeys(true)
	login(other)
	other.Click("Utiliser ma clé d’accès")
	other.Wait(`document.body.innerText.includes("Aucune clé d’accès n’a répondu")`)
	other.Fill("code", m.code())
	other.Follow("Se connecter")
	if !strings.HasSuffix(other.URL(), "/") {
		t.Errorf("the code does not open: %s", other.URL())
	}

	plain := b.WithoutScript()
	login(plain)
	if strings.Contains(plain.Text(), "Utiliser ma clé d’accès") {
		t.Error("the button is seen where no script runs")
	}
	plain.Fill("code", m.code())
	plain.Follow("Se connecter")
	plain.Open(base + "/ma-cle/acces")
	if text := plain.Text(); !strings.Contains(text, "les scripts y sont arrêtés") || strings.Contains(text, "Créer la clé d’accès") {
		t.Errorf("without a script the page says: %s", text)
	}
}
