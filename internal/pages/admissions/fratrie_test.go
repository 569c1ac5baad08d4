package admissions_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// entoure is a pupil who is fetched by two people, and also lives elsewhere.
func entoure(m *fixture.Monde) (aine, mere string) {
	e := m.Present("Lina")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		for _, prenom := range []string{"Jeanne", "Pierre"} {
			c := dossier.Contact{NomFamille: "Cazaux", Prenom: prenom, Lien: "ascendant", TelPortable: "06 00 00 00 03", Autorisee: true}
			if err := dossier.AjouterContact(ctx, tx, a, e.ID, c); err != nil {
				return err
			}
		}
		ailleurs := eleve.Adresse{Voie: "2 chemin du Lac", CodePostal: "65100", CommuneInsee: "65286", Commune: "Lourdes", Pays: eleve.France}
		return eleve.ModifierSecondDomicile(ctx, tx, a, e.ID, 0, eleve.SecondDomicile{Adresse: ailleurs})
	})
	return e.ID.String(), fixture.Valeur[string](m, `select id::text from responsable`)
}

// partage is what two children have in common.
const partage = `select concat_ws(' ', count(distinct e.id), 'pupils', count(distinct l.responsable_id), 'responsables',
		count(distinct e.adresse_id), 'homes', count(e.adresse2_id), 'second',
		(select count(*) from personne_autorisee p join eleve f on f.id = p.eleve_id where f.prenom = 'Tom'), 'contacts')
	from eleve e join lien_responsable l on l.eleve_id = e.id`

// A brother has the home, the responsables, the second home and the contacts ticked.
func TestAdmettreUnFrere(t *testing.T) {
	m := fixture.New(t)
	aine, mere := entoure(m)
	if body := m.Get("directeur", "/eleves/"+aine).Body; !strings.Contains(body, nouvelle+"?aine="+aine) {
		t.Error("the file of the sister does not lead to the entry")
	}
	search := cherche("Tom", "aine", aine, "date_naissance", "03/05/2020")
	body := m.Post("directeur", nouvelle, search).Body
	for _, want := range []string{"Famille reprise", `value="` + mere + `"`, "Cazaux Jeanne", "Cazaux Pierre", "Vit aussi au second domicile de Lina", `value="5 rue des Pyrénées"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the form does not show %s", want)
		}
	}
	pierre := fixture.Valeur[string](m, `select id::text from personne_autorisee where prenom = 'Pierre'`)
	tom := enfant("Tom", "aine", aine, "sexe", "M", "date_naissance", "03/05/2020", "niveau", "CP", "code_postal", "65000", "pays", "France",
		"responsable.0.id", mere, "responsable.0.version", "1", "responsable.0.civilite", "Mme", "responsable.0.heberge", "true",
		"responsable.0.tel_portable", "06 00 00 00 01", "responsable.0.courriel", "anne.abadie@exemple.fr",
		"contact", pierre, "domicile2", "true")
	if got := m.Post("directeur", nouvelle, tom); got.Code != 303 {
		t.Fatalf("got %d\n%s", got.Code, got.Body)
	}
	if got := fixture.Valeur[string](m, partage); got != "2 pupils 1 responsables 1 homes 2 second 1 contacts" {
		t.Error(got)
	}
}

// A protected home is shared and stays protected; another school has no such family.
func TestAdmettreUnFrereProtege(t *testing.T) {
	m := fixture.New(t)
	aine, mere := entoure(m)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		_, err := tx.Exec(ctx, `update adresse set protegee = true`)
		return err
	})
	tom := enfant("Tom", "aine", aine, "sexe", "M", "date_naissance", "03/05/2020", "niveau", "CP", "code_postal", "65000", "pays", "France",
		"responsable.0.id", mere, "responsable.0.version", "1", "responsable.0.civilite", "Mme", "responsable.0.heberge", "true",
		"responsable.0.tel_portable", "06 00 00 00 01", "responsable.0.courriel", "anne.abadie@exemple.fr")
	for agent, code := range map[string]int{"directeur voisin": 404, "directeur": 303} {
		if got := m.Post(agent, nouvelle, tom); got.Code != code {
			t.Errorf("%s: got %d, want %d\n%s", agent, got.Code, code, got.Body)
		}
	}
	if got := fixture.Valeur[string](m, partage); got != "2 pupils 1 responsables 1 homes 1 second 0 contacts" {
		t.Error(got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from adresse where not protegee`); n != 0 {
		t.Errorf("%d homes are open", n)
	}
	if got := m.Get("directeur voisin", nouvelle+"?"+url.Values{"aine": {aine}}.Encode()); got.Code != 404 {
		t.Errorf("another school begins with it: %d", got.Code)
	}
}
