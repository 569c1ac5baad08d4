package siecle

import "strings"

// The lines of an address: four, of 38 characters each, as on an envelope.
const (
	lignesMax = 4
	ligneMax  = 38
)

// lignes lays out a home. What does not hold on a line goes on the next one, cut at a space.
func (a Adresse) lignes() [lignesMax]string {
	var out [lignesMax]string
	n := 0
	for _, part := range []string{a.Voie, a.Complement, a.LieuDit} {
		for _, line := range couper(texte(part, lignesMax*ligneMax)) {
			if n < lignesMax {
				out[n] = line
				n++
			}
		}
	}
	return out
}

// couper cuts a text in lines at spaces; a word longer than a line is cut where the line ends.
func couper(s string) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		for runes := []rune(word); ; runes = runes[ligneMax:] {
			head := string(runes[:min(len(runes), ligneMax)])
			switch {
			case line == "":
				line = head
			case len([]rune(line))+1+len([]rune(head)) <= ligneMax:
				line += " " + head
			default:
				lines, line = append(lines, line), head
			}
			if len(runes) <= ligneMax {
				break
			}
		}
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}

// francaise tells an address that has a French postal code.
func (a Adresse) francaise() bool {
	return len(a.CodePostal) == 5 && (a.Pays == "" || strings.EqualFold(a.Pays, "France"))
}

// etrangere is the commune of any other, with its country.
func (a Adresse) etrangere() string {
	if strings.EqualFold(a.Pays, "France") || a.Pays == "" {
		return texte(a.Commune, 32)
	}
	return texte(strings.TrimSpace(a.CodePostal+" "+a.Commune+" "+a.Pays), 32)
}

func (a Adresse) pays() string {
	if a.Pays == "" || strings.EqualFold(a.Pays, "France") {
		return france
	}
	return autrePays
}
