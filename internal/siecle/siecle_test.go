package siecle_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"base-eleves/internal/siecle"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 18, 30, 5, 0, time.UTC) }

var (
	maison = siecle.Adresse{Voie: "12 rue de l’Échez", CodePostal: "65000", Insee: "65440", Commune: "Tarbes", Pays: "France"}
	mere   = siecle.Responsable{
		Cle: "anne", Civilite: "Mme", NomFamille: "Abadie", Prenom: "Maïté", Lien: "mere", Autorite: true, Heberge: true,
		TelPortable: "06 00 00 00 01", Courriel: "maite.abadie@exemple.fr", Adresse: maison,
	}
	pere = siecle.Responsable{Cle: "jean", NomFamille: "Cœur", Prenom: "Jean", Lien: "pere", Autorite: true, TelDomicile: "+34 612 345 678",
		Adresse: siecle.Adresse{Voie: "Calle Mayor 4", CodePostal: "22700", Commune: "Jaca", Pays: "Espagne"}}
	tante = siecle.Responsable{Cle: "rose", NomFamille: "Łukasz", Prenom: "Rose", Lien: "garde_enfant"}
	ase   = siecle.Responsable{Cle: "ase", Organisme: "Conseil départemental", Lien: "ase", Autorite: true}
)

// promotion is a sending with all that may be met: a compound name, two siblings, a child born abroad, one of whom the
// place of birth is not known, one without responsable légal, one whose home is protected, one of SEGPA.
func promotion() siecle.Envoi {
	enfant := func(no int, ine, prenom string, who ...siecle.Responsable) siecle.Eleve {
		return siecle.Eleve{
			Numero: no, INE: ine, NomFamille: "Abadie", Prenom: prenom, Sexe: "F", Naissance: time.Date(2015, 3, 4, 0, 0, 0, 0, time.UTC),
			CommuneNaissance: "65440", Adresse: maison, Ecole: "0659101P", EcoleNom: "École élémentaire privée Sainte-Claire-de-l’Adour",
			EcoleInsee: "65440", EcoleCommune: "Tarbes", Niveau: "CM2", Classe: "CM1-CM2 Mme Exemple", Responsables: who,
		}
	}
	e := siecle.Envoi{
		College: "0650000X", Annee: 2026, Rentree: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Le: day(2026, time.June, 15), Numero: 3,
		Eleves: []siecle.Eleve{
			enfant(1, "990000001EB", "Élodie", mere, pere, tante), enfant(2, "9900000001S", "Zoé-Lou", mere),
			enfant(3, "", "Noé", ase), enfant(4, "990000003DK", "Ugo", mere), enfant(5, "990000002EA", "Sans-Légal", tante),
		},
	}
	e.Eleves[1].NomUsage, e.Eleves[1].Prenom2 = "Œuvrard–Şahin", "Łucja"
	e.Eleves[2].NeEtranger, e.Eleves[2].CommuneNaissance = true, ""
	e.Eleves[2].Adresse = siecle.Adresse{}
	e.Eleves[3].CommuneNaissance, e.Eleves[3].SEGPA, e.Eleves[3].Sexe = "", true, "M"
	e.Eleves[3].Adresse.Complement = "Résidence des Jardins de la Préfecture, bâtiment B, escalier 12, appartement 1204"
	return e
}

func read(t *testing.T, b []byte, err error) noeud {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	n, err := lire(b)
	if err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	return n
}

func values(list []noeud) (texts []string) {
	for _, n := range list {
		texts = append(texts, n.Texte)
	}
	return texts
}

func conforme(t *testing.T, n noeud, e element) {
	t.Helper()
	for _, f := range fautes(n, e) {
		t.Error(f)
	}
}

func TestImportEleves(t *testing.T) {
	b, err := promotion().ImportEleves()
	n := read(t, b, err)
	conforme(t, n, schema31)
	if !utf8.Valid(b) || n.attr("VERSION") != "3.1" {
		t.Error("neither UTF-8 nor 3.1")
	}
	// The keys of the schema: each person, each pupil, each number once; each link leads to a person.
	gens := values(n.tous("DONNEES", "PERSONNES", "PERSONNE", "ID_PRV_PER"))
	for _, list := range [][]string{gens, values(n.tous("DONNEES", "ELEVES", "ELEVE", "ID_PRV_ELE")), values(n.tous("DONNEES", "ELEVES", "ELEVE", "ID_NATIONAL"))} {
		if sorted := slices.Compact(slices.Sorted(slices.Values(list))); len(sorted) != len(list) {
			t.Errorf("twice the same key: %v", list)
		}
	}
	for _, lien := range []string{"LEGAL", "CONTACT"} {
		for _, cle := range values(n.tous("DONNEES", "ELEVES", "ELEVE", "RESPONSABLES_ELEVE", lien, "ID_PRV_PER")) {
			if !slices.Contains(gens, cle) {
				t.Errorf("%s: nobody is %s", lien, cle)
			}
		}
	}
	if got := values(n.tous("DONNEES", "ELEVES", "ELEVE", "ID_PRV_ELE")); !slices.Equal(got, []string{"1", "2", "3", "4"}) {
		t.Errorf("pupils %v: the one without responsable légal must be left out, and nobody else", got)
	}
	if n.tous("PARAMETRES", "UAJ")[0].Texte != "0650000X" || len(gens) != 4 {
		t.Errorf("collège or people: %v", gens)
	}
	conteste := []string{"100", "100", "100", "100"} // the same for everybody: the register holds no nationality
	if got := values(n.tous("DONNEES", "ELEVES", "ELEVE", "CODE_PAYS_NAT")); !slices.Equal(got, conteste) {
		t.Errorf("nationalities %v", got)
	}
	if strings.Contains(string(b), "COMMUNICATION_ADRESSE") || strings.Contains(string(b), "CODE_MATIERE") {
		t.Error("what the register does not give to a collège is there")
	}
}

func TestElevesSansAdresses(t *testing.T) {
	b, err := promotion().ElevesSansAdresses()
	n := read(t, b, err)
	conforme(t, n, elevesSansAdresses)
	eleves := n.tous("DONNEES", "ELEVES", "ELEVE")
	if len(eleves) != 5 {
		t.Fatalf("%d pupils", len(eleves))
	}
	divisions := n.tous("DONNEES", "STRUCTURES", "STRUCTURES_ELEVE")
	for i, e := range eleves { // programs leave out who has no division of type D
		if divisions[i].attr("ELEVE_ID") != e.attr("ELEVE_ID") || values(divisions[i].tous("STRUCTURE", "TYPE_STRUCTURE"))[0] != "D" {
			t.Errorf("pupil %s has no division", e.attr("ELEVE_ID"))
		}
		if e.attr("ELENOET") != values(e.tous("ELENOET"))[0] {
			t.Errorf("two numbers for one pupil: %v", e.Attrs)
		}
	}
	if got := values(eleves[1].tous("NOM_USAGE")); got[0] != "Œuvrard-Sahin" || strings.Contains(string(b), "?xml version") && bytes.Count(b, []byte("?")) != 2 {
		t.Errorf("%q, or a question mark for a character", got)
	}
	if utf8.Valid(b) {
		t.Error("nothing was encoded in ISO-8859-15")
	}
}

func TestResponsablesAvecAdresses(t *testing.T) {
	b, err := promotion().ResponsablesAvecAdresses()
	n := read(t, b, err)
	conforme(t, n, responsablesAvecAdresses)
	ids := map[string]bool{}
	for _, a := range n.tous("DONNEES", "ADRESSES", "ADRESSE") {
		ids[a.attr("ADRESSE_ID")] = true
	}
	for _, id := range values(n.tous("DONNEES", "PERSONNES", "PERSONNE", "ADRESSE_ID")) {
		if !ids[id] {
			t.Errorf("no address is %s", id)
		}
	}
	legaux := map[string]int{}
	for _, l := range n.tous("DONNEES", "RESPONSABLES", "RESPONSABLE_ELEVE") {
		legaux[l.tous("ELEVE_ID")[0].Texte+" "+l.tous("RESP_LEGAL")[0].Texte]++
	}
	if legaux["1 1"] != 1 || legaux["1 2"] != 1 || legaux["1 0"] != 1 || legaux["5 1"] != 0 {
		t.Errorf("responsables légaux: %v", legaux)
	}
	if mothers := n.tous("DONNEES", "PERSONNES", "PERSONNE"); len(mothers) != 4 {
		t.Errorf("%d people: the mother of three must be there once", len(mothers))
	}
}

// The pupils' file names the addresses of the other one.
func TestAddressesOfTheTwoFiles(t *testing.T) {
	b, err := promotion().ElevesSansAdresses()
	eleves := read(t, b, err)
	b, err = promotion().ResponsablesAvecAdresses()
	known := map[string]bool{}
	for _, a := range read(t, b, err).tous("DONNEES", "ADRESSES", "ADRESSE") {
		known[a.attr("ADRESSE_ID")] = true
	}
	ids := values(eleves.tous("DONNEES", "ELEVES", "ELEVE", "ADRESSE_ID"))
	for _, id := range ids {
		if !known[id] {
			t.Errorf("no address is %s", id)
		}
	}
	if len(ids) != 4 {
		t.Errorf("%d pupils with a home: the one that is not handed over must have none", len(ids))
	}
}

func TestImportZip(t *testing.T) {
	e := promotion()
	b, err := e.ImportZip()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) != 1 || z.File[0].Name != "0650000XPRIVE2026260615183005.xml" || e.NomImport()+".xml" != z.File[0].Name {
		t.Fatalf("%v, %v", z.File, err)
	}
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	inside, err := io.ReadAll(f)
	if plain, _ := e.ImportEleves(); err != nil || !bytes.Equal(inside, plain) {
		t.Errorf("the archive holds something else: %v", err)
	}
	if _, err := (siecle.Envoi{College: "0650000X"}).ImportZip(); !errors.Is(err, siecle.ErrPersonne) {
		t.Errorf("nobody: %v", err)
	}
}

// The control: whatever departs from the format is seen.
func TestCheckerSeesFaults(t *testing.T) {
	b, err := promotion().ImportEleves()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, old, new string }{
		{"an element out of order", "<CODE_SEXE>2</CODE_SEXE>\n    <CODE_PAYS>100</CODE_PAYS>", "<CODE_PAYS>100</CODE_PAYS>\n    <CODE_SEXE>2</CODE_SEXE>"},
		{"an element that lacks", "<CODE_PROFESSION>99</CODE_PROFESSION>", ""},
		{"an element too many", "<PRENOM>", "<SURNOM>x</SURNOM><PRENOM>"},
		{"a value too long", "12 rue de l", strings.Repeat("12 rue ", 6)},
		{"a code of one character", "<CODE_PARENTE>10<", "<CODE_PARENTE>1<"},
		{"both of a choice", "<VILLE_NAISS>", "<CODE_COMMUNE_INSEE_NAISS>65440</CODE_COMMUNE_INSEE_NAISS><VILLE_NAISS>"},
		{"a date in the wrong shape", "2015-03-04", "04/03/2015"},
		{"a collège that is none", "0650000X", "650000X"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(string(b), tt.old, tt.new, 1)
			if broken == string(b) {
				t.Fatal("nothing was broken")
			}
			n, err := lire([]byte(broken))
			if err != nil || len(fautes(n, schema31)) == 0 {
				t.Errorf("not seen (%v)", err)
			}
		})
	}
}
