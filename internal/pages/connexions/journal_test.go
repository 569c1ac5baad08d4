package connexions_test

import (
	"testing"
)

// The journal knows who has come in, and which account somebody tries to enter: why he was refused, and from where.
func TestLogInIsWrittenDown(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	lines := func(acte, motif, role string) int {
		return valeur[int](m, `select count(*)::int from journal where acte = $1 and coalesce(motif, '') = $2 and role = $3
			and compte_id = $4 and adresse = '192.0.2.1'`, acte, motif, role, m.id)
	}
	n.get("/connexion")
	n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", "faux")
	n.follows(n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon), "/connexion/cle")
	n.post("/connexion/cle", "code", "000000")
	if lines("se_connecter", "", "directeur") != 0 {
		t.Error("a log-in is noted before it is complete")
	}
	n.follows(n.post("/connexion/cle", "code", m.code()), "/")
	for _, want := range []struct{ acte, motif, role string }{
		{"refuser_connexion", "mot_de_passe", "connexion"}, {"refuser_connexion", "code", "connexion"}, {"se_connecter", "", "directeur"},
	} {
		if got := lines(want.acte, want.motif, want.role); got != 1 {
			t.Errorf("%v: %d lines, want 1", want, got)
		}
	}
}

// An identifier that nobody has leaves the same line, without a name: what was typed may be a password.
func TestUnknownIdentifierIsWrittenDown(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.get("/connexion")
	n.post("/connexion", "identifiant", "personne.inconnue", "mot_de_passe", "faux")
	if got := valeur[int](m, `select count(*)::int from journal where acte = 'refuser_connexion' and objet_id is null
		and journal::text not like '%inconnue%'`); got != 1 {
		t.Errorf("%d lines, want 1", got)
	}
}
