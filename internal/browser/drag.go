package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Drag takes what matches a selector of CSS to the top of what matches another, as a mouse does.
func (b *Browser) Drag(from, to string) {
	b.t.Helper()
	x, y := b.top(from)
	taken := make(chan *input.DragData, 1)
	chromedp.ListenTarget(b.ctx, func(event any) {
		if e, ok := event.(*input.EventDragIntercepted); ok {
			select {
			case taken <- e.Data:
			default:
			}
		}
	})
	left := chromedp.ButtonType(input.Left)
	b.run("take "+from, input.SetInterceptDrags(true), chromedp.MouseEvent(input.MousePressed, x, y, left, chromedp.ClickCount(1)),
		chromedp.MouseEvent(input.MouseMoved, x+5, y+5, left), chromedp.MouseEvent(input.MouseMoved, x+30, y+30, left))
	b.run("drop on "+to, chromedp.ActionFunc(func(ctx context.Context) error {
		select {
		case data := <-taken:
			return b.drop(ctx, to, data)
		case <-ctx.Done():
			return fmt.Errorf("nothing is dragged: %w", ctx.Err())
		}
	}), input.SetInterceptDrags(false))
}

func (b *Browser) drop(ctx context.Context, to string, data *input.DragData) error {
	x, y := b.top(to)
	for _, kind := range []input.DispatchDragEventType{input.DragEnter, input.DragOver, input.Drop} {
		if err := input.DispatchDragEvent(kind, x, y, data).Do(ctx); err != nil {
			return err
		}
	}
	return chromedp.MouseEvent(input.MouseReleased, x, y, chromedp.ButtonType(input.Left)).Do(ctx)
}

// top is a point near the top of what matches a selector, brought into sight.
func (b *Browser) top(selector string) (x, y float64) {
	b.t.Helper()
	var at struct{ X, Y float64 }
	b.eval(fmt.Sprintf(`(() => {
		const found = document.querySelector(%s);
		if (!found) throw new Error("nothing matches the selector");
		found.scrollIntoView({block: "start", behavior: "instant"});
		const box = found.getBoundingClientRect();
		return {X: box.x + box.width / 2, Y: box.y + Math.min(box.height / 2, 12)};
	})()`, quote(selector)), &at)
	return at.X, at.Y
}
