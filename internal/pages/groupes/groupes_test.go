package groupes_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/groupe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// chorale is a group of the year.
func chorale(m *fixture.Monde) (id uuid.UUID) {
	m.Helper()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = groupe.Creer(ctx, tx, a, 2026, groupe.Groupe{Libelle: "Chorale", Nature: groupe.Arts, Intervenant: "M. Rey", EffectifMax: 1})
		return err
	})
	return id
}

func ids(all ...fixture.Enfant) url.Values {
	v := url.Values{}
	for _, e := range all {
		v.Add("id", e.Scolarite.String())
	}
	return v
}

// saisie is a group as it is typed; pairs change it.
func saisie(pairs ...string) url.Values {
	v := url.Values{"annee": {"2026"}, "libelle": {"Piscine"}, "nature": {"sport"}, "intervenant": {""}, "effectif_max": {""}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestNouveauGroupe(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		form        url.Values
		code        int
		shows       string
	}{
		{"le directeur crée un groupe", "directeur", saisie(), 303, ""},
		{"de l’année prochaine", "directeur", saisie("annee", "2027"), 303, ""},
		{"du même nom l’an prochain", "directeur", saisie("libelle", "Chorale", "annee", "2027"), 303, ""},
		{"pas deux fois le même nom", "directeur", saisie("libelle", "Chorale"), 422, "Un autre groupe porte déjà ce nom cette année."},
		{"pas d’une année fermée", "directeur", saisie("annee", "2031"), 422, "Cette année scolaire n’est pas encore ouverte."},
		{"pas sans nature", "directeur", saisie("nature", ""), 422, "Choisissez à quoi sert le groupe."},
		{"pas d’un nom qui dit la religion", "directeur", saisie("libelle", "Catéchisme"), 422, "Ce nom dirait la religion"},
		{"pas d’un effectif illisible", "directeur", saisie("effectif_max", "dix"), 422, `value="dix"`},
		{"la mairie n’en crée pas", "mairie", saisie(), 403, ""},
		{"ni l’IEN", "ien", saisie(), 403, ""},
		{"ni l’IA", "ia", saisie(), 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			chorale(m)
			got := m.Post(tt.agent, "/groupes/nouveau", tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			if n := fixture.Valeur[int](m, `select count(*) from groupe`); (n == 2) != (tt.code == 303) {
				t.Errorf("%d groups", n)
			}
		})
	}
}

// A class is proposed whole; its pupils stay in it, and are counted there alone.
func TestRemplir(t *testing.T) {
	m := fixture.New(t)
	id := chorale(m)
	lina, noe := m.Placer("directeur", m.Present("Lina"), fixture.CE1), m.Present("Noé")
	to := "/groupes/" + id.String()
	offered := m.Get("directeur", to+"/eleves?classe="+fixture.CE1.String()).Body
	if !strings.Contains(offered, `value="`+lina.Scolarite.String()+`" checked`) || strings.Contains(offered, "Noé") {
		t.Error("the class is not proposed whole, and alone")
	}
	before := m.Get("directeur", "/effectifs.csv").Body
	if got := m.Post("directeur", to+"/eleves", ids(lina, noe)); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	if after := m.Get("directeur", "/effectifs.csv").Body; after != before {
		t.Error("a group counts pupils")
	}
	shown := m.Get("directeur", to).Body
	for _, want := range []string{"2\u00a0élèves ajoutés au groupe", "2\u00a0élèves, 1\u00a0au plus", "ABADIE Lina", "ABADIE Noé", "<td>CE1 A</td>", "M. Rey"} {
		if !strings.Contains(shown, want) {
			t.Errorf("does not show %q", want)
		}
	}
	if list := m.Get("directeur", "/groupes").Body; !strings.Contains(list, "dépassé") {
		t.Error("the maximum is passed and nobody says so")
	}
	if csv := m.Get("directeur", to+".csv").Body; !strings.Contains(csv, "Abadie;;Lina;12/04/2019;F;CE1;CE1 A") {
		t.Errorf("the file: %q", csv)
	}
	if got := m.Post("directeur", to+"/retirer", ids(lina)); got.Code != 303 || strings.Contains(m.Get("directeur", to).Body, "ABADIE Lina") {
		t.Errorf("taken out: %d", got.Code)
	}
	if got := m.Post("directeur", to+"/retirer", url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "Cochez au moins un élève.") {
		t.Errorf("nobody ticked: %d", got.Code)
	}
}

// Whom a group does not take: a pupil of elsewhere, of another year, who has left.
func TestQuiNEntrePas(t *testing.T) {
	m := fixture.New(t)
	id := chorale(m)
	ailleurs := m.PresentAilleurs("Zoé")
	for name, v := range map[string]url.Values{"d’une autre école": ids(ailleurs), "inconnu": {"id": {fixture.Inconnu.String()}}} {
		if got := m.Post("directeur", "/groupes/"+id.String()+"/eleves", v); got.Code != 422 {
			t.Errorf("%s: %d, want 422", name, got.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from groupe_eleve`); n != 0 {
		t.Errorf("%d in the group", n)
	}
}

func TestModifierSupprimer(t *testing.T) {
	for _, tt := range []struct {
		name, agent, act string
		form             url.Values
		code             int
		shows, want      string
	}{
		{"le directeur le renomme", "directeur", "/modifier", saisie("version", "1"), 303, "", "Piscine v2"},
		{"pas sans nom", "directeur", "/modifier", saisie("version", "1", "libelle", ""), 422, "Donnez un nom au groupe", "Chorale v1"},
		{"après un autre, il voit les deux versions", "directeur", "/modifier", saisie("version", "7"), 409, "Les deux versions", "Chorale v1"},
		{"il le supprime", "directeur", "/supprimer", url.Values{"version": {"1"}}, 303, "", "aucun"},
		{"pas ce qu’un autre a changé", "directeur", "/supprimer", url.Values{"version": {"7"}}, 409, `value="Chorale"`, "Chorale v1"},
		{"le directeur d’à côté ne le voit pas", "directeur du même", "/modifier", saisie(), 404, "", "Chorale v1"},
		{"l’IEN non plus", "ien", "/modifier", saisie(), 403, "", "Chorale v1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			id := chorale(m)
			got := m.Post(tt.agent, "/groupes/"+id.String()+tt.act, tt.form)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.shows) {
				t.Fatalf("got %d %s, want %d with %q", got.Code, got.Body, tt.code, tt.shows)
			}
			is := fixture.Valeur[string](m, `select coalesce((select libelle || ' v' || version from groupe where id = $1), 'aucun')`, id)
			if is != tt.want {
				t.Errorf("the register holds %s, want %s", is, tt.want)
			}
		})
	}
}

func TestListeVide(t *testing.T) {
	m := fixture.New(t)
	got := m.Get("directeur", "/groupes?annee=2027").Body
	if !strings.Contains(got, "Aucun groupe pour 2027-2028.") || !strings.Contains(got, "/groupes/nouveau?annee=2027") {
		t.Error("an empty list does not say so")
	}
	if empty := m.Get("directeur", "/groupes/"+chorale(m).String()).Body; !strings.Contains(empty, "Aucun élève n’est dans ce groupe.") {
		t.Error("an empty group does not say so")
	}
}
