package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// mutant is a source with one fault put in it.
type mutant struct {
	fault  string
	source string
}

// swapped are the operators that a mutant exchanges.
var swapped = map[token.Token]string{
	token.LAND: "||", token.LOR: "&&", token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
}

// mutate puts in a source, one at a time: an operator exchanged, a negation or an answer turned round, an element of a list
// left out, another role let in.
func mutate(name, source string, roles []string) ([]mutant, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []mutant
	replace := func(from, to token.Pos, with, fault string) {
		a, b := set.Position(from), set.Position(to)
		all = append(all, mutant{fmt.Sprintf("%s:%d %s", name, a.Line, fault), source[:a.Offset] + with + source[b.Offset:]})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if with := swapped[n.Op]; with != "" {
				replace(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), with, n.Op.String()+" becomes "+with)
			}
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				replace(n.OpPos, n.OpPos+1, "", "a negation is forgotten")
			}
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				if id, ok := r.(*ast.Ident); ok && (id.Name == "true" || id.Name == "false") {
					replace(id.Pos(), id.End(), "!"+id.Name, id.Name+" is turned round")
				}
			}
		case *ast.CompositeLit:
			mutateList(n, roles, replace)
		}
		return true
	})
	return all, nil
}

// mutateList leaves each name out of a list; in a list of roles, it also lets in the first one that is not there.
func mutateList(list *ast.CompositeLit, roles []string, replace func(from, to token.Pos, with, fault string)) {
	var names []string
	for i, e := range list.Elts {
		id, ok := e.(*ast.Ident)
		if !ok {
			return
		}
		names = append(names, id.Name)
		end := list.Rbrace
		if i+1 < len(list.Elts) {
			end = list.Elts[i+1].Pos()
		}
		replace(id.Pos(), end, "", id.Name+" is left out")
	}
	if len(names) == 0 || !slices.Contains(roles, names[0]) {
		return
	}
	for _, r := range roles {
		if !slices.Contains(names, r) {
			replace(list.Rbrace, list.Rbrace, ", "+r, r+" is let in among "+strings.Join(names, ", "))
			return
		}
	}
}
