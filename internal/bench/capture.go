package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"base-eleves/internal/bench/limit"
	"base-eleves/internal/bench/load"
	"base-eleves/internal/bench/spy"
)

// Roles that work beside the page: the session is no SQL of the page, and the register attributes numbers meanwhile.
const (
	roleSession  = "be_connexion"
	roleRegistre = "be_registre"
)

// capture asks for a page, seen by the spy, and returns what it sent to PostgreSQL, even if it failed. The first time
// prepares the statements, the second is what goes on.
func (w *world) capture(ctx context.Context, request func() load.Request, except ...string) (spy.Page, []byte, error) {
	var body []byte
	ask := func() (err error) {
		body, err = load.One(ctx, w.spied.address, request())
		return err
	}
	_ = ask() // fails again
	page, err := w.spy.Note(ask, except...)
	return page, body, err
}

// decoder turns values as they were sent into values as one types them.
type decoder struct {
	conns map[string]*pgx.Conn // one of each role
	known map[string][]uint32  // types of the values of a statement
}

func newDecoder() *decoder {
	return &decoder{conns: map[string]*pgx.Conn{}, known: map[string][]uint32{}}
}

func (d *decoder) close(ctx context.Context) {
	for _, c := range d.conns {
		_ = c.Close(ctx)
	}
}

// conn is a connection in a role, as the server has it.
func (d *decoder) conn(ctx context.Context, w *world, role string) (*pgx.Conn, error) {
	key := fmt.Sprint(w.pupils, role)
	if c := d.conns[key]; c != nil {
		return c, nil
	}
	c, err := pgx.Connect(ctx, w.role(role))
	if err == nil {
		d.conns[key] = c
	}
	return c, err
}

// statements decodes those of a page.
func (d *decoder) statements(ctx context.Context, w *world, page spy.Page) ([]limit.Statement, error) {
	var list []limit.Statement
	for _, st := range page.Statements {
		one := limit.Statement{SQL: st.SQL}
		types, err := d.types(ctx, w, st)
		if err != nil {
			return nil, err
		}
		conn, err := d.conn(ctx, w, st.Role)
		if err != nil {
			return nil, err
		}
		for i := range st.Args {
			arg, err := decode(conn.TypeMap(), types[i], st.Formats[i], st.Args[i])
			if err != nil {
				return nil, fmt.Errorf("value %d of %s: %w", i+1, st.SQL, err)
			}
			one.Args = append(one.Args, arg)
		}
		list = append(list, one)
	}
	return list, nil
}

func (d *decoder) types(ctx context.Context, w *world, st spy.Statement) ([]uint32, error) {
	if len(st.Args) == 0 {
		return nil, nil
	}
	key := st.Role + st.SQL
	if d.known[key] == nil {
		conn, err := d.conn(ctx, w, st.Role)
		if err != nil {
			return nil, err
		}
		prepared, err := conn.Prepare(ctx, "", st.SQL)
		if err != nil {
			return nil, fmt.Errorf("prepare %s: %w", st.SQL, err)
		}
		d.known[key] = prepared.ParamOIDs
	}
	return d.known[key], nil
}

// nonceLen is the length of the key of a form (internal/httpx): a value of that type and length must be new each time.
const nonceLen = 16

// decode reads a value. PostgreSQL reads back what this writes.
func decode(types *pgtype.Map, oid uint32, format int16, raw []byte) (limit.Arg, error) {
	if raw == nil {
		return limit.Arg{Null: true}, nil
	}
	if oid == pgtype.ByteaOID && format == pgtype.BinaryFormatCode {
		return limit.Arg{Text: `\x` + hex.EncodeToString(raw), Fresh: len(raw) == nonceLen}, nil
	}
	if format == pgtype.TextFormatCode {
		return limit.Arg{Text: string(raw)}, nil
	}
	t, ok := types.TypeForOID(oid)
	if !ok {
		return limit.Arg{}, fmt.Errorf("unknown type %d", oid)
	}
	value, err := t.Codec.DecodeValue(types, oid, format, raw)
	if err != nil {
		return limit.Arg{}, err
	}
	text, err := types.Encode(oid, pgtype.TextFormatCode, value, nil)
	return limit.Arg{Text: string(text)}, err
}

// portee matches what reads the scope, in the SQL of a page.
var portee = regexp.MustCompile(`portee_ecoles\(\)`)

// plain is the same SQL without row security nor scope: where a page reads its scope, the school is a value.
func plain(list []limit.Statement, ecole string) []limit.Statement {
	list = slices.DeleteFunc(slices.Clone(list), func(st limit.Statement) bool { return strings.Contains(st.SQL, "ouvrir_portee") })
	for i, st := range list {
		if !portee.MatchString(st.SQL) {
			continue
		}
		args := append(slices.Clone(st.Args), limit.Arg{Text: "{" + ecole + "}"})
		list[i] = limit.Statement{SQL: portee.ReplaceAllString(st.SQL, fmt.Sprintf("($$%d::text[])", len(args))), Args: args}
	}
	return list
}
