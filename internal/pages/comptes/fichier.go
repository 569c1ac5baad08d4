package comptes

import (
	"context"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	domaine "base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	depots "base-eleves/internal/domain/ouverture"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (p Pages) askFile(w http.ResponseWriter, r *http.Request, _ habilitation.Agent) error {
	return p.Render(w, r, http.StatusOK, fichierPage(httpx.NewForm(nil)))
}

// deposit keeps the file sent, and shows what it would open; one that cannot be read changes nothing.
func (p Pages) deposit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.Deposit(w, r, agent, "Choisissez le fichier des comptes à ouvrir.", fichierPage,
		func(ctx context.Context, tx territoire.Tx, nom string, contenu []byte) (string, error) {
			id, err := depots.Deposer(ctx, tx, agent, p.Coffre, nom, contenu)
			return pathImport + "/" + id.String(), err
		})
}

// apercu is what a file would open.
type apercu struct {
	depot depots.Depot
	form  *httpx.Form
}

func (p Pages) readDepot(r *http.Request, agent habilitation.Agent) (id uuid.UUID, a apercu, err error) {
	if id, err = httpx.ID(r, "depot"); err != nil {
		return id, a, err
	}
	var attente depots.Attente
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { depots.QueueAttente(l, agent, id, &attente) })
	a.form = httpx.NewForm(nil)
	if err == nil {
		a.depot, err = attente.Ouvrir(p.Coffre)
	}
	return id, a, err
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	_, a, err := p.readDepot(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, apercuPage(a))
}

// apply opens all the accounts of a file. Their letters are made from the list, when they are to be sent: until then
// each has a secret that nobody knows, one hash for all.
func (p Pages) apply(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, a, err := p.readDepot(r, agent)
	if err != nil {
		return err
	}
	if a.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
		return err
	}
	empreinte, err := p.Gate.EmpreinteActivation(r.Context(), domaine.NouvelleActivation())
	if err != nil {
		return err
	}
	err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		n, err := depots.Appliquer(ctx, tx, agent, p.Coffre, id, empreinte)
		if err == nil {
			p.Flash(ctx, ui.Plural(n, "compte ouvert", "comptes ouverts")+". Faites les lettres quand vous les enverrez\u00a0: elles servent sept jours.", "")
		}
		return path + "?etat=sans_lettre", err
	})
	if a.form.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, apercuPage(a))
	}
	return err
}

// montrees is how many lines a preview shows.
const montrees = 200

func (a apercu) ouverts() ui.TableProps {
	t := ui.TableProps{Caption: "Comptes à ouvrir", Columns: []ui.Column{
		{Label: "Ligne"}, {Label: "Nom et prénom"}, {Label: "Identifiant"}, {Label: "Rôle"}, {Label: "Territoire"}, {Label: "Du"}, {Label: "Au"},
	}}
	for _, l := range a.depot.Lignes[:min(len(a.depot.Lignes), montrees)] {
		identifiant, fin := l.Identifiant, ""
		if identifiant == "" {
			identifiant = "proposé"
		}
		if !l.Fin.IsZero() {
			fin = date.Court(l.Fin)
		}
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(strconv.Itoa(l.No), compte{Nom: l.Nom, Prenom: l.Prenom}.nom(), identifiant, l.Role.Label(),
			l.Lieu.Complet(), date.Court(l.Debut), fin)})
	}
	return t
}

// reste says how many lines a table leaves out, "" for none.
func reste(n int) string {
	if n <= montrees {
		return ""
	}
	return "Et " + ui.Plural(n-montrees, "autre ligne", "autres lignes") + "."
}

// model gives a file that has but its titles, to be filled in.
func (p Pages) model(w http.ResponseWriter, _ *http.Request, _ habilitation.Agent) error {
	return httpx.File(w, "text/csv; charset=utf-8", "comptes.csv", []byte(modele))
}

// modele opens in a spreadsheet as French ones want it: UTF-8 said by its mark, semicolons.
const modele = "\ufeffcivilite;nom;prenom;identifiant;role;territoire;debut;fin\r\n"
