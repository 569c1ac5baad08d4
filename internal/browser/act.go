package browser

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/chromedp/chromedp"
)

// Open goes to an address and returns the HTTP status.
func (b *Browser) Open(url string) int {
	b.t.Helper()
	return b.navigate("open "+url, chromedp.Navigate(url))
}

// Carry gives this person a cookie of the site at base, as if a page had set it.
func (b *Browser) Carry(base string, c *http.Cookie) {
	b.t.Helper()
	b.Open(base + "/aide")
	var set string
	b.eval(`document.cookie = `+quote(c.Name+"="+c.Value+"; path=/"), &set)
}

// Follow clicks a link or a button that leads to another page, and returns its status.
func (b *Browser) Follow(text string) int {
	b.t.Helper()
	x, y := b.spot(text)
	return b.navigate("follow "+text, chromedp.MouseClickXY(x, y))
}

// Click clicks what bears that text and stays on the page: a box, a fold, a suggestion.
func (b *Browser) Click(text string) {
	b.t.Helper()
	x, y := b.spot(text)
	b.run("click "+text, chromedp.MouseClickXY(x, y))
}

// Fill replaces the value of the field of that name, the first in sight, typing it key by key.
func (b *Browser) Fill(name, value string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => {
		const field = [...document.querySelectorAll('main [name=' + JSON.stringify(%s) + ']')].find((f) => f.checkVisibility());
		if (!field) throw new Error("no such field");
		field.focus();
		field.select();
	})()`, quote(name)), nil)
	if value == "" {
		b.Press("Delete")
		return
	}
	b.run("fill "+name, chromedp.KeyEvent(value))
}

// Choose picks the option of a list, the radio or the box of that name and value.
func (b *Browser) Choose(name, value string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => {
		const [name, value] = [%s, %s];
		for (const field of document.querySelectorAll('main [name=' + JSON.stringify(name) + ']')) {
			if (field.type === "hidden") continue;
			if (field.tagName === "SELECT") field.value = value;
			else if (field.value === value) field.checked = true;
			else continue;
			if (field.value !== value) break;
			field.dispatchEvent(new Event("change", {bubbles: true}));
			return;
		}
		throw new Error("no such choice");
	})()`, quote(name), quote(value)), nil)
}

// Wait returns when the expression of JavaScript becomes true.
func (b *Browser) Wait(expression string) {
	b.t.Helper()
	b.run("wait for "+expression, chromedp.Poll(expression, nil, chromedp.WithPollingTimeout(patience)))
}

// Eval gives the value of an expression of JavaScript.
func (b *Browser) Eval(expression string, result any) {
	b.t.Helper()
	b.eval(expression, result)
}

// Text is what the page shows.
func (b *Browser) Text() string {
	b.t.Helper()
	var text string
	b.eval("document.body.innerText", &text)
	return text
}

// URL is the address of the page.
func (b *Browser) URL() string {
	b.t.Helper()
	var url string
	b.eval("location.href", &url)
	return url
}

// Title is the title of the page.
func (b *Browser) Title() string {
	b.t.Helper()
	var title string
	b.eval("document.title", &title)
	return title
}

// Focus is the id of what has the focus.
func (b *Browser) Focus() string {
	b.t.Helper()
	var id string
	b.eval("document.activeElement.id", &id)
	return id
}

// spot is the middle of what bears a text, or a name for screen readers, brought into sight:
// an exact text is preferred to one that only begins so.
func (b *Browser) spot(text string) (x, y float64) {
	b.t.Helper()
	var at struct{ X, Y float64 }
	b.eval(fmt.Sprintf(`(() => {
		const wanted = %s;
		const plain = (s) => (s ?? "").replace(/\s+/g, " ").trim();
		const texts = (e) => [plain(e.innerText), plain(e.textContent), plain(e.getAttribute("aria-label"))];
		const all = [...document.querySelectorAll("a, button, label, summary, [role=option], input[aria-label]")]
			.filter((e) => e.checkVisibility() && !e.classList.contains("vh"));
		const found = all.find((e) => texts(e).includes(wanted)) ??
			all.find((e) => texts(e).some((t) => t.startsWith(wanted)));
		if (!found) throw new Error("nothing to click bears this text");
		found.scrollIntoView({block: "center", behavior: "instant"});
		const box = found.getClientRects()[0];
		return {X: box.x + box.width / 2, Y: box.y + box.height / 2};
	})()`, quote(text)), &at)
	return at.X, at.Y
}

func (b *Browser) eval(expression string, result any) {
	b.t.Helper()
	b.run("evaluate "+expression, chromedp.Evaluate(expression, result))
}

// quote writes a string as JavaScript does.
func quote(s string) string {
	q, _ := json.Marshal(s) // a string always has a JSON form
	return string(q)
}
