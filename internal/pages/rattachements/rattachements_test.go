package rattachements_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

const count = `select count(*) from rattachement`

// periode is what is typed; pairs change it.
func periode(e fixture.Enfant, pairs ...string) url.Values {
	v := url.Values{"eleve_id": {e.ID.String()}, "modalite": {"famille"}, "debut": {"01/09/2026"}, "fin": {""}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// attacher has an agent attach a child, by the CNED since the rentrée.
func attacher(m *fixture.Monde, agent string, e fixture.Enfant, p rattachement.Periode) (id uuid.UUID) {
	m.Helper()
	m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = rattachement.Attacher(ctx, tx, a, e.ID, p)
		return err
	})
	return id
}

var cned = rattachement.Periode{Modalite: rattachement.CNED, Debut: fixture.Rentree}

func TestNoter(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		pairs       []string
		code        int
		shows       string
	}{
		{"le directeur note, pour son école", "directeur", nil, 303, ""},
		{"l’IA aussi, pour une école du département", "ia", []string{"ecole_uai", fixture.Ecole}, 303, ""},
		{"ou pour le département", "ia", []string{"ecole_uai", ""}, 303, ""},
		{"pas pour une école d’ailleurs", "ia", []string{"ecole_uai", fixture.Lointaine}, 422, "Aucune école de votre département ne porte ce code."},
		{"il faut dire comment", "directeur", []string{"modalite", ""}, 422, "Choisissez comment l’enfant est instruit."},
		{"et depuis quand", "directeur", []string{"debut", ""}, 422, "Indiquez le premier jour de cette instruction."},
		{"dans l’ordre", "directeur", []string{"fin", "01/08/2026"}, 422, "Le dernier jour précède le premier."},
		{"pas un enfant d’à côté", "directeur du même", nil, 404, ""},
		{"ni d’un autre département", "ia voisine", nil, 404, ""},
		{"la mairie lit seulement", "mairie", nil, 403, ""},
		{"l’IEN ne note pas", "ien", nil, 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Inscrire("mairie", fixture.Ecole, "Nora")
			got := m.Post(tt.agent, "/rattachements/nouveau", periode(e, tt.pairs...))
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if n := fixture.Valeur[int](m, count); (n == 1) != (tt.code == 303) {
				t.Errorf("%d periods recorded", n)
			}
		})
	}
}

// Whoever is present in a school is counted there: only a hospital or a specialised establishment shares him.
func TestPresent(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	if got := m.Post("directeur", "/rattachements/nouveau", periode(lina)); got.Code != 422 || !strings.Contains(got.Body, "radiez-le d’abord") {
		t.Errorf("a pupil who is present is taught at home: %d", got.Code)
	}
	if got := m.Post("directeur", "/rattachements/nouveau", periode(lina, "modalite", "hopital")); got.Code != 303 {
		t.Fatalf("a pupil in hospital: %d", got.Code)
	}
	if got := m.Post("directeur", "/rattachements/nouveau", periode(lina, "modalite", "esms")); got.Code != 422 || !strings.Contains(got.Body, "déjà instruit hors de l’école à ces dates") {
		t.Errorf("two at once: %d", got.Code)
	}
	list := m.Get("directeur", "/rattachements").Body
	if !strings.Contains(list, "Dans sa classe") || !strings.Contains(list, `<dt>Hôpital</dt><dd>0</dd>`) {
		t.Error("a pupil who is present is counted twice")
	}
}

func TestWhoReads(t *testing.T) {
	for _, tt := range []struct {
		agent        string
		code         int
		shows, hides string
	}{
		{"directeur", 200, "Établissement spécialisé", ""},
		{"ia", 200, "École primaire Jean-Jaurès", ""},
		{"mairie", 200, "Établissement de soins ou spécialisé", "Établissement spécialisé"},
		{"directeur du même", 404, "", ""}, {"directeur voisin", 404, "", ""}, {"ia voisine", 404, "", ""}, {"mairie voisine", 404, "", ""},
		{"ien", 403, "", ""}, {"service", 403, "", ""}, {"college", 403, "", ""}, {"statistique", 403, "", ""},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			id := attacher(m, "directeur", m.Inscrire("mairie", fixture.Ecole, "Nora"), rattachement.Periode{Modalite: rattachement.ESMS, Debut: fixture.Rentree})
			got := m.Get(tt.agent, "/rattachements/"+id.String())
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) || tt.hides != "" && strings.Contains(got.Body, tt.hides) {
				t.Errorf("the page: %d", got.Code)
			}
			if unknown := m.Get(tt.agent, "/rattachements/"+fixture.Inconnu.String()); got.Code == 404 && unknown.Body != got.Body {
				t.Error("a foreign child and an unknown one do not get the same bytes")
			}
			list := m.Get(tt.agent, "/rattachements")
			if shown := strings.Contains(list.Body, "Nora"); shown != (tt.code == 200) {
				t.Errorf("the list shows the child: %v", shown)
			}
			if export := m.Get(tt.agent, "/rattachements.csv"); strings.Contains(export.Body, "Nora") != (tt.code == 200) {
				t.Errorf("the export: %d", export.Code)
			}
		})
	}
}

// No effectif of a school holds the child: he is counted here.
func TestCountedApart(t *testing.T) {
	m := fixture.New(t)
	nora := m.Inscrire("mairie", fixture.Ecole, "Nora")
	before := m.Get("directeur", "/effectifs.csv").Body
	attacher(m, "ia", nora, cned)
	if after := m.Get("directeur", "/effectifs.csv").Body; after != before {
		t.Error("the effectif of the school has changed")
	}
	list := m.Get("ia", "/rattachements").Body
	for _, want := range []string{"<dt>CNED</dt><dd>1</dd>", "Département", "À part", "Tarbes"} {
		if !strings.Contains(list, want) {
			t.Errorf("the IA does not read %q", want)
		}
	}
	if body := m.Get("directeur", "/rattachements").Body; strings.Contains(body, "Nora") {
		t.Error("a directeur reads a child attached to the département")
	}
	if body := m.Get("ia", "/rattachements?annee=2025").Body; !strings.Contains(body, "Aucun enfant n’est instruit hors de l’école cette année.") {
		t.Error("the year before is not empty")
	}
	if body := m.Get("ia", "/rattachements?modalite=famille").Body; !strings.Contains(body, "Aucun enfant ne répond à ces critères.") {
		t.Error("another modalité is not empty")
	}
}

func TestFinirCorrigerSupprimer(t *testing.T) {
	for _, tt := range []struct {
		name, agent, act string
		form             url.Values
		code             int
		shows            string
		want             string
	}{
		{"le directeur met fin", "directeur", "/finir", url.Values{"le": {"15/11/2026"}}, 303, "", "cned 2026-09-01 2026-11-15 v2"},
		{"l’IA aussi", "ia", "/finir", url.Values{"le": {"15/11/2026"}}, 303, "", "cned 2026-09-01 2026-11-15 v2"},
		{"pas sans jour", "directeur", "/finir", url.Values{"le": {""}}, 422, "Indiquez le dernier jour", "cned 2026-09-01  v1"},
		{"pas avant le début", "directeur", "/finir", url.Values{"le": {"15/08/2026"}}, 422, "Le dernier jour précède le premier.", "cned 2026-09-01  v1"},
		{"le directeur corrige", "directeur", "", url.Values{"modalite": {"famille"}, "debut": {"10/09/2026"}}, 303, "", "famille 2026-09-10  v2"},
		{"pas sans modalité", "directeur", "", url.Values{"debut": {"10/09/2026"}}, 422, "Choisissez comment l’enfant est instruit.", "cned 2026-09-01  v1"},
		{"le directeur supprime ce qui est une erreur", "directeur", "/supprimer", nil, 303, "", "rien"},
		{"la mairie ne corrige pas", "mairie", "", nil, 403, "", "cned 2026-09-01  v1"},
		{"le voisin non plus", "directeur voisin", "/supprimer", nil, 404, "", "cned 2026-09-01  v1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			id := attacher(m, "directeur", m.Inscrire("mairie", fixture.Ecole, "Nora"), cned)
			form := url.Values{"version": {"1"}}
			for name, v := range tt.form {
				form[name] = v
			}
			got := m.Post(tt.agent, "/rattachements/"+id.String()+tt.act, form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if is := recorded(m, id); is != tt.want {
				t.Errorf("the register holds %q, want %q", is, tt.want)
			}
		})
	}
}

func recorded(m *fixture.Monde, id uuid.UUID) string {
	return fixture.Valeur[string](m, `select coalesce((select modalite || ' ' || debut || ' ' || coalesce(fin::text, '') || ' v' || version
		from rattachement where id = $1), 'rien')`, id)
}

// Two people work on the same period: the second sees both versions.
func TestConflict(t *testing.T) {
	m := fixture.New(t)
	id := attacher(m, "directeur", m.Inscrire("mairie", fixture.Ecole, "Nora"), cned)
	m.Post("ia", "/rattachements/"+id.String()+"/finir", url.Values{"version": {"1"}, "le": {"15/11/2026"}})
	got := m.Post("directeur", "/rattachements/"+id.String(), url.Values{"version": {"1"}, "modalite": {"cned"}, "debut": {"02/09/2026"}})
	if got.Code != 409 {
		t.Fatalf("got %d, want 409", got.Code)
	}
	for _, want := range []string{"Les deux versions", "15/11/2026", `value="02/09/2026"`, `name="version" value="2"`} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("does not show %q", want)
		}
	}
}

// The identity, the residence and the file follow the child; the file says where he is taught.
func TestFollowsTheChild(t *testing.T) {
	m := fixture.New(t)
	e := m.Inscrire("mairie", fixture.Ecole, "Nora")
	id := attacher(m, "directeur", e, cned)
	if _, err := m.Tx.Exec(t.Context(), `update eleve set prenom = 'Norah' where id = $1`, e.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Tx.Exec(t.Context(), `update adresse set commune_insee = $1`, fixture.Lourdes); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("mairie voisine", "/rattachements/"+id.String()); got.Code != 200 || !strings.Contains(got.Body, "Norah") {
		t.Errorf("the mairie of the new residence: %d", got.Code)
	}
	if got := m.Get("mairie", "/rattachements/"+id.String()); got.Code != 404 {
		t.Errorf("the mairie of the former one: %d", got.Code)
	}
	file := m.Get("directeur", "/eleves/"+e.ID.String()).Body
	for _, want := range []string{"Instruit hors de l’école", "<td>01/09/2026</td>", "/rattachements/nouveau?eleve=" + e.ID.String()} {
		if !strings.Contains(file, want) {
			t.Errorf("the file does not show %q", want)
		}
	}
	if history := m.Get("directeur", "/eleves/"+e.ID.String()+"/historique").Body; !strings.Contains(history, "Instruction hors de l’école") {
		t.Error("the history does not tell it")
	}
	if got := m.Get("ien", "/eleves/"+e.ID.String()); got.Code != 200 || strings.Contains(got.Body, "Instruit hors de l’école") {
		t.Errorf("the IEN reads it: %d", got.Code)
	}
}
