package onde_test

import (
	"strings"
	"testing"

	"base-eleves/internal/onde"
)

// Every heading by which files are known to call a column is recognised, however it is written; another one is left aside.
func TestHeadings(t *testing.T) {
	for genre, known := range map[onde.Genre]map[onde.Champ]string{
		onde.Eleves: {
			"nom_famille":       "Nom élève|Nom de famille élève|Nom de l'élève|NOM|nom de l’eleve *|Nom Elève",
			"nom_usage":         "Nom d'usage élève|Nom usage|Nom d’usage|Nom d'usage Elève",
			"prenom":            "Prénom élève|Prénom de l'élève|Prénom|PRENOM",
			"prenom2":           "Deuxième prénom",
			"prenom3":           "Troisième prénom",
			"date_naissance":    "Date naissance|Date de naissance|Date de naissance élève|Né(e) le|Né le|Née le|DDN",
			"sexe":              "Sexe|Civilité|Genre",
			"ine":               "INE|I.N.E.|N° INE",
			"commune_naissance": "Commune naissance|Lieu de naissance",
			"dept_naissance":    "Dépt naissance",
			"pays_naissance":    "Pays naissance",
			"adresse":           "Adresse1|Adresse", "code_postal": "Cp1|CP|Code postal", "commune": "Commune1|Ville", "pays": "Pays1",
			"adresse2": "Adresse2", "code_postal2": "Cp2", "commune2": "Commune2", "pays2": "Pays2",
			"cycle": " Cycle|cycle", "niveau": "Niveau", "classe": "Libellé classe|Classe|Classes élèves|Classes de l'élève|Classe ou regroupement",
			"classe_id": "Identifiant classe", "attestation": "Attestation fournie", "passage": "Décision de passage",
			"associations": "Autorisation associations|Autorisations associations", "photo": "Autorisation photo|Autorisations photos",
			"resp1_nom_famille":  "Nom responsable 1|Responsable 1 - Nom|Nom du responsable légal 1|Nom RL1|Parent 1 Nom",
			"resp2_tel_domicile": "Téléphone responsable 2|Tél. resp. 2", "resp1_lien": "Lien de parenté responsable 1|Qualité du responsable 1",
			"mere_nom_famille": "Nom mère|Nom de la mère|Mère nom|NOM MERE", "mere_prenom": "Prénom de la mère|Prénom maman",
			"mere_tel_portable": "Portable mère|Tél. portable de la mère", "mere_courriel": "Mail mère|E-mail de la mère|Adresse e-mail mère",
			"pere_nom_famille": "Nom père|Nom du père", "pere_tel_domicile": "Tél père|Téléphone du père|Fixe père", "pere_adresse": "Adresse père|Adresse du père",
			"": "Patronyme|Profession mère|Nationalité|Dispositif(s)|Etat|Date inscription|",
		},
		onde.Responsables: {
			"civilite": "Civilité Responsable", "nom_usage": "Nom usage responsable", "nom_famille": "Nom responsable", "prenom": "Prénom responsable",
			"adresse": "Adresse responsable", "code_postal": "CP responsable", "commune": "Commune responsable", "pays": "Pays", "courriel": "Courriel",
			"tel_domicile": "Téléphone domicile", "tel_travail": "Téléphone travail", "poste": "Numéro de poste", "tel_portable": "Téléphone portable",
			"communication": "Communication adresses", "enfant_nom_usage": "Nom d'usage enfant|Nom d'usage élève",
			"enfant_nom":    "Nom de famille enfant|Nom de famille élève|Nom de l'élève",
			"enfant_prenom": "Prénom enfant|Prénom élève|Prénom de l'élève",
			"enfant_classe": "Classes enfants|Classes élèves|Classes de l'élève|Classe ou regroupement", "enfant_ine": "INE enfant",
			"": "PCS|Date de naissance élève|Regroupement(s)",
		},
	} {
		for champ, headings := range known {
			for _, h := range strings.Split(headings, "|") {
				if got := onde.Correspondre([]string{h}, genre)[0]; got != champ {
					t.Errorf("%s: %q is read as %q, want %q", genre, h, got, champ)
				}
			}
		}
	}
}

// The parents whom a school's spreadsheet gives on the pupil's line: numbered, or named by what they are, in one heading
// or under a heading that spans their columns.
func TestParentsOnTheLine(t *testing.T) {
	const child = "ABADIE;Lina;04/03/2015;F;"
	for _, tt := range []struct{ name, head, cells, want string }{
		{"numbered", "Nom responsable 1;Prénom responsable 1;Nom responsable 2;Prénom responsable 2", "ABADIE;Anne;PUJOL;Luc", "ABADIE Anne, PUJOL Luc"},
		{"mother and father", "Nom mère;Prénom mère;Nom père;Prénom père", "ABADIE;Anne;PUJOL;Luc", "mere ABADIE Anne, pere PUJOL Luc"},
		{"father alone", "Nom de la mère;Prénom de la mère;Nom du père;Prénom du père", ";;PUJOL;Luc", "pere PUJOL Luc"},
		{"by his telephone alone, nobody", "Nom mère;Prénom mère;Tél mère", ";;0600000001", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := lireEleves(t, []byte("Nom;Prénom;Né(e) le;Sexe;"+tt.head+"\r\n"+child+tt.cells+"\r\n"))[0]
			if got := parents(e); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	e := lireEleves(t, []byte("Nom;Prénom;Né(e) le;Sexe;Nom mère;Prénom mère;Tél mère;Nom père;Prénom père;Tél père\r\n"+
		child+"ABADIE;Anne;612345678;PUJOL;Luc;05 62 00 00 01\r\n"))[0]
	if m, p := e.Responsables[0], e.Responsables[1]; m.TelPortable != "0612345678" || m.TelDomicile != "" || p.TelDomicile != "05 62 00 00 01" || p.TelPortable != "" {
		t.Errorf("numbers: %+v, %+v", m, p)
	}
	f, c, _ := ouvrir(t, []byte("Nom;Prénom;Né(e) le;Sexe;Nom mère;Prénom mère\r\n"+child+"ABADIE;\r\n"))
	if list, errs := onde.LireEleves(f, c); len(errs) != 1 || !errs[0].Avertit || errs[0].Colonne != "Nom mère" || len(list[0].Responsables) > 0 {
		t.Errorf("a mother without a first name: %+v, %+v", list, errs)
	}
	for _, head := range []string{
		"Élève;;;;Mère;;Père;\r\nNom;Prénom;Né(e) le;Sexe;Nom;Prénom;Nom;Prénom",
		"École Jean-Jaurès\r\n;;;;Mère;;Père;\r\nNom;Prénom;Né(e) le;Sexe;Nom;Prénom;Nom;Prénom",
	} {
		e := lireEleves(t, []byte(head+"\r\n"+child+"ABADIE;Anne;PUJOL;Luc\r\n"))[0]
		if got := parents(e); got != "mere ABADIE Anne, pere PUJOL Luc" || e.NomFamille != "ABADIE" || e.Prenom != "Lina" {
			t.Errorf("%q: %q of %s %s", head, got, e.NomFamille, e.Prenom)
		}
	}
}

func parents(e onde.Eleve) string {
	var list []string
	for _, r := range e.Responsables {
		list = append(list, strings.TrimSpace(r.Lien+" "+r.NomFamille+" "+r.Prenom))
	}
	return strings.Join(list, ", ")
}

// One asks what a responsable is to the pupil when no column and no heading says it.
func TestDemandeLien(t *testing.T) {
	for head, want := range map[string]bool{
		"Nom;Prénom": false, "Nom;Nom mère": false, "Nom;Nom responsable 1": true, "Nom;Nom responsable 2": true,
		"Nom;Nom responsable 1;Lien responsable 1": false, "Nom;Nom responsable 1;Lien responsable 1;Nom responsable 2": true,
		"Nom responsable;Nom de famille enfant": true, "Nom responsable;Nom de famille enfant;Lien de parenté": false,
	} {
		genre, c := onde.Reconnaitre(strings.Split(head, ";"))
		if got := c.DemandeLien(genre); got != want {
			t.Errorf("%s: %v", head, got)
		}
	}
}

// The file of responsables in the shapes it has had: one or several children, lines shorter than the headings, no number
// of a telephone extension, the civilities of old, the number of each child.
func TestResponsablesShapes(t *testing.T) {
	const who = "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;"
	const child = "Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants"
	const maite = ";;ABADIE;Maïté;12 rue de l'Échez;65000;Tarbes;FRANCE;m@exemple.fr;0562000001;;"
	for _, tt := range []struct{ name, content, civilite, enfants string }{
		{"two children", who + "Numéro de poste;Téléphone portable;" + child + ";" + child + "\r\nMME" + maite + ";0600000001;;ABADIE;Élodie;CM2;;ABADIE;Noé;CP", "Mme", "Élodie Noé"},
		{"a line shorter than the headings", who + "Numéro de poste;Téléphone portable;" + child + ";" + child + "\r\nMLLE" + maite + ";0600000001;;ABADIE;Élodie;CM2", "Mme", "Élodie"},
		{"no extension", who + "Téléphone portable;" + child + "\r\nM." + maite + "0600000001;;ABADIE;Élodie;CM2", "M.", "Élodie"},
		{"headings of 2019", who + "Téléphone portable;Nom d'usage élève;Nom de famille élève;Prénom élève;Classes élèves\r\nM" + maite + "0600000001;;ABADIE;Élodie;CM2", "M.", "Élodie"},
		{"with the numbers", who + "Téléphone portable;" + child + ";INE enfant\r\nMme" + maite + "0600000001;;ABADIE;Élodie;CM2;990000001EB", "Mme", "Élodie990000001EB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := lireResponsables(t, []byte(tt.content+"\r\n"))[0]
			var enfants []string
			for _, e := range r.Enfants {
				enfants = append(enfants, e.Prenom+e.INE)
			}
			if got := strings.Join(enfants, " "); r.Civilite != tt.civilite || got != tt.enfants || r.TelPortable != "0600000001" || r.NomFamille != "ABADIE" {
				t.Errorf("got %s, %+v", got, r)
			}
		})
	}
}
