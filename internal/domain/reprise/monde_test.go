package reprise_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/reprise"
	"base-eleves/internal/onde"
)

var (
	novembre = time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)
	avril    = time.Date(2019, time.April, 12, 0, 0, 0, 0, time.UTC)
)

// base is a primary school of one class, with Lina Abadie in it.
func base() reprise.Base {
	class, lina, home := uuid.New(), uuid.New(), uuid.New()
	scolarite, affectation, rentree := uuid.New(), uuid.New(), time.Date(2026, time.September, 1, 0, 0, 0, 0, time.UTC)
	return reprise.Base{
		Ecole: "0659001F", Type: ecole.Primaire, Annee: 2026, Aujourdhui: novembre,
		Classes: []reprise.Classe{{ID: class, LibelleCourt: "CE1 A", LibelleLong: "Les lynx", Numero: 7, Niveaux: []string{"CE1"}}},
		Eleves: []reprise.Eleve{{
			ID: lina, TenuPar: "ecole", NomFamille: "Abadie", Prenom: "Lina", Sexe: "F", DateNaissance: avril, CommuneNaissanceInsee: "65440",
			AdresseID: &home, Adresse: "5 rue des Pyrénées", CodePostal: "65000", Commune: "Tarbes", Pays: "France",
			ScolariteID: &scolarite, Etat: "admis_definitif", Niveau: "CE1", ClasseID: &class, AffectationID: &affectation, AffectationDebut: &rentree,
			INE: "990000001EB",
		}},
		Responsables: []reprise.Responsable{{
			ID: uuid.New(), EleveID: lina, Nature: "personne", Civilite: "Mme", NomFamille: "Abadie", Prenom: "Anne", AdresseID: &home,
			Adresse: "5 rue des Pyrénées", CodePostal: "65000", Commune: "Tarbes", Pays: "France", TelPortable: "06 00 00 00 01",
			Lien: "mere", AutoriteParentale: true, Rang: 1,
		}},
	}
}

// fichier reads a file as it would come.
func fichier(t *testing.T, content string) reprise.Fichier {
	t.Helper()
	sheet, err := onde.Ouvrir([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	genre, c := onde.Reconnaitre(sheet.Titres)
	f := reprise.Fichier{Genre: genre, Liens: reprise.ParCivilite}
	if genre == onde.Responsables {
		f.Responsables, f.Erreurs = onde.LireResponsables(sheet, c)
	} else {
		f.Eleves, f.Erreurs = onde.LireEleves(sheet, c)
	}
	return f
}

const titres = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Niveau;Libellé classe;Identifiant classe;Attestation fournie\r\n"

const (
	lina = "ABADIE;;LINA;2019-04-12;F;990000001EB;5 RUE DES PYRENEES;65000;TARBES;FRANCE;CE1;ce1 a;7;\r\n"
	hugo = "PUJOL;;Hugo;2018-02-01;M;;1 place Verdun;65000;Tarbes;FRANCE;CE2;CE2 B;42;Oui\r\n"
)

func planifier(t *testing.T, b reprise.Base, lines ...string) reprise.Plan {
	t.Helper()
	return reprise.Planifier(fichier(t, titres+strings.Join(lines, "")), b)
}

func dits(p reprise.Plan) string {
	var said []string
	for _, l := range p.Lignes {
		s := string(l.Sort)
		for _, c := range l.Champs {
			s += "|" + c.Libelle + ":" + c.Avant + ">" + c.Apres
		}
		said = append(said, s)
	}
	return strings.Join(said, "\n")
}
