package parcours_test

import (
	"context"
	"testing"

	"base-eleves/internal/territoire"
)

// maxFrere is what may be struck besides the data to enter a brother: 25 seconds at 200 keys a minute, his data taken off.
const maxFrere = 15

// A brother has the family at once: by the file of the sister, or by her name.
func TestSaisieDUnFrere(t *testing.T) {
	h, c := assis(t, "mairie-tarbes", "/inscriptions/nouvelle")
	c.cherche("LAFITTE", "Éloïse", "120419")
	c.enfant()
	c.premier()
	c.second()
	c.dans("ecole_uai", "jean-j")
	c.puis("Ctrl+Enter")
	c.dans("nom_famille", "")
	aine := h.enfant("mairie-tarbes", "Lafitte", "Éloïse")

	for _, tt := range []struct{ name, prenom, naissance, path string }{
		{"par son nom", "Hugo", "030520", "/inscriptions/nouvelle"},
		{"par sa fiche", "Jules", "080721", "/eleves/" + aine},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, c := h, &clavier{chromium: chromium{c.Browser, t, c.url, map[string]bool{}}}
			h.ouvre(c.Open(tt.path), c)
			if tt.path != "/inscriptions/nouvelle" {
				h.ouvre(c.Open(c.Href("Ajouter un frère ou une sœur")), c)
				c.dans("prenom", tt.prenom)
				c.frappe("Tab")
				c.dans("date_naissance", tt.naissance)
				c.puis("Enter")
			} else {
				c.cherche("Lafitte", tt.prenom, tt.naissance)
				c.dans("famille", "")
				c.Judge()
				c.dans("famille", "")
				c.frappe("Tab")
				c.puis("Enter")
			}
			c.dans("sexe", "")
			c.Accessible() // under the title of the form that proposed
			c.frappe("ArrowDown", "Tab", "Tab") // the boy comes second
			c.dans("commune_naissance", "tarb")
			c.puis("Ctrl+Enter")
			h.lit(c, "L’inscription de "+tt.prenom+" Lafitte est enregistrée.")
			t.Logf("%d keys struck besides %d characters of data", c.frappes, c.donnees)
			if c.frappes > maxFrere || c.frappes+c.donnees > 83 {
				t.Errorf("%d keys struck besides %d of data: more than %d, or than 83 in all", c.frappes, c.donnees, maxFrere)
			}
		})
	}
	h.partagee("mairie-tarbes", "3 enfants, 2 responsables, 1 domicile")
}

// enfant is the identifier of a pupil.
func (h histoire) enfant(identifiant, nom, prenom string) (id string) {
	h.t.Helper()
	err := h.site.DB.Lire(context.Background(), h.agent(identifiant), func(l *territoire.Lecture) {
		territoire.Valeur(l, &id, `select id::text from eleve where nom_famille = $1 and prenom = $2`, nom, prenom)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

const partageeSQL = `
	select count(distinct e.id) || ' enfants, ' || count(distinct l.responsable_id) || ' responsables, ' || count(distinct e.adresse_id) || ' domicile'
	from eleve e join lien_responsable l on l.eleve_id = e.id where e.nom_famille = 'Lafitte' and e.prenom in ('Éloïse', 'Hugo', 'Jules')`

// partagee checks that the family is one, not three copies.
func (h histoire) partagee(identifiant, want string) {
	h.t.Helper()
	var got string
	err := h.site.DB.Lire(context.Background(), h.agent(identifiant), func(l *territoire.Lecture) {
		territoire.Valeur(l, &got, partageeSQL)
	})
	if err != nil || got != want {
		h.t.Errorf("recorded %q (%v), want %q", got, err, want)
	}
}
