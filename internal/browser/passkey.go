package browser

import (
	"context"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Passkeys gives this person a device that makes passkeys, and that says yes at once; with broken it says no.
func (b *Browser) Passkeys(broken bool) {
	b.t.Helper()
	b.run("plug in a device", chromedp.ActionFunc(func(ctx context.Context) error {
		if err := webauthn.Enable().Do(ctx); err != nil {
			return err
		}
		_, err := webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: !broken, AutomaticPresenceSimulation: true,
		}).Do(ctx)
		return err
	}))
}
