package classes_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

const (
	reprendre = "/classes/reprendre?annee=2027"
	reprises  = `select count(*) from classe where annee = 2027 and ecole_uai = '0659001F'`
	niveaux   = `select count(*) from classe_niveau n join classe c on c.id = n.classe_id where c.annee = 2027`
)

// The next year has the classes of this one, once, with their niveaux; those already made by hand are not doubled.
func TestReprendreLesClasses(t *testing.T) {
	m := fixture.New(t)
	classes := fixture.Valeur[int](m, `select count(*) from classe where annee = 2026 and ecole_uai = '0659001F'`)
	fixture.Shows(t, m.Get("directeur", "/classes?annee=2027").Body, []string{"Reprendre 2\u00a0classes de 2026-2027"}, nil)
	fixture.Shows(t, m.Get("directeur", "/classes").Body, nil, []string{"Reprendre"})
	m.Post("directeur", "/classes/nouvelle", form("libelle_court", "CE1 A", "annee", "2027"))
	if got := m.Post("directeur", reprendre, url.Values{}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	if n := fixture.Valeur[int](m, reprises); n != classes {
		t.Errorf("%d classes in 2027, want %d", n, classes)
	}
	if n := fixture.Valeur[int](m, niveaux); n != 3 {
		t.Errorf("%d niveaux, want the one made by hand and the two copied", n)
	}
	if got := m.Post("directeur", reprendre, url.Values{}); got.Code != 422 {
		t.Errorf("a second time: %d, want 422", got.Code)
	}
}

// The copy is taken back, but for what was changed since.
func TestAnnulerLaReprise(t *testing.T) {
	m := fixture.New(t)
	m.Post("directeur", reprendre, url.Values{})
	if _, err := m.Tx.Exec(t.Context(), `update classe set version = 2 where annee = 2027 and libelle_court = 'CE1 A'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Post("directeur", "/classes/reprendre/annuler?annee=2027", url.Values{}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	if n := fixture.Valeur[int](m, reprises); n != 1 {
		t.Errorf("%d classes left, want the one that was changed", n)
	}
	if got := m.Post("directeur", "/classes/reprendre/annuler?annee=2027", url.Values{}); got.Code != 422 {
		t.Errorf("nothing left to take back: %d, want 422", got.Code)
	}
}

func TestWhoCopiesClasses(t *testing.T) {
	for _, agent := range []string{"mairie", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			if got := fixture.New(t).Post(agent, reprendre, url.Values{}); got.Code != 403 {
				t.Errorf("got %d, want 403", got.Code)
			}
		})
	}
}

// The groups, the ULIS and all who teach come with the classes, in the year under way too; nobody is in them.
func TestReprendreToute(t *testing.T) {
	m := fixture.New(t)
	for _, sql := range []string{
		`insert into groupe (id, ecole_uai, annee, libelle, nature) values (gen_random_uuid(), '0659001F', 2026, 'Chorale', 'arts')`,
		`insert into ulis (id, ecole_uai, annee, libelle, enseignant) values (gen_random_uuid(), '0659001F', 2026, 'ULIS école', 'Mme Lacaze')`,
		`insert into classe_enseignant values ('` + fixture.CE1.String() + `', 1, '0659001F', 'M. Rey', 'decharge', 'jeudi')`,
		`insert into classe (id, ecole_uai, annee, libelle_court) values (gen_random_uuid(), '0659001F', 2025, 'CE1 A'), (gen_random_uuid(), '0659001F', 2025, 'CP')`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	fixture.Shows(t, m.Get("directeur", "/classes?annee=2027").Body, []string{"Reprendre 2\u00a0classes, 1\u00a0groupe, le dispositif ULIS de 2026-2027"}, nil)
	fixture.Shows(t, m.Get("directeur", "/classes").Body, []string{"Reprendre 1\u00a0classe de 2025-2026", "Reprendre ce qui manque de l’année dernière"}, nil)
	if got := m.Post("directeur", reprendre, url.Values{}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	made := fixture.Valeur[string](m, `select (select count(*) from groupe where annee = 2027) || ' ' || (select enseignant from ulis where annee = 2027)
		|| ' ' || (select e.nom || e.jours from classe_enseignant e join classe c on c.id = e.classe_id where c.annee = 2027)`)
	if made != "1 Mme Lacaze M. Reyjeudi" {
		t.Errorf("copied: %s", made)
	}
	if got := m.Post("directeur", "/classes/reprendre/annuler?annee=2027", url.Values{}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select (select count(*) from groupe where annee = 2027) + (select count(*) from ulis where annee = 2027)
		+ (select count(*) from classe where annee = 2027)`); n != 0 {
		t.Errorf("%d lines left", n)
	}
}
