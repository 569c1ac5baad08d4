// Package papiers is what a school prints about its pupils, seen on a screen first: fiches to fill in, roll-calls, labels,
// letters. The directeur chooses a class, or the whole school, reads what will be printed, and sends it to the printer.
// Each document is a function from what was read to a papier.Papier.
package papiers

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/papier"
	"base-eleves/web/ui"
)

// Pages serves the documents of /editions.
type Pages struct{ *httpx.Site }

// document is one kind of paper.
type document struct {
	chemin  string
	titre   string
	aide    string
	partis  bool                    // those who have left receive one too, chosen one by one
	filtres func(choix) []ui.Filter // besides the class
	faire   func(lu, choix) papier.Papier
}

var documents = []document{
	ficheRenseignements, ficheUrgence, ficheSecurite, listeSortie, feuilleAppel, listeEvacuation, trombinoscope, etiquettes, enveloppes,
	piecesManquantes, recepisseRemise, recepisseDroits, listePMI, listeMedecine,
}

// Chemins are the addresses of the documents made for a choice of pupils.
func Chemins() []string {
	var list []string
	for _, d := range documents {
		list = append(list, "/editions/"+d.chemin)
	}
	return list
}

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	for _, d := range documents {
		rt.Get("/editions/"+d.chemin, habilitation.EditerPapiers, p.voir(d))
		rt.Get("/editions/"+d.chemin+".pdf", habilitation.EditerPapiers, p.imprimer(d))
	}
	rt.Post(preparer, habilitation.EditerPapiers, p.preparer)
	for _, f := range []feuille{vierge, ecoleEntiere} {
		rt.Get("/editions/"+f.chemin, habilitation.EditerPapiers, p.voirFeuille(f))
		rt.Get("/editions/"+f.chemin+".pdf", habilitation.EditerPapiers, p.imprimerFeuille(f))
	}
}

// toute is the choice of the whole school.
const toute = "toute"

// choix is whose papers are asked for, and how.
type choix struct {
	annee    ecole.Annee
	presente ecole.Annee
	jour     time.Time
	ecole    bool // all its pupils
	classe   *uuid.UUID
	eleves   []uuid.UUID // nil for all those of the class
	partis   bool        // those who have left among them
	page     int
	q        url.Values
}

func readChoix(q url.Values, agent habilitation.Agent) choix {
	c := choix{jour: agent.Aujourdhui(), presente: ecole.AnneeDe(agent.Aujourdhui()), page: httpx.PageAsked(q), q: q}
	c.annee = c.presente
	if a, err := ecole.ParseAnnee(q.Get("annee")); err == nil && a == c.presente+1 {
		c.annee = a
	}
	if id, err := uuid.Parse(q.Get("classe")); err == nil {
		c.classe = &id
	}
	for _, v := range q["eleve"] {
		if id, err := uuid.Parse(v); err == nil {
			c.eleves = append(c.eleves, id)
		}
	}
	c.ecole = q.Get("classe") == toute
	return c
}

// fait tells whether somebody was chosen: before that nothing nominative is read.
func (c choix) fait() bool { return c.ecole || c.classe != nil || c.eleves != nil }

// entier is an option that is a number between bounds, the least one when it is not.
func (c choix) entier(name string, least, most int) int {
	n, _ := strconv.Atoi(c.q.Get(name))
	return min(max(n, least), most)
}

// un is an option out of a list, the first one when it is none of them.
func (c choix) un(name string, options []ui.Option) string {
	for _, o := range options {
		if o.Value == c.q.Get(name) {
			return o.Value
		}
	}
	return options[0].Value
}

func (p Pages) voir(d document) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		v, err := p.vue(r.Context(), r.URL.Query(), agent, d)
		if err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, documentPage(v))
	}
}

func (p Pages) imprimer(d document) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		v, err := p.vue(r.Context(), r.URL.Query(), agent, d)
		if err != nil {
			return err
		}
		if v.long() || len(v.papier.Pieces) == 0 { // the page offers to prepare it, or says why there is nothing
			return httpx.Redirect(w, r, v.chemin()+"?"+v.choix.q.Encode())
		}
		return envoyer(w, d.chemin, v.papier)
	}
}

func envoyer(w http.ResponseWriter, name string, p papier.Papier) error {
	file, err := p.PDF()
	if err != nil {
		return err
	}
	return httpx.File(w, "application/pdf", name+".pdf", file)
}

// vue is a document for a choice.
type vue struct {
	document
	choix  choix
	lu     lu
	papier papier.Papier
}

func (p Pages) vue(ctx context.Context, q url.Values, agent habilitation.Agent, d document) (vue, error) {
	v := vue{document: d, choix: readChoix(q, agent)}
	v.choix.partis = d.partis
	var err error
	if v.lu, err = p.lire(ctx, agent, v.choix); err != nil {
		return v, err
	}
	v.papier = d.faire(v.lu, v.choix)
	v.papier.Titre, v.papier.Auteur, v.papier.Date = d.titre, v.lu.ecole.NomComplet(), agent.Maintenant
	return v, nil
}

func (v vue) chemin() string { return "/editions/" + v.document.chemin }

func (v vue) apercu() papier.Apercu {
	a := papier.Apercu{Papier: v.papier, Page: v.choix.page, Chemin: v.chemin(), Requete: v.choix.q, Vide: v.vide()}
	if v.long() {
		a.Preparer = preparer
	}
	return a
}

func (v vue) vide() string {
	if !v.choix.fait() {
		return "Choisissez une classe, ou toute l’école."
	}
	return "Aucun élève présent ne répond à ce choix."
}

// options are what is asked above the document.
func (v vue) options() ui.ListProps {
	classes := ui.Filter{Name: "classe", Label: "Pour", All: "Choisir", Options: []ui.Option{{Value: toute, Label: "Toute l’école"}}}
	for _, k := range v.lu.ecole.Classes {
		classes.Options = append(classes.Options, ui.Option{Value: k.ID.String(), Label: k.Libelle})
	}
	if v.choix.eleves != nil {
		classes.All = eleves(v.lu.eleves)
	}
	annee := ui.Filter{Name: "annee", Label: "Année", All: v.choix.presente.Libelle(), Options: []ui.Option{
		{Value: strconv.Itoa(int(v.choix.presente + 1)), Label: (v.choix.presente + 1).Libelle()}}}
	p := ui.ListProps{Path: v.chemin(), Query: v.choix.q, Filters: []ui.Filter{classes, annee}}
	if v.filtres != nil {
		p.Filters = append(p.Filters, v.filtres(v.choix)...)
	}
	return p
}

// eleves names those chosen one by one.
func eleves(list []inscrit) string {
	if len(list) > 2 {
		return ui.Plural(len(list), "élève choisi", "élèves choisis")
	}
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = e.nom()
	}
	return strings.Join(names, " et ")
}
