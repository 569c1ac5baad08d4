// Command gen writes the reference of communes and départements that package commune embeds, from the npm
// package @etalab/decoupage-administratif (INSEE, La Poste, DGCL; Licence Ouverte). It is run by
// `make communes` once a year, when the Code officiel géographique changes.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: gen <data folder of the npm package> <destination folder>")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(source, destination string) error {
	communes, err := read[commune](source, "communes.json")
	if err != nil {
		return err
	}
	departements, err := read[departement](source, "departements.json")
	if err != nil {
		return err
	}
	if err := write(destination, "communes.tsv", communeLines(communes)); err != nil {
		return err
	}
	return write(destination, "departements.tsv", departementLines(departements))
}

func read[T any](folder, name string) ([]T, error) {
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	var list []T
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}

func write(folder, name string, lines []string) error {
	var b bytes.Buffer
	for _, line := range lines {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o644)
}

type departement struct{ Code, Nom string }

// departementLines gives code, name, sorted by code.
func departementLines(departements []departement) []string {
	var lines []string
	for _, d := range departements {
		lines = append(lines, d.Code+"\t"+typographic(d.Nom))
	}
	slices.Sort(lines)
	return lines
}

// commune is an entry of communes.json. ChefLieu is the commune that a déléguée or associée belongs to,
// Commune the one of an arrondissement municipal.
type commune struct {
	Code, Nom, Type, Departement string
	ChefLieu, Commune            string
	CodesPostaux, AnciensCodes   []string
	Population                   int
}

// statuts are the letters of the third column; a commune of full right has none.
var statuts = map[string]string{
	"commune-actuelle":         "",
	"commune-deleguee":         "d",
	"commune-associee":         "a",
	"arrondissement-municipal": "m",
}

// communeLines gives one line per commune, sorted by code, the commune of full right before the déléguée that
// bears the same code: code, name, status, commune it belongs to, département, postal codes, population,
// codes of communes that merged into it and have no line of their own.
func communeLines(communes []commune) []string {
	actuelle, known := map[string]string{}, map[string]bool{}
	for _, c := range communes {
		known[c.Code] = true
		if c.Type == "commune-actuelle" {
			actuelle[c.Code] = c.Nom
		}
	}
	slices.SortFunc(communes, func(a, b commune) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(statuts[a.Type], statuts[b.Type]))
	})
	var lines []string
	for _, c := range communes {
		if statuts[c.Type] != "" && actuelle[c.Code] == c.Nom {
			continue // the chef-lieu that gave its name to the commune nouvelle tells nothing more
		}
		lines = append(lines, c.line(known))
	}
	return lines
}

func (c commune) line(known map[string]bool) string {
	anciens := slices.DeleteFunc(slices.Clone(c.AnciensCodes), func(code string) bool { return known[code] })
	population := ""
	if c.Population > 0 {
		population = strconv.Itoa(c.Population)
	}
	fields := []string{
		c.Code, typographic(c.Nom), statuts[c.Type], c.ChefLieu + c.Commune, c.Departement,
		strings.Join(c.CodesPostaux, " "), population, strings.Join(anciens, " "),
	}
	return strings.TrimRight(strings.Join(fields, "\t"), "\t")
}

// typographic gives a name the apostrophe that French prints; INSEE writes the one of typewriters.
func typographic(nom string) string { return strings.ReplaceAll(nom, "'", "’") }
