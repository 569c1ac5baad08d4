package macle_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// The pages of accounts, keys, sessions, stops and of the journal, at three widths, in light and dark.
func TestAccessPagesAreAccessible(t *testing.T) {
	m := fixture.New(t)
	directeur := m.Agent("directeur").Compte
	for _, sql := range []string{
		`insert into cle (id, compte_id, numero_serie, type) values ('0dd00000-0000-4000-8000-000000000001', $1, 'L-PASSKEY', 'WEBAUTHN')`,
		`insert into cle (id, compte_id, numero_serie, secret_chiffre) values ('0dd00000-0000-4000-8000-000000000002', $1, 'HP-0001', '\x01')`,
		`insert into cle_acces (cle_id, identifiant, cle_publique, compteur, drapeaux, nom, ajoutee_le)
			select id, '\x01', '\x01', 0, 5, 'Téléphone', now() from cle where type = 'WEBAUTHN' and compte_id = $1`,
		`insert into avis (compte_id, nature, le) values ($1, 'cle_copiee', now())`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql, directeur); err != nil {
			t.Fatal(err)
		}
	}
	regard.Accessibles(t, m, map[string][]string{
		"directeur": {"/ma-cle", "/sessions"},
		"service": {
			"/cles", "/cles/0dd00000-0000-4000-8000-000000000001", "/cles/0dd00000-0000-4000-8000-000000000002", "/cles/import",
			"/comptes", "/comptes/" + directeur.String(), "/journal", "/urgence",
		},
		"ia": {"/comptes", "/journal"},
	})
}
