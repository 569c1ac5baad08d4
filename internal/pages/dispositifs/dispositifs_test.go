package dispositifs_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// ouvrir gives the school of the tests its ULIS.
func ouvrir(m *fixture.Monde) {
	m.Helper()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return dispositif.Ouvrir(ctx, tx, a, 2026, 0, dispositif.Unite{Libelle: "ULIS école", Enseignant: "Mme Lacaze", EffectifMax: 1})
	})
}

// noter has the directeur say that a pupil benefits since the rentrée, and returns the period.
func noter(m *fixture.Monde, e fixture.Enfant, d dispositif.Dispositif) (id string) {
	m.Helper()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if err := dispositif.Commencer(ctx, tx, a, e.Scolarite, d, dispositif.Periode{Debut: fixture.Rentree}); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select id::text from beneficiaire where eleve_id = $1`, e.ID).Scan(&id)
	})
	return id
}

func ids(debut string, all ...fixture.Enfant) url.Values {
	v := url.Values{"debut": {debut}}
	for _, e := range all {
		v.Add("id", e.Scolarite.String())
	}
	return v
}

const ulis, upe2a = "/dispositifs/eleves?dispositif=ulis", "/dispositifs/eleves?dispositif=upe2a"

func TestNoter(t *testing.T) {
	for _, tt := range []struct {
		name, agent, path, debut string
		ouvert                   bool
		code                     int
		shows                    string
	}{
		{"un élève d’ULIS", "directeur", ulis, "01/09/2026", true, 303, ""},
		{"l’école doit en avoir une", "directeur", ulis, "01/09/2026", false, 422, "ouvrez-le d’abord"},
		{"une UPE2A ne se demande pas", "directeur", upe2a, "01/09/2026", false, 303, ""},
		{"il faut un premier jour", "directeur", upe2a, "", false, 422, "Indiquez le premier jour."},
		{"d’une année où il est là", "directeur", upe2a, "01/09/2027", false, 422, "n’est pas dans l’école à cette date"},
		{"l’IEN lit seulement", "ien", ulis, "01/09/2026", true, 403, ""},
		{"l’IA aussi", "ia", ulis, "01/09/2026", true, 403, ""},
		{"la mairie ne lit rien", "mairie", ulis, "01/09/2026", true, 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.Present("Lina")
			if tt.ouvert {
				ouvrir(m)
			}
			got := m.Post(tt.agent, tt.path, ids(tt.debut, lina))
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if n := fixture.Valeur[int](m, `select count(*) from beneficiaire`); (n == 1) != (tt.code == 303) {
				t.Errorf("%d periods", n)
			}
		})
	}
}

// Domain.md, scenario 15: a pupil of the ULIS is counted once, in his class, with a flag, and the nature of what he
// suffers from is nowhere.
func TestUneSeuleFois(t *testing.T) {
	m := fixture.New(t)
	ouvrir(m)
	lina := m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Placer("directeur", m.Present("Noé"), fixture.CE1)
	before := m.Get("directeur", "/effectifs.csv").Body
	noter(m, lina, dispositif.ULIS)
	if after := m.Get("directeur", "/effectifs.csv").Body; after != before {
		t.Error("the effectif has changed")
	}
	class := m.Get("directeur", "/classes/"+fixture.CE1.String()).Body
	if !strings.Contains(class, "2\u00a0présents, dont 1 avec le dispositif ULIS") || strings.Count(class, ">ULIS<") != 1 {
		t.Error("the list of the class does not flag one pupil of two")
	}
	if csv := m.Get("directeur", "/classes/"+fixture.CE1.String()+".csv").Body; strings.Contains(csv, "ULIS") {
		t.Error("the flag leaves the screen")
	}
	for agent, shown := range map[string]bool{"directeur": true, "ien": true, "ia": true, "mairie": false} {
		if got := m.Get(agent, "/eleves/"+lina.ID.String()).Body; strings.Contains(got, "Bénéficie du dispositif ULIS de l’école") != shown {
			t.Errorf("%s reads it in the file: %v", agent, !shown)
		}
	}
	if list := m.Get("directeur", "/eleves?dispositif=ulis").Body; !strings.Contains(list, "Lina") || strings.Contains(list, "Noé") {
		t.Error("the pupils' list is not narrowed")
	}
	if list := m.Get("mairie", "/eleves?dispositif=ulis").Body; !strings.Contains(list, "Noé") || strings.Contains(list, "ULIS") {
		t.Error("a mairie narrows its list to the ULIS")
	}
	if columns := fixture.Valeur[string](m, `select string_agg(column_name, ' ' order by column_name) from information_schema.columns
		where table_name = 'beneficiaire'`); columns != "debut dispositif ecole_uai eleve_id fin id version" {
		t.Errorf("more than dates is kept: %s", columns)
	}
}

func TestQuiLit(t *testing.T) {
	for agent, code := range map[string]int{
		"directeur": 200, "ien": 200, "ia": 200, "directeur du même": 404, "directeur voisin": 404, "ien voisin": 404, "ia voisine": 404,
		"mairie": 403, "service": 403, "college": 403, "statistique": 403,
	} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			id := noter(m, m.Present("Lina"), dispositif.UPE2A)
			got := m.Get(agent, "/dispositifs/"+id)
			if got.Code != code || strings.Contains(got.Body, "ABADIE Lina") != (code == 200) {
				t.Errorf("the period: %d, want %d", got.Code, code)
			}
			list := m.Get(agent, "/dispositifs?dispositif=upe2a")
			csv := m.Get(agent, "/dispositifs.csv?dispositif=upe2a")
			if strings.Contains(list.Body, "Lina") != (code == 200) || strings.Contains(csv.Body, "Lina") != (code == 200) {
				t.Errorf("the list or its file: %d, %d", list.Code, csv.Code)
			}
			if other := m.Get(agent, "/dispositifs?dispositif=ulis"); strings.Contains(other.Body, "Lina") {
				t.Error("shown under the other dispositif")
			}
		})
	}
}

func TestDispositifULIS(t *testing.T) {
	unite := func(pairs ...string) url.Values {
		v := url.Values{"libelle": {"ULIS école"}, "enseignant": {"Mme Lacaze"}, "effectif_max": {"12"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	for _, tt := range []struct {
		name, path string
		ouvert     bool
		form       url.Values
		code       int
		shows      string
	}{
		{"la direction l’ouvre", "/dispositifs/ulis", false, unite(), 303, ""},
		{"pour l’an prochain", "/dispositifs/ulis?annee=2027", false, unite(), 303, ""},
		{"et le modifie", "/dispositifs/ulis", true, unite("version", "1", "enseignant", "M. Rey"), 303, ""},
		{"pas ce qu’un autre vient d’ouvrir", "/dispositifs/ulis", true, unite("enseignant", "M. Rey"), 409, "Les deux versions"},
		{"pas sous le nom d’un trouble", "/dispositifs/ulis", false, unite("libelle", "ULIS TFC"), 422, "la santé des élèves"},
		{"elle le supprime", "/dispositifs/ulis/supprimer", true, url.Values{"version": {"1"}}, 303, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			if tt.ouvert {
				ouvrir(m)
			}
			got := m.Post("directeur", tt.path, tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Errorf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
		})
	}
	t.Run("mais pas tant que des élèves en bénéficient", func(t *testing.T) {
		m := fixture.New(t)
		ouvrir(m)
		noter(m, m.Present("Lina"), dispositif.ULIS)
		noter(m, m.Present("Noé"), dispositif.ULIS)
		got := m.Post("directeur", "/dispositifs/ulis/supprimer", url.Values{"version": {"1"}})
		if got.Code != 422 || !strings.Contains(got.Body, "mettez d’abord fin à chaque période") {
			t.Errorf("got %d", got.Code)
		}
		if page := m.Get("directeur", "/dispositifs").Body; !strings.Contains(page, "Mme Lacaze") || !strings.Contains(page, "dépassé") {
			t.Error("the ULIS is not shown with what it holds")
		}
	})
}

func TestFinirCorrigerSupprimer(t *testing.T) {
	for _, tt := range []struct {
		name, act string
		form      url.Values
		code      int
		shows     string
		want      string
	}{
		{"mettre fin", "finir", url.Values{"debut": {"15/11/2026"}}, 303, "", "2026-09-01 2026-11-15"},
		{"pas avant le début", "finir", url.Values{"debut": {"15/08/2026"}}, 422, "Le dernier jour précède le premier.", "2026-09-01 "},
		{"pas sans jour", "finir", url.Values{"debut": {""}}, 422, "Indiquez le dernier jour.", "2026-09-01 "},
		{"corriger", "", url.Values{"debut": {"10/09/2026"}, "fin": {"01/07/2027"}, "version": {"1"}}, 303, "", "2026-09-10 2027-07-01"},
		{"pas à l’envers", "", url.Values{"debut": {"10/09/2026"}, "fin": {"01/07/2026"}, "version": {"1"}}, 422, "Le dernier jour précède le premier.", "2026-09-01 "},
		{"après un autre, les deux versions", "", url.Values{"debut": {"10/09/2026"}, "version": {"7"}}, 409, "Les deux versions", "2026-09-01 "},
		{"supprimer", "/supprimer", url.Values{"version": {"1"}}, 303, "", "rien"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			id := noter(m, m.Present("Lina"), dispositif.UPE2A)
			path := "/dispositifs/" + id + tt.act
			if tt.act == "finir" {
				path = "/dispositifs/finir?dispositif=upe2a"
				tt.form.Set("id", id)
			}
			got := m.Post("directeur", path, tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			is := fixture.Valeur[string](m, `select coalesce((select debut || ' ' || coalesce(fin::text, '') from beneficiaire), 'rien')`)
			if is != tt.want {
				t.Errorf("the register holds %q, want %q", is, tt.want)
			}
		})
	}
}

// What lasts goes on the next year, while the pupil is in the school; who left is on no list.
func TestDAnneeEnAnnee(t *testing.T) {
	m := fixture.New(t)
	noter(m, m.Present("Lina"), dispositif.UPE2A)
	if got := m.Get("directeur", "/dispositifs?dispositif=upe2a&annee=2027").Body; !strings.Contains(got, "Aucun élève n’en bénéficie en 2027-2028.") {
		t.Error("a pupil who is not in the school next year is listed")
	}
	if _, err := m.Tx.Exec(t.Context(), `update scolarite set etat = 'radie', date_radiation = '2026-11-10', motif_radiation = 'demenagement'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", "/dispositifs?dispositif=upe2a").Body; strings.Contains(got, "Lina") {
		t.Error("a pupil who has left is listed")
	}
}
