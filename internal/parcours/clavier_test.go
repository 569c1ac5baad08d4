package parcours_test

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"base-eleves/internal/browser"
	"base-eleves/internal/territoire"
)

// maxFrappes is what may be struck besides the data to enter a child, two guardians and two homes (peers.md §4).
const maxFrappes = 45

// clavier is a clerk who never touches the mouse, and counts what he strikes.
type clavier struct {
	chromium
	frappes int // Tab, Enter, Space, shortcuts
	donnees int // characters of the data
}

// dans checks that the focus is in the field of that name, then types.
func (c *clavier) dans(field, text string) {
	c.t.Helper()
	c.Wait(`document.activeElement.name === ` + quoted(field))
	if text != "" {
		c.Press(text)
		c.donnees += utf8.RuneCountInString(text)
	}
}

func (c *clavier) frappe(keys ...string) {
	c.t.Helper()
	c.Press(keys...)
	c.frappes += len(keys)
}

func (c *clavier) puis(key string) {
	c.t.Helper()
	c.frappes++
	if status := c.PressAndGo(key); status != 200 {
		c.t.Fatalf("%s leads to %d: %s", key, status, c.Text())
	}
}

// tabs goes as many stops on.
func (c *clavier) tabs(n int) {
	c.t.Helper()
	for range n {
		c.frappe("Tab")
	}
}

// assis is a clerk at his desk: logged in, before the page where one begins.
func assis(t *testing.T, identifiant, path string) (histoire, *clavier) {
	d := start(t)
	b := browser.New(t)
	h := histoire{d, t, func() visiteur { return chromium{b, t, d.url} }}
	h.connecter(identifiant)
	b.EachPage(temoin)
	c := &clavier{chromium: chromium{b, t, d.url}}
	c.Open(path)
	return h, c
}

// temoin counts in the page itself what comes from a keyboard and from a pointer, whatever the test believes.
const temoin = `for (const [kind, events] of Object.entries({keys: ["keydown"], pointer: ["pointerdown", "mousedown", "touchstart"]}))
	for (const name of events) addEventListener(name, (e) => {
		if (e.isTrusted) sessionStorage[kind] = Number(sessionStorage[kind] ?? 0) + 1;
	}, true);`

func (c *clavier) compte(kind string) (n int) {
	c.t.Helper()
	c.Eval(`Number(sessionStorage[`+quoted(kind)+`] ?? 0)`, &n)
	return n
}

// juge holds what was struck against the target, and what the test has counted against what the page has seen.
func (c *clavier) juge(target int) {
	c.t.Helper()
	c.t.Logf("%d keys struck besides %d characters of data", c.frappes, c.donnees)
	if c.frappes > target {
		c.t.Errorf("%d keys struck besides the data, more than %d", c.frappes, target)
	}
	if seen := c.compte("keys"); seen != c.frappes+c.donnees {
		c.t.Errorf("the pages have seen %d keys, the test %d and %d of data", seen, c.frappes, c.donnees)
	}
	if n := c.compte("pointer"); n != 0 {
		c.t.Errorf("%d events of a pointer", n)
	}
	c.Press("Tab") // controls: one key more is seen, and a pointer would have been
	if seen := c.compte("keys"); seen != c.frappes+c.donnees+1 {
		c.t.Errorf("one key more, and %d are seen", seen)
	}
	c.Click("Prénom")
	if c.compte("pointer") == 0 {
		c.t.Error("a click goes unseen")
	}
}

// A new pupil, two guardians, two homes: no pointer, 45 keys at most besides the data, and the next one is ready.
func TestSaisieAuClavier(t *testing.T) {
	for _, tt := range []struct{ name, agent, path, ecole, dit string }{
		{"la mairie inscrit", "mairie-tarbes", "/inscriptions/nouvelle", "jean-j", "L’inscription de Éloïse Lafitte est enregistrée."},
		{"le directeur admet", "direction-jean-jaures", "/admissions/nouvelle", "", "L’admission est acceptée"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, c := assis(t, tt.agent, tt.path)
			c.cherche("LAFITTE", "Éloïse", "120419")
			c.enfant()
			c.premier()
			c.second()
			if tt.ecole != "" {
				c.dans("ecole_uai", tt.ecole)
			}
			c.puis("Ctrl+Enter")
			c.dans("nom_famille", "")
			h.lit(c.chromium, tt.dit)
			c.juge(maxFrappes)
			h.inscrite(tt.agent, "Lafitte Éloïse F 65440 6 rue Brauhauban 65000 Jean-Jaurès | "+
				"Lafitte Anne 06 00 00 00 01 chez elle | Pujo Marc 06 00 00 00 02 2 rue de la Grotte Lourdes")
		})
	}
}

// cherche asks the register first.
func (c *clavier) cherche(nom, prenom, naissance string) {
	c.dans("nom_famille", nom)
	c.frappe("Tab")
	c.dans("prenom", prenom)
	c.frappe("Tab")
	c.dans("date_naissance", naissance)
	c.puis("Enter")
}

// enfant is who she is and where she lives, from the first question that the search has not answered.
func (c *clavier) enfant() {
	c.dans("sexe", "")
	c.frappe("Space", "Tab", "Tab")
	c.dans("commune_naissance", "tarb")
	c.tabs(2) // before any answer; over what few children have
	c.dans("voie", "6 rue Brauhauban")
	c.frappe("Tab")
	c.dans("commune", "65000")
	c.tabs(2)
}

func (c *clavier) premier() {
	c.dans("responsable.0.lien", "m")
	c.frappe("Tab")
	c.dans("responsable.0.nom_famille", "LAFITTE")
	c.frappe("Tab")
	c.dans("responsable.0.prenom", "Anne")
	c.tabs(3)
	c.dans("responsable.0.tel_portable", "0600000001")
	c.tabs(4)
	c.dans("ajouter_responsable", "")
	c.puis("Enter")
}

// second is the other guardian, in another home where the child lives too.
func (c *clavier) second() {
	c.dans("responsable.1.lien", "p")
	c.frappe("Tab")
	c.dans("responsable.1.nom_famille", "Pujo")
	c.frappe("Tab")
	c.dans("responsable.1.prenom", "Marc")
	c.tabs(3)
	c.dans("responsable.1.tel_portable", "0600000002")
	c.tabs(2)
	c.dans("responsable.1.meme_adresse", "")
	c.frappe("Space", "Tab")
	c.dans("responsable.1.voie", "2 rue de la Grotte")
	c.frappe("Tab")
	c.dans("responsable.1.commune", "lourd")
	c.tabs(2)
	c.dans("responsable.1.heberge", "")
	c.frappe("Space")
	c.tabs(4)
}

const inscriteSQL = `
	select concat_ws(' ', e.nom_famille, e.prenom, e.sexe, e.commune_naissance_insee, a.voie, a.code_postal,
		(select substring(ec.nom from 'Jean-Jaurès') from inscription i join ecole ec on ec.uai = i.ecole_uai where i.eleve_id = e.id))
		|| ' | ' || string_agg(concat_ws(' ', r.nom_famille, r.prenom, r.tel_portable,
			case when r.adresse_id = e.adresse_id then 'chez elle' else ra.voie || ' ' || ra.commune end), ' | ' order by l.rang)
	from eleve e join adresse a on a.id = e.adresse_id
	join lien_responsable l on l.eleve_id = e.id join responsable r on r.id = l.responsable_id
	left join adresse ra on ra.id = r.adresse_id
	where e.nom_famille = 'Lafitte' and e.prenom = 'Éloïse' group by e.id, a.id`

// inscrite checks what was recorded of her.
func (h histoire) inscrite(identifiant, want string) {
	h.t.Helper()
	var got string
	err := h.site.DB.Lire(context.Background(), h.agent(identifiant), func(l *territoire.Lecture) {
		territoire.Valeur(l, &got, inscriteSQL)
	})
	if err != nil || got != want {
		h.t.Errorf("recorded %q (%v), want %q", got, err, want)
	}
}

// The tab is closed while the directeur types: his page gives all of it back.
func TestSaisieApresUnePanne(t *testing.T) {
	h, c := assis(t, "direction-jean-jaures", "/admissions/nouvelle")
	c.cherche("Lafitte", "Éloïse", "120419")
	c.enfant()
	c.dans("responsable.0.lien", "")
	c.Wait(`document.querySelector(".kept").textContent.startsWith("Brouillon gardé")`)
	c.Browser.Open("about:blank")
	h.ouvre(c.Open("/admissions/nouvelle"), c)
	h.lit(c, "Vous aviez commencé cette saisie", "Éloïse Lafitte")
	h.ouvre(c.Follow("Reprendre la saisie"), c)
	c.rendu("Lafitte Éloïse 12/04/2019 6 rue Brauhauban Tarbes (65000)", "nom_famille", "prenom", "date_naissance", "voie", "commune")
}

// rendu checks that the fields hold what was typed.
func (c *clavier) rendu(want string, fields ...string) {
	c.t.Helper()
	var kept []string
	for _, name := range fields {
		var value string
		c.Eval(`document.querySelector("main [name=" + JSON.stringify(`+quoted(name)+`) + "]").value`, &value)
		kept = append(kept, value)
	}
	if got := strings.Join(kept, " "); got != want {
		c.t.Errorf("given back: %s, want %s", got, want)
	}
}

// The session ends while one types: after the log-in nothing typed is lost.
func TestSaisieApresLaFinDeSession(t *testing.T) {
	d := start(t)
	b := browser.New(t)
	h := histoire{d, t, func() visiteur { return chromium{b, t, d.url} }}
	v := h.connecter("mairie-tarbes")
	v.Open("/inscriptions/nouvelle")
	v.Fill("nom_famille", "Lafitte")
	v.Fill("prenom", "Éloïse")
	v.Fill("date_naissance", "120419")
	h.ouvre(v.Enter("date_naissance"), v)
	v.Fill("voie", "6 rue Brauhauban")
	b.Wait(`document.querySelector(".kept").textContent.startsWith("Brouillon gardé")`)
	h.pass(16 * time.Minute)
	v.Fill("responsable.0.nom_famille", "Pujo")
	b.Wait(`document.querySelector(".kept").textContent.includes("Votre session est fermée.")`)

	v = h.connecter("mairie-tarbes")
	h.ouvre(v.Open("/inscriptions/nouvelle"), v)
	h.lit(v, "Vous aviez commencé cette saisie le 20/11/2026", "Éloïse Lafitte")
	h.ouvre(v.Follow("Reprendre la saisie"), v)
	(&clavier{chromium: chromium{b, t, d.url}}).rendu("Lafitte Éloïse 12/04/2019 6 rue Brauhauban Pujo",
		"nom_famille", "prenom", "date_naissance", "voie", "responsable.0.nom_famille")
}
