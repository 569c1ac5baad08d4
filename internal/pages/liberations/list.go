package liberations

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/liberation"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// demande is a request, as all who see it see it: the child is named as the school that asks has found him.
type demande struct {
	ID            uuid.UUID
	Version       int
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Etat          liberation.Etat
	Ancienne      string
	VilleAncienne string
	Nouvelle      string
	VilleNouvelle string
	Depart        time.Time
	Motif         string
	DemandeeLe    time.Time
	Echeance      time.Time
	MotifRefus    string
	RepondueLe    *time.Time
	EcoleUAI      string
	DemandeurUAI  string
	ScolariteID   uuid.UUID
	InscriptionID uuid.UUID
}

const demandeSQL = `
	select l.id, l.version, l.nom_famille, l.nom_usage, l.prenom, l.date_naissance, l.etat, a.nom as ancienne,
		ca.nom as ville_ancienne, n.nom as nouvelle, cn.nom as ville_nouvelle, l.depart, l.motif_radiation as motif,
		l.demandee_le, l.echeance, l.motif_refus, l.repondue_le, l.ecole_uai, l.demandeur_uai, l.scolarite_id, l.inscription_id
	from liberation l join ecole a on a.uai = l.ecole_uai join commune ca on ca.insee = a.commune_insee
	join ecole n on n.uai = l.demandeur_uai join commune cn on cn.insee = n.commune_insee where `

// ordre puts first what awaits an answer, the oldest of it first.
const ordre = ` order by (l.etat not in ('ouverte', 'refusee')), l.demandee_le, l.id limit 200`

func (d demande) nom() string { return eleve.NomListe(d.NomFamille, d.NomUsage, d.Prenom) }

func (d demande) ancienne() string { return ecole.NomComplet(d.Ancienne, d.VilleAncienne) }

func (d demande) nouvelle() string { return ecole.NomComplet(d.Nouvelle, d.VilleNouvelle) }

func (d demande) liberation() liberation.Liberation {
	return liberation.Liberation{Etat: d.Etat, Echeance: d.Echeance}
}

// situation says where the request stands and how long the school still has.
func (d demande) situation(today time.Time) string {
	switch {
	case d.Etat == liberation.Refusee || d.Etat == liberation.Rejetee:
		return d.Etat.Label() + "\u00a0: " + inscription.Libelle(liberation.MotifsRefus, d.MotifRefus)
	case d.Etat != liberation.Ouverte:
		return d.Etat.Label()
	}
	if n := liberation.JoursRestants(d.Echeance, today); n > 0 {
		return "Réponse attendue avant le " + date.Court(d.Echeance) + " au soir (" + ui.Plural(n, "jour ouvré", "jours ouvrés") + ")"
	}
	return "Sans réponse depuis le " + date.Court(d.Echeance) + "\u00a0: à décider par l’inspection"
}

// listes are the requests of an agent: a directeur receives and sends, an inspection decides.
type listes struct {
	etat             liberation.Etat // "" for all
	recues, envoyees []demande
}

// filtre is the choice of a state.
func (l listes) filtre() ui.ListProps {
	f := ui.Filter{Name: "etat", Label: "État"}
	for _, e := range liberation.Etats {
		f.Options = append(f.Options, ui.Option{Value: string(e), Label: e.Label()})
	}
	return ui.ListProps{Path: "/liberations", Query: url.Values{"etat": {string(l.etat)}}, Filters: []ui.Filter{f}}
}

// aucune says that there is no request, or none in that state.
func (l listes) aucune(jamais string) string {
	if l.etat == "" {
		return jamais
	}
	return "Aucune demande dans cet état."
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var all listes
	if e := liberation.Etat(r.URL.Query().Get("etat")); slices.Contains(liberation.Etats, e) {
		all.etat = e
	}
	const parEtat = ` and ($1 = '' or l.etat = $1)` + ordre
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &all.recues, demandeSQL+`l.ecole_uai = any (portee_ecoles())`+parEtat, string(all.etat))
		if agent.Role == habilitation.Directeur {
			territoire.Toutes(l, &all.envoyees, demandeSQL+`l.demandeur_uai = any (portee_ecoles())`+parEtat, string(all.etat))
		}
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(all, agent))
}

// table shows requests; sent ones name the former school, others the new one, and an inspection reads both.
func table(caption string, list []demande, agent habilitation.Agent, sent bool) ui.TableProps {
	t := ui.TableProps{Caption: caption, Columns: []ui.Column{{Label: "Élève"}, {Label: "Né(e) le"}}}
	both := agent.Role != habilitation.Directeur
	if sent || both {
		t.Columns = append(t.Columns, ui.Column{Label: "École à libérer"})
	}
	if !sent || both {
		t.Columns = append(t.Columns, ui.Column{Label: "École où il est arrivé"})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Demandée le"}, ui.Column{Label: "Suite"})
	for _, d := range list {
		texts := []string{d.nom(), date.Court(d.DateNaissance)}
		if sent || both {
			texts = append(texts, d.ancienne())
		}
		if !sent || both {
			texts = append(texts, d.nouvelle())
		}
		texts = append(texts, date.Court(d.DemandeeLe), d.situation(agent.Aujourdhui()))
		t.Rows = append(t.Rows, ui.ListRow{Href: path(d.ID), Label: d.nom(), Cells: ui.Cells(texts...)})
	}
	return t
}
