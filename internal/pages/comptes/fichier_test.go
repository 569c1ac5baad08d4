package comptes_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

const titres = "civilite;nom;prenom;identifiant;role;territoire;debut;fin\n"

// soumettre sends a file of people, and returns the address of its preview.
func soumettre(m *fixture.Monde, contenu string) string {
	m.Helper()
	got := m.Envoyer("service", "/comptes/import", "fichier", "comptes.csv", []byte(contenu))
	if got.Code != http.StatusSeeOther {
		m.Fatalf("deposit: %d %s", got.Code, alert(got.Body))
	}
	return got.Header.Get("Location")
}

func comptesDits(m *fixture.Monde, nom string) int {
	m.Helper()
	return fixture.Valeur[int](m, `select count(*) from compte where nom = $1`, nom)
}

// A file opens the accounts of many, and asks for what each line says. Nobody has a secret before the letters are made,
// from the list, for those ticked; a file sent again doubles nobody.
func TestFileOpensAccounts(t *testing.T) {
	m := fixture.New(t)
	file := titres + "Mme;Le Goff;Maïté;;directrice;" + fixture.Ecole + ";01/09/2027;\n" +
		"Monsieur;Abadie;Jean-Luc;;mairie;Tarbes;;\n" +
		"Mme;Dupouy;Anne;anne.rpi;directeur;" + fixture.Ecole + ";;\n" + "Mme;Dupouy;Anne;anne.rpi;directeur;" + fixture.Voisine + ";;\n"
	preview := soumettre(m, file)
	if body := m.Get("service", preview).Body; !strings.Contains(body, "LE GOFF Maïté") || !strings.Contains(body, "01/09/2027") || strings.Contains(body, "Lignes fausses") {
		t.Fatal("the preview does not show the lines")
	}
	if comptesDits(m, "Le Goff") != 0 {
		t.Fatal("the preview opens accounts")
	}
	got := m.Post("service", preview, url.Values{})
	if got.Code != http.StatusSeeOther || got.Header.Get("Location") != "/comptes?etat=sans_lettre" {
		t.Fatalf("apply: %d %s", got.Code, alert(got.Body))
	}
	if got := fixture.Valeur[string](m, `select string_agg(c.identifiant || ' ' || h.role || ' ' || coalesce(h.ecole_uai, h.commune_insee) || ' ' || h.etat, ', ' order by c.identifiant, h.ecole_uai)
		from compte c join habilitation h on h.compte_id = c.id where c.nom in ('Le Goff', 'Abadie', 'Dupouy')`); got !=
		fmt.Sprintf("anne.rpi directeur %s demandee, anne.rpi directeur %s demandee, jean-luc.abadie mairie %s demandee, maite.le-goff directeur %s demandee",
			min(fixture.Ecole, fixture.Voisine), max(fixture.Ecole, fixture.Voisine), fixture.Tarbes, fixture.Ecole) {
		t.Errorf("opened: %s", got)
	}
	if body := m.Get("service", "/comptes?etat=sans_lettre").Body; strings.Count(body, "Lettre à faire") < 3 || strings.Contains(body, "CLAIRE FABRE") {
		t.Error("the list does not show whose letter is to be made")
	}
	ids := fixture.Valeur[[]string](m, `select array_agg(id::text order by nom) from compte where nom in ('Le Goff', 'Abadie', 'Dupouy')`)
	if got := m.Post("service", "/comptes/lettres", url.Values{"id": ids}); got.Code != http.StatusSeeOther {
		t.Fatalf("letters: %d %s", got.Code, alert(got.Body))
	}
	body := m.Get("service", "/comptes/lettres").Body
	if n := len(secret.FindAllString(body, -1)); n != 3 || !strings.Contains(body, "Mme Maïté Le Goff") {
		t.Errorf("%d letters", n)
	}
	if n := fixture.Valeur[int](m, `select count(distinct mot_de_passe) from compte where id = any ($1)`, ids); n != 3 {
		t.Errorf("%d secrets for three accounts", n)
	}
	again := m.Get("service", soumettre(m, file)).Body
	if strings.Count(again, "Cette personne a déjà un compte pour ce territoire") != 4 || !strings.Contains(again, "aucun compte ne sera ouvert") {
		t.Error("the same file would open the accounts twice")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'creer_compte'`); n != 3 {
		t.Errorf("%d accounts in the journal", n)
	}
}

// A wrong line says where, what and the remedy, and nothing is opened, not even the right lines beside it.
func TestFileWithWrongLines(t *testing.T) {
	m := fixture.New(t)
	right := "Mme;Le Goff;Maïté;;directrice;" + fixture.Ecole + ";;\n"
	for name, tt := range map[string]struct{ line, column, says string }{
		"no name":                      {"Mme;;Anne;;mairie;Tarbes;;", "nom", "Indiquez le nom."},
		"an unknown title":             {"Dr;Abadie;Anne;;mairie;Tarbes;;", "civilite", "Cette civilité n’est pas connue."},
		"an unknown role":              {"Mme;Abadie;Anne;;concierge;Tarbes;;", "role", "Ce rôle n’est pas connu."},
		"the service":                  {"Mme;Abadie;Anne;;service;65;;", "role", "Ce rôle n’est pas connu."},
		"an unknown place":             {"Mme;Abadie;Anne;;mairie;Lutèce;;", "territoire", "Aucun territoire de votre département"},
		"a school of elsewhere":        {"Mme;Abadie;Anne;;directeur;" + fixture.Lointaine + ";;", "territoire", "Aucun territoire de votre département"},
		"no place":                     {"Mme;Abadie;Anne;;mairie;;;", "territoire", "Le territoire manque."},
		"the number of a school":       {"Mme;Abadie;Anne;" + fixture.Ecole + ";mairie;Tarbes;;", "identifiant", "numéros sont publics"},
		"an identifier that one holds": {"Mme;Abadie;Anne;direction-a;mairie;Tarbes;;", "identifiant", "Cet identifiant est déjà pris."},
		"a date that is none":          {"Mme;Abadie;Anne;;mairie;Tarbes;31/02/2027;", "debut", "Cette date n’est pas comprise."},
		"ends before it opens":         {"Mme;Abadie;Anne;;mairie;Tarbes;01/09/2027;01/08/2027", "fin", "La fin vient avant le début."},
		"twice":                        {right + right, "nom", "Cette personne est déjà à la ligne"},
		"an identifier asked for by two": {
			"Mme;Abadie;Anne;agent.un;mairie;Tarbes;;\nM.;Abadie;Luc;agent.un;mairie;Tarbes;;", "identifiant", "Cet identifiant est déjà à la ligne",
		},
	} {
		if strings.Contains(tt.line, "direction-a") {
			tt.line = strings.ReplaceAll(tt.line, "direction-a", fixture.Valeur[string](m, `select identifiant from compte where id = $1`, m.Agent("directeur").Compte))
		}
		preview := soumettre(m, titres+right+tt.line+"\n")
		body := m.Get("service", preview).Body
		if !strings.Contains(body, tt.says) || !strings.Contains(body, ">"+tt.column+"<") {
			t.Errorf("%s: not said in column %s", name, tt.column)
		}
		if got := m.Post("service", preview, url.Values{}); got.Code < 400 {
			t.Errorf("%s: applied, %d", name, got.Code)
		}
	}
	if n := comptesDits(m, "Le Goff"); n != 0 {
		t.Errorf("%d accounts opened", n)
	}
	preview := soumettre(m, titres+right) // the control: the right line alone opens one
	if got := m.Post("service", preview, url.Values{}); got.Code != http.StatusSeeOther || comptesDits(m, "Le Goff") != 1 {
		t.Errorf("the right line: %d %s", got.Code, alert(got.Body))
	}
}

func TestFileThatIsNone(t *testing.T) {
	m := fixture.New(t)
	for says, contenu := range map[string]string{
		"Il manque des colonnes":   "nom;prenom\nA;B\n",
		"qu’une ligne de titres":   titres,
		"dépasse mille lignes":     titres + strings.Repeat("Mme;A;B;;mairie;Tarbes;;\n", 1001),
		"ne peut pas être lu":      "\x00\x01\x02PDF",
		"Choisissez le fichier de": "",
	} {
		field := "fichier"
		if contenu == "" {
			field = "autre"
		}
		got := m.Envoyer("service", "/comptes/import", field, "comptes.csv", []byte(contenu))
		if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, says) {
			t.Errorf("%s: %d %s", says, got.Code, alert(got.Body))
		}
	}
}

// The letters of several are for those who have not come yet: one in service keeps his password.
func TestLettersOfSeveral(t *testing.T) {
	m := fixture.New(t)
	adresse, _ := creer(m, nouvelle())
	waiting, serving := strings.TrimPrefix(adresse, "/comptes/"), m.Agent("directeur").Compte.String()
	if body := m.Get("service", "/comptes").Body; !strings.Contains(body, `value="`+waiting+`"`) || strings.Contains(body, `value="`+serving+`"`) {
		t.Error("the wrong accounts can be ticked")
	}
	got := m.Post("service", "/comptes/lettres", url.Values{"id": {waiting, serving}})
	if got.Code < 400 || !strings.Contains(got.Body, "est en service ou suspendu") {
		t.Errorf("%d %s", got.Code, alert(got.Body))
	}
	if n := fixture.Valeur[int](m, `select count(*) from compte where id = $1 and a_changer`, serving); n != 0 {
		t.Error("the password of one in service is gone")
	}
	if got := m.Post("service", "/comptes/lettres", url.Values{}); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("none ticked: %d", got.Code)
	}
}
