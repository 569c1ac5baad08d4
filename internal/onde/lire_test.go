package onde_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"base-eleves/internal/onde"
)

const (
	titres  = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Niveau;Libellé classe"
	elodie  = "ABADIE;;Élodie;2015-03-04;F;990000001EB;CM2;CM2 A"
	sautDeL = "\r\n"
)

var mars = time.Date(2015, time.March, 4, 0, 0, 0, 0, time.UTC)

func encode(t *testing.T, s string, as string) []byte {
	t.Helper()
	switch as {
	case "iso-8859-1":
		return must(charmap.ISO8859_1.NewEncoder().Bytes([]byte(s)))
	case "iso-8859-15":
		return must(charmap.ISO8859_15.NewEncoder().Bytes([]byte(s)))
	case "utf-16":
		return must(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s)))
	case "bom":
		return []byte("\ufeff" + s)
	}
	return []byte(s)
}

// Every variant of formats.md §1.1 reads as the same pupil.
func TestVariants(t *testing.T) {
	older := "Nom Elève;Nom d'usage Elève;Prénom Elève;Date naissance;Sexe;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;Commune2;Pays2; Cycle;Niveau;Classe;Attestation fournie;Autorisations associations;Autorisations photos;Décision de passage"
	for _, tt := range []struct{ name, as, content string }{
		{"ISO-8859-1", "iso-8859-1", titres + sautDeL + elodie},
		{"ISO-8859-15", "iso-8859-15", titres + sautDeL + elodie},
		{"UTF-8", "", titres + sautDeL + elodie},
		{"UTF-8 with its mark", "bom", titres + sautDeL + elodie},
		{"UTF-16", "utf-16", titres + sautDeL + elodie},
		{"lines of Unix", "", titres + "\n" + elodie + "\n"},
		{"commas", "", strings.ReplaceAll(titres+sautDeL+elodie, ";", ",")},
		{"tabulations", "", strings.ReplaceAll(titres+sautDeL+elodie, ";", "\t")},
		{"colons", "", strings.ReplaceAll(titres+sautDeL+elodie, ";", ":")},
		{"a French date", "", titres + sautDeL + strings.Replace(elodie, "2015-03-04", "04/03/2015", 1)},
		{"a date of two digits", "", titres + sautDeL + strings.Replace(elodie, "2015-03-04", "4/3/15", 1)},
		{"a date with its hour", "", titres + sautDeL + strings.Replace(elodie, "2015-03-04", "2015-03-04 00:00:00", 1)},
		{"headings shouted, spaced and starred", "", strings.ToUpper(" "+strings.ReplaceAll(titres, ";", " * ; ")) + sautDeL + elodie},
		{"headings of the ENT", "", "Nom de famille élève;;Prénom de l’élève;Né(e) le;Civilité;;Niveau;Classe ou regroupement" + sautDeL + elodie},
		{"blank lines, a footer", "", titres + sautDeL + sautDeL + ";;;;;;;" + sautDeL + elodie + sautDeL + "Total;1"},
		{"a title above", "", "École Jean-Jaurès" + sautDeL + titres + sautDeL + elodie},
		{"trailing fields missing", "", titres + ";Attestation fournie;Autorisation photo" + sautDeL + elodie},
		{"Base élèves before 2017", "iso-8859-1", older + sautDeL + "ABADIE;;Élodie;04/03/2015;F;;;;;;;;;CYCLE III;CM2;CM2 A;;;;"},
		{"the extraction of a group", "iso-8859-1", "Nom élève;Prénom élève;Date naissance;Sexe;Niveau;Libellé classe" + sautDeL + "ABADIE;Élodie;2015-03-04;F;CM2;CM2 A"},
		{"every value between quotes", "", strings.ReplaceAll(`"`+titres+`"`, ";", `";"`) + sautDeL + strings.ReplaceAll(`"`+elodie+`"`, ";", `";"`)},
		{"a quote out of place", "", titres + sautDeL + elodie + sautDeL + `PUJOL;;Noé "dit" Nono;2016-01-01;M;;CP;CP`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := lireEleves(t, encode(t, tt.content, tt.as))[0]
			if got.NomFamille != "ABADIE" || got.Prenom != "Élodie" || !got.Naissance.Equal(mars) || got.Sexe != "F" ||
				got.Niveau != "CM2" || got.Classe != "CM2 A" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// Each fault of a line is said with its line, its column, its value and what to do; some leave the line usable.
func TestErreurs(t *testing.T) {
	for _, tt := range []struct {
		line            string
		colonne, valeur string
		avertit         bool
	}{
		{"ABADIE;;Lina;31/02/2015;F;;CP;CP", "Date naissance", "31/02/2015", false},
		{"ABADIE;;Lina;;F;;CP;CP", "Date naissance", "", false},
		{"ABADIE;;Lina;2015-03-04;X;;CP;CP", "Sexe", "X", false},
		{";;Lina;2015-03-04;F;;CP;CP", "Nom élève", "", false},
		{"ABADIE;;;2015-03-04;F;;CP;CP", "Prénom élève", "", false},
		{"ABADIE;;Lina;2015-03-04;F;;6EME;CP", "Niveau", "6EME", true},
		{"ABADIE;;Lina;2015-03-04;F;;CP;CP;décalé", "", "décalé", false},
	} {
		f, c, _ := ouvrir(t, []byte(titres+sautDeL+tt.line+sautDeL+elodie))
		list, errs := onde.LireEleves(f, c)
		if len(list) != 2 || len(errs) != 1 {
			t.Errorf("%s: %d lines, %+v", tt.line, len(list), errs)
			continue
		}
		e := errs[0]
		if e.Ligne != 2 || e.Colonne != tt.colonne || e.Valeur != tt.valeur || e.Avertit != tt.avertit || e.Motif == "" || e.Remede == "" {
			t.Errorf("%s: %+v", tt.line, e)
		}
	}
}

// H is read as M, an ULIS pupil has no level, a zero taken by a spreadsheet comes back.
func TestTolerances(t *testing.T) {
	list := lireEleves(t, []byte("Nom;Prénom;Date de naissance;Sexe;Niveau;Code postal;Ville\r\nA;B;01/02/2015;H;ULIS;1000;Bourg-en-Bresse\r\n"))
	if e := list[0]; e.Sexe != "M" || e.Niveau != "" || e.Adresse.CodePostal != "01000" || e.Adresse.Commune != "Bourg-en-Bresse" {
		t.Errorf("got %+v", e)
	}
}

// A postal code and a commune in one cell are told apart; a commune alone is one, whatever its column.
func TestPostalCodeInTheCommune(t *testing.T) {
	for cell, want := range map[string]string{"65000 Tarbes": "65000|Tarbes", "1000 Bourg-en-Bresse": "01000|Bourg-en-Bresse", "Tarbes": "|Tarbes"} {
		e := lireEleves(t, []byte("Nom;Prénom;Né le;Sexe;CP Ville\r\nA;B;01/02/2015;F;"+cell+"\r\n"))[0]
		if got := e.Adresse.CodePostal + "|" + e.Adresse.Commune; got != want {
			t.Errorf("%s: %s", cell, got)
		}
	}
}

// The newer headings of the file of responsables, an organisation at the bottom, columns not known.
func TestResponsablesVariants(t *testing.T) {
	content := "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;PCS;Communication adresses;Téléphone portable;" +
		"Nom d'usage élève;Nom de l'élève;Prénom de l'élève;Classes de l'élève;Date de naissance élève\r\n" +
		"MME;;ABADIE;Maïté;54;Oui;600000001;;ABADIE;Élodie;CM2 A;04/03/2015\r\n" +
		";;Foyer des Gaves;;;Non;;;PUJOL;Noé;CP;\r\n"
	list := lireResponsables(t, []byte(content))
	if r := list[0]; r.Civilite != "Mme" || r.Communication != "Oui" || r.TelPortable != "0600000001" || len(r.Enfants) != 1 || r.Enfants[0].NomFamille != "ABADIE" {
		t.Errorf("got %+v", r)
	}
	if r := list[1]; r.Organisme != "Foyer des Gaves" || r.NomFamille != "" || r.Enfants[0].Prenom != "Noé" {
		t.Errorf("got %+v", r)
	}
	f, c, _ := ouvrir(t, []byte(strings.Replace(content, "ABADIE;Élodie", ";", 1)))
	if _, errs := onde.LireResponsables(f, c); len(errs) != 1 || errs[0].Colonne != "Nom de l'élève" {
		t.Errorf("a line without a child: %+v", errs)
	}
}

// A spreadsheet of the mairie: its own headings, the responsables on the pupil's line.
func TestTableur(t *testing.T) {
	e := lireEleves(t, must(os.ReadFile("testdata/mairie.csv")))[0]
	if e.NomFamille != "EXEMPLE" || e.Niveau != "PS" || e.InseeNaissance != "65440" || e.Adresse.Insee != "65440" || len(e.Responsables) != 1 {
		t.Fatalf("got %+v", e)
	}
	if r := e.Responsables[0]; r.NomFamille != "EXEMPLE" || r.Prenom != "Claire" || r.Lien != "mere" || r.Autorite != "Oui" || r.TelPortable != "0600000003" {
		t.Errorf("got %+v", r)
	}
}

// A workbook: a title above the headings, dates that are numbers, a first sheet left empty.
func TestClasseur(t *testing.T) {
	w := excelize.NewFile()
	sheet := "Élèves"
	_, err := w.NewSheet(sheet)
	for cell, v := range map[string]any{
		"A1": "École Jean-Jaurès", "A3": "NOM", "B3": "Prénom", "C3": "Né(e) le", "D3": "Sexe", "E3": "Classe",
		"A4": "ABADIE", "B4": "Élodie", "C4": mars, "D4": "Fille", "E4": "CM2 A",
	} {
		if errCell := w.SetCellValue(sheet, cell, v); err != nil || errCell != nil {
			t.Fatal(err, errCell)
		}
	}
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	e := lireEleves(t, b.Bytes())[0]
	if e.NomFamille != "ABADIE" || !e.Naissance.Equal(mars) || e.Sexe != "F" || e.Ligne != 4 {
		t.Errorf("got %+v", e)
	}
}

// What a person corrects in the mapping is what is read; what is missing is named.
func TestCorrespondance(t *testing.T) {
	f, c, genre := ouvrir(t, []byte("Patronyme;Prénom;Naissance;Sexe\r\nABADIE;Lina;04/03/2015;F\r\n"))
	missing := c.Manquent(genre)
	if len(missing) != 1 || missing[0].Champ != "nom_famille" {
		t.Fatalf("missing %+v", missing)
	}
	c[0] = "nom_famille"
	if list, errs := onde.LireEleves(f, c); len(errs) > 0 || list[0].NomFamille != "ABADIE" || len(c.Manquent(genre)) > 0 {
		t.Errorf("got %+v, %+v", list, errs)
	}
}

// No file, whatever its bytes, ends the program; what is read has one entry a line.
func FuzzLire(f *testing.F) {
	for _, name := range []string{"eleves.csv", "responsables.csv", "mairie.csv"} {
		f.Add(must(os.ReadFile("testdata/" + name)))
	}
	for _, seed := range []string{"", "\xff\xfea", "\xef\xbb\xbf;", "PK\x03\x04", "Nom;Prénom\r\n\"", titres + "\r\n;;;;;;;;;;;;x", "a:b\n1:2", "\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		sheet, err := onde.Ouvrir(b)
		if err != nil {
			return
		}
		genre, c := onde.Reconnaitre(sheet.Titres)
		eleves, errsE := onde.LireEleves(sheet, onde.Correspondre(sheet.Titres, onde.Eleves))
		responsables, errsR := onde.LireResponsables(sheet, onde.Correspondre(sheet.Titres, onde.Responsables))
		if len(eleves) != len(sheet.Lignes) || len(responsables) != len(sheet.Lignes) || len(c) != len(sheet.Titres) {
			t.Errorf("%s: %d lines, %d pupils, %d responsables", genre, len(sheet.Lignes), len(eleves), len(responsables))
		}
		for _, e := range append(errsE, errsR...) {
			if e.Motif == "" || e.Remede == "" || e.Ligne == 0 {
				t.Errorf("an error that says nothing: %+v", e)
			}
		}
	})
}
