package resilience_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// The answers of a whole pull are cut at each byte that is a multiple of pas: in a head, in a body, between two, and in
// the answer to an acknowledgement that is done.
const pas = 450

// TestPullCutAnywhere cuts the program of a collège in the middle of what it is answered: it begins again, and ends with
// each pupil once, acknowledged once.
func TestPullCutAnywhere(t *testing.T) {
	s := newSaison(t, "Alba", "Basile", "Côme", "Doria", "Elio")
	whole := s.pull(t, -1)
	if got, want := s.counts(t, whole), (counts{imported: 5, acknowledged: 5, journal: 5}); got != want {
		t.Fatalf("uncut: %+v, want %+v", got, want)
	}
	total, cuts := s.proxy.passed(), 0
	for n := 0; n < total; n += pas {
		s.again(t)
		p := s.pull(t, n)
		if got, want := s.counts(t, p), (counts{imported: 5, acknowledged: 5, journal: 5}); got != want {
			t.Errorf("cut after %d bytes: %+v, want %+v", n, got, want)
		}
		cuts += p.cuts
	}
	if cuts < 10 || cuts != (total+pas-1)/pas {
		t.Errorf("%d cuts in %d bytes: not one a trial", cuts, total)
	}
}

// The control: where an acknowledgement leaves the pupil as he was, who begins again has each twice.
func TestPullCutWithoutTheAcknowledgement(t *testing.T) {
	s := newSaison(t, "Alba", "Basile")
	s.exec(t, `create function oublier() returns trigger language plpgsql as $$ begin new.etat := 'affecte'; return new; end $$`)
	s.exec(t, `create trigger oublier before update on affectation_6e for each row execute function oublier()`)
	s.exec(t, `alter policy accuser on affectation_6e with check (true)`)
	p := &programme{saison: s}
	for range 2 {
		if _, err := p.page(t); err != nil {
			t.Fatal(err)
		}
		if err := p.accuse(t); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := s.counts(t, p), (counts{imported: 4, acknowledged: 4, journal: 4}); got != want {
		t.Errorf("%+v, want %+v: the rule would prove nothing", got, want)
	}
}

// saison is an open season, in which a proxy stands before the service.
type saison struct {
	*fixture.Monde
	dsn   string
	jeton string
	proxy *coupeur
}

func newSaison(t *testing.T, prenoms ...string) *saison {
	t.Helper()
	m, dsn := fixture.NewClone(t)
	s := &saison{Monde: m, dsn: dsn, jeton: sixieme.NouveauJeton()}
	var list []fixture.Enfant
	for _, p := range prenoms {
		list = append(list, m.EnCM2(p))
	}
	m.Affecter6e("ia", fixture.College, list...)
	m.OuvrirSaison("ia")
	m.Ecrire("ia", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := sixieme.Creer(ctx, tx, a, fixture.College, s.jeton, 90)
		return err
	})
	service := httptest.NewServer(m.App)
	t.Cleanup(service.Close)
	s.proxy = newCoupeur(t, service.Listener.Addr().String())
	return s
}

func (s *saison) exec(t *testing.T, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// again puts the season back before the pull.
func (s *saison) again(t *testing.T) {
	s.exec(t, `update affectation_6e set etat = 'affecte', recu_le = null, recu_par = null; update jeton_6e set appels = 0;
		set be.reecrire_journal = 'oui'; delete from journal where acte = 'accuser_sixieme'`)
}

// counts are what each side has: pupils that the program imported and was told to have acknowledged, and the
// acknowledgements that the register keeps.
type counts struct{ imported, acknowledged, journal int }

func (s *saison) counts(t *testing.T, p *programme) counts {
	t.Helper()
	return counts{len(p.imported), len(p.accuses), count(t, s.dsn, `journal where acte = 'accuser_sixieme'`)}
}

// pull runs the program, cut after some bytes, until nothing is left to receive; -1 for uncut.
func (s *saison) pull(t *testing.T, after int) *programme {
	t.Helper()
	s.proxy.cutAfter(after)
	p := &programme{saison: s}
	for !p.run(t) {
		p.cuts++
	}
	return p
}

// programme is the software of a collège: what it has read whole it imports, then acknowledges. It forgets nothing of
// what it has imported, and keeps no cursor: what is not acknowledged comes again.
type programme struct {
	*saison
	imported []uuid.UUID
	waiting  []uuid.UUID // imported, and not known to be acknowledged
	accuses  []uuid.UUID // told by the service, now or before
	cuts     int
}

// run tells whether it came to the end.
func (p *programme) run(t *testing.T) bool {
	for {
		if err := p.accuse(t); err != nil {
			return false
		}
		switch n, err := p.page(t); {
		case err != nil:
			return false
		case n == 0:
			return true
		}
	}
}

// page imports the next two pupils.
func (p *programme) page(t *testing.T) (int, error) {
	var got struct{ Eleves []struct{ ID uuid.UUID } }
	if err := p.call(t, http.MethodGet, "/api/6e/2027/eleves?limite=2", nil, &got); err != nil {
		return 0, err
	}
	for _, e := range got.Eleves {
		p.imported, p.waiting = append(p.imported, e.ID), append(p.waiting, e.ID)
	}
	return len(got.Eleves), nil
}

func (p *programme) accuse(t *testing.T) error {
	if len(p.waiting) == 0 {
		return nil
	}
	var got struct{ Accuses, Deja, Inconnus []uuid.UUID }
	if err := p.call(t, http.MethodPost, "/api/6e/2027/accuse", map[string][]uuid.UUID{"eleves": p.waiting}, &got); err != nil {
		return err
	}
	p.accuses, p.waiting = slices.Concat(p.accuses, got.Accuses, got.Deja), nil
	return nil
}

// call fails when the answer did not come whole; any other answer than the one it is made for ends the test.
func (p *programme) call(t *testing.T, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+p.proxy.listener.Addr().String()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+p.jeton)
	// Nobody but the program sends again, and what it is answered is as long each time.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true}}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(got)
	digest := answer.Header.Get("Repr-Digest")
	if answer.StatusCode != http.StatusOK || method == http.MethodGet && digest != "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":" {
		t.Fatalf("%s %s: %d %s %s", method, path, answer.StatusCode, digest, got)
	}
	return json.Unmarshal(got, out)
}

// coupeur is a proxy that lets so many bytes of the answers through, then cuts the connection they are on, once.
type coupeur struct {
	listener net.Listener
	service  string

	mu    sync.Mutex
	left  int // before the cut; below 0 for none
	bytes int
}

func newCoupeur(t *testing.T, service string) *coupeur {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &coupeur{listener: listener, service: service, left: -1}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.carry(client)
		}
	}()
	return c
}

func (c *coupeur) cutAfter(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.bytes = n, 0
}

// passed is how many bytes of answers went through since cutAfter.
func (c *coupeur) passed() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

func (c *coupeur) carry(client net.Conn) {
	server, err := net.Dial("tcp", c.service)
	if err != nil {
		_ = client.Close()
		return
	}
	defer server.Close()
	defer client.Close()
	go func() { _, _ = io.Copy(server, client) }()
	_, _ = io.Copy(cutting{client, c}, server)
}

// cutting writes to the client what the coupeur lets through.
type cutting struct {
	io.Writer
	*coupeur
}

func (w cutting) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes += len(b)
	switch {
	case w.left < 0:
		return w.Writer.Write(b)
	case len(b) <= w.left:
		w.left -= len(b)
		return w.Writer.Write(b)
	}
	_, _ = w.Writer.Write(b[:w.left])
	w.left = -1
	return 0, errors.New("cut here")
}
