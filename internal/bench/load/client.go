package load

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// patience is how long an answer may take before the run is given up.
const patience = 30 * time.Second

// client is one connection, and what was seen through it.
type client struct {
	conn  net.Conn
	in    *bufio.Reader
	out   []byte
	times []time.Duration
	bytes int64
}

// answer is a response: its body is kept when asked for, or when it is an error.
type answer struct {
	status   int
	length   int64
	body     []byte
	location string
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (c *client) close() { _ = c.conn.Close() }

// do sends a request and reads its answer to the end.
func (c *client) do(r Request, keep bool) (answer, error) {
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return answer{}, err
	}
	c.out = r.append(c.out[:0])
	if _, err := c.conn.Write(c.out); err != nil {
		return answer{}, fmt.Errorf("load: send %s: %w", r.Path, err)
	}
	a, err := c.read(keep)
	if err != nil {
		return a, fmt.Errorf("load: answer to %s: %w", r.Path, err)
	}
	return a, nil
}

// append writes the request as a browser would, without what changes nothing for the server.
func (r Request) append(b []byte) []byte {
	method := r.Method
	if method == "" {
		method = "GET"
	}
	b = append(append(append(append(b, method...), ' '), r.Path...), " HTTP/1.1\r\nHost: bench\r\n"...)
	if r.Cookie != "" {
		b = append(append(append(b, "Cookie: "...), r.Cookie...), "\r\n"...)
	}
	if r.Gzip {
		b = append(b, "Accept-Encoding: gzip\r\n"...)
	}
	if method == "POST" {
		b = append(b, "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "...)
		b = append(strconv.AppendInt(b, int64(len(r.Form)), 10), "\r\n"...)
	}
	return append(append(b, "\r\n"...), r.Form...)
}

var errHead = errors.New("malformed head")

// read reads status line, headers and body: of a fixed length, or in chunks.
func (c *client) read(keep bool) (a answer, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return a, err
	}
	if len(line) < len("HTTP/1.1 200") {
		return a, errHead
	}
	if a.status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return a, errHead
	}
	length, chunked, err := c.head(&a)
	if err != nil {
		return a, err
	}
	var body *bytes.Buffer
	if keep || a.status >= 400 {
		body = &bytes.Buffer{}
		defer func() { a.body = body.Bytes() }()
	}
	if chunked {
		a.length, err = c.chunks(body)
		return a, err
	}
	a.length = length
	return a, c.take(length, body)
}

// head reads the headers up to the empty line.
func (c *client) head(a *answer) (length int64, chunked bool, err error) {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return length, chunked, nil
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch string(name) {
		case "Content-Length":
			if length, err = strconv.ParseInt(string(value), 10, 64); err != nil {
				return 0, false, errHead
			}
		case "Transfer-Encoding":
			chunked = true
		case "Location":
			a.location = string(value)
		}
	}
}

// chunks reads a body sent piece by piece, each after its length in hexadecimal (RFC 9112 §7.1).
func (c *client) chunks(body *bytes.Buffer) (total int64, err error) {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return total, err
		}
		n, err := strconv.ParseInt(string(bytes.TrimRight(line, "\r\n")), 16, 64)
		if err != nil {
			return total, errHead
		}
		if err := c.take(n, body); err != nil {
			return total, err
		}
		if _, err := c.in.Discard(len("\r\n")); err != nil {
			return total, err
		}
		if n == 0 {
			return total, nil
		}
		total += n
	}
}

func (c *client) take(n int64, body *bytes.Buffer) error {
	if body != nil {
		_, err := io.CopyN(body, c.in, n)
		return err
	}
	_, err := c.in.Discard(int(n))
	return err
}
