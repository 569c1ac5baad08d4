// Package anonyme keeps on the disk what is too long to be held in memory, under no name: whatever happens, the file is
// gone with the process. Whoever makes a long file, or puts entries aside until their turn, comes here.
package anonyme

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Fichier is a file without a name, that is being written or read again.
type Fichier struct{ f *os.File }

// Ouvrir makes an empty one.
func Ouvrir() (*Fichier, error) {
	f, err := os.CreateTemp("", "sortie-")
	if err != nil {
		return nil, fmt.Errorf("anonyme: make a file: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("anonyme: make a file: %w", err), f.Close())
	}
	return &Fichier{f}, nil
}

// Write adds to the file.
func (d *Fichier) Write(b []byte) (int, error) { return d.f.Write(b) }

// Relire goes back to the beginning of what was written, to be checked or sent; it says how long it is.
func (d *Fichier) Relire() (*os.File, int64, error) {
	size, err := d.f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = d.f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("anonyme: read again: %w", err)
	}
	return d.f, size, nil
}

// Fermer gives the room back.
func (d *Fichier) Fermer() { _ = d.f.Close() } // nobody reads it any more
