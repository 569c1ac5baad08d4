package comptes

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/mandat"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// attente is a demand that awaits the IA.
type attente struct {
	ID           uuid.UUID
	CompteID     uuid.UUID
	Nom, Prenom  string
	Role         habilitation.Role
	Lieu         string
	Debut        time.Time
	Fin          *time.Time
	Demandeur    string
	DemandeeLe   time.Time
	Remplace     string // what it ends
	Sienne       bool   // asked for by the agent, or for him: another decides
	DirecteurNom string // of the directory, for a school
	AConfirmer   bool   // granted once, and asked for again by who made both the letter and the key
}

const attentesSQL = `
	select h.id, h.compte_id, c.nom, c.prenom, h.role, coalesce(co.nom, e.nom || ', ' || ce.nom, ci.nom, d.nom, g.nom, '') as lieu,
		h.debut, h.fin, trim(de.prenom || ' ' || de.nom) as demandeur, h.demandee_le,
		coalesce(re.nom || ', ' || rk.nom, rc.nom, '') as remplace, (h.demandee_par = $1 or h.compte_id = $1) as sienne,
		coalesce(e.directeur, '') as directeur_nom, h.a_confirmer
	from habilitation h join compte c on c.id = h.compte_id join compte de on de.id = h.demandee_par
	left join commune co on co.insee = h.commune_insee
	left join ecole e on e.uai = h.ecole_uai left join commune ce on ce.insee = e.commune_insee
	left join circonscription ci on ci.uai = h.circonscription_uai
	left join departement d on d.code = h.departement_code
	left join college g on g.uai = h.college_uai
	left join habilitation r on r.id = h.remplace_id
	left join ecole re on re.uai = r.ecole_uai left join commune rk on rk.insee = re.commune_insee left join commune rc on rc.insee = r.commune_insee
	where h.etat = 'demandee' order by h.demandee_le, cle_nom(c.nom), h.id limit $2`

// attentesMax is how many demands are decided at once.
const attentesMax = 200

// vueAttente is the page of the demands.
type vueAttente struct {
	agent habilitation.Agent
	list  []attente
	form  *httpx.Form
	ids   []uuid.UUID
}

func (p Pages) readAttentes(ctx context.Context, agent habilitation.Agent, f *httpx.Form) (v vueAttente, err error) {
	v = vueAttente{agent: agent, form: f}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Toutes(l, &v.list, attentesSQL, agent.Compte, attentesMax) })
	return v, err
}

func (p Pages) pending(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readAttentes(r.Context(), agent, httpx.NewForm(nil))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, attentesPage(v))
}

func (p Pages) grant(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.decide(w, r, agent, false)
}

func (p Pages) refuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.decide(w, r, agent, true)
}

// decide grants the demands ticked, or refuses them.
func (p Pages) decide(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, refus bool) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	ids, motif, said := f.UUIDs("id", "Cochez au moins une demande."), "", "accordée"
	if refus {
		motif, said = f.Required("motif", 20, "Choisissez le motif du refus."), "refusée"
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := mandat.Decider(ctx, tx, agent, ids, motif)
			if err == nil {
				p.Flash(ctx, ui.Plural(len(ids), "habilitation "+said, "habilitations "+said+"s")+".", "")
			}
			return pathAccorder, err
		})
	}
	if !f.Refused(err) {
		return err
	}
	v, err := p.readAttentes(r.Context(), agent, f)
	if err != nil {
		return err
	}
	v.ids = ids
	return p.Render(w, r, http.StatusUnprocessableEntity, attentesPage(v))
}

func (v vueAttente) props() ui.ListProps {
	props := ui.ListProps{
		Caption: "Habilitations à accorder", Path: pathAccorder,
		Columns: []ui.Column{{Label: "Personne"}, {Label: "Rôle"}, {Label: "Territoire"}, {Label: "Dates"}, {Label: "Demandée"}},
		Pager:   ui.Pager{Page: 1, PerPage: len(v.list), Total: len(v.list)},
		Bulk: []ui.BulkAction{
			{Label: "Accorder", Action: pathAccorder}, {Label: "Refuser", Action: pathAccorder + "/refuser", Danger: true},
		},
		BulkFields: ui.Select(v.form.Field(ui.Field{Name: "motif", Label: "Motif d’un refus"}), motifs(mandat.MotifsRefus)),
		Empty:      ui.EmptyProps{Sentence: "Aucune habilitation n’attend de décision."},
	}
	if len(v.list) == attentesMax {
		props.Scope = "Les deux cents premières demandes\u00a0: les suivantes s’affichent une fois celles-ci décidées."
	}
	for _, a := range v.list {
		props.Rows = append(props.Rows, ui.ListRow{ID: v.cochable(a), Href: path + "/" + a.CompteID.String(), Label: a.nom(), Checked: v.cochee(a),
			Cells: ui.Cells(a.nom(), a.Role.Label(), a.lieu(), a.dates(), a.demande())})
	}
	return props
}

// cochable is nothing for a demand that another must decide.
func (v vueAttente) cochable(a attente) string {
	if a.Sienne {
		return ""
	}
	return a.ID.String()
}

func (v vueAttente) cochee(a attente) bool {
	for _, id := range v.ids {
		if id == a.ID {
			return true
		}
	}
	return false
}

func (a attente) nom() string { return compte{Nom: a.Nom, Prenom: a.Prenom}.nom() }

// lieu says what it replaces, and whom the directory knows at the head of the school.
func (a attente) lieu() string {
	said := a.Lieu
	if a.Remplace != "" {
		said += " (à la place de\u00a0: " + a.Remplace + ")"
	}
	if a.DirecteurNom != "" {
		said += " (annuaire\u00a0: " + a.DirecteurNom + ")"
	}
	return said
}

func (a attente) dates() string {
	if a.Fin == nil {
		return "à partir du " + date.Court(a.Debut)
	}
	return "du " + date.Court(a.Debut) + " au " + date.Court(*a.Fin)
}

func (a attente) demande() string {
	if a.Sienne {
		return "par vous ou pour vous\u00a0: une autre personne décide"
	}
	said := "par " + a.Demandeur + " le " + date.Court(a.DemandeeLe)
	if a.AConfirmer {
		said += ", qui a refait sa lettre et remis sa clé\u00a0: assurez-vous que la personne les a demandées"
	}
	return said
}
