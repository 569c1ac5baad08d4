// Package passkeytest is a device that makes passkeys, as a browser answers a site: for tests, which may also have it lie.
package passkeytest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// Appareil is one device, at the origin that its browser shows.
type Appareil struct {
	testing.TB
	Origine  string
	Hote     string // the RP id that it signs for
	Compteur uint32 // of its signatures; left at 0 with Muet
	Muet     bool   // it does not count, as synchronised passkeys do not
	Drapeaux byte   // what it says: 0x01 somebody is there, 0x04 who it is was verified

	cle         *ecdsa.PrivateKey
	identifiant []byte
}

// New is a device before the site of that host, without a key yet.
func New(t testing.TB, hote string) *Appareil {
	t.Helper()
	cle, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id) // never fails
	return &Appareil{TB: t, Origine: "http://" + hote, Hote: hote, Drapeaux: 0x05, cle: cle, identifiant: id}
}

// question is what both kinds of options say that matters here.
type question struct {
	Challenge string
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (a *Appareil) client(kind, options string) []byte {
	a.Helper()
	var q question
	if err := json.Unmarshal([]byte(options), &q); err != nil || q.Challenge == "" {
		a.Fatalf("no challenge in %q: %v", options, err)
	}
	return a.ecrire(map[string]any{"type": kind, "challenge": q.Challenge, "origin": a.Origine, "crossOrigin": false})
}

func (a *Appareil) ecrire(v any) []byte {
	a.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		a.Fatal(err)
	}
	return b
}

// donnees are the authenticator data, with the key itself when it is new.
func (a *Appareil) donnees(neuve bool) []byte {
	if !a.Muet {
		a.Compteur++
	}
	hote := sha256.Sum256([]byte(a.Hote))
	flags := a.Drapeaux
	if neuve {
		flags |= 0x40
	}
	b := append(hote[:], flags)
	b = binary.BigEndian.AppendUint32(b, a.Compteur)
	if !neuve {
		return b
	}
	b = append(b, make([]byte, 16)...) // no model
	b = binary.BigEndian.AppendUint16(b, uint16(len(a.identifiant)))
	return append(append(b, a.identifiant...), a.publique()...)
}

// publique is the key in COSE, CBOR written by hand: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
func (a *Appareil) publique() []byte {
	point, err := a.cle.PublicKey.Bytes()
	if err != nil {
		a.Fatal(err)
	}
	b := []byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32}
	b = append(b, point[1:33]...)
	return append(append(b, 0x22, 0x58, 32), point[33:]...)
}

// Creer answers a site that asks for a key.
func (a *Appareil) Creer(options string) string {
	a.Helper()
	data := a.donnees(true)
	// {"fmt": "none", "attStmt": {}, "authData": …}
	object := append([]byte{0xa3, 0x63}, "fmt"...)
	object = append(append(object, 0x64), "none"...)
	object = append(append(object, 0x67), "attStmt"...)
	object = append(append(object, 0xa0, 0x68), "authData"...)
	object = append(object, 0x59, byte(len(data)>>8), byte(len(data)))
	return a.reponse(map[string]any{
		"clientDataJSON": b64(a.client("webauthn.create", options)), "attestationObject": b64(append(object, data...)), "transports": []string{"internal"},
	})
}

// Prouver answers a site that asks for a proof.
func (a *Appareil) Prouver(options string) string {
	a.Helper()
	client, data := a.client("webauthn.get", options), a.donnees(false)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(bytes.Clone(data), hash[:]...))
	signature, err := a.cle.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		a.Fatal(err)
	}
	return a.reponse(map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature)})
}

func (a *Appareil) reponse(v map[string]any) string {
	return string(a.ecrire(map[string]any{
		"id": b64(a.identifiant), "rawId": b64(a.identifiant), "type": "public-key", "response": v, "clientExtensionResults": map[string]any{},
	}))
}
