package transferts_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// quittant is a pupil of Ecole whom the decision of passage takes to another school, in CE2.
func quittant(m *fixture.Monde, prenom string) fixture.Enfant {
	m.Helper()
	e := m.Present(prenom)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		for _, etape := range []passage.Etape{passage.EtapeProposer, passage.EtapeNotifier, passage.EtapeAccord, passage.EtapeDecider} {
			d := passage.Demande{Etape: etape, Choix: passage.Choix{Decision: passage.Suivant, Quittant: true}, Le: a.Aujourdhui()}
			if err := passage.Faire(ctx, tx, a, e.Scolarite, 0, d); err != nil {
				return err
			}
		}
		return nil
	})
	return e
}

// proposer offers pupils of Ecole to a school, and is the address of the transfer.
func proposer(m *fixture.Monde, vers string, eleves ...fixture.Enfant) string {
	m.Helper()
	form := url.Values{"vers_uai.CE2": {vers}, "id": ids(eleves...)}
	if got := m.Post("directeur", "/transferts/nouveau", form); got.Code != 303 {
		m.Fatalf("got %d %s", got.Code, got.Body)
	}
	return "/transferts/" + fixture.Valeur[string](m, `select id::text from transfert where vers_uai = $1`, vers)
}

func ids(eleves ...fixture.Enfant) []string {
	list := make([]string, len(eleves))
	for i, e := range eleves {
		list[i] = e.Scolarite.String()
	}
	return list
}

const attendus = `select coalesce(string_agg(s.prenom || ' ' || s.niveau || ' ' || s.ecole_uai || ' ' || s.date_effet || ' ' || i.saisie_par || ' ' || i.etat, ', ' order by s.prenom), '')
	from scolarite s join inscription i on i.id = s.inscription_id where s.annee = 2027`

// The whole cohort in one act: the other school reads every name, accepts, and types nothing.
func TestUneCohorte(t *testing.T) {
	m := fixture.New(t)
	lina, max, noe := quittant(m, "Lina"), quittant(m, "Max"), quittant(m, "Noé")
	m.Present("Zoé") // nothing is decided for her
	form := m.Get("directeur", "/transferts/nouveau").Body
	fixture.Shows(t, form, []string{"Vers le CE2 (3)", "ABADIE Lina", "ABADIE Max", `<option value="0659101P" selected>École élémentaire Arago, Tarbes</option>`}, []string{"Zoé"})
	path := proposer(m, fixture.Meme, lina, max, noe)
	fixture.Shows(t, m.Get("directeur du même", "/").Body, []string{"élèves proposés par une autre école", `href="/transferts"`}, []string{"Lina"})
	fixture.Shows(t, m.Get("directeur du même", "/admissions?annee=2027").Body, []string{path, "3"}, nil)
	fixture.Shows(t, m.Get("directeur du même", path).Body, []string{"ABADIE Lina", "ABADIE Max", "ABADIE Noé", "CE2", "Départ\u00a0: École primaire Jean-Jaurès, Tarbes"}, nil)
	if got := m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina, max)}); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	want := "Lina CE2 0659101P 2027-09-01 ecole transformee, Max CE2 0659101P 2027-09-01 ecole transformee"
	if got := fixture.Valeur[string](m, attendus); got != want {
		t.Errorf("expected: %s", got)
	}
	if uai := fixture.Valeur[string](m, `select ecole_uai from eleve where id = $1`, lina.ID); uai != fixture.Ecole {
		t.Errorf("the file went to %s before the rentrée", uai)
	}
	if got := m.Post("directeur du même", path+"/decliner", url.Values{"id": ids(noe)}); got.Code != 303 {
		t.Fatalf("decline: %d", got.Code)
	}
	fixture.Shows(t, m.Get("directeur", "/").Body, []string{"élève décliné par une autre école"}, nil)
	fixture.Shows(t, m.Get("directeur", path).Body, []string{"ABADIE Noé", "Décliné", "Attendu à la rentrée"}, nil)
	fixture.Shows(t, m.Get("directeur", "/transferts/nouveau").Body, []string{"ABADIE Noé", "2\u00a0autres élèves sont déjà proposés ou attendus"}, []string{"ABADIE Lina"})
}

// Either side takes the answers back; what was done since is kept, and said.
func TestAnnuler(t *testing.T) {
	for _, tt := range []struct{ agent, etat string }{{"directeur du même", "propose"}, {"directeur", "retire"}} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			lina, max := quittant(m, "Lina"), quittant(m, "Max")
			path := proposer(m, fixture.Meme, lina, max)
			m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina, max)})
			behind(m, `update scolarite set niveau = 'CM1', version = version + 1 where annee = 2027 and prenom = 'Max'`)
			got := m.Post(tt.agent, path+"/annuler", url.Values{})
			if got.Code != 303 {
				t.Fatalf("got %d %s", got.Code, got.Body)
			}
			fixture.Shows(t, m.Get(tt.agent, path).Body, []string{"1\u00a0élève, déjà suivi par l’école qui l’accueille, y reste.", "Gardé par l’école"}, nil)
			if got := fixture.Valeur[string](m, attendus); got != "Max CM1 0659101P 2027-09-01 ecole transformee" {
				t.Errorf("expected: %s", got)
			}
			states := fixture.Valeur[string](m, `select string_agg(etat, ' ' order by (scolarite_id = $1) desc) from transfert_eleve`, lina.Scolarite)
			if states != tt.etat+" accepte" {
				t.Errorf("the offers: %s", states)
			}
			if n := fixture.Valeur[int](m, `select count(*) from inscription where annee = 2027`); n != 1 {
				t.Errorf("%d inscriptions are left, want 1", n)
			}
			if n := fixture.Valeur[int](m, `select count(*) from passage where suite_id is not null`); n != 1 {
				t.Errorf("%d decisions have been followed, want 1", n)
			}
		})
	}
}

// The school that they leave changes nothing of the year that another one has opened: it asks it to give the pupil up
// first. The controls: a correction that changes neither niveau nor school; the same one, once that is done.
func TestCorrigerUnEleveAttenduAilleurs(t *testing.T) {
	m := fixture.New(t)
	lina := quittant(m, "Lina")
	path := proposer(m, fixture.Meme, lina)
	m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina)})
	corriger := func(agent string, code int, values ...string) {
		t.Helper()
		form := url.Values{"etape": {"corriger"}, "motif_correction": {"Accord de la famille"}}
		for i := 0; i < len(values); i += 2 {
			form.Set(values[i], values[i+1])
		}
		got := m.Post(agent, "/passages/"+lina.Scolarite.String(), form)
		if got.Code != code || code == 422 && !strings.Contains(got.Body, "Une autre école attend cet élève") {
			t.Errorf("%v: got %d", values, got.Code)
		}
	}
	corriger("directeur", 303, "decision", "passage", "quittant", "oui")
	corriger("directeur", 422, "decision", "maintien")
	corriger("directeur", 422, "decision", "maintien", "quittant", "oui")
	const la = `select concat_ws(' ', s.ecole_uai, s.niveau, s.etat, p.decision, p.suite_id is not null) from scolarite s, passage p where s.annee = 2027`
	if got := fixture.Valeur[string](m, la); got != "0659101P CE2 admis_accepte passage t" {
		t.Errorf("the other school now has: %s", got)
	}
	behind(m, `update scolarite set etat = 'annulee', motif_annulation = 'famille_renonce' where annee = 2027`)
	corriger("directeur", 303, "decision", "maintien")
	if got := fixture.Valeur[string](m, la); got != "0659101P CE2 annulee maintien f" {
		t.Errorf("once it has given her up: %s", got)
	}
}

func TestAnnulerTropTard(t *testing.T) {
	m := fixture.New(t)
	lina := quittant(m, "Lina")
	path := proposer(m, fixture.Meme, lina)
	m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina)})
	behind(m, `update transfert set propose_le = '2026-10-01', repondu_le = '2026-10-15'`)
	if got := m.Post("directeur", path+"/annuler", url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "au-delà de 30 jours") {
		t.Errorf("got %d", got.Code)
	}
}

// Where the mairie alone inscribes, she does so first, all at once; then the school accepts.
func TestLaMairieSeuleInscrit(t *testing.T) {
	m := fixture.New(t)
	lina, max := quittant(m, "Lina"), quittant(m, "Max")
	behind(m, `update commune set saisie = 'mairie' where insee = '65440'`)
	path := proposer(m, fixture.Meme, lina, max)
	got := m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina, max)})
	if got.Code != 422 {
		t.Fatalf("the mairie was by-passed: %d", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"ABADIE Lina\u00a0: La mairie de Tarbes doit d’abord l’inscrire."}, nil)
	fixture.Shows(t, m.Get("mairie", "/").Body, []string{"enfants à inscrire, proposés par leur école"}, []string{"Lina"})
	fixture.Shows(t, m.Get("mairie", path).Body, []string{"ABADIE Lina", "Inscrire les enfants cochés"}, []string{"/eleves/" + lina.ID.String()})
	if got := m.Post("mairie", path+"/inscrire", url.Values{"id": ids(lina, max)}); got.Code != 303 {
		t.Fatalf("inscribe: %d %s", got.Code, got.Body)
	}
	if got := m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina, max)}); got.Code != 303 {
		t.Fatalf("accept: %d %s", got.Code, got.Body)
	}
	want := "Lina CE2 0659101P 2027-09-01 mairie transformee, Max CE2 0659101P 2027-09-01 mairie transformee"
	if got := fixture.Valeur[string](m, attendus); got != want {
		t.Errorf("expected: %s", got)
	}
	m.Post("directeur", path+"/annuler", url.Values{}) // the inscription is the mairie's: it stays
	if n := fixture.Valeur[int](m, `select count(*) from inscription where annee = 2027 and etat = 'inscrit'`); n != 2 {
		t.Errorf("%d inscriptions of the mairie are left, want 2", n)
	}
}

func TestRefus(t *testing.T) {
	for _, tt := range []struct {
		name, vers, says string
		world            string
	}{
		{"à sa propre école", fixture.Ecole, "Ces élèves quittent votre école", ``},
		{"à une école fermée", fixture.Meme, "L’école choisie est fermée.", `update ecole set ouverte = false where uai = '0659101P'`},
		{"à une école sans ce niveau", fixture.Meme, "L’école choisie n’a pas de Cours élémentaire 2e année.", `update ecole set type = 'maternelle' where uai = '0659101P'`},
		{"à aucune", "", "Choisissez l’école des élèves de CE2", ``},
		{"à un code inconnu", "0650119B", "Aucune école ne porte le code 0650119B.", ``},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := quittant(m, "Lina")
			behind(m, tt.world)
			got := m.Post("directeur", "/transferts/nouveau", url.Values{"vers_uai.CE2": {tt.vers}, "id": ids(lina)})
			if got.Code != 422 || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d, without %q", got.Code, tt.says)
			}
		})
	}
}

// Who is expected elsewhere is not offered, nor accepted, twice.
func TestUneSeuleEcoleAttend(t *testing.T) {
	m := fixture.New(t)
	lina := quittant(m, "Lina")
	path := proposer(m, fixture.Meme, lina)
	if got := m.Post("directeur", "/transferts/nouveau", url.Values{"vers_uai.CE2": {fixture.Voisine}, "id": ids(lina)}); got.Code != 422 {
		t.Errorf("offered twice: %d", got.Code)
	}
	m.Post("directeur", path+"/retirer", url.Values{})
	second := proposer(m, fixture.Voisine, lina)
	if got := m.Post("directeur voisin", second+"/accepter", url.Values{"id": ids(lina)}); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	got := m.Post("directeur du même", path+"/accepter", url.Values{"id": ids(lina)})
	if got.Code != 422 || !strings.Contains(got.Body, "Cet élève n’est plus proposé.") {
		t.Errorf("accepted twice: %d", got.Code)
	}
	for _, agent := range []string{"directeur du même", "mairie"} {
		if got := m.Get(agent, second); got.Code != 404 {
			t.Errorf("%s reads a transfer that does not concern him: %d", agent, got.Code)
		}
	}
	if got := m.Post("directeur", second+"/accepter", url.Values{"id": ids(lina)}); got.Code != 422 {
		t.Errorf("the school they leave accepts for the other: %d", got.Code)
	}
}

// At the rentrée the school that receives notes the pupil present: the file is its own, though the other forgot him.
func TestALaRentree(t *testing.T) {
	m := fixture.New(t)
	lina := quittant(m, "Lina")
	m.Post("directeur du même", proposer(m, fixture.Meme, lina)+"/accepter", url.Values{"id": ids(lina)})
	behind(m, `update scolarite set annee = annee - 1, fin_annee = fin_annee - 365, date_effet = date_effet - 365, date_admission = date_admission - 365`)
	suite := fixture.Valeur[string](m, `select id::text from scolarite where ecole_uai = '0659101P'`)
	if got := m.Post("directeur du même", "/pointage/"+suite, url.Values{"pointer": {"present"}}); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	if uai := fixture.Valeur[string](m, `select ecole_uai from eleve where id = $1`, lina.ID); uai != fixture.Meme {
		t.Errorf("the file is still at %s", uai)
	}
}

// The map of a regroupement chooses the school of each niveau.
func TestLeRegroupementChoisit(t *testing.T) {
	m := fixture.New(t)
	quittant(m, "Lina")
	behind(m, `insert into rpi values ('065020', 'disperse', '65'); update ecole set rpi_code = '065020' where uai in ('0659001F', '0659002G');
		update classe_niveau set niveau = 'CE2' where ecole_uai = '0659002G'`)
	fixture.Shows(t, m.Get("directeur", "/transferts/nouveau").Body, []string{`<option value="0659002G" selected>École primaire du Lapacca, Lourdes</option>`, "Dans le regroupement pédagogique"}, nil)
}

func behind(m *fixture.Monde, sql string) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql); err != nil {
		m.Fatal(err)
	}
}
