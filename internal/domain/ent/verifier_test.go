package ent

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// A file is a few texts by their names; a test spoils one word of one of them.
type fichiers map[string]string

func (f fichiers) zip(t *testing.T) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for nom, text := range f {
		w, err := z.Create(nom)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

const prefixe = "ENT_0659101P_Complet_20260901_"

func attr(nom string, values ...string) string {
	return `<attr name="` + nom + `"><value>` + strings.Join(values, "</value><value>") + `</value></attr>`
}

func ficheAAF(categorie, id string, attrs ...string) string {
	genre := "categoriePersonne"
	if categorie == "EtabEducNat" {
		genre = "categorieStructure"
	}
	return `<addRequest><operationalAttributes>` + attr(genre, categorie) + `</operationalAttributes><identifier><id>` + id +
		`</id></identifier><attributes>` + strings.Join(attrs, "") + `</attributes></addRequest>`
}

// bonAAF is a school, two pupils, one mother of both: what formats.md §5.1 shows, without the INE.
func bonAAF() fichiers {
	pupil := func(id string, more ...string) string {
		return ficheAAF("Eleve", id, append([]string{attr("ENTPersonJointure", id), attr("ENTPersonDateNaissance", "04/03/2015"), attr("ENTPersonNom", "ABADIE"),
			attr("ENTPersonPrenom", "Élodie"), attr("ENTPersonCivilite", "Mme"), attr("ENTPersonStructRattach", "0659101P"), attr("ENTEleveNiveau", "CM2"),
			attr("ENTEleveCycle", "CYCLE III"), attr("ENTEleveAutoriteParentale", "p1")}, more...)...)
	}
	f := fichiers{nomDTD: dtd}
	put := func(categorie string, entries ...string) {
		f[prefixe+categorie+"_0000.xml"] = entete + strings.Join(entries, "\n") + pied
	}
	put("EtabEducNat", ficheAAF("EtabEducNat", "0659101P", attr("ENTStructureJointure", "0659101P"), attr("ENTStructureUAI", "0659101P"),
		attr("ENTStructureNomCourant", "ECOLE-TARBES"), attr("ENTStructureTypeStruct", "ECOLE MATERNELLE"), attr("ENTEtablissementContrat", "PU"),
		attr("ENTServAcAcademie", "TOULOUSE")))
	put("Eleve", pupil("e1", attr("ENTPersonClasses", "0659101P$$$k1$CM1-CM2")), pupil("e2"))
	put("PersRelEleve", ficheAAF("PersRelEleve", "p1", attr("ENTPersonJointure", "p1"), attr("ENTPersonNom", "ABADIE"), attr("ENTPersonPrenom", "Maïté"),
		attr("ENTPersonCivilite", "Mme"), attr("ENTPersRelEleveEleve", "e1", "e2")))
	put("PersEducNat")
	return f
}

var comptes = Comptes{Ecoles: 1, Classes: 1, Eleves: 2, Parents: 1}

// gate spoils one place of a good file.
type gate struct{ nom, fichier, was, is, champ string }

func judge(t *testing.T, format Format, good func() fichiers, cases []gate) {
	t.Helper()
	r := good().zip(t)
	if found, err := Verifier(format, r, r.Size(), comptes); err != nil || len(found) > 0 {
		t.Fatalf("a good file is refused: %+v %v", found, err)
	}
	for _, tt := range cases {
		t.Run(tt.nom, func(t *testing.T) {
			f := good()
			if !strings.Contains(f[tt.fichier], tt.was) {
				t.Fatalf("%s has no %q", tt.fichier, tt.was)
			}
			f[tt.fichier] = strings.Replace(f[tt.fichier], tt.was, tt.is, 1)
			if tt.is == "ABSENT" {
				delete(f, tt.fichier)
			}
			r := f.zip(t)
			found, err := Verifier(format, r, r.Size(), comptes)
			if err != nil || len(found) == 0 {
				t.Fatalf("nothing found (%v)", err)
			}
			for _, x := range found {
				if x.Champ == tt.champ && x.Remede != "" {
					return
				}
			}
			t.Errorf("found %+v, want something on %s", found, tt.champ)
		})
	}
}

// The rules of AAF 1er degré (formats.md §5.1), each with a file that breaks it.
func TestAAF(t *testing.T) {
	etab, eleves, parents := prefixe+"EtabEducNat_0000.xml", prefixe+"Eleve_0000.xml", prefixe+"PersRelEleve_0000.xml"
	judge(t, AAF, bonAAF, []gate{
		{"une personne qui n’est pas dans le fichier", eleves, "<value>p1<", "<value>p9<", "ENTEleveAutoriteParentale"},
		{"un enfant qui n’y est pas", parents, "<value>e2<", "<value>e9<", "ENTPersRelEleveEleve"},
		{"une école qui n’y est pas", eleves, attr("ENTPersonStructRattach", "0659101P"), attr("ENTPersonStructRattach", "0659002G"), "ENTPersonStructRattach"},
		{"l’élève nomme une personne qui ne le nomme pas", parents, "<value>e2</value>", "", "ENTPersRelEleveEleve"},
		{"la classe d’une autre école", eleves, "0659101P$$$k1", "0659002G$$$k1", "ENTPersonClasses"},
		{"une classe en quatre parties", eleves, "0659101P$$$k1", "0659101P$$k1", "ENTPersonClasses"},
		{"deux fois le même élève", eleves, ">e2<", ">e1<", "identifier"},
		{"une jointure qui n’est pas l’identifiant", eleves, attr("ENTPersonJointure", "e1"), attr("ENTPersonJointure", "x"), "Jointure"},
		{"un élève sans nom", eleves, attr("ENTPersonNom", "ABADIE"), "", "ENTPersonNom"},
		{"une date à l’anglaise", eleves, "04/03/2015", "2015-03-04", "ENTPersonDateNaissance"},
		{"un jour qui n’existe pas", eleves, "04/03/2015", "31/02/2015", "ENTPersonDateNaissance"},
		{"un niveau inconnu", eleves, "CM2", "6EME", "ENTEleveNiveau"},
		{"l’INE, qui ne sort pas", eleves, "<attributes>", "<attributes>" + attr("ENTEleveINE", "990000001EB"), "ENTEleveINE"},
		{"un attribut d’une autre catégorie", parents, "<attributes>", "<attributes>" + attr("ENTEleveNiveau", "CM2"), "ENTEleveNiveau"},
		{"une fiche d’une autre catégorie", parents, "<value>PersRelEleve<", "<value>Eleve<", "categorie"},
		{"une lettre d’UAI fausse", etab, attr("ENTStructureUAI", "0659101P"), attr("ENTStructureUAI", "0659101X"), "ENTStructureUAI"},
		{"un contrat inconnu", etab, "PU", "XX", "ENTEtablissementContrat"},
		{"un XML coupé", eleves, "</ficAlimMENESR>", "", "XML"},
		{"une modification", eleves, "<addRequest>", "<modifyRequest>", "modifyRequest"},
		{"un fichier qui manque", parents, "", "ABSENT", "fichier"},
		{"la DTD qui manque", nomDTD, "", "ABSENT", "fichier"},
		{"un élève de moins", eleves, ">e2<", ">e1<", "nombre"},
	})
}

func bonOneRoster() fichiers {
	manifest := "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n"
	rows := map[string]string{
		"academicSessions": "a,,,2026-2027,schoolYear,2026-09-01,2027-08-31,,2027\r\nt,,,2026-2027,term,2026-09-01,2027-08-31,a,2027\r\n",
		"orgs":             "s,,,École,school,0659101P,\r\n",
		"courses":          "c,,,a,Premier degré,,,s,,\r\n",
		"classes":          "k,,,CM1-CM2,\"CM1,CM2\",c,,homeroom,,s,t,,,\r\n",
		"users":            "e1,,,true,e1,,Élodie,Abadie,,,,,,,CM2,,,,,,,s,\r\ne2,,,true,e2,,Zoé,Abadie,,,,,,,CM1,,,,,,,s,\r\n",
		"roles":            "r1,,,e1,primary,student,,,s,\r\nr2,,,e2,primary,student,,,s,\r\n",
		"enrollments":      "p1,,,k,s,e1,student,false,,\r\n",
	}
	f := fichiers{}
	for _, x := range fichiersOneRoster {
		f[x.nom+".csv"] = x.titres + "\r\n" + rows[x.nom]
		manifest += "file." + x.nom + ",bulk\r\n"
	}
	for _, nom := range absents {
		manifest += "file." + nom + ",absent\r\n"
	}
	f["manifest.csv"] = manifest
	return f
}

// The rules of OneRoster 1.2 (formats.md §5.2), each with a file that breaks it.
func TestOneRoster(t *testing.T) {
	judge(t, OneRoster, bonOneRoster, []gate{
		{"un élève inscrit qui n’est pas dans le fichier", "enrollments.csv", ",e1,", ",e9,", "userSourcedId"},
		{"une classe qui n’y est pas", "enrollments.csv", ",k,", ",k9,", "classSourcedId"},
		{"une place dans une autre école que sa classe", "enrollments.csv", ",s,", ",s9,", "schoolSourcedId"},
		{"un rôle pour personne", "roles.csv", ",e2,", ",e9,", "userSourcedId"},
		{"une classe d’un cours inconnu", "classes.csv", ",c,", ",c9,", "courseSourcedId"},
		{"une classe dans une année, pas une période", "classes.csv", ",t,", ",a,", "termSourcedIds"},
		{"un cours d’une période, pas une année", "courses.csv", ",a,", ",t,", "schoolYearSourcedId"},
		{"deux fois le même élève", "users.csv", "e2,,,true", "e1,,,true", "sourcedId"},
		{"un élève sans nom", "users.csv", "Abadie", "", "familyName"},
		{"l’INE comme identifiant", "users.csv", "Abadie,,,", "Abadie,,990000001EB,", "identifier"},
		{"un niveau inconnu", "users.csv", "CM2", "6EME", "grades"},
		{"un rôle inconnu", "roles.csv", "student", "pupil", "role"},
		{"une date à la française", "academicSessions.csv", "2026-09-01", "01/09/2026", "startDate"},
		{"un titre de colonne changé", "users.csv", "givenName", "firstName", "titres"},
		{"une ligne trop courte", "roles.csv", "r2,,,e2,primary,student,,,s,", "r2,,,e2", "ligne"},
		{"un état dans un fichier entier", "users.csv", "e2,,", "e2,active,", "status"},
		{"une autre version", "manifest.csv", "oneroster.version,1.2", "oneroster.version,1.1", "oneroster.version"},
		{"un fichier dit absent", "manifest.csv", "file.users,bulk", "file.users,absent", "file.users"},
		{"un fichier dit présent", "manifest.csv", "file.results,absent", "file.results,bulk", "file.results"},
		{"un fichier qui manque", "enrollments.csv", "", "ABSENT", "fichier"},
		{"un élève de moins", "users.csv", "e2,,,true", "e1,,,true", "nombre"},
	})
}

// What is read again is a zip.
func TestVerifierRefusesWhatIsNoZip(t *testing.T) {
	if _, err := Verifier(AAF, strings.NewReader("PK?"), 3, comptes); err == nil {
		t.Error("it is read")
	}
}
