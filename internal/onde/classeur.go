package onde

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// classeurMax bounds what a workbook may unfold to: a small file can hide gigabytes. Below it nothing is written on disk.
const classeurMax = 64 << 20

// estClasseur tells a workbook, which is a ZIP archive, from a text.
func estClasseur(b []byte) bool { return bytes.HasPrefix(b, []byte("PK\x03\x04")) }

// ouvrirClasseur reads the first sheet that holds something.
func ouvrirClasseur(b []byte) (Feuille, error) {
	w, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		UnzipSizeLimit: classeurMax, UnzipXMLSizeLimit: classeurMax, RawCellValue: true,
	})
	if err != nil {
		return Feuille{}, refuser(0, "Ce classeur ne peut pas être lu.", "Enregistrez-le au format XLSX, sans mot de passe, ou au format CSV.")
	}
	defer func() { _ = w.Close() }() // in memory
	for _, sheet := range w.GetSheetList() {
		lignes, err := lireOnglet(w, sheet)
		if err != nil {
			return Feuille{}, err
		}
		if len(lignes) > 0 {
			f, err := ranger(lignes)
			f.tableur = true
			if props, errProps := w.GetWorkbookProps(); errProps == nil && props.Date1904 != nil {
				f.base1904 = *props.Date1904
			}
			return f, err
		}
	}
	return Feuille{}, vide()
}

func lireOnglet(w *excelize.File, sheet string) ([]Ligne, error) {
	rows, err := w.Rows(sheet)
	if err != nil {
		return nil, refuser(0, "Un onglet de ce classeur ne peut pas être lu.", "Copiez les lignes dans un nouveau classeur, puis enregistrez-le au format XLSX.")
	}
	defer func() { _ = rows.Close() }() // in memory
	var lignes []Ligne
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, refuser(no, "Cette ligne du classeur ne peut pas être lue.", "Copiez les lignes dans un nouveau classeur, puis enregistrez-le au format XLSX.")
		}
		if lignes, err = ajouter(lignes, no, cells); err != nil {
			return nil, err
		}
	}
	return lignes, nil
}
