package liberations_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

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

// arrive is a pupil of Ecole whom the neighbour has accepted.
func arrive(m *fixture.Monde) (e, la fixture.Enfant) {
	m.Helper()
	e = m.Present("Lina")
	la = e
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		i, err := inscription.Inscrire(ctx, tx, a, e.ID, fixture.Lourdes, inscription.Demande{Annee: 2026, Ecole: fixture.Voisine, Le: fixture.Aujourdhui})
		if err != nil {
			return err
		}
		la.Inscription = i
		return scolarite.Accepter(ctx, tx, a, i, 0, "CE1", fixture.Aujourdhui)
	})
	return e, la
}

// demander has the neighbour ask for him; it returns the page of the request.
func demander(m *fixture.Monde, la fixture.Enfant) string {
	m.Helper()
	got := m.Post("directeur voisin", "/liberations", demande(la))
	if got.Code != 303 {
		m.Fatalf("asked: %d\n%s", got.Code, got.Body)
	}
	return got.Header.Get("Location")
}

func demande(la fixture.Enfant, pairs ...string) url.Values {
	f := form("inscription_id", la.Inscription.String(), "depart", "16/11/2026", "motif_radiation", "demenagement")
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// enRetard lets the delay of every request go by.
func enRetard(m *fixture.Monde) {
	m.Helper()
	_, err := m.Tx.Exec(context.Background(), `update liberation set demandee_le = demandee_le - 10, echeance = echeance - 10`)
	if err != nil {
		m.Fatal(err)
	}
}

func etat(m *fixture.Monde) string {
	return fixture.Valeur[string](m, `select etat from liberation`)
}

func registre(m *fixture.Monde, e fixture.Enfant) string {
	return fixture.Valeur[string](m, `select etat || coalesce(' ' || date_radiation, '') || coalesce(' ' || destination_uai, '')
		from scolarite where id = $1`, e.Scolarite)
}

const radie = "radie 2026-11-16 " + fixture.Voisine

// The school that has forgotten is asked, strikes off, and the one that asked admits (domain.md §2.4).
func TestGranted(t *testing.T) {
	m := fixture.New(t)
	e, la := arrive(m)
	admission := "/admissions/" + la.Inscription.String()
	if got := m.Get("directeur voisin", admission); !strings.Contains(got.Body, "Demander sa libération") {
		t.Fatal("the admission does not lead to the request")
	}
	if got := m.Get("directeur voisin", "/liberations/nouvelle?inscription="+la.Inscription.String()); !strings.Contains(got.Body, "Jean-Jaurès") {
		t.Error("the form does not name the school")
	}
	to := demander(m, la)
	if got := m.Get("directeur voisin", admission); !strings.Contains(got.Body, to) {
		t.Error("the admission does not lead to what was asked")
	}
	home := m.Get("directeur", "/")
	if !strings.Contains(home.Body, "demande de libération") || !strings.Contains(home.Body, "réponse avant le 25/11/2026 au soir, 4\u00a0jours ouvrés") {
		t.Error("the school is not told on its home page, with the delay")
	}
	if got := m.Get("directeur", "/liberations"); !strings.Contains(got.Body, to) || !strings.Contains(got.Body, "Lapacca") {
		t.Error("the school does not find the request")
	}
	if got := m.Post("directeur", to+"/accorder", nil); got.Code != 303 || registre(m, e) != radie || etat(m) != "accordee" {
		t.Fatalf("granted: %d, %s, %s\n%s", got.Code, registre(m, e), etat(m), got.Body)
	}
	if got := m.Get("directeur voisin", "/"); !strings.Contains(got.Body, "réponse à vos demandes de libération") && !strings.Contains(got.Body, "à vos demandes de libération") {
		t.Error("the school that asked is not told")
	}
	if got := m.Post("directeur voisin", admission+"/admettre", form("date_admission", "20/11/2026")); got.Code != 303 {
		t.Errorf("admitted: %d", got.Code)
	}
	if got := fixture.Valeur[string](m, `select string_agg(acte, ' ' order by id) from journal where acte like '%liber%' or acte = 'radier'`); got != "demander_liberation radier" {
		t.Errorf("in the journal: %s", got)
	}
}

// Who may answer, and what each answer makes of the request and of the register.
func TestAnswers(t *testing.T) {
	opposer := func(m *fixture.Monde, e fixture.Enfant) {
		_, err := m.Tx.Exec(context.Background(), `insert into opposition (id, eleve_id, responsable_id, recue_le)
			select gen_random_uuid(), eleve_id, responsable_id, '2026-11-02' from lien_responsable where eleve_id = $1 limit 1`, e.ID)
		if err != nil {
			m.Fatal(err)
		}
	}
	tard := func(m *fixture.Monde, _ fixture.Enfant) { enRetard(m) }
	refusee := func(m *fixture.Monde, _ fixture.Enfant) {
		_, err := m.Tx.Exec(context.Background(), `update liberation set etat = 'refusee', motif_refus = 'present', repondue_le = '2026-11-20'`)
		if err != nil {
			m.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name, agent, act string
		typed            url.Values
		before           func(m *fixture.Monde, e fixture.Enfant)
		code             int
		says, etat, line string
	}{
		{"refuser avec un motif", "directeur", "/refuser", form("motif_refus", "present"), nil, 303, "", "refusee", "admis_definitif"},
		{"refuser sans motif", "directeur", "/refuser", nil, nil, 422, "Choisissez pourquoi", "ouverte", "admis_definitif"},
		{"accorder malgré une opposition", "directeur", "/accorder", nil, opposer, 422, "Un parent s’oppose", "ouverte", "admis_definitif"},
		{"accorder après le délai", "directeur", "/accorder", nil, tard, 303, "", "accordee", radie},
		{"accorder deux fois", "directeur", "/accorder", nil, refusee, 422, "déjà sa réponse", "refusee", "admis_definitif"},
		{"retirer", "directeur voisin", "/retirer", nil, nil, 303, "", "retiree", "admis_definitif"},
		{"celle qui demande n’accorde pas", "directeur voisin", "/accorder", nil, nil, 404, "", "ouverte", "admis_definitif"},
		{"celle qui est demandée ne retire pas", "directeur", "/retirer", nil, nil, 404, "", "ouverte", "admis_definitif"},
		{"une tierce école", "directeur du même", "/accorder", nil, nil, 404, "", "ouverte", "admis_definitif"},
		{"la mairie", "mairie", "/accorder", nil, nil, 403, "", "ouverte", "admis_definitif"},
		{"l’IEN avant le délai", "ien", "/decider", form("decision", "liberer"), nil, 422, "peut encore répondre", "ouverte", "admis_definitif"},
		{"l’IEN après le délai", "ien", "/decider", form("decision", "liberer"), tard, 303, "", "liberee", radie},
		{"l’IA après un refus", "ia", "/decider", form("decision", "liberer"), refusee, 303, "", "liberee", radie},
		{"l’IEN rejette", "ien", "/decider", form("decision", "rejeter", "motif_refus", "autre_enfant"), tard, 303, "", "rejetee", "admis_definitif"},
		{"l’IEN rejette sans motif", "ien", "/decider", form("decision", "rejeter"), tard, 422, "Choisissez pourquoi", "ouverte", "admis_definitif"},
		{"l’IEN malgré une opposition", "ien", "/decider", form("decision", "liberer"), func(m *fixture.Monde, e fixture.Enfant) { tard(m, e); opposer(m, e) }, 422, "Un parent s’oppose", "ouverte", "admis_definitif"},
		{"l’IEN d’à côté", "ien voisin", "/decider", form("decision", "liberer"), tard, 404, "", "ouverte", "admis_definitif"},
		{"l’IA d’un autre département", "ia voisine", "/decider", form("decision", "liberer"), tard, 404, "", "ouverte", "admis_definitif"},
		{"le directeur ne décide pas", "directeur", "/decider", form("decision", "liberer"), tard, 403, "", "ouverte", "admis_definitif"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e, la := arrive(m)
			to := demander(m, la)
			if tt.before != nil {
				tt.before(m, e)
			}
			got := m.Post(tt.agent, to+tt.act, tt.typed)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
			if etat(m) != tt.etat || registre(m, e) != tt.line {
				t.Errorf("now %s, %s", etat(m), registre(m, e))
			}
		})
	}
}

// What is refused to who asks.
func TestAsking(t *testing.T) {
	for _, tt := range []struct {
		name  string
		typed func(m *fixture.Monde, e, la fixture.Enfant) url.Values
		code  int
		says  string
	}{
		{"sans date", func(_ *fixture.Monde, _, la fixture.Enfant) url.Values { return demande(la, "depart", "") }, 422, "Indiquez le premier jour"},
		{"avant son admission là-bas", func(_ *fixture.Monde, _, la fixture.Enfant) url.Values { return demande(la, "depart", "31/08/2026") }, 422, "n’était pas encore"},
		{"deux fois", func(m *fixture.Monde, _, la fixture.Enfant) url.Values { demander(m, la); return demande(la) }, 422, "déjà demandée"},
		{"un élève déjà radié", func(m *fixture.Monde, e, la fixture.Enfant) url.Values {
			m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
			})
			return demande(la)
		}, 422, "Aucune autre école"},
		{"l’inscription d’une autre école", func(_ *fixture.Monde, e, _ fixture.Enfant) url.Values { return demande(e) }, 404, ""},
		{"une inscription inconnue", func(_ *fixture.Monde, _, la fixture.Enfant) url.Values {
			return demande(la, "inscription_id", uuid.NewString())
		}, 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e, la := arrive(m)
			if got := m.Post("directeur voisin", "/liberations", tt.typed(m, e, la)); got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, want %d with %q\n%s", got.Code, tt.code, tt.says, got.Body)
			}
		})
	}
}

// A school that strikes the pupil off by itself has answered; one that announces a later day has not.
func TestStruckOffBesides(t *testing.T) {
	for le, want := range map[string]string{"20/11/2026": "accordee", "30/11/2026": "ouverte"} {
		t.Run(le, func(t *testing.T) {
			m := fixture.New(t)
			e, la := arrive(m)
			demander(m, la)
			got := m.Post("directeur", "/radiations/"+e.Scolarite.String(), form("date_radiation", le, "motif_radiation", "demenagement"))
			if got.Code != 303 || etat(m) != want {
				t.Errorf("%d, now %s, want %s", got.Code, etat(m), want)
			}
		})
	}
}

// The school that asks sees the name and the birth that it searched for, and nothing else of the pupil.
func TestNothingElseIsShown(t *testing.T) {
	m := fixture.New(t)
	_, la := arrive(m)
	to := demander(m, la)
	for _, path := range []string{to, "/liberations", "/liberations/nouvelle?inscription=" + la.Inscription.String()} {
		got := m.Get("directeur voisin", path)
		if got.Code != 200 || !strings.Contains(got.Body, "ABADIE Lina") {
			t.Errorf("%s: %d", path, got.Code)
		}
		for _, secret := range []string{"Pyrénées", "Anne", "06 00", "Tarbes (65", "responsable"} {
			if strings.Contains(strings.ReplaceAll(got.Body, "Hautes-Pyrénées", ""), secret) {
				t.Errorf("%s shows %q", path, secret)
			}
		}
	}
	if got := m.Get("ien", "/"); strings.Contains(got.Body, "libération") {
		t.Error("the inspection is told before the delay")
	}
	enRetard(m)
	if got := m.Get("ien", "/"); !strings.Contains(got.Body, "demande de libération à décider") {
		t.Error("the inspection is not told after it")
	}
}

// The list is narrowed to a state, on both sides; an unknown one narrows nothing.
func TestListeParEtat(t *testing.T) {
	m := fixture.New(t)
	_, la := arrive(m)
	m.Post("directeur voisin", "/liberations", demande(la))
	for _, tt := range []struct {
		etat string
		seen bool
	}{{"", true}, {"ouverte", true}, {"refusee", false}, {"ecole_fermee", false}, {"inconnu", true}} {
		for _, agent := range []string{"directeur", "directeur voisin", "ia"} {
			body := m.Get(agent, "/liberations?etat="+tt.etat).Body
			if strings.Contains(body, "ABADIE Lina") != tt.seen || !tt.seen && !strings.Contains(body, "Aucune demande dans cet état") {
				t.Errorf("%s, %q: seen %t", agent, tt.etat, !tt.seen)
			}
		}
	}
}
