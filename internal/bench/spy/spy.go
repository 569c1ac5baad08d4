// Package spy stands between the server and PostgreSQL and notes what a page sends: each statement with its values,
// and how many round trips it took. The bench then gives the very same statements to pgbench and to EXPLAIN, so that
// what is measured never drifts from what is served.
package spy

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Statement is one statement as it was sent.
type Statement struct {
	Role    string
	SQL     string
	Args    [][]byte // nil is NULL
	Formats []int16  // of each value: 0 text, 1 binary
}

// Page is what was sent for one page.
type Page struct {
	Statements []Statement
	Trips      []string // the role of each round trip
}

// Spy listens where a server expects PostgreSQL.
type Spy struct {
	listener net.Listener
	target   string // socket of PostgreSQL
	folder   string

	mu   sync.Mutex
	page Page
}

// socketName is the name PostgreSQL gives to the socket of its usual port.
const socketName = ".s.PGSQL.5432"

// Listen makes a socket in an empty folder; what comes there goes on to the PostgreSQL of base.
func Listen(folder, base string) (*Spy, error) {
	u, err := url.Parse(base)
	if err != nil || u.Query().Get("host") == "" {
		return nil, errors.New("spy: only a PostgreSQL reached by a socket can be listened to")
	}
	l, err := net.Listen("unix", filepath.Join(folder, socketName))
	if err != nil {
		return nil, fmt.Errorf("spy: %w", err)
	}
	s := &Spy{listener: l, target: filepath.Join(u.Query().Get("host"), socketName), folder: folder}
	go s.serve()
	return s, nil
}

// Close ends it.
func (s *Spy) Close() { _ = s.listener.Close() }

// URL is the connection string of base through the spy.
func (s *Spy) URL(base string) string {
	u, _ := url.Parse(base) // was parsed by Listen
	q := u.Query()
	q.Set("host", s.folder)
	u.RawQuery = q.Encode()
	return u.String()
}

// Note returns what was sent while f ran, except by the roles that work beside the pages.
func (s *Spy) Note(f func() error, except ...string) (Page, error) {
	s.mu.Lock()
	s.page = Page{}
	s.mu.Unlock()
	err := f()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.page.without(except), err
}

func (p Page) without(roles []string) Page {
	return Page{
		Statements: slices.DeleteFunc(p.Statements, func(st Statement) bool { return slices.Contains(roles, st.Role) }),
		Trips:      slices.DeleteFunc(p.Trips, func(role string) bool { return slices.Contains(roles, role) }),
	}
}

func (s *Spy) serve() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go s.relay(conn)
	}
}

// relay lets both sides talk until one hangs up.
func (s *Spy) relay(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", s.target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	t := &talk{spy: s, in: bufio.NewReader(client), out: bufio.NewWriter(server), prepared: map[string]string{}}
	_ = t.relay() // the server sees the end by itself
}

// talk is one connection, read message by message on its way to PostgreSQL.
type talk struct {
	spy      *Spy
	in       *bufio.Reader
	out      *bufio.Writer
	role     string
	prepared map[string]string // text of each prepared statement
	bound    Statement
}

func (t *talk) relay() error {
	for first := true; ; first = false {
		head := 5 // type and length; the first message has no type
		if first {
			head = 4
		}
		message := make([]byte, head)
		if _, err := io.ReadFull(t.in, message); err != nil {
			return err
		}
		body := make([]byte, binary.BigEndian.Uint32(message[head-4:])-4)
		if _, err := io.ReadFull(t.in, body); err != nil {
			return err
		}
		if err := t.note(first, message[0], body); err != nil {
			return err
		}
		if _, err := t.out.Write(append(message, body...)); err != nil {
			return err
		}
		if t.in.Buffered() == 0 {
			if err := t.out.Flush(); err != nil {
				return err
			}
		}
	}
}

// note keeps what a message says, before PostgreSQL can have answered it.
func (t *talk) note(first bool, kind byte, body []byte) error {
	if first {
		return t.start(body)
	}
	switch kind {
	case 'P':
		var m pgproto3.Parse
		if err := m.Decode(body); err != nil {
			return err
		}
		t.prepared[m.Name] = m.Query
	case 'B':
		return t.bind(body)
	case 'E':
		t.spy.said(t.bound)
	case 'Q': // statements without values: begin with what opens the scope, commit, rollback
		for _, sql := range strings.Split(strings.TrimRight(string(body), "\x00"), "; ") {
			t.spy.said(Statement{Role: t.role, SQL: sql})
		}
		t.spy.waited(t.role)
	case 'S':
		t.spy.waited(t.role)
	}
	return nil
}

// start reads whom the connection is for.
func (t *talk) start(body []byte) error {
	var m pgproto3.StartupMessage
	if err := m.Decode(body); err != nil {
		return err
	}
	t.role = m.Parameters["user"]
	return nil
}

func (t *talk) bind(body []byte) error {
	var m pgproto3.Bind
	if err := m.Decode(body); err != nil {
		return err
	}
	t.bound = Statement{Role: t.role, SQL: t.prepared[m.PreparedStatement]}
	for i, value := range m.Parameters {
		t.bound.Args = append(t.bound.Args, bytes.Clone(value))
		t.bound.Formats = append(t.bound.Formats, format(m.ParameterFormatCodes, i))
	}
	return nil
}

// format of a value: one code for all, or one each, or none for text.
func format(codes []int16, i int) int16 {
	switch {
	case len(codes) == 0:
		return 0
	case len(codes) == 1:
		return codes[0]
	}
	return codes[i]
}

func (s *Spy) said(st Statement) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page.Statements = append(s.page.Statements, st)
}

// waited notes that the server now waits for PostgreSQL.
func (s *Spy) waited(role string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page.Trips = append(s.page.Trips, role)
}
