package parcours_test

import (
	"context"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/territoire"
)

// aPlacer is a pupil without a class, and one that opens his niveau.
type aPlacer struct {
	ID         string // of his scolarité
	NomFamille string
	NomUsage   string
	Prenom     string
	ClasseID   string
}

const aPlacerSQL = `
	select s.id::text as id, s.nom_famille, s.nom_usage, s.prenom, n.classe_id::text as classe_id
	from scolarite s join classe k on k.ecole_uai = s.ecole_uai and k.annee = s.annee
	join classe_niveau n on n.classe_id = k.id and n.niveau = s.niveau
	where s.annee = 2026 and s.classe_id is null and s.etat in ('admis_accepte', 'admis_definitif') order by s.cle_nom, k.libelle_court limit 1`

// atelier is the board in front of the directeur.
type atelier struct {
	histoire
	b *browser.Browser
	e aPlacer
}

// chip is the selector of the pupil in a column of the board.
func (a atelier) chip(classe string) string {
	return `[data-class="` + classe + `"] li:has([value^="` + a.e.ID[:8] + a.e.ID[9:13] + `"])`
}

// place checks that he is in a class, on the board and in the register, once the server has said so; "" is none.
func (a atelier) place(classe, said string) {
	a.t.Helper()
	a.b.Wait(`document.querySelector(` + quoted(a.chip(classe)) + `) && document.querySelector("[data-flash]")?.textContent.includes(` + quoted(said) + `)`)
	a.inscrit(classe)
}

func (a atelier) inscrit(classe string) {
	a.t.Helper()
	var got string
	err := a.site.DB.Lire(context.Background(), a.agent("direction-jean-jaures"), func(l *territoire.Lecture) {
		territoire.Valeur(l, &got, `select coalesce(classe_id::text, '') from scolarite where id = $1`, a.e.ID)
	})
	if err != nil || got != classe {
		a.t.Errorf("in the class %q (%v), want %q", got, err, classe)
	}
}

// presse looks at no page: another test has them judged.
type presse struct{ chromium }

// Judge implements visiteur.
func (presse) Judge() {}

// One pupil goes to one class by drag, by a key, by the plain form: the register says the same each time.
func TestRepartitionDeTroisFacons(t *testing.T) {
	d := start(t)
	b := browser.New(t)
	a := atelier{histoire: histoire{d, t, func() visiteur { return presse{chromium{b, t, d.url}} }}, b: b}
	v := a.connecter("direction-jean-jaures")
	err := d.site.DB.Lire(context.Background(), d.agent("direction-jean-jaures"), func(l *territoire.Lecture) {
		territoire.Une(l, &a.e, aPlacerSQL)
	})
	if err != nil {
		t.Fatal(err)
	}
	a.ouvre(v.Open("/repartition"), v)

	b.Drag(a.chip(""), `[data-class="`+a.e.ClasseID+`"]`)
	a.place(a.e.ClasseID, "placé dans la classe")
	b.Click("Annuler")
	a.place("", "C’est annulé")

	var key string
	b.Eval(`document.querySelector('[data-class="`+a.e.ClasseID+`"] kbd').textContent`, &key)
	b.Eval(`document.querySelector(`+quoted(a.chip("")+" input")+`).focus()`, nil)
	b.Press(key)
	a.place(a.e.ClasseID, "placé dans la classe")
	b.Wait(`document.activeElement.matches("[data-board] input, main")`) // the focus is not lost
	b.Click("Annuler")
	a.place("", "C’est annulé")
	if lines := b.Console(); len(lines) > 0 {
		t.Errorf("console: %q", lines)
	}

	paper := histoire{d, t, func() visiteur { return newPapier(t, d.url) }}.connecter("direction-jean-jaures")
	a.ouvre(paper.Open("/repartition"), paper)
	paper.Tick(eleve.NomListe(a.e.NomFamille, a.e.NomUsage, a.e.Prenom))
	paper.Choose("classe_id", a.e.ClasseID)
	a.ouvre(paper.Follow("Placer"), paper)
	a.inscrit(a.e.ClasseID)
}

// The pages of a scenario, judged by axe from its opening to its publication.
func TestScenarioAccessible(t *testing.T) {
	d := start(t)
	b := browser.New(t)
	h := histoire{d, t, func() visiteur { return chromium{b, t, d.url} }}
	v := h.connecter("direction-jean-jaures")
	h.ouvre(v.Open("/repartition/scenarios"), v)
	v.Fill("nom", "Deux CP")
	v.Choose("depuis", "vigueur")
	h.ouvre(v.Enter("nom"), v)
	h.ouvre(v.Follow("Proposer une répartition"), v)
	h.lit(v, "Répartition proposée", "Équilibre des classes")
	h.ouvre(v.Follow("Voir le tableau"), v)
	h.ouvre(v.Follow("Comparer"), v)
	h.lit(v, "diffère")
}
