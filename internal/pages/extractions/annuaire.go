package extractions

import (
	"context"
	"net/http"
	"net/url"

	"base-eleves/internal/domain/ent"
	"base-eleves/internal/domain/extraction"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/travail"
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

// takeRoster makes the file, reads it again, and gives it if its references hold; a long one, or one that two persons
// answer for, is made beside the pages.
func (p Pages) takeRoster(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := livrer(f, agent)
	if err := p.readRoster(r.Context(), d); err != nil {
		return err
	}
	switch {
	case !d.prete:
		return p.Render(w, r, http.StatusUnprocessableEntity, rosterPage(d))
	case len(d.ecoles) == 0:
		return errVide
	case d.aPart():
		return p.Preparer(w, r, agent, travail.Demande{
			Nature: travail.ENT, Perimetre: string(d.Perimetre), Requete: d.query().Encode(), Titre: d.titre(), Total: extraction.Total(d.ecoles),
		})
	}
	err = p.Donner(w, r, agent, fabrique{p, d})
	if len(d.fautes) > 0 {
		return p.Render(w, r, http.StatusUnprocessableEntity, rosterPage(d))
	}
	return err
}

var errVide = refusal.InConflict("Aucun élève n’est présent dans ce périmètre.")

// preparerRoster is the file that was asked for, as the server makes it beside the pages.
func (p Pages) preparerRoster(ctx context.Context, agent habilitation.Agent, asked url.Values) (travail.Ouvrage, error) {
	d := livrer(httpx.AskedForm(asked, agent.Aujourdhui()), agent)
	if err := p.readRoster(ctx, d); err != nil {
		return nil, err
	}
	if !d.prete {
		return nil, d.form.Err()
	}
	if len(d.ecoles) == 0 {
		return nil, errVide
	}
	return fabrique{p, d}, nil
}

func (d *livraison) aDeux() bool {
	return travail.ADeux(d.agent.Role, travail.ENT, string(d.Perimetre))
}

func (d *livraison) aPart() bool { return d.aDeux() || extraction.Total(d.ecoles) > travail.Seuil }

// fabrique is a file about to be made.
type fabrique struct {
	Pages
	*livraison
}

// Faire writes the file and reads it again; one that does not keep the rules of its format is refused, and its lines of
// the journal are undone.
func (f fabrique) Faire(ctx context.Context, tx territoire.Tx, banc *travail.Banc) error {
	made, err := ent.Ecrire(ctx, tx, f.agent, f.Demande, f.ecoles, f.Coffre.Cle("identifiant opaque"), banc,
		func(eleves int) error { return banc.Avancer(ctx, eleves) })
	if err != nil {
		return err
	}
	made.Ecoles, made.Eleves = len(f.ecoles), extraction.Total(f.ecoles) // what the base says, whatever was written
	file, size, err := banc.Relire()
	if err != nil {
		return err
	}
	if f.fautes, err = ent.Verifier(f.Format, file, size, made); err == nil && len(f.fautes) > 0 {
		return refusal.InConflict("Le fichier ne tient pas les règles de son format : il n’est pas donné. " +
			"Demandez-le école par école pour voir ce qu’il faut corriger.")
	}
	return err
}

// Fichier is its name and its type.
func (f fabrique) Fichier() (nom, genre string) {
	return f.Nom(f.ecoles, f.agent.Aujourdhui()) + ".zip", "application/zip"
}

// lieu is the perimeter in words.
func (d *livraison) lieu() string { return lieu(d.agent, d.perimetres, d.Perimetre) }

// titre says what is given to whom, as the agent finds it again among his files.
func (d *livraison) titre() string {
	return inscription.Libelle(ent.Formats, string(d.Format)) + " : " + d.lieu() + ", pour " + inscription.Libelle(ent.Destinataires, d.Destinataire)
}

// query is the address of what is asked for.
func (d *livraison) query() url.Values {
	return url.Values{"format": {string(d.Format)}, "destinataire": {d.Destinataire}, "perimetre": {string(d.Perimetre)}}
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

func (d *livraison) cachees() []ui.Option { return cachees(d.query()) }

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
