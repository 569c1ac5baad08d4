package ecoles

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/restructuration"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const (
	pathOuverture = "/ecoles/ouverture"
	pathFusion    = "/ecoles/fusion"
)

// pathAnnonce is where each decision is asked for.
var pathAnnonce = map[restructuration.Genre]string{
	restructuration.Ouverture: pathOuverture, restructuration.Fusion: pathFusion,
	restructuration.Fermeture: "/ecoles/{uai}/fermeture", restructuration.Scission: "/ecoles/{uai}/scission",
}

// annonce is the form of a decision.
type annonce struct {
	genre   restructuration.Genre
	ecoles  []restructuration.Etablissement // those merged, the one closed or split
	circos  []libelle
	classes []classe
	form    *httpx.Form
}

// circosSQL are the circonscriptions of the département.
const circosSQL = `select uai, nom from circonscription where departement_code = departement_de_l_ia() order by nom, uai`

// classesSourceSQL are the classes of the school that is split, this year and the next.
const classesSourceSQL = `
	select k.id::text, k.libelle_court || ' (' || k.annee || '-' || k.annee + 1 || ')' as libelle,
		array(select niveau from classe_niveau where classe_id = k.id) as niveaux, k.enseignant, 0 as effectif_max, 0 as presents, 0 as attendus
	from classe k where k.ecole_uai = any ($1) and k.annee >= $2 order by k.annee, k.libelle_court`

func (p Pages) readAnnonce(r *http.Request, agent habilitation.Agent, g restructuration.Genre, codes []string) (a annonce, err error) {
	a = annonce{genre: g, form: httpx.NewForm(nil)}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &a.ecoles, restructuration.EtablissementsSQL, append([]string{}, codes...))
		territoire.Toutes(l, &a.circos, circosSQL)
		if g == restructuration.Scission {
			territoire.Toutes(l, &a.classes, classesSourceSQL, append([]string{}, codes...), int(ecole.AnneeDe(agent.Aujourdhui())))
		}
	})
	if err == nil && len(a.ecoles) != len(codes) {
		err = refusal.NotFound()
	}
	return a, err
}

// codes are the schools that the address, or the form, names.
func codes(r *http.Request, g restructuration.Genre) []string {
	switch g {
	case restructuration.Ouverture:
		return nil
	case restructuration.Fusion:
		_ = r.ParseForm() // read again by the form, which tells what is wrong with it
		list := append(append([]string{}, r.Form["id"]...), r.Form["ecole"]...)
		slices.Sort(list)
		return slices.Compact(list)
	}
	return []string{chi.URLParam(r, "uai")}
}

func (p Pages) ask(g restructuration.Genre) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		a, err := p.readAnnonce(r, agent, g, codes(r, g))
		if err != nil {
			return err
		}
		return p.Render(w, r, http.StatusOK, annoncePage(a))
	}
}

// submit records the decision; schools ticked in the list open the form of a merger.
func (p Pages) submit(g restructuration.Genre) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		a, err := p.readAnnonce(r, agent, g, codes(r, g))
		if err != nil {
			return err
		}
		if a.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
			return err
		}
		if _, sent := a.form.Values["date_effet"]; !sent && len(a.ecoles) > 1 {
			return p.Render(w, r, http.StatusOK, annoncePage(a))
		}
		d := a.demande()
		if err = a.form.Err(); err == nil {
			err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
				id, err := annoncer(ctx, tx, agent, d)
				if err == nil {
					p.Flash(ctx, annoncee(g), "")
				}
				return pathDecision(id), err
			})
		}
		if a.form.Refused(err) {
			return p.Render(w, r, http.StatusUnprocessableEntity, annoncePage(a))
		}
		return err
	}
}

func annoncer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d restructuration.Demande) (uuid.UUID, error) {
	if d.Genre == restructuration.Ouverture {
		return restructuration.Ouvrir(ctx, tx, agent, *d.Nouvelle, d.Le)
	}
	return restructuration.Annoncer(ctx, tx, agent, d)
}

func annoncee(g restructuration.Genre) string {
	if g == restructuration.Ouverture {
		return "L’école est ouverte à la date choisie."
	}
	return "La décision est annoncée. Relisez ce qu’elle change, puis exécutez-la."
}

// demande reads what was typed.
func (a annonce) demande() restructuration.Demande {
	f := a.form
	d := restructuration.Demande{Genre: a.genre, Le: f.Date("date_effet", "Indiquez la date d’effet, par exemple le 1er septembre.")}
	for _, e := range a.ecoles {
		d.Ecoles = append(d.Ecoles, e.UAI)
	}
	for _, n := range f.Values["niveau"] {
		d.Niveaux = append(d.Niveaux, ecole.Niveau(n))
	}
	for _, c := range f.Values["classe_id"] {
		if id, err := uuid.Parse(c); err == nil {
			d.Classes = append(d.Classes, id)
		}
	}
	switch a.genre {
	case restructuration.Ouverture:
		d.Nouvelle = a.nouvelle()
		d.Nouvelle.Niveaux, d.Niveaux = d.Niveaux, nil
	case restructuration.Fusion:
		if d.Cible = f.Text("cible"); d.Cible == "nouvelle" {
			d.Nouvelle = a.nouvelle()
		} else if !slices.Contains(d.Ecoles, d.Cible) {
			f.Refuse("cible", "Choisissez l’école qui accueille.")
		}
	case restructuration.Scission:
		if f.Text("nom") != "" {
			d.Nouvelle = a.nouvelle()
		} else if d.Cible = strings.ToUpper(f.Text("uai")); d.Cible == "" {
			f.Refuse("uai", "Donnez le code de l’école qui accueille.")
		}
	}
	return d
}

// nouvelle reads a school that opens. One that comes of others is where the first of them is.
func (a annonce) nouvelle() *restructuration.Nouvelle {
	f := a.form
	n := &restructuration.Nouvelle{
		UAI: f.Text("uai"), Nom: f.Limited("nom", 100), Adresse: f.Limited("adresse", 100), CodePostal: f.Limited("code_postal", 5),
		Type: ecole.Type(f.Text("type")), Secteur: ecole.Secteur(f.Text("secteur")), Circonscription: f.Text("circonscription_uai"),
	}
	if c, ok := formulaire.Commune(f, "commune"); ok {
		n.CommuneInsee, n.Commune = c.Insee, c.Nom
	}
	if len(a.ecoles) > 0 {
		n.Secteur = a.ecoles[0].Secteur
	}
	return n
}

// titre names the page.
func (a annonce) titre() string {
	return map[restructuration.Genre]string{
		restructuration.Ouverture: "Ouvrir une école", restructuration.Fermeture: "Fermer une école",
		restructuration.Fusion: "Fusionner des écoles", restructuration.Scission: "Scinder une école",
	}[a.genre]
}

func (a annonce) noms() string {
	noms := make([]string, len(a.ecoles))
	for i, e := range a.ecoles {
		noms[i] = e.NomComplet()
	}
	return strings.Join(noms, "\u00a0; ")
}

// cibles are the schools that may receive the others, or a new one.
func (a annonce) cibles() []ui.Option {
	var options []ui.Option
	for _, e := range a.ecoles {
		options = append(options, ui.Option{Value: e.UAI, Label: e.NomComplet(), Hint: "Elle garde son code " + e.UAI + "."})
	}
	return append(options, ui.Option{Value: "nouvelle", Label: "Une nouvelle école", Hint: "Remplissez sa carte d’identité plus bas."})
}

func typeOptions() []ui.Option {
	options := []ui.Option{{Label: "Choisir"}}
	for _, t := range ecole.Types() {
		options = append(options, ui.Option{Value: string(t), Label: t.Libelle()})
	}
	return options
}

func secteurOptions() []ui.Option {
	options := []ui.Option{{Label: "Choisir"}}
	for _, s := range ecole.Secteurs() {
		options = append(options, ui.Option{Value: string(s), Label: s.Libelle()})
	}
	return options
}

func (a annonce) circoOptions() []ui.Option {
	options := []ui.Option{{Label: "Aucune"}}
	for _, c := range a.circos {
		options = append(options, ui.Option{Value: c.UAI, Label: c.Nom})
	}
	return options
}

// niveauOptions are the niveaux of the school that is split, or all.
func (a annonce) niveauOptions() []ui.Option {
	niveaux := ecole.Niveaux()
	if a.genre == restructuration.Scission {
		niveaux = a.ecoles[0].Type.Niveaux()
	}
	var options []ui.Option
	for _, n := range niveaux {
		options = append(options, ui.Option{Value: string(n), Label: n.Libelle(), Checked: slices.Contains(a.form.Values["niveau"], string(n))})
	}
	return options
}

func (a annonce) classeOptions() []ui.Option {
	var options []ui.Option
	for _, c := range a.classes {
		options = append(options, ui.Option{Value: c.ID, Label: c.Libelle, Hint: strings.Join(c.Niveaux, ", "), Checked: slices.Contains(a.form.Values["classe_id"], c.ID)})
	}
	return options
}

func minuscule(s string) string {
	if rest, ok := strings.CutPrefix(s, "École"); ok {
		return "école" + rest
	}
	return s
}

// ouvre tells that the identity card must be filled.
func (a annonce) ouvre() bool { return a.genre == restructuration.Ouverture }

func (a annonce) carte() string {
	switch a.genre {
	case restructuration.Ouverture:
		return "Carte d’identité"
	case restructuration.Fusion:
		return "Nouvelle école, si vous en ouvrez une"
	}
	return "École qui accueille"
}

func (a annonce) bouton() string {
	if a.ouvre() {
		return "Ouvrir l’école"
	}
	return "Annoncer et voir l’aperçu"
}
