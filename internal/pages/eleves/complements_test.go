package eleves_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// shows checks what a page answers.
func shows(t *testing.T, got fixture.Reponse, code int, texts ...string) {
	t.Helper()
	if got.Code != code {
		t.Errorf("got %d, want %d", got.Code, code)
	}
	for _, s := range texts {
		if !strings.Contains(got.Body, s) {
			t.Errorf("does not show %q", s)
		}
	}
}

// hides checks what a page does not tell.
func hides(t *testing.T, got fixture.Reponse, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(got.Body, s) {
			t.Errorf("shows %q", s)
		}
	}
}

func grandMere(pairs ...string) url.Values {
	v := url.Values{"nom_famille": {"Daveu"}, "prenom": {"Jeanne"}, "lien": {"ascendant"}, "tel_portable": {"0600000009"}, "urgence": {"true"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// contacts adds the grandmother to a pupil and returns her.
func contacts(t *testing.T, m *fixture.Monde, e fixture.Enfant) uuid.UUID {
	t.Helper()
	shows(t, m.Post("directeur", "/eleves/"+e.ID.String()+"/contacts/nouveau", grandMere()), 303)
	return fixture.Valeur[uuid.UUID](m, `select id from personne_autorisee where eleve_id = $1 order by rang desc limit 1`, e.ID)
}

func TestContactAdded(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		typed       url.Values
		code        int
		says        string
	}{
		{"le directeur note qui prévenir", "directeur", grandMere(), 303, ""},
		{"sans téléphone on ne prévient pas", "directeur", grandMere("tel_portable", ""), 422, "il faut pouvoir prévenir"},
		{"ni prévenir ni venir chercher", "directeur", grandMere("urgence", ""), 422, "au moins une case"},
		{"la mairie n’écrit pas", "mairie", grandMere(), 403, ""},
		{"l’IEN n’écrit pas", "ien", grandMere(), 403, ""},
		{"le voisin ne voit rien", "directeur du même", grandMere(), 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			got := m.Post(tt.agent, "/eleves/"+e.ID.String()+"/contacts/nouveau", tt.typed)
			shows(t, got, tt.code, tt.says)
			if tt.code == 422 {
				shows(t, got, 422, `value="Daveu"`, `role="alert"`)
			}
			want := 0
			if tt.code == 303 {
				want = 1
				shows(t, m.Get("directeur", "/eleves/"+e.ID.String()), 200, "DAVEU Jeanne", "Grand-parent", "06 00 00 00 09")
			}
			if n := fixture.Valeur[int](m, `select count(*) from personne_autorisee where eleve_id = $1`, e.ID); n != want {
				t.Errorf("%d recorded, want %d", n, want)
			}
		})
	}
}

// Security.md §5, G7: the school's own; the mairie's for the children whom her périscolaire receives; nobody else's.
func TestWhoReadsContacts(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	page := "/eleves/" + e.ID.String()
	contacts(t, m, e)
	shows(t, m.Get("directeur", page), 200, "DAVEU Jeanne")
	for _, agent := range []string{"mairie", "ien", "ia"} {
		hides(t, m.Get(agent, page), "DAVEU", "06 00 00 00 09")
	}
	shows(t, m.Post("mairie", page+"/periscolaire", url.Values{"restaurant": {"true"}}), 303)
	shows(t, m.Get("mairie", page), 200, "DAVEU Jeanne", "Restaurant")
	for _, agent := range []string{"ien", "ia"} {
		hides(t, m.Get(agent, page), "DAVEU", "Restaurant", "Périscolaire", "Assurance")
	}
}

func TestContactChanged(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	first, second := contacts(t, m, e), contacts(t, m, e)
	page := "/eleves/" + e.ID.String() + "/contacts/" + first.String()
	shows(t, m.Get("directeur", page), 200, `value="Daveu"`, `name="version" value="1"`)
	shows(t, m.Post("directeur", page, grandMere("nom_famille", "Sarrat", "version", "1")), 303)
	shows(t, m.Post("directeur", page, grandMere("nom_famille", "Pujol", "version", "1")), http.StatusConflict, "Sarrat", `value="Pujol"`, `name="version" value="2"`)

	shows(t, m.Post("directeur", "/eleves/"+e.ID.String()+"/contacts/"+second.String()+"/avancer", nil), 303)
	if got := fixture.Valeur[uuid.UUID](m, `select id from personne_autorisee where eleve_id = $1 order by rang limit 1`, e.ID); got != second {
		t.Error("the second one is not called first")
	}
	shows(t, m.Post("directeur", page+"/retirer", nil), 303)
	if n := fixture.Valeur[int](m, `select count(*) from personne_autorisee where id = $1`, first); n != 0 {
		t.Error("still there")
	}
	other := m.Present("Zoé")
	shows(t, m.Get("directeur", "/eleves/"+other.ID.String()+"/contacts/"+second.String()), 404)
	shows(t, m.Post("directeur", "/eleves/"+other.ID.String()+"/contacts/"+second.String(), grandMere("version", "1")), 404)
}

// share gives a pupil the responsables of another.
func share(t *testing.T, m *fixture.Monde, from, to fixture.Enfant) {
	t.Helper()
	if _, err := m.Tx.Exec(t.Context(), `insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang)
		select $2, responsable_id, lien, autorite_parentale, rang + 1 from lien_responsable where eleve_id = $1`, from.ID, to.ID); err != nil {
		t.Fatal(err)
	}
}

func TestContactsRecopies(t *testing.T) {
	m := fixture.New(t)
	lina, zoe, hugo, loin := m.Present("Lina"), m.Present("Zoé"), m.Present("Hugo"), m.PresentAilleurs("Noé")
	share(t, m, lina, zoe)
	share(t, m, lina, loin)
	contacts(t, m, lina)
	page := "/eleves/" + lina.ID.String() + "/contacts/recopier"
	got := m.Get("directeur", page)
	shows(t, got, 200, "ABADIE Zoé")
	hides(t, got, "ABADIE Hugo", "ABADIE Noé")
	shows(t, m.Post("directeur", page, nil), 422, "Cochez au moins un enfant.")
	for _, stranger := range []fixture.Enfant{hugo, loin, lina} {
		shows(t, m.Post("directeur", page, url.Values{"id": {zoe.ID.String(), stranger.ID.String()}}), 404)
	}
	for range 2 { // the second time nothing is added
		shows(t, m.Post("directeur", page, url.Values{"id": {zoe.ID.String()}}), 303)
		if n := fixture.Valeur[int](m, `select count(*) from personne_autorisee where eleve_id = $1 and nom_famille = 'Daveu'`, zoe.ID); n != 1 {
			t.Errorf("%d copies", n)
		}
	}
}

func TestPeriscolaire(t *testing.T) {
	m := fixture.New(t)
	e, loin := m.Present("Lina"), m.PresentAilleurs("Noé") // who lives in Tarbes
	page := "/eleves/" + e.ID.String() + "/periscolaire"
	shows(t, m.Get("directeur", "/eleves/"+e.ID.String()), 200, "Pas encore renseigné")
	shows(t, m.Post("mairie", page+"?annee=2026", url.Values{"restaurant": {"true"}, "garderie_soir": {"true"}}), 303)
	shows(t, m.Get("directeur", "/eleves/"+e.ID.String()), 200, "Restaurant, garderie du soir")
	// Opened before the mairie wrote: the directeur sees both versions.
	shows(t, m.Post("directeur", page+"?annee=2026", url.Values{"etude": {"true"}}), http.StatusConflict, "Étude surveillée", "Votre saisie")
	shows(t, m.Post("directeur", page+"?annee=2026", url.Values{"etude": {"true"}, "version": {"1"}}), 303)
	shows(t, m.Get("mairie", "/eleves/"+e.ID.String()), 200, "Étude")
	shows(t, m.Post("mairie", page+"?annee=2024", url.Values{"etude": {"true"}}), 404)
	shows(t, m.Post("ien", page, nil), 403)
	shows(t, m.Post("mairie voisine", page, nil), 404)
	// A resident who goes to school elsewhere is not the mairie's.
	shows(t, m.Post("mairie", "/eleves/"+loin.ID.String()+"/periscolaire", url.Values{"etude": {"true"}}), 404)
	hides(t, m.Get("mairie", "/eleves/"+loin.ID.String()), "Périscolaire")
}

func TestAssurance(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	page := "/eleves/" + e.ID.String() + "/assurance"
	shows(t, m.Post("directeur", page, url.Values{"num_contrat": {"42"}}), 422, "Indiquez la compagnie", `value="42"`)
	typed := url.Values{"assureur": {"Mutuelle des Pyrénées"}, "num_contrat": {"42"}, "responsabilite_civile": {"true"}, "attestation_fournie": {"true"}, "rentre_seul": {"true"}}
	shows(t, m.Post("directeur", page, typed), 303)
	shows(t, m.Get("directeur", "/eleves/"+e.ID.String()), 200, "Mutuelle des Pyrénées, contrat 42", "Responsabilité civile")
	for _, agent := range []string{"mairie", "ien", "ia"} {
		hides(t, m.Get(agent, "/eleves/"+e.ID.String()), "Mutuelle")
		shows(t, m.Get(agent, page), 403)
	}
	if _, err := m.Tx.Exec(t.Context(), `update scolarite set niveau = 'GS' where eleve_id = $1`, e.ID); err != nil {
		t.Fatal(err)
	}
	typed.Set("version", "1")
	shows(t, m.Post("directeur", page, typed), 422, "Un enfant de maternelle ne rentre pas seul")
}

func TestSecondDomicile(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	version := func() string {
		return fmt.Sprint(fixture.Valeur[int](m, `select version from eleve where id = $1`, e.ID))
	}
	shows(t, m.Get("directeur", file), 200, "Second domicile", "Aucun")
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"voie": {"2 chemin du Lac"}}), 422, "Indiquez la commune.", `value="2 chemin du Lac"`)
	typed := url.Values{"voie": {"2 chemin du Lac"}, "commune": {"Lourdes"}, "version": {version()}}
	shows(t, m.Post("directeur", file+"/adresse2", typed), 303)
	shows(t, m.Get("directeur", file), 200, "2 chemin du Lac, 65100 Lourdes")
	shows(t, m.Post("directeur", file+"/adresse2", typed), http.StatusConflict)
	shows(t, m.Post("mairie", file+"/adresse2", typed), 422, "L’école tient")

	mere := fixture.Valeur[uuid.UUID](m, `select responsable_id from lien_responsable where eleve_id = $1`, e.ID)
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"chez": {mere.String()}}), 422, "Cette personne habite déjà avec l’enfant")
	shows(t, m.Post("directeur", file+"/responsables/nouveau", url.Values{"lien": {"pere"}, "nom_famille": {"Pène"}, "prenom": {"Luc"}, "autorite_parentale": {"true"},
		"voie": {"9 place du Marché"}, "commune": {"Lourdes"}, "heberge": {"true"}, "associations": {"true"}}), 303)
	pere := fixture.Valeur[uuid.UUID](m, `select id from responsable where nom_famille = 'Pène'`)
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"chez": {pere.String()}, "voie": {"7 rue Perdue"}}), 422, "Choisissez «", `value="7 rue Perdue"`)
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"chez": {pere.String()}}), 303)
	shows(t, m.Get("directeur", file), 200, "9 place du Marché, 65100 Lourdes (chez ", "Pène Luc)", "Accepte que son nom")
	// The father's home is not the child's to change: another address typed is another one.
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"voie": {"1 rue Neuve"}, "commune": {"Tarbes"}}), 303)
	if n := fixture.Valeur[int](m, `select count(*) from adresse where voie = '9 place du Marché'`); n != 1 {
		t.Error("the father has moved with the child")
	}
	shows(t, m.Post("directeur", file+"/adresse2/retirer", nil), 303)
	shows(t, m.Post("directeur", file+"/adresse2/retirer", nil), 422, "n’a qu’un domicile")
}

// Security.md §5, G5bis.
func TestSecondDomicileProtege(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"voie": {"2 chemin du Lac"}, "commune": {"Lourdes"}}), 303)
	for _, agent := range []string{"directeur", "mairie", "ien", "ia"} { // control
		shows(t, m.Get(agent, file), 200, "2 chemin du Lac")
	}
	if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = true where voie = '2 chemin du Lac'`); err != nil {
		t.Fatal(err)
	}
	shows(t, m.Get("directeur", file), 200, "2 chemin du Lac")
	for _, agent := range []string{"mairie", "ien", "ia"} {
		hides(t, m.Get(agent, file), "2 chemin du Lac", "Lourdes")
	}
	// The school may write it, and it stays protected.
	shows(t, m.Post("directeur", file+"/adresse2", url.Values{"voie": {"3 chemin du Lac"}, "commune": {"Lourdes"}}), 303)
	if n := fixture.Valeur[int](m, `select count(*) from adresse where voie = '3 chemin du Lac' and protegee`); n != 1 {
		t.Error("the protected home was not changed in its place")
	}
}

func TestDocumentsListed(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	file := "/eleves/" + e.ID.String()
	shows(t, m.Get("directeur", file), 200, "Aucun document")
	shows(t, m.Get("directeur", file+"/certificat-scolarite.pdf"), 200)
	shows(t, m.Get("directeur", file), 200, "0659001F-2026-0001", "Éditer à nouveau")
	got := m.Get("ia", file)
	shows(t, got, 200, "0659001F-2026-0001")
	hides(t, got, "Éditer à nouveau")
}

// What hangs from a pupil follows him to another school: the one he left reads it no more.
func TestComplementsFollow(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	contacts(t, m, e)
	if _, err := m.Tx.Exec(t.Context(), `update eleve set ecole_uai = $2 where id = $1`, e.ID, fixture.Meme); err != nil {
		t.Fatal(err)
	}
	seen := func(agent string) (n int) {
		m.Ecrire(agent, func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
			return tx.QueryRow(ctx, `select count(*) from personne_autorisee where eleve_id = $1`, e.ID).Scan(&n)
		})
		return n
	}
	if seen("directeur") != 0 || seen("directeur du même") != 1 {
		t.Error("the contacts stayed in the school that the pupil left")
	}
}
