package propositions

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/proposition"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// vue is a lot, with the file as it is now.
type vue struct {
	agent        habilitation.Agent
	id           uuid.UUID
	propositions []proposition.Proposition
	dossier      proposition.Dossier
	commune      string
	depasse      bool // something was settled while the page was open
}

const lotSQL = `select ` + proposition.ColonnesSQL + ` from proposition p where p.lot = $1`

const communeSQL = `select nom from commune where insee = (select commune_insee from proposition where lot = $1 limit 1)`

// readLot reads a lot and the file it is about, and leaves the line that says it was opened, in one round trip.
func (p Pages) readLot(r *http.Request, agent habilitation.Agent) (v vue, err error) {
	v.agent = agent
	if v.id, err = httpx.ID(r, "id"); err != nil {
		return v, err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "proposition", v.id)
		territoire.Valeur(l, &v.commune, communeSQL, v.id)
		territoire.Toutes(l, &v.propositions, lotSQL, v.id)
		territoire.Toutes(l, &v.dossier.Lignes, proposition.LignesDuLotSQL, v.id)
	})
	if err != nil {
		return v, err
	}
	slices.SortFunc(v.propositions, func(a, b proposition.Proposition) int { return cmp.Compare(a.Rang(), b.Rang()) })
	v.dossier.Eleve = v.propositions[0].EleveID
	return v, nil
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readLot(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, lotPage(v, httpx.NewForm(nil)))
}

// decides tells that this agent has something to decide.
func (v vue) decides() bool {
	return v.agent.Can(habilitation.DeciderProposition) && len(v.attente()) > 0
}

// attente are those not settled yet.
func (v vue) attente() []proposition.Proposition {
	return slices.DeleteFunc(slices.Clone(v.propositions), func(p proposition.Proposition) bool { return p.Etat != proposition.Proposee })
}

// qui is the person whom the lot is about, when it is not the child.
func (v vue) qui() string {
	p := v.propositions[0]
	if r, ok := v.dossier.Responsable(p.ObjetID); ok {
		return r.NomComplet()
	}
	return ""
}

func (v vue) titre() string { return "Correction proposée\u00a0: " + v.dossier.Nom() }

func (v vue) lead() string {
	s := "Proposée le " + date.Court(v.propositions[0].ProposeLe) + " par la mairie\u00a0: " + v.commune + "."
	if qui := v.qui(); qui != "" {
		s += " Elle porte sur un responsable\u00a0: " + qui + "."
	}
	return s
}

// face sets what is recorded beside what is proposed.
func (v vue) face(p proposition.Proposition) []ui.SummaryRow {
	return []ui.SummaryRow{
		{Label: "Enregistré", Value: p.Dire(v.dossier.Actuel(p))}, {Label: "Proposé", Value: p.Dire(p.Propose)},
	}
}

// suites is the table of what became of each field.
func (v vue) suites() ui.TableProps {
	t := ui.TableProps{Caption: "Ce que devient chaque rubrique", Columns: []ui.Column{
		{Label: "Rubrique"}, {Label: "Avant"}, {Label: "Proposé"}, {Label: "Enregistré aujourd’hui"}, {Label: "Suite"},
	}}
	for _, p := range v.propositions {
		t.Rows = append(t.Rows, ui.ListRow{Label: p.Libelle(), Cells: ui.Cells(p.Libelle(), p.Dire(p.Avant), p.Dire(p.Propose),
			p.Dire(v.dossier.Actuel(p)), suite(p))})
	}
	return t
}

// suite tells what was decided, when and why.
func suite(p proposition.Proposition) string {
	s := p.Etat.Label()
	if p.DecideLe != nil {
		s += " le " + date.Court(*p.DecideLe)
	}
	switch p.Etat {
	case proposition.Refusee:
		s += ". " + p.Motif() + "."
	case proposition.Perimee:
		s += "\u00a0: la rubrique a changé depuis, ou une autre correction a été proposée."
	}
	return s
}

const (
	accepter = "accepter"
	refuser  = "refuser"
	plusTard = ""
)

var reponses = []ui.Option{{Value: accepter, Label: "Accepter"}, {Value: refuser, Label: "Refuser"}, {Value: plusTard, Label: "Décider plus tard"}}

func motifs() []ui.Option {
	options := make([]ui.Option, len(proposition.MotifsRefus))
	for i, m := range proposition.MotifsRefus {
		options[i] = ui.Option{Value: m.Code, Label: m.Label}
	}
	return options
}

// champ is the name of a field of the answer to one proposition.
func champ(kind string, p proposition.Proposition) string { return kind + "." + p.ID.String() }

// decisions reads the answers. « Tout accepter » is said of what the page showed, no more.
func decisions(f *httpx.Form, v vue) map[uuid.UUID]proposition.Decision {
	all := map[uuid.UUID]proposition.Decision{}
	for _, p := range v.propositions {
		reponse, motif := f.Text(champ("decision", p)), f.Text(champ("motif", p))
		if f.Text("tout") == accepter && slices.Contains(f.Values["id"], p.ID.String()) {
			reponse = accepter
		}
		switch reponse {
		case accepter:
			all[p.ID] = proposition.Decision{Accepte: true}
		case refuser:
			if !inscription.Connu(proposition.MotifsRefus, motif) {
				f.Refuse(champ("motif", p), p.Libelle()+"\u00a0: choisissez le motif du refus.")
			}
			all[p.ID] = proposition.Decision{Motif: motif}
		}
	}
	if len(all) == 0 {
		f.Refuse("", "Acceptez ou refusez au moins une rubrique.")
	}
	return all
}

func (p Pages) decide(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readLot(r, agent)
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := decisions(f, v)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			_, err := proposition.Decider(ctx, tx, agent, v.id, d)
			if err == nil {
				p.Flash(ctx, "Votre décision est enregistrée\u00a0: la mairie la voit.", "")
			}
			return pathListe, err
		})
	}
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	if !stale {
		return p.Render(w, r, http.StatusUnprocessableEntity, lotPage(v, f))
	}
	if v, err = p.readLot(r, agent); err != nil {
		return err
	}
	v.depasse = true
	return p.Render(w, r, http.StatusConflict, lotPage(v, f))
}
