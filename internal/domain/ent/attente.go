package ent

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strings"

	"base-eleves/internal/anonyme"
)

// attente is entries that wait aside for their turn, on the disk: a département has too many to be held.
type attente struct {
	*anonyme.Fichier
	tampon *bufio.Writer
	xml    *xml.Encoder
}

func attendre() (*attente, error) {
	f, err := anonyme.Ouvrir()
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewWriter(f)
	return &attente{f, buffered, xml.NewEncoder(buffered)}, nil
}

// verser adds them to their file.
func (a *attente) verser(w io.Writer) error {
	if err := a.xml.Flush(); err != nil {
		return err
	}
	if err := a.tampon.Flush(); err != nil {
		return err
	}
	return recopier(w, a.Fichier)
}

func recopier(w io.Writer, from *anonyme.Fichier) error {
	f, _, err := from.Relire()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}

// feuille is a CSV file of OneRoster whose lines wait aside. No formula is made inert in it, since a program reads it
// (formats.md §1.1).
type feuille struct {
	*anonyme.Fichier
	nom    string
	titres []string
	csv    *csv.Writer
}

// ranger begins one, by its titles.
func ranger(f fichierOneRoster) (*feuille, error) {
	aside, err := anonyme.Ouvrir()
	if err != nil {
		return nil, err
	}
	s := &feuille{aside, f.nom + ".csv", strings.Split(f.titres, ","), csv.NewWriter(aside)}
	s.csv.UseCRLF = true
	return s, s.csv.Write(s.titres)
}

func (s *feuille) ligne(r rangee) error {
	cells := make([]string, len(s.titres))
	for i, t := range s.titres {
		cells[i] = r[t]
	}
	return s.csv.Write(cells)
}

// verser adds the file to the others.
func (s *feuille) verser(to *zip.Writer) error {
	s.csv.Flush()
	if err := s.csv.Error(); err != nil {
		return err
	}
	w, err := to.Create(s.nom)
	if err != nil {
		return err
	}
	return recopier(w, s.Fichier)
}
