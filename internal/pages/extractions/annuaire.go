package extractions

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"base-eleves/internal/domain/ent"
	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// livraison is a file for another service, as it is asked for, and what comes of it.
type livraison struct {
	ent.Demande
	agent      habilitation.Agent
	form       *httpx.Form
	perimetres []extraction.Choix
	ecoles     []extraction.Ecole
	effectifs  []extraction.Effectif
	prete      bool // asked for, and it can be made
	fautes     []ent.Faute
}

func livrer(f *httpx.Form, agent habilitation.Agent) *livraison {
	return &livraison{agent: agent, form: f, Demande: ent.Demande{
		Format: ent.Format(f.Values.Get("format")), Destinataire: f.Values.Get("destinataire"), Perimetre: extraction.Perimetre(f.Values.Get("perimetre")),
	}}
}

func (p Pages) readRoster(ctx context.Context, d *livraison) error {
	err := p.DB.Lire(ctx, d.agent.Portee(), func(l *territoire.Lecture) {
		extraction.QueueChoix(l, d.agent.Role, &d.perimetres)
		d.Perimetre.QueueEcoles(l, &d.ecoles)
		d.QueueEffectifs(l, d.agent, &d.effectifs)
	})
	if err != nil {
		return err
	}
	_ = d.form.Take(d.Verifier(d.ecoles)) // nothing but refusals
	d.ecoles = extraction.Pleines(d.ecoles, d.effectifs)
	d.prete = d.form.Err() == nil
	return nil
}

// roster shows what one may ask for; asked, how many pupils would leave.
func (p Pages) roster(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	asked := r.URL.Query()
	if len(asked) == 0 {
		d := livrer(httpx.AskedForm(url.Values{"format": {string(ent.AAF)}, "destinataire": {"ent"}}, agent.Aujourdhui()), agent)
		if err := p.readRoster(r.Context(), d); err != nil {
			return err
		}
		d.prete = false
		return p.Render(w, r, http.StatusOK, rosterPage(d))
	}
	if ok, err := p.Prouver(w, r, agent, httpx.DelaiExport); !ok {
		return err
	}
	d := livrer(httpx.AskedForm(asked, agent.Aujourdhui()), agent)
	if err := p.readRoster(r.Context(), d); err != nil {
		return err
	}
	status := http.StatusOK
	if !d.prete {
		status = http.StatusUnprocessableEntity
	}
	return p.Render(w, r, status, rosterPage(d))
}

// errFautes undoes the line of the journal of a file that is not given.
var errFautes = errors.New("extractions: the file does not keep the rules of its format")

// takeRoster makes the file, reads it again, and gives it if its references hold.
func (p Pages) takeRoster(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := livrer(f, agent)
	if err := p.readRoster(r.Context(), d); err != nil {
		return err
	}
	if !d.prete {
		return p.Render(w, r, http.StatusUnprocessableEntity, rosterPage(d))
	}
	if len(d.ecoles) == 0 {
		return refusal.InConflict("Aucun élève n’est présent dans ce périmètre.")
	}
	httpx.Patienter(w)
	out, err := httpx.Deposer()
	if err != nil {
		return err
	}
	defer out.Fermer()
	err = p.DB.EcrireLongtemps(r.Context(), agent.Portee(), func(tx territoire.Tx) error { return p.fabriquer(r.Context(), tx, d, out) })
	if errors.Is(err, errFautes) {
		return p.Render(w, r, http.StatusUnprocessableEntity, rosterPage(d))
	}
	if err != nil {
		return err
	}
	return out.Envoyer(w, "application/zip", d.Nom(d.ecoles, agent.Aujourdhui())+".zip")
}

func (p Pages) fabriquer(ctx context.Context, tx territoire.Tx, d *livraison, out *httpx.Depot) error {
	made, err := ent.Ecrire(ctx, tx, d.agent, d.Demande, d.ecoles, p.Coffre.Cle("identifiant opaque"), out)
	if err != nil {
		return err
	}
	made.Ecoles, made.Eleves = len(d.ecoles), extraction.Total(d.ecoles) // what the base says, whatever was written
	f, size, err := out.Relire()
	if err != nil {
		return err
	}
	if d.fautes, err = ent.Verifier(d.Format, f, size, made); err == nil && len(d.fautes) > 0 {
		return errFautes
	}
	return err
}

func (d *livraison) lieux() []ui.Option {
	return lieux(d.agent, d.perimetres)
}

func (d *livraison) resume() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Label: "Format", Value: inscription.Libelle(ent.Formats, string(d.Format))},
		{Label: "Pour", Value: inscription.Libelle(ent.Destinataires, d.Destinataire)},
		{Label: "Écoles", Value: ui.Count(len(d.ecoles))},
		{Label: "Élèves présents", Value: ui.Count(extraction.Total(d.ecoles))},
	}
}

func (d *livraison) cachees() []ui.Option {
	return []ui.Option{
		{Label: "format", Value: string(d.Format)}, {Label: "destinataire", Value: d.Destinataire}, {Label: "perimetre", Value: string(d.Perimetre)},
	}
}

// table says what is wrong with a file that is not given.
func (d *livraison) table() ui.TableProps {
	t := ui.TableProps{Caption: "Règles du format qui ne sont pas tenues", Columns: []ui.Column{
		{Label: "Fichier"}, {Label: "Fiche"}, {Label: "Champ"}, {Label: "Valeur"}, {Label: "Que faire"},
	}}
	for _, f := range d.fautes {
		t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(f.Fichier, f.Fiche, f.Champ, f.Valeur, f.Remede)})
	}
	return t
}
