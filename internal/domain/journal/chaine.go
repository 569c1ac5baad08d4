package journal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// Fait is a line of the journal as the base keeps it.
type Fait struct {
	ID             int64
	Le             time.Time
	CompteID       uuid.UUID
	HabilitationID uuid.UUID
	Role           string
	Acte           string
	Objet          string
	ObjetID        *uuid.UUID
	EcoleUAI       *string
	Motif          *string
	Adresse        *string
	Requete        *string
}

// Empreinte is the link of a line: no line can change, leave or change place without all those that follow.
type Empreinte [sha256.Size]byte

// apres chains the line to the link before it; the chain begins after the zero one. Each part is written with its
// length, so that no two lines read the same.
func (f Fait) apres(precedent Empreinte) Empreinte {
	b := precedent[:]
	b = binary.BigEndian.AppendUint64(b[:len(b):len(b)], uint64(f.ID))
	b = binary.BigEndian.AppendUint64(b, uint64(f.Le.UnixMicro()))
	b = append(append(b, f.CompteID[:]...), f.HabilitationID[:]...)
	objet := ""
	if f.ObjetID != nil {
		objet = string(f.ObjetID[:])
	}
	for _, s := range []*string{&f.Role, &f.Acte, &f.Objet, &objet, f.EcoleUAI, f.Motif, f.Adresse, f.Requete} {
		if s == nil {
			b = append(b, 0)
			continue
		}
		b = append(b, 1)
		b = binary.BigEndian.AppendUint32(b, uint32(len(*s)))
		b = append(b, *s...)
	}
	return sha256.Sum256(b)
}

// Ancre is the head of the chain at an instant, signed with a key that is not in the base.
type Ancre struct {
	Rang      int64     `json:"rang"`
	Empreinte []byte    `json:"empreinte"`
	Le        time.Time `json:"le"`
	Signature []byte    `json:"signature"`
	// Cloture says that the chain begins after this link: what was before is no longer kept.
	Cloture bool `json:"cloture,omitempty"`
}

func (a Ancre) dit() []byte {
	b := []byte("ancre du journal\x00")
	if a.Cloture {
		b = []byte("clôture du journal\x00")
	}
	b = append(b, a.Empreinte...)
	b = binary.BigEndian.AppendUint64(b, uint64(a.Rang))
	return binary.BigEndian.AppendUint64(b, uint64(a.Le.UnixMicro()))
}

// signer makes the anchor of a head.
func signer(cle ed25519.PrivateKey, rang int64, tete Empreinte, le time.Time) Ancre {
	a := Ancre{Rang: rang, Empreinte: tete[:], Le: le.UTC().Truncate(time.Microsecond)}
	a.Signature = ed25519.Sign(cle, a.dit())
	return a
}

// cloturer makes the anchor of the end of what is no longer kept.
func cloturer(cle ed25519.PrivateKey, rang int64, tete Empreinte, le time.Time) Ancre {
	a := Ancre{Rang: rang, Empreinte: tete[:], Le: le.UTC().Truncate(time.Microsecond), Cloture: true}
	a.Signature = ed25519.Sign(cle, a.dit())
	return a
}

// Signee tells whether the anchor was signed with the key.
func (a Ancre) Signee(cle ed25519.PublicKey) bool { return ed25519.Verify(cle, a.dit(), a.Signature) }

// Cle is the key that signs the anchors, drawn from 32 bytes of the installation's secret.
func Cle(graine []byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(graine) }
