// Package sceau makes a paper that anybody can check: what it says, in a few bytes, signed with Ed25519 (RFC 8032), small
// enough for a code of 20 mm. Whoever issues a paper comes here to seal it; the page that checks comes here to read the
// seal, without the base: only the public keys are needed.
package sceau

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"

	"base-eleves/internal/domain/document"
)

// Papier is what a seal says of its paper, and nothing that the paper does not show.
type Papier struct {
	Type     document.Type
	Numero   string
	EditeLe  time.Time
	Nom      string // of the pupil, as printed
	NeLe     time.Time
	Emetteur string // the school or the mairie
	Fait     string // what it certifies, « Radiation à compter du 3 décembre 2026 »
}

// Max is the length of the longest seal, in bytes: the code then has 61 modules a side, 0.33 mm each.
const Max = 250

// A seal reads: version, fingerprint of the key, type, dates in days, four texts with their lengths, signature.
const (
	version      = 1
	empreinteLen = 4
	maxNumero    = 20
	maxNom       = 60
	maxEmetteur  = 44
	maxFait      = 44
)

// origine is the day from which those of a seal are counted; sixteen bits lead to 2169.
var origine = time.Date(1990, time.January, 1, 0, 0, 0, 0, time.UTC)

// types are the papers that are sealed; their codes are on paper for ever.
var types = map[byte]document.Type{
	1: document.CertificatScolarite, 2: document.CertificatRadiation, 3: document.CertificatInscription,
	4: document.AttestationFrequentation,
}

// ErrFaux means that no key of ours has signed this, or that something of it has changed since.
var ErrFaux = errors.New("sceau: not one of ours, or altered")

// Trousseau holds the key that signs, and the public keys whose seals are believed.
type Trousseau struct {
	signe  ed25519.PrivateKey
	admise []ed25519.PublicKey // the present one first
}

// New makes the keys of an installation. Former public keys go on being believed: the papers they sealed are in homes.
func New(graine []byte, anciennes ...ed25519.PublicKey) *Trousseau {
	signe := ed25519.NewKeyFromSeed(graine)
	return &Trousseau{signe: signe, admise: append([]ed25519.PublicKey{signe.Public().(ed25519.PublicKey)}, anciennes...)}
}

// Publique is the key that checks what is sealed today.
func (t *Trousseau) Publique() ed25519.PublicKey { return t.admise[0] }

// Sceller seals a paper. Texts longer than a seal holds end in « … ».
func (t *Trousseau) Sceller(p Papier) (string, error) {
	code, err := codeOf(p.Type)
	if err != nil {
		return "", err
	}
	b := cryptobyte.NewBuilder(nil)
	b.AddUint8(version)
	b.AddBytes(empreinte(t.Publique()))
	b.AddUint8(code)
	b.AddUint16(jours(p.EditeLe))
	b.AddUint16(jours(p.NeLe))
	for _, s := range p.textes() {
		b.AddUint8LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes([]byte(couper(*s.texte, s.max))) })
	}
	dit, err := b.Bytes()
	if err != nil {
		return "", fmt.Errorf("sceau: %w", err)
	}
	return lettres.EncodeToString(append(dit, ed25519.Sign(t.signe, dit)...)), nil
}

// lettres writes bytes with what a QR code holds at five and a half bits a sign: capitals and digits.
var lettres = base32.StdEncoding.WithPadding(base32.NoPadding)

// Verifier reads a seal, or ErrFaux.
func (t *Trousseau) Verifier(sceau string) (Papier, error) {
	brut, err := lettres.DecodeString(strings.ToUpper(sceau))
	if err != nil || len(brut) > Max || len(brut) < 1+empreinteLen+ed25519.SignatureSize {
		return Papier{}, ErrFaux
	}
	// The last sign of the text carries bits that stand for nothing: other letters there would be another text.
	if lettres.EncodeToString(brut) != strings.ToUpper(sceau) {
		return Papier{}, ErrFaux
	}
	dit, signature := brut[:len(brut)-ed25519.SignatureSize], brut[len(brut)-ed25519.SignatureSize:]
	for _, cle := range t.admise {
		if string(empreinte(cle)) == string(dit[1:1+empreinteLen]) && ed25519.Verify(cle, dit, signature) {
			return lire(dit)
		}
	}
	return Papier{}, ErrFaux
}

func lire(dit []byte) (Papier, error) {
	var p Papier
	var v, code uint8
	var editeLe, neLe uint16
	s := cryptobyte.String(dit)
	if !s.ReadUint8(&v) || v != version || !s.Skip(empreinteLen) || !s.ReadUint8(&code) || !s.ReadUint16(&editeLe) || !s.ReadUint16(&neLe) {
		return p, ErrFaux
	}
	for _, t := range p.textes() {
		var texte cryptobyte.String
		if !s.ReadUint8LengthPrefixed(&texte) {
			return p, ErrFaux
		}
		*t.texte = string(texte)
	}
	p.Type, p.EditeLe, p.NeLe = types[code], jour(editeLe), jour(neLe)
	return p, nil
}

type texte struct {
	texte *string
	max   int
}

// textes are the texts of a seal, in their order.
func (p *Papier) textes() []texte {
	return []texte{{&p.Numero, maxNumero}, {&p.Nom, maxNom}, {&p.Emetteur, maxEmetteur}, {&p.Fait, maxFait}}
}

func codeOf(t document.Type) (byte, error) {
	for code, known := range types {
		if known == t {
			return code, nil
		}
	}
	return 0, fmt.Errorf("sceau: a paper of type %q is not sealed", t)
}

func empreinte(cle ed25519.PublicKey) []byte {
	sum := sha256.Sum256(cle)
	return sum[:empreinteLen]
}

// jours counts the days since origine, as they are called where the instant was noted.
func jours(t time.Time) uint16 {
	y, m, d := t.Date()
	return uint16(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(origine) / (24 * time.Hour))
}

func jour(n uint16) time.Time { return origine.AddDate(0, 0, int(n)) }

// couper cuts a text to a number of bytes, never inside a letter.
func couper(s string, n int) string {
	if len(s) <= n {
		return s
	}
	const suite = "…"
	cut := n - len(suite)
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + suite
}
