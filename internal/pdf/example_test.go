package pdf_test

import (
	"bytes"
	"fmt"
	"time"

	"base-eleves/internal/pdf"
)

// A certificate is one piece: header, title, sentence, summary, signature.
func Example() {
	doc := pdf.New(pdf.Options{
		Title:    "Certificat de scolarité",
		Author:   "École élémentaire Jean-Jaurès, Tarbes",
		Producer: "Base élèves",
		Date:     time.Date(2026, time.April, 12, 9, 30, 0, 0, time.UTC),
	})
	certificate(doc, "CS-2026-000123", "NGUYỄN-LE GOUËSLIER D’ARGENCE Maximilienne-Élisabeth")
	var file bytes.Buffer
	if _, err := doc.WriteTo(&file); err != nil {
		fmt.Println(err)
	}
	fmt.Println(file.String()[:5])
	// Output: %PDF-
}

func certificate(doc *pdf.Document, number, name string) {
	doc.Begin(pdf.Footer{Number: number, Date: "12 avril 2026"})
	doc.Header(pdf.Header{
		Issuer: []string{
			"École élémentaire publique Jean-Jaurès",
			"12 rue des Écoles", "65000 Tarbes",
			"Téléphone\u00a0: 05\u00a062\u00a000\u00a000\u00a000 – UAI\u00a0: 0650123A",
		},
		Right: []string{"Circonscription de Tarbes-Est"},
	})
	doc.Title("Certificat de scolarité", "Année scolaire 2025-2026")
	doc.Paragraph(
		pdf.T("Je soussignée, "), pdf.B("Mme Cécile Œuvrard"),
		pdf.T(", directrice de l’école élémentaire publique Jean-Jaurès, certifie que l’élève"+
			" désignée ci-dessous y est inscrite et la fréquente régulièrement depuis le "),
		pdf.B("4\u00a0septembre\u00a02023"), pdf.T("."),
	)
	doc.Rows([]pdf.Row{
		{Label: "Nom et prénoms", Value: []pdf.Span{pdf.B(name)}},
		pdf.R("Née le", "12 avril 2018 à Besançon (Doubs)"),
		pdf.R("Domicile", "3 rue du Général-de-Gaulle, 65000 Tarbes"),
		pdf.R("Classe", "CE1 – Mme Œuvrard"),
	})
	doc.Paragraph(pdf.T("Certificat délivré à la demande de la famille, pour servir et valoir ce que de droit."))
	doc.Signature(pdf.Signature{
		Place: "Fait à Tarbes, le 12 avril 2026",
		Role:  "La directrice",
		Name:  "Cécile Œuvrard",
		Stamp: "Cachet de l’école",
	})
}
