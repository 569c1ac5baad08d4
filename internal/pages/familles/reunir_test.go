package familles_test

import (
	"context"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// deux are two pupils whose mother has two records; the second one has another telephone.
func deux(m *fixture.Monde) (lina, ugo fixture.Enfant, garde, autre string) {
	lina, ugo = m.Present("Lina"), m.Present("Ugo")
	const mere = `select responsable_id::text from lien_responsable where eleve_id = $1`
	garde, autre = fixture.Valeur[string](m, mere, lina.ID), fixture.Valeur[string](m, mere, ugo.ID)
	executer(m, `update responsable set tel_portable = '06 00 00 00 07', civilite = '' where id = $1`, autre)
	return lina, ugo, garde, autre
}

func executer(m *fixture.Monde, sql string, args ...any) {
	m.Helper()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

func reunir(e fixture.Enfant, garde string) string {
	return dossier(e) + "/responsables/" + garde + "/reunir"
}

// etat is what is left: each responsable that a child has, with his telephone and his children.
const etat = `
	select string_agg(x, ' | ' order by x) from (
		select r.civilite || ' ' || r.tel_portable || ' ' || string_agg(e.prenom, ' ' order by e.prenom) as x
		from responsable r join lien_responsable l on l.responsable_id = r.id join eleve e on e.id = l.eleve_id group by r.id) t`

const (
	separees = " 06 00 00 00 07 Ugo | Mme 06 00 00 00 01 Lina"
	reunies  = "Mme 06 00 00 00 07 Lina Ugo"
)

func TestReunir(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		code        int
		says, want  string
	}{
		{"le directeur réunit", "directeur", 303, "", reunies},
		{"la mairie ne réunit pas", "mairie", 403, "rôle", separees},
		{"l’inspection non plus", "ia", 403, "rôle", separees},
		{"le directeur voisin ne voit rien", "directeur voisin", 404, "territoire", separees},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina, _, garde, autre := deux(m)
			expect(t, m.Post(tt.agent, reunir(lina, garde)+"/"+autre, form("tel_portable", "autre", "civilite", "garde")), tt.code, tt.says)
			if got := fixture.Valeur[string](m, etat); got != tt.want {
				t.Errorf("left: %s, want %s", got, tt.want)
			}
		})
	}
}

// The file leads to the other record, which is shown beside; what the one given up said stays in the history.
func TestReunirPasAPas(t *testing.T) {
	m := fixture.New(t)
	lina, ugo, garde, autre := deux(m)
	page := reunir(lina, garde)
	expect(t, m.Get("directeur", dossier(lina)), 200, page)
	expect(t, m.Get("directeur", page), 200, "Ugo Abadie")
	expect(t, m.Get("directeur", page), 200, page+"/"+autre)
	compare := m.Get("directeur", page+"/"+autre)
	for _, want := range []string{"06 00 00 00 01", "06 00 00 00 07", `name="tel_portable" value="autre"`, "Lina Abadie", "Ugo Abadie"} {
		expect(t, compare, 200, want)
	}
	if strings.Contains(compare.Body, `name="prenom"`) {
		t.Error("what is the same is to be chosen")
	}

	expect(t, m.Post("directeur", page+"/"+autre, form("version", "9")), 409, "vient d’être modifiée")
	choice := form("tel_portable", "garde", "version", "1", "jeton", m.Jeton("directeur"))
	for range 2 { // sent twice, answered twice, done once
		expect(t, m.PostAs("directeur", page+"/"+autre, choice), 303, "")
	}
	if got := fixture.Valeur[string](m, etat); got != "Mme 06 00 00 00 01 Lina Ugo" {
		t.Errorf("left: %s", got)
	}
	expect(t, m.Get("directeur", page+"/"+autre), 404, "")
	for sql, want := range map[string]string{
		`select count(*) || ' ' || count(distinct objet_id) from journal where acte = 'fusionner' and objet = 'responsable'`: "2 2",
		`select avant from historique where objet_id = '` + garde + `' and operation = 'retrait' and champ = 'tel_portable'`: "06 00 00 00 07",
	} {
		if got := fixture.Valeur[string](m, sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	expect(t, m.Get("directeur", dossier(ugo)), 200, "06 00 00 00 01")
}

// A child who had both records keeps one, with the authority said of either.
func TestReunirChezUnEnfant(t *testing.T) {
	m := fixture.New(t)
	lina, _, garde, autre := deux(m)
	executer(m, `insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, heberge, associations, rang)
		values ($1, $2, 'mere', true, false, false, 2)`, lina.ID, autre)
	executer(m, `update lien_responsable set autorite_parentale = false where eleve_id = $1 and responsable_id = $2`, lina.ID, garde)
	expect(t, m.Post("directeur", reunir(lina, garde)+"/"+autre, form()), 303, "")
	if got := fixture.Valeur[string](m, `select string_agg(concat_ws(' ', e.prenom, l.lien, l.autorite_parentale), ', ' order by e.prenom)
		from lien_responsable l join eleve e on e.id = l.eleve_id`); got != "Lina mere t, Ugo mere t" {
		t.Error(got)
	}
}

// What another school follows, or what is of another kind, is not made one.
func TestReunirRefuse(t *testing.T) {
	m := fixture.New(t)
	lina, _, garde, autre := deux(m)
	loin := m.PresentAilleurs("Rose")
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		_, err := tx.Exec(ctx, `insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, heberge, associations, rang)
			values ($1, $2, 'mere', true, false, false, 2)`, loin.ID, autre)
		return err
	})
	expect(t, m.Post("directeur", reunir(lina, garde)+"/"+autre, form()), 422, "Une autre école ou une autre commune")
	executer(m, `update responsable set nature = 'organisme', organisme = 'Foyer' where id = $1`, autre)
	expect(t, m.Post("directeur", reunir(lina, garde)+"/"+autre, form()), 422, "ne se réunissent pas")
	expect(t, m.Post("directeur", reunir(lina, garde)+"/"+garde, form()), 404, "")
}
