package courriers

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/formulaire"
	"base-eleves/web/ui"
)

// address shows to whom the letter goes, and to whom it does not, before anything is printed.
func (p Pages) address(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.envoi(r, agent, (*envoi).proposer)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, addressPage(e))
}

// parPage is how many pupils the page shows at once.
const parPage = 50

// tropNombreux says that there are more than lettre.Maximum.
const tropNombreux = "Plus de 500\u00a0élèves répondent à ces choix\u00a0: prenez une classe ou un niveau."

// formulaire is the id of the form to which the boxes of the table belong.
const formID = "envoi"

func (e *envoi) chemin() string { return path(e.lettre.ID) + "/envoyer" }

func (e *envoi) lettres(suffix string) string {
	return adresse(path(e.lettre.ID)+"/lettres"+suffix, e.query())
}

func (e *envoi) filtres() formulaire.Filtres {
	return formulaire.Filtres{Form: e.f, Definition: e.def, Role: e.agent.Role, Proposes: e.proposes}
}

func (e *envoi) field(name, label, hint string) ui.Field {
	return e.f.Field(ui.Field{Name: name, Label: label, Hint: hint, Plain: true})
}

// jour is the date of the letters, that of today written in it already.
func (e *envoi) jour() ui.Field {
	f := e.field("le", "Date de la lettre", "")
	f.Value = date.Court(e.le())
	return f
}

func (e *envoi) signe() ui.Field {
	f := e.field("signataire", "Signée par", "")
	f.Value = e.signataire()
	return f
}

// ouvert tells whether the choices are shown: not when one comes from the file of a pupil.
func (e *envoi) ouvert() bool { return len(e.seuls) == 0 }

func (e *envoi) annees() []ui.Option {
	now := ecole.AnneeDe(e.agent.Aujourdhui())
	return []ui.Option{{Label: now.Libelle()}, {Value: liste.Suivante, Label: (now + 1).Libelle()}}
}

var adresses = []ui.Option{
	{Value: parFoyer, Label: "Une lettre par foyer\u00a0: chaque parent qui vit ailleurs reçoit la sienne"},
	{Value: parPersonne, Label: "Une lettre par personne qui exerce l’autorité parentale"},
}

// majuscule begins a label with a capital, as all labels.
func majuscule(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// grain says for whom there is a letter.
func (e *envoi) grain() string {
	if e.lettre.Personnelle() {
		return "Cette lettre parle d’un élève\u00a0: des frères et sœurs en donnent une chacun."
	}
	return "Cette lettre ne parle d’aucun élève\u00a0: une seule par foyer, pour tous ses enfants."
}

// compte says how many letters there are.
func (e *envoi) compte() string {
	said := ui.Plural(len(e.plis), "lettre", "lettres") + " pour " + ui.Plural(len(e.eleves)-e.retenus(), "élève", "élèves")
	hand := 0
	for _, p := range e.plis {
		if p.EnMain() != "" {
			hand++
		}
	}
	if hand > 0 {
		said += ", dont " + ui.Count(hand) + " à remettre en main propre"
	}
	return said + "."
}

func (e *envoi) retenus() (n int) {
	for _, o := range e.omis {
		if o.Personne == "" {
			n++
		}
	}
	return n
}

// ecrire lists the pupils about whom there is a letter, in their order, with the letters of each.
func (e *envoi) ecrire() (list []ecrit) {
	about := make(map[uuid.UUID]lettre.Destine, len(e.eleves))
	for _, d := range e.eleves {
		about[d.ID] = d
	}
	rank := map[uuid.UUID]int{}
	for _, p := range e.plis {
		for i, enfant := range p.Enfants {
			at, known := rank[enfant.ID]
			if !known {
				at = len(list)
				rank[enfant.ID] = at
				list = append(list, ecrit{eleve: about[enfant.ID]})
			}
			if i == 0 {
				list[at].lettres = append(list[at].lettres, e.dit(p))
			} else {
				list[at].lettres = append(list[at].lettres, "avec celle de "+p.Eleve.Prenom+" "+p.Eleve.NomFamille)
			}
		}
	}
	return list
}

// ecrit is a pupil about whom there is a letter.
type ecrit struct {
	eleve   lettre.Destine
	lettres []string
}

// dit is a letter in one line: to whom, where, and what it will leave to be written by hand.
func (e *envoi) dit(p lettre.Pli) string {
	who := strings.Join(p.Noms(), " et ")
	if who == "" {
		who = "Responsables inconnus"
	}
	if why := p.EnMain(); why != "" {
		who += " – à remettre en main propre (" + why + ")"
	} else {
		who += " – " + strings.Join(p.Adresse, ", ")
	}
	if missing := e.lettre.Manquent(p.Faits(e.faits())); len(missing) > 0 {
		who += ". À écrire à la main\u00a0: " + strings.ToLower(strings.Join(missing, ", "))
	}
	return who
}

func (e *envoi) pager() ui.Pager {
	return ui.Pager{Page: e.page, PerPage: parPage, Total: len(e.ecrits)}
}

func (e *envoi) table() ui.TableProps {
	t := ui.TableProps{Caption: "Destinataires", Columns: []ui.Column{{Label: "Élève"}, {Label: "Classe"}, {Label: "À qui"}, {Label: "Cocher"}}}
	from := min(max(0, e.page-1)*parPage, len(e.ecrits))
	for _, x := range e.ecrits[from:min(from+parPage, len(e.ecrits))] {
		t.Rows = append(t.Rows, ui.ListRow{Href: "/eleves/" + x.eleve.ID.String(), Cells: []templ.Component{
			ui.Cell(x.eleve.Nom()), ui.Cell(x.eleve.Classe), plisCell(x.lettres), ui.PickCell(formID, "eleve", x.eleve.ID.String(), "Cocher "+x.eleve.Nom()),
		}})
	}
	return t
}

// laisses are those who receive nothing, and why.
func (e *envoi) laisses() ui.TableProps {
	t := ui.TableProps{Caption: "Ne reçoivent rien", Columns: []ui.Column{{Label: "Élève"}, {Label: "Qui"}, {Label: "Pourquoi"}}}
	for _, o := range e.omis {
		who := o.Personne
		if who == "" {
			who = "Toute la famille"
		}
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(o.Eleve.Nom(), who, o.Pourquoi)})
	}
	return t
}

func (e *envoi) laissesTitre() string {
	return "Ne reçoivent rien (" + strconv.Itoa(len(e.omis)) + ")"
}

// tous is the address of the sending to all whom the filters keep.
func (e *envoi) tous() string {
	q := e.query()
	q.Del("seul")
	q.Del("retire")
	return adresse(e.chemin(), q)
}

func (e *envoi) choisis() bool { return len(e.seuls)+len(e.retires) > 0 }
