package browser

import (
	"context"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var keys = map[string]string{
	"Tab": kb.Tab, "Escape": kb.Escape, "Delete": kb.Delete, "Space": " ",
	"ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp, "Home": kb.Home, "End": kb.End,
}

// Press strikes keys one after the other: "Tab", "Shift+Tab", "Enter", "Escape", "Space",
// "Delete", "ArrowDown", "ArrowUp", "Home", "End", or any text.
func (b *Browser) Press(names ...string) {
	b.t.Helper()
	for _, name := range names {
		b.run("press "+name, stroke(name))
	}
}

// PressAndGo strikes a key that leads to another page, "Enter" or "Ctrl+Enter", and returns
// the status of that page.
func (b *Browser) PressAndGo(name string) int {
	b.t.Helper()
	return b.navigate("press "+name, stroke(name))
}

func stroke(name string) chromedp.Action {
	switch name {
	case "Enter":
		return enter(0)
	case "Ctrl+Enter":
		return enter(input.ModifierCtrl)
	case "Shift+Tab":
		return chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift))
	}
	if key, ok := keys[name]; ok {
		return chromedp.KeyEvent(key)
	}
	return chromedp.KeyEvent(name)
}

// enter is one event, as from a keyboard. chromedp would send key and character apart, and
// the character would submit the form even where the page has used the key.
func enter(modifiers input.Modifier) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		key := input.DispatchKeyEvent(input.KeyDown).WithKey("Enter").WithCode("Enter").
			WithWindowsVirtualKeyCode(13).WithText("\r").WithModifiers(modifiers)
		if err := key.Do(ctx); err != nil {
			return err
		}
		key.Type, key.Text = input.KeyUp, ""
		return key.Do(ctx)
	})
}
