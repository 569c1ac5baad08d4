// Package coffre keeps what the base must hold and must not be able to read: the secrets of keys. Accounts come here to
// seal and open them, the site to derive the keys that sign its forms and cookies. Everything descends from one master
// key given by the configuration, which never enters PostgreSQL nor its backups.
package coffre

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"slices"
)

// Taille is the length of a master key, in bytes.
const Taille = 32

// What is sealed reads: version, fingerprint of the master key, nonce of 96 bits, AES-256-GCM ciphertext and its tag.
const (
	version      = 1
	empreinteLen = 4
	enTete       = 1 + empreinteLen
)

// ErrIllisible means that what is opened was sealed under another key or for another use, or was altered.
var ErrIllisible = errors.New("coffre: cannot be opened with this key for this use")

// Coffre seals under one master key, and still opens what former ones have sealed.
type Coffre struct {
	maitresse []byte
	serrures  []serrure // the present key first
}

// serrure is the sealing key drawn from one master key.
type serrure struct {
	empreinte []byte
	aead      cipher.AEAD
}

// New makes a box under a master key. Former keys open what they sealed until everything is sealed again.
func New(maitresse []byte, anciennes ...[]byte) (*Coffre, error) {
	c := &Coffre{maitresse: bytes.Clone(maitresse)}
	for _, m := range append([][]byte{maitresse}, anciennes...) {
		s, err := newSerrure(m)
		if err != nil {
			return nil, err
		}
		c.serrures = append(c.serrures, s)
	}
	return c, nil
}

// Sous is the same box, whose usages have the same keys, that seals under another one: autre, and still opens what this
// box opens. So a key that seals is replaced while several processes serve: all of
// them first learn to read the next one, then what is sealed is sealed again, then the former one is forgotten.
func (c *Coffre) Sous(autre []byte) (*Coffre, error) {
	s, err := newSerrure(autre)
	if err != nil {
		return nil, err
	}
	return &Coffre{maitresse: c.maitresse, serrures: append([]serrure{s}, c.serrures...)}, nil
}

// Lisant is the same box, that also opens what was sealed under other keys.
func (c *Coffre) Lisant(lisibles ...[]byte) (*Coffre, error) {
	next := &Coffre{maitresse: c.maitresse, serrures: slices.Clone(c.serrures)}
	for _, m := range lisibles {
		s, err := newSerrure(m)
		if err != nil {
			return nil, err
		}
		next.serrures = append(next.serrures, s)
	}
	return next, nil
}

// Entete is how all that this box seals begins: what begins otherwise is sealed under another key.
func (c *Coffre) Entete() []byte { return append([]byte{version}, c.serrures[0].empreinte...) }

func newSerrure(maitresse []byte) (serrure, error) {
	if len(maitresse) != Taille {
		return serrure{}, fmt.Errorf("coffre: a master key has %d bytes, not %d", Taille, len(maitresse))
	}
	block, err := aes.NewCipher(derive(maitresse, "coffre"))
	if err != nil {
		return serrure{}, fmt.Errorf("coffre: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return serrure{}, fmt.Errorf("coffre: %w", err)
	}
	return serrure{derive(maitresse, "empreinte")[:empreinteLen], aead}, nil
}

// Sceller seals a secret for one use: contexte, such as the serial number of a key, must be given again to open it.
func (c *Coffre) Sceller(secret []byte, contexte string) []byte {
	head := c.Entete()
	return c.serrures[0].aead.Seal(head, nil, secret, associe(head, contexte))
}

// Ouvrir gives back what Sceller sealed for the same use.
func (c *Coffre) Ouvrir(scelle []byte, contexte string) ([]byte, error) {
	if len(scelle) < enTete || scelle[0] != version {
		return nil, ErrIllisible
	}
	head, rest := scelle[:enTete], scelle[enTete:]
	for _, s := range c.serrures {
		if !bytes.Equal(s.empreinte, head[1:]) {
			continue
		}
		secret, err := s.aead.Open(nil, nil, rest, associe(head, contexte))
		if err != nil {
			return nil, ErrIllisible
		}
		return secret, nil
	}
	return nil, ErrIllisible
}

// associe is the associated data: nobody can pass one secret for another, nor change its header.
func associe(head []byte, contexte string) []byte {
	return append(bytes.Clone(head), contexte...)
}

// Cle derives the key of 32 bytes of one usage, such as "formulaires"; no usage's key tells another's.
func (c *Coffre) Cle(usage string) []byte { return derive(c.maitresse, "usage "+usage) }

// derive is HKDF (RFC 5869): a master key is random, hence no salt.
func derive(maitresse []byte, info string) []byte {
	key, err := hkdf.Key(sha256.New, maitresse, nil, "base-eleves "+info, sha256.Size)
	if err != nil {
		panic(err) // only a length above 255 hashes can fail
	}
	return key
}

// String hides the keys from whoever prints the box.
func (c *Coffre) String() string { return "coffre" }

// GoString hides the keys from %#v.
func (c *Coffre) GoString() string { return c.String() }

// LogValue hides the keys from logs.
func (c *Coffre) LogValue() slog.Value { return slog.StringValue(c.String()) }
