package browser

import (
	"context"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// EachPage has a script run in every page opened from now on, before its own: it comes from the debugging protocol, so
// that the policy of the page stays as strict as it is for users.
func (b *Browser) EachPage(script string) {
	b.t.Helper()
	b.run("watch each page", chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}
