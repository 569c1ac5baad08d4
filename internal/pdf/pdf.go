// Package pdf lays out the paper of the project: certificates, lists, forms.
//
// The pages that print come here with words and receive an A4 file; they never
// see the library that draws it. The package knows nothing of schools. Two
// promises hold for whatever text it is given: nothing is refused or cut (a
// name wraps, shrinks, or shows a mark □ for what no font can draw), and the
// same calls give the same bytes, so that a document can be tested, sealed and
// compared.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// Options describes the file as a whole.
type Options struct {
	Title    string    // shown by readers in their title bar
	Subject  string    // what the file is about
	Author   string    // who issues it
	Producer string    // the program that made it
	Date     time.Time // when it was made; compulsory, it makes the bytes repeatable

	Paper     Paper // A4 unless said otherwise
	Landscape bool  // lay the sheet on its long side
	Compact   bool  // narrow margins and small type, for lists
	Letter    bool  // the title on the left and close lines: a letter and its slip hold on one page
}

// Paper is the size of a sheet.
type Paper string

// The papers of an office. Envelopes lie on their long side.
const (
	A4 Paper = ""
	DL Paper = "dl" // 110 × 220 mm
	C5 Paper = "c5" // 162 × 229 mm
)

// size is that of a sheet that stands, in points.
func (p Paper) size() gofpdf.SizeType {
	switch p {
	case DL:
		return gofpdf.SizeType{Wd: 110 * mm, Ht: 220 * mm}
	case C5:
		return gofpdf.SizeType{Wd: 162 * mm, Ht: 229 * mm}
	}
	return gofpdf.SizeType{Wd: 595.28, Ht: 841.89}
}

// Document is one PDF file being written; it serves one goroutine.
type Document struct {
	out     *gofpdf.Fpdf
	options Options
	theme   theme
	pages   []sheet
	recall  recall  // what the next pages of the piece say of it
	y       float64 // top of the next line, in points
	after   float64 // height of the signature that the end of the next block stays with
	date    time.Time
	done    []byte
	err     error
}

// New starts an empty document.
func New(o Options) *Document {
	orientation := "P"
	if o.Landscape {
		orientation = "L"
	}
	out := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: orientation, UnitStr: "pt", Size: o.Paper.size()})
	out.SetMargins(0, 0, 0)
	out.SetAutoPageBreak(false, 0)
	out.SetCatalogSort(true)
	out.SetCreationDate(o.Date)
	out.SetModificationDate(o.Date)
	out.SetTitle(oneLine(o.Title), true)
	out.SetSubject(oneLine(o.Subject), true)
	out.SetAuthor(oneLine(o.Author), true)
	out.SetProducer(oneLine(o.Producer), true)
	return &Document{out: out, options: o, theme: themeFor(o), date: o.Date}
}

// Bytes ends the document and returns the file.
func (d *Document) Bytes() ([]byte, error) {
	if d.done == nil && d.err == nil {
		d.done, d.err = d.finish()
	}
	return d.done, d.err
}

// WriteTo ends the document and writes the file to w.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	file, err := d.Bytes()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(file)
	return int64(n), err
}

func (d *Document) finish() ([]byte, error) {
	// Without a date the library would take the clock's and no two files would be alike.
	if d.date.IsZero() {
		return nil, errors.New("pdf: Options.Date is missing")
	}
	d.start()
	d.feet()
	d.ink()
	var file bytes.Buffer
	if err := d.out.Output(&file); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return file.Bytes(), nil
}
