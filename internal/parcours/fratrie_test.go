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
			_, c := h, &clavier{chromium: chromium{c.Browser, t, c.url}}
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
			c.Accessible()                      // under the title of the form that proposed
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

// Without a script the family is looked for by a responsable, taken, and shared all the same.
func TestFratrieSansScript(t *testing.T) {
	d := start(t)
	h := histoire{d, t, func() visiteur { return newPapier(t, d.url) }}
	const mairie = "mairie-tarbes"
	v := h.connecter(mairie)
	nom, prenom, responsable := h.famille(mairie)
	h.ouvre(v.Open("/inscriptions/nouvelle"), v)
	v.Fill("nom_famille", "Zzyx")
	v.Fill("prenom", "Hugo")
	v.Fill("date_naissance", "030520")
	h.ouvre(v.Enter("date_naissance"), v)
	v.Fill("famille_q", responsable)
	h.ouvre(v.Follow("Chercher la famille"), v)
	h.lit(v, "Familles que vous connaissez", prenom)
	h.ouvre(v.Follow("Reprendre cette famille"), v)
	h.lit(v, "Famille reprise", "Ne pas reprendre cette famille")
	v.Choose("sexe", "M")
	v.Fill("commune_naissance", "Tarbes (65)")
	h.ouvre(v.Follow("Inscrire l’enfant"), v)
	h.lit(v, "L’inscription est enregistrée.")
	var n int
	err := h.site.DB.Lire(context.Background(), h.agent(mairie), func(l *territoire.Lecture) {
		territoire.Valeur(l, &n, `select count(*)::int from eleve e join eleve a on a.adresse_id = e.adresse_id
			where e.nom_famille = 'Zzyx' and a.nom_famille = $1 and a.prenom = $2`, nom, prenom)
	})
	if err != nil || n != 1 {
		t.Errorf("%d homes shared (%v)", n, err)
	}
}

// famille is a child of the territory and his first responsable, whose name nobody else bears.
func (h histoire) famille(identifiant string) (nom, prenom, responsable string) {
	h.t.Helper()
	var f struct{ Nom, Prenom, Responsable string }
	err := h.site.DB.Lire(context.Background(), h.agent(identifiant), func(l *territoire.Lecture) {
		territoire.Une(l, &f, `select e.nom_famille as nom, e.prenom, r.nom_famille || ' ' || r.prenom as responsable
			from eleve e join lien_responsable l on l.eleve_id = e.id and l.rang = 1 join responsable r on r.id = l.responsable_id
			join commune c on c.insee = e.mairie_insee
			where c.nom = 'Tarbes' and e.etat = 'actif' and r.nom_famille <> '' and r.nom_usage = ''
				and (select count(*) from lien_responsable x where x.responsable_id = r.id) = 1
				and (select count(*) from responsable x where x.nom_famille = r.nom_famille and x.prenom = r.prenom) = 1
			order by e.cle_nom, e.id limit 1`)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return f.Nom, f.Prenom, f.Responsable
}
