package inscriptions_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func TestInscrire(t *testing.T) {
	m := fixture.New(t)
	got := m.Get("mairie", inscrire(t, m, nil))
	shows(t, got.Body, "L’inscription est enregistrée.", "DUPRAT Zoé", "Née le", "12 avril 2018 à Tarbes (65)",
		"École primaire Jean-Jaurès, Tarbes", "Cours élémentaire 2e année", "3 rue des Fossés, 65000 Tarbes",
		"Père, autorité parentale", "Duprat Jean", "Demande le 15/11/2026, inscription le 15/11/2026.", "Certificat d’inscription")
	if got := fixture.Valeur[string](m, `select ecole_uai || ' ' || mairie_insee || ' ' || tenu_par || ' ' || residence_insee from eleve`); got != fixture.Ecole+" 65440 mairie 65440" {
		t.Errorf("the file is at %s", got)
	}
	acts := fixture.Valeur[string](m, `select string_agg(acte || ' ' || objet, ', ' order by id) from journal where role = 'mairie'`)
	if acts != "creer eleve, inscrire inscription, consulter eleve" {
		t.Errorf("the journal says %s", acts)
	}
	shows(t, m.Get("directeur", "/admissions").Body, "Zoé")
}

// What is typed in a hurry is understood, and what is left empty is proposed.
func TestInscrireLitCeQuiEstTape(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change url.Values
		sql    string
		want   string
	}{
		{"une date sans séparateur", nil, `select date_naissance::text from eleve`, "2018-04-12"},
		{"une date en toutes lettres", url.Values{"date_naissance": {"12 avril 2018"}}, `select date_naissance::text from eleve`, "2018-04-12"},
		{"la commune par son code postal et son nom", nil, `select commune_naissance_insee from eleve`, "65440"},
		{"la commune par un code INSEE qui lui répond", url.Values{"commune_naissance": {"Tarbes"}, "commune_naissance_insee": {"65440"}}, `select commune_naissance_insee from eleve`, "65440"},
		{"un code INSEE qui ne répond plus au nom ne compte pas", url.Values{"commune_naissance": {"Lourdes (65)"}, "commune_naissance_insee": {"65440"}}, `select commune_naissance_insee from eleve`, "65286"},
		{"né à l’étranger", url.Values{"commune_naissance": {""}, "ne_etranger": {"true"}}, `select ne_etranger::text from eleve`, "true"},
		{"le code postal se déduit", nil, `select code_postal from adresse`, "65000"},
		{"le téléphone s’écrit comme on le dit", nil, `select tel_portable from responsable`, "06 00 00 00 02"},
		{"un nom d’ailleurs reste entier", url.Values{"nom_famille": {"Nguyễn Œrtel-Łuc"}}, `select nom_famille from eleve`, "Nguyễn Œrtel-Łuc"},
		{"le niveau de son âge", url.Values{"niveau": {""}}, `select niveau from inscription`, "CE2"},
		{"pas le niveau de son âge si l’école ne l’a pas", url.Values{"niveau": {""}, "date_naissance": {"010123"}, "ecole_uai": {fixture.Meme}}, `select coalesce(niveau, 'aucun') from inscription`, "aucun"},
		{"sans école, la liste d’attente", url.Values{"ecole_uai": {""}}, `select etat from inscription`, "en_attente"},
		{"une dérogation", url.Values{"derogation": {"fratrie"}}, `select derogation from inscription`, "fratrie"},
		{"un organisme responsable", url.Values{"responsable.0.nature": {"organisme"}, "responsable.0.organisme": {"Foyer des Ayguerotes"},
			"responsable.0.nom_famille": {""}, "responsable.0.prenom": {""}, "responsable.0.lien": {"ase"}}, `select nature || ' ' || organisme from responsable`, "organisme Foyer des Ayguerotes"},
		{"deux responsables, deux adresses", url.Values{"responsable.1.nom_famille": {"Pujo"}, "responsable.1.prenom": {"Ana"}, "responsable.1.lien": {"mere"},
			"responsable.1.autorite_parentale": {"true"}, "responsable.1.voie": {"1 place Verdun"}, "responsable.1.commune": {"65100 Lourdes"}},
			`select string_agg(coalesce(a.commune, '?'), ' ' order by l.rang) from lien_responsable l join responsable r on r.id = l.responsable_id left join adresse a on a.id = r.adresse_id`, "Tarbes Lourdes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			inscrire(t, m, tt.change)
			if got := fixture.Valeur[string](m, tt.sql); got != tt.want {
				t.Errorf("recorded %q, want %q", got, tt.want)
			}
		})
	}
}

func TestInscrireRefuse(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		change      url.Values
		code        int
		says        string
	}{
		{"sans nom", "mairie", url.Values{"nom_famille": {""}}, 422, "Indiquez le nom de famille."},
		{"sans sexe", "mairie", url.Values{"sexe": {""}}, 422, "Choisissez fille ou garçon."},
		{"une date qui n’existe pas", "mairie", url.Values{"date_naissance": {"31/02/2018"}}, 422, "Cette date n’existe pas."},
		{"un adulte", "mairie", url.Values{"date_naissance": {"12/04/1998"}}, 422, "vérifiez l’année de naissance"},
		{"une commune inconnue", "mairie", url.Values{"commune_naissance": {"Trabes"}}, 422, "Aucune commune ne répond"},
		{"sans adresse", "mairie", url.Values{"voie": {""}}, 422, "Indiquez le numéro et la voie"},
		{"sans responsable", "mairie", url.Values{"responsable.0.nom_famille": {""}}, 422, "Indiquez le nom du responsable."},
		{"un tuteur sans dire l’autorité parentale", "mairie", url.Values{"responsable.0.lien": {"tuteur"}, "responsable.0.autorite_parentale": {""}}, 422, "autorité parentale"},
		{"un téléphone illisible", "mairie", url.Values{"responsable.0.tel_portable": {"06 00"}}, 422, "Écrivez le téléphone"},
		{"une école d’une autre commune", "mairie", url.Values{"ecole_uai": {fixture.Voisine}}, 422, "Choisissez une école de la commune."},
		{"un niveau que l’école n’a pas", "mairie", url.Values{"ecole_uai": {fixture.Meme}, "niveau": {"PS"}}, 422, "Cette école n’a pas de Petite section."},
		{"un niveau inventé", "mairie", url.Values{"niveau": {"CM3"}}, 422, "Choisissez un niveau"},
		{"une date d’inscription à venir", "mairie", url.Values{"date_inscription": {"01/12/2026"}}, 422, "dans l’avenir"},
		{"sans date d’inscription", "mairie", url.Values{"date_inscription": {""}}, 422, "Indiquez la date d’inscription."},
		{"une année finie", "mairie", url.Values{"annee": {"2025"}}, 422, "est terminée"},
		{"une année qui n’est pas ouverte", "mairie", url.Values{"annee": {"2028"}}, 422, "n’est pas ouverte"},
		{"une dérogation inventée", "mairie", url.Values{"derogation": {"caprice"}}, 422, "Choisissez un motif de la liste."},
		{"le directeur n’inscrit pas", "directeur", nil, 403, "rôle"},
		{"l’IEN n’inscrit pas", "ien", nil, 403, "rôle"},
		{"l’IA n’inscrit pas", "ia", nil, 403, "rôle"},
		{"la mairie voisine inscrit dans ses écoles", "mairie voisine", nil, 422, "Choisissez une école de la commune."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post(tt.agent, "/inscriptions/nouvelle", nouvelle(tt.change))
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d, %q, want %d with %q", got.Code, alert(got.Body), tt.code, tt.says)
			}
			if n := count(m, "eleve") + count(m, "inscription") + count(m, "adresse"); n != 0 {
				t.Errorf("%d rows were left", n)
			}
		})
	}
}

// All that is wrong is said at once, and all that was typed is still there, second responsable included.
func TestInscrireGardeLaSaisie(t *testing.T) {
	m := fixture.New(t)
	got := m.Post("mairie", "/inscriptions/nouvelle", nouvelle(url.Values{
		"prenom": {""}, "date_inscription": {"hier"}, "derogation": {"garde"}, "commune_naissance": {"Trabes"},
		"responsable.1.nom_famille": {"Pujo"}, "responsable.1.lien": {"mere"}, "responsable.1.autorite_parentale": {"false"},
		"responsable.1.courriel": {"ana.pujo@exemple"},
	}))
	if got.Code != 422 {
		t.Fatalf("got %d", got.Code)
	}
	shows(t, got.Body, "Il y a 4 erreurs", "Indiquez le prénom.", "Écrivez la date comme", "Indiquez le prénom du responsable.",
		`value="Duprat"`, `value="120418"`, `value="Trabes"`, `value="3 rue des Fossés"`, `value="hier"`, `value="Pujo"`,
		`value="ana.pujo@exemple"`, `value="garde" selected`, `<title>Erreur`)
}

// « Ajouter un responsable » works without a script: the page comes back with one more block, nothing is recorded.
func TestAjouterUnResponsable(t *testing.T) {
	m := fixture.New(t)
	got := m.Post("mairie", "/inscriptions/nouvelle", nouvelle(url.Values{"prenom": {""}, "ajouter_responsable": {"1"}}))
	if got.Code != 200 || alert(got.Body) != "" {
		t.Fatalf("got %d, %s", got.Code, alert(got.Body))
	}
	shows(t, got.Body, `name="responsable.1.nom_famille"`, `value="3 rue des Fossés"`, `value="120418"`, "Responsable 2")
	if count(m, "eleve") != 0 {
		t.Error("the button recorded the child")
	}
}

// The same form sent again has one effect; another form for the same child asks first.
func TestInscrireDeuxFois(t *testing.T) {
	m := fixture.New(t)
	form := nouvelle(url.Values{"jeton": {m.Jeton("mairie")}})
	first, second := m.PostAs("mairie", "/inscriptions/nouvelle", form), m.PostAs("mairie", "/inscriptions/nouvelle", form)
	if first.Code != 303 || second.Code != 303 || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("the form sent twice got %d %s, then %d %s", first.Code, first.Header.Get("Location"), second.Code, second.Header.Get("Location"))
	}
	if n := count(m, "eleve"); n != 1 {
		t.Fatalf("a form sent twice made %d pupils", n)
	}

	again := nouvelle(url.Values{"nom_famille": {"DUPRAT"}, "prenom": {"zoe"}})
	got := m.Post("mairie", "/inscriptions/nouvelle", again)
	if got.Code != 422 || count(m, "eleve") != 1 {
		t.Fatalf("another tab got %d, %d pupils", got.Code, count(m, "eleve"))
	}
	shows(t, got.Body, "Est-ce le même enfant", "DUPRAT Zoé, née le 12/04/2018", "même date de naissance", "C’est un autre enfant, ne plus demander")

	zoe := "doublon." + fixture.Valeur[string](m, `select id::text from eleve`)
	again.Set(zoe, "meme")
	if got := m.Post("mairie", "/inscriptions/nouvelle", again); got.Code != 200 || !strings.Contains(got.Body, "Inscrire un enfant connu") || count(m, "eleve") != 1 {
		t.Errorf("the same child: %d, %d pupils", got.Code, count(m, "eleve"))
	}
	again.Set(zoe, "jamais")
	if got := m.Post("mairie", "/inscriptions/nouvelle", again); got.Code != 303 || count(m, "eleve") != 2 {
		t.Errorf("confirmed, got %d, %d pupils", got.Code, count(m, "eleve"))
	}
	if n := count(m, "distinction"); n != 1 {
		t.Errorf("%d pairs are never to be asked about again", n)
	}
	inscrire(t, m, url.Values{"prenom": {"Lise"}}) // her twin
}

// A child of another territory is recognised too, and nothing more than that he is known is shown.
func TestInscrireUnEnfantConnuAilleurs(t *testing.T) {
	m := fixture.New(t)
	lourdes := nouvelle(url.Values{"ecole_uai": {fixture.Voisine}, "commune": {"65100 Lourdes"}, "voie": {"7 rue du Fort"}})
	if got := m.Post("mairie voisine", "/inscriptions/nouvelle", lourdes); got.Code != 303 {
		t.Fatalf("got %d, %s", got.Code, alert(got.Body))
	}
	got := m.Post("mairie", "/inscriptions/nouvelle", nouvelle(nil))
	if got.Code != 422 {
		t.Fatalf("got %d", got.Code)
	}
	shows(t, got.Body, "C’est un autre enfant", "École primaire du Lapacca", "Lourdes", "même date de naissance")
	hides(t, got.Body, "7 rue du Fort")
}

// A commune that wants the état civil only is asked for no more, and inscribes all the same.
func TestCommuneStricte(t *testing.T) {
	m := fixture.New(t)
	if _, err := m.Tx.Exec(t.Context(), `update commune set mairie_stricte = true where insee = '65440'`); err != nil {
		t.Fatal(err)
	}
	fiche := m.Post("mairie", "/inscriptions/nouvel-enfant", recherche("Duprat", "Zoé", "120418"))
	shows(t, fiche.Body, "Votre commune a choisi de ne demander que l’état civil")
	hides(t, fiche.Body, "responsable.0", `name="voie"`)

	got := m.Get("mairie", inscrire(t, m, nil))
	shows(t, got.Body, "DUPRAT Zoé", "Votre commune a choisi de ne pas voir l’adresse ni les responsables")
	if n := count(m, "responsable") + count(m, "adresse"); n != 0 {
		t.Errorf("%d rows that the commune does not want", n)
	}

	open := m.Inscrire("mairie voisine", fixture.Voisine, "Inès") // lives in Tarbes, with address and mother
	body := m.Get("mairie", "/inscriptions/"+open.Inscription.String()).Body
	shows(t, body, "ABADIE Inès", "Votre commune a choisi")
	hides(t, body, "rue des Pyrénées", "Anne")
}
