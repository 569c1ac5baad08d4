package reprise_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

const titres = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant classe;Attestation fournie;Autorisation associations;Autorisation photo;Décision de passage\r\n"

const (
	maelle = "ABADIE;;Maëlle;2019-04-12;F;;5 rue des Pyrénées;65000;Tarbes;FRANCE;;;;;CYCLE II;CE1;CE1 A;1;Oui;Non;Oui;\r\n"
	hugo   = "PUJOL;;HUGO;2018-02-01;M;990000001EB;1 place Verdun;65000;Tarbes;FRANCE;8 rue Foch;65100;Lourdes;FRANCE;CYCLE II;CE2;CE2 B;650102;Oui;Non;Non;\r\n"
	faux   = "DUPUY;;Léo;31/02/2018;M;;;;;;;;;;CYCLE II;CE2;CE2 B;650102;;;;\r\n"
)

const responsables = "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;Numéro de poste;Téléphone portable;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants\r\n" +
	"MME;;PUJOL;Rose;1 place Verdun;65000;Tarbes;FRANCE;rose@exemple.fr;;;;0600000005;;PUJOL;Hugo;CE2 B;;PUJOL;Inès;CE2 B\r\n"

// deposer sends a file and returns the address where its columns are chosen.
func deposer(t *testing.T, m *fixture.Monde, content string) string {
	t.Helper()
	got := m.Envoyer("directeur", "/reprise", "fichier", "CSVExtraction.csv", []byte(content))
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	return got.Header.Get("Location")
}

var option = regexp.MustCompile(`(?s)<select[^>]*name="(colonne\.\d+)"[^>]*>(.*?)</select>`)
var chosen = regexp.MustCompile(`<option value="([^"]*)" selected`)

// choisir sends the columns as they are proposed.
func choisir(t *testing.T, m *fixture.Monde, path string, more url.Values) fixture.Reponse {
	t.Helper()
	page := m.Get("directeur", path)
	form := url.Values{"genre": {"eleves"}, "annee": {"2026"}}
	if strings.Contains(page.Body, `value="responsables" checked`) {
		form.Set("genre", "responsables")
	}
	for _, s := range option.FindAllStringSubmatch(page.Body, -1) {
		if c := chosen.FindStringSubmatch(s[2]); c != nil {
			form.Set(s[1], c[1])
		}
	}
	for k, v := range more {
		form[k] = v
	}
	return m.Post("directeur", path, form)
}

var empreinte = regexp.MustCompile(`name="empreinte" value="([^"]+)"`)

// apercu is the preview of a file, and what it is to be applied with.
func apercu(t *testing.T, m *fixture.Monde, content string, more url.Values) (path, body string, form url.Values) {
	t.Helper()
	path = deposer(t, m, content)
	if got := choisir(t, m, path, more); got.Code != http.StatusSeeOther || got.Header.Get("Location") != path+"/apercu" {
		t.Fatalf("%d %s %s", got.Code, got.Header.Get("Location"), got.Body)
	}
	got := m.Get("directeur", path+"/apercu")
	if got.Code != http.StatusOK {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if mark := empreinte.FindStringSubmatch(got.Body); mark != nil {
		form = url.Values{"empreinte": {mark[1]}}
	}
	return path, got.Body, form
}

// reprendre takes a file over to its end, and returns the address of the operation.
func reprendre(t *testing.T, m *fixture.Monde, content string, more url.Values) string {
	t.Helper()
	path, body, form := apercu(t, m, content, more)
	got := m.Post("directeur", path+"/appliquer", form)
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s\n%s", got.Code, got.Body, body)
	}
	if n := fixture.Valeur[int](m, `select count(*) from depot`); n != 0 {
		t.Errorf("the file is still kept: %d", n)
	}
	return got.Header.Get("Location")
}

const compteSQL = `select concat_ws(' ', (select count(*) from eleve where etat = 'actif'), (select count(*) from adresse), (select count(*) from responsable),
	(select count(*) from lien_responsable), (select count(*) from scolarite where etat = 'admis_definitif'), (select count(*) from classe),
	(select count(*) from autorisation where attestation_fournie), (select count(*) from affectation))`

// The preview says counts, lines, fields and faults with their line, column, value and remedy, and changes nothing.
func TestPreviewChangesNothing(t *testing.T) {
	m := fixture.New(t)
	m.Present("Maëlle")
	before := fixture.Valeur[string](m, compteSQL)
	path, body, _ := apercu(t, m, titres+maelle+hugo+faux, nil)
	body += m.Get("directeur", path).Body
	for _, said := range []string{
		"PUJOL Hugo", "Adresse\u00a0: 1 place Verdun, 65000 Tarbes", "Seconde adresse\u00a0: 8 rue Foch, 65100 Lourdes", "Classe\u00a0: CE2 B",
		"31/02/2018", "Date naissance", "ne peut pas être lue", "2018-04-12", "••••••••1EB", "30 jours", "Attestation d’assurance\u00a0: Non → Oui",
	} {
		if !strings.Contains(body, said) {
			t.Errorf("the preview does not say %q", said)
		}
	}
	if strings.Contains(body, "990000001EB") {
		t.Error("a page shows a whole INE")
	}
	if after := fixture.Valeur[string](m, compteSQL); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

// An import applied is what was shown; the same file again changes nothing; absence removes nobody.
func TestApplyThenAgain(t *testing.T) {
	m := fixture.New(t)
	m.Present("Maëlle")
	m.Present("Absente")
	path := reprendre(t, m, titres+maelle+hugo+faux, nil)
	page := m.Get("directeur", path)
	if page.Code != http.StatusOK || !strings.Contains(page.Body, "Annuler cette reprise") {
		t.Fatalf("%d %s", page.Code, page.Body)
	}
	got := fixture.Valeur[string](m, `select concat_ws(' ', e.nom_famille, e.prenom, e.tenu_par, s.etat, s.niveau, c.libelle_court, c.numero, i.etat, i.ine, a.commune_insee, b.commune_insee, o.attestation_fournie)
		from eleve e join scolarite s on s.eleve_id = e.id join classe c on c.id = s.classe_id join immatriculation i on i.eleve_id = e.id
		join adresse a on a.id = e.adresse_id join adresse b on b.id = e.adresse2_id join autorisation o on o.eleve_id = e.id where e.prenom = 'Hugo'`)
	if got != "Pujol Hugo ecole admis_definitif CE2 CE2 B 650102 en_verification 990000001EB 65440 65286 t" {
		t.Errorf("got %s", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from scolarite where etat = 'admis_definitif' and ecole_uai = $1`, fixture.Ecole); n != 3 {
		t.Errorf("%d pupils, want 3", n)
	}
	_, body, form := apercu(t, m, titres+maelle+hugo, nil)
	if form != nil || !strings.Contains(body, "Ce fichier ne change rien") {
		t.Errorf("the same file again: %v", body)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'importer' and ecole_uai = $1`, fixture.Ecole); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
}

// Undone, an import leaves the school as it was, and the same file can be taken over again.
func TestUndo(t *testing.T) {
	m := fixture.New(t)
	m.Present("Maëlle")
	visible := `select concat_ws(' ', (select string_agg(nom_famille || prenom || nom_usage || coalesce(adresse_id::text, ''), ',' order by nom_famille) from eleve where etat = 'actif'),
		(select string_agg(etat || niveau || coalesce(classe_id::text, ''), ',' order by etat) from scolarite where etat <> 'annulee'),
		(select count(*) from classe), (select count(*) from lien_responsable), (select count(*) from affectation),
		(select count(*) from autorisation where photo or attestation_fournie), (select count(*) from immatriculation))`
	before := fixture.Valeur[string](m, visible)
	path := reprendre(t, m, titres+strings.Replace(maelle, "ABADIE;;", "ABADIE;DUPUY;", 1)+hugo, nil)
	if during := fixture.Valeur[string](m, visible); during == before {
		t.Fatal("nothing was done")
	}
	undo := func() fixture.Reponse { return m.Post("directeur", path+"/annuler", url.Values{"version": {"1"}}) }
	if got := undo(); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if after := fixture.Valeur[string](m, visible); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
	if got := undo(); got.Code == http.StatusSeeOther {
		t.Error("undone twice")
	}
	reprendre(t, m, titres+maelle+hugo, nil)
}

// What somebody has changed since is kept by the undo, and listed; the rest goes back.
func TestUndoKeepsLaterChanges(t *testing.T) {
	m := fixture.New(t)
	known := m.Present("Maëlle")
	path := reprendre(t, m, titres+strings.Replace(maelle, "ABADIE;;", "ABADIE;DUPUY;", 1)+hugo, nil)
	m.Heure = m.Heure.Add(time.Minute)
	hugoID := fixture.Valeur[string](m, `select id::text from eleve where prenom = 'Hugo'`)
	for id, nom := range map[string]string{known.ID.String(): "Abadie", hugoID: "Pujol"} {
		identite := url.Values{"nom_famille": {nom}, "nom_usage": {"Castex"}, "prenom": {"Maëlle"}, "sexe": {"F"}, "date_naissance": {"120419"},
			"commune_naissance": {"Tarbes"}, "commune_naissance_insee": {fixture.Tarbes}}
		if got := m.Post("directeur", "/eleves/"+id+"/identite", identite); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	if got := m.Post("directeur", path+"/annuler", url.Values{"version": {"1"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	for id, want := range map[string]string{known.ID.String(): "actif Castex", hugoID: "actif Castex"} {
		if got := fixture.Valeur[string](m, `select etat || ' ' || nom_usage from eleve where id = $1`, id); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	page := m.Get("directeur", path)
	if !strings.Contains(page.Body, "Conservé, car modifié depuis") || !strings.Contains(page.Body, "En entier") || !strings.Contains(page.Body, "Ce qui a été modifié depuis") {
		t.Errorf("what is kept is not listed: %s", page.Body)
	}
}

// A protected home is never replaced by the one of a file, nor written in an export.
func TestProtectedHome(t *testing.T) {
	for name, protegee := range map[string]bool{"protected": true, "control": false} {
		t.Run(name, func(t *testing.T) {
			m := fixture.New(t)
			m.Present("Maëlle")
			if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = $1`, protegee); err != nil {
				t.Fatal(err)
			}
			_, body, _ := apercu(t, m, titres+strings.Replace(maelle, "5 rue des Pyrénées", "7 rue Foch", 1), nil)
			if moved := strings.Contains(body, "7 rue Foch"); moved == protegee {
				t.Errorf("moved: %v", moved)
			}
			exported := m.Get("directeur", "/reprise/onde-eleves.csv?encodage=utf-8").Body + m.Get("directeur", "/reprise/onde-responsables.csv?encodage=utf-8").Body
			if strings.Contains(exported+body, "rue des Pyr") == protegee {
				t.Errorf("written: %s", exported)
			}
		})
	}
}

// A home or a responsable that an import brought and that somebody has corrected since keeps the pupil whose it is, as a
// passage does: the work would be lost with him. A pupil whom nobody has touched leaves.
func TestUndoKeepsWhatHangsFromThePupil(t *testing.T) {
	for table, sql := range map[string]string{
		"adresse":     `update adresse set voie = '3 place Verdun', version = version + 1 where voie = '1 place Verdun'`,
		"responsable": `update responsable set tel_portable = '06 00 00 00 09', version = version + 1 where prenom = 'Rose'`,
		"passage": `insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
			select s.id, s.ecole_uai, s.annee, 'propose', 'passage', 'CM1', false, '2026-11-20' from scolarite s where s.prenom = 'Hugo'`,
		"personne": `select`, // control
	} {
		t.Run(table, func(t *testing.T) {
			m := fixture.New(t)
			lea := strings.NewReplacer("PUJOL;;HUGO;2018", "DUPUY;;LÉA;2017", "990000001EB", "", "1 place Verdun", "2 rue Foch").Replace(hugo)
			withMother := strings.Replace(titres, "\r\n", ";Nom mère;Prénom mère\r\n", 1) + strings.Replace(hugo, ";\r\n", ";;Pujol;Rose\r\n", 1) +
				strings.Replace(lea, ";\r\n", ";;Dupuy;Zoé\r\n", 1)
			path := reprendre(t, m, withMother, nil)
			m.Heure = m.Heure.Add(time.Minute)
			if _, err := m.Tx.Exec(t.Context(), `select set_config('be.instant', $1, true)`, m.Heure.Format(time.RFC3339)); err != nil {
				t.Fatal(err)
			}
			if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
			if got := m.Post("directeur", path+"/annuler", url.Values{"version": {"1"}}); got.Code != http.StatusSeeOther {
				t.Fatalf("%d %s", got.Code, got.Body)
			}
			want := map[bool]string{true: "Hugo 1", false: " 0"}[table != "personne"]
			got := fixture.Valeur[string](m, `select coalesce(string_agg(prenom, ',' order by prenom), '') || ' ' || (select count(*) from lien_responsable)
				from eleve where etat = 'actif'`)
			if got != want {
				t.Errorf("left %q, want %q", got, want)
			}
		})
	}
}

// The responsables come after the pupils; one is shared by brothers and sisters.
func TestResponsables(t *testing.T) {
	m := fixture.New(t)
	reprendre(t, m, titres+hugo+strings.Replace(strings.Replace(hugo, "HUGO;2018", "INÈS;2017", 1), "990000001EB", "", 1), nil)
	path := deposer(t, m, responsables)
	if got := choisir(t, m, path, nil); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "Choisissez comment connaître le lien") {
		t.Errorf("%d without a tie", got.Code)
	}
	civilite := url.Values{"liens": {"civilite"}}
	op := reprendre2(t, m, path, civilite)
	got := fixture.Valeur[string](m, `select concat_ws(' ', count(distinct r.id), count(*), min(l.lien), bool_and(l.autorite_parentale), min(r.tel_portable), count(distinct r.adresse_id), bool_and(r.adresse_id = e.adresse_id))
		from responsable r join lien_responsable l on l.responsable_id = r.id join eleve e on e.id = l.eleve_id where r.prenom = 'Rose'`)
	if got != "1 2 mere t 06 00 00 00 05 1 t" {
		t.Errorf("got %s", got)
	}
	if _, body, form := apercu(t, m, responsables, civilite); form != nil {
		t.Errorf("the same file again changes: %s", body)
	}
	if got := m.Post("directeur", op+"/annuler", url.Values{"version": {"1"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if n := fixture.Valeur[int](m, `select count(*) from lien_responsable`); n != 0 {
		t.Errorf("%d links after the undo", n)
	}
}

// reprendre2 goes on from a file sent.
func reprendre2(t *testing.T, m *fixture.Monde, path string, more url.Values) string {
	t.Helper()
	if got := choisir(t, m, path, more); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	mark := empreinte.FindStringSubmatch(m.Get("directeur", path+"/apercu").Body)
	if mark == nil {
		t.Fatal("nothing to apply")
	}
	got := m.Post("directeur", path+"/appliquer", url.Values{"empreinte": {mark[1]}})
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	return got.Header.Get("Location")
}
