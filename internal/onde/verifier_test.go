package onde_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// verifierEleves is the checker of formats.md §9, restated from the rules of the programs that read the extraction: it
// shares no code with what it checks. It returns the codes of what is wrong.
func verifierEleves(b []byte, cycleIII bool) []string {
	rows, faults := tableau(b)
	if len(rows) == 0 {
		return append(faults, "EMPTY")
	}
	at := map[string]int{}
	for i, title := range rows[0] {
		at[strings.TrimSpace(title)] = i
	}
	for _, title := range []string{"Nom élève", "Prénom élève", "INE", "Cycle", "Niveau", "Libellé classe", "Date naissance", "Sexe", "Identifiant classe"} {
		if _, ok := at[title]; !ok {
			return append(faults, "HEADER_REQUIRED "+title)
		}
	}
	seen := map[string][]string{}
	for _, row := range rows[1:] {
		get := func(title string) string { return strings.TrimSpace(row[at[title]]) }
		for _, title := range []string{"Nom élève", "Prénom élève", "Libellé classe"} {
			if n := utf8.RuneCountInString(get(title)); n < 1 || n > 255 {
				faults = append(faults, "LENGTH "+title)
			}
		}
		if !regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(get("Date naissance")) {
			faults = append(faults, "DATE")
		}
		if !regexp.MustCompile(`^[1-9]\d*$`).MatchString(get("Identifiant classe")) {
			faults = append(faults, "CLASS_ID")
		}
		if !slices.Contains([]string{"M", "F"}, get("Sexe")) {
			faults = append(faults, "SEX")
		}
		if cycleIII && (get("Cycle") != "CYCLE III" || get("Niveau") != "CM1" && get("Niveau") != "CM2") {
			faults = append(faults, "CYCLE")
		}
		if ine := get("INE"); ine != "" {
			if other, ok := seen[ine]; ok && !slices.Equal(other, row) {
				faults = append(faults, "INE_TWICE")
			}
			seen[ine] = row
		}
	}
	return faults
}

// verifierResponsables checks the ten headings that the readers need, and that each line joins a child by name.
func verifierResponsables(b []byte) []string {
	rows, faults := tableau(b)
	if len(rows) == 0 {
		return append(faults, "EMPTY")
	}
	for _, title := range []string{
		"Civilité Responsable", "Nom responsable", "Prénom responsable", "Adresse responsable", "CP responsable",
		"Commune responsable", "Pays", "Courriel", "Nom de famille enfant", "Prénom enfant",
	} {
		if !slices.Contains(rows[0], title) {
			return append(faults, "HEADER_REQUIRED "+title)
		}
	}
	nom, prenom := slices.Index(rows[0], "Nom de famille enfant"), slices.Index(rows[0], "Prénom enfant")
	for _, row := range rows[1:] {
		if row[nom] == "" || row[prenom] == "" {
			faults = append(faults, "CHILD")
		}
	}
	return faults
}

// tableau decodes and cuts a file as papaparse does: utf8 first, then iso-8859-1, and the same count of fields on each line.
func tableau(b []byte) (rows [][]string, faults []string) {
	text := strings.TrimPrefix(string(b), "\ufeff")
	if !utf8.Valid(b) {
		decoded, err := charmap.ISO8859_1.NewDecoder().Bytes(b)
		if err != nil {
			return nil, []string{"ENCODING"}
		}
		text = string(decoded)
	}
	if strings.ContainsRune(text, utf8.RuneError) {
		faults = append(faults, "ENCODING")
	}
	for i, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if strings.ContainsAny(line, "\r\n") {
			faults = append(faults, fmt.Sprintf("LINE_END %d", i))
		}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';' // FieldsPerRecord 0: all lines like the first
	rows, err := r.ReadAll()
	if err != nil {
		faults = append(faults, "BAD_CSV_FORMAT")
	}
	return rows, faults
}
