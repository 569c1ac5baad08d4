package inscriptions_test

import (
	"maps"
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// famille inscribes Zoé, whom the others are brothers and sisters of.
func famille(t *testing.T, m *fixture.Monde) (aine, responsable string) {
	t.Helper()
	inscrire(t, m, nil)
	return fixture.Valeur[string](m, `select id::text from eleve`), fixture.Valeur[string](m, `select id::text from responsable`)
}

// frere is the form of her brother, as the page fills it from her family.
func frere(aine, responsable string, change url.Values) url.Values {
	v := nouvelle(url.Values{
		"prenom": {"Léo"}, "sexe": {"M"}, "date_naissance": {"030520"}, "niveau": {"CP"}, "aine": {aine}, "commune": {"Tarbes (65)"},
		"code_postal": {"65000"}, "pays": {"France"}, "responsable.0.id": {responsable}, "responsable.0.version": {"1"},
		"responsable.0.civilite": {"M."}, "responsable.0.heberge": {"true"}, "responsable.0.tel_portable": {"06 00 00 00 02"},
	})
	maps.Copy(v, change)
	return v
}

// The family is proposed by its name, brought from the file of the sister, and given up again.
func TestFamilleProposee(t *testing.T) {
	m := fixture.New(t)
	aine, responsable := famille(t, m)
	shows(t, m.Get("mairie", "/eleves/"+aine).Body, "/inscriptions/nouvelle?aine="+aine)
	shows(t, m.Get("mairie", "/inscriptions/nouvelle?aine="+aine).Body, "Frère ou sœur de Zoé", `value="Duprat"`, `name="aine" value="`+aine+`"`)

	cherche := url.Values{"nom_famille": {"Duprat"}, "prenom": {"Léo"}, "date_naissance": {"030520"}, "aine": {aine}}
	brought := []string{"Famille reprise", `value="3 rue des Fossés"`, `name="responsable.0.id" value="` + responsable + `"`,
		"partagée avec Zoé", `value="06 00 00 00 02"`}
	got := m.Post("mairie", "/inscriptions/nouvel-enfant", cherche)
	shows(t, got.Body, brought...)

	cherche.Del("aine")
	got = m.Post("mairie", "/inscriptions/nouvel-enfant", cherche)
	shows(t, got.Body, "Familles que vous connaissez", "DUPRAT Zoé, 2018", "M. Duprat Jean")
	hides(t, got.Body, brought[0], brought[2])

	typed := url.Values{"nom_famille": {"Lacaze"}, "prenom": {"Léo"}, "responsable.0.nom_famille": {"Lacaze"}}
	typed.Set("famille_q", "duprat jean")
	typed.Set("chercher_famille", "1")
	shows(t, m.Post("mairie", "/inscriptions/nouvelle", typed).Body, "DUPRAT Zoé, 2018")
	typed.Set("famille_q", "Personne")
	shows(t, m.Post("mairie", "/inscriptions/nouvelle", typed).Body, "Aucune famille de votre territoire")
	typed.Del("chercher_famille")
	typed.Set("prendre_famille", "1")
	typed.Set("famille", aine)
	shows(t, m.Post("mairie", "/inscriptions/nouvelle", typed).Body, append(brought, `name="responsable.1.nom_famille"`, `value="Lacaze"`)...)

	got = m.Post("mairie", "/inscriptions/nouvelle", frere(aine, responsable, url.Values{"laisser_famille": {"1"}}))
	hides(t, got.Body, brought...)
	shows(t, got.Body, `value="Léo"`)
}

// What is kept is shared; what is altered asks for whom.
func TestInscrireUnFrere(t *testing.T) {
	const tel = `select string_agg(distinct r.tel_portable, ' / ') || ' for ' || count(distinct r.id) || ' at ' || count(distinct e.adresse_id)
		from eleve e join lien_responsable l on l.eleve_id = e.id join responsable r on r.id = l.responsable_id`
	for _, tt := range []struct {
		name   string
		change url.Values
		refus  string // of the form, then said again with what follows
		then   url.Values
		want   string
	}{
		{"tout est gardé", nil, "", nil, "06 00 00 00 02 for 1 at 1"},
		{"un numéro changé, sans dire pour qui", url.Values{"responsable.0.tel_portable": {"0600000009"}}, "Vous avez changé cette fiche. Pour qui",
			nil, "06 00 00 00 02 for 1 at 1"},
		{"pour tous", url.Values{"responsable.0.tel_portable": {"0600000009"}}, "Pour qui",
			url.Values{"responsable.0.etendue": {"chacun"}}, "06 00 00 00 09 for 1 at 1"},
		{"pour lui seul", url.Values{"responsable.0.tel_portable": {"0600000009"}}, "Pour qui",
			url.Values{"responsable.0.etendue": {"enfant"}}, "06 00 00 00 02 / 06 00 00 00 09 for 2 at 1"},
		{"finalement gardé", url.Values{"responsable.0.tel_portable": {"0600000009"}}, "Pour qui",
			url.Values{"responsable.0.etendue": {"garder"}}, "06 00 00 00 02 for 1 at 1"},
		{"il habite ailleurs, son père aussi", url.Values{"voie": {"9 rue Nationale"}}, "Pour qui",
			url.Values{"responsable.0.etendue": {"garder"}}, "06 00 00 00 02 for 1 at 2"},
		{"la fiche a changé depuis", url.Values{"responsable.0.version": {"7"}, "responsable.0.etendue": {"chacun"}, "responsable.0.tel_portable": {"0600000009"}},
			"Pour qui", url.Values{"responsable.0.version": {"1"}}, "06 00 00 00 09 for 1 at 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			aine, responsable := famille(t, m)
			form := frere(aine, responsable, tt.change)
			got := m.Post("mairie", "/inscriptions/nouvelle", form)
			if tt.refus != "" {
				if got.Code != 422 || count(m, "eleve") != 1 {
					t.Fatalf("answered %d, %d pupils", got.Code, count(m, "eleve"))
				}
				shows(t, got.Body, tt.refus, "Garder la fiche enregistrée", "M. Duprat Jean, 06 00 00 00 02")
			}
			if tt.then != nil {
				maps.Copy(form, tt.then)
				got = m.Post("mairie", "/inscriptions/nouvelle", form)
			}
			if (tt.refus == "" || tt.then != nil) && got.Code != 303 {
				t.Fatalf("answered %d: %s", got.Code, alert(got.Body))
			}
			if got := fixture.Valeur[string](m, tel); got != tt.want {
				t.Errorf("recorded %s, want %s", got, tt.want)
			}
		})
	}
}

// A family that one does not see is not found; a person of another family is not taken by his identifier.
func TestFamilleDAilleurs(t *testing.T) {
	m := fixture.New(t)
	aine, responsable := famille(t, m)
	for _, tt := range []struct {
		name, agent string
		form        url.Values
		code        int
	}{
		{"une autre mairie", "mairie voisine", frere(aine, responsable, nil), 404},
		{"un enfant inconnu", "mairie", frere("0b000000-0000-4000-8000-000000000009", responsable, nil), 404},
		{"quelqu’un d’une autre famille", "mairie", frere(aine, "0b000000-0000-4000-8000-000000000009", nil), 422},
		{"la même forme, de cette famille", "mairie", frere(aine, responsable, nil), 303},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := m.Post(tt.agent, "/inscriptions/nouvelle", tt.form); got.Code != tt.code {
				t.Errorf("answered %d: %s", got.Code, alert(got.Body))
			}
		})
	}
	if got := m.Get("mairie voisine", "/inscriptions/nouvelle?aine="+aine); got.Code != 404 {
		t.Errorf("another mairie begins with it: %d", got.Code)
	}
}

// A home that the mairie may not read is shared without being shown; an address typed is another home.
func TestFrereAuFoyerProtege(t *testing.T) {
	for _, tt := range []struct {
		name, voie string
		code       int
		homes      int
	}{
		{"au même foyer", "", 303, 1},
		{"ailleurs", "9 rue Nationale", 422, 1}, // his father does not follow unasked
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			aine, responsable := famille(t, m)
			if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = true`); err != nil {
				t.Fatal(err)
			}
			got := m.Post("mairie", "/inscriptions/nouvel-enfant", url.Values{"nom_famille": {"Duprat"}, "prenom": {"Léo"},
				"date_naissance": {"030520"}, "aine": {aine}})
			shows(t, got.Body, "L’adresse est protégée", `name="foyer_cache" value="true"`)
			hides(t, got.Body, "rue des Fossés")
			form := frere(aine, responsable, url.Values{"foyer_cache": {"true"}, "voie": {tt.voie}, "code_postal": {""}})
			if tt.voie == "" {
				form.Set("commune", "")
			}
			if got := m.Post("mairie", "/inscriptions/nouvelle", form); got.Code != tt.code {
				t.Fatalf("answered %d: %s", got.Code, alert(got.Body))
			}
			if n := fixture.Valeur[int](m, `select count(distinct adresse_id) from eleve`); n != tt.homes {
				t.Errorf("%d homes", n)
			}
		})
	}
	m := fixture.New(t) // control: an ordinary home is not left empty
	aine, responsable := famille(t, m)
	form := frere(aine, responsable, url.Values{"foyer_cache": {"true"}, "voie": {""}, "commune": {""}, "code_postal": {""}})
	if got := m.Post("mairie", "/inscriptions/nouvelle", form); got.Code != 422 {
		t.Errorf("answered %d", got.Code)
	}
}
