package httpx

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/passkey"
)

// Partie is the site for which passkeys are made; ok is false where browsers make none. Where nobody comes by HTTPS, in
// development, it is the site that the browser names.
func (s *Site) Partie(r *http.Request) (p passkey.Partie, ok bool) {
	if s.Sessions.Cookie.Secure {
		return passkey.PartieDe(s.Origine)
	}
	return passkey.PartieDe("http://" + r.Host)
}

// GarderDefi keeps in the session a challenge that its browser is to answer; usage names what for.
func (s *Site) GarderDefi(ctx context.Context, usage string, d passkey.Defi) error {
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	s.Sessions.Put(ctx, usage, string(b))
	return nil
}

// PrendreDefi takes it out: it is answered once. With none the answer is refused, as one that comes too late.
func (s *Site) PrendreDefi(ctx context.Context, usage string) (d passkey.Defi) {
	_ = json.Unmarshal([]byte(s.Sessions.PopString(ctx, usage)), &d) // of our own making, or nothing
	return d
}

// DemanderAcces makes a challenge for the passkeys of an account; options is "" for one who has none here.
func (s *Site) DemanderAcces(r *http.Request, usage string, compte uuid.UUID) (options string, err error) {
	p, ok := s.Partie(r)
	if !ok {
		return "", nil
	}
	options, d, err := s.Gate.DemanderAcces(r.Context(), s.Visite(r), p, compte)
	if err != nil || options == "" {
		return "", err
	}
	return options, s.GarderDefi(r.Context(), usage, d)
}

// Acces is what the browser answered to the challenge of that usage.
func (s *Site) Acces(r *http.Request, usage, reponse string) compte.Acces {
	p, _ := s.Partie(r)
	return compte.Acces{Partie: p, Defi: s.PrendreDefi(r.Context(), usage), Reponse: reponse}
}
