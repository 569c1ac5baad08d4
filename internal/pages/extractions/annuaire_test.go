package extractions_test

import (
	"archive/zip"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
)

func livraison(format, destinataire, perimetre string) url.Values {
	return url.Values{"format": {format}, "destinataire": {destinataire}, "perimetre": {perimetre}}
}

// contenu is the texts of a file by their names.
func contenu(t *testing.T, got fixture.Reponse) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(got.Body), int64(len(got.Body)))
	if err != nil {
		t.Fatalf("%d, no zip: %.900s", got.Code, got.Body)
	}
	texts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(b)
	}
	return texts
}

func demander(m *fixture.Monde, agent string, v url.Values) fixture.Reponse {
	return m.Obtenir(agent, m.Post(agent, "/extractions/ent/fichier", v))
}

// The annuaire of a school is four files and their DTD, named as the norm says, with its pupils and those who hold the
// parental authority; the telephone goes with the school's own file only.
func TestAnnuaireOfASchool(t *testing.T) {
	m := monde(t)
	got := demander(m, "directeur", livraison("aaf", "ent", ""))
	texts := contenu(t, got)
	prefix := "ENT_" + fixture.Ecole + "_Complet_20261120_"
	for _, name := range []string{prefix + "EtabEducNat_0000.xml", prefix + "Eleve_0000.xml", prefix + "PersRelEleve_0000.xml", prefix + "PersEducNat_0000.xml", "ficAlimMENESR.dtd"} {
		if texts[name] == "" {
			t.Errorf("%s is not there", name)
		}
	}
	pupils, people := texts[prefix+"Eleve_0000.xml"], texts[prefix+"PersRelEleve_0000.xml"]
	for _, said := range []string{"<value>Lina</value>", "CYCLE II<", fixture.Ecole + "$$$"} {
		if !strings.Contains(pupils, said) {
			t.Errorf("the pupils have no %s:\n%s", said, pupils)
		}
	}
	if strings.Contains(pupils, "Max") || strings.Count(people, "<addRequest>") != 1 || !strings.Contains(people, "ENTPersRelEleveTelMobile") {
		t.Errorf("people:\n%s", people)
	}
	if other := contenu(t, demander(m, "ia", livraison("aaf", "ent", "ecole:"+fixture.Ecole))); strings.Contains(other[prefix+"PersRelEleve_0000.xml"], "TelMobile") {
		t.Error("the inspection gives the telephones of the families")
	}
}

// OneRoster has its seven files and their manifest; the pupil who is in a class is enrolled in it.
func TestOneRosterOfADepartement(t *testing.T) {
	m := monde(t)
	texts := contenu(t, demander(m, "ia", livraison("oneroster", "microsoft", "")))
	if len(texts) != 8 || strings.Count(texts["users.csv"], "\r\n") != 3 || strings.Count(texts["enrollments.csv"], "\r\n") != 2 {
		t.Errorf("%d files\n%s\n%s", len(texts), texts["users.csv"], texts["enrollments.csv"])
	}
	if n := fixture.Valeur[int](m, emportesSQL); n != 2 {
		t.Errorf("%d pupils of the file have a line, want 2", n)
	}
	if !strings.HasPrefix(texts["manifest.csv"], "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n") {
		t.Errorf("manifest:\n%s", texts["manifest.csv"])
	}
}

var cleOpaque = regexp.MustCompile(`[0-9a-f]{32}`)

// A recipient knows a pupil under the same identifier each time, another recipient under another; neither the INE nor an
// identifier of the base is in a file. The control: the INE and the identifier are known to the test.
func TestOpaqueIdentifiers(t *testing.T) {
	m := monde(t)
	if _, err := m.Tx.Exec(context.Background(), `update immatriculation set etat = 'attribue', ine = '990000001EB' where ecole_uai = $1`, fixture.Ecole); err != nil {
		t.Fatal(err)
	}
	secrets := fixture.Valeur[[]string](m, `select array_agg(id::text) from (select id from eleve union select id from responsable union select id from classe
		union select id from scolarite) x`)
	file := func(format, destinataire string) string {
		var all strings.Builder
		texts := contenu(t, demander(m, "directeur", livraison(format, destinataire, "")))
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			all.WriteString(texts[name])
		}
		return all.String()
	}
	for _, format := range []string{"aaf", "oneroster"} {
		first, again, other := file(format, "ent"), file(format, "ent"), file(format, "autre")
		if first != again {
			t.Errorf("%s: the same file made twice is not the same", format)
		}
		ids := cleOpaque.FindAllString(first, -1)
		if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(other, id) }) {
			t.Errorf("%s: two recipients share an identifier, or there is none: %v", format, ids)
		}
		for _, secret := range append(secrets, "990000001EB") {
			if strings.Contains(first, secret) || strings.Contains(first, strings.ReplaceAll(secret, "-", "")) {
				t.Errorf("%s carries %s", format, secret)
			}
		}
	}
}

// A file that does not keep the rules of its format is not given, and the journal has no line of it; mended, it is given.
func TestFaultyFileIsNotGiven(t *testing.T) {
	m := monde(t)
	birth := func(day string) {
		t.Helper()
		if _, err := m.Tx.Exec(context.Background(), `update eleve set date_naissance = $1::date where prenom = 'Lina'`, day); err != nil {
			t.Fatal(err)
		}
	}
	given := func() int {
		return fixture.Valeur[int](m, `select count(*) from journal where acte = 'extraire' and objet = 'ent'`)
	}
	birth("1899-04-12")
	got := demander(m, "directeur", livraison("aaf", "ent", ""))
	for _, said := range []string{"il n’est pas donné", "ENTPersonDateNaissance", "12/04/1899", "Corrigez cette valeur dans la base."} {
		if !strings.Contains(got.Body, said) {
			t.Errorf("%d, it does not say %q", got.Code, said)
		}
	}
	if got.Code != http.StatusUnprocessableEntity || given() != 0 {
		t.Errorf("%d, %d lines in the journal", got.Code, given())
	}
	birth("2018-04-12")
	contenu(t, demander(m, "directeur", livraison("aaf", "ent", "")))
	if given() != 1 {
		t.Errorf("%d lines in the journal for a file that was given", given())
	}
	if n := fixture.Valeur[int](m, `select count(*)::int from journal where acte = 'extraire' and objet = 'eleve'`); n != 1 {
		t.Errorf("%d lines of the one pupil of the file", n)
	}
	if motif := fixture.Valeur[string](m, `select motif from journal where objet = 'ent'`); motif != "aaf ent 1" {
		t.Errorf("the journal says %q", motif)
	}
}

// What is asked wrongly is refused in words; asked rightly, the page says how many pupils would leave; the proof is asked
// for when the last one is old.
func TestAskForAnAnnuaire(t *testing.T) {
	m := monde(t)
	if got := m.Get("ia", "/extractions/ent?format=aaf&destinataire=ent"); !strings.Contains(got.Body, "Demander l’accord d’une seconde personne") || !strings.Contains(got.Body, "Élèves présents") {
		t.Errorf("preview: %d", got.Code)
	}
	for path, said := range map[string]string{
		"?format=ldif&destinataire=ent":                   "Choisissez un format de la liste.",
		"?format=aaf&destinataire=voisin":                 "Dites pour quel service est le fichier.",
		"?format=aaf&destinataire=ent&perimetre=ecole:zz": "Choisissez un périmètre",
	} {
		if got := m.Get("ia", "/extractions/ent"+path); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, said) {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	m.Attendre(httpx.DelaiExport + 1e9)
	if got := m.Get("ia", "/extractions/ent"); got.Code != http.StatusOK || strings.Contains(got.Body, "preuve_code") {
		t.Errorf("the page alone asks for a proof: %d", got.Code)
	}
	for _, got := range []fixture.Reponse{m.Get("ia", "/extractions/ent?format=aaf&destinataire=ent"), demander(m, "ia", livraison("aaf", "ent", ""))} {
		if !strings.Contains(got.Body, "preuve_code") {
			t.Errorf("no proof is asked for: %d", got.Code)
		}
	}
}
