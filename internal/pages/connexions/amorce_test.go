package connexions_test

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
)

func (m *monde) amorce() string {
	m.Helper()
	jeton, err := compte.CreerAmorce(m.Context(), m.tx, m.now)
	if err != nil {
		m.Fatal(err)
	}
	return jeton
}

func administrateur(jeton string) []string {
	return []string{
		"amorce", jeton, "identifiant", "jean.abadie", "civilite", "M.", "nom", "Abadie", "prenom", "Jean",
		"mot_de_passe", bon, "mot_de_passe_confirmation", bon, "departement", "65",
	}
}

// The first administrator of a base without accounts: token, key, code, then a log-in like any other.
func TestAmorce(t *testing.T) {
	m := newMonde(t)
	m.exec(`delete from cle; delete from habilitation; delete from compte`)
	jeton := m.amorce()
	n := m.navigateur()
	if r := n.get("/amorce"); !strings.Contains(r.body, "Hautes-Pyrénées (65)") {
		t.Error("the département is not offered")
	}
	r := n.follows(n.post("/amorce", administrateur(jeton)...), "/amorce/cle")
	cle := m.shown(r)
	n.refused(n.post("/amorce/cle", "code", "12345"), "Ce code n’est pas le bon.")
	code, err := cle.Code(m.now)
	if err != nil {
		t.Fatal(err)
	}
	r = n.follows(n.post("/amorce/cle", "code", code), "/connexion")
	if !strings.Contains(r.body, "Votre compte est créé.") {
		t.Errorf("nothing says that it is done\n%s", r.body)
	}
	if r := n.get("/amorce/cle"); r.vers() != "/amorce" {
		t.Error("the secret can be shown again")
	}
	m.cle = cle
	n.password("jean.abadie")
	n.follows(n.post("/connexion/cle", "code", m.code()), "/")
	if agent := n.agent(); agent.Role != habilitation.Service || agent.Territoire != "Hautes-Pyrénées" {
		t.Errorf("acts as %+v", agent)
	}

	again := m.navigateur()
	again.get("/amorce")
	again.refused(again.post("/amorce", administrateur(jeton)...), "Ce jeton n’est pas valable")
}

var (
	secretShape = regexp.MustCompile(`<dt>Secret</dt>\s*<dd>\s*([A-Z2-7 ]+)`)
	pathShape   = regexp.MustCompile(`viewBox="0 0 (\d+) \d+"[^>]*>\s*<rect[^>]*></rect>\s*<path d="([^"]+)"`)
)

// shown is the key that the page hands over; the drawing says the same as the text.
func (m *monde) shown(r reponse) otp.Cle {
	m.Helper()
	found := secretShape.FindStringSubmatch(r.body)
	if found == nil {
		m.Fatalf("no secret\n%s", r.body)
	}
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(found[1], " ", ""))
	if err != nil || len(secret) < 20 {
		m.Fatalf("%q: %v", found[1], err)
	}
	cle := otp.Cle{Secret: secret, Algorithme: "SHA1", Chiffres: 6, Periode: 30}
	address, err := cle.URL("jean.abadie")
	if err != nil {
		m.Fatal(err)
	}
	m.drawn(r.body, address)
	return cle
}

// drawn checks the drawing dot by dot.
func (m *monde) drawn(body, address string) {
	m.Helper()
	want, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		m.Fatal(err)
	}
	side := want.Bounds().Dx()
	found := pathShape.FindStringSubmatch(body)
	if found == nil || found[1] != fmt.Sprint(side+8) {
		m.Fatalf("no QR code of %d modules\n%s", side, body)
	}
	got := image.NewGray(image.Rect(0, 0, side, side))
	for _, dot := range strings.Split(strings.TrimPrefix(found[2], "M"), "M") {
		var x, y int
		if _, err := fmt.Sscanf(dot, "%d %dh1v1h-1z", &x, &y); err != nil {
			m.Fatal(err)
		}
		got.Set(x-4, y-4, color.White)
	}
	for y := range side {
		for x := range side {
			if r, _, _, _ := want.At(x, y).RGBA(); (r == 0) != (got.GrayAt(x, y).Y == 255) {
				m.Fatalf("the drawing is not that of %s", address)
			}
		}
	}
}

func TestAmorceIsRefused(t *testing.T) {
	m := newMonde(t)
	jeton := m.amorce()
	n := m.navigateur()
	n.get("/amorce")
	n.refused(n.post("/amorce", administrateur("")...), "Recopiez le jeton affiché par la commande.")
	n.refused(n.post("/amorce", administrateur("AAAA")...), "Ce jeton n’est pas valable")
	n.refused(n.post("/amorce", append(administrateur(jeton), "identifiant", "0650001A")...), "ces numéros sont publics")
	n.refused(n.post("/amorce", append(administrateur(jeton), "departement", "")...), "Choisissez le département.")
	r := n.post("/amorce", append(administrateur(jeton), "mot_de_passe", "abadie abadie abadie")...)
	n.refused(r, "Ce mot de passe se devine")
	if strings.Contains(r.body, bon) || !strings.Contains(r.body, `value="jean.abadie"`) {
		t.Error("the password comes back, or the rest is lost")
	}
	if r := n.get("/amorce/cle"); r.vers() != "/amorce" {
		t.Error("a key is shown to one who was refused")
	}
}

// What waits in the session is sealed or hashed, and does not wait for ever.
func TestAmorceWaits(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.get("/amorce")
	cle := m.shown(n.follows(n.post("/amorce", administrateur(m.amorce())...), "/amorce/cle"))
	stored := ""
	all, err := m.site.Sessions.Store.(interface {
		All() (map[string][]byte, error)
	}).All()
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range all {
		stored += string(data)
	}
	if !strings.Contains(stored, "jean.abadie") {
		t.Fatalf("the session is not the one that waits: %s", stored)
	}
	for _, secret := range []string{
		bon, cle.Base32(), hex.EncodeToString(cle.Secret), base64.StdEncoding.EncodeToString(cle.Secret),
	} {
		if strings.Contains(stored, secret) {
			t.Errorf("the session shows %s: %s", secret, stored)
		}
	}
	m.now = m.now.Add(30*time.Minute + time.Second)
	if r := n.get("/amorce/cle"); r.vers() != "/amorce" {
		t.Error("it still waits")
	}
}
