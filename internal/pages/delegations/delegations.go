// Package delegations is where a directeur, or the IA in his absence, lets a colleague act for a school, within dates and
// within bounds, under his own account and with his own key: nobody lends a key (security.md AUT-19).
package delegations

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /delegations.
type Pages struct{ *httpx.Site }

const path = "/delegations"

// usuelle is how long a delegation lasts when nothing else is said, in days.
const usuelle = 7

// Register lists the routes. The {id} is that of a delegation.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.Deleguer, p.list)
	rt.Post(path, habilitation.Deleguer, p.create)
	rt.Post(path+"/{id}/revoquer", habilitation.Deleguer, p.revoke)
}

// donnee is a delegation, with what was done under it.
type donnee struct {
	mandat.Donnee
	Actes   int
	Dernier *time.Time
}

const listSQL = `
	select d.*, j.actes, j.dernier from (` + mandat.DonneesSQL + `) d cross join lateral (
		select count(*) as actes, max(le) as dernier from journal where compte_id = d.compte_id and habilitation_id = d.id
			and ` + journal.UneParListe + `) j
	order by (d.etat <> 'accordee' or d.fin < $1), d.fin desc, d.nom, d.id`

// view is the page.
type view struct {
	agent habilitation.Agent
	list  []donnee
	form  *httpx.Form
	lieux []mandat.Lieu // the schools that answer, when several do
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, f *httpx.Form) (v view, err error) {
	v = view{agent: agent, form: f}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Toutes(l, &v.list, listSQL, agent.Aujourdhui()) })
	return v, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	today := agent.Aujourdhui()
	v, err := p.read(r.Context(), agent, httpx.NewForm(map[string]string{
		"debut": date.Court(today), "fin": date.Court(today.AddDate(0, 0, usuelle)), "delegation": string(habilitation.Gestion),
	}))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, page(v))
}

// create gives a delegation; the colleague chooses it at his next log-in, or at once by « Changer ».
func (p Pages) create(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := readDelegation(f, agent)
	var lieux []mandat.Lieu
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (to string, err error) {
			if lieux, err = situer(ctx, tx, agent, &d); err != nil {
				return "", err
			}
			if _, err = mandat.Deleguer(ctx, tx, agent, d); err == nil {
				p.Flash(ctx, "La délégation est donnée, jusqu’au "+date.Long(d.Fin)+" inclus.", "")
			}
			return path, err
		})
	}
	if !f.Refused(err) {
		return err
	}
	v, err := p.read(r.Context(), agent, f)
	if err != nil {
		return err
	}
	v.lieux = lieux
	return p.Render(w, r, http.StatusUnprocessableEntity, page(v))
}

func readDelegation(f *httpx.Form, agent habilitation.Agent) mandat.Delegation {
	levels := mandat.Niveaux(agent.Role)
	codes := make([]string, len(levels))
	for i, n := range levels {
		codes[i] = string(n)
	}
	d := mandat.Delegation{
		Identifiant: f.Required("identifiant", 60, "Indiquez l’identifiant de votre collègue."), Ecole: agent.Ecole,
		Niveau: habilitation.Delegation(f.Choice("delegation", codes, "Choisissez ce que votre collègue pourra faire.")),
		Debut:  f.Date("debut", "Indiquez le premier jour."), Fin: f.Date("fin", "Indiquez le dernier jour."),
	}
	if agent.Ecole == "" {
		d.Ecole = f.Required("territoire", 100, "Indiquez l’école.")
	}
	return d
}

// situer finds the school that an IA names.
func situer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d *mandat.Delegation) ([]mandat.Lieu, error) {
	if agent.Ecole != "" {
		return nil, nil
	}
	lieu, lieux, err := mandat.Situer(ctx, tx, habilitation.Directeur, d.Ecole)
	d.Ecole = lieu.Code
	return lieux, err
}

// revoke ends a delegation at once.
func (p Pages) revoke(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	_, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, _ *httpx.Form) (string, error) {
		var uai string
		err := tx.QueryRow(ctx, `select coalesce(max(ecole_uai), '') from delegations_de_la_portee() where id = $1`, id).Scan(&uai)
		if err != nil {
			return "", err
		}
		if uai == "" {
			return "", refusal.NotFound()
		}
		if err = mandat.Retirer(ctx, tx, agent, id, journal.RetirerDelegation, uai); err == nil {
			p.Flash(ctx, "La délégation est révoquée\u00a0: elle n’ouvre plus rien.", "")
		}
		return path, err
	})
	if status == 0 {
		return err
	}
	v, err := p.read(r.Context(), agent, f)
	if err != nil {
		return err
	}
	return p.Render(w, r, status, page(v))
}

func (v view) niveaux() []ui.Option {
	var list []ui.Option
	for _, n := range mandat.Niveaux(v.agent.Role) {
		list = append(list, ui.Option{Value: string(n), Label: n.Label(), Hint: n.Portee()})
	}
	return list
}

func (v view) choix() []ui.Option {
	list := make([]ui.Option, len(v.lieux))
	for i, l := range v.lieux {
		list[i] = ui.Option{Value: l.Code, Label: l.Nom, Hint: l.Code}
	}
	return list
}

func (v view) table() ui.TableProps {
	t := ui.TableProps{Caption: "Délégations données", Columns: []ui.Column{
		{Label: "Personne"}, {Label: "École"}, {Label: "Peut"}, {Label: "Du"}, {Label: "Au"}, {Label: "Donnée par"}, {Label: "Actes notés", Number: true}, {Label: "État"},
	}}
	for _, d := range v.list {
		cells := ui.Cells(d.qui(), ecole.NomComplet(d.Ecole, d.Commune), d.Delegation.Label(), date.Court(d.Debut), date.Court(d.Fin), d.Auteur, ui.Count(d.Actes))
		t.Rows = append(t.Rows, ui.ListRow{Label: d.qui(), Cells: append(cells, etatCell(v, d))})
	}
	return t
}

func (d donnee) qui() string { return d.Prenom + " " + d.Nom }

func (d donnee) etat() string {
	if d.Etat == mandat.Retiree {
		return "Révoquée le " + date.CourtOuRien(d.RetireeLe)
	}
	return "Terminée"
}
