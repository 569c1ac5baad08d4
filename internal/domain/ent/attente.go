package ent

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
)

// attente is entries that wait aside for their turn, on the disk: a département has too many to be held. The file has no
// name, so that it is gone with the process whatever happens.
type attente struct {
	fichier *os.File
	tampon  *bufio.Writer
	xml     *xml.Encoder
}

func attendre() (*attente, error) {
	f, err := os.CreateTemp("", "ent-")
	if err != nil {
		return nil, fmt.Errorf("ent: put entries aside: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("ent: put entries aside: %w", err), f.Close())
	}
	buffered := bufio.NewWriter(f)
	return &attente{fichier: f, tampon: buffered, xml: xml.NewEncoder(buffered)}, nil
}

// verser adds them to their file.
func (a *attente) verser(w io.Writer) error {
	if err := a.xml.Flush(); err != nil {
		return err
	}
	if err := a.tampon.Flush(); err != nil {
		return err
	}
	if _, err := a.fichier.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, a.fichier)
	return err
}

// fermer gives the room back.
func (a *attente) fermer() { _ = a.fichier.Close() } // nobody reads it any more
