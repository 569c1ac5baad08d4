// Package passkey makes and judges passkeys (WebAuthn level 3): what the browser is asked, and whether its answer proves that
// it holds the key, for this site, now. It knows no base: internal/domain/compte says whose the keys are and what they open.
package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"
)

// Type is that of a passkey among the secure keys.
const Type = "WEBAUTHN"

// Max is how many a person may have: the computer of the office, that of home, a telephone, and some to spare.
const Max = 10

// Delai is how long a challenge may be answered.
const Delai = 5 * time.Minute

// ErrRefusee is the error of an answer that proves nothing; what it wraps says why, for the server's log.
var ErrRefusee = errors.New("passkey: refused")

// Partie is the site for which keys are made: a key made for another host name proves nothing here.
type Partie struct{ origine, hote string }

// PartieDe is the site at that address; ok is false where browsers make no passkey: at a number instead of a name.
func PartieDe(origine string) (p Partie, ok bool) {
	u, err := url.Parse(origine)
	if err != nil || u.Hostname() == "" {
		return p, false
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return p, false
	}
	return Partie{origine: u.Scheme + "://" + u.Host, hote: u.Hostname()}, true
}

// Cle is what a base keeps of a passkey: nothing that is to be hidden.
type Cle struct {
	Identifiant []byte
	Publique    []byte
	Compteur    uint32
	Drapeaux    byte
	Transports  []string
}

func (c Cle) credential() webauthn.Credential {
	k := webauthn.Credential{
		ID: c.Identifiant, PublicKey: c.Publique, Flags: webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(c.Drapeaux)),
		Authenticator: webauthn.Authenticator{SignCount: c.Compteur},
	}
	for _, t := range c.Transports {
		k.Transport = append(k.Transport, protocol.AuthenticatorTransport(t))
	}
	return k
}

// Titulaire is whose keys they are.
type Titulaire struct {
	Compte uuid.UUID
	Nom    string // as his device shows it beside the key
	Cles   []Cle
}

// WebAuthnID implements webauthn.User.
func (t Titulaire) WebAuthnID() []byte { return t.Compte[:] }

// WebAuthnName implements webauthn.User.
func (t Titulaire) WebAuthnName() string { return t.Nom }

// WebAuthnDisplayName implements webauthn.User.
func (t Titulaire) WebAuthnDisplayName() string { return t.Nom }

// WebAuthnCredentials implements webauthn.User.
func (t Titulaire) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, len(t.Cles))
	for i, c := range t.Cles {
		list[i] = c.credential()
	}
	return list
}

// Defi is a challenge, which a browser answers once. Whoever makes it knows again his own.
type Defi []byte

// DefiDe is the challenge that an answer says it answers, nil for none.
func DefiDe(reponse string) Defi {
	var said struct {
		Response struct{ ClientDataJSON protocol.URLEncodedBase64 }
	}
	var client struct{ Challenge protocol.URLEncodedBase64 }
	if json.Unmarshal([]byte(reponse), &said) != nil || json.Unmarshal(said.Response.ClientDataJSON, &client) != nil {
		return nil
	}
	return Defi(client.Challenge)
}

// serveur asks for the user to be verified where the device can (PIN, finger): the password has been given already, so that
// the key may prove possession alone, as the box that shows codes does.
func (p Partie) serveur() (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{
		RPID: p.hote, RPDisplayName: "Base élèves", RPOrigins: []string{p.origine}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkey: %w", err)
	}
	return w, nil
}

// attendu is what an answer must say.
func (p Partie) attendu(t Titulaire, d Defi) webauthn.SessionData {
	a := webauthn.SessionData{
		Challenge: protocol.URLEncodedBase64(d).String(), RelyingPartyID: p.hote, UserID: t.WebAuthnID(),
		UserVerification: protocol.VerificationPreferred, CredParams: webauthn.CredentialParametersDefault(),
	}
	for _, c := range t.Cles {
		a.AllowedCredentialIDs = append(a.AllowedCredentialIDs, c.Identifiant)
	}
	return a
}

// Proposer asks the browser for a new key: options is what its script is given.
func (p Partie) Proposer(t Titulaire, d Defi) (options string, err error) {
	w, err := p.serveur()
	if err != nil {
		return "", err
	}
	creation, _, err := w.BeginRegistration(t, webauthn.WithExclusions(webauthn.Credentials(t.WebAuthnCredentials()).CredentialDescriptors()),
		func(o *protocol.PublicKeyCredentialCreationOptions) error {
			o.Challenge = protocol.URLEncodedBase64(d)
			return nil
		})
	if err != nil {
		return "", fmt.Errorf("passkey: ask for a key: %w", err)
	}
	b, err := json.Marshal(creation.Response)
	return string(b), err
}

// Recevoir judges a new key.
func (p Partie) Recevoir(t Titulaire, d Defi, reponse string) (c Cle, err error) {
	w, err := p.serveur()
	if err != nil {
		return c, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(reponse))
	if err != nil || d == nil {
		return c, refuser(err)
	}
	k, err := w.CreateCredential(t, p.attendu(t, d), parsed)
	if err != nil {
		return c, refuser(err)
	}
	c = Cle{Identifiant: k.ID, Publique: k.PublicKey, Compteur: k.Authenticator.SignCount, Drapeaux: byte(k.Flags.ProtocolValue()), Transports: []string{}}
	for _, t := range k.Transport {
		c.Transports = append(c.Transports, string(t))
	}
	return c, nil
}

// Demander asks the browser to prove that it holds one of the keys of its holder.
func (p Partie) Demander(t Titulaire, d Defi) (options string, err error) {
	w, err := p.serveur()
	if err != nil {
		return "", err
	}
	assertion, _, err := w.BeginLogin(t, webauthn.WithChallenge(d))
	if err != nil {
		return "", fmt.Errorf("passkey: ask for a proof: %w", err)
	}
	b, err := json.Marshal(assertion.Response)
	return string(b), err
}

// Preuve is a right answer.
type Preuve struct {
	Identifiant []byte
	Compteur    uint32
	// Copie: the counter has not grown. Either another device has the same key, or this one is broken.
	Copie bool
}

// Juger judges a proof against the keys of its holder.
func (p Partie) Juger(t Titulaire, d Defi, reponse string) (preuve Preuve, err error) {
	w, err := p.serveur()
	if err != nil {
		return preuve, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(reponse))
	if err != nil || d == nil || len(t.Cles) == 0 {
		return preuve, refuser(err)
	}
	k, err := w.ValidateLogin(t, p.attendu(t, d), parsed)
	if err != nil {
		return preuve, refuser(err)
	}
	return Preuve{Identifiant: k.ID, Compteur: parsed.Response.AuthenticatorData.Counter, Copie: k.Authenticator.CloneWarning}, nil
}

// refuser says for the server's log which check failed; a challenge that was not ours, or is too old, has failed before any.
func refuser(err error) error {
	var detail *protocol.Error
	switch {
	case errors.As(err, &detail):
		return fmt.Errorf("%w: %s %s", ErrRefusee, detail.Details, detail.DevInfo)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrRefusee, err)
	}
	return fmt.Errorf("%w: no such challenge, or no key", ErrRefusee)
}
