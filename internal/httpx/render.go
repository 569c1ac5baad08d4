package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render sends a page: whole, or not at all.
func (s *Site) Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(ui.WithFrame(r.Context(), s.frame(r)), b); err != nil {
		return fmt.Errorf("httpx: render %s: %w", r.URL.Path, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the visitor has gone: nobody to tell
	return nil
}

// frame is what surrounds the page.
func (s *Site) frame(r *http.Request) ui.Frame {
	ctx := r.Context()
	f := ui.Frame{
		Nonce: nonceOf(ctx), Demo: s.Demo, Version: s.Version, Flash: s.popFlash(ctx),
		Jeton: func() string { return s.Jeton(ctx) }, Now: s.Now(),
	}
	if agent, ok := agentOf(ctx); ok {
		f.Agent, f.Role, f.Territoire = agent.Nom, agent.Role.Label(), agent.Territoire
		f.Delegation, f.CanSwitch = agent.ParDelegation(), agent.Plusieurs
		f.ReadOnly = agent.EnLecture != nil && *agent.EnLecture
		if f.CanSearch = agent.Can(habilitation.ConsulterEleves); f.CanSearch {
			f.Suggestions = "/recherche.json"
		}
		f.Menu, f.Rubrique = s.menuOf(agent, r)
		f.SessionEnds, f.KeepAlive = s.sessionEnds(ctx)
	}
	return f
}

// Flash leaves a message for the next page. undo, when not empty, is the address its button « Annuler » posts to.
func (s *Site) Flash(ctx context.Context, message, undo string) {
	s.flash(ctx, ui.Flash{Message: message, Kind: ui.Success, UndoAction: undo})
}

// Warn leaves a message for the next page that something is to be looked at.
func (s *Site) Warn(ctx context.Context, message string) {
	s.flash(ctx, ui.Flash{Message: message, Kind: ui.Warning})
}

func (s *Site) flash(ctx context.Context, f ui.Flash) {
	b, _ := json.Marshal(f) // strings only
	s.Sessions.Put(ctx, keyFlash, string(b))
}

func (s *Site) popFlash(ctx context.Context) *ui.Flash {
	stored := s.Sessions.PopString(ctx, keyFlash)
	if stored == "" {
		return nil
	}
	f := &ui.Flash{}
	if json.Unmarshal([]byte(stored), f) != nil {
		return nil
	}
	return f
}

// File sends a document made whole, to be opened in the browser under that name.
func File(w http.ResponseWriter, contentType, name string, content []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `inline; filename="`+name+`"`)
	h.Set("Content-Length", fmt.Sprint(len(content)))
	_, _ = w.Write(content) // the visitor has gone: nobody to tell
	return nil
}
