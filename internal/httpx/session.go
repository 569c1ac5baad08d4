package httpx

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
)

// Keys of the session.
const (
	keyAgent  = "agent"
	keyOpened = "ouverte"
	keySeen   = "vu"
	keyFlash  = "flash"
	keySel    = "sel" // of the form tokens
	keyID     = "id"  // names the session to its holder
	keyCompte = "compte"
	keyLieu   = "adresse"
	keyOutil  = "navigateur"
	keyFin    = "fin" // of a session that was ended, all that it holds
)

// seenEvery is how often the session's last use is written down: a write for each page would cost more than the page.
const seenEvery = time.Minute

// loggedOut is the error of a page opened without a session; the visitor is sent to the log-in page.
type loggedOut struct {
	reason string
	suite  string // page to come back to, where what was typed waits
}

func (loggedOut) Error() string { return "httpx: nobody is logged in" }

// Reasons shown on the log-in page.
const (
	ReasonIdle   = "inactivite"
	ReasonLife   = "duree"
	ReasonClosed = "habilitation"
	ReasonArret  = "arret"
)

// Reasons of a session that another ended, as the table of sessions calls them (migrations/0050_session.sql).
const (
	ReasonTitulaire = "titulaire"
	ReasonNombre    = "nombre"
	ReasonCompte    = "compte"
	ReasonCle       = "cle"
	ReasonService   = "service"
)

// agent is who is logged in, or loggedOut.
func (s *Site) agent(r *http.Request) (habilitation.Agent, error) {
	stored := s.Sessions.GetString(r.Context(), keyAgent)
	if stored == "" {
		return habilitation.Agent{}, s.closed(r.Context())
	}
	agent, ok := unpackAgent(stored)
	if !ok {
		return agent, loggedOut{reason: ReasonClosed}
	}
	agent.Maintenant = s.Now()
	return s.located(agent, r), s.touch(r, agent)
}

// closed is the error of a session that has no agent: one that was ended says by whom.
func (s *Site) closed(ctx context.Context) error {
	par := s.Sessions.GetString(ctx, keyFin)
	if par == "" {
		return loggedOut{}
	}
	return errors.Join(loggedOut{reason: par}, s.Sessions.Destroy(ctx))
}

// located says where the agent's request comes from, and names it.
func (s *Site) located(agent habilitation.Agent, r *http.Request) habilitation.Agent {
	agent.Adresse, agent.Requete = s.adresse(r), rand.Text()[:requeteLen]
	return agent
}

// requeteLen is the length of a request's name: 60 bits.
const requeteLen = 12

// adresse is where a request comes from: behind the proxy, what that says.
func (s *Site) adresse(r *http.Request) string {
	if s.EnTeteAdresse != "" {
		return compte.Adresse(r.Header.Get(s.EnTeteAdresse))
	}
	return compte.Adresse(r.RemoteAddr)
}

// touch ends a session that is idle or too old, and notes the use of a live one.
func (s *Site) touch(r *http.Request, agent habilitation.Agent) error {
	ctx, now := r.Context(), agent.Maintenant
	opened := s.instant(ctx, keyOpened)
	seen := s.instant(ctx, keySeen)
	switch {
	case now.Sub(opened) > sessionLife:
		return s.end(r, agent, ReasonLife)
	case now.Sub(seen) > sessionIdle:
		return s.end(r, agent, ReasonIdle)
	case now.Sub(seen) > seenEvery:
		s.Sessions.Put(ctx, keySeen, now.Format(time.RFC3339))
	}
	return nil
}

// end ends a session. A form that came too late is kept, to be gone on with after the next log-in.
func (s *Site) end(r *http.Request, agent habilitation.Agent, reason string) error {
	out := loggedOut{reason: reason}
	if s.rattraper(r, agent) {
		out.suite = pageDe(r)
	}
	return errors.Join(out, s.Sessions.Destroy(r.Context()))
}

// pathProlonger is the address that a page left open calls to stay logged in.
const pathProlonger = "/session/prolonger"

// Register lists the routes that belong to no page: those of the session, and of what is being typed.
func (s *Site) Register(rt Router) {
	rt.Get(pathProlonger, habilitation.Accueil, s.prolong)
	rt.Post(pathPreuve, habilitation.Accueil, s.proveAgain)
	rt.Post(pathBrouillons, habilitation.GarderBrouillon, s.saveBrouillon)
	rt.Post(pathBrouillons+"/effacer", habilitation.GarderBrouillon, s.eraseBrouillon)
}

// prolong keeps a session alive, as opening any page does, and says in Session-Left how many seconds it has.
func (s *Site) prolong(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	ends, _ := s.sessionEnds(r.Context())
	w.Header().Set("Session-Left", strconv.Itoa(int(ends.Sub(agent.Maintenant).Seconds())))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// sessionEnds is when the session ends if nothing more is asked for, and the address that prolongs it: none once its
// absolute age is what ends it.
func (s *Site) sessionEnds(ctx context.Context) (ends time.Time, keepAlive string) {
	idle := s.instant(ctx, keySeen).Add(sessionIdle)
	if life := s.instant(ctx, keyOpened).Add(sessionLife); life.Before(idle) {
		return life, ""
	}
	return idle, pathProlonger
}

// instant reads a time of the session; one that is not there is the year 1, long ago enough to end anything.
func (s *Site) instant(ctx context.Context, key string) time.Time {
	t, _ := time.Parse(time.RFC3339, s.Sessions.GetString(ctx, key))
	return t
}

// Open makes the agent the holder of the session, under a new token: the old one is dead. Changing habilitation does
// not make the session younger; the log-in clears it first.
func (s *Site) Open(ctx context.Context, agent habilitation.Agent) error {
	if err := s.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.Sessions.Put(ctx, keyAgent, packAgent(agent))
	s.Sessions.Put(ctx, keySel, rand.Text())
	s.Sessions.Put(ctx, keyCompte, agent.Compte.String())
	now := s.Now().Format(time.RFC3339)
	if !s.Sessions.Exists(ctx, keyOpened) {
		s.Sessions.Put(ctx, keyOpened, now)
		s.Sessions.Put(ctx, keyID, uuid.NewString())
	}
	s.Sessions.Put(ctx, keySeen, now)
	return nil
}

// OpenFrom opens the session of one who logs in, and notes where he does. He has as many at a time as the gate allows:
// the one that he has used least of late makes room.
func (s *Site) OpenFrom(r *http.Request, agent habilitation.Agent) error {
	ctx := r.Context()
	if err := s.Open(ctx, agent); err != nil {
		return err
	}
	s.Sessions.Put(ctx, keyLieu, s.adresse(r))
	s.Sessions.Put(ctx, keyOutil, Navigateur(r))
	if err := s.Gate.Departager(ctx, agent.Compte, s.SessionID(ctx)); err != nil {
		return err
	}
	return s.noter(ctx, s.located(agent, r), journal.SeConnecter)
}

// Half notes whose password was given: the session opens nothing yet, but ends with the account.
func (s *Site) Half(ctx context.Context, compte uuid.UUID) {
	s.Sessions.Put(ctx, keyCompte, compte.String())
}

// SessionID names the session of a request, to its holder only.
func (s *Site) SessionID(ctx context.Context) uuid.UUID {
	id, _ := uuid.Parse(s.Sessions.GetString(ctx, keyID))
	return id
}

// Agent is who is logged in; ok is false when nobody is.
func (s *Site) Agent(r *http.Request) (agent habilitation.Agent, ok bool) {
	agent, err := s.agent(r)
	return agent, err == nil
}

// Known returns the request of a public page with its agent, if somebody is logged in: the page then stands in his
// frame, under his menu.
func (s *Site) Known(r *http.Request) (known *http.Request, in bool) {
	agent, ok := s.Agent(r)
	if !ok {
		return r, false
	}
	return r.WithContext(withAgent(r.Context(), agent)), true
}

// WithSession loads the session before a request and writes it down when the answer goes out.
func (s *Site) WithSession(next http.Handler) http.Handler {
	s.Sessions.ErrorFunc = s.sessionLost
	inner := s.Sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(&answer{ResponseWriter: w}, r)
	})
}

// sessionLost answers when the session cannot be read, or cannot be written. In the second case a page was on its way:
// nothing of it goes out, since what it counts on is not recorded.
func (s *Site) sessionLost(w http.ResponseWriter, r *http.Request, err error) {
	for _, header := range []string{"Content-Length", "Content-Disposition", "Location", "Session-Left"} {
		w.Header().Del(header)
	}
	s.serveError(w, r, err)
	if a, ok := w.(*answer); ok {
		a.sealed = true
	}
}

// answer lets one answer out: scs writes the session at the first byte of the page, too late to call the page back.
type answer struct {
	http.ResponseWriter
	sealed bool
}

func (a *answer) WriteHeader(status int) {
	if !a.sealed {
		a.ResponseWriter.WriteHeader(status)
	}
}

func (a *answer) Write(b []byte) (int, error) {
	if a.sealed {
		return len(b), nil
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

type agentKey struct{}

func withAgent(ctx context.Context, agent habilitation.Agent) context.Context {
	return context.WithValue(ctx, agentKey{}, agent)
}

// agentOf is the agent whom guard let in; only the frame of the page reads it from the context.
func agentOf(ctx context.Context) (habilitation.Agent, bool) {
	agent, ok := ctx.Value(agentKey{}).(habilitation.Agent)
	return agent, ok
}
