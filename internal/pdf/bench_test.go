package pdf_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/pdf"
)

var printed = pdf.Options{Title: "Certificats", Date: time.Date(2026, time.April, 12, 9, 30, 0, 0, time.UTC)}

// BenchmarkCertificate is one certificate in its own file, the common request of a counter.
func BenchmarkCertificate(b *testing.B) { benchmark(b, 1, "ÉTIENNE-ŒUVRARD Zoé") }

// BenchmarkCertificateVietnamese is the dearest case: a name embeds a full face.
func BenchmarkCertificateVietnamese(b *testing.B) { benchmark(b, 1, "NGUYỄN Thị Hồng") }

// Benchmark300 is the certificates of a whole school in one file.
func Benchmark300(b *testing.B) { benchmark(b, 300, "ÉTIENNE-ŒUVRARD Zoé") }

func benchmark(b *testing.B, pieces int, name string) {
	size := 0
	for b.Loop() {
		doc := pdf.New(printed)
		for range pieces {
			certificate(doc, "CS-2026-000123", name)
		}
		file, err := doc.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(pieces*b.N)/b.Elapsed().Seconds(), "pieces/s")
	b.ReportMetric(float64(size)/1024, "KiB")
}

// BenchmarkCode prints three hundred certificates that bear a code of the usual length.
func BenchmarkCode(b *testing.B) {
	content := "HTTPS://BASE-ELEVES.EXEMPLE.FR/V/" + strings.Repeat("A7", 130)
	for b.Loop() {
		doc := pdf.New(printed)
		for range 300 {
			doc.Begin(pdf.Footer{Number: "CS-2026-000123", Code: pdf.Code{Content: content}})
		}
		file, err := doc.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(file))/300, "B/page")
	}
}
