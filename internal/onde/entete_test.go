package onde

import (
	"strings"
	"testing"
	"time"
)

// entete is the heading of a file as ONDE writes it (formats.md §1.1, §1.3), each title between quotes.
func entete(titles string) string {
	return `"` + strings.ReplaceAll(titles, ";", `";"`) + "\"\r\n"
}

const (
	enteteEleves = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;Commune2;Pays2; Cycle;" +
		"Niveau;Libellé classe;Identifiant classe;Attestation fournie;Autorisation associations;Autorisation photo;Décision de passage"
	enteteResponsable = "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;Commune responsable;" +
		"Pays;Courriel;Téléphone domicile;Téléphone travail;Numéro de poste;Téléphone portable"
	enteteEnfant = ";Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants"
)

// The headings are ONDE's to the byte, in both encodings: readers know the columns by them, the blank before Cycle included.
func TestHeadingsAreOndes(t *testing.T) {
	pupils := []Eleve{{NomFamille: "ABADIE", Prenom: "Élodie", Naissance: time.Date(2015, 3, 4, 0, 0, 0, 0, time.UTC)}}
	people := []Responsable{{NomFamille: "ABADIE", Enfants: []Enfant{{Prenom: "Élodie"}, {Prenom: "Zoé"}}}}
	for _, e := range []Encodage{Latin1, UTF8} {
		written := func(s string) string {
			if e == Latin1 {
				return string(latin1(s))
			}
			return string(markUTF8) + s
		}
		for _, tt := range []struct {
			name, want string
			file       func() ([]byte, []Remplacement)
		}{
			{"élèves", entete(enteteEleves), func() ([]byte, []Remplacement) { return EcrireEleves(pupils, e) }},
			{"responsables", entete(enteteResponsable + enteteEnfant + enteteEnfant), func() ([]byte, []Remplacement) { return EcrireResponsables(people, e, false) }},
			{"étendu", entete(enteteResponsable + enteteEnfant + enteteEnfant + ";INE enfant;INE enfant"),
				func() ([]byte, []Remplacement) { return EcrireResponsables(people, e, true) }},
		} {
			file, _ := tt.file()
			if got, _, _ := strings.Cut(string(file), "\n"); got+"\n" != written(tt.want) {
				t.Errorf("%s, %s: heading\n%q\nwant\n%q", tt.name, e, got, tt.want)
			}
		}
	}
}
