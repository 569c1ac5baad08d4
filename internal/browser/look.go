package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// height is that of the page area on an office screen.
const height = 900

// Resize gives the window a width.
func (b *Browser) Resize(width int) {
	b.t.Helper()
	b.run("resize", chromedp.EmulateViewport(int64(width), height))
}

// Dark asks for the dark scheme, or for the light one.
func (b *Browser) Dark(dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.media("", &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme})
}

// Paper shows the page as it prints; Dark comes back to the screen.
func (b *Browser) Paper() {
	b.t.Helper()
	b.media("print")
}

func (b *Browser) media(kind string, features ...*emulation.MediaFeature) {
	b.t.Helper()
	b.run("media", emulation.SetEmulatedMedia().WithMedia(kind).WithFeatures(features))
}

// Screenshot writes the whole page as a PNG, in a window as tall as the page, so that what
// sticks to the bottom of the window is where a user would see it after scrolling.
func (b *Browser) Screenshot(path string) {
	b.t.Helper()
	var size struct{ Width, Height int64 }
	b.eval(`({Width: innerWidth, Height: document.documentElement.scrollHeight})`, &size)
	var png []byte
	b.run("screenshot",
		chromedp.EmulateViewport(size.Width, max(size.Height, height)),
		chromedp.FullScreenshot(&png, 100),
		chromedp.EmulateViewport(size.Width, height))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
