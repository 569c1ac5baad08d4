package main

import (
	"bytes"
	"encoding/base64"
	"net"
	"strings"
	"testing"

	"base-eleves/internal/postgres/postgrestest"
)

func TestRefusals(t *testing.T) {
	demo := on(t)
	output(t, demo, "demo", "reset")
	real := on(t)
	output(t, real, "amorce")
	makeReal(t, real[0])
	bare := []string{"DATABASE_URL=" + postgrestest.Server(t).URL("postgres"), "BASE_ELEVES_SECRET=" + secret}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, tt := range []struct {
		name string
		env  []string
		args string
		code int
		says string
	}{
		{"une démonstration n’écoute pas au-dehors", demo, "serve --adresse 0.0.0.0:0", 1, "n’écoute que sur la machine"},
		{"ni sur toutes les adresses", demo, "serve --adresse :0", 1, "n’écoute que sur la machine"},
		{"ses mesures non plus", append(demo, "METRIQUES=0.0.0.0:0"), "serve --adresse 127.0.0.1:0", 1, "METRIQUES"},
		{"une adresse prise", demo, "serve --adresse " + taken.Addr().String(), 1, "écoute déjà"},
		{"un autre secret que celui des clés", []string{demo[0], "BASE_ELEVES_SECRET=" + base64.StdEncoding.EncodeToString(make([]byte, 32))},
			"serve --adresse 127.0.0.1:0", 1, "demo reset"},
		{"pas de secret", demo[:1], "serve --adresse 127.0.0.1:0", 1, "BASE_ELEVES_SECRET manque"},
		{"un secret trop court", append(demo, "BASE_ELEVES_SECRET=abcd"), "version", 1, "32 octets"},
		{"une clé du coffre trop courte", append(demo, "COFFRE_CLE=abcd"), "serve --adresse 127.0.0.1:0", 1, "COFFRE_CLE doit être 32 octets écrits en base64"},
		{"une ancienne clé illisible", append(demo, "COFFRE_LISIBLES=abcd"), "serve --adresse 127.0.0.1:0", 1, "COFFRE_LISIBLES doit être 32 octets écrits en base64"},
		{"un schéma ancien", bare, "serve --adresse 127.0.0.1:0", 1, "base-eleves migrate"},
		{"une vraie base n’a pas de comptes de démonstration", real, "demo comptes", 1, "pas une base de démonstration"},
		{"ni de codes", real, "demo code ia-65", 1, "pas une base de démonstration"},
		{"elle ne se vide pas", real, "demo reset", 1, "rien n’a été touché"},
		{"elle ne se remplit pas", real, "demo generer --eleves 100", 1, "rien n’a été touché"},
		{"ni en servant", real, "serve --demo --adresse 127.0.0.1:0", 1, "rien n’a été touché"},
		{"un compte inconnu", demo, "demo code personne", 1, "aucun compte"},
		{"une base privée et DATABASE_URL", demo, "--base x demo comptes", 2, "--base"},
		{"un fichier absent", demo, "importer annuaire absent.csv", 1, "absent.csv"},
		{"pas d’identifiant", demo, "demo code", 2, "identifiant"},
		{"une commande inconnue", demo, "demo truc", 2, "« truc » n’existe pas"},
		{"une option inconnue", demo, "serve --truc", 2, "l’option -truc n’existe pas"},
		{"une option oubliée", demo, "demo generer", 2, "il manque --eleves"},
		{"un nombre qui n’en est pas un", demo, "demo generer --eleves mille", 2, "n’accepte pas"},
		{"un mot de trop", demo, "migrate maintenant", 2, "« maintenant » est de trop"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := command(t, tt.env, strings.Fields(tt.args)...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, _ := cmd.Output()
			if cmd.ProcessState.ExitCode() != tt.code || !strings.Contains(stderr.String(), tt.says) || len(out) > 0 {
				t.Errorf("exit %d, %q and %q on standard output, want %d and %q", cmd.ProcessState.ExitCode(), &stderr, out, tt.code, tt.says)
			}
		})
	}
}

// makeReal puts a school in a base.
func makeReal(t *testing.T, url string) {
	t.Helper()
	conn := connect(t, strings.TrimPrefix(url, "DATABASE_URL="))
	_, err := conn.Exec(t.Context(), `insert into academie values ('16', 'Toulouse'); insert into departement values ('65', 'x', '16');
		insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65');
		insert into ecole (uai, nom, type, secteur, commune_insee, departement_code)
		values ('0650119B', 'x', 'primaire', 'public', '65440', '65')`)
	if err != nil {
		t.Fatal(err)
	}
}
