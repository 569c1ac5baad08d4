// Package lettre is the letters that a school writes to its families (domain.md §5.10): a text that the directeur wrote
// once, with fields between braces that are filled in for each home, and blanks between brackets that he is asked for when
// he sends it. Who receives one, and who does not and why, is decided here; internal/pages/courriers prints.
package lettre

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"base-eleves/internal/domain/discret"
	"base-eleves/internal/domain/refusal"
)

// Modele is a letter before it is addressed.
type Modele struct {
	Titre string // how the school calls it
	Objet string // what the letter is about
	Corps string // its paragraphs, a blank line between two; Coupure begins a slip to give back
}

// Lengths, in characters.
const (
	LongueurTitre = 80
	LongueurObjet = 120
	LongueurCorps = 5000
)

// Coupure is the line under which stands what the family cuts off and gives back.
const Coupure = "---"

// blanc is what stands for what is not known: it is written by hand.
const blanc = "…………………"

// jalons are what is not text: a field between braces, a blank between brackets.
var jalons = regexp.MustCompile(`\{([^{}\[\]\n]*)\}|\[([^{}\[\]\n]*)\]`)

// Valider says what is wrong with a letter.
func (m Modele) Valider() error {
	var l refusal.List
	if m.Titre == "" {
		l.Add("titre", "Donnez un titre à la lettre.")
	}
	_ = l.Take(discret.Valider("titre", m.Titre))
	if m.Objet == "" {
		l.Add("objet", "Indiquez l’objet de la lettre.")
	}
	_ = l.Take(discret.Valider("objet", m.Objet))
	if m.Corps == "" {
		l.Add("corps", "Écrivez le texte de la lettre.")
	}
	for _, part := range []struct {
		champ, text string
		most        int
	}{{"titre", m.Titre, LongueurTitre}, {"objet", m.Objet, LongueurObjet}, {"corps", m.Corps, LongueurCorps}} {
		if len([]rune(part.text)) > part.most {
			l.Add(part.champ, fmt.Sprintf("Au plus %d\u00a0caractères.", part.most))
		}
	}
	for _, part := range [][2]string{{"objet", m.Objet}, {"corps", m.Corps}} {
		if motif := fautif(part[1]); motif != "" {
			l.Add(part[0], motif)
		}
	}
	return l.Err()
}

// fautif says what is wrong with the fields of a text, "" when nothing is.
func fautif(text string) string {
	for _, found := range jalons.FindAllStringSubmatch(text, -1) {
		if _, known := champ(found[1]); known || found[0][0] == '[' {
			continue
		}
		if near, ok := proche(found[1]); ok {
			return "Le champ " + found[0] + " n’existe pas. Vouliez-vous écrire {" + near.Code + "}\u00a0?"
		}
		return "Le champ " + found[0] + " n’existe pas. Choisissez-le dans la liste des champs."
	}
	if strings.ContainsAny(jalons.ReplaceAllString(text, ""), "{}[]") {
		return "Une accolade ou un crochet n’est pas fermé\u00a0: écrivez par exemple {prenom} ou [date]."
	}
	return ""
}

// Personnelle tells whether the letter speaks of one pupil: then each has his own, otherwise one goes to each home.
func (m Modele) Personnelle() bool {
	return slices.ContainsFunc(m.champs(), func(c Champ) bool { return c.Eleve })
}

func (m Modele) champs() (list []Champ) {
	for _, found := range jalons.FindAllStringSubmatch(m.Objet+"\n"+m.Corps, -1) {
		if c, known := champ(found[1]); known && found[0][0] == '{' {
			list = append(list, c)
		}
	}
	return list
}

// Questions are the blanks of the letter, each once, in their order: what one is asked for when sending it.
func (m Modele) Questions() (list []string) {
	for _, found := range jalons.FindAllStringSubmatch(m.Objet+"\n"+m.Corps, -1) {
		if q := strings.TrimSpace(found[2]); q != "" && !slices.Contains(list, q) {
			list = append(list, q)
		}
	}
	return list
}

// Manquent are the fields of the letter that say nothing: they are left to be written by hand.
func (m Modele) Manquent(f Faits) (titres []string) {
	for _, c := range m.champs() {
		if c.lire(f) == "" && !slices.Contains(titres, c.Titre) {
			titres = append(titres, c.Titre)
		}
	}
	return titres
}

// Remplie is a letter as it is read.
type Remplie struct {
	Objet       string
	Paragraphes []string
	Talon       []string // the slip: its title, then its paragraphs; none without
}

// Remplir writes the letter of a family. reponses are what was answered to Questions.
func (m Modele) Remplir(f Faits, reponses map[string]string) Remplie {
	say := func(text string) string { return typographier(remplir(text, f, reponses)) }
	letter, slip, _ := strings.Cut("\n"+m.Corps+"\n", "\n"+Coupure+"\n")
	r := Remplie{Objet: say(m.Objet), Paragraphes: paragraphes(say(letter))}
	if slip = strings.TrimSpace(slip); slip != "" {
		title, rest, _ := strings.Cut(slip, "\n")
		r.Talon = append([]string{say(title)}, paragraphes(say(rest))...)
	}
	return r
}

func remplir(text string, f Faits, reponses map[string]string) string {
	return jalons.ReplaceAllStringFunc(text, func(found string) string {
		said := reponses[strings.TrimSpace(found[1:len(found)-1])]
		if found[0] == '{' {
			c, known := champ(found[1 : len(found)-1])
			if !known { // nothing else is recorded
				return found
			}
			said = c.lire(f)
		}
		if said == "" {
			return blanc
		}
		return said
	})
}

var vides = regexp.MustCompile(`\n[ \t]*\n\s*`)

// paragraphes are those of a text: lines that follow one another stay together.
func paragraphes(text string) (list []string) {
	for _, p := range vides.Split(strings.TrimSpace(text), -1) {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}
