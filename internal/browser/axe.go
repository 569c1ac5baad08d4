package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Violation is one rule of accessibility that a page breaks.
type Violation struct {
	ID    string
	Help  string
	Nodes []string // the elements at fault, each with its reason
}

// String says the rule and where it is broken.
func (v Violation) String() string {
	return v.ID + ": " + v.Help + "\n\t" + strings.Join(v.Nodes, "\n\t")
}

// axe runs the rules; it is put in by the debugging protocol, so that the policy of the page stays as strict as it is
// for users. Colours take nine tenths of its time: they alone are judged in both schemes, and of rows and labels that
// no style can tell apart, the first three.
const axe = `(async (dark) => {
	const said = ["class", "type", "role", "open", "hidden", "aria-current", "aria-selected", "aria-checked", "aria-invalid"];
	const sign = (e) => e.tagName + [e.checked, e.disabled] + e.getAttributeNames().map((a) => said.includes(a) ? a + "=" + e.getAttribute(a) : a);
	const key = (e) => {
		let path = [e, ...e.querySelectorAll("*")].map(sign).join();
		for (let a = e.parentElement; a; a = a.parentElement) path += "<" + sign(a);
		return path;
	};
	const seen = new Map();
	const alike = [...document.querySelectorAll("tbody tr, li, label, dt, dd")].filter((e) => {
		const k = key(e), n = seen.get(k) ?? 0;
		seen.set(k, n + 1);
		return n > 2;
	});
	const colours = ["color-contrast", "link-in-text-block"];
	const off = Object.fromEntries(colours.map((c) => [c, {enabled: false}]));
	const run = async (where, options) => (await axe.run(where, {resultTypes: ["violations"], ...options})).violations;
	let found = await run({include: [document.documentElement], exclude: alike}, {runOnly: colours});
	if (!dark) found = found.concat(await run(document, {rules: off}));
	return JSON.stringify(found.map((v) => ({ID: v.id, Help: v.help,
		Nodes: v.nodes.map((n) => n.target.join(" ") + " – " + n.failureSummary.replace(/\s+/g, " "))})));
})(%t)`

// Axe lets axe-core judge the present page at a width, in the light or the dark scheme.
func (b *Browser) Axe(width int, dark bool) []Violation {
	b.t.Helper()
	b.Resize(width)
	b.Dark(dark)
	var loaded bool
	b.eval("typeof axe === 'object'", &loaded)
	if !loaded {
		b.eval(b.axeSource()+"; true", &loaded)
	}
	var answer string
	b.run("axe", chromedp.Evaluate(fmt.Sprintf(axe, dark), &answer, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
	var violations []Violation
	if err := json.Unmarshal([]byte(answer), &violations); err != nil {
		b.t.Fatalf("axe answered %q: %v", answer, err)
	}
	return violations
}

// Accessible checks the present page at the three widths of design.md §6, light and dark:
// nothing from axe, nothing wider than the window, nothing in the console.
func (b *Browser) Accessible() {
	b.t.Helper()
	for _, width := range []int{320, 768, 1280} {
		for _, dark := range []bool{false, true} {
			for _, v := range b.Axe(width, dark) {
				b.t.Errorf("%s at %d px, dark %v: %s", b.URL(), width, dark, v)
			}
		}
		if wide := b.Overflow(); wide != "" {
			b.t.Errorf("%s at %d px scrolls sideways: %s", b.URL(), width, wide)
		}
	}
	if lines := b.Console(); len(lines) > 0 {
		b.t.Errorf("%s: console: %q", b.URL(), lines)
	}
	b.Resize(1280)
	b.Dark(false)
}

// Overflow tells which element makes the page scroll sideways, or "".
func (b *Browser) Overflow() string {
	b.t.Helper()
	var culprit string
	b.eval(`(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return "";
		const wide = [...document.querySelectorAll("body *")]
			.find((e) => e.getBoundingClientRect().right > width + 1 && !e.closest(".scroller *"));
		return wide ? wide.tagName + "." + wide.className : "the page";
	})()`, &culprit)
	return culprit
}

var readAxe = sync.OnceValues(func() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, "var", "npm", "node_modules", "axe-core", "axe.min.js"))
	return string(source), err
})

func (b *Browser) axeSource() string {
	b.t.Helper()
	source, err := readAxe()
	if err != nil {
		b.t.Fatalf("no axe-core here (npm install --prefix var/npm axe-core@4.11.4): %v", err)
	}
	return source
}

// moduleRoot is the folder of go.mod, above the package under test.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			err = fmt.Errorf("no go.mod above the test")
		}
		dir = parent
	}
	return "", err
}
