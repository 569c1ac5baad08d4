package repartition_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// ecoliers are the pupils of the tests, none of whom has a class but Max.
type ecoliers struct {
	lina, noe, max fixture.Enfant // CE1: présente, attendu, présent in the CE1 A
	zoe            fixture.Enfant // CM1, présente
	ailleurs       fixture.Enfant // présent in another school
}

func settle(m *fixture.Monde) ecoliers {
	e := ecoliers{
		lina: m.Present("Lina"), max: m.Placer("directeur", m.Present("Max"), fixture.CE1), zoe: m.Inscrire("mairie", fixture.Ecole, "Zoé"),
		noe: m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Noé")), ailleurs: m.PresentAilleurs("Léa"),
	}
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := scolarite.Accepter(ctx, tx, a, e.zoe.Inscription, 0, ecole.CM1, fixture.Rentree); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select id from scolarite where inscription_id = $1`, e.zoe.Inscription).Scan(&e.zoe.Scolarite)
	})
	e.zoe = m.Admettre("directeur", e.zoe)
	return e
}

func TestRepartition(t *testing.T) {
	for _, tt := range []struct {
		name, agent, query string
		code               int
		shows, hides       []string
	}{
		{"ceux qui n’ont pas de classe, et les classes", "directeur", "", 200,
			[]string{"ABADIE Lina", "ABADIE Noé", "ABADIE Zoé", "attendu", "ABADIE Max", "<h2>CE1 A", "<h2>CE2-CM1"}, []string{"ABADIE Léa"}},
		{"chaque classe compte", "directeur", "", 200, []string{"1\u00a0fille, 0\u00a0garçon", "T1\u00a00, T2\u00a01, T3\u00a00, T4\u00a00", "CE2\u00a00, CM1\u00a00"}, nil},
		{"les frères et sœurs se voient", "directeur", "", 200, []string{"Fr1"}, []string{"Fr5"}},
		{"niveau par niveau", "directeur", "?niveau=CM1", 200, []string{"ABADIE Zoé", ">CE2-CM1 (0\u00a0élève)</option>"}, []string{"ABADIE Lina", ">CE1 A (1\u00a0élève)</option>"}},
		{"chaque niveau dit combien", "directeur", "", 200, []string{`niveau=CE1">CE1 <span class="count">2`, `niveau=CM1">CM1 <span class="count">1`}, nil},
		{"une classe", "directeur", "?classe=" + fixture.CE1.String(), 200, []string{"ABADIE Max", "ABADIE Lina", "<h2>CE1 A", "Retirer de la classe"}, []string{"<h2>CE2-CM1"}},
		{"une classe d’une autre école n’existe pas", "directeur", "?classe=" + fixture.CE1Loin.String(), 404, nil, nil},
		{"ni une classe d’une autre année", "directeur", "?annee=2027&classe=" + fixture.CE1.String(), 404, nil, nil},
		{"ni un scénario inconnu", "directeur", "?scenario=" + fixture.Inconnu.String(), 404, nil, nil},
		{"une année à préparer", "directeur", "?annee=2027", 200, []string{"Aucun élève n’attend une classe pour 2027-2028.", "Créer un scénario", "Aucune classe pour 2027-2028."}, nil},
		{"la mairie ne répartit pas", "mairie", "", 403, nil, nil},
		{"l’IEN non plus", "ien", "", 403, nil, nil},
		{"ni l’IA", "ia", "", 403, nil, nil},
		{"le directeur d’à côté ne voit que les siens", "directeur du même", "", 200, nil, []string{"ABADIE"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			got := m.Get(tt.agent, "/repartition"+tt.query)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, tt.hides)
		})
	}
}

// TestPlacer tells who is placed where, and that a refusal to one is a refusal to all.
func TestPlacer(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		who         func(ecoliers) []fixture.Enfant
		classe      uuid.UUID
		code        int
		shows       []string
		placed      string // the first names of those in the class, afterwards
	}{
		{"plusieurs à la fois", "directeur", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina, e.noe} }, fixture.CE1, 303, nil, "Lina Max Noé"},
		{"le même deux fois compte pour un", "directeur", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina, e.lina} }, fixture.CE1, 303, nil, "Lina Max"},
		{"pas dans une classe sans leur niveau : chacun est nommé, personne n’est placé", "directeur",
			func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.zoe, e.lina, e.noe} }, fixture.CE2CM1, 422,
			[]string{"ABADIE Lina\u00a0: La classe CE2-CM1 n’accueille pas de CE1.", "ABADIE Noé\u00a0: La classe CE2-CM1 n’accueille pas de CE1."}, ""},
		{"pas sans élève", "directeur", func(ecoliers) []fixture.Enfant { return nil }, fixture.CE1, 422, []string{"Cochez au moins un élève."}, "Max"},
		{"pas sans classe", "directeur", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina} }, uuid.Nil, 422, []string{"Choisissez la classe où placer les élèves."}, ""},
		{"pas dans la classe d’une autre école", "directeur", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina} }, fixture.CE1Loin, 422, []string{"Choisissez une classe de l’école."}, ""},
		{"pas l’élève d’une autre école", "directeur", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.ailleurs, e.lina} }, fixture.CE1, 404, nil, "Max"},
		{"pas par le voisin", "directeur voisin", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina} }, fixture.CE1Loin, 404, nil, ""},
		{"pas par l’IEN", "ien", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina} }, fixture.CE1, 403, nil, "Max"},
		{"pas par la mairie", "mairie", func(e ecoliers) []fixture.Enfant { return []fixture.Enfant{e.lina} }, fixture.CE1, 403, nil, "Max"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post(tt.agent, "/repartition?annee=2026", selection(tt.classe, tt.who(settle(m))...))
			if got.Code != tt.code {
				t.Fatalf("got %d %s, want %d", got.Code, got.Body, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, nil)
			if placed := inClass(m, tt.classe); placed != tt.placed {
				t.Errorf("the class holds %q, want %q", placed, tt.placed)
			}
		})
	}
}

// A foreign pupil and an unknown one get the same bytes.
func TestForeignPupilIsUnknown(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	foreign := m.Post("directeur", "/repartition", selection(fixture.CE1, e.ailleurs))
	unknown := m.Post("directeur", "/repartition", selection(fixture.CE1, fixture.Enfant{Scolarite: fixture.Inconnu}))
	if foreign.Code != 404 || foreign.Body != unknown.Body {
		t.Errorf("got %d and %d", foreign.Code, unknown.Code)
	}
}

// A refused form keeps the selection and the class.
func TestRefusalKeepsTheSelection(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	got := m.Post("directeur", "/repartition?annee=2026", selection(fixture.CE2CM1, e.lina, e.zoe)).Body
	fixture.Shows(t, got, []string{
		`value="` + cle(e.lina.Scolarite) + `.2" checked`, `value="` + cle(e.zoe.Scolarite) + `.2" checked`,
		`value="` + fixture.CE2CM1.String() + `" selected`, "<title>Erreur\u00a0: Répartition",
	}, []string{`value="` + cle(e.noe.Scolarite) + `.1" checked`})
}

// cle is how the board names a pupil.
func cle(id uuid.UUID) string { return scenario.Abreger(id) }

// A pupil leaves his class by the button that says so, whatever class is chosen beside it.
func TestRetirer(t *testing.T) {
	for _, tt := range []struct {
		name   string
		form   url.Values
		code   int
		left   string
		refuse string
	}{
		{"par le bouton", url.Values{"geste": {"retirer"}}, 303, "", ""},
		{"même si une classe était choisie", url.Values{"geste": {"retirer"}, "classe_id": {fixture.CE2CM1.String()}}, 303, "", ""},
		{"pas en oubliant où le déplacer", url.Values{"geste": {"placer"}}, 422, "Max", "Choisissez la classe où placer les élèves."},
		{"ni par un geste inconnu", url.Values{"geste": {"perdre"}}, 404, "Max", ""},
		{"le tableau en vigueur ne fixe personne", url.Values{"geste": {"fixer"}}, 404, "Max", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			tt.form.Set("id", settle(m).max.Scolarite.String())
			got := m.Post("directeur", "/repartition", tt.form)
			if left := inClass(m, fixture.CE1); got.Code != tt.code || left != tt.left {
				t.Errorf("got %d, the class holds %q", got.Code, left)
			}
			fixture.Shows(t, got.Body, []string{tt.refuse}, nil)
		})
	}
}

func TestRetirerIsSaid(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	m.Post("directeur", "/repartition", url.Values{"geste": {"retirer"}, "id": {e.max.Scolarite.String()}})
	fixture.Shows(t, m.Get("directeur", "/repartition").Body, []string{"Un élève retiré de sa classe."}, nil)
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'affecter' and objet_id = $1`, e.max.ID); n != 2 {
		t.Errorf("%d lines in the journal, want 2: placed, then taken out", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from affectation where scolarite_id = $1 and fin is not null`, e.max.Scolarite); n != 1 {
		t.Errorf("%d periods over, want 1", n)
	}
}

func TestPlacedIsSaid(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	got := m.Post("directeur", "/repartition?annee=2026&niveau=CE1", selection(fixture.CE1, e.lina, e.noe))
	if to := got.Header.Get("Location"); to != "/repartition?annee=2026&niveau=CE1" {
		t.Errorf("goes to %s, not back to the same niveau", to)
	}
	fixture.Shows(t, m.Get("directeur", "/repartition").Body, []string{"2\u00a0élèves placés dans la classe CE1 A."}, nil)
}

// A class says that it has no place left; it takes more all the same: the directeur decides.
func TestFullClass(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	if _, err := m.Tx.Exec(t.Context(), `update classe set effectif_max = 1 where id = $1`, fixture.CE1); err != nil {
		t.Fatal(err)
	}
	fixture.Shows(t, m.Get("directeur", "/repartition").Body, []string{"complète", ">CE1 A (1 sur 1)</option>"}, nil)
	if got := m.Post("directeur", "/repartition", selection(fixture.CE1, e.lina)); got.Code != 303 {
		t.Errorf("got %d", got.Code)
	}
}

func selection(classe uuid.UUID, who ...fixture.Enfant) url.Values {
	v := url.Values{"classe_id": {""}}
	if classe != uuid.Nil {
		v.Set("classe_id", classe.String())
	}
	for _, e := range who {
		v.Add("id", e.Scolarite.String())
	}
	return v
}

// inClass are the first names of those whom the register has in a class.
func inClass(m *fixture.Monde, classe uuid.UUID) string {
	return fixture.Valeur[string](m, `select coalesce(string_agg(prenom, ' ' order by cle_nom), '') from scolarite where classe_id = $1`, classe)
}
