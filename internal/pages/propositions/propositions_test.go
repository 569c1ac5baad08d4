package propositions_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// identite is the état civil as the form holds it, with some changes.
func identite(changes ...string) url.Values {
	v := url.Values{
		"nom_famille": {"Abadie"}, "prenom": {"Lina"}, "sexe": {"F"}, "date_naissance": {"12/04/2019"},
		"commune_naissance": {"Tarbes (65)"}, "commune_naissance_code": {fixture.Tarbes},
	}
	return with(v, changes)
}

func adresse(changes ...string) url.Values {
	v := url.Values{"voie": {"5 rue des Pyrénées"}, "code_postal": {"65000"}, "commune": {"Tarbes"}, "commune_code": {fixture.Tarbes}, "pays": {"France"}}
	return with(v, changes)
}

func anne(changes ...string) url.Values {
	v := url.Values{
		"civilite": {"Mme"}, "nom_famille": {"Abadie"}, "prenom": {"Anne"}, "lien": {"mere"}, "autorite_parentale": {"true"},
		"meme_adresse": {"true"}, "heberge": {"true"}, "tel_portable": {"06 00 00 00 01"}, "courriel": {"anne.abadie@exemple.fr"},
	}
	return with(v, changes)
}

func with(v url.Values, changes []string) url.Values {
	for i := 0; i < len(changes); i += 2 {
		v.Set(changes[i], changes[i+1])
	}
	return v
}

func proposer(e fixture.Enfant, part string) string {
	return "/eleves/" + e.ID.String() + "/proposer" + part
}

// chez is the part of the form about the one responsable of the child.
func chez(m *fixture.Monde, e fixture.Enfant) string {
	return "/responsables/" + fixture.Valeur[string](m, `select responsable_id::text from lien_responsable where eleve_id = $1`, e.ID)
}

// propose sends a proposal and returns the address of its lot.
func propose(t *testing.T, m *fixture.Monde, path string, form url.Values) string {
	t.Helper()
	got := m.Post("mairie", path, form)
	if got.Code != 303 {
		t.Fatalf("proposing answers %d: %s", got.Code, alert(got.Body))
	}
	return got.Header.Get("Location")
}

var alerts = regexp.MustCompile(`(?s)role="alert".*?</div>|<p role="alert">.*?</p>`)

func alert(body string) string { return strings.Join(alerts.FindAllString(body, -1), " ") }

// decide answers each proposition of a lot: "accepter", or a motive of refusal.
func decide(m *fixture.Monde, lot string, answers map[string]string) fixture.Reponse {
	m.Helper()
	form := url.Values{}
	for champ, answer := range answers {
		id := fixture.Valeur[string](m, `select id::text from proposition where lot = $1 and champ = $2`, strings.TrimPrefix(lot, "/propositions/"), champ)
		form.Add("id", id)
		switch answer {
		case "accepter":
			form.Set("decision."+id, "accepter")
		default:
			form.Set("decision."+id, "refuser")
			form.Set("motif."+id, answer)
		}
	}
	return m.Post("directeur", lot, form)
}

func etats(m *fixture.Monde) string {
	return fixture.Valeur[string](m, `select coalesce(string_agg(champ || ' ' || etat, ', ' order by propose_le, champ), '') from proposition`)
}

// Each field is accepted or refused alone; what is accepted is recorded as if the directeur had typed it.
func TestFieldByField(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	lot := propose(t, m, proposer(lina, "/identite"), identite("nom_famille", "Abadie-Roux", "prenom2", "Rose", "commune_naissance", "Lourdes (65)"))
	if got := etats(m); got != "naissance proposee, nom_famille proposee, prenom2 proposee" {
		t.Fatalf("proposed: %s", got)
	}
	if got := m.Get("directeur", lot); !strings.Contains(got.Body, "Abadie-Roux") || !strings.Contains(got.Body, "Tarbes (65)") || !strings.Contains(got.Body, "Lourdes (65)") {
		t.Errorf("the screen does not set both beside each other: %s", got.Body)
	}
	got := decide(m, lot, map[string]string{"nom_famille": "accepter", "naissance": "verifie_exact"})
	if got.Code != 303 {
		t.Fatalf("deciding answers %d: %s", got.Code, alert(got.Body))
	}
	if got := fixture.Valeur[string](m, `select nom_famille || ' ' || prenom2 || ' ' || commune_naissance_insee from eleve`); got != "Abadie-Roux  65440" {
		t.Errorf("recorded: %q", got)
	}
	if got := etats(m); got != "naissance refusee, nom_famille acceptee, prenom2 proposee" {
		t.Errorf("decided: %s", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from historique where champ = 'nom_famille' and avant = 'Abadie' and apres = 'Abadie-Roux'`); n != 1 {
		t.Errorf("%d lines of history", n)
	}
	if n := fixture.Valeur[int](m, `select version from eleve`); n < 2 {
		t.Errorf("version %d", n)
	}
	acts := fixture.Valeur[string](m, `select string_agg(acte, ' ' order by id) from journal where acte in ('proposer', 'decider_proposition', 'modifier')`)
	if acts != "proposer modifier decider_proposition" {
		t.Errorf("the journal says %s", acts)
	}
	body := m.Get("mairie", lot).Body
	for _, want := range []string{"Acceptée le 20/11/2026", "Refusée le 20/11/2026", "le dossier est exact", "À décider"} {
		if !strings.Contains(body, want) {
			t.Errorf("the mairie does not read %q", want)
		}
	}
}

func TestAllAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name, part string
		form       url.Values
		sql, want  string
	}{
		{"l’adresse entière", "/adresse", adresse("voie", "1 place de la Mairie", "commune", "Lourdes", "commune_code", "65286", "code_postal", "65100"),
			`select a.voie || ' ' || a.commune || ' ' || e.residence_insee from eleve e join adresse a on a.id = e.adresse_id`, "1 place de la Mairie Lourdes 65286"},
		{"un responsable", "responsable", anne("tel_portable", "0611223344", "prenom", "Anna", "autorite_parentale", "false"),
			`select r.prenom || ' ' || tel_portable || ' ' || autorite_parentale || ' ' || (r.adresse_id = e.adresse_id) from responsable r join lien_responsable l on l.responsable_id = r.id join eleve e on e.id = l.eleve_id`, "Anna 06 11 22 33 44 false true"},
		{"un responsable qui déménage", "responsable", anne("meme_adresse", "", "voie", "2 rue Neuve", "commune", "Lourdes", "commune_code", "65286", "pays", "France"),
			`select a.voie || ' ' || (r.adresse_id <> e.adresse_id) from responsable r join adresse a on a.id = r.adresse_id join lien_responsable l on l.responsable_id = r.id join eleve e on e.id = l.eleve_id`, "2 rue Neuve true"},
		{"né à l’étranger", "/identite", identite("ne_etranger", "true", "commune_naissance", ""),
			`select ne_etranger || ' ' || coalesce(commune_naissance_insee, '-') from eleve`, "true -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.Present("Lina")
			part := tt.part
			if part == "responsable" {
				part = chez(m, lina)
			}
			lot := propose(t, m, proposer(lina, part), tt.form)
			form := url.Values{"tout": {"accepter"}}
			rows, err := m.Tx.Query(t.Context(), `select id::text from proposition`)
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				var id string
				if err := rows.Scan(&id); err != nil {
					t.Fatal(err)
				}
				form.Add("id", id)
			}
			if got := m.Post("directeur", lot, form); got.Code != 303 {
				t.Fatalf("deciding answers %d: %s", got.Code, alert(got.Body))
			}
			if got := fixture.Valeur[string](m, tt.sql); got != tt.want {
				t.Errorf("recorded %q, want %q", got, tt.want)
			}
			if got := etats(m); strings.Contains(got, "proposee") || !strings.Contains(got, "acceptee") {
				t.Errorf("states: %s", got)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		present     bool
		form        url.Values
		code        int
		says        string
	}{
		{"rien ne diffère", "mairie", true, identite(), 422, "il n’y a rien à proposer"},
		{"une valeur que l’école ne pourrait pas taper", "mairie", true, identite("nom_famille", ""), 422, "Indiquez le nom de famille."},
		{"la mairie qui tient le dossier corrige elle-même", "mairie", false, identite("prenom", "Line"), 422, "corrigez-le directement"},
		{"la mairie voisine ne connaît pas l’enfant", "mairie voisine", true, identite("prenom", "Line"), 404, ""},
		{"le directeur ne propose pas", "directeur", true, identite("prenom", "Line"), 403, ""},
		{"l’IA ne propose pas", "ia", true, identite("prenom", "Line"), 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Inscrire("mairie", fixture.Ecole, "Lina")
			if tt.present {
				e = m.Admettre("directeur", m.Accepter("directeur", e))
			}
			got := m.Post(tt.agent, proposer(e, "/identite"), tt.form)
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d %s, want %d %s", got.Code, alert(got.Body), tt.code, tt.says)
			}
			if n := fixture.Valeur[int](m, `select count(*) from proposition`); n != 0 {
				t.Errorf("%d rows were left", n)
			}
		})
	}
}

// A refusal says why, a decision is about something, and the neighbours decide nothing.
func TestDecisionRefused(t *testing.T) {
	m := fixture.New(t)
	lot := propose(t, m, proposer(m.Present("Lina"), "/identite"), identite("prenom", "Line"))
	for _, tt := range []struct {
		name, agent, motif string
		code               int
		says               string
	}{
		{"sans motif", "directeur", "", 422, "Prénom\u00a0: choisissez le motif du refus."},
		{"un motif inventé", "directeur", "caprice", 422, "choisissez le motif"},
		{"le directeur du même village", "directeur du même", "verifie_exact", 404, ""},
		{"la mairie ne décide pas", "mairie", "verifie_exact", 403, ""},
		{"l’IEN non plus", "ien", "verifie_exact", 403, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id := fixture.Valeur[string](m, `select id::text from proposition`)
			got := m.Post(tt.agent, lot, url.Values{"decision." + id: {"refuser"}, "motif." + id: {tt.motif}})
			if got.Code != tt.code || !strings.Contains(alert(got.Body), tt.says) {
				t.Errorf("got %d %s", got.Code, alert(got.Body))
			}
			if got := etats(m); got != "prenom proposee" {
				t.Errorf("state %s", got)
			}
		})
	}
	if got := m.Post("directeur", lot, url.Values{}); got.Code != 422 || !strings.Contains(alert(got.Body), "au moins une rubrique") {
		t.Errorf("an empty decision gets %d", got.Code)
	}
	if got := decide(m, lot, map[string]string{"prenom": "verifie_exact"}); got.Code != 303 { // control
		t.Errorf("got %d", got.Code)
	}
}

// What changes meanwhile settles the proposal, whoever changes it and by whatever way; another field leaves it alone.
func TestStale(t *testing.T) {
	for _, tt := range []struct{ name, part, change, want string }{
		{"le champ a changé", "/identite", `update eleve set prenom = 'Linette', version = version + 1`, "perimee"},
		{"le directeur a fait de lui-même ce qui était proposé", "/identite", `update eleve set prenom = 'Line', version = version + 1`, "acceptee"},
		{"un autre champ a changé", "/identite", `update eleve set prenom2 = 'Rose', version = version + 1`, "proposee"},
		{"l’adresse a changé", "/adresse", `update adresse set voie = '9 rue du Four', version = version + 1`, "perimee"},
		{"l’enfant a déménagé", "/adresse", `with a as (insert into adresse (id, voie, commune_insee, commune) values (gen_random_uuid(), '9 rue du Four', '65440', 'Tarbes') returning id)
			update eleve set adresse_id = a.id from a`, "perimee"},
		{"le téléphone a changé", "responsable", `update responsable set tel_portable = '07 00 00 00 00', version = version + 1`, "perimee"},
		{"le responsable n’en est plus un", "responsable", `delete from lien_responsable`, "perimee"},
		{"l’enfant a quitté la commune", "/identite", `update eleve set ecole_uai = '0659002G', mairie_insee = '65286'`, "perimee"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.Present("Lina")
			form, part := identite("prenom", "Line"), tt.part
			switch part {
			case "/adresse":
				form = adresse("voie", "1 place de la Mairie")
			case "responsable":
				form, part = anne("tel_portable", "06 11 22 33 44"), chez(m, lina)
			}
			propose(t, m, proposer(lina, part), form)
			if _, err := m.Tx.Exec(t.Context(), tt.change); err != nil {
				t.Fatal(err)
			}
			if got := fixture.Valeur[string](m, `select etat from proposition`); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// A directeur who decides on what has just changed is told so, and nothing is overwritten.
func TestDecidedTooLate(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	lot := propose(t, m, proposer(lina, "/identite"), identite("prenom", "Line", "prenom2", "Rose"))
	if got := m.Post("directeur", "/eleves/"+lina.ID.String()+"/identite", identite("prenom", "Linette", "version", fixture.Valeur[string](m, `select version::text from eleve`))); got.Code != 303 {
		t.Fatalf("the directeur's own edit answers %d", got.Code)
	}
	got := decide(m, lot, map[string]string{"prenom": "accepter"})
	if got.Code != 409 || !strings.Contains(alert(got.Body), "Le dossier a changé") || !strings.Contains(got.Body, "Dépassée") {
		t.Errorf("got %d %s", got.Code, alert(got.Body))
	}
	if got := fixture.Valeur[string](m, `select prenom || ' ' || prenom2 from eleve`); got != "Linette " {
		t.Errorf("recorded %q", got)
	}
	if got := etats(m); got != "prenom perimee, prenom2 proposee" {
		t.Errorf("states: %s", got)
	}
}
