package reprise_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/reprise"
	"base-eleves/internal/onde"
)

// What becomes of a line of pupils, and why.
func TestElevesLine(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		change     func(*reprise.Base)
		want       string // the fate and the fields
		motif      string // of the refusal or of the warning, "" for none
	}{
		{"le même, écrit autrement", lina, nil, "inchange", ""},
		{"une autre adresse", strings.Replace(lina, "5 RUE", "7 RUE", 1), nil,
			"modifie|Adresse:5 rue des Pyrénées, 65000 Tarbes>7 RUE DES PYRENEES, 65000 Tarbes", ""},
		{"un nom d’usage de plus", strings.Replace(lina, "ABADIE;;", "ABADIE;DUPUY;", 1), nil, "modifie|Nom d’usage:>Dupuy", ""},
		{"une attestation", strings.Replace(lina, "7;\r", "7;Oui\r", 1), nil, "modifie|Attestation d’assurance:Non>Oui", ""},
		{"une autre classe, d’un autre niveau", strings.Replace(lina, "CE1;ce1 a;7", "CE2;CE2 B;9", 1), nil, "modifie|Niveau:CE1>CE2|Classe:CE1 A>CE2 B", ""},
		{"la classe par son nom long", strings.Replace(lina, "ce1 a", "Les Lynx", 1), nil, "inchange", ""},
		{"une cellule vide n’efface rien", "ABADIE;;Lina;2019-04-12;F;;;;;;;;;\r\n", nil, "inchange", ""},
		{"un nouveau", hugo, nil, "cree|Adresse:>1 place Verdun, 65000 Tarbes|Niveau:>CE2|Classe:>CE2 B|Attestation d’assurance:Non>Oui", ""},
		{"d’une année précédente, sans scolarité", lina, func(b *reprise.Base) { b.Eleves[0].ScolariteID, b.Eleves[0].Etat = nil, "" },
			"modifie|Niveau:>CE1|Classe:>CE1 A", ""},
		{"l’INE ne suffit pas à le reconnaître", strings.Replace(lina, "LINA", "LOUISE", 1), nil, "refuse", "Cet INE est celui d’un autre élève"},
		{"un autre INE que celui de la base", strings.Replace(lina, "990000001EB", "990000002EA", 1), nil, "inchange", "L’élève a un autre INE"},
		{"un INE sans forme", strings.Replace(lina, "990000001EB", "12", 1), nil, "inchange", "n’a pas la forme"},
		{"une clé inhabituelle est reprise", strings.Replace(lina, "990000001EB", "990000001EA", 1), func(b *reprise.Base) { b.Eleves[0].INE = "" },
			"modifie|INE:>••••••••1EA", "La clé de cet INE est inhabituelle"},
		{"le même nom, né un autre jour", strings.Replace(strings.Replace(lina, "990000001EB", "", 1), "2019-04-12", "2019-12-04", 1), nil,
			"cree|Adresse:>5 RUE DES PYRENEES, 65000 Tarbes|Niveau:>CE1|Classe:>CE1 A", "un nouvel élève sera créé"},
		{"radié dans l’année", lina, func(b *reprise.Base) { b.Eleves[0].Etat = "radie" }, "refuse", "a été radié"},
		{"inscrit par la mairie", lina, func(b *reprise.Base) { b.Eleves[0].ScolariteID, b.Eleves[0].TenuPar = nil, "mairie" }, "refuse", "attend la réponse"},
		{"connu ailleurs", hugo, func(b *reprise.Base) {
			b.Ailleurs = []reprise.Ailleurs{{Ligne: 2, Ecole: "École du Lapacca", Commune: "Lourdes"}}
		},
			"refuse", "hors de votre école"},
		{"deux homonyms nés le même jour", strings.Replace(lina, "990000001EB", "", 1), func(b *reprise.Base) {
			other := b.Eleves[0]
			other.ID, other.INE = uuid.New(), "990000003DK"
			b.Eleves = append(b.Eleves, other)
		}, "refuse", "Plusieurs élèves de l’école"},
		{"deux homonyms que l’INE sépare", lina, func(b *reprise.Base) {
			other := b.Eleves[0]
			other.ID, other.INE = uuid.New(), "990000003DK"
			b.Eleves = append(b.Eleves, other)
		}, "inchange", ""},
		{"une commune qui n’existe pas", strings.Replace(hugo, "65000;Tarbes", "65999;Nulleville", 1), nil,
			"cree|Niveau:>CE2|Classe:>CE2 B|Attestation d’assurance:Non>Oui", "l’adresse est laissée de côté"},
		{"une commune qui n’existe pas, pour qui en a une", strings.Replace(lina, "65000;TARBES", "65999;Nulleville", 1), nil,
			"inchange", "l’adresse est laissée de côté"},
		{"une adresse à l’étranger", strings.Replace(hugo, "65000;Tarbes;FRANCE", "50001;Zaragoza;ESPAGNE", 1), nil,
			"cree|Adresse:>1 place Verdun, 50001 Zaragoza, Espagne|Niveau:>CE2|Classe:>CE2 B|Attestation d’assurance:Non>Oui", ""},
		{"sans niveau", strings.Replace(hugo, "CE2;CE2 B", ";", 1), nil, "refuse", "Le niveau manque"},
		{"le niveau de la seule classe", strings.Replace(hugo, "CE2;CE2 B", ";CE1 A", 1), nil,
			"cree|Adresse:>1 place Verdun, 65000 Tarbes|Niveau:>CE1|Classe:>CE1 A|Attestation d’assurance:Non>Oui", ""},
		{"trop âgé", strings.Replace(hugo, "2018", "2001", 1), nil, "refuse", "de 2 à 14 ans"},
		{"un chiffre dans le nom", strings.Replace(hugo, "PUJOL", "PUJ0L", 1), nil, "refuse", "ni chiffre"},
		{"une date illisible", strings.Replace(hugo, "2018-02-01", "31/02/2018", 1), nil, "refuse", "ne peut pas être lue"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := base()
			if tt.change != nil {
				tt.change(&b)
			}
			p := planifier(t, b, tt.line)
			if got := dits(p); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if (len(p.Erreurs) > 0) != (tt.motif != "") || tt.motif != "" && !strings.Contains(p.Erreurs[0].Motif, tt.motif) {
				t.Errorf("said %+v", p.Erreurs)
			}
			if p.Lignes[0].Sort == reprise.Refuse && len(p.Changements) > 0 {
				t.Errorf("a line refused changes %+v", p.Changements)
			}
		})
	}
}

// The level that a school does not have.
func TestNiveauHorsEcole(t *testing.T) {
	b := base()
	b.Type = "maternelle"
	if p := planifier(t, b, hugo); dits(p) != "refuse" || !strings.Contains(p.Erreurs[0].Motif, "L’école n’a pas de") {
		t.Errorf("got %s, %+v", dits(p), p.Erreurs)
	}
}

// Nobody whom no line names is touched.
func TestAbsence(t *testing.T) {
	b := base()
	gone := b.Eleves[0].ID
	for _, c := range planifier(t, b, hugo).Changements {
		if c.Eleve == gone || c.ID == gone {
			t.Errorf("the file does not name her and %+v", c)
		}
	}
}

// The same child twice in a file: once only. Brothers and sisters share a home; other families do not.
func TestSharing(t *testing.T) {
	sister := strings.Replace(hugo, "Hugo;2018", "Inès;2017", 1)
	neighbour := strings.Replace(hugo, "PUJOL;;Hugo", "DUPUY;;Noé", 1)
	p := planifier(t, base(), hugo, sister, neighbour, hugo)
	if n := p.Compte(); n[reprise.Cree] != 3 || n[reprise.Refuse] != 1 {
		t.Errorf("got %v, %+v", n, p.Erreurs)
	}
	count := map[string]int{}
	for _, c := range p.Changements {
		count[c.Objet]++
	}
	if count["adresse"] != 2 || count["classe"] != 1 || count["classe_niveau"] != 1 || count["eleve"] != 3 || count["scolarite"] != 3 {
		t.Errorf("planned %v", count)
	}
}

const titresR = "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;Commune responsable;Pays;Courriel;" +
	"Téléphone domicile;Téléphone portable;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants\r\n"

const (
	anne  = "MME;;ABADIE;ANNE;5 rue des Pyrenees;65000;Tarbes;FRANCE;;;0600000001;;ABADIE;Lina;CE1 A\r\n"
	marc  = "M.;;ABADIE;Marc;5 rue des Pyrénées;65000;Tarbes;FRANCE;marc@exemple.fr;;0600000002;;ABADIE;Lina;CE1 A\r\n"
	foyer = ";;Foyer des Gaves;;2 rue Foch;65000;Tarbes;FRANCE;;0562000000;;;ABADIE;Lina;CE1 A\r\n"
)

func TestResponsablesLine(t *testing.T) {
	for _, tt := range []struct{ name, line, want, motif string }{
		{"le même", anne, "inchange", ""},
		{"un autre téléphone", strings.Replace(anne, "0600000001", "0600000009", 1), "modifie|Téléphone portable:06 00 00 00 01>06 00 00 00 09", ""},
		{"le père de plus", marc, "cree|Responsable:>M. Abadie Marc|Lien avec l’élève:>Père", ""},
		{"un organisme", foyer, "cree|Responsable:>Foyer des Gaves|Lien avec l’élève:>Autre lien", ""},
		{"un téléphone impossible", strings.Replace(anne, "0600000001", "12", 1), "inchange", "Cette coordonnée"},
		{"un enfant inconnu", strings.Replace(anne, "ABADIE;Lina", "ABADIE;Luc", 1), "refuse", "n’est pas dans l’école"},
		{"une commune qui n’existe pas", strings.Replace(marc, "65000;Tarbes", "65999;Nulleville", 1),
			"cree|Responsable:>M. Abadie Marc|Lien avec l’élève:>Père", "l’adresse est laissée de côté"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := reprise.Planifier(fichier(t, titresR+tt.line), base())
			if got := dits(p); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if (len(p.Erreurs) > 0) != (tt.motif != "") || tt.motif != "" && !strings.Contains(p.Erreurs[0].Motif, tt.motif) {
				t.Errorf("said %+v", p.Erreurs)
			}
		})
	}
}

// A person is shared by brothers and sisters: the same name and a coordinate in common. A homonym of another home is
// another person, and a change for one child is one for all.
func TestSharedResponsable(t *testing.T) {
	b := base()
	brother := b.Eleves[0]
	brother.ID, brother.Prenom, brother.INE = uuid.New(), "Ugo", ""
	b.Eleves = append(b.Eleves, brother)
	ofUgo := func(line string) string { return strings.Replace(line, "ABADIE;Lina", "ABADIE;Ugo", 1) }
	for _, tt := range []struct {
		name, lines string
		persons     int
		links       int
	}{
		{"déjà responsable de la sœur", ofUgo(anne), 0, 1},
		{"deux lignes de la même personne", marc + ofUgo(marc), 1, 2},
		{"deux lignes, par le seul téléphone", marc + ofUgo(strings.Replace(marc, "5 rue des Pyrénées", "9 rue Foch", 1)), 1, 2},
		{"un homonyme d’un autre foyer", ofUgo(strings.NewReplacer("5 rue des Pyrenees", "9 rue Foch", "0600000001", "0600000007").Replace(anne)), 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := reprise.Planifier(fichier(t, titresR+tt.lines), b)
			count := map[string]int{}
			for _, c := range p.Changements {
				if c.Ajout {
					count[c.Objet]++
				}
			}
			if count["responsable"] != tt.persons || count["lien_responsable"] != tt.links {
				t.Errorf("planned %v: %s", count, dits(p))
			}
		})
	}
}

// Faults are gathered by what is wrong, with each line and its value.
func TestGroupes(t *testing.T) {
	bad := strings.Replace(hugo, "2018-02-01", "hier", 1)
	groups := planifier(t, base(), bad, strings.Replace(bad, "Hugo", "Léo", 1), strings.Replace(hugo, "CE2;CE2 B", ";", 1)).Groupes()
	if len(groups) != 2 || len(groups[0].Erreurs) != 2 || groups[0].Colonne != "Date naissance" || groups[0].Erreurs[1].Ligne != 3 || groups[0].Remede == "" {
		t.Errorf("got %+v", groups)
	}
}

// A protected address is neither compared nor written in an export.
func TestProtegee(t *testing.T) {
	b := base()
	b.Eleves[0].Protegee, b.Responsables[0].Protegee = true, true
	if got := dits(planifier(t, b, strings.Replace(lina, "5 RUE", "7 RUE", 1))); got != "inchange" {
		t.Errorf("got %s", got)
	}
	eleves, _ := onde.EcrireEleves(reprise.ExporterEleves(b), onde.UTF8)
	responsables, _ := onde.EcrireResponsables(reprise.ExporterResponsables(b), onde.UTF8, true)
	if strings.Contains(string(eleves)+string(responsables), "Pyr") {
		t.Errorf("exported %s %s", eleves, responsables)
	}
	eleves, _ = onde.EcrireEleves(reprise.ExporterEleves(base()), onde.UTF8)
	if !strings.Contains(string(eleves), "Pyr") { // control
		t.Errorf("an address that is not protected is lost: %s", eleves)
	}
}

// What the school exports, imported again, changes nothing.
func TestExportChangesNothing(t *testing.T) {
	b := base()
	eleves, _ := onde.EcrireEleves(reprise.ExporterEleves(b), onde.Latin1)
	responsables, _ := onde.EcrireResponsables(reprise.ExporterResponsables(b), onde.Latin1, false)
	for _, content := range [][]byte{eleves, responsables} {
		p := reprise.Planifier(fichier(t, string(content)), b)
		if got := dits(p); got != "inchange" || len(p.Changements)+len(p.Erreurs) > 0 {
			t.Errorf("%s: %s, %+v", content, got, p.Erreurs)
		}
	}
}
