package httpx

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"

	"base-eleves/internal/domain/refusal"
)

// A jeton is the hidden field of every form: a nonce and its HMAC under the session. It proves that the form is ours
// and of this session; its nonce, new on each form shown, is the idempotency key of what the form does. As no two are
// alike, compressing the page tells nothing about the session (BREACH).
const nonceLen = 16

var errJeton = refusal.Forbidden("Ce formulaire n’est plus valable\u00a0: la session a changé depuis qu’il a été ouvert. " +
	"Revenez à la page précédente, rechargez-la et recommencez.")

// Jeton makes the token of one form.
func (s *Site) Jeton(ctx context.Context) string {
	nonce := make([]byte, nonceLen, nonceLen+sha256.Size)
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(append(nonce, s.sign(ctx, nonce)...))
}

func (s *Site) sign(ctx context.Context, nonce []byte) []byte {
	mac := hmac.New(sha256.New, s.Secret)
	mac.Write(nonce)
	mac.Write([]byte(s.selDe(ctx)))
	return mac.Sum(nil)
}

// selDe is what the tokens of a session are made with. It is drawn when the session opens for a role, and not renewed with
// the session's token when the agent proves again who he is: the forms that he has open elsewhere stay good.
func (s *Site) selDe(ctx context.Context) string {
	if sel := s.Sessions.GetString(ctx, keySel); sel != "" {
		return sel
	}
	return s.Sessions.Token(ctx)
}

// checkJeton refuses a form that this session was not given.
func (s *Site) checkJeton(r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if _, err := s.nonce(r); err != nil {
		return err
	}
	return nil
}

// nonce is the idempotency key of the form sent.
func (s *Site) nonce(r *http.Request) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(r.PostFormValue("jeton"))
	if err != nil || len(b) != nonceLen+sha256.Size {
		return nil, errJeton
	}
	nonce, mac := b[:nonceLen], b[nonceLen:]
	if subtle.ConstantTimeCompare(mac, s.sign(r.Context(), nonce)) != 1 {
		return nil, errJeton
	}
	return nonce, nil
}
