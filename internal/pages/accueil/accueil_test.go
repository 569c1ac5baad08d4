package accueil_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

var tags = regexp.MustCompile(`<[^>]+>`)

// text is what a page says, its spaces put right, from its heading on.
func text(t *testing.T, r fixture.Reponse) string {
	t.Helper()
	if r.Code != http.StatusOK {
		t.Fatalf("answered %d: %s", r.Code, r.Body)
	}
	_, body, found := strings.Cut(r.Body, `id="contenu"`)
	if !found {
		t.Fatal("no contents")
	}
	body, _, _ = strings.Cut(body, "</main>")
	body = strings.ReplaceAll(tags.ReplaceAllString(body, " "), "\u00a0", " ")
	return strings.Join(strings.Fields(body), " ")
}

// attribute has the register answer every demand of a number.
func attribute(m *fixture.Monde) {
	m.Helper()
	if _, err := (immatriculation.Registre{DB: m.DB, Now: m.Site.Now}).Traiter(context.Background()); err != nil {
		m.Fatal(err)
	}
}

// behind changes what is recorded, as no page would.
func behind(m *fixture.Monde, sql string) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql); err != nil {
		m.Fatal(err)
	}
}

// expecting accepts a child for a date, as a directeur does before the rentrée.
func expecting(m *fixture.Monde, prenom string, effet time.Time) fixture.Enfant {
	m.Helper()
	e := m.Inscrire("mairie", fixture.Ecole, prenom)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Accepter(ctx, tx, a, e.Inscription, 0, "CE1", effet)
	})
	return e
}

// nextYear inscribes a child today, for the next school year.
func nextYear(m *fixture.Monde, prenom string) {
	m.Helper()
	e := m.Inscrire("mairie", "", prenom)
	m.Ecrire("mairie", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		d := inscription.Demande{Annee: 2027, Ecole: fixture.Ecole, Niveau: ecole.CE1, Le: fixture.Aujourdhui}
		return inscription.Modifier(ctx, tx, a, e.Inscription, 0, d)
	})
}

// putOff makes a child admissible.
func putOff(m *fixture.Monde, prenom string) {
	m.Helper()
	e := m.Inscrire("mairie", fixture.Ecole, prenom)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Reporter(ctx, tx, a, e.Inscription, 0)
	})
}

func TestWhatAwaits(t *testing.T) {
	demain := fixture.Aujourdhui.AddDate(0, 0, 1)
	for _, tt := range []struct {
		name, agent string
		world       func(m *fixture.Monde)
		says        []string
	}{
		{"la mairie voit sa liste d’attente", "mairie", func(m *fixture.Monde) { m.Inscrire("mairie", "", "Lina") },
			[]string{"1 enfant sur la liste d’attente", "Inscrire : enfant"}},
		{"la mairie relance l’école qui n’a pas répondu", "mairie", func(m *fixture.Monde) { m.Inscrire("mairie", fixture.Ecole, "Lina") },
			[]string{"1 inscription sans réponse de l’école", "Inscriptions en cours 1"}},
		{"la mairie compte les siens", "mairie", func(m *fixture.Monde) { m.Present("Lina") },
			[]string{"Rien à faire.", "Élèves présents dans vos écoles 1", "Écoles ouvertes 2", "Élèves qui habitent la commune 1", "Dont scolarisés ailleurs 0"}},
		{"la mairie compte ceux qui vont ailleurs", "mairie", func(m *fixture.Monde) { m.PresentAilleurs("Lina") },
			[]string{"Élèves présents dans vos écoles 0", "Élèves qui habitent la commune 1", "Dont scolarisés ailleurs 1"}},
		{"le directeur répond à la mairie", "directeur", func(m *fixture.Monde) { m.Inscrire("mairie", fixture.Ecole, "Lina") },
			[]string{"1 enfant inscrit à traiter", "1 depuis plus de 15 jours"}},
		{"le directeur admet ceux dont la date est passée", "directeur", func(m *fixture.Monde) { m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina")) },
			[]string{"1 enfant attendu et pas encore admis", "Élèves attendus à une date à venir 0"}},
		{"le directeur n’admet pas ceux qu’il attend demain", "directeur", func(m *fixture.Monde) { expecting(m, "Lina", demain) },
			[]string{"Rien à faire.", "Élèves attendus à une date à venir 1"}},
		{"le directeur reçoit déjà l’année prochaine", "directeur", func(m *fixture.Monde) { nextYear(m, "Lina") },
			[]string{"1 enfant inscrit à traiter pour 2027-2028"}},
		{"la mairie ne relance pas avant quinze jours", "mairie", func(m *fixture.Monde) { nextYear(m, "Lina") },
			[]string{"Rien à faire.", "Inscriptions en cours 1"}},
		{"le directeur décide de ceux qu’il a reportés", "directeur", func(m *fixture.Monde) { putOff(m, "Lina") },
			[]string{"1 enfant admissible"}},
		{"le directeur appelle une famille", "directeur", func(m *fixture.Monde) {
			m.Present("Lina")
			behind(m, `update responsable set tel_portable = ''`)
		}, []string{"1 élève sans téléphone"}},
		{"le directeur cherche qui signe", "directeur", func(m *fixture.Monde) {
			m.Present("Lina")
			behind(m, `update lien_responsable set autorite_parentale = false`)
		}, []string{"1 élève sans titulaire de l’autorité parentale"}},
		{"le directeur compte les départs du mois", "directeur", func(m *fixture.Monde) {
			m.Present("Lina")
			behind(m, `update scolarite set etat = 'radie', date_radiation = '2026-11-03', motif_radiation = 'demenagement'`)
		}, []string{"Radiations ce mois-ci 1", "Élèves présents 0"}},
		{"le directeur place ceux qui sont là", "directeur", func(m *fixture.Monde) { m.Present("Lina"); m.Present("Noé") },
			[]string{"2 élèves présents sans classe", "2 responsables enregistrés deux fois", "Élèves présents 2", "Classes 2"}},
		{"l’IEN relance l’école qui n’a pas répondu", "ien", func(m *fixture.Monde) { m.Inscrire("mairie", fixture.Ecole, "Lina") },
			[]string{"1 école n’a pas répondu à des inscriptions", "École primaire Jean-Jaurès, Tarbes 1 0", "Inscriptions que les écoles traitent 1"}},
		{"l’IEN relance l’école qui n’a pas confirmé", "ien", func(m *fixture.Monde) { m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Lina")) },
			[]string{"1 école n’a pas confirmé des arrivées", "École primaire Jean-Jaurès, Tarbes 0 1"}},
		{"l’IA compte le département", "ia", func(m *fixture.Monde) { m.Present("Lina"); m.PresentAilleurs("Noé") },
			[]string{"Rien à faire.", "Écoles ouvertes 3", "Élèves présents 2"}},
		{"l’IA départage des élèves", "ia", func(m *fixture.Monde) {
			m.Present("Lina")
			behind(m, `update immatriculation set etat = 'litige'`)
		}, []string{"1 litige d’INE", "Litiges d’INE 1"}},
		{"l’IEN ne sait rien des numéros", "ien", func(m *fixture.Monde) {
			m.Present("Lina")
			behind(m, `update immatriculation set etat = 'litige'`)
		}, []string{"Rien à faire."}},
		{"le service compte ses comptes, sans élève", "service", func(m *fixture.Monde) { m.Present("Lina") },
			[]string{"aucune donnée d’élève", "Comptes ouverts dans le département 12", "Dont jamais utilisés 0"}},
		{"le collège hors de la saison", "college", func(*fixture.Monde) {}, []string{"aucun dossier d’élève", "1er juin 2027"}},
		{"le collège dans la saison", "college", func(m *fixture.Monde) {
			m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
			m.OuvrirSaison("ia")
		}, []string{"1 élève de 6e à recevoir", "jusqu’au 30 septembre 2027"}},
		{"le rectorat lit l’annuaire", "statistique", func(m *fixture.Monde) { m.Present("Lina") },
			[]string{"aucune donnée nominative", "Écoles ouvertes 4", "Départements 2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			tt.world(m)
			got := text(t, m.Get(tt.agent, "/"))
			for _, want := range tt.says {
				if !strings.Contains(got, want) {
					t.Errorf("does not say %q:\n%s", want, got)
				}
			}
		})
	}
}

// busy leaves everybody something to do.
func busy(m *fixture.Monde) {
	m.Helper()
	m.Inscrire("mairie", "", "Lina")
	m.Inscrire("mairie", fixture.Ecole, "Noé")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Inès"))
	m.Present("Adam")
}

func TestNothingToDo(t *testing.T) {
	for _, agent := range []string{"mairie", "directeur", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			if got := text(t, m.Get(agent, "/")); !strings.Contains(got, "Rien à faire. Tout est à jour.") {
				t.Errorf("in an empty world: %s", got)
			}
			busy(m)
			if got := text(t, m.Get(agent, "/")); strings.Contains(got, "Rien à faire") {
				t.Errorf("in a busy world: %s", got)
			}
		})
	}
}

// What awaits one is not what awaits one's neighbour.
func TestTheNeighbourHasNothingToDo(t *testing.T) {
	m := fixture.New(t)
	busy(m)
	for _, agent := range []string{"mairie voisine", "directeur voisin", "directeur du même", "ien voisin", "ia voisine"} {
		if got := text(t, m.Get(agent, "/")); !strings.Contains(got, "Rien à faire.") {
			t.Errorf("%s: %s", agent, got)
		}
	}
}

// Nobody is named on the page that stays open on a counter.
func TestHomeNamesNoPupil(t *testing.T) {
	m := fixture.New(t)
	busy(m)
	names := []string{"Abadie", "ABADIE", "Lina", "Noé", "Inès", "Adam", "Anne"}
	for _, agent := range fixture.Agents() {
		if agent == "directeur du même" {
			continue // his own name is Abadie
		}
		body := m.Get(agent, "/").Body
		for _, name := range names {
			if strings.Contains(body, name) {
				t.Errorf("%s reads %s", agent, name)
			}
		}
	}
	if body := m.Get("directeur", "/qualite/sans-classe").Body; !strings.Contains(body, names[1]) || !strings.Contains(body, "Adam") { // control
		t.Error("the list of pupils without a class names nobody either")
	}
}

func TestVisitorIsSentToLogIn(t *testing.T) {
	m := fixture.New(t)
	if r := m.Get("", "/"); r.Code != http.StatusSeeOther || r.Header.Get("Location") != "/connexion" {
		t.Errorf("answered %d to %s", r.Code, r.Header.Get("Location"))
	}
}

func TestNumberGivenLeavesTheList(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	behind(m, `update immatriculation set demande_le = '2026-11-10'`)
	if got := text(t, m.Get("directeur", "/")); !strings.Contains(got, "1 élève sans INE") { // control
		t.Errorf("before: %s", got)
	}
	attribute(m)
	if got := text(t, m.Get("directeur", "/")); strings.Contains(got, "élève sans INE") || !strings.Contains(got, "Élèves sans INE 0") {
		t.Errorf("after: %s", got)
	}
}

// In the season of the passages each step is a thing to do, with its last day; out of it nothing is said.
func TestPassagesToDo(t *testing.T) {
	for _, tt := range []struct {
		name string
		le   time.Time
		want string
	}{
		{"before the season", time.Date(2027, time.January, 25, 10, 0, 0, 0, time.UTC), ""},
		{"in time", time.Date(2027, time.March, 12, 10, 0, 0, 0, time.UTC), "1 élève sans proposition de passage Le conseil des maîtres propose, puis la famille est prévenue. avant le 12 mars 2027"},
		{"late", time.Date(2027, time.March, 13, 10, 0, 0, 0, time.UTC), "1 élève sans proposition de passage Le conseil des maîtres propose, puis la famille est prévenue. en retard depuis le 12 mars 2027"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			m.Present("Lina")
			m.Heure = tt.le
			got := text(t, m.Get("directeur", "/"))
			if !strings.Contains(got, tt.want) || strings.Contains(got, "sans proposition") != (tt.want != "") {
				t.Errorf("want %q: %s", tt.want, got)
			}
		})
	}
}

// The calendar is navigation: the present period is marked, and only that one.
func TestCalendarMarksThePresent(t *testing.T) {
	for month, want := range map[time.Month]string{
		time.June: "Juin En ce moment Proposer à leur école ceux qui partent Préparer l’année prochaine Préparer les classes Répartir les élèves Imprimer les certificats",
		// What comes back each month is never marked.
		time.October:   "",
		time.September: "Août et septembre En ce moment Admettre les élèves présents Répartir les arrivants Vérifier les effectifs",
	} {
		t.Run(month.String(), func(t *testing.T) {
			m := fixture.New(t)
			m.Heure = time.Date(2026, month, 10, 10, 0, 0, 0, time.UTC)
			got := text(t, m.Get("directeur", "/"))
			if strings.Contains(got, "En ce moment") != (want != "") || !strings.Contains(got, want) {
				t.Errorf("want %q: %s", want, got)
			}
		})
	}
}

var hrefs = regexp.MustCompile(`href="([^"]+)"`)

// A door that leads nowhere would be a promise: each link of each home page opens.
func TestEveryLinkOpens(t *testing.T) {
	m := fixture.New(t)
	busy(m)
	for _, agent := range []string{"mairie", "directeur", "ien", "ia", "service", "college", "statistique"} {
		seen := map[string]bool{}
		for _, link := range hrefs.FindAllStringSubmatch(m.Get(agent, "/").Body, -1) {
			path, _, _ := strings.Cut(strings.ReplaceAll(link[1], "&amp;", "&"), "#")
			if path == "" || strings.HasPrefix(path, "/static/") || seen[path] {
				continue
			}
			seen[path] = true
			if r := m.Get(agent, path); r.Code != http.StatusOK {
				t.Errorf("%s: %s answers %d", agent, path, r.Code)
			}
		}
		if len(seen) < 4 {
			t.Errorf("%s: only %d links found", agent, len(seen))
		}
	}
}
