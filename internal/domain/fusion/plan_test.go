package fusion_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"base-eleves/internal/domain/fusion"
	_ "base-eleves/internal/fixture/graine"
)

// base is a base small enough to be compared whole.
type base []fusion.Ligne

func (b base) copy() base {
	c := slices.Clone(b)
	for i := range c {
		c[i].Cle, c[i].Colonnes = maps.Clone(c[i].Cle), maps.Clone(c[i].Colonnes)
	}
	return c
}

// value reads a column, of the key or not.
func value(l fusion.Ligne, column string) *string {
	if v, ok := l.Cle[column]; ok {
		return &v
	}
	return l.Colonnes[column]
}

func same(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// apply changes the one row that the change names, if it is still what it was: what the SQL of the package does.
func (b base) apply(c fusion.Changement) bool {
	for i, l := range b {
		matches := l.Table == c.Table && same(value(l, c.Colonne), c.Avant)
		for column, v := range c.Cle {
			matches = matches && same(value(l, column), &v)
		}
		if !matches {
			continue
		}
		if _, key := l.Cle[c.Colonne]; key {
			b[i].Cle[c.Colonne] = *c.Apres
		} else {
			b[i].Colonnes[c.Colonne] = c.Apres
		}
		return true
	}
	return false
}

func (b base) dossier(id string) (d fusion.Dossier) {
	for _, l := range b {
		switch {
		case l.Table == "eleve" && l.Cle["id"] == id:
			d.Eleve = l
		case l.Table != "eleve" && same(value(l, "eleve_id"), &id):
			d.Lignes = append(d.Lignes, l)
		}
	}
	return d
}

// drawBase draws two files, each with lines of every kind.
func drawBase(t *rapid.T) (b base) {
	few := rapid.SampledFrom([]string{"A", "B", "C"})
	text := func(s string) *string { return &s }
	year := func() *string { return text(rapid.SampledFrom([]string{"2025", "2026"}).Draw(t, "annee")) }
	for _, id := range []string{"garde", "absorbe"} {
		eleve := fusion.Ligne{Table: "eleve", Cle: map[string]string{"id": id}, Colonnes: map[string]*string{"etat": text("actif")}}
		for _, champ := range fusion.Champs {
			eleve.Colonnes[champ] = text(few.Draw(t, champ))
		}
		b = append(b, eleve)
		add := func(table string, n int, cle map[string]string, colonnes map[string]*string) {
			if _, ok := cle["eleve_id"]; !ok {
				colonnes["eleve_id"] = text(id)
			}
			if cle == nil {
				cle = map[string]string{"id": fmt.Sprintf("%s-%s-%d", table, id, n)}
			}
			b = append(b, fusion.Ligne{Table: table, Cle: cle, Colonnes: colonnes})
		}
		for n := range rapid.IntRange(0, 3).Draw(t, "scolarites") {
			etat := rapid.SampledFrom([]string{"admissible", "admis_accepte", "admis_definitif", "radie"}).Draw(t, "etat")
			s := map[string]*string{
				"ecole_uai": text(few.Draw(t, "ecole")), "annee": year(), "etat": &etat, "fin_annee": text("2027-08-31"),
				"date_admission": nil, "date_radiation": nil, "classe_id": text("K"), "motif_annulation": text(""),
				"nom_famille": text("N"), "nom_usage": text(""), "prenom": text("P"), "sexe": text("F"), "date_naissance": text("D"),
			}
			if etat == "admis_definitif" || etat == "radie" {
				s["date_admission"] = text(fmt.Sprintf("2026-%02d-01", rapid.IntRange(1, 6).Draw(t, "admission")))
			}
			if etat == "radie" {
				s["date_radiation"] = text(fmt.Sprintf("2026-%02d-01", rapid.IntRange(6, 12).Draw(t, "radiation")))
			}
			add("scolarite", n, nil, s)
			add("affectation", n, nil, map[string]*string{
				"scolarite_id": text(fmt.Sprintf("scolarite-%s-%d", id, n)), "debut": text("2026-09-01"), "fin": nil,
			})
		}
		for n := range rapid.IntRange(0, 2).Draw(t, "inscriptions") {
			add("inscription", n, nil, map[string]*string{
				"annee": year(), "etat": text(rapid.SampledFrom([]string{"inscrit", "transformee"}).Draw(t, "etat")),
				"motif_annulation": text(""), "nom_famille": text("N"), "nom_usage": text(""), "prenom": text("P"),
				"sexe": text("F"), "date_naissance": text("D"),
			})
		}
		for n, r := range rapid.SliceOfNDistinct(few, 0, 3, rapid.ID).Draw(t, "responsables") {
			add("lien_responsable", n, map[string]string{"eleve_id": id, "responsable_id": r}, map[string]*string{
				"rang": text(fmt.Sprint(n + 1)), "nom": text(few.Draw(t, "nom")), "responsable_id": text(r),
			})
		}
		for n := range rapid.IntRange(0, 2).Draw(t, "personnes") {
			add("personne_autorisee", n, nil, map[string]*string{"rang": text(fmt.Sprint(n + 1)), "nom": text(few.Draw(t, "nom"))})
		}
		for _, table := range []string{"periscolaire", "autorisation"} {
			if rapid.Bool().Draw(t, table) {
				y := year()
				add(table, 0, map[string]string{"eleve_id": id, "annee": *y}, map[string]*string{"annee": y, "photo": text("oui")})
			}
		}
		if rapid.Bool().Draw(t, "opposition") {
			add("opposition", 0, nil, map[string]*string{"levee_le": nil})
		}
	}
	return b
}

// editions are the columns that somebody may change after the merge.
var editions = map[string][]string{
	"eleve": {"prenom", "nom_famille", "date_naissance"}, "scolarite": {"classe_id", "niveau"},
	"lien_responsable": {"rang", "lien"}, "personne_autorisee": {"nom"}, "periscolaire": {"photo"},
}

// Merge, let people work on, unmerge: every column is what it was, but those changed in between, which stay changed.
func TestMergeThenUnmergeIsIdentity(t *testing.T) {
	moved, edited := 0, 0
	check := func(t *rapid.T) {
		before := drawBase(t)
		now := before.copy()
		taken := slices.DeleteFunc(slices.Clone(fusion.Champs), func(string) bool { return rapid.Bool().Draw(t, "garder") })
		changes := fusion.Planifier(now.dossier("garde"), now.dossier("absorbe"), taken, "2026-11-21")
		for _, c := range changes {
			if !now.apply(c) {
				t.Fatalf("the plan names a row that is not there: %+v", c)
			}
			moved++
		}
		typed := map[string]bool{}
		for n := range rapid.IntRange(0, 4).Draw(t, "éditions") {
			i := rapid.IntRange(0, len(now)-1).Draw(t, "ligne")
			columns := editions[now[i].Table]
			if len(columns) == 0 {
				continue
			}
			column := rapid.SampledFrom(columns).Draw(t, "colonne")
			v := fmt.Sprint("tapé ", n)
			now[i].Colonnes[column] = &v
			typed[fmt.Sprint(i, column)] = true
			edited++
		}
		afterEdits := now.copy()
		for _, c := range slices.Backward(changes) {
			now.apply(c.Inverse())
		}
		for i, l := range now {
			for _, column := range slices.Sorted(maps.Keys(columnsOf(l, before[i]))) {
				want := value(before[i], column)
				if typed[fmt.Sprint(i, column)] {
					want = value(afterEdits[i], column)
				}
				if got := value(l, column); !same(got, want) {
					t.Fatalf("%s.%s is %v, was %v", l.Table, column, got, want)
				}
			}
		}
	}
	for range iterations / 100 { // rapid draws a hundred at a time
		rapid.Check(t, check)
	}
	if moved == 0 || edited == 0 {
		t.Errorf("%d changes, %d edits: this test proves nothing", moved, edited)
	}
}

// iterations is how many pairs are drawn.
const iterations = 10_000

func columnsOf(a, b fusion.Ligne) map[string]bool {
	all := map[string]bool{}
	for _, m := range []map[string]*string{a.Colonnes, b.Colonnes} {
		for column := range m {
			all[column] = true
		}
	}
	for column := range a.Cle {
		all[column] = true
	}
	return all
}

// The control: read forwards, the list does not undo.
func TestUndoingInTheWrongOrderFails(t *testing.T) {
	nom := "N"
	eleve := func(id string) fusion.Ligne {
		etat := "actif"
		return fusion.Ligne{Table: "eleve", Cle: map[string]string{"id": id}, Colonnes: map[string]*string{"etat": &etat}}
	}
	rang := "1"
	b := base{
		eleve("garde"), eleve("absorbe"),
		{Table: "lien_responsable", Cle: map[string]string{"eleve_id": "garde", "responsable_id": "R"}, Colonnes: map[string]*string{"rang": &rang, "nom": nil}},
		{Table: "lien_responsable", Cle: map[string]string{"eleve_id": "absorbe", "responsable_id": "S"}, Colonnes: map[string]*string{"rang": &rang, "nom": &nom}},
	}
	before := b.copy()
	changes := fusion.Planifier(b.dossier("garde"), b.dossier("absorbe"), nil, "2026-11-21")
	for _, c := range changes {
		b.apply(c)
	}
	for _, c := range changes {
		b.apply(c.Inverse())
	}
	if same(value(b[3], "rang"), value(before[3], "rang")) {
		t.Error("the order does not matter: the test above proves little")
	}
}
