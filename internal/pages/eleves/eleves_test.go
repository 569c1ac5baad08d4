package eleves_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func TestDossierByRole(t *testing.T) {
	for _, tt := range []struct {
		agent        string
		code         int
		shows, hides []string
	}{
		{"directeur", 200, []string{"Lina", "5 rue des Pyrénées", "06 00 00 00 01", "En attente d’INE", "Modifier"}, nil},
		{"mairie", 200, []string{"Lina", "5 rue des Pyrénées", "06 00 00 00 01"}, []string{"INE", "/identite", "Classe"}},
		{"ien", 200, []string{"Lina", "5 rue des Pyrénées", "Anne"}, []string{"06 00 00 00 01", "INE", "Modifier"}},
		{"ia", 200, []string{"Lina", "Anne", "En attente d’INE"}, []string{"06 00 00 00 01", "Modifier"}},
		{"directeur du même", 404, nil, []string{"Lina"}},
		{"directeur voisin", 404, nil, []string{"Lina"}},
		{"mairie voisine", 404, nil, []string{"Lina"}},
		{"ien voisin", 404, nil, []string{"Lina"}},
		{"ia voisine", 404, nil, []string{"Lina"}},
		{"service", 403, nil, []string{"Lina"}},
		{"college", 403, nil, []string{"Lina"}},
		{"statistique", 403, nil, []string{"Lina"}},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			got := m.Get(tt.agent, "/eleves/"+e.ID.String())
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			for _, s := range tt.shows {
				if !strings.Contains(got.Body, s) {
					t.Errorf("does not show %q", s)
				}
			}
			for _, s := range tt.hides {
				if strings.Contains(got.Body, s) {
					t.Errorf("shows %q", s)
				}
			}
			if got.Code == 404 {
				if unknown := m.Get(tt.agent, "/eleves/"+fixture.Inconnu.String()); unknown.Body != got.Body {
					t.Error("a foreign pupil and an unknown one do not get the same bytes")
				}
			}
			want := 0
			if tt.code == 200 {
				want = 1
			}
			if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'consulter' and objet_id = $1`, e.ID); n != want {
				t.Errorf("%d lines in the journal, want %d", n, want)
			}
		})
	}
}

func TestJournalIsTheConditionOfReading(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	if _, err := m.Tx.Exec(t.Context(), `revoke insert on journal from be_directeur`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", "/eleves/"+e.ID.String()); got.Code < 500 || strings.Contains(got.Body, "Lina") {
		t.Errorf("a dossier that cannot be noted was shown: %d", got.Code)
	}
}

func TestRevelerINE(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	if _, err := m.Tx.Exec(t.Context(), `update immatriculation set etat = 'attribue', ine = '990000001EB' where eleve_id = $1`, e.ID); err != nil {
		t.Fatal(err)
	}
	page := "/eleves/" + e.ID.String()
	if got := m.Get("directeur", page); strings.Contains(got.Body, "990000001EB") || !strings.Contains(got.Body, "Afficher l’INE") {
		t.Error("the number is not masked")
	}
	if got := m.Post("directeur", page+"/ine", url.Values{}); got.Code != 422 || !strings.Contains(got.Body, `role="alert"`) {
		t.Errorf("shown without a motive: %d", got.Code)
	}
	if got := m.Post("directeur", page+"/ine", url.Values{"motif": {"identite"}}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	if got := m.Get("directeur", page); !strings.Contains(got.Body, "990000001EB") {
		t.Error("the number asked for is not shown")
	}
	if got := fixture.Valeur[string](m, `select motif from journal where acte = 'reveler' and objet_id = $1`, e.ID); got != "identite" {
		t.Errorf("the journal says %q", got)
	}
	m.Heure = m.Heure.Add(6 * 60e9)
	if got := m.Get("directeur", page); strings.Contains(got.Body, "990000001EB") {
		t.Error("the number is still shown six minutes later")
	}
	for _, agent := range []string{"mairie", "ien"} {
		if got := m.Post(agent, page+"/ine", url.Values{"motif": {"identite"}}); got.Code != 403 {
			t.Errorf("%s: got %d, want 403", agent, got.Code)
		}
	}
}

// Two directors edit the same file: one sees the conflict, nothing is lost.
func TestTwoEditors(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	page := "/eleves/" + e.ID.String() + "/identite"
	version := fixture.Valeur[int](m, `select version from eleve where id = $1`, e.ID)
	typed := func(prenom2, naissance string, version int) url.Values {
		return url.Values{
			"nom_famille": {"Abadie"}, "prenom": {"Lina"}, "prenom2": {prenom2}, "sexe": {"F"}, "date_naissance": {naissance},
			"commune_naissance": {"Tarbes (65)"}, "version": {fmt.Sprint(version)},
		}
	}
	if got := m.Post("directeur", page, typed("Rose", "12/04/2019", version)); got.Code != 303 {
		t.Fatalf("the first one got %d", got.Code)
	}
	got := m.Post("directeur", page, typed("Marie", "120419", version))
	if got.Code != http.StatusConflict {
		t.Fatalf("the second one got %d, want a conflict", got.Code)
	}
	for _, s := range []string{"Rose", "Marie", `value="120419"`, "Deuxième prénom"} {
		if !strings.Contains(got.Body, s) {
			t.Errorf("the conflict page does not show %q", s)
		}
	}
	if strings.Contains(got.Body, `<th scope="row">Date de naissance`) {
		t.Error("the same date typed otherwise is shown as a difference")
	}
	if got := m.Post("directeur", page, typed("Marie", "120419", version+1)); got.Code != 303 {
		t.Errorf("sending again, knowingly, got %d", got.Code)
	}
	if got := fixture.Valeur[string](m, `select prenom2 from eleve where id = $1`, e.ID); got != "Marie" {
		t.Errorf("recorded %q", got)
	}
}

func TestEditRefuses(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	page := "/eleves/" + e.ID.String()
	got := m.Post("directeur", page+"/identite", url.Values{"nom_famille": {"Abadie"}, "prenom": {""}, "date_naissance": {"31/02/2019"}})
	for _, s := range []string{"Indiquez le prénom.", "Cette date n’existe pas.", `value="31/02/2019"`, `value="Abadie"`} {
		if got.Code != 422 || !strings.Contains(got.Body, s) {
			t.Errorf("%d without %q", got.Code, s)
		}
	}
	if got := m.Post("mairie", page+"/identite", url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "L’école tient") {
		t.Errorf("the mairie writes in a file held by the school: %d", got.Code)
	}
	if got := m.Post("ien", page+"/identite", url.Values{}); got.Code != 403 {
		t.Errorf("the IEN got %d", got.Code)
	}
	if got := m.Post("directeur voisin", page+"/identite", url.Values{"nom_famille": {"X"}, "prenom": {"Y"}, "sexe": {"F"},
		"date_naissance": {"12/04/2019"}, "ne_etranger": {"true"}}); got.Code != 404 {
		t.Errorf("the neighbour got %d", got.Code)
	}
}

func TestList(t *testing.T) {
	for _, tt := range []struct {
		agent, query string
		shows, hides []string
	}{
		{"directeur", "", []string{"Lina", "Attendue"}, []string{"Noé", "Inscrite"}},
		{"directeur", "?q=lina+abadie", []string{"Lina"}, []string{"Attendue"}},
		{"directeur", "?etat=admis_accepte", []string{"Attendue"}, []string{"Lina"}},
		{"directeur", "?niveau=CM2", []string{"Aucun élève ne répond"}, []string{"Lina"}},
		{"directeur", "?annee=2025", []string{"Aucun élève ne répond"}, []string{"Lina"}},
		{"directeur", "?q=%25", nil, []string{"Noé"}},
		{"mairie", "", []string{"Lina", "Jean-Jaurès"}, []string{"CE1 A"}},
		{"mairie voisine", "", []string{"Noé"}, []string{"Attendue"}},
		{"ien", "", []string{"Choisissez une école"}, []string{"Lina"}},
		{"ien", "?ecole=" + fixture.Ecole, []string{"Lina"}, []string{"Noé"}},
		{"ien", "?ecole=" + fixture.Voisine, []string{"Aucun élève ne répond"}, []string{"Noé"}},
		{"ia", "?q=aba", []string{"Lina", "Noé"}, nil},
		{"ia voisine", "?q=aba", []string{"Aucun élève ne répond"}, []string{"Lina", "Noé"}},
	} {
		t.Run(tt.agent+" "+tt.query, func(t *testing.T) {
			m := fixture.New(t)
			m.Present("Lina")
			m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Attendue"))
			m.Inscrire("mairie", fixture.Ecole, "Inscrite")
			m.PresentAilleurs("Noé")
			got := m.Get(tt.agent, "/eleves"+tt.query)
			if got.Code != 200 {
				t.Fatalf("got %d", got.Code)
			}
			for _, s := range tt.shows {
				if !strings.Contains(got.Body, s) {
					t.Errorf("does not show %q", s)
				}
			}
			for _, s := range tt.hides {
				if strings.Contains(got.Body, s) {
					t.Errorf("shows %q", s)
				}
			}
		})
	}
}

func TestExport(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	for format, magic := range map[string]string{"csv": "\ufeffNom et prénom;", "xlsx": "PK", "pdf": "%PDF-"} {
		got := m.Get("directeur", "/eleves."+format)
		if got.Code != 200 || !strings.HasPrefix(got.Body, magic) {
			t.Errorf("%s: %d %.20q", format, got.Code, got.Body)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'scolarite'`); n != 3 {
		t.Errorf("%d exports in the journal, want 3", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'eleve' and objet_id is not null`); n != 3 {
		t.Errorf("%d lines of the pupil, want 3", n)
	}
}
