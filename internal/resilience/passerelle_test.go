package resilience_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// passerelle stands between the application and PostgreSQL, and cuts one connection where it is told to.
type passerelle struct {
	listener net.Listener
	network  string
	address  string

	mu   sync.Mutex
	cut  []byte // the message that triggers the cut; nil for none
	late bool   // after the server has obeyed it, rather than before it arrives
	cuts int
}

// newPasserelle opens one in front of a base, and returns the connection string that goes through it.
func newPasserelle(t *testing.T, dsn string) (*passerelle, string) {
	t.Helper()
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &passerelle{listener: listener}
	p.network, p.address = pgconn.NetworkAddress(config.Host, config.Port)
	t.Cleanup(func() { _ = listener.Close() })
	go p.accept()
	// Described each time, a statement goes over the wire with its text, by which it is recognised.
	return p, fmt.Sprintf("postgres://%s@%s/%s?sslmode=disable&default_query_exec_mode=cache_describe",
		config.User, listener.Addr(), config.Database)
}

// cutAt cuts the next connection that sends a message with this text.
func (p *passerelle) cutAt(text string, late bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut, p.late, p.cuts = []byte(text), late, 0
}

// happened counts the cuts since cutAt.
func (p *passerelle) happened() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cuts
}

// triggered tells whether the message is the one to cut at. It is so once.
func (p *passerelle) triggered(message []byte) (cut, late bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut == nil || !bytes.Contains(message, p.cut) {
		return false, false
	}
	p.cut = nil
	p.cuts++
	return true, p.late
}

func (p *passerelle) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial(p.network, p.address)
		if err != nil {
			_ = client.Close()
			continue
		}
		l := &liaison{passerelle: p, client: client, server: server}
		go l.down()
		go l.up()
	}
}

// liaison is one connection.
type liaison struct {
	*passerelle
	client, server net.Conn
	mute           atomic.Bool // what the server answers is its last word, which nobody hears
}

func (l *liaison) close() {
	_ = l.client.Close()
	_ = l.server.Close()
}

// down carries what the application asks for, message by message.
func (l *liaison) down() {
	defer l.close()
	if err := l.carry(0); err != nil { // the startup message has no type
		return
	}
	for l.carry(1) == nil {
	}
}

// carry carries one message: its type, its length, which counts itself, its body.
func (l *liaison) carry(typeLen int) error {
	head := make([]byte, typeLen+4)
	if _, err := io.ReadFull(l.client, head); err != nil {
		return err
	}
	message := append(head, make([]byte, binary.BigEndian.Uint32(head[typeLen:])-4)...)
	if _, err := io.ReadFull(l.client, message[len(head):]); err != nil {
		return err
	}
	cut, late := l.triggered(message)
	if cut && !late {
		return io.ErrClosedPipe
	}
	if cut {
		l.mute.Store(true)
	}
	_, err := l.server.Write(message)
	return err
}

// up carries what the server answers, until it is to be cut.
func (l *liaison) up() {
	defer l.close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := l.server.Read(buffer)
		if err != nil || l.mute.Load() {
			return
		}
		if _, err := l.client.Write(buffer[:n]); err != nil {
			return
		}
	}
}
