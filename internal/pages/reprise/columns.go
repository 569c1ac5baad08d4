package reprise

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	domain "base-eleves/internal/domain/reprise"
	"base-eleves/internal/httpx"
	"base-eleves/internal/onde"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// annee is a school year that is open.
type annee struct{ Code int }

// correspondance is the page that says what each column holds.
type correspondance struct {
	depot   domain.Depot
	feuille onde.Feuille
	propose onde.Correspondance
	annees  []annee
	form    *httpx.Form
}

const anneesSQL = `select code from annee_scolaire where code between $1 and $1 + 1 order by code`

func (p Pages) read(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (c correspondance, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c.depot, domain.SQLDepot, id, domain.Expiration(agent))
		territoire.Toutes(l, &c.annees, anneesSQL, int(ecole.AnneeDe(agent.Aujourdhui())))
	})
	if err != nil {
		return c, err
	}
	c.feuille, c.propose, err = c.depot.Feuille()
	return c, err
}

func (p Pages) columns(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	known := map[string]string{"genre": string(c.depot.Genre), "annee": strconv.Itoa(int(c.depot.Annee)), "liens": string(c.depot.Liens)}
	for i, champ := range c.propose {
		known[colonne(i)] = cmp.Or(string(champ), deCote)
	}
	c.form = httpx.NewForm(known)
	return p.Render(w, r, http.StatusOK, columnsPage(c))
}

func colonne(i int) string { return fmt.Sprintf("colonne.%d", i) }

// choose records the columns and works out what the file would change.
func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	c.form = f
	choix := c.choix()
	if err = f.Err(); err == nil {
		err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			ok, err := domain.Choisir(ctx, tx, agent, id, choix)
			if !ok {
				return "/reprise/" + id.String(), err
			}
			return "/reprise/" + id.String() + "/apercu", err
		})
	}
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, columnsPage(c))
	}
	return err
}

// choix reads what was chosen.
func (c correspondance) choix() domain.Choix {
	genre := c.form.Choice("genre", []string{string(onde.Eleves), string(onde.Responsables)}, "Choisissez ce que le fichier contient.")
	var codes []string
	for _, a := range c.annees {
		codes = append(codes, strconv.Itoa(a.Code))
	}
	year, _ := strconv.Atoi(c.form.Choice("annee", codes, "Choisissez une année scolaire ouverte."))
	choix := domain.Choix{Genre: onde.Genre(genre), Annee: ecole.Annee(year), Liens: domain.Deduction(c.form.Text("liens"))}
	if choix.Liens != domain.ParCivilite && choix.Liens != domain.ACompleter {
		choix.Liens = ""
	}
	for i := range c.feuille.Titres {
		champ := onde.Champ(c.form.Text(colonne(i)))
		if !connu(choix.Genre, champ) {
			champ = ""
		}
		choix.Correspondance = append(choix.Correspondance, champ)
	}
	return choix
}

func connu(g onde.Genre, champ onde.Champ) bool {
	for _, r := range onde.Rubriques(g) {
		if r.Champ == champ {
			return true
		}
	}
	return false
}

// genre is the kind of file shown: the one chosen, if it was.
func (c correspondance) genre() onde.Genre {
	if g := onde.Genre(c.form.Text("genre")); g == onde.Responsables {
		return g
	}
	return onde.Eleves
}

// deCote is the choice of leaving a column aside.
const deCote = "-"

func (c correspondance) options() []ui.Option {
	list := []ui.Option{{Value: deCote, Label: "Laisser de côté"}}
	for _, r := range onde.Rubriques(c.genre()) {
		list = append(list, ui.Option{Value: string(r.Champ), Label: nommer(r), Group: r.Groupe})
	}
	return list
}

// nommer names a column of the file by itself, where several people or homes have one of the kind.
func nommer(r onde.Rubrique) string {
	switch r.Groupe {
	case "Élève", "Adresse", "Scolarité", "Autorisations", "Responsable":
		return r.Libelle
	}
	return r.Groupe + "\u00a0: " + minuscule(r.Libelle)
}

func minuscule(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(first)) + s[size:]
}

func (c correspondance) anneeOptions() []ui.Option {
	var list []ui.Option
	for _, a := range c.annees {
		list = append(list, ui.Option{Value: strconv.Itoa(a.Code), Label: ecole.Annee(a.Code).Libelle()})
	}
	return list
}

var liensOptions = []ui.Option{
	{Value: string(domain.ParCivilite), Label: "Déduire de la civilité\u00a0: Mme est la mère, M. est le père, tous deux avec l’autorité parentale"},
	{Value: string(domain.ACompleter), Label: "Laisser à compléter\u00a0: autre lien, sans autorité parentale"},
}

func (c correspondance) demandeLien() bool {
	chosen := make(onde.Correspondance, len(c.feuille.Titres))
	for i := range chosen {
		chosen[i] = onde.Champ(c.form.Text(colonne(i)))
	}
	return chosen.DemandeLien(c.genre()) || c.form.Errors().On("liens") != ""
}

// titre names a column, even one without a heading.
func (c correspondance) titre(i int) string {
	if t := c.feuille.Titres[i]; t != "" {
		return t
	}
	return fmt.Sprintf("Colonne %d", i+1)
}

// exemples are the first values of a column; a number is not shown whole (design.md §2.3).
func (c correspondance) exemples(i int) string {
	if strings.HasSuffix(string(c.propose[i]), "ine") {
		return "valeurs masquées"
	}
	var values []string
	for _, l := range c.feuille.Lignes {
		if v := l.Cellules[i]; v != "" && len(values) < 2 && (len(values) == 0 || values[0] != v) {
			runes := []rune(v)
			values = append(values, string(runes[:min(len(runes), 30)]))
		}
		if len(values) == 2 {
			break
		}
	}
	if len(values) == 0 {
		return "colonne vide"
	}
	return "par exemple " + strings.Join(values, ", ")
}

// resume says what was recognised.
func (c correspondance) resume() string {
	known := 0
	for _, champ := range c.propose {
		if champ != "" {
			known++
		}
	}
	return fmt.Sprintf("%s\u00a0: %s lignes, %d colonnes reconnues sur %d.", c.depot.Nom, ui.Count(len(c.feuille.Lignes)), known, len(c.feuille.Titres))
}
