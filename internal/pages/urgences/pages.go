// Package urgences is the page that whoever is on duty opens when something is wrong: he says what stops, for whom and
// why, sees how many people that is, and confirms. The same page lifts it.
package urgences

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/arret"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /urgence.
type Pages struct{ *httpx.Site }

const (
	path      = "/urgence"
	pathEffet = path + "/effet"
	pathLever = path + "/lever"
)

// Register lists the routes. What cannot wait asks for a fresh proof all the same: it stops the work of hundreds.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.ArreterAcces, p.show)
	rt.Get(pathEffet, habilitation.ArreterAcces, p.effet)
	rt.Recente(httpx.DelaiSecret).Post(path, habilitation.ArreterAcces, p.act)
	rt.Post(pathLever, habilitation.ArreterAcces, p.lift)
}

// cible is whom one may stop.
type cible struct{ Portee, Valeur, Nom string }

// vue is what the page shows.
type vue struct {
	form   *httpx.Form
	cibles []cible
	arrets []arret.EnCours
}

func (p Pages) read(r *http.Request, agent habilitation.Agent, more func(*territoire.Lecture)) (v vue, err error) {
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.cibles, `select portee, valeur, nom from cibles_arret()`)
		arret.QueueEnCours(l, &v.arrets)
		more(l)
	})
	return v, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r, agent, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.form = httpx.NewForm(map[string]string{"mesure": string(arret.Fermer)})
	return p.Render(w, r, http.StatusOK, page(v))
}

// demande is what the form asks.
type demande struct {
	mesure arret.Mesure
	portee arret.Portee
	motif  string
}

// lire reads the form; what is missing is refused beside its field.
func lire(f *httpx.Form, cibles []cible) (d demande) {
	for _, m := range arret.Mesures {
		if string(m) == f.Text("mesure") {
			d.mesure = m
		}
	}
	if d.mesure == "" {
		f.Refuse("mesure", "Choisissez ce qu’il faut arrêter.")
	}
	genre, valeur, _ := strings.Cut(f.Text("cible"), ":")
	for _, c := range connues(cibles) {
		if c.Portee == genre && c.Valeur == valeur {
			d.portee = arret.Portee{Genre: genre, Valeur: valeur}
		}
	}
	if d.portee.Genre == "" {
		f.Refuse("cible", "Choisissez pour qui.")
	}
	if d.motif = f.Text("motif"); arret.Motifs[d.motif] == "" {
		f.Refused(arret.ErrMotif)
	}
	return d
}

// roles are those that a stop may be about; the others lift it.
var roles = []habilitation.Role{habilitation.Directeur, habilitation.Mairie, habilitation.IEN, habilitation.College}

// connues are all that one may stop: the département, a role in it, a circonscription, a commune.
func connues(cibles []cible) []cible {
	all := []cible{{"departement", "", "Tout le département"}}
	for _, r := range roles {
		all = append(all, cible{"role", string(r), r.Label()})
	}
	return append(all, cibles...)
}

var groupes = map[string]string{"role": "Un rôle", "circonscription": "Une circonscription", "commune": "Une commune, sa mairie et ses écoles"}

func (v vue) options() []ui.Option {
	options := []ui.Option{{Label: "Choisir", Value: ""}}
	for _, c := range connues(v.cibles) {
		options = append(options, ui.Option{Value: c.Portee + ":" + c.Valeur, Label: c.Nom, Group: groupes[c.Portee]})
	}
	return options
}

// nom names whom a stop is about.
func (v vue) nom(portee, valeur string) string {
	for _, c := range connues(v.cibles) {
		if c.Portee == portee && c.Valeur == valeur {
			return c.Nom
		}
	}
	return "Toute la France"
}

// effet shows how many people the measure touches, and asks to confirm it.
func (p Pages) effet(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r, agent, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.form = httpx.NewForm(nil)
	v.form.Values = r.URL.Query()
	d := lire(v.form, v.cibles)
	if v.form.Err() != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, page(v))
	}
	var touches arret.Effet
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		arret.QueueEffet(l, d.portee, agent.Aujourdhui(), &touches)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, confirmPage(v, d, touches))
}

func (p Pages) act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Maintenant)
	if err != nil {
		return err
	}
	v, err := p.read(r, agent, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.form = f
	d := lire(f, v.cibles)
	if f.Err() != nil {
		return p.Render(w, r, http.StatusUnprocessableEntity, page(v))
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if d.mesure != arret.Renouveler {
			p.Flash(ctx, d.mesure.Label()+"\u00a0: "+v.nom(d.portee.Genre, d.portee.Valeur)+".", "")
			return path, arret.Poser(tx, agent, d.mesure, d.portee, d.motif)
		}
		n, err := arret.RenouvelerMotsDePasse(ctx, tx, agent, d.portee, d.motif)
		p.Flash(ctx, ui.Plural(n, "compte choisira un nouveau mot de passe à sa prochaine connexion.",
			"comptes choisiront un nouveau mot de passe à leur prochaine connexion."), "")
		return path, err
	})
}

func (p Pages) lift(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := uuid.Parse(r.PostFormValue("arret"))
	if err != nil {
		return httpx.Redirect(w, r, path)
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, "Arrêt levé\u00a0: l’accès reprend à la prochaine page.", "")
		return path, arret.Lever(ctx, tx, agent, id)
	})
}

// enCours is the table of the stops that have not been lifted.
func (v vue) enCours() ui.TableProps {
	props := ui.TableProps{Caption: "Arrêts en cours", Columns: []ui.Column{
		{Label: "Mesure"}, {Label: "Pour qui"}, {Label: "Motif"}, {Label: "Depuis"}, {Label: "Lever"},
	}}
	for _, a := range v.arrets {
		nom := v.nom(a.Portee, a.Valeur)
		row := ui.ListRow{Cells: ui.Cells(arret.Mesure(a.Mode).Label(), nom, arret.Motifs[a.Motif], date.Heure(a.PoseLe))}
		if a.Portee == "nation" {
			row.Cells = append(row.Cells, ui.Cell("Par l’exploitant du serveur"))
		} else {
			row.Cells = append(row.Cells, ui.PostButton(ui.ButtonProps{Label: "Lever", Action: pathLever, Name: "arret", Value: a.ID.String(), About: nom}))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// consequences say what the measure will do.
func (v vue) consequences(d demande, e arret.Effet) []string {
	qui := v.nom(d.portee.Genre, d.portee.Valeur) + "\u00a0: " + ui.Plural(e.Comptes, "compte", "comptes") + ", dont " +
		ui.Plural(e.Ouvertes, "session ouverte", "sessions ouvertes") + "."
	return append([]string{qui}, map[arret.Mesure][]string{
		arret.Fermer: {"Plus personne n’entre, et chaque session ouverte se ferme à sa prochaine page.",
			"Rien de ce qui est enregistré n’est perdu. Vous levez l’arrêt sur la page précédente."},
		arret.Lecture: {"On consulte, on imprime, on n’enregistre plus rien. Une saisie en cours n’est pas perdue\u00a0: la page la garde.",
			"Vous levez l’arrêt sur la page précédente."},
		arret.Renouveler: {"Les sessions se ferment. À la prochaine connexion, chacun choisit un nouveau mot de passe, avec sa clé.",
			"Un compte qui ne l’a pas fait dans les sept jours n’entre plus sans une nouvelle lettre.",
			"Cela ne s’annule pas."},
	}[d.mesure]...)
}

// champs carries what was asked to the act.
func (d demande) champs() url.Values {
	return url.Values{"mesure": {string(d.mesure)}, "cible": {d.portee.Genre + ":" + d.portee.Valeur}, "motif": {d.motif}}
}
