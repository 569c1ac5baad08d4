package httpx

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

// Depot is a file that is being made: on the disk and not in memory, under no name, so that it is gone with the process
// whatever happens. It is sent once it is whole, and once the journal has its line.
type Depot struct{ f *os.File }

// Deposer opens an empty one.
func Deposer() (*Depot, error) {
	f, err := os.CreateTemp("", "sortie-")
	if err != nil {
		return nil, fmt.Errorf("httpx: make a file: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("httpx: make a file: %w", err), f.Close())
	}
	return &Depot{f}, nil
}

// Write adds to the file.
func (d *Depot) Write(b []byte) (int, error) { return d.f.Write(b) }

// Relire goes back to the beginning of what was written, to be checked or sent.
func (d *Depot) Relire() (*os.File, int64, error) {
	size, err := d.f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = d.f.Seek(0, io.SeekStart)
	}
	return d.f, size, err
}

// Fermer gives the room back.
func (d *Depot) Fermer() { _ = d.f.Close() } // nobody reads it any more

// debitMin is the line on which a file must still arrive, in bytes a second: 512 kbit/s.
const debitMin = 64 << 10

// Envoyer sends the file, to be saved under that name.
func (d *Depot) Envoyer(w http.ResponseWriter, contentType, name string) error {
	f, size, err := d.Relire()
	if err != nil {
		return fmt.Errorf("httpx: read the file again: %w", err)
	}
	last := time.Now().Add(time.Minute + time.Duration(size/debitMin)*time.Second)
	_ = http.NewResponseController(w).SetWriteDeadline(last) // a test's writer has none
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	_, _ = io.Copy(w, f) // the visitor has gone: nobody to tell
	return nil
}
