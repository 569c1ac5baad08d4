// Package bulk takes great numbers of rows to PostgreSQL, by COPY in its binary format: the generator of a base of
// demonstration comes here for six million pupils. pgx's own CopyFrom asks of each value how it is written; that costs
// ten times what writing it does.
package bulk

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// chunk is the size of what is handed over at a time.
const chunk = 256 << 10

// Table receives the rows of one table. A row is begun by Row, then given its values in the order of the columns.
type Table struct {
	Name    string
	Rows    int64
	columns []string
	buf     []byte
	emit    func([]byte)
	chunks  [][]byte
}

// NewTable makes a table that keeps its rows in memory until CopyAll, or hands them over to Stream.
func NewTable(name string, columns ...string) *Table {
	t := &Table{Name: name, columns: columns}
	t.emit = func(b []byte) { t.chunks = append(t.chunks, b) }
	t.begin()
	return t
}

// The format: https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format".
const header = "PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"

// epoch is the zero of PostgreSQL's dates and instants.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func (t *Table) begin() { t.buf = append(make([]byte, 0, chunk+chunk/8), header...) }

// end closes the table and hands over what is left of it.
func (t *Table) end() {
	t.emit(binary.BigEndian.AppendUint16(t.buf, 0xffff))
	t.buf = nil
}

// copySQL is the statement that takes the rows.
func (t *Table) copySQL(options string) string {
	quoted := make([]string, len(t.columns))
	for i, c := range t.columns {
		quoted[i] = pgx.Identifier{c}.Sanitize()
	}
	return "copy " + pgx.Identifier{t.Name}.Sanitize() + " (" + strings.Join(quoted, ", ") + ") from stdin (format binary" + options + ")"
}

// Row begins a row.
func (t *Table) Row() *Table {
	if len(t.buf) >= chunk {
		t.emit(t.buf)
		t.buf = make([]byte, 0, chunk+chunk/8)
	}
	t.Rows++
	t.buf = binary.BigEndian.AppendUint16(t.buf, uint16(len(t.columns)))
	return t
}

func (t *Table) size(n int) { t.buf = binary.BigEndian.AppendUint32(t.buf, uint32(n)) }

// Null writes no value.
func (t *Table) Null() *Table {
	t.buf = append(t.buf, 0xff, 0xff, 0xff, 0xff)
	return t
}

// Text writes a text.
func (t *Table) Text(s string) *Table {
	t.size(len(s))
	t.buf = append(t.buf, s...)
	return t
}

// TextOrNull writes a text, null when it is empty.
func (t *Table) TextOrNull(s string) *Table {
	if s == "" {
		return t.Null()
	}
	return t.Text(s)
}

// The type of the elements of a text[], and the length of what comes before them.
const (
	oidText     = 25
	arrayHeader = 20
)

// Texts writes an array of texts.
func (t *Table) Texts(list []string) *Table {
	size := arrayHeader
	for _, s := range list {
		size += 4 + len(s)
	}
	if len(list) == 0 {
		size = 12
	}
	t.size(size)
	for _, n := range []uint32{uint32(min(1, len(list))), 0, oidText} { // dimensions, no null, type
		t.buf = binary.BigEndian.AppendUint32(t.buf, n)
	}
	if len(list) == 0 {
		return t
	}
	t.buf = binary.BigEndian.AppendUint32(t.buf, uint32(len(list)))
	t.buf = binary.BigEndian.AppendUint32(t.buf, 1) // the first has rank 1
	for _, s := range list {
		t.size(len(s))
		t.buf = append(t.buf, s...)
	}
	return t
}

// UUID writes an identifier.
func (t *Table) UUID(id uuid.UUID) *Table {
	t.size(len(id))
	t.buf = append(t.buf, id[:]...)
	return t
}

// UUIDOrNull writes an identifier, null when it is zero.
func (t *Table) UUIDOrNull(id uuid.UUID) *Table {
	if id == uuid.Nil {
		return t.Null()
	}
	return t.UUID(id)
}

// Bool writes a boolean.
func (t *Table) Bool(b bool) *Table {
	t.size(1)
	if b {
		t.buf = append(t.buf, 1)
	} else {
		t.buf = append(t.buf, 0)
	}
	return t
}

// Int4 writes an integer.
func (t *Table) Int4(n int) *Table {
	t.size(4)
	t.buf = binary.BigEndian.AppendUint32(t.buf, uint32(int32(n)))
	return t
}

// Int2 writes a smallint.
func (t *Table) Int2(n int) *Table {
	t.size(2)
	t.buf = binary.BigEndian.AppendUint16(t.buf, uint16(int16(n)))
	return t
}

// Date writes a day, null when it is zero.
func (t *Table) Date(day time.Time) *Table {
	if day.IsZero() {
		return t.Null()
	}
	return t.Int4(int(day.Sub(epoch) / (24 * time.Hour)))
}

// Timestamp writes an instant, null when it is zero.
func (t *Table) Timestamp(at time.Time) *Table {
	if at.IsZero() {
		return t.Null()
	}
	t.size(8)
	t.buf = binary.BigEndian.AppendUint64(t.buf, uint64(at.Sub(epoch).Microseconds()))
	return t
}
