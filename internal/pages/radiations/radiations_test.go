package radiations_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
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

// depart is a departure as typed, then changed by pairs of names and values.
func depart(pairs ...string) url.Values {
	f := form("date_radiation", "20/11/2026", "motif_radiation", "demenagement", "destination", "Pau")
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func page(e fixture.Enfant) string { return "/radiations/" + e.Scolarite.String() }

func etat(m *fixture.Monde, e fixture.Enfant) string {
	return fixture.Valeur[string](m, `select etat from scolarite where id = $1`, e.Scolarite)
}

func radier(m *fixture.Monde, directeur string, e fixture.Enfant) fixture.Enfant {
	m.Ecrire(directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
	return e
}

// domain.md §2.3, T14.
func TestRadier(t *testing.T) {
	present := func(m *fixture.Monde) fixture.Enfant { return m.Present("Lina") }
	accepte := func(m *fixture.Monde) fixture.Enfant {
		return m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina"))
	}
	radie := func(m *fixture.Monde) fixture.Enfant { return radier(m, "directeur", m.Present("Lina")) }
	for _, tt := range []struct {
		name  string
		child func(m *fixture.Monde) fixture.Enfant
		typed url.Values
		code  int
		says  string
		to    string
	}{
		{"un présent", present, depart(), 303, "", "radie"},
		{"vers une école de la commune", present, depart("destination_uai", fixture.Meme), 303, "", "radie"},
		{"un mois à l’avance", present, depart("date_radiation", "20/12/2026"), 303, "", "admis_definitif"},
		{"vers une école lointaine, par son nom", present, depart("recherche_ecole", "Gers Lointaine"), 422, "Aucune école ne répond", "admis_definitif"},
		{"sans date", present, depart("date_radiation", ""), 422, "Indiquez la date de radiation.", "admis_definitif"},
		{"une date qui n’existe pas", present, depart("date_radiation", "31/11/2026"), 422, "Cette date n’existe pas.", "admis_definitif"},
		{"avant l’admission", present, depart("date_radiation", "31/08/2026"), 422, "précède l’admission", "admis_definitif"},
		{"trop tôt", present, depart("date_radiation", "02/09/2027"), 422, "trop lointaine", "admis_definitif"},
		{"sans motif", present, depart("motif_radiation", ""), 422, "Choisissez le motif de la radiation.", "admis_definitif"},
		{"un motif inventé", present, depart("motif_radiation", "fugue"), 422, "Choisissez le motif de la radiation.", "admis_definitif"},
		{"vers sa propre école", present, depart("destination_uai", fixture.Ecole), 422, "choisissez-en une autre", "admis_definitif"},
		{"vers une école inconnue", present, depart("destination_uai", "0650000X"), 422, "Choisissez une école de la liste", "admis_definitif"},
		{"un attendu", accepte, depart(), 422, "Seul un élève présent peut être radié", "admis_accepte"},
		{"un radié", radie, depart(), 422, "déjà radié", "radie"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := tt.child(m)
			got := m.Post("directeur", page(e), tt.typed)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
			if tt.code == 422 && !strings.Contains(got.Body, `role="alert"`) {
				t.Error("the refusal is not announced")
			}
			if now := etat(m, e); now != tt.to {
				t.Errorf("now %s, want %s", now, tt.to)
			}
		})
	}
}

// A pupil leaves: his certificate and the way back are at hand; the list says when, why and for where.
func TestAfter(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	if got := m.Get("directeur", page(e)); got.Code != 200 || !strings.Contains(got.Body, "Si vous confirmez") || !strings.Contains(got.Body, `value="20/11/2026"`) ||
		!strings.Contains(got.Body, "École élémentaire Arago") {
		t.Errorf("the form: %d", got.Code)
	}
	m.Post("directeur", page(e), depart("destination_uai", fixture.Meme))
	certificat := "/eleves/" + e.ID.String() + "/certificat-radiation.pdf"
	fait := m.Get("directeur", page(e))
	for _, want := range []string{certificat, page(e) + "/annuler", "le certificat est prêt", "Déménagement"} {
		if !strings.Contains(fait.Body, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	list := m.Get("directeur", "/radiations")
	for _, want := range []string{"ABADIE Lina", "20/11/2026", "Déménagement", "École élémentaire Arago, Tarbes", certificat, page(e) + "/annuler"} {
		if !strings.Contains(list.Body, want) {
			t.Errorf("no %s in the list", want)
		}
	}
	if got := m.Get("directeur", certificat); got.Code != 200 || !strings.HasPrefix(got.Body, "%PDF") {
		t.Errorf("certificate: %d", got.Code)
	}
	if got := m.Get("directeur", "/radiations?annee=2025"); !strings.Contains(got.Body, "Aucun élève n’a été radié") {
		t.Error("he is in another year too")
	}
	if got := m.Get("directeur voisin", "/radiations"); strings.Contains(got.Body, "Lina") {
		t.Error("the neighbour sees him")
	}
}

func TestExports(t *testing.T) {
	m := fixture.New(t)
	radier(m, "directeur", m.Present("Lina"))
	for format, begins := range map[string]string{"csv": "\ufeffNom de famille;", "pdf": "%PDF", "xlsx": "PK"} {
		if got := m.Get("directeur", "/radiations."+format); got.Code != 200 || !strings.HasPrefix(got.Body, begins) {
			t.Errorf("%s: %d, %.40q", format, got.Code, got.Body)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'scolarite'`); n != 3 {
		t.Errorf("%d lines in the journal, want 3", n)
	}
}

// accepterAilleurs has the neighbour accept a child.
func accepterAilleurs(m *fixture.Monde, e fixture.Enfant) fixture.Enfant {
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		i, err := inscription.Inscrire(ctx, tx, a, e.ID, fixture.Lourdes, inscription.Demande{Annee: 2026, Ecole: fixture.Voisine, Le: fixture.Aujourdhui})
		if err != nil {
			return err
		}
		e.Inscription = i
		return scolarite.Accepter(ctx, tx, a, i, 0, "CE1", fixture.Aujourdhui)
	})
	return e
}

// admettreAilleurs has the neighbour admit for good the child it accepted.
func admettreAilleurs(m *fixture.Monde, e fixture.Enfant) {
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Admettre(ctx, tx, a, e.Inscription, 0, fixture.Aujourdhui)
	})
}

func TestUndo(t *testing.T) {
	for _, tt := range []struct {
		name      string
		meanwhile func(m *fixture.Monde, e fixture.Enfant)
		code      int
		says, to  string
	}{
		{"personne ne l’a accueilli", func(*fixture.Monde, fixture.Enfant) {}, 303, "", "admis_definitif 0659001F"},
		{"une école l’a accepté: le dossier revient", func(m *fixture.Monde, e fixture.Enfant) { accepterAilleurs(m, e) }, 303, "", "admis_definitif 0659001F"},
		{"une école l’a admis", func(m *fixture.Monde, e fixture.Enfant) { admettreAilleurs(m, accepterAilleurs(m, e)) }, 422, "encore présent dans une autre école", "radie 0659002G"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := radier(m, "directeur", m.Present("Lina"))
			tt.meanwhile(m, e)
			got := m.Post("directeur", page(e)+"/annuler", nil)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d\n%s", got.Code, got.Body)
			}
			now := fixture.Valeur[string](m, `select s.etat || ' ' || e.ecole_uai from scolarite s join eleve e on e.id = s.eleve_id where s.id = $1`, e.Scolarite)
			if now != tt.to {
				t.Errorf("now %s, want %s", now, tt.to)
			}
		})
	}
}

// Several at once: all or none, each who is refused named.
func TestBulk(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.Present("Lina"), m.Present("Noé")
	tot := m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	ids := form("id", lina.Scolarite.String(), "id", noe.Scolarite.String())
	if got := m.Post("directeur", "/radiations", ids); got.Code != 200 || !strings.Contains(got.Body, "Radier 2\u00a0élèves") || etat(m, lina) != "admis_definitif" {
		t.Errorf("a selection is not asked for the date: %d", got.Code)
	}
	all := depart()
	all["id"] = append(ids["id"], tot.Scolarite.String())
	got := m.Post("directeur", "/radiations", all)
	if got.Code != 422 || !strings.Contains(got.Body, "ABADIE Zoé\u00a0: Seul un élève présent") || strings.Contains(got.Body, "ABADIE Lina\u00a0:") || !strings.Contains(got.Body, `value="Pau"`) {
		t.Errorf("got %d\n%s", got.Code, got.Body)
	}
	if etat(m, lina) != "admis_definitif" || etat(m, noe) != "admis_definitif" {
		t.Error("some were struck off")
	}
	all["id"] = ids["id"]
	all.Set("motif_radiation", "")
	if got := m.Post("directeur", "/radiations", all); strings.Count(got.Body, ">Choisissez le motif de la radiation.<") != 2 { // in the summary and at the field
		t.Error("what all refuse alike is not said once")
	}
	all.Set("motif_radiation", "entree_6e")
	if got := m.Post("directeur", "/radiations", all); got.Code != 303 || etat(m, lina) != "radie" || etat(m, noe) != "radie" {
		t.Errorf("got %d", got.Code)
	}
	if got := m.Post("directeur", "/radiations", depart()); got.Code != 422 || !strings.Contains(got.Body, "Cochez au moins un élève.") {
		t.Errorf("nobody selected: %d", got.Code)
	}
}

func TestChoose(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	m.Present("Noé")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	got := m.Get("directeur", "/radiations/nouvelle?q=lin")
	if !strings.Contains(got.Body, page(lina)) || strings.Contains(got.Body, "Noé") || strings.Contains(got.Body, "Zoé") {
		t.Errorf("got %d", got.Code)
	}
	for _, q := range []string{"?classe=x", "?classe=" + fixture.CE1.String(), "?q=nul", "?annee=1999&page=7"} {
		if got := m.Get("directeur", "/radiations/nouvelle"+q); got.Code != 200 || !strings.Contains(got.Body, "Aucun élève présent") {
			t.Errorf("%s: %d", q, got.Code)
		}
	}
}

// Two directors: the second sees that the pupil has changed class, keeps what he typed, and may go on.
func TestTwoDirectors(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	before := fixture.Valeur[string](m, `select version::text from scolarite where id = $1`, e.Scolarite)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		k, err := scolarite.FindClasse(ctx, tx, fixture.CE1)
		if err != nil {
			return err
		}
		return scolarite.Affecter(ctx, tx, a, e.Scolarite, 0, k)
	})
	got := m.Post("directeur", page(e), depart("version", before))
	for _, want := range []string{"Version enregistrée", "CE1 A", "Direction d’école", `value="Pau"`} {
		if got.Code != 409 || !strings.Contains(got.Body, want) {
			t.Errorf("got %d without %q", got.Code, want)
		}
	}
	now := fixture.Valeur[string](m, `select version::text from scolarite where id = $1`, e.Scolarite)
	if got := m.Post("directeur", page(e), depart("version", now)); got.Code != 303 {
		t.Errorf("sending again knowingly: %d", got.Code)
	}
}

func TestDoubleClick(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	typed := depart("jeton", m.Jeton("directeur"))
	first, second := m.PostAs("directeur", page(e), typed), m.PostAs("directeur", page(e), typed)
	if first.Code != 303 || second.Code != 303 || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("got %d then %d", first.Code, second.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'radier'`); n != 1 {
		t.Errorf("%d radiations, want 1", n)
	}
}

func TestWho(t *testing.T) {
	for _, tt := range []struct {
		agent string
		code  int
	}{{"directeur", 200}, {"directeur du même", 404}, {"directeur voisin", 404}, {"mairie", 403}, {"ien", 403}, {"ia", 403}} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			got, unknown := m.Get(tt.agent, page(e)), m.Get(tt.agent, "/radiations/"+fixture.Inconnu.String())
			if got.Code != tt.code || tt.code == 404 && got.Body != unknown.Body {
				t.Errorf("got %d", got.Code)
			}
			for _, to := range []string{page(e), "/radiations"} {
				post := m.Post(tt.agent, to, depart("id", e.Scolarite.String()))
				if tt.code != 200 && post.Code != tt.code {
					t.Errorf("%s answers %d", to, post.Code)
				}
			}
			if tt.code != 200 && etat(m, e) != "admis_definitif" {
				t.Errorf("%s has struck him off", tt.agent)
			}
		})
	}
}
