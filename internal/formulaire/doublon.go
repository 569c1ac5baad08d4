package formulaire

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// prefixDoublon stands before the identifier of a child who may be the one entered; the field holds what was said of him.
const prefixDoublon = "doublon."

// What may be said of a child who may be the one entered.
const (
	meme   = "meme"
	autre  = "autre"
	jamais = "jamais" // another, and nobody is to be asked again
)

var reponses = []ui.Option{
	{Value: meme, Label: "C’est le même"},
	{Value: autre, Label: "C’est un autre enfant"},
	{Value: jamais, Label: "C’est un autre enfant, ne plus demander"},
}

// Trancher refuses to open a second file while it has not been said of each child of the list that he is another one.
func Trancher(f *httpx.Form, list []eleve.Connu) error {
	var l refusal.List
	for _, c := range list {
		if r := f.Values.Get(prefixDoublon + c.EleveID.String()); r != autre && r != jamais {
			l.Add(prefixDoublon+c.EleveID.String(), "Le registre connaît déjà un enfant qui lui ressemble. Est-ce le même\u00a0?")
		}
	}
	return l.Err()
}

// Montrer is err, why a form was refused, once the page may show those who may be the child entered: that is a search,
// counted and braked as one (security.md, ACL-10). Beyond the limit the form says so and shows nobody.
func Montrer(ctx context.Context, db *territoire.DB, agent habilitation.Agent, i eleve.Identite, list *[]eleve.Connu, err error) error {
	if len(*list) == 0 || len(refusal.All(err)) == 0 {
		return err
	}
	if refused := eleve.Compter(ctx, db, agent, i); refused != nil {
		*list = nil
		return refused
	}
	return err
}

// Meme is the child who was said to be the one entered, uuid.Nil when none was.
func Meme(f *httpx.Form) uuid.UUID {
	for name := range f.Values {
		if rest, ok := strings.CutPrefix(name, prefixDoublon); ok && f.Values.Get(name) == meme {
			if id, err := uuid.Parse(rest); err == nil {
				return id
			}
		}
	}
	return uuid.Nil
}

// Autre is the field that says of a child, shown by the search, that he is another one.
func Autre(c eleve.Connu) (name, value string) { return prefixDoublon + c.EleveID.String(), autre }

// Jamais are those of the list of whom nobody is to be asked again.
func Jamais(f *httpx.Form, list []eleve.Connu) []uuid.UUID {
	var ids []uuid.UUID
	for _, c := range list {
		if f.Values.Get(prefixDoublon+c.EleveID.String()) == jamais {
			ids = append(ids, c.EleveID)
		}
	}
	return ids
}

// dits are the answers already given about children whom the page does not show again.
func dits(f *httpx.Form, list []eleve.Connu) map[string]string {
	answers := map[string]string{}
	for name := range f.Values {
		if strings.HasPrefix(name, prefixDoublon) {
			answers[name] = f.Values.Get(name)
		}
	}
	for _, c := range list {
		delete(answers, prefixDoublon+c.EleveID.String())
	}
	return answers
}

// Nomme says who a known child is.
func Nomme(c eleve.Connu) string {
	return eleve.NomListe(c.NomFamille, "", c.Prenom) + ", " + eleve.Accord(c.Sexe, "né le ", "née le ") + date.Court(c.DateNaissance)
}

// Situe says where he is, in which state, and why he may be the one.
func Situe(c eleve.Connu) string {
	var parts []string
	etat := scolarite.Etat(c.Etat).Situation(c.Depart)
	if etat == "" {
		etat = inscription.Etat(c.Etat).Label()
	}
	for _, p := range []string{etat, c.Ecole, c.Commune} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ") + ". Ressemblance\u00a0: " + c.Motif() + "."
}
