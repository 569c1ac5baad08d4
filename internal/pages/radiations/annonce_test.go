package radiations_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// annoncer has a departure announced for 3 December, to a school.
func annoncer(m *fixture.Monde, e fixture.Enfant, uai string) {
	m.Helper()
	typed := depart("date_radiation", "03/12/2026", "destination_uai", uai)
	if got := m.Post("directeur", page(e), typed); got.Code != 303 {
		m.Fatalf("announced: %d\n%s", got.Code, got.Body)
	}
}

// leJour is what an agent finds who opens his scope on a day.
func leJour(m *fixture.Monde, agent string, jour time.Time) (etats []string) {
	m.Helper()
	p := m.Agent(agent).Portee()
	p.Le = jour
	err := m.DB.Lire(context.Background(), p, func(l *territoire.Lecture) {
		territoire.Valeur(l, &etats, `select coalesce(array_agg(etat order by annee), '{}') from scolarite where etat <> 'annulee'`)
	})
	if err != nil {
		m.Fatal(err)
	}
	return etats
}

// A pupil who will leave is there until that day: listed, counted, in his class; his file says when he leaves.
func TestAnnounced(t *testing.T) {
	m := fixture.New(t)
	e := m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	annoncer(m, e, fixture.Meme)
	for path, want := range map[string]string{
		"/eleves":                             "Présent, quitte l’école le 03/12/2026",
		"/eleves/" + e.ID.String():            "quitte l’école le 03/12/2026",
		"/classes/" + fixture.CE1.String():    "ABADIE Lina",
		"/radiations":                         "03/12/2026, annoncé",
		"/radiations?quand=annonces":          "ABADIE Lina",
		"/radiations/nouvelle":                "Départ annoncé le 03/12/2026",
		page(e):                               "Annuler le départ",
		"/effectifs.csv":                      "CE1",
		"/eleves?etat=admis_definitif&q=lina": "ABADIE Lina",
		"/radiations?quand=faites&annee=2026": "Aucun élève n’a été radié",
		"/eleves/" + e.ID.String() + "/certificat-scolarite.pdf": "%PDF",
		"/eleves/" + e.ID.String() + "/certificat-radiation.pdf": "%PDF",
	} {
		if got := m.Get("directeur", path); got.Code != 200 || !strings.Contains(got.Body, want) {
			t.Errorf("%s: %d without %q", path, got.Code, want)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'annoncer_depart'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
	if got := m.Post("directeur", page(e), depart("date_radiation", "10/12/2026")); got.Code != 303 {
		t.Errorf("changed: %d", got.Code)
	}
	if got := m.Post("directeur", page(e)+"/annuler", nil); got.Code != 303 || etat(m, e) != "admis_definitif" ||
		fixture.Valeur[int](m, `select count(*) from scolarite where date_radiation is not null`) != 0 {
		t.Errorf("withdrawn: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from affectation where fin is null`); n != 1 {
		t.Errorf("%d places in a class, want the one he never left", n)
	}
}

// The day comes: whoever opens his scope first finds the pupil gone, and not a day before.
func TestTheDayComes(t *testing.T) {
	dec3 := time.Date(2026, time.December, 3, 8, 0, 0, 0, time.UTC)
	for _, agent := range []string{"directeur", "mairie", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Placer("directeur", m.Present("Lina"), fixture.CE1)
			annoncer(m, e, "")
			for _, tt := range []struct {
				jour time.Time
				want string
			}{{dec3.AddDate(0, 0, -1), "admis_definitif"}, {dec3, "radie"}, {dec3.AddDate(0, 0, 1), "radie"}} {
				if got := leJour(m, agent, tt.jour); len(got) != 1 || got[0] != tt.want {
					t.Errorf("on %s: %v, want %s", tt.jour.Format(time.DateOnly), got, tt.want)
				}
			}
			if fin := fixture.Valeur[time.Time](m, `select fin from affectation`); !fin.Equal(dec3.Truncate(24 * time.Hour)) {
				t.Errorf("he leaves his class on %s", fin)
			}
		})
	}
	t.Run("le voisin n’y change rien", func(t *testing.T) {
		m := fixture.New(t)
		e := m.Present("Lina")
		annoncer(m, e, "")
		leJour(m, "directeur voisin", dec3)
		if etat(m, e) != "admis_definitif" {
			t.Error("another territory has carried it out")
		}
	})
}

// The next school accepts ahead, and admits from the day on, though nobody has opened the former one since.
func TestTheNextSchoolAdmitsFromThatDay(t *testing.T) {
	for _, tt := range []struct {
		name, le string
		refus    string
		dossier  string
	}{
		{"la veille", "02/12/2026", "encore présent dans une autre école", fixture.Ecole},
		{"le jour même", "03/12/2026", "", fixture.Voisine},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			annoncer(m, e, fixture.Voisine)
			accepte := accepterAilleurs(m, e)
			le, _ := time.Parse("02/01/2006", tt.le)
			a := m.Agent("directeur voisin")
			a.Maintenant = le.Add(9 * time.Hour)
			err := m.DB.Ecrire(context.Background(), a.Portee(), func(tx territoire.Tx) error {
				return scolarite.Admettre(context.Background(), tx, a, accepte.Inscription, 0, le)
			})
			if r, _ := refusal.As(err); (err == nil) != (tt.refus == "") || !strings.Contains(r.Motif, tt.refus) {
				t.Errorf("got %v, want %q", err, tt.refus)
			}
			if got := fixture.Valeur[string](m, `select ecole_uai from eleve where id = $1`, e.ID); got != tt.dossier {
				t.Errorf("the file is with %s, want %s", got, tt.dossier)
			}
		})
	}
}

// What was prepared for him next year is closed while he is to leave, and is as before when he stays after all.
func TestNextYearAndPeriscolaireFollow(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		tx.Queue(`insert into periscolaire (eleve_id, annee, restaurant) values ($1, 2026, true)`, e.ID)
		tx.Queue(`insert into classe (id, ecole_uai, annee, libelle_court) values ('c1a55e00-0000-4000-8000-0000000000aa', $1, 2027, 'CE2 Z')`, fixture.Ecole)
		tx.Queue(`insert into classe_niveau (classe_id, ecole_uai, niveau) values ('c1a55e00-0000-4000-8000-0000000000aa', $1, 'CE2')`, fixture.Ecole)
		tx.Queue(`insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet, classe_id)
			values (gen_random_uuid(), $1, $2, 2027, '2028-08-31', 'admis_accepte', 'CE2', '2027-09-01', 'c1a55e00-0000-4000-8000-0000000000aa')`, e.ID, fixture.Ecole)
		_, err := tx.Exec(ctx, `insert into affectation (scolarite_id, ecole_uai, classe_id, debut)
			select id, ecole_uai, classe_id, date_effet from scolarite where annee = 2027`)
		return err
	})
	look := func() string {
		return fixture.Valeur[string](m, `select s.etat || coalesce(' ' || k.libelle_court, '') || coalesce(' ' || p.fin, '') || ' '
			|| (select count(*) from affectation where scolarite_id = s.id and fin is null)
			from scolarite s left join classe k on k.id = s.classe_id join periscolaire p using (eleve_id) where s.annee = 2027`)
	}
	before := look()
	annoncer(m, e, "")
	if got := look(); before != "admis_accepte CE2 Z 1" || got != "annulee 2026-12-03 0" {
		t.Errorf("%q, then %q", before, got)
	}
	if got := m.Get("directeur", "/eleves/"+e.ID.String()); !strings.Contains(got.Body, "jusqu’au départ de l’école le 03/12/2026") {
		t.Error("the file does not tell when the périscolaire ends")
	}
	m.Post("directeur", page(e)+"/annuler", nil)
	if got := look(); got != before {
		t.Errorf("taken back: %q, want %q", got, before)
	}
}
