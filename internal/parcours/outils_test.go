package parcours_test

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/territoire"
)

// papers is the text of a PDF (pdftotext, package poppler-utils).
func papers(t testing.TB, file string) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = strings.NewReader(file)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	return out.String()
}

// agent is the scope of the first habilitation of an account.
func (d *demonstration) agent(identifiant string) territoire.Portee {
	d.t.Helper()
	var role string
	var compte, habilitation uuid.UUID
	err := d.site.DB.Connexion(context.Background(), func(tx territoire.Tx) error {
		return tx.QueryRow(context.Background(), `select c.id, h.id, h.role from compte c join habilitation h on h.compte_id = c.id
			where c.identifiant = $1 order by h.id limit 1`, identifiant).Scan(&compte, &habilitation, &role)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return territoire.Portee{Role: role, Habilitation: habilitation, Compte: compte, Le: d.clock()}
}
