// Package browser drives a Chromium for tests: open a page, fill, click, press, look, and let
// axe-core judge. Come here to write a story as a user lives it. Every method fails the test
// with a sentence; none returns an error.
package browser

import (
	"context"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience bounds one action, so that a page that never loads fails its test instead of
// hanging it. It is no measure of speed: the machine may be very busy.
const patience = 90 * time.Second

// Browser is one tab of one person: cookies are his own.
type Browser struct {
	t        testing.TB
	ctx      context.Context
	noScript bool

	mu      sync.Mutex
	console []string
}

// New starts a Chromium, closed at the end of the test.
func New(t testing.TB) *Browser {
	t.Helper()
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags(t)...)
	t.Cleanup(stop)
	return start(t, allocator, false)
}

// Apart opens a tab for somebody else, in the same Chromium but with other cookies.
func (b *Browser) Apart() *Browser {
	b.t.Helper()
	return start(b.t, b.ctx, b.noScript, b.ownWindow())
}

// WithoutScript opens a tab for somebody whose browser runs no JavaScript.
func (b *Browser) WithoutScript() *Browser {
	b.t.Helper()
	return start(b.t, b.ctx, true, b.ownWindow())
}

// ownWindow opens a window with cookies of its own. chromedp.WithNewBrowserContext asks for a
// tab instead, which Chromium refuses as long as those cookies have no window.
func (b *Browser) ownWindow() chromedp.ContextOption {
	b.t.Helper()
	var tab target.ID
	b.run("open a window", chromedp.ActionFunc(func(ctx context.Context) error {
		ctx = cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		cookies, err := target.CreateBrowserContext().WithDisposeOnDetach(true).Do(ctx)
		if err != nil {
			return err
		}
		tab, err = target.CreateTarget("about:blank").WithBrowserContextID(cookies).WithNewWindow(true).Do(ctx)
		return err
	}))
	return chromedp.WithTargetID(tab)
}

// flags are those of tech.md §8: a container has no sandbox nor GPU, and a test calls nobody.
func flags(t testing.TB) []chromedp.ExecAllocatorOption {
	t.Helper()
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "fr-FR"),
		chromedp.WSURLReadTimeout(patience),
	)
}

// chromium finds the program; Debian calls it chromium, others chrome.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium here: install the Debian package chromium")
	return ""
}

func start(t testing.TB, parent context.Context, noScript bool, options ...chromedp.ContextOption) *Browser {
	t.Helper()
	ctx, stop := chromedp.NewContext(parent, options...)
	t.Cleanup(stop)
	b := &Browser{t: t, ctx: ctx, noScript: noScript}
	chromedp.ListenTarget(ctx, b.listen)
	// The first run ties the life of the tab to its context: it takes no time-out.
	err := chromedp.Run(ctx, log.Enable(), runtime.Enable(), emulation.SetScriptExecutionDisabled(noScript), emulation.SetFocusEmulationEnabled(true))
	if err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	b.Resize(1280)
	return b
}

// listen keeps what the console says: uncaught errors, and what the security policy refused.
// Refused loads of the network are left out, since a form may rightly answer 422.
func (b *Browser) listen(event any) {
	var line string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		line = e.ExceptionDetails.Error()
	case *log.EventEntryAdded:
		if e.Entry.Source == log.SourceNetwork || e.Entry.Level != log.LevelError {
			return
		}
		line = e.Entry.Text
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.console = append(b.console, line)
}

// Console returns the errors that the browser has written to its console so far.
func (b *Browser) Console() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.console...)
}

// run does one thing within patience.
func (b *Browser) run(what string, actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// navigate does what leads to another page, waits for it and returns its HTTP status.
func (b *Browser) navigate(what string, actions ...chromedp.Action) int {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, actions...)
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	if response == nil {
		return 0
	}
	return int(response.Status)
}
