package listes

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/pdf/pdftest"
)

// cas are the three lines of a column: an ordinary one, the longest, and the worst there is.
type cas [3]string

const (
	postale = pdftest.ComplementLong + ", " + pdftest.VoieLongue + ", 51290 " + pdftest.CommuneLongue
	numeros = "+34 612 345 678, 05 62 12 34 56, 05 62 65 43 21"
	ailleur = pdftest.NomAilleurs + " " + pdftest.PrenomAilleurs
	longue  = pdftest.UsageLong + " " + pdftest.PrenomLong
)

// cellulesTest are what the base gives for each column that a ready list has.
var cellulesTest = map[string]cas{
	"nom": {"ABADIE Lina", longue, ailleur}, "noms": {"Abadie", pdftest.UsageLong, pdftest.NomLong + ", " + pdftest.NomAilleurs},
	"sexe": {"F", "F", "M"}, "age": {"7", "7", "11"}, "naissance": {"2019-04-12", "2019-12-31", "2015-01-01"},
	"niveau": {"CE1", "CE1", "CM2"}, "cycle": {"CE1", "CE1", "CM2"}, "niveau_suivant": {"CE2", "CE2", ""},
	"classe": {"CE1 A", "PS-MS-GS Les Grands Ours", "PS-MS-GS Les Grands Ours"}, "classes": {"CE1 A", "PS-MS-GS Les Grands Ours", "CE1 A, CM2 B, PS-MS-GS Les Grands Ours"},
	"ecole": {"Jean-Jaurès, Tarbes", pdftest.EtablissementNom + ", " + pdftest.CommuneLongue, "École d’une autre commune"},
	"voie":  {"5 rue des Pyrénées", pdftest.ComplementLong + ", " + pdftest.VoieLongue, pdftest.VoieLongue}, "code_postal": {"65000", "51290", "51290"},
	"commune": {"Tarbes", pdftest.CommuneLongue, pdftest.CommuneLongue}, "adresse": {"5 rue des Pyrénées, 65000 Tarbes", postale, postale},
	"inscrit_le": {"2026-06-01", "2026-06-01", ""}, "effet": {"2026-09-01", "2026-09-01", "2027-01-04"}, "admission": {"2026-09-01", "2026-09-01", ""},
	"radiation": {"2026-11-19", "2026-11-19", "2026-11-20"}, "motif_radiation": {"demenagement", "demenagement", "demenagement"},
	"destination": {"Arago, Tarbes", pdftest.EtablissementNom + ", " + pdftest.CommuneLongue, ""}, "etat": {"admis_definitif", "admis_accepte", "admissible"},
	"passage": {"passage_anticipe", "maintien", "passage_6e"}, "etat_passage": {"propose", "decide", "en_recours"}, "etat_ine": {"en_attente", "bloque_doublon", "en_verification"},
	"groupes":      {"Chorale", "Chorale, Théâtre d’ombres et marionnettes, Natation du lundi", ""},
	"responsables": {"Anne Abadie", longue + ", " + longue, strings.Repeat(ailleur+", ", 5) + pdftest.OrganismeLong},
	"telephones":   {"06 00 00 00 01", numeros, strings.Repeat(numeros+", ", 5) + "05 62 00 00 00"},
	"resp1":        {"Anne Abadie", longue, ailleur}, "resp2": {"", longue, pdftest.OrganismeLong}, "resp1_tel": {"06 00 00 00 01", numeros, numeros}, "resp2_tel": {"", numeros, numeros},
	"courriel": {"anne.abadie@exemple.fr", pdftest.CourrielLong, pdftest.CourrielLong}, "enfants": {"Lina", pdftest.PrenomLong + ", Noé", strings.Repeat(pdftest.PrenomAilleurs+", ", 4) + "Zoé"},
	"urgence": {"Denise Abadie 05 62 00 00 02", longue + " " + numeros, strings.Repeat(ailleur+" "+numeros+", ", 4) + "Zoé Abadie 06 00 00 00 09"}, "autorises": {"Denise Abadie", longue, strings.Repeat(ailleur+", ", 4) + "Zoé"},
	"services": {"restaurant", "garderie du matin, restaurant, étude, garderie du soir, transport", ""},
	"assureur": {"MAE", "Mutuelle des parents et amis de l’enseignement public", ""}, "photo": {"oui", "non", ""}, "rentre_seul": {"oui", "non", ""},
}

// Each ready list keeps its words and its looks on paper, with an ordinary line, the longest names, and the worst: six
// guardians, letters of elsewhere.
func TestGolden(t *testing.T) {
	for _, tt := range []struct {
		role  habilitation.Role
		codes []string // all of the role's when none is said
	}{
		{habilitation.Directeur, nil}, {habilitation.Mairie, []string{"attente", "inscrits", "restaurant"}}, {habilitation.IA, []string{"presents", "hors_commune", "quittants"}},
	} {
		for _, p := range liste.Pretes(tt.role) {
			if len(tt.codes) > 0 && !strings.Contains(" "+strings.Join(tt.codes, " ")+" ", " "+p.Code+" ") {
				continue
			}
			t.Run(string(tt.role)+"-"+p.Code, func(t *testing.T) {
				file, err := pretee(t, p, tt.role).table().PDF()
				if err != nil {
					t.Fatal(err)
				}
				pdftest.Golden(t, string(tt.role)+"-"+p.Code, file)
			})
		}
	}
}

// pretee is a ready list of three lines, two of them under one heading.
func pretee(t *testing.T, p liste.Prete, role habilitation.Role) *demande {
	t.Helper()
	jour := date.Du(2026, time.November, 20)
	d := &demande{def: p.Definition, prete: p.Code, agent: habilitation.Agent{
		Role: role, Territoire: pdftest.EtablissementNom + ", " + pdftest.CommuneLongue, Maintenant: jour,
	}}
	for i := range 3 {
		l := liste.Ligne{Total: 3, Rang: i + 1}
		for _, c := range d.colonnes() {
			if c.Code == liste.Vide {
				continue
			}
			known, written := cellulesTest[c.Code]
			if !written {
				t.Fatalf("no cell for the column %q", c.Code)
			}
			l.Cellules = append(l.Cellules, known[i])
		}
		l.Groupe = groupeTest(d.def.Groupe)[i]
		d.lignes = append(d.lignes, l)
	}
	return d
}

// groupeTest are the headings of the three lines.
func groupeTest(par string) cas {
	switch par {
	case "annee_naissance":
		return cas{"2019", "2019", "2015"}
	case "mois":
		return cas{"4", "4", "12"}
	}
	g := cellulesTest[cmp.Or(par, "sexe")]
	g[1] = g[0]
	return g
}
