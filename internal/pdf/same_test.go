package pdf_test

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"base-eleves/internal/pdf"
)

func TestTheSameCallsGiveTheSameBytes(t *testing.T) {
	for name, draw := range golden {
		if !bytes.Equal(fileOf(t, draw()), fileOf(t, draw())) {
			t.Errorf("%s comes out differently the second time", name)
		}
	}
}

func TestTheSameBytesInParallel(t *testing.T) {
	want := fileOf(t, certificateFor(longName))
	files := make([][]byte, 8)
	var printing sync.WaitGroup
	for i := range files {
		printing.Go(func() { files[i], _ = certificateFor(longName).Bytes() })
	}
	printing.Wait()
	for i, file := range files {
		if !bytes.Equal(file, want) {
			t.Errorf("file %d of those printed together differs", i)
		}
	}
}

func TestAnotherDateGivesOtherBytes(t *testing.T) { // control of the two tests above
	later := printed
	later.Date = printed.Date.Add(time.Second)
	doc := pdf.New(later)
	certificate(doc, "CS-2026-000123", longName)
	if bytes.Equal(fileOf(t, certificateFor(longName)), fileOf(t, doc)) {
		t.Error("a second later the file is the same")
	}
}

func TestBytesMayBeAskedTwice(t *testing.T) {
	doc := certificateFor(longName)
	var written bytes.Buffer
	if _, err := doc.WriteTo(&written); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written.Bytes(), fileOf(t, doc)) {
		t.Error("WriteTo and Bytes disagree")
	}
}
