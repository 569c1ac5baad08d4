package connexions_test

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// An initial password opens nothing but its own change, after the key (design: no bypass of the second factor).
func TestInitialPasswordMustBeChanged(t *testing.T) {
	m := newMonde(t)
	m.exec(`update compte set a_changer = true, initial_jusqu_au = $1`, m.now.Add(time.Hour))
	n := m.navigateur()
	n.password("claire.fabre")
	r := n.follows(n.post("/connexion/cle", "code", m.code()), "/connexion/mot-de-passe")
	if n.inside() || n.get("/connexion/habilitation").vers() != "/connexion/mot-de-passe" {
		t.Error("the change of password can be gone round")
	}
	if !strings.Contains(r.body, "au moins 15 caractères") || !strings.Contains(r.body, "new-password") {
		t.Errorf("the page does not say the rule\n%s", r.body)
	}
	const chosen = "un gypaète barbu plane"
	for _, tt := range []struct{ nouveau, confirmation, motif string }{
		{bon, bon, "Choisissez un mot de passe différent de l’actuel."},
		{"court", "court", "Choisissez au moins 15 caractères."},
		{"claire.fabre.2026", "claire.fabre.2026", "Ce mot de passe se devine"},
		{chosen, "autre", "Les deux saisies diffèrent."},
	} {
		r := n.post("/connexion/mot-de-passe", "mot_de_passe", tt.nouveau, "mot_de_passe_confirmation", tt.confirmation)
		n.refused(r, tt.motif)
		if strings.Contains(r.body, tt.nouveau+`"`) || n.inside() {
			t.Errorf("%q comes back, or opens", tt.nouveau)
		}
	}
	r = n.post("/connexion/mot-de-passe", "mot_de_passe", chosen, "mot_de_passe_confirmation", chosen)
	n.follows(r, "/")
	if !n.inside() {
		t.Error("the change does not open the session")
	}
	other := m.navigateur()
	other.get("/connexion")
	other.refused(other.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon), "incorrect")
	other.follows(other.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", chosen), "/connexion/cle")
	other.follows(other.post("/connexion/cle", "code", m.code()), "/")
}

// Several habilitations: one is chosen, and may be changed; somebody else's cannot be taken.
func TestHabilitation(t *testing.T) {
	m := newMonde(t)
	m.exec(`insert into habilitation (id, compte_id, role, commune_insee, debut)
		values (gen_random_uuid(), $1, 'mairie', '65047', $2)`, m.id, m.now)
	m.compte("jean.abadie", "Jean", habilitation.Mairie, "65440")
	n := m.navigateur()
	n.get("/connexion")
	n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon, "suite", "/session/prolonger")
	n.get("/connexion/cle")
	r := n.follows(n.post("/connexion/cle", "code", m.code()), "/connexion/habilitation")
	for _, want := range []string{"Mairie d’Aureilhan", "École Jean-Jaurès, Tarbes", "Direction d’école"} {
		if !strings.Contains(r.body, want) {
			t.Errorf("no %q\n%s", want, r.body)
		}
	}
	if strings.Contains(r.body, "Mairie de Tarbes") || n.inside() {
		t.Error("somebody else’s habilitation is offered, or the session is open already")
	}
	for _, id := range []string{"", "x", m.habilitation("65440"), m.id.String()} {
		n.refused(n.post("/connexion/habilitation", "habilitation", id), "Choisissez pour qui vous agissez.")
	}
	n.follows(n.post("/connexion/habilitation", "habilitation", m.habilitation("65047")), "/session/prolonger")
	m.acts(n, habilitation.Mairie)

	n.get("/connexion/habilitation")
	n.refused(n.post("/connexion/habilitation", "habilitation", m.habilitation("65440")), "Choisissez pour qui vous agissez.")
	m.acts(n, habilitation.Mairie)
	n.follows(n.post("/connexion/habilitation", "habilitation", m.habilitation("0650001A")), "/")
	m.acts(n, habilitation.Directeur)
}

// acts checks under which role the session acts.
func (m *monde) acts(n *navigateur, role habilitation.Role) {
	m.Helper()
	if agent := n.agent(); agent.Role != role || !agent.Plusieurs || agent.Nom != "Claire Fabre" {
		m.Errorf("acts as %+v, want %s", agent, role)
	}
}

// agent is whom the session holds.
func (n *navigateur) agent() (agent habilitation.Agent) {
	n.Helper()
	ctx, err := n.site.Sessions.Load(context.Background(), n.cookies["session"])
	if err != nil {
		n.Fatal(err)
	}
	agent, _ = n.site.Agent((&http.Request{}).WithContext(ctx))
	return agent
}

// No habilitation today: nothing opens, and the page says whom to ask.
func TestWithoutHabilitation(t *testing.T) {
	for _, sql := range []string{
		`delete from habilitation`, `update habilitation set fin = '2026-08-31'`, `update habilitation set debut = '2026-09-02'`,
	} {
		t.Run(sql, func(t *testing.T) {
			m := newMonde(t)
			m.exec(sql)
			n := m.navigateur()
			n.password("claire.fabre")
			r := n.follows(n.post("/connexion/cle", "code", m.code()), "/connexion?raison=aucune")
			if n.inside() || !strings.Contains(r.body, "Aucune habilitation") {
				t.Errorf("inside, or no reason\n%s", r.body)
			}
		})
	}
}

// An account suspended between the two steps does not pass the second.
func TestSuspendedDuringTheSteps(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.password("claire.fabre")
	m.exec(`update compte set actif = false`)
	n.refused(n.post("/connexion/cle", "code", m.code()), "pas de clé en service")
}

// demoComptes are the accounts of a demo base.
type demoComptes struct {
	list []compte.DemoCompte
	err  error
}

func (d demoComptes) Comptes(context.Context) ([]compte.DemoCompte, error) { return d.list, d.err }

func demo(m *monde) {
	m.site.Demo = true
	m.site.Comptes = demoComptes{list: []compte.DemoCompte{
		{Role: habilitation.IA, Identifiant: "ia65", MotDePasse: bon, Territoire: "Hautes-Pyrénées", Code: "111111"},
		{Role: habilitation.Directeur, Identifiant: "claire.fabre", MotDePasse: bon, Territoire: "École Jean-Jaurès, Tarbes", Code: m.code()},
	}}
}

// On a demo base one click types the identifier and the password, a second one the code.
func TestDemo(t *testing.T) {
	m := newMonde(t)
	demo(m)
	n := m.navigateur()
	r := n.get("/connexion")
	direction, inspection := strings.Index(r.body, ">Direction d’école<"), strings.Index(r.body, ">Inspection académique<")
	if direction < 0 || inspection < direction {
		t.Errorf("not grouped by role\n%s", r.body)
	}
	offered := regexp.MustCompile(`name="identifiant" value="(claire[^"]*)">\s*<input type="hidden" name="mot_de_passe" value="([^"]*)"`).
		FindStringSubmatch(r.body)
	if offered == nil {
		t.Fatalf("no button to use the account\n%s", r.body)
	}
	r = n.follows(n.post("/connexion", "identifiant", offered[1], "mot_de_passe", offered[2]), "/connexion/cle")
	code := regexp.MustCompile(`name="code" value="(\d{6})"`).FindStringSubmatch(r.body)
	if code == nil || !strings.Contains(r.body, "la clé de ce compte affiche "+code[1]) {
		t.Fatalf("the code is not there\n%s", r.body)
	}
	n.follows(n.post("/connexion/cle", "code", code[1]), "/")

	m.site.Comptes = demoComptes{err: errors.New("broken")}
	if r := m.navigateur().get("/connexion"); r.code != http.StatusInternalServerError {
		t.Errorf("a list that cannot be read: %d", r.code)
	}
}

// Anywhere else nothing is offered, even if a list were given by mistake.
func TestNoDemoAccountsElsewhere(t *testing.T) {
	m := newMonde(t)
	demo(m)
	m.site.Demo = false
	n := m.navigateur()
	if r := n.get("/connexion"); strings.Contains(r.body, bon) || strings.Contains(r.body, "démonstration") {
		t.Error("the log-in page shows accounts")
	}
	n.password("claire.fabre")
	if r := n.get("/connexion/cle"); regexp.MustCompile(`value="\d{6}"`).MatchString(r.body) {
		t.Error("the page of the key shows a code")
	}
}

func TestIdentifierInTheAddress(t *testing.T) {
	r := newMonde(t).navigateur().get(`/connexion?identifiant=claire.fabre`)
	if !strings.Contains(r.body, `name="identifiant" value="claire.fabre"`) {
		t.Error("it is not typed")
	}
}

// Whatever reason the kernel sends somebody here for, the page says it.
func TestReasonsOfTheKernelAreKnown(t *testing.T) {
	m := newMonde(t)
	for _, reason := range []string{httpx.ReasonIdle, httpx.ReasonLife, httpx.ReasonClosed} {
		if r := m.navigateur().get("/connexion?raison=" + reason); !strings.Contains(r.body, `class="alert info"`) {
			t.Errorf("%s says nothing", reason)
		}
	}
}
