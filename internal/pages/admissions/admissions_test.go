package admissions_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// form makes the fields of a form from pairs of names and values.
func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

// etat is where an arrival stands: its inscription, then the scolarité it led to.
func etat(m *fixture.Monde, e fixture.Enfant) string {
	return fixture.Valeur[string](m, `select concat_ws(' ', i.etat, (select s.etat from scolarite s
		where s.inscription_id = i.id and s.etat <> 'annulee')) from inscription i where i.id = $1`, e.Inscription)
}

// The states in which a child may be found.
var states = map[string]func(m *fixture.Monde) fixture.Enfant{
	"inscrit": func(m *fixture.Monde) fixture.Enfant { return m.Inscrire("mairie", fixture.Ecole, "Lina") },
	"admissible": func(m *fixture.Monde) fixture.Enfant {
		e := m.Inscrire("mairie", fixture.Ecole, "Lina")
		m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Reporter(ctx, tx, a, e.Inscription, 0)
		})
		return e
	},
	"accepté": func(m *fixture.Monde) fixture.Enfant {
		return m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina"))
	},
	"présent": func(m *fixture.Monde) fixture.Enfant { return m.Present("Lina") },
	"venu pas": func(m *fixture.Monde) fixture.Enfant {
		e := m.Inscrire("mairie", fixture.Ecole, "Lina")
		m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Abandonner(ctx, tx, a, e.Inscription, 0, "famille_renonce")
		})
		return e
	},
	"attendu plus tard": func(m *fixture.Monde) fixture.Enfant {
		e := m.Inscrire("mairie", fixture.Ecole, "Lina")
		m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.Accepter(ctx, tx, a, e.Inscription, 0, "CE1", fixture.Aujourdhui.AddDate(0, 1, 0))
		})
		return e
	},
}

// domain.md §2.3, T05 to T08 and T15: from each state, what the directeur may do, and what he is told otherwise.
func TestTransitions(t *testing.T) {
	acceptee := form("niveau", "CE1", "date_effet", "01/09/2026")
	for _, tt := range []struct {
		from, acte string
		typed      url.Values
		code       int
		says, to   string
	}{
		{"inscrit", "accepter", acceptee, 303, "", "transformee admis_accepte"},
		{"inscrit", "accepter", form("niveau", "", "date_effet", "01/09/2026"), 422, "Choisissez le niveau.", "inscrit"},
		{"inscrit", "accepter", form("niveau", "CE1", "date_effet", ""), 422, "Indiquez la date d’effet", "inscrit"},
		{"inscrit", "accepter", form("niveau", "CE1", "date_effet", "31/02/2026"), 422, "Cette date n’existe pas", "inscrit"},
		{"inscrit", "accepter", form("niveau", "CE1", "date_effet", "01/05/2026"), 422, "La date d’effet précède l’inscription.", "inscrit"},
		{"inscrit", "accepter", form("niveau", "CE1", "date_effet", "01/09/2027"), 422, "n’est pas dans l’année scolaire 2026-2027", "inscrit"},
		{"inscrit", "admissibilite", nil, 303, "", "transformee admissible"},
		{"inscrit", "admettre", form("date_admission", "01/09/2026"), 422, "Acceptez d’abord l’admission", "inscrit"},
		{"inscrit", "retirer", nil, 422, "ne redevient pas inscrit", "inscrit"},
		{"inscrit", "abandonner", form("motif_annulation", "famille_renonce"), 303, "", "annulee"},
		{"inscrit", "abandonner", form("motif_annulation", ""), 422, "Choisissez pourquoi l’enfant ne viendra pas.", "inscrit"},
		{"inscrit", "", form("acte", "adopter"), 422, "Choisissez ce que vous décidez.", "inscrit"},
		{"inscrit", "", form("acte", "accepter", "niveau", "CE1", "date_effet", "010926"), 303, "", "transformee admis_accepte"},
		{"admissible", "accepter", acceptee, 303, "", "transformee admis_accepte"},
		{"admissible", "admissibilite", nil, 422, "Seul un élève inscrit et sans réponse", "transformee admissible"},
		{"admissible", "retirer", nil, 303, "", "inscrit"},
		{"admissible", "abandonner", form("motif_annulation", "double_demande"), 303, "", "annulee"},
		{"accepté", "accepter", acceptee, 422, "déjà acceptée", "transformee admis_accepte"},
		{"accepté", "admettre", form("date_admission", "02/09/2026"), 303, "", "transformee admis_definitif"},
		{"accepté", "admettre", form("date_admission", ""), 422, "Indiquez la date d’admission.", "transformee admis_accepte"},
		{"accepté", "admettre", form("date_admission", "31/08/2026"), 422, "précède la date d’effet", "transformee admis_accepte"},
		{"accepté", "admettre", form("date_admission", "21/11/2026"), 422, "cette date est dans l’avenir", "transformee admis_accepte"},
		{"accepté", "retirer", nil, 303, "", "inscrit"},
		{"accepté", "abandonner", form("motif_annulation", "jamais_venu"), 303, "", "annulee"},
		{"attendu plus tard", "admettre", form("date_admission", "20/11/2026"), 422, "précède la date d’effet", "transformee admis_accepte"},
		{"présent", "admettre", form("date_admission", "02/09/2026"), 422, "déjà présent", "transformee admis_definitif"},
		{"présent", "retirer", nil, 422, "radiez-le s’il est parti", "transformee admis_definitif"},
		{"présent", "abandonner", form("motif_annulation", "jamais_venu"), 422, "Cet élève est venu", "transformee admis_definitif"},
		{"venu pas", "accepter", acceptee, 422, "Cette inscription est annulée.", "annulee"},
	} {
		t.Run(tt.from+" "+tt.acte+" "+tt.typed.Encode(), func(t *testing.T) {
			m := fixture.New(t)
			e := states[tt.from](m)
			page := "/admissions/" + e.Inscription.String()
			if tt.acte != "" {
				page += "/" + tt.acte
			}
			got := m.Post("directeur", page, tt.typed)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
			if tt.code == 422 && !strings.Contains(got.Body, `role="alert"`) {
				t.Error("the refusal is not announced")
			}
			if now := etat(m, e); now != tt.to {
				t.Errorf("now %q, want %q", now, tt.to)
			}
		})
	}
}

func TestTypedValuesStay(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Lina")
	got := m.Post("directeur", "/admissions/"+e.Inscription.String(), form("acte", "accepter", "niveau", "CM2", "date_effet", "hier"))
	for _, want := range []string{`value="hier"`, `<option value="CM2" selected>`, "Écrivez la date comme"} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("no %s", want)
		}
	}
}

// T08: a child still present elsewhere is accepted, not admitted; the file comes when the other school lets it go.
func TestPresentElsewhere(t *testing.T) {
	m := fixture.New(t)
	e := m.PresentAilleurs("Noé")
	nouvelle := m.Post("directeur", "/admissions/nouvelle", form("etape", "reprendre", "eleve_id", e.ID.String(), "nom_famille", "Abadie",
		"prenom", "Noé", "date_naissance", "12/04/2019", "niveau", "CE1", "date_effet", "20/11/2026"))
	if nouvelle.Code != 303 {
		t.Fatalf("got %d\n%s", nouvelle.Code, nouvelle.Body)
	}
	page := nouvelle.Header.Get("Location")
	if got := m.Get("directeur", page); !strings.Contains(got.Body, "encore dans une autre école") || strings.Contains(got.Body, "rue des Pyrénées") {
		t.Error("the file of the other school is not kept from view")
	}
	admettre := func() fixture.Reponse {
		return m.Post("directeur", page+"/admettre", form("date_admission", "20/11/2026"))
	}
	if got := admettre(); got.Code != 422 || !strings.Contains(got.Body, "Cet élève est encore présent dans une autre école") {
		t.Errorf("got %d\n%s", got.Code, got.Body)
	}
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
	if got := admettre(); got.Code != 303 {
		t.Errorf("got %d\n%s", got.Code, got.Body)
	}
	if got := m.Get("directeur", page); !strings.Contains(got.Body, "5 rue des Pyrénées") {
		t.Error("the file has not come")
	}
}

// Who may, and what the others see: a neighbour gets of a foreign child the very bytes of an unknown one.
func TestWho(t *testing.T) {
	for _, tt := range []struct {
		agent string
		code  int
	}{
		{"directeur", 200}, {"directeur du même", 404}, {"directeur voisin", 404}, {"mairie", 403}, {"ien", 403}, {"ia", 403},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Inscrire("mairie", fixture.Ecole, "Lina")
			got := m.Get(tt.agent, "/admissions/"+e.Inscription.String())
			if got.Code != tt.code || (tt.code == 200) != strings.Contains(got.Body, "Lina") {
				t.Errorf("got %d", got.Code)
			}
			unknown := m.Get(tt.agent, "/admissions/"+fixture.Inconnu.String())
			post := m.Post(tt.agent, "/admissions/"+e.Inscription.String()+"/accepter", form("niveau", "CE1", "date_effet", "01/09/2026"))
			postUnknown := m.Post(tt.agent, "/admissions/"+fixture.Inconnu.String()+"/accepter", form("niveau", "CE1", "date_effet", "01/09/2026"))
			if tt.code == 404 && (got.Body != unknown.Body || post.Code != 404 || post.Body != postUnknown.Body) {
				t.Error("a foreign child is told from an unknown one")
			}
			if tt.code != 200 && etat(m, e) != "inscrit" {
				t.Errorf("%s has acted: %s", tt.agent, etat(m, e))
			}
		})
	}
}

// The opening of a child's page leaves one line, about the child; that of an unknown one leaves none.
func TestJournal(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Lina")
	m.Get("directeur", "/admissions/"+e.Inscription.String())
	m.Get("directeur", "/admissions/"+fixture.Inconnu.String())
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'consulter' and objet_id = $1`, e.ID); n != 1 {
		t.Errorf("%d lines, want 1", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'consulter'`); n != 1 {
		t.Errorf("%d lines in all, want 1", n)
	}
}

// A double click, or a form sent again, does one act and gets one answer.
func TestDoubleClick(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Lina")
	typed := form("acte", "accepter", "niveau", "CE1", "date_effet", "01/09/2026", "version", "1", "jeton", m.Jeton("directeur"))
	first := m.PostAs("directeur", "/admissions/"+e.Inscription.String(), typed)
	second := m.PostAs("directeur", "/admissions/"+e.Inscription.String(), typed)
	if first.Code != 303 || second.Code != 303 || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("got %d then %d", first.Code, second.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from scolarite where eleve_id = $1`, e.ID); n != 1 {
		t.Errorf("%d scolarités, want 1", n)
	}
	typed.Del("jeton")
	if again := m.Post("directeur", "/admissions/"+e.Inscription.String(), typed); again.Code == 303 {
		t.Error("the control does not fail: another form did it again")
	}
}

// Two directors answer the same child: the second sees what the first has done, keeps what he typed, and may go on.
func TestTwoDirectors(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Lina")
	page := "/admissions/" + e.Inscription.String()
	if got := m.Get("directeur", page); !strings.Contains(got.Body, `name="version" value="1"`) {
		t.Fatal("the form does not say its version")
	}
	m.Post("directeur", page, form("acte", "admissibilite", "version", "1"))
	got := m.Post("directeur", page, form("acte", "accepter", "niveau", "CM2", "date_effet", "15/10/2026", "version", "1"))
	for _, want := range []string{"Version enregistrée", "Admissible", "Direction d’école", `value="15/10/2026"`, `name="version" value="2"`} {
		if got.Code != 409 || !strings.Contains(got.Body, want) {
			t.Errorf("got %d without %q", got.Code, want)
		}
	}
	if now := etat(m, e); now != "transformee admissible" {
		t.Errorf("now %q", now)
	}
	if got := m.Post("directeur", page, form("acte", "accepter", "niveau", "CM2", "date_effet", "15/10/2026", "version", "2")); got.Code != 303 {
		t.Errorf("sending again knowingly: %d", got.Code)
	}
}

func TestUndo(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Lina")
	page := "/admissions/" + e.Inscription.String()
	m.Post("directeur", page+"/accepter", form("niveau", "CE1", "date_effet", "01/09/2026"))
	if got := m.Get("directeur", page); !strings.Contains(got.Body, `action="`+page+`/retirer"`) {
		t.Error("no way to undo")
	}
	m.Post("directeur", page+"/retirer", nil)
	if now := etat(m, e); now != "inscrit" {
		t.Errorf("now %q", now)
	}
}
