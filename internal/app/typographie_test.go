package app_test

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// French sets a no-break space before a high sign and inside guillemets: a line never begins with « : ».
var (
	colle    = regexp.MustCompile(`[\pL\d’)»] ([:;?!»])([ <,.)]|$)|« `)
	francais = regexp.MustCompile(`[à-ÿ’«]`)
)

func TestFrenchSpaces(t *testing.T) {
	read := 0
	for _, floor := range []string{"../domain", "../formulaire", "../httpx", "../onde", "../pages"} {
		err := fs.WalkDir(os.DirFS(floor), ".", func(name string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			src, err := fs.ReadFile(os.DirFS(floor), name)
			for _, s := range literals(src) {
				read++
				if at := colle.FindString(s); at != "" && francais.MatchString(s) {
					t.Errorf("%s/%s: %q in %q", floor, name, at, s)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 1000 || !colle.MatchString("Attention : danger") || !colle.MatchString("« Oui") { // control
		t.Errorf("%d sentences read: this test proves nothing", read)
	}
}

// literals are the strings between quotes of a source; those between backquotes are SQL.
func literals(src []byte) (list []string) {
	files := token.NewFileSet()
	var s scanner.Scanner
	s.Init(files.AddFile("", -1, len(src)), src, nil, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return list
		}
		if tok == token.STRING && lit[0] == '"' {
			if text, err := strconv.Unquote(lit); err == nil {
				list = append(list, text)
			}
		}
	}
}
