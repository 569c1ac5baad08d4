package app_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// crochets breaks any statement that is glued together instead of given parameters: it closes a quote, a parenthesis, a
// comment, and divides by zero.
const crochets = `'");*/ union select 1/0 --\`

// noms are what forms and addresses may be asked: the columns of the base, since a field bears its column's name (design.md
// §7), and the parameters of lists.
const nomsSQL = `select distinct column_name::text from information_schema.columns where table_schema = 'public'`

var parametres = []string{
	"q", "tri", "sens", "page", "annee", "le", "du", "au", "etat", "role", "niveau", "classe", "ecole", "commune", "genre", "reste",
	"id", "document", "requete", "retour", "vue", "par", "colonnes", "groupe", "format", "motif", "suite", "decision",
}

// WEB-5: whatever is put in every field of every form and in every parameter of every address, no statement breaks: nothing
// answers 500. sqlmap tries some addresses further (`make attaque`); this tries them all. The control: a statement glued
// together does break.
func TestNoFieldIsReadAsSQL(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	form := url.Values{}
	for _, name := range append(lignes[string](m, nomsSQL), parametres...) {
		form.Set(name, crochets)
	}
	tried := 0
	for _, w := range walks {
		own.liste, own.travail = garderListe(m, w.agent), demanderFichier(m, w.agent)
		for _, r := range m.App.Routes {
			if r.Droit == 0 || !w.role.Holds(r.Droit) {
				continue
			}
			tried++
			m.Essayer(func() {
				var got fixture.Reponse
				if r.Method == http.MethodPost {
					got = m.Post(w.agent, own.path(r.Path), form)
				} else {
					got = m.Get(w.agent, own.path(r.Path)+"?"+form.Encode())
				}
				if got.Code >= 500 {
					t.Errorf("%s %s %s: %d", w.agent, r.Method, r.Path, got.Code)
				}
			})
		}
	}
	if tried < 400 {
		t.Errorf("only %d routes were tried", tried)
	}
	m.Essayer(func() {
		if _, err := m.Tx.Exec(context.Background(), `select id from eleve where nom_famille = '`+crochets+`'`); err == nil {
			t.Error("a statement glued together does not break: nothing is proved")
		}
	})
}
