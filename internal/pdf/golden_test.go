package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"base-eleves/internal/pdf"
	"base-eleves/internal/pdf/pdftest"
)

const longName = "NGUYỄN-LE GOUËSLIER D’ARGENCE Maximilienne-Élisabeth"

// The golden documents, drawn from the same calls as a page of the site would make.
var golden = map[string]func() *pdf.Document{
	"certificat": func() *pdf.Document { return certificateFor(longName) },
	"noms":       names,
	"liste":      list,
	"etiquettes": labels,
	"enveloppe":  envelope,
	"formulaire": form,
	"lettre":     letter,
	"emargement": signed,
}

func certificateFor(name string) *pdf.Document {
	doc := pdf.New(printed)
	certificate(doc, "CS-2026-000123", name)
	return doc
}

// names shows what names may hold, in rows and under a foot of unusual length.
func names() *pdf.Document {
	doc := pdf.New(printed)
	doc.Begin(pdf.Footer{
		Number: "ES-2026-000007", Date: "12 avril 2026", Confidential: true,
		Note: "Document édité informatiquement, valable sans rature ni surcharge et jusqu’à la fin de l’année scolaire",
	})
	doc.Title("Noms de toutes sortes, et un titre beaucoup trop long pour une seule ligne")
	doc.Rows([]pdf.Row{
		pdf.R("Français", "Œuvrard, L’Haÿ-les-Roses, Noël, Être, Çà, «\u00a0Æthelred\u00a0»"),
		pdf.R("Vietnamien", "Nguyễn Thị Hồng Ngọc – ệ ắ ậ ỗ ữ"),
		pdf.R("Polonais, turc, tchèque, roumain", "Łódź, Yıldız Şahin, Žižková Přibyl, Ștefan Ionuț"),
		pdf.R("Grec, cyrillique", "Ελευθερία Παπαδοπούλου, Елизавета Щербакова"),
		pdf.R("Accents sans lettre composée", "q\u0303 x\u0323 Ɔ\u0300kánlà J\u030c Á\u0308"),
		pdf.R("Émojis, autres écritures", "Zoé 😀 Kévin 👩\u200d👧 – محمد علي – 王小明"),
		pdf.R("Octets invalides", "Jos\xe9 \xff\xfe fin"),
		pdf.R("Espaces", "12\u202f345\u00a0€, a\u2009b, 05\u00a062\u00a000\u00a000\u00a000"),
		pdf.R("Mot sans fin", strings.Repeat("Anticonstitutionnellement", 5)),
		{Label: "Nom composé", Value: []pdf.Span{pdf.B("Marie-Antoinette-Joséphine-Élisabeth-Françoise-" +
			"Apolline DE LA TOUR D’AUVERGNE-LAURAGUAIS")}},
	})
	doc.Section("Texte courant")
	doc.Paragraph(pdf.T("La directrice certifie\u00a0: "), pdf.B("«\u00a0tout est là, même ce qui passe à la ligne\u00a0»"),
		pdf.T(", et le reste reprend en maigre jusqu’à la fin de la phrase."))
	doc.Note(pdf.T("Une remarque en petits caractères."))
	return doc
}

// letter is one with a slip to give back, as long as it may be on one page.
func letter() *pdf.Document {
	o := printed
	o.Letter = true
	doc := pdf.New(o)
	doc.Begin(pdf.Footer{})
	doc.Header(pdf.Header{Issuer: []string{"École élémentaire publique Jean-Jaurès", "12 rue des Écoles"}, Right: []string{"Tarbes, le 12 avril 2026"}})
	doc.Address("Mme "+longName, "M. Noël Nguyễn", "17 impasse du Loup", "65100 Lourdes")
	doc.Title("Poursuite de la scolarité – proposition", "Année scolaire 2025-2026")
	doc.Paragraph(pdf.T("Vous pouvez répondre jusqu’au "), pdf.B("27\u00a0avril\u00a02026"), pdf.T("."))
	doc.Rows([]pdf.Row{pdf.R("Élève", "Lina ABADIE"), pdf.R("Motifs", "\n\n")})
	doc.Signature(pdf.Signature{Role: "Direction de l’école", Name: "Claire Fabre"})
	doc.Slip("À remettre à l’école jusqu’au 27\u00a0avril\u00a02026", func(doc *pdf.Document) {
		doc.Rows([]pdf.Row{pdf.R("Mme "+longName, "□ est d’accord\n□ n’est pas d’accord"), pdf.R("Date et signature", "\n")})
	})
	return doc
}

// list is a compact table of two pages.
func list() *pdf.Document {
	o := printed
	o.Compact = true
	doc := pdf.New(o)
	doc.Begin(pdf.Footer{Number: "LI-2026-000017", Date: "12 avril 2026", Confidential: true})
	doc.Header(pdf.Header{
		Issuer: []string{"École élémentaire publique Jean-Jaurès", "12 rue des Écoles, 65000 Tarbes", "UAI\u00a0: 0650123A"},
		Right:  []string{"Circonscription de Tarbes-Est"},
	})
	doc.Title("Liste des élèves par niveau", "Année scolaire 2025-2026 – 32 élèves")
	table := pdf.Table{Zebra: true, Columns: []pdf.Column{
		{Title: "N°", Align: pdf.Right}, {Title: "Nom", Bold: true}, {Title: "Prénoms"},
		{Title: "Né(e) le", Align: pdf.Centre}, {Title: "Adresse"}, {Title: "Émargement", Width: 70},
	}}
	for _, level := range []string{"CP", "CE1"} {
		group := pdf.Group{Title: level}
		for i := range 16 {
			group.Rows = append(group.Rows, []string{
				fmt.Sprint(i + 1), "LE GOUËSLIER D’ARGENCE", "Zoé, Maximilienne-Élisabeth", "12/04/2018",
				fmt.Sprintf("%d rue du Général-de-Gaulle, 65000 Tarbes", 3*i+1),
			})
		}
		table.Groups = append(table.Groups, group)
	}
	doc.Table(table)
	return doc
}

// signed is a list to write in, with an ordinary line, long names, a foreign one, and more people than a line holds.
func signed() *pdf.Document {
	o := printed
	o.Compact = true
	doc := pdf.New(o)
	doc.Begin(pdf.Footer{Date: "12 avril 2026", Confidential: true})
	doc.Header(pdf.Header{Issuer: []string{"École élémentaire publique Jean-Jaurès, Tarbes"}})
	doc.Title("Personnes autorisées – CE1 de Mme d’Argence", "7 élèves", "Année scolaire 2025-2026, au 12/04/2026")
	table := pdf.Table{Columns: []pdf.Column{
		{Title: "Nom et prénom", Bold: true}, {Title: "Né(e) le"}, {Title: "Autorisés à venir chercher"},
		{Title: "Compté", Width: 57, Blank: true}, {Title: "Signature du responsable", Width: 85, Blank: true},
	}}
	six := "ABADIE Anne, ABADIE Éloi, DE LA TOUR D’AUVERGNE-LAURAGUAIS Marie-Antoinette, NGUYỄN Hồng Ngọc, ŞAHİN Yıldız, ŽIŽKOVÁ Přemysl"
	table.Groups = []pdf.Group{{Rows: [][]string{
		{"ABADIE Lina", "12/04/2018", "ABADIE Anne"},
		{longName, "01/01/2018", "LE GOUËSLIER D’ARGENCE Côme"},
		{"DE LA TOUR D’AUVERGNE-LAURAGUAIS-MONTPENSIER Maximilienne-Élisabeth-Apolline", "29/02/2016", six},
		{"Щербакова Елизавета", "31/12/2018", ""},
		{"Παπαδοπούλου Ελευθερία", "30/06/2018", "ŁUCJA Œrtel"},
		{strings.Repeat("Anticonstitutionnellement", 2), "05/05/2018", strings.Repeat("Anticonstitutionnellement", 3)},
		{"", "", ""},
	}}}
	doc.Table(table)
	return doc
}

func fileOf(t *testing.T, doc *pdf.Document) []byte {
	t.Helper()
	file, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestGolden(t *testing.T) {
	for name, draw := range golden {
		pdftest.Golden(t, name, fileOf(t, draw()))
	}
}

// Control of the golden tests: pdftotext does not see a letter that is drawn as
// an empty box, the pixels do; and each sees the smallest change of a name.
func TestGoldenSeesFaults(t *testing.T) {
	sound := fileOf(t, certificateFor(longName))
	for _, c := range []struct{ what, name string }{
		{"a letter without drawing", strings.Replace(longName, "Ễ", "□", 1)},
		{"a missing accent", strings.Replace(longName, "É", "E", 1)},
		{"another apostrophe", strings.Replace(longName, "’", "'", 1)},
		{"a missing letter", longName[:len(longName)-1]},
	} {
		damaged := fileOf(t, certificateFor(c.name))
		if pdftest.Differences(pdftest.Pixels(t, sound)[0], pdftest.Pixels(t, damaged)[0]) == 0 {
			t.Errorf("%s: the pixels see nothing", c.what)
		}
		if pdftest.Text(t, sound) == pdftest.Text(t, damaged) {
			t.Errorf("%s: the text sees nothing", c.what)
		}
	}
}
