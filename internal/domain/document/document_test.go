package document_test

import (
	"context"
	"testing"

	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

func TestNumeroter(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.Present("Lina"), m.Present("Noémie")
	number := func(pieces ...document.Piece) (got []string) {
		m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			numeros, err := document.Numeroter(ctx, tx, a, document.CertificatScolarite, pieces)
			for _, n := range numeros {
				got = append(got, n.String())
			}
			return err
		})
		return got
	}
	piece := func(e fixture.Enfant, contenu string) document.Piece {
		return document.Piece{Eleve: e.ID, Ecole: fixture.Ecole, Contenu: contenu}
	}
	first := number(piece(lina, "CE1 A"), piece(noe, "CE1 A"))
	if len(first) != 2 || first[0] != "0659001F-2026-0001" || first[1] != "0659001F-2026-0002" {
		t.Fatalf("got %v", first)
	}
	if again := number(piece(noe, "CE1 A")); len(again) != 1 || again[0] != first[1] {
		t.Errorf("the same paper got %v, want its number %s", again, first[1])
	}
	if other := number(piece(lina, "CE1 B")); len(other) != 1 || other[0] != "0659001F-2026-0003" {
		t.Errorf("a changed paper got %v, want a number of its own", other)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer'`); n != 4 {
		t.Errorf("%d lines in the journal, want one for each time a paper was issued", n)
	}
}
