package httpx

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// Somebody who tries addresses learns nothing from the answers: the foreign and the unknown get the same bytes. But each
// try leaves a line (security.md AUD-8). It is written beside the pages, so that nothing of it shows in the time of an
// answer either.
const (
	sondesEvery = time.Second
	maxSondes   = 10_000 // that wait to be written: the alert has been given long before
)

// sonde is a try of an agent.
type sonde struct {
	agent habilitation.Agent
	id    uuid.UUID // in the address, zero for one that is no identifier
}

// sondes are the tries that wait to be written down. The zero value is ready.
type sondes struct {
	mu      sync.Mutex
	waiting []sonde
}

func (s *sondes) ajouter(one sonde) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) < maxSondes {
		s.waiting = append(s.waiting, one)
	}
}

func (s *sondes) prendre() []sonde {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.waiting
	s.waiting = nil
	return taken
}

// sonder keeps the try of an agent whose page found nothing.
func (s *Site) sonder(r *http.Request, agent habilitation.Agent, err error) {
	if failureOf(err).status != http.StatusNotFound {
		return
	}
	one := sonde{agent: agent}
	for _, v := range chi.RouteContext(r.Context()).URLParams.Values {
		if id, err := uuid.Parse(v); err == nil && one.id == uuid.Nil {
			one.id = id
		}
	}
	s.sondes.ajouter(one)
}

// EcrireSondes writes the lines of the tries made since the last time, each in the scope of who made it.
func (s *Site) EcrireSondes(ctx context.Context) error {
	var failed error
	for _, one := range s.sondes.prendre() {
		err := s.DB.Ecrire(ctx, one.agent.Portee().MemeEnLecture(), func(tx territoire.Tx) error {
			journal.Record(tx, one.agent, journal.Ligne{Acte: journal.Sonder, Objet: "page", ID: one.id})
			return nil
		})
		if err != nil {
			failed = fmt.Errorf("httpx: note a try: %w", err) // the others all the same
		}
	}
	return failed
}

// VeillerSondes writes them until ctx ends, and those that wait then.
func (s *Site) VeillerSondes(ctx context.Context, warn func(error)) {
	tick := time.NewTicker(sondesEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
		if err := s.EcrireSondes(context.WithoutCancel(ctx)); err != nil && !errors.Is(err, territoire.ErrPorteeClose) {
			warn(err)
		}
	}
}
