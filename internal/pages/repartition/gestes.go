package repartition

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// geste is what is asked for the pupils selected.
type geste struct {
	nom    string
	vus    []scenario.Vu
	classe *uuid.UUID
}

// gestes are the buttons of the board. The plain form, a drag and a key all send one of them.
var gestes = map[string]func(p Pages, ctx context.Context, tx territoire.Tx, v *view, g geste) error{
	"placer": placer, "retirer": placer, "fixer": fixer, "liberer": fixer, "ensemble": regler, "separes": regler,
}

// move does a gesture: to all the pupils selected, or to none.
func (p Pages) move(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	v := &view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: f}
	g := readGeste(f)
	do, known := gestes[g.nom]
	if !known {
		return refusal.NotFound()
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			return v.critere.href(""), do(p, ctx, tx, v, g)
		})
	}
	v.cochees = map[string]bool{}
	for _, vu := range g.vus {
		v.cochees[vu.Cle] = true
	}
	switch {
	case httpx.Stale(err):
		return p.renderCrossed(w, r, v, g, err)
	case f.Refused(err):
		return p.render(w, r, v, http.StatusUnprocessableEntity)
	}
	return err
}

func readGeste(f *httpx.Form) geste {
	g := geste{nom: f.Text("geste"), vus: readVus(f.Values["id"])}
	if g.nom == "" {
		g.nom = "placer"
	}
	if len(g.vus) == 0 {
		f.Refuse("id", "Cochez au moins un élève.")
	}
	if g.nom == "placer" {
		id := f.UUID("classe_id")
		if g.classe = &id; f.Text("classe_id") == "" {
			f.Refuse("classe_id", "Choisissez la classe où placer les élèves.")
		}
	}
	return g
}

// readVus reads the boxes ticked: who, and after a point the version at which the page showed him. Who is given by his
// whole identifier, without a version, is not checked: other lists of pupils send him so.
func readVus(values []string) (vus []scenario.Vu) {
	seen := map[string]bool{}
	for _, value := range values {
		who, version, given := strings.Cut(value, ".")
		if id, err := uuid.Parse(who); err == nil {
			who = scenario.Abreger(id)
		}
		if who == "" || seen[who] {
			continue
		}
		seen[who] = true
		v := scenario.Vu{Cle: who, Version: -1}
		if n, err := strconv.Atoi(version); given && err == nil {
			v.Version = n
		}
		vus = append(vus, v)
	}
	return vus
}

func placer(p Pages, ctx context.Context, tx territoire.Tx, v *view, g geste) error {
	done, err := scenario.Placer(ctx, tx, v.agent, v.critere.Cible, g.vus, g.classe)
	if err != nil {
		return err
	}
	said := "Rien à changer\u00a0: c’était déjà fait."
	switch n := done.Eleves; {
	case n > 0 && done.Classe != nil:
		said = ui.Plural(n, "élève placé", "élèves placés") + " dans la classe " + done.Classe.Libelle + "."
	case n == 1:
		said = "Un élève retiré de sa classe."
	case n > 1:
		said = ui.Count(n) + " élèves retirés de leur classe."
	}
	p.Flash(ctx, said, undoHref(v.critere, done.Mouvement))
	return nil
}

func fixer(p Pages, ctx context.Context, tx territoire.Tx, v *view, g geste) error {
	if v.critere.EnVigueur() {
		return refusal.NotFound() // its board has no such button
	}
	done, err := scenario.Fixer(ctx, tx, v.agent, v.critere.Cible, g.vus, g.nom == "fixer")
	if err != nil {
		return err
	}
	said := ui.Plural(done.Eleves, "élève fixé", "élèves fixés") + "\u00a0: une proposition ne les déplacera pas."
	if g.nom == "liberer" {
		said = ui.Plural(done.Eleves, "élève libéré", "élèves libérés") + "\u00a0: une proposition pourra les déplacer."
	}
	p.Flash(ctx, said, undoHref(v.critere, done.Mouvement))
	return nil
}

func regler(p Pages, ctx context.Context, tx territoire.Tx, v *view, g geste) error {
	id, err := scenario.PoserRegle(ctx, tx, v.agent, v.critere.Cible, g.vus, scenario.Nature(g.nom))
	if err != nil {
		return err
	}
	said := ui.Plural(len(g.vus), "élève", "élèves") + " à garder ensemble."
	if scenario.Nature(g.nom) == scenario.Separes {
		said = ui.Plural(len(g.vus), "élève", "élèves") + " à séparer."
	}
	p.Flash(ctx, said, leverHref(v.critere, id))
	return nil
}

// undoHref is where a movement is taken back, to come back to the board after; "" when nothing moved.
func undoHref(c critere, mouvement uuid.UUID) string {
	if mouvement == uuid.Nil {
		return ""
	}
	return "/repartition/mouvements/" + mouvement.String() + "/annuler?" + c.query().Encode()
}

// renderCrossed shows where somebody else has put the pupils meanwhile, and the form as it was: sending it again moves
// them knowingly.
func (p Pages) renderCrossed(w http.ResponseWriter, r *http.Request, v *view, g geste, err error) error {
	if readErr := p.read(r, v); readErr != nil {
		return readErr
	}
	mine := "Sans classe"
	if k := v.t.Classe(g.classe); k != nil {
		mine = k.Libelle
	}
	if c, ok := errors.AsType[scenario.Croisement](err); ok {
		for _, e := range c.Eleves {
			v.conflit = append(v.conflit, ui.ConflictRow{Label: e.Nom(), Theirs: v.libelle(e.ClasseID), Mine: mine})
		}
	}
	return p.Render(w, r, http.StatusConflict, boardPage(v))
}

// libelle is the name of a class, or of having none.
func (v *view) libelle(id *uuid.UUID) string {
	if k := v.t.Classe(id); k != nil {
		return k.Libelle
	}
	return "Sans classe"
}

// undo takes a movement back.
func (p Pages) undo(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	return p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		a, err := scenario.Annuler(ctx, tx, agent, id)
		if err == nil {
			p.Flash(ctx, undone(a), "")
		}
		return c.href(""), err
	})
}

// undone says who went back, and names who did not.
func undone(a scenario.Annulation) string {
	said := "C’est annulé\u00a0: " + ui.Plural(a.Rendus, "élève remis", "élèves remis") + " où ils étaient."
	if a.Rendus == 1 {
		said = "C’est annulé\u00a0: un élève remis où il était."
	}
	if len(a.Gardes) > 0 {
		said += " Déplacés depuis, ils restent où ils sont\u00a0: " + enumerer(a.Gardes) + "."
	}
	return said
}

// enumerer names a few, and counts the rest.
func enumerer(names []string) string {
	const shown = 8
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:shown], ", ") + " et " + ui.Plural(len(names)-shown, "autre", "autres")
}
