// Package otp is what a secure key shows and which of its codes are accepted: a code that changes with time (TOTP,
// RFC 6238) or with each press of its button (HOTP, RFC 4226). Accounts come here to judge a code, the desk of the
// service informatique to bring back a key that has drifted. It knows neither the base nor the clock.
package otp

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// The kinds of key, and the hashes they may use.
const (
	TOTP = "TOTP"
	HOTP = "HOTP"

	SHA1   = "SHA1"
	SHA256 = "SHA256"
	SHA512 = "SHA512"
)

// Cle is a secure key.
type Cle struct {
	Serie      string
	Secret     []byte
	Type       string // TOTP; HOTP; "" is TOTP
	Algorithme string // SHA1, SHA256, SHA512
	Chiffres   int    // 6 or 8
	Periode    int    // seconds that a code of a TOTP lasts
}

// SecretLen is 160 bits, as RFC 4226 §4 recommends.
const SecretLen = 20

// Nouvelle makes a key held by a telephone or a computer; SHA-1, six digits and thirty seconds are what every such
// application understands.
func Nouvelle() Cle {
	c := Cle{
		Serie: "L-" + rand.Text()[:12], Secret: make([]byte, SecretLen), Type: TOTP, Algorithme: SHA1, Chiffres: 6, Periode: 30,
	}
	_, _ = rand.Read(c.Secret) // never fails
	return c
}

// Base32 is the secret as one types it in an application.
func (c Cle) Base32() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(c.Secret)
}

// URL is the address that applications read in a QR code.
func (c Cle) URL(identifiant string) (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: "Base élèves", AccountName: identifiant, Secret: c.Secret,
		Digits: otp.Digits(c.Chiffres), Algorithm: c.algorithme(), Period: uint(c.Periode),
	})
	if err != nil {
		return "", fmt.Errorf("otp: address of the key: %w", err)
	}
	return key.URL(), nil
}

func (c Cle) algorithme() otp.Algorithm {
	return map[string]otp.Algorithm{
		SHA1: otp.AlgorithmSHA1, SHA256: otp.AlgorithmSHA256, SHA512: otp.AlgorithmSHA512,
	}[c.Algorithme]
}

// Code is what a TOTP shows at that time, if its clock is right.
func (c Cle) Code(now time.Time) (string, error) { return c.CodeDe(c.Pas(now)) }

// Pas is the time step of an instant.
func (c Cle) Pas(now time.Time) int64 { return now.Unix() / int64(c.Periode) }

// CodeDe is the code of a time step or of a counter.
func (c Cle) CodeDe(pas int64) (string, error) {
	code, err := hotp.GenerateCodeCustom(c.Base32(), uint64(pas), hotp.ValidateOpts{
		Digits: otp.Digits(c.Chiffres), Algorithm: c.algorithme(),
	})
	if err != nil {
		return "", fmt.Errorf("otp: code of the key: %w", err)
	}
	return code, nil
}

// est tells whether the code is that of the step, in the same time whichever digit is wrong.
func (c Cle) est(code string, pas int64) (bool, error) {
	attendu, err := c.CodeDe(pas)
	return err == nil && subtle.ConstantTimeCompare([]byte(attendu), []byte(code)) == 1, err
}
