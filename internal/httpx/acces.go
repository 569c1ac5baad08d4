package httpx

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/passkey"
)

// A challenge is a nonce, the hour, and their HMAC under the session and what the challenge is for: the session knows again
// its own, and nothing is written down before one is answered. That it is answered once is written in the base, by the gate.
const (
	defiNonce = 16
	defiHeure = 8
)

// Partie is the site for which passkeys are made; ok is false where browsers make none. Where nobody comes by HTTPS, in
// development, it is the site that the browser names.
func (s *Site) Partie(r *http.Request) (p passkey.Partie, ok bool) {
	if s.Sessions.Cookie.Secure {
		return passkey.PartieDe(s.Origine)
	}
	return passkey.PartieDe("http://" + r.Host)
}

// Defi makes a challenge for the browser of this session; usage names what for.
func (s *Site) Defi(ctx context.Context, usage string) passkey.Defi {
	b := make([]byte, defiNonce, defiNonce+defiHeure+sha256.Size)
	_, _ = rand.Read(b) // never fails
	b = binary.BigEndian.AppendUint64(b, uint64(s.Now().Unix()))
	return append(b, s.signerDefi(ctx, usage, b)...)
}

func (s *Site) signerDefi(ctx context.Context, usage string, said []byte) []byte {
	mac := hmac.New(sha256.New, s.Coffre.Cle("defi "+usage))
	mac.Write(said)
	mac.Write([]byte(s.selDe(ctx)))
	return mac.Sum(nil)
}

// notre is the challenge if this session was given it for that usage, not too long ago; else nil.
func (s *Site) notre(ctx context.Context, usage string, d passkey.Defi) passkey.Defi {
	if len(d) != defiNonce+defiHeure+sha256.Size {
		return nil
	}
	said, mac := d[:defiNonce+defiHeure], d[defiNonce+defiHeure:]
	age := s.Now().Sub(time.Unix(int64(binary.BigEndian.Uint64(said[defiNonce:])), 0))
	if !hmac.Equal(mac, s.signerDefi(ctx, usage, said)) || age > passkey.Delai {
		return nil
	}
	return d
}

// DemanderAcces makes a challenge for the passkeys of an account; options is "" for one who has none here.
func (s *Site) DemanderAcces(r *http.Request, usage string, compte uuid.UUID) (options string, err error) {
	p, ok := s.Partie(r)
	if !ok {
		return "", nil
	}
	return s.Gate.DemanderAcces(r.Context(), p, s.Defi(r.Context(), usage), compte)
}

// Acces is what the browser answered to a challenge of that usage.
func (s *Site) Acces(r *http.Request, usage, reponse string) compte.Acces {
	p, _ := s.Partie(r)
	return compte.Acces{Partie: p, Defi: s.notre(r.Context(), usage, passkey.DefiDe(reponse)), Reponse: reponse}
}
