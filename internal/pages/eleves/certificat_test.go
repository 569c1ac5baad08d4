package eleves_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

func contains(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("without %q:\n%s", w, text)
		}
	}
}

func TestCertificatScolarite(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	if _, err := m.Tx.Exec(t.Context(), `update immatriculation set etat = 'attribue', ine = '990000001EB' where eleve_id = $1`, e.ID); err != nil {
		t.Fatal(err)
	}
	path := "/eleves/" + e.ID.String() + "/certificat-scolarite.pdf"
	got := m.Get("directeur", path)
	if got.Code != 200 || got.Header.Get("Content-Type") != "application/pdf" {
		t.Fatalf("got %d %s", got.Code, got.Header.Get("Content-Type"))
	}
	text := fixture.Papier(t, got.Body)
	contains(t, text, "Certificat de scolarité", "Abadie", "Lina", "12 avril 2019", "CE1", "2026-2027", "Claire Fabre",
		"École primaire Jean-Jaurès", "12 rue de la République", "0659001F-2026-0001", "1er septembre 2026", "20 novembre 2026")
	if strings.Contains(text, "990000001EB") {
		t.Error("the INE is on the certificate")
	}
	m.Heure = m.Heure.Add(10 * time.Minute)
	if again := m.Get("directeur", path); again.Body != got.Body {
		t.Error("the same certificate asked for again has other bytes")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and objet_id = $1`, e.ID); n != 2 {
		t.Errorf("%d lines in the journal, want 2", n)
	}
}

func TestCertificatsOfSeveral(t *testing.T) {
	m := fixture.New(t)
	lina, noemie := m.Present("Lina"), m.Present("Noémie")
	attendue := m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Ambre"))
	const path = "/eleves/certificats-scolarite.pdf"
	got := m.Post("directeur", path, url.Values{"id": {lina.ID.String(), noemie.ID.String()}})
	contains(t, fixture.Papier(t, got.Body), "Lina", "Noémie", "0659001F-2026-0001", "0659001F-2026-0002")

	got = m.Post("directeur", path, url.Values{"id": {lina.ID.String(), attendue.ID.String()}})
	if got.Code != 422 || !strings.Contains(got.Body, "Ambre") || strings.Contains(got.Body, "Lina") {
		t.Errorf("one who is not there: %d", got.Code)
	}
	if got = m.Post("directeur", path, url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "Choisissez au moins un élève") {
		t.Errorf("nobody chosen: %d", got.Code)
	}
}

// The school keeps the line of the register: the certificate is printed again although the file has left.
func TestCertificatRadiation(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	path := "/eleves/" + e.ID.String() + "/certificat-radiation.pdf"
	if got := m.Get("directeur", path); got.Code != 422 || !strings.Contains(got.Body, "soit radié") {
		t.Errorf("before the radiation: %d", got.Code)
	}
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{
			Le: a.Aujourdhui(), Motif: "demenagement", DestinationUAI: fixture.Voisine,
		})
	})
	first := m.Get("directeur", path)
	contains(t, fixture.Papier(t, first.Body), "Certificat de radiation", "Radiation à compter du", "20 novembre 2026", "Déménagement", "Lapacca")
	if got := m.Get("directeur", "/eleves/"+e.ID.String()+"/certificat-scolarite.pdf"); got.Code != 422 {
		t.Errorf("a certificat de scolarité for one who has left: %d", got.Code)
	}
	if _, err := m.Tx.Exec(t.Context(), `update eleve set ecole_uai = $2 where id = $1`, e.ID, fixture.Voisine); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", path); got.Code != 200 || got.Body != first.Body {
		t.Errorf("once the file has left: %d", got.Code)
	}
	for agent, code := range map[string]int{"directeur voisin": 404, "directeur du même": 404, "mairie": 403, "ia": 403} {
		if got := m.Get(agent, path); got.Code != code {
			t.Errorf("%s: %d, want %d", agent, got.Code, code)
		}
	}
}

// The page says what the paper says, and issues nothing; once the paper is issued it has its number and its seal.
func TestCertificatOnAPage(t *testing.T) {
	m := fixture.New(t)
	path := "/eleves/" + m.Present("Lina").ID.String() + "/certificat-scolarite"
	before := m.Get("directeur", path)
	contains(t, before.Body, "fréquente cette école à ce jour", "Abadie", "12\u00a0avril\u00a02019", "Claire Fabre", "Son numéro lui est donné à l’impression", path+".pdf")
	if n := fixture.Valeur[int](m, `select count(*) from document`); n != 0 || strings.Contains(before.Body, "Vérifier ce document") {
		t.Errorf("reading it has issued %d papers", n)
	}
	m.Get("directeur", path+".pdf")
	contains(t, m.Get("directeur", path).Body, "0659001F-2026-0001", "Vérifier ce document", "/V/")
	for agent, code := range map[string]int{"directeur voisin": 404, "mairie": 403} {
		if got := m.Get(agent, path); got.Code != code {
			t.Errorf("%s: %d, want %d", agent, got.Code, code)
		}
	}
	if got := m.Get("directeur", strings.Replace(path, "scolarite", "radiation", 1)); got.Code != 422 || !strings.Contains(got.Body, "soit radié") {
		t.Errorf("a radiation that is none: %d", got.Code)
	}
}
