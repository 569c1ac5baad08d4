// Package formulaire holds the form of a child, which the mairie fills to inscribe him and the directeur to admit him
// without her: the fields shown, what was typed read into the domain, and the blocks of responsables that are added and
// taken away without a script. Pages come here because they never import each other.
package formulaire

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
)

// maxResponsables bounds the blocks of a form.
const maxResponsables = 8

// Names of the buttons that change the number of blocks, and of the mark left on the block to type in next.
const (
	boutonAjouter = "ajouter_responsable"
	boutonRetirer = "retirer_responsable"
	marque        = "bloc_en_cours"
)

// Preparer gives a form that was not sent yet its first responsable, who lives where the child does.
func Preparer(f *httpx.Form) {
	f.Values.Set("pays", eleve.France)
	ouvrirBloc(f, 0)
}

// Enfant reads the child and adds to the form all that is wrong, in its order. The school and the mairie are for the
// caller to say.
func Enfant(f *httpx.Form, agent habilitation.Agent) eleve.Nouveau {
	n := eleve.Nouveau{Identite: NouvelleIdentite(f)}
	Refuser(f, n.Identite.Valider(agent.Aujourdhui()))
	n.Adresse = Adresse(f, "")
	if !partageFoyer(f, n.Adresse) {
		Refuser(f, n.Adresse.Valider(""))
	}
	for i := range Blocs(f) {
		prefix := Prefix(i)
		if i > 0 && blocVide(f, prefix) {
			continue
		}
		connu := connu(f, prefix)
		if connu == uuid.Nil {
			nouveau(f, prefix)
		}
		r := Responsable(f, prefix)
		r.ID = connu
		Refuser(f, r.Valider(prefix))
		n.Responsables = append(n.Responsables, r)
	}
	return n
}

// Refuser adds what the domain refuses, but for fields already refused as unreadable: one reason each is enough.
func Refuser(f *httpx.Form, err error) {
	for _, r := range refusal.All(err) {
		if f.Errors().On(r.Field) == "" {
			f.Refuse(r.Field, r.Motif)
		}
	}
}

// Prefix stands before the names of the fields of a responsable: "responsable.0.".
func Prefix(i int) string { return fmt.Sprintf("responsable.%d.", i) }

// Blocs is how many responsables the form shows: one at least.
func Blocs(f *httpx.Form) int {
	n := 1
	for name := range f.Values {
		rest, ok := strings.CutPrefix(name, "responsable.")
		rank, _, cut := strings.Cut(rest, ".")
		i, err := strconv.Atoi(rank)
		if ok && cut && err == nil && i >= 0 && i < maxResponsables {
			n = max(n, i+1)
		}
	}
	return n
}

// Change tells that the button pressed only adds or takes away a responsable. The form, changed, is to be shown again
// with all that was typed; nothing is to be recorded.
func Change(f *httpx.Form) bool {
	n := Blocs(f)
	if f.Checked(boutonAjouter) {
		ouvrirBloc(f, min(n, maxResponsables-1))
		return true
	}
	i, err := strconv.Atoi(f.Values.Get(boutonRetirer))
	if err != nil || i < 0 || i >= n {
		return false
	}
	for ; i < n-1; i++ {
		copier(f, Prefix(i+1), Prefix(i))
	}
	vider(f, Prefix(n-1))
	f.Values.Set(marque, Prefix(max(n-2, 0)))
	return true
}

func ouvrirBloc(f *httpx.Form, i int) {
	f.Values.Set(Prefix(i)+"meme_adresse", "true")
	if i > 0 {
		f.Values.Set(marque, Prefix(i))
	}
}

func copier(f *httpx.Form, from, to string) {
	vider(f, to)
	for name, values := range f.Values {
		if field, ok := strings.CutPrefix(name, from); ok {
			f.Values[to+field] = values
		}
	}
}

func vider(f *httpx.Form, prefix string) {
	for name := range f.Values {
		if strings.HasPrefix(name, prefix) {
			delete(f.Values, name)
		}
	}
}

// blocVide tells that nothing was typed in a block added and then forgotten.
func blocVide(f *httpx.Form, prefix string) bool {
	for name, values := range f.Values {
		field, ok := strings.CutPrefix(name, prefix)
		if ok && field != "meme_adresse" && field != "pays" && strings.Join(values, "") != "" {
			return false
		}
	}
	return true
}
